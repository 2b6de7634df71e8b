"""Renders one picture with Cycles on the CPU and takes its noise away (Debian's Blender has no denoiser of its own)."""

import os

import bpy
import numpy as np

PASSES = ("Image", "Denoising Albedo", "Denoising Normal", "Denoising Depth")


def set_up(width, height, samples, exposure, look="Medium High Contrast", threads=2):
    scene = bpy.context.scene
    r, c = scene.render, scene.cycles
    r.engine, r.resolution_x, r.resolution_y, r.resolution_percentage = "CYCLES", width, height, 100
    r.threads_mode, r.threads, r.use_persistent_data = "FIXED", threads, False
    r.image_settings.file_format = "PNG"
    v = scene.view_settings
    v.view_transform, v.look, v.exposure = "Filmic", look, exposure
    c.samples, c.use_adaptive_sampling, c.adaptive_threshold, c.adaptive_min_samples, c.use_denoising = (
        samples,
        True,
        0.04,
        min(8, samples),
        False,
    )
    c.max_bounces, c.diffuse_bounces, c.glossy_bounces, c.transmission_bounces, c.transparent_max_bounces = (
        3,
        2,
        2,
        1,
        8,
    )
    c.caustics_reflective = c.caustics_refractive = False
    c.sample_clamp_indirect, c.sample_clamp_direct, c.blur_glossy = 2, 8, 1
    c.use_fast_gi, c.fast_gi_method, c.ao_bounces_render = True, "REPLACE", 1
    scene.world.light_settings.distance, scene.world.light_settings.ao_factor = 1.2, 0.9
    c.use_auto_tile, c.pixel_filter_type, c.seed = False, "BLACKMAN_HARRIS", 7
    bpy.context.view_layer.cycles.denoising_store_passes = True


def _compositor(folder):
    scene = bpy.context.scene
    scene.use_nodes = True
    tree = scene.node_tree
    tree.nodes.clear()
    layers = tree.nodes.new("CompositorNodeRLayers")
    out = tree.nodes.new("CompositorNodeOutputFile")
    out.base_path, out.format.file_format, out.format.color_depth, out.format.exr_codec = (
        folder,
        "OPEN_EXR",
        "16",
        "NONE",
    )
    out.file_slots.clear()
    for i, name in enumerate(PASSES):
        out.file_slots.new("abcd"[i])
        tree.links.new(layers.outputs[name], out.inputs[i])
    tree.links.new(layers.outputs[0], tree.nodes.new("CompositorNodeComposite").inputs[0])


def _read(path):
    image = bpy.data.images.load(path)
    w, h = image.size
    flat = np.empty(w * h * 4, np.float32)
    image.pixels.foreach_get(flat)
    bpy.data.images.remove(image)
    os.remove(path)
    return flat.reshape(h, w, 4)


def denoise(colour, albedo, normal, depth, levels=5, softness=1.2):
    """Edge-avoiding a-trous filter over light without surface colour (Dammertz and others, 2010). Arrays (h, w, 3),
    depth (h, w)."""
    surface = np.maximum(albedo, 0.03)
    light, (h, w) = colour / surface, depth.shape
    far = np.log(np.maximum(depth, 0) + 0.05)
    length = np.linalg.norm(normal, axis=-1, keepdims=True)
    normal = np.where(length > 0.05, normal / np.maximum(length, 1e-4), np.array([0, 0, 1], np.float32)).astype(
        np.float32
    )
    light = _without_fireflies(light)
    for level in range(levels):
        s, tolerance = 2**level, softness * 0.5**level
        grey = np.log(light.mean(-1) + 0.02)
        total, weights = light * 0.25, np.full((h, w), 0.25, np.float32)
        padded = [
            np.pad(a, ((s, s), (s, s)) + ((0, 0),) * (a.ndim - 2), mode="edge")
            for a in (light, normal, far, albedo, grey)
        ]
        for dy in (-1, 0, 1):
            for dx in (-1, 0, 1):
                if not (dx or dy):
                    continue
                at = (slice(s + dy * s, s + dy * s + h), slice(s + dx * s, s + dx * s + w))
                light2, normal2, far2, albedo2, grey2 = (p[at] for p in padded)
                apart = (
                    np.abs(grey2 - grey) / tolerance
                    + ((albedo2 - albedo) ** 2).sum(-1) * 60
                    + np.abs(far2 - far) * 25 / s
                )
                alike = np.clip(np.einsum("ijk,ijk->ij", normal2, normal), 0, 1) ** 16
                weight = (0.125 if not (dx and dy) else 0.0625) * np.exp(-apart) * alike
                total += weight[..., None] * light2
                weights += weight
        light = total / weights[..., None]
    return light * surface


def _without_fireflies(light):
    grey = light.mean(-1)
    h, w = grey.shape
    padded = np.pad(grey, 1, mode="edge")
    middle = np.median(np.stack([padded[i : i + h, j : j + w] for i in range(3) for j in range(3)]), 0)
    return light * np.minimum(1, (2.2 * middle + 0.05) / (grey + 1e-4))[..., None]


def render(path, border=None):
    """Writes one PNG. border: [x0, y0, x1, y1] in fractions from the top left renders and writes that part alone."""
    scene = bpy.context.scene
    r = scene.render
    r.use_border = r.use_crop_to_border = border is not None
    if border:
        r.border_min_x, r.border_max_x, r.border_min_y, r.border_max_y = (
            border[0],
            border[2],
            1 - border[3],
            1 - border[1],
        )
    folder = f"{path}.passes"
    _compositor(folder)
    bpy.ops.render.render()
    frame = f"{scene.frame_current:04d}.exr"
    colour, albedo, normal, depth = (_read(os.path.join(folder, name + frame)) for name in "abcd")
    os.rmdir(folder)
    out = np.ones_like(colour)
    out[..., :3] = denoise(colour[..., :3], albedo[..., :3], normal[..., :3], np.minimum(depth[..., 0], 1e4))
    h, w = out.shape[:2]
    image = bpy.data.images.new("out", w, h, float_buffer=True)
    image.pixels.foreach_set(out.ravel())
    image.update()
    image.save_render(path, scene=scene)
    bpy.data.images.remove(image)
