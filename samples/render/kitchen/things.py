"""Pots, bowls, bottles, food and clutter: small things that stand on counters and shelves."""

import math

import numpy as np

from . import materials
from .shapes import box, disc, ellipsoid, ellipsoid_mesh, grid_faces, lathe, mesh_object, tube

FOODS = {
    "greens": (0.10, 0.30, 0.04),
    "carrot": (0.60, 0.20, 0.03),
    "chili": (0.55, 0.05, 0.03),
    "egg": (0.62, 0.48, 0.14),
    "pork": (0.50, 0.20, 0.16),
    "tofu": (0.70, 0.66, 0.52),
    "beef": (0.30, 0.07, 0.05),
    "rice": (0.76, 0.75, 0.70),
    "noodle": (0.70, 0.58, 0.32),
    "mushroom": (0.18, 0.12, 0.08),
    "cucumber": (0.06, 0.22, 0.04),
    "radish": (0.76, 0.72, 0.70),
}
BOTTLES = [(0.05, 0.02, 0.01), (0.35, 0.18, 0.03), (0.4, 0.03, 0.02), (0.5, 0.42, 0.2), (0.06, 0.12, 0.05)]


def food(name):
    return materials.plain(FOODS[name], 0.6, 0, 1, 40, 0.5, 30)


def pot(x, y, z, radius=0.16, height=0.2, lid=True, material=None):
    m, r, h = material or materials.steel(), radius, height
    body = [(0.001, 0), (r * 0.96, 0), (r, 0.015), (r, h)]
    top = [
        (r + 0.01, h + 0.006),
        (r * 0.8, h + 0.03),
        (0.02, h + 0.045),
        (0.012, h + 0.07),
        (0.03, h + 0.08),
        (0.001, h + 0.085),
    ]
    rim = [(r + 0.008, h + 0.004), (r - 0.004, h + 0.002), (r - 0.006, 0.02), (0.001, 0.02)]
    lathe(body + (top if lid else rim), m, (x, y, z), name="pot")
    for s in (-1, 1):
        grip = [
            (x + s * r, y - 0.04, z + h * 0.75, 0.007),
            (x + s * (r + 0.05), y - 0.035, z + h * 0.78, 0.007),
            (x + s * (r + 0.05), y + 0.035, z + h * 0.78, 0.007),
            (x + s * r, y + 0.04, z + h * 0.75, 0.007),
        ]
        tube(grip, m, 8, 12)


def open_pot(x, y, z, radius, height, filling):
    pot(x, y, z, radius, height, False)
    disc((x, y, z + height - 0.03), radius - 0.008, food(filling))


def wok(x, y, z, angle, rng, filled=True):
    lathe(
        [
            (0.001, 0),
            (0.08, 0.008),
            (0.15, 0.045),
            (0.19, 0.10),
            (0.197, 0.103),
            (0.185, 0.095),
            (0.14, 0.052),
            (0.07, 0.018),
            (0.001, 0.012),
        ],
        materials.iron(),
        (x, y, z),
        name="wok",
        sides=48,
    )
    c, s = math.cos(angle), math.sin(angle)
    tube(
        [
            (x + c * r, y + s * r, z + h, t)
            for r, h, t in ((0.19, 0.095, 0.014), (0.30, 0.13, 0.016), (0.42, 0.16, 0.017))
        ],
        materials.wood(),
        10,
        12,
    )
    for _ in range(40 if filled else 0):
        a, r = rng.random() * 6.28, rng.random() ** 0.5 * 0.11
        ellipsoid(
            (x + r * math.cos(a), y + r * math.sin(a), z + 0.04 + rng.random() * 0.02),
            (0.018, 0.012, 0.008),
            food(rng.choice(["greens", "carrot", "egg"])),
            6,
        )


def bowl(x, y, z, radius=0.07, material=None):
    r = radius
    lathe(
        [
            (0.001, 0),
            (r * 0.5, 0),
            (r * 0.55, 0.01),
            (r, r * 0.75),
            (r * 0.95, r * 0.75),
            (r * 0.5, 0.02),
            (0.001, 0.018),
        ],
        material or materials.porcelain(),
        (x, y, z),
        name="bowl",
        sides=28,
    )


