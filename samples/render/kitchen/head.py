"""A human head: skull, face, ears, hair, beard shadow and glasses, its shape and colours from a few numbers."""

import math

import numpy as np

from . import materials
from .shapes import PI, bump, ellipsoid, ellipsoid_mesh, grid_faces, mesh_object, smoothstep, tube

ROWS, COLUMNS = 150, 220
FACES = grid_faces(ROWS, COLUMNS, True, False)
HAIR_COLOURS = {"black": (0.012, 0.010, 0.009), "brown": (0.035, 0.022, 0.014), "grey": (0.13, 0.13, 0.13)}


def _rays():
    u = np.linspace(0.0005, PI - 0.0005, ROWS)
    phi = np.linspace(0, 2 * PI, COLUMNS, endpoint=False)
    u, phi = np.meshgrid(u, phi, indexing="ij")
    return np.stack([np.sin(u) * np.sin(phi), -np.sin(u) * np.cos(phi), np.cos(u)], -1).reshape(-1, 3)


RAYS = _rays()


def _reach(centre, radii):
    """How far each ray goes before it leaves an ellipsoid."""
    centre, radii = np.array(centre), np.array(radii)
    d, o = RAYS / radii, -centre / radii
    a, b, c = (d * d).sum(1), (d * o).sum(1), (o * o).sum() - 1
    return (-b + np.sqrt(np.maximum(b * b - a * c, 0))) / a


def skull(look):
    jaw, width, long = look.get("jaw", 1), look.get("width", 1), look.get("long", 1)
    shapes = [
        _reach((0, 0.018, 0.042), (0.074 * width**0.5, 0.096, 0.084)),
        _reach((0, -0.040, -0.048 * long), (0.054 * jaw * width, 0.052, 0.070)),
        _reach((0, -0.03, 0), (0.066 * width, 0.066, 0.075)),
    ]
    k = 14
    return RAYS * ((sum(s**k for s in shapes)) ** (1 / k) / 1.035)[:, None]


def surface(look, masked=False):
    """Verts (n, 3) about the ear line, face to -y, and how much each belongs to the face (0 to 1)."""
    verts = skull(look)
    x, y, z = verts.T.copy()
    face, ax = smoothstep(0, -0.05, y), np.abs(x)
    if masked:
        push = -0.020 * bump(x, z, 0, -0.020, 0.030, 0.040) - 0.004 * bump(x, z, 0, -0.07, 0.04, 0.03)
    else:
        push = _features(look, x, z, ax)
    verts[:, 1] += push * face
    return verts, face


def _features(look, x, z, ax):
    nose, broad = look.get("nose", 1), look.get("broad_nose", 1)
    ridge = np.interp(z, [-0.034, -0.028, -0.018, 0, 0.022, 0.035], [0, 0.017, 0.0245, 0.015, 0.006, 0]) * nose
    half = np.interp(z, [-0.03, -0.018, 0.01], [0.0125, 0.0115, 0.0090]) * broad
    push = -ridge * np.exp(-((x / half) ** 2))
    push -= 0.0095 * nose * bump(ax, z, 0.0135 * broad, -0.023, 0.007, 0.0075)
    push -= 0.006 * look.get("brow", 1) * bump(ax, z, 0.030, 0.036, 0.022, 0.010)
    push += 0.0115 * bump(ax, z, 0.031, 0.014, 0.016, 0.013)
    push -= 0.0068 * bump(ax, z, 0.0315, 0.0135, 0.0125, 0.0085)
    push -= 0.0062 * look.get("cheek", 1) * bump(ax, z, 0.046, -0.012, 0.018, 0.016)
    push += 0.004 * bump(ax, z, 0.040, -0.050, 0.014, 0.02)
    lips = look.get("lips", 1)
    push -= lips * (0.0065 * bump(x, z, 0, -0.051, 0.021, 0.006) + 0.0075 * bump(x, z, 0, -0.063, 0.018, 0.0065))
    push += 0.005 * bump(x, z, 0, -0.0572, 0.024, 0.0022)
    push += 0.0035 * bump(x, z, 0, -0.075, 0.02, 0.006) - 0.008 * look.get("chin", 1) * bump(
        x, z, 0, -0.095, 0.02, 0.014
    )
    push += 0.0025 * bump(x, z, 0, -0.041, 0.0035, 0.007)
    push += 0.0022 * bump(ax - 0.6 * (-0.03 - z), z, 0.022, -0.040, 0.004, 0.014) * look.get("age", 0)
    return push


