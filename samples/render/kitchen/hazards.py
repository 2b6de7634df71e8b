"""What should not be in a kitchen: rats, and flames where no flame belongs."""

import math

import bpy
import numpy as np

from . import materials
from .shapes import PI, ellipsoid_mesh, empty, merge, mesh_object, remesh, smoothstep, tube, tube_mesh


def add_rat(x, y, turn, stride=0.0, size=1.2):
    """A rat on the floor looking along -y; stride: phase of its run in radians."""
    root = empty("rat", None, (x, y, 0), (0, 0, turn), size)
    fur = materials.plain((0.075, 0.060, 0.048), 0.8, 0, 1, 140, 0.45, 60, stretch=(1, 0.25, 1), sheen=0.4)
    pink = materials.plain((0.35, 0.20, 0.17), 0.5)
    arch = 0.004 * math.sin(stride * 2)
    spine = [
        (0, 0.10, 0.035, 0.02),
        (0, 0.07, 0.045 + arch, 0.042),
        (0, 0.02, 0.050 + arch, 0.047),
        (0, -0.04, 0.047, 0.038),
        (0, -0.075, 0.047, 0.030),
        (0, -0.11, 0.040, 0.022),
        (0, -0.145, 0.032, 0.007),
    ]
    verts, faces = merge(
        [tube_mesh(spine, 20, 34)]
        + [ellipsoid_mesh((k * 0.033, 0.055, 0.03), (0.018, 0.036, 0.028), 10) for k in (-1, 1)]
    )
    remesh(mesh_object("rat", verts, faces, fur, True, root), 0.004, 3, 0.004, 0.02)
    for k in (-1, 1):
        mesh_object("rat", *ellipsoid_mesh((k * 0.021, -0.085, 0.070), (0.014, 0.004, 0.016), 8), pink, True, root)
        mesh_object(
            "rat",
            *ellipsoid_mesh((k * 0.017, -0.115, 0.048), (0.0035, 0.004, 0.0035), 6),
            materials.black(),
            True,
            root,
        )
        for at, shift in ((-0.05, 0), (0.07, PI)):
            d = 0.022 * math.sin(stride + shift + (k > 0) * PI)
            tube(
                [
                    (k * 0.026, at, 0.03, 0.012),
                    (k * 0.032, at - 0.012 + d, 0.014, 0.007),
                    (k * 0.034, at - 0.03 + d, 0.004, 0.006),
                ],
                pink,
                8,
                8,
                parent=root,
                name="rat",
            )
    tail = [
        (
            0.012 * math.sin(stride + i * 0.8) * i * 0.25,
            0.10 + i * 0.03,
            max(0.007, 0.032 - 0.008 * i),
            0.0075 - 0.0008 * i,
        )
        for i in range(8)
    ]
    tube(tail, pink, 8, 26, parent=root, name="rat")


def _flame_picture(rng, size=192):
    """RGBA (size, size, 4), bottom row first."""
    up, across = np.meshgrid(np.linspace(0, 1, size), np.linspace(-1, 1, size), indexing="ij")
    a, b = rng.random() * 6, rng.random() * 6
    noise = 0.5 + 0.25 * (
        np.sin(across * 7 + up * 5 + a) * np.sin(up * 11 - across * 3 + b)
        + np.sin(across * 15 - up * 19 + b) * np.cos(up * 8 + a)
    )
    bent = across + 0.35 * np.sin(up * 4 + a) * up + 0.2 * np.sin(up * 9 + b) * up
    width = 0.62 * (1 - up) ** 0.55 * (0.35 + 0.65 * np.minimum(1, up * 6 + 0.4))
    heat = np.clip(
        (1 - np.abs(bent) / (width + 1e-3)) * 1.1 + (noise - 0.52) * 1.6 * (0.35 + up) - 0.55 * up, 0, 1
    ) * smoothstep(1, 0.75, up)
    picture = np.zeros((size, size, 4), np.float32)
    picture[..., 0], picture[..., 1], picture[..., 2] = (
        smoothstep(0, 0.35, heat),
        smoothstep(0.12, 0.95, heat) * 0.72,
        smoothstep(0.55, 1.1, heat) * 0.38,
    )
    picture[..., 3] = smoothstep(0.05, 0.42, heat)
    return picture


def add_flames(at, toward, rng, height=0.9):
    """A few flames at [x, y, z] that face the camera position toward, and their light."""
    for i in range(3):
        picture = _flame_picture(rng)
        image = bpy.data.images.new("flame", *picture.shape[:2], alpha=True, float_buffer=True)
        image.pixels.foreach_set(np.ascontiguousarray(picture).ravel())
        image.alpha_mode = "STRAIGHT"
        image.update()
        image.pack()
        w, h = height * rng.uniform(0.4, 0.7), height * rng.uniform(0.7, 1.1)
        o = mesh_object(
            "flame",
            [(-w / 2, 0, 0), (w / 2, 0, 0), (w / 2, 0, h), (-w / 2, 0, h)],
            [(0, 1, 2, 3)],
            _glowing(image),
            False,
        )
        o.data.uv_layers.new().data.foreach_set("uv", [0, 0, 1, 0, 1, 1, 0, 1])
        o.location = (at[0] + rng.uniform(-0.12, 0.12), at[1] - 0.03 * i, at[2])
        o.rotation_euler = (0, 0, math.atan2(toward[1] - at[1], toward[0] - at[0]) + PI / 2)
        o.visible_shadow = False
    lamp = bpy.data.lights.new("fire light", "POINT")
    lamp.energy, lamp.color, lamp.shadow_soft_size = 55, (1, 0.48, 0.14), 0.25
    o = bpy.data.objects.new("fire light", lamp)
    bpy.context.scene.collection.objects.link(o)
    o.location = (at[0], at[1] - 0.2, at[2] + 0.45)


def _glowing(image):
    m = bpy.data.materials.new("flame")
    m.use_nodes = True
    m.blend_method = "BLEND"
    tree = m.node_tree
    tree.nodes.clear()
    texture, glow, clear, mix, out = (
        tree.nodes.new("ShaderNode" + k)
        for k in ("TexImage", "Emission", "BsdfTransparent", "MixShader", "OutputMaterial")
    )
    texture.image, texture.extension, glow.inputs[1].default_value = image, "CLIP", 9
    for a, b in (
        (texture.outputs[0], glow.inputs[0]),
        (texture.outputs[1], mix.inputs[0]),
        (clear.outputs[0], mix.inputs[1]),
        (glow.outputs[0], mix.inputs[2]),
        (mix.outputs[0], out.inputs[0]),
    ):
        tree.links.new(a, b)
    return m