def bowl_stack(x, y, z, count, radius=0.075):
    for k in range(count):
        bowl(x, y, z + k * 0.018, radius)


def plate_stack(x, y, z, count, radius=0.12):
    for k in range(count):
        lathe(
            [
                (0.001, 0),
                (radius / 2, 0),
                (radius, 0.015),
                (radius - 0.002, 0.018),
                (radius / 2, 0.006),
                (0.001, 0.006),
            ],
            materials.porcelain(),
            (x, y, z + k * 0.008),
            name="plate",
            sides=28,
        )


def dish(x, y, z, filling, rng, radius=0.12):
    """A plate with food on it."""
    plate_stack(x, y, z, 1, radius)
    for _ in range(26):
        a, r = rng.random() * 6.28, rng.random() ** 0.5 * radius * 0.55
        o = ellipsoid(
            (0, 0, 0),
            (rng.uniform(0.012, 0.03), rng.uniform(0.008, 0.016), 0.008),
            food(rng.choice([filling, filling, "greens"])),
            6,
        )
        o.location, o.rotation_euler = (
            (x + r * math.cos(a), y + r * math.sin(a), z + 0.016 + rng.random() * 0.02),
            (
                rng.random(),
                rng.random(),
                rng.random() * 6,
            ),
        )


def bottle(x, y, z, colour, height=0.22, radius=0.033, cap=(0.5, 0.03, 0.02)):
    r, h = radius, height
    lathe(
        [(0.001, 0), (r, 0), (r, h * 0.6), (r * 0.4, h * 0.8), (r * 0.38, h * 0.93)],
        materials.plain(colour, 0.15),
        (x, y, z),
        sides=20,
    )
    lathe([(r * 0.45, h * 0.9), (r * 0.45, h), (0.001, h)], materials.plain(cap, 0.4), (x, y, z), sides=16)
    lathe([(r * 1.02, h * 0.15), (r * 1.02, h * 0.5)], materials.plain((0.7, 0.62, 0.4), 0.5), (x, y, z), sides=20)


def bottles(x, y, z, count, spacing, rng):
    for i in range(count):
        bottle(
            x + i * spacing,
            y + rng.uniform(-0.04, 0.04),
            z,
            rng.choice(BOTTLES),
            rng.uniform(0.18, 0.27),
            rng.uniform(0.028, 0.042),
            rng.choice([(0.5, 0.03, 0.02), (0.1, 0.1, 0.1), (0.6, 0.5, 0.1)]),
        )


def pan(x, y, z, filling, width=0.17, depth=0.26, height=0.09):
    """A gastronorm pan of prepared food."""
    for dx, dy, sx, sy in (
        (0, -depth / 2, width, 0.006),
        (0, depth / 2, width, 0.006),
        (-width / 2, 0, 0.006, depth),
        (width / 2, 0, 0.006, depth),
    ):
        box((x + dx, y + dy, z + height / 2), (sx, sy, height), materials.steel(), 0.002)
    box((x, y, z + height * 0.4), (width - 0.01, depth - 0.01, height * 0.7), food(filling), 0.01)


def crate(x, y, z, colour, size=(0.44, 0.34, 0.22)):
    box((x, y, z + size[2] / 2), size, materials.plastic(tuple(colour)), 0.02)


def carton(x, y, z, size, turn=0.0):
    box((x, y, z + size[2] / 2), size, materials.plain((0.42, 0.29, 0.17), 0.8, 0, 0.1, 30, 0.15, 4), 0.004, turn)
    box(
        (x, y, z + size[2] + 0.001), (size[0] * 0.12, size[1], 0.002), materials.plain((0.55, 0.42, 0.26), 0.3), 0, turn
    )


def board(x, y, z, filling, rng):
    """A cutting board with half-cut food."""
    box(
        (x, y, z + 0.015),
        (0.50, 0.34, 0.03),
        materials.plain((0.70, 0.66, 0.56), 0.6, 0, 0.2, 30, 0.15, 8),
        0.008,
        name="board",
    )
    for _ in range(24):
        ellipsoid(
            (x - 0.12 + rng.uniform(-0.1, 0.1), y + rng.uniform(-0.1, 0.1), z + 0.036),
            (0.016, 0.012, 0.008),
            food(filling),
            6,
        )
    for i in range(4):
        tube(
            [(x + 0.08 + 0.035 * i, y - 0.12 + k * 0.11, z + 0.046, r) for k, r in enumerate((0.010, 0.016, 0.018))],
            food(rng.choice(["cucumber", filling])),
            10,
            10,
        )