def _colours(look, verts, face):
    base = np.array(look["skin"])
    x, y, z = verts.T
    ax, front = np.abs(x), face > 0.3
    colour = np.tile(base, (len(verts), 1))
    blotch = np.sin(x * 210 + z * 130) * np.sin(z * 250 - x * 90) * 0.5 + np.sin(y * 170 + x * 60) * 0.5
    colour *= (1 + 0.035 * blotch)[:, None]

    def paint(weight, with_colour):
        nonlocal colour
        w = np.clip(weight, 0, 1)[:, None]
        colour = colour * (1 - w) + np.array(with_colour) * w

    paint(
        0.35 * face * (bump(ax, z, 0.045, -0.018, 0.02, 0.02) + bump(x, z, 0, -0.02, 0.014, 0.012)),
        base * [1.08, 0.78, 0.72],
    )
    paint(0.34 * face * bump(ax, z, 0.031, 0.011, 0.020, 0.015), base * 0.60)
    paint(0.25 * face * bump(x, z, 0, -0.041, 0.012, 0.006), base * 0.7)
    lips = face * np.maximum(bump(x, z, 0, -0.0515, 0.020, 0.0048), bump(x, z, 0, -0.0625, 0.017, 0.0055))
    paint(0.75 * lips, base * np.array(look.get("lip_colour", (0.80, 0.44, 0.42))))
    paint(0.85 * face * bump(x, z, 0, -0.0572, 0.023, 0.0016), base * 0.22)
    paint(0.7 * face * bump(ax, z, 0.0080, -0.0325, 0.0040, 0.0024), base * 0.18)
    if look.get("stubble"):
        shadow = smoothstep(-0.035, -0.06, z) + 0.8 * bump(x, z, 0, -0.043, 0.024, 0.005)
        paint(look["stubble"] * face * shadow * (1 - 0.9 * np.clip(lips, 0, 1)), base * 0.42)
    if look.get("moustache"):
        paint(0.9 * face * bump(x, z, 0, -0.0435, 0.024, 0.0048), (0.015, 0.012, 0.010))
    _paint_eyes(look, paint, base, x, z, ax, front)
    return colour


def _paint_eyes(look, paint, base, x, z, ax, front):
    opening = look.get("eyes", 0.0038)
    middle = 0.0135 + 0.002 * np.cos((ax - 0.0315) * 90) - 0.002
    lid = ((ax - 0.0315) / 0.0140) ** 2 + ((z - middle) / opening) ** 2
    paint(front * smoothstep(1.25, 0.9, lid), (0.60, 0.58, 0.55))
    iris_x, iris_z = x - np.sign(x) * 0.0315 - look.get("gaze", 0), z - middle - look.get("gaze_up", -0.0014)
    iris = (iris_x / 0.0055) ** 2 + (iris_z / 0.0055) ** 2
    paint(front * smoothstep(1.15, 0.85, lid) * smoothstep(1.2, 0.8, iris), (0.018, 0.010, 0.007))
    edge = smoothstep(0.0024, 0.0008, np.abs(np.sqrt(lid) - 1.12) * opening)
    paint(front * edge * (z > middle) * (np.abs(ax - 0.0315) < 0.017), base * 0.08)
    fold = np.exp(-(((z - middle - opening - 0.0045) / 0.0012) ** 2)) * (np.abs(ax - 0.0315) < 0.014)
    paint(0.4 * front * fold, base * 0.5)
    line = np.interp(ax, [0.012, 0.03, 0.048], [0.030, 0.0355, 0.030])
    thick = look.get("brow_thick", 0.0038)
    brow = np.exp(-(((z - line) / thick) ** 2)) * smoothstep(0.010, 0.016, ax) * smoothstep(0.054, 0.044, ax)
    paint(front * 0.9 * brow, (0.018, 0.014, 0.012) if look.get("hair_colour") != "grey" else (0.10, 0.10, 0.10))


