"""What a kitchen puts on a head: surgical masks that follow the face, toques, caps, disposable nets."""

import numpy as np

from . import head, materials
from .shapes import PI, grid_faces, mesh_object, resample, smoothstep, soften, tube

MASK_COLOURS = {"blue": (0.30, 0.55, 0.72), "white": (0.80, 0.81, 0.82), "black": (0.02, 0.02, 0.022)}
HAT_PROFILES = {
    "toque": [
        (1.0, 0),
        (1.01, 0.02),
        (1.01, 0.058),
        (1.0, 0.062),
        (1.02, 0.075),
        (1.10, 0.10),
        (1.20, 0.13),
        (1.26, 0.155),
        (1.22, 0.178),
        (1.02, 0.192),
        (0.6, 0.199),
        (0.05, 0.198),
    ],
    "low toque": [
        (1.0, 0),
        (1.01, 0.02),
        (1.01, 0.050),
        (1.0, 0.054),
        (1.06, 0.066),
        (1.20, 0.088),
        (1.25, 0.105),
        (1.15, 0.122),
        (0.8, 0.130),
        (0.4, 0.132),
        (0.05, 0.132),
    ],
    "cap": [
        (1.0, 0),
        (1.01, 0.02),
        (1.01, 0.058),
        (1.0, 0.062),
        (1.04, 0.068),
        (1.09, 0.080),
        (1.08, 0.092),
        (0.95, 0.102),
        (0.6, 0.108),
        (0.05, 0.109),
    ],
}


def add_mask(look, kind, worn, parent):
    """worn: 'full', 'under nose' or 'chin'."""
    low = {"full": 0.0, "under nose": 0.042, "chin": 0.066}[worn]
    verts, _ = head.surface(look, masked=True)
    x, y, z = verts.T
    ax = np.abs(x)
    top = np.interp(ax, [0, 0.018, 0.045, 0.066], [0.004, -0.004, -0.012, -0.016]) - low
    bottom = np.interp(ax, [0, 0.035, 0.066], [-0.112, -0.104, -0.062]) - 0.5 * low
    inside = np.minimum(np.minimum(top - z, z - bottom), 0.064 - ax)
    keep = (y < -0.012) & (inside > -0.0035)
    outward = verts / np.linalg.norm(verts, axis=1)[:, None]
    pleats = 0.0014 * np.sin(z * 2 * PI / 0.017) * smoothstep(0.004, 0.016, inside)
    shaped = verts + outward * (0.0035 + 0.0030 * smoothstep(0, 0.018, inside) + pleats)[:, None]
    shaped[:, 2] += (np.clip(z, bottom, top) - z) * 0.9
    faces = [f for f in head.FACES if all(keep[i] for i in f)]
    material = materials.plain(MASK_COLOURS[kind], 0.75, 0, 0.25, 90, 0.08, 30, sheen=0.3)
    o = mesh_object("mask", shaped, faces, material, True, parent)
    s = o.modifiers.new("thick", "SOLIDIFY")
    s.thickness, s.offset = 0.0025, 1
    loop = materials.plain((0.8, 0.8, 0.8), 0.7)
    for side in (-1, 1):
        for z0, z1 in ((-0.020, 0.014), (-0.060, -0.022)):
            points = [
                (side * 0.061, -0.046, z0 - low, 0.0014),
                (side * 0.0735, -0.02, (z0 + z1) / 2 - low / 2, 0.0014),
                (side * 0.080, 0.014, z1, 0.0014),
            ]
            tube(points, loop, 6, 8, parent=parent, name="mask loop")


def add_hat(look, kind, colour, parent):
    if kind == "net":
        return _net(look, colour, parent)
    n = 120
    t = np.linspace(0, 2 * PI, n, endpoint=False)
    profile = soften(resample([(a, b, 0) for a, b in HAT_PROFILES[kind]], 40), 1)[:, :2]
    verts = []
    for radius, height in profile:
        puffed = smoothstep(0.06, 0.10, height)
        pleats = puffed * (
            0.030 * np.sin(t * 26 + 2 * np.sin(t * 3)) + 0.05 * np.sin(t * 2 + 1) * smoothstep(0.08, 0.17, height)
        )
        r = radius * (1 + pleats * (radius > 0.3))
        back = 0.012 + 0.25 * max(0, height - 0.06)
        verts += list(
            np.stack([0.0825 * r * np.sin(t), back - 0.1035 * r * np.cos(t), 0.058 + height + np.cos(t) * 0.010], 1)
        )
    material = materials.plain(colour, 0.85, 0, 0.35, 35, 0.05, 10, sheen=0.3)
    mesh_object("hat", verts, grid_faces(len(profile), n), material, True, parent)


def _net(look, colour, parent):
    verts, _ = head.surface(look)
    x, y, z = verts.T
    front = np.interp(np.abs(x), [0, 0.05, 0.07], [0.062, 0.045, 0.01])
    above = z - np.where(y < 0, front, np.interp(y, [0, 0.1], [0.0, -0.05]))
    outward = verts / np.linalg.norm(verts, axis=1)[:, None]
    puff = smoothstep(-0.004, 0.03, above) * (0.026 + 0.016 * smoothstep(0.03, 0.12, z))
    crumple = 1 + 0.10 * np.sin(x * 140) * np.sin(y * 120) + 0.06 * np.sin(x * 60 + z * 90)
    rim = 0.004 * np.exp(-(((above - 0.002) / 0.004) ** 2))
    keep = above > -0.005
    faces = [f for f in head.FACES if all(keep[i] for i in f)]
    material = materials.plain(colour, 0.8, 0, 0.6, 60, alpha=0.92)
    mesh_object("hat", verts + outward * (puff * crumple + rim)[:, None], faces, material, True, parent)