def steamer(x, y, z, layers, radius=0.22):
    bamboo = materials.plain((0.48, 0.33, 0.15), 0.7, 0, 0.4, 60, 0.3, 20, stretch=(1, 1, 8))
    for k in range(layers):
        lathe(
            [(radius - 0.01, 0), (radius, 0.004), (radius, 0.085), (radius - 0.012, 0.09), (0.001, 0.088)],
            bamboo,
            (x, y, z + k * 0.092),
            name="steamer",
        )
    lathe(
        [(radius, 0), (radius, 0.02), (radius * 0.6, 0.05), (0.001, 0.06)],
        bamboo,
        (x, y, z + layers * 0.092),
        name="steamer",
    )


def rubbish_bin(x, y, is_open, rng, colour=(0.045, 0.10, 0.06)):
    """A round bin with a bag; open: rubbish shows; closed: a lid with a knob. Objects are named 'open bin' or 'closed
    bin'."""
    label = "open bin" if is_open else "closed bin"
    m = materials.plain(tuple(colour), 0.4, 0, 0.05, 20, 0.2, 4, dirt=0.35)
    lathe(
        [
            (0.001, 0),
            (0.17, 0),
            (0.18, 0.02),
            (0.225, 0.56),
            (0.245, 0.57),
            (0.245, 0.60),
            (0.225, 0.60),
            (0.20, 0.30),
            (0.001, 0.25),
        ],
        m,
        (x, y, 0),
        name=label,
        scale=(1, 0.85),
    )
    t = np.linspace(0, 2 * math.pi, 64, endpoint=False)
    rim = []
    for r, z in ((0.19, 0.5), (0.225, 0.605), (0.25, 0.615), (0.255, 0.56), (0.262, 0.48)):
        rim += list(
            np.stack(
                [
                    x + (r + 0.006 * np.sin(t * 13)) * np.cos(t),
                    y + 0.85 * (r + 0.006 * np.sin(t * 11)) * np.sin(t),
                    z + 0.012 * np.sin(t * 9),
                ],
                1,
            )
        )
    mesh_object(label, rim, grid_faces(5, 64, True, False), materials.plain((0.012, 0.012, 0.013), 0.25, 0, 0.6, 25))
    if not is_open:
        lathe(
            [(0.26, 0), (0.262, 0.03), (0.22, 0.07), (0.12, 0.10), (0.001, 0.105)],
            m,
            (x, y, 0.60),
            name=label,
            scale=(1, 0.85),
        )
        lathe([(0.03, 0), (0.03, 0.03), (0.001, 0.03)], materials.black(), (x, y, 0.70), name=label, sides=16)
        return
    rubbish = [
        (0.75, 0.74, 0.70),
        (0.12, 0.30, 0.05),
        (0.45, 0.28, 0.12),
        (0.55, 0.08, 0.05),
        (0.02, 0.02, 0.02),
        (0.60, 0.60, 0.62),
    ]
    for i in range(28):
        v, f = ellipsoid_mesh(
            (0, 0, 0), (rng.uniform(0.03, 0.07), rng.uniform(0.02, 0.06), rng.uniform(0.015, 0.045)), 8
        )
        v = v * (1 + 0.25 * np.sin(v[:, :1] * 90 + i) * np.cos(v[:, 1:2] * 80))
        a, r = rng.random() * 6.28, rng.random() ** 0.5 * 0.16
        o = mesh_object(label, v, f, materials.plain(rng.choice(rubbish)))
        o.location, o.rotation_euler = (
            (
                x + r * math.cos(a),
                y + 0.85 * r * math.sin(a),
                0.56 + rng.uniform(0, 0.10) * (1 - r / 0.2),
            ),
            (rng.random() * 3, rng.random() * 3, 0),
        )