def _ears(look, parent):
    base = np.array(look["skin"])
    for side in (-1, 1):
        v, faces = ellipsoid_mesh((0, 0, 0), (0.0075, 0.019, 0.031), 12)
        rim = np.sqrt((v[:, 1] / 0.019) ** 2 + (v[:, 2] / 0.031) ** 2)
        v[:, 0] += side * (0.006 * rim**2 - 0.006 * np.exp(-((rim / 0.5) ** 2)))
        v[:, 1] += 0.35 * np.abs(v[:, 0])
        v[v[:, 2] < -0.01, 1] *= 0.72
        at = side * (0.0745 * look.get("width", 1) ** 0.6)
        v = v + np.array([at, 0.012, -0.004])
        v[:, 1] += side * (v[:, 0] - at) * 0.5
        mesh_object("ear", v, faces, materials.painted(), True, parent, np.tile(base * [1, 0.86, 0.82], (len(v), 1)))


def _hairline(style, x, y):
    ax = np.abs(x)
    low = {"long": -0.02, "bob": -0.05}.get(style, 0.012)
    high = 0.079 if style != "receding" else 0.098
    front = np.interp(ax, [0, 0.045, 0.062, 0.07, 0.08], [high, high - 0.005, 0.045, 0.004, -0.012])
    if style in ("fringe", "bob"):
        front = np.interp(
            ax, [0, 0.045, 0.062, 0.07, 0.08], [0.052, 0.050, 0.030, -0.01, -0.05 if style == "bob" else -0.014]
        )
    back = np.interp(y, [-0.005, 0.02, 0.035, 0.1], [-0.012, low, -0.035, -0.062])
    return np.where(y < -0.005, front, back)


def _hair(look, verts, parent):
    style = look.get("hair", "short")
    if style == "bald":
        return
    x, y, z = verts.T
    above = z - _hairline(style, x, y)
    height = smoothstep(-0.002, 0.022, above) * (0.010 + 0.006 * smoothstep(0.06, 0.12, z))
    height = height + smoothstep(-0.002, 0.022, above) * {
        "long": 0.004,
        "bob": 0.012,
        "fringe": 0.006,
        "spiky": 0.010,
    }.get(style, 0)
    if style == "parted":
        height = height * (1 + 0.5 * smoothstep(0.0, 0.04, x + 0.02))
    strands = 0.20 if style != "spiky" else 0.45
    clumps = np.sin(x * 330 + np.sin(z * 80) * 2) * np.sin(y * 110 + 1) + 0.6 * np.sin(x * 140 - y * 190 + z * 60)
    height = height * (1 + strands * clumps)
    outward = verts / np.linalg.norm(verts, axis=1)[:, None]
    keep = above > -0.006
    faces = [f for f in FACES if all(keep[i] for i in f)]
    colour = HAIR_COLOURS[look.get("hair_colour", "black")]
    hair = materials.plain(colour, 0.42, 0, 0.9, 160, 0.5, 60, stretch=(1, 0.25, 0.25))
    mesh_object("hair", verts + outward * (height - 0.0012)[:, None], faces, hair, True, parent)
    if style == "long":
        ellipsoid((0, 0.128, 0.03), (0.036, 0.034, 0.036), hair, 14, parent, "hair bun")


def _glasses(parent):
    rim = materials.plain((0.02, 0.02, 0.025), 0.3)
    for side in (-1, 1):
        t = np.linspace(0, 2 * PI, 25)
        ring = [
            (
                side * 0.034 + 0.023 * math.cos(a),
                -0.104 + 0.15 * abs(0.023 * math.cos(a) + 0.0),
                0.010 + 0.017 * math.sin(a),
                0.0014,
            )
            for a in t
        ]
        tube(ring, rim, 6, 40, 0, parent, "glasses")
        tube(
            [
                (side * 0.057, -0.098, 0.016, 0.0014),
                (side * 0.074, -0.04, 0.016, 0.0014),
                (side * 0.079, 0.012, 0.012, 0.0014),
            ],
            rim,
            6,
            10,
            1,
            parent,
            "glasses",
        )
    tube(
        [(-0.011, -0.106, 0.014, 0.0014), (0, -0.110, 0.016, 0.0014), (0.011, -0.106, 0.014, 0.0014)],
        rim,
        6,
        8,
        1,
        parent,
        "glasses",
    )


def add_head(look, parent):
    """look: skin plus any of the shape words above; the face looks along -y of the parent."""
    verts, face = surface(look)
    mesh_object(
        "head", verts, FACES, materials.painted(look.get("shine", 0.46)), True, parent, _colours(look, verts, face)
    )
    _ears(look, parent)
    _hair(look, verts, parent)
    if look.get("glasses"):
        _glasses(parent)
