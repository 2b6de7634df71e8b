"""What stands in a kitchen: counters, stoves, hoods, fridges, sinks, shelves. One function a kind; scenes name them in
data."""

import math

from . import fittings, materials, things
from .shapes import PI, box, disc, ellipsoid, empty, lathe, mesh_object, tube


def counter(item, rng):
    """at [x, y], length, depth, height, turn (degrees), splash: a low wall at the back, doors: closed front."""
    length, depth, height = item.get("length", 1.6), item.get("depth", 0.7), item.get("height", 0.85)
    root = empty("counter", None, (*item["at"], 0), (0, 0, math.radians(item.get("turn", 0))))
    top = materials.plain(tuple(item["top"]), 0.3) if item.get("top") else materials.steel()
    box((0, 0, height - 0.02), (length, depth, 0.045), top, 0.008, 0, root, "counter")
    if item.get("doors"):
        box((0, 0, height / 2), (length - 0.02, depth - 0.04, height - 0.06), materials.worn_steel(), 0.006, 0, root)
        n = max(1, round(length / 0.6))
        for i in range(n):
            x = -length / 2 + (i + 0.5) * length / n
            box(
                (x, -depth / 2 + 0.015, height / 2 - 0.02),
                (length / n - 0.02, 0.015, height - 0.18),
                materials.steel(),
                0.008,
                0,
                root,
            )
            tube(
                [(x + length / n * 0.36, -depth / 2 - 0.015, z, 0.007) for z in (height * 0.45, height * 0.62)],
                materials.steel(),
                8,
                4,
                parent=root,
            )
    else:
        for sx in (-1, 1):
            for sy in (-1, 1):
                box(
                    (sx * (length / 2 - 0.05), sy * (depth / 2 - 0.05), height / 2 - 0.02),
                    (0.04, 0.04, height - 0.05),
                    materials.steel(),
                    0.006,
                    0,
                    root,
                )
        box((0, 0, 0.22), (length - 0.06, depth - 0.08, 0.03), materials.worn_steel(), 0.006, 0, root)
    if item.get("splash"):
        box((0, depth / 2 - 0.01, height + 0.06), (length, 0.02, 0.12), materials.steel(), 0.004, 0, root)


def stove(item, rng):
    """A line of gas burners against the back wall; at: middle of its front edge."""
    x0, y0 = item["at"]
    n = item.get("burners", 3)
    length = 0.67 * n
    y = y0 + 0.38
    box((x0, y, 0.42), (length, 0.76, 0.80), materials.worn_steel(), 0.01, name="stove")
    box((x0, y - 0.02, 0.835), (length + 0.04, 0.80, 0.03), materials.steel(), 0.006, name="stove")
    for i in range(n):
        x = x0 - length / 2 + 0.335 + i * 0.67
        lathe([(0.20, 0), (0.205, 0.03), (0.16, 0.035), (0.12, 0.0)], materials.iron(), (x, y - 0.06, 0.85))
        lathe([(0.001, 0), (0.06, 0), (0.06, 0.02), (0.001, 0.02)], materials.black(), (x, y - 0.06, 0.85), sides=20)
        for k in (-0.08, 0.08):
            ellipsoid((x + k, y0 - 0.012, 0.74), (0.022, 0.014, 0.022), materials.black(), 8)
        box((x, y0, 0.45), (0.60, 0.02, 0.40), materials.steel(), 0.01)
        tube([(x - 0.2, y0 - 0.025, 0.60, 0.008), (x + 0.2, y0 - 0.025, 0.60, 0.008)], materials.steel(), 8, 4)
        standing = (item.get("standing") or ["wok", "pot", "pot"])[i % 3]
        if standing == "wok":
            things.wok(x, y - 0.06, 0.88, math.radians(item.get("handle", -109)) + 0.25 * (i % 2), rng)
        elif standing == "pot":
            things.pot(x, y - 0.06, 0.885, rng.uniform(0.15, 0.2), rng.uniform(0.17, 0.28))


def hood(item, rng):
    """An extractor over the stove; at: middle of its back edge."""
    x, y = item["at"]
    w, d, low = item.get("length", 2.3) / 2, item.get("depth", 1.05), item.get("low", 1.98)
    f = y - d
    verts = [
        (x - w, f, low),
        (x + w, f, low),
        (x + w, y, low),
        (x - w, y, low),
        (x - w, f, low + 0.16),
        (x + w, f, low + 0.16),
        (x - w * 0.55, y - 0.45, low + 0.62),
        (x + w * 0.55, y - 0.45, low + 0.62),
        (x - w * 0.55, y, low + 0.62),
        (x + w * 0.55, y, low + 0.62),
        (x + w, y, low + 0.16),
        (x - w, y, low + 0.16),
    ]
    mesh_object(
        "hood",
        verts,
        [(0, 1, 5, 4), (4, 5, 7, 6), (1, 2, 10, 5), (0, 4, 11, 3), (5, 10, 9, 7), (4, 6, 8, 11)],
        materials.steel(),
        False,
    )
    for i in range(int(w * 2 / 0.36)):
        box((x - w + 0.2 + i * 0.36, y - d / 2, low + 0.08), (0.34, d * 0.85, 0.02), materials.worn_steel(), 0.004)


def fridge(item, rng):
    """Two by two steel doors looking along +x (turn 0) or where turned; at: middle."""
    root = empty("fridge", None, (*item["at"], 0), (0, 0, math.radians(item.get("turn", 0))))
    box((0, 0, 0.98), (0.78, 1.25, 1.95), materials.steel(), 0.012, 0, root)
    for s in (-1, 1):
        for z in (0.55, 1.45):
            box((0.40, s * 0.31, z), (0.02, 0.60, 0.84), materials.worn_steel(), 0.008, 0, root)
            grip = [(0.43, s * 0.06, z - 0.15, 0.009), (0.455, s * 0.06, z, 0.009), (0.43, s * 0.06, z + 0.15, 0.009)]
            tube(grip, materials.steel(), 8, 8, parent=root)
    box((0.415, -0.31, 1.75), (0.006, 0.12, 0.05), materials.black(), 0, 0, root)
    box(
        (0.42, -0.31, 1.75),
        (0.004, 0.06, 0.025),
        materials.plain((0, 0, 0), glow=(0.9, 0.05, 0.02), glow_strength=3),
        0,
        0,
        root,
    )


def sink(item, rng):
    """A counter with basins and a tap; at: middle, the worker stands on its far side (turn 180: near side)."""
    counter({**item, "splash": item.get("splash", False)}, rng)
    root = empty("sink", None, (*item["at"], 0), (0, 0, math.radians(item.get("turn", 0))))
    n = item.get("basins", 2)
    length, height = item.get("length", 1.6), item.get("height", 0.85)
    for i in range(n):
        x = -length / 2 + (i + 0.5) * length / n
        box(
            (x, 0, height + 0.004),
            (length / n - 0.12, 0.46, 0.012),
            materials.plain((0.10, 0.11, 0.12), 0.25, 0.8),
            0.03,
            0,
            root,
        )
        box(
            (x, 0, height + 0.008),
            (length / n - 0.18, 0.40, 0.012),
            materials.plain((0.16, 0.19, 0.20), 0.06, 0.2),
            0.03,
            0,
            root,
        )
        for _ in range(item.get("foam", 0)):
            ellipsoid(
                (x + rng.uniform(-0.16, 0.16), rng.uniform(-0.13, 0.13), height + 0.012),
                (rng.uniform(0.01, 0.035),) * 2 + (0.012,),
                materials.plain((0.82, 0.84, 0.85), 0.6),
                6,
                root,
            )
    side = -1 if item.get("tap") == "near" else 1
    tap = [
        (0, side * 0.29, height, 0.013),
        (0, side * 0.29, height + 0.24, 0.013),
        (0, side * 0.20, height + 0.31, 0.012),
        (0, side * 0.09, height + 0.26, 0.011),
    ]
    tube(tap, materials.steel(), 10, 24, parent=root)


def shelf(item, rng):
    """Boards on a wall with bottles, bowls or jars; at: middle of the wall edge; turn for side walls."""
    root = empty("shelf", None, (*item["at"], 0), (0, 0, math.radians(item.get("turn", 0))))
    length = item.get("length", 1.7)
    for z in item.get("heights", [1.45, 1.85]):
        box((0, -0.17, z), (length, 0.32, 0.025), materials.steel(), 0.004, 0, root)
    if item.get("turn"):
        return
    x0, y0 = item["at"][0] - length / 2 + 0.1, item["at"][1] - 0.17
    for level, z in enumerate(item.get("heights", [1.45, 1.85])):
        holds = (item.get("holds") or ["bottles", "bowls"])[level % 2]
        if holds == "bottles":
            things.bottles(x0, y0, z + 0.013, int(length / 0.135), 0.135, rng)
        elif holds == "bowls":
            for i in range(int(length / 0.2)):
                things.bowl_stack(x0 + i * 0.2, y0, z + 0.013, rng.randint(2, 7))
        elif holds == "crates":
            for i in range(int(length / 0.46)):
                things.crate(
                    x0 + 0.15 + i * 0.46,
                    y0,
                    z + 0.013,
                    rng.choice([(0.75, 0.76, 0.75), (0.08, 0.16, 0.34), (0.5, 0.12, 0.06)]),
                    (0.4, 0.28, 0.2),
                )
        elif holds == "plates":
            for i in range(int(length / 0.28)):
                things.plate_stack(x0 + 0.05 + i * 0.28, y0, z + 0.013, rng.randint(5, 14))


def rack(item, rng):
    """A standing wire rack full of crates and bowls; at: middle."""
    x, y = item["at"]
    length, depth = item.get("length", 1.2), 0.45
    for sx in (-1, 1):
        for sy in (-1, 1):
            tube([(x + sx * length / 2, y + sy * depth / 2, z, 0.012) for z in (0, 1.8)], materials.steel(), 8, 4)
    for z in (0.25, 0.75, 1.25, 1.75):
        box((x, y, z), (length, depth, 0.02), materials.worn_steel(), 0.002)
        for i in range(int(length / 0.4)):
            at = x - length / 2 + 0.22 + i * 0.4
            pick = rng.random()
            if pick < 0.5:
                things.crate(
                    at,
                    y,
                    z + 0.012,
                    rng.choice([(0.75, 0.76, 0.75), (0.08, 0.16, 0.34), (0.5, 0.12, 0.06), (0.1, 0.3, 0.12)]),
                    (0.34, 0.36, rng.uniform(0.12, 0.26)),
                )
            elif pick < 0.85:
                things.bowl_stack(at, y, z + 0.012, rng.randint(3, 9), 0.10)


def boiler(item, rng):
    """A noodle boiler: a square tank with round wells of cloudy water; at: middle."""
    x, y = item["at"]
    box((x, y, 0.42), (0.9, 0.7, 0.84), materials.worn_steel(), 0.01)
    box((x, y, 0.85), (0.94, 0.74, 0.03), materials.steel(), 0.006)
    for sx in (-1, 1):
        for sy in (-1, 1):
            lathe(
                [(0.15, 0), (0.155, 0.02), (0.14, 0.02), (0.135, 0.0)],
                materials.steel(),
                (x + sx * 0.21, y + sy * 0.16, 0.866),
            )
            disc(
                (x + sx * 0.21, y + sy * 0.16, 0.876),
                0.138,
                materials.plain((0.36, 0.33, 0.24), 0.15, grain=0.3, grain_scale=20),
            )


def serving_line(item, rng):
    """A counter of pans under a glass guard; at: middle."""
    x, y = item["at"]
    length = item.get("length", 2.2)
    counter({"at": item["at"], "length": length, "depth": 0.62, "doors": True}, rng)
    n = int(length / 0.34)
    for i in range(n):
        things.pan(x - length / 2 + 0.2 + i * 0.34, y, 0.82, rng.choice(sorted(things.FOODS)), 0.31, 0.42, 0.08)
    for sx in (-1, 1):
        tube([(x + sx * length / 2, y - 0.24, z, 0.012) for z in (0.85, 1.12)], materials.steel(), 8, 4)
    tube([(x - length / 2, y - 0.24, 1.12, 0.012), (x + length / 2, y - 0.24, 1.12, 0.012)], materials.steel(), 8, 4)
    box((x, y - 0.20, 1.12), (length, 0.22, 0.012), materials.steel(), 0.003)


def standing(item, rng):
    """Loose things by name, at [x, y, z]: {"kind": "thing", "thing": "pot", ...}."""
    x, y, z = item["at"]
    make = {
        "pot": lambda: things.pot(x, y, z, item.get("radius", 0.16), item.get("height", 0.2)),
        "open pot": lambda: things.open_pot(
            x, y, z, item.get("radius", 0.2), item.get("height", 0.3), item.get("filling", "noodle")
        ),
        "wok": lambda: things.wok(x, y, z, math.radians(item.get("angle", -110)), rng),
        "bowls": lambda: things.bowl_stack(x, y, z, item.get("count", 6), item.get("radius", 0.075)),
        "bowl": lambda: things.bowl(
            x, y, z, item.get("radius", 0.12), materials.steel() if item.get("steel") else None
        ),
        "plates": lambda: things.plate_stack(x, y, z, item.get("count", 9)),
        "dish": lambda: things.dish(x, y, z, item.get("filling", "pork"), rng, item.get("radius", 0.12)),
        "bottles": lambda: things.bottles(x, y, z, item.get("count", 4), 0.09, rng),
        "pans": lambda: [things.pan(x + 0.2 * i, y, z, f) for i, f in enumerate(item["fillings"])],
        "crate": lambda: things.crate(x, y, z, item.get("colour", (0.08, 0.16, 0.34))),
        "carton": lambda: things.carton(x, y, z, item.get("size", [0.5, 0.4, 0.35]), item.get("angle", 0)),
        "board": lambda: things.board(x, y, z, item.get("filling", "carrot"), rng),
        "steamer": lambda: things.steamer(x, y, z, item.get("layers", 3)),
        "open bin": lambda: things.rubbish_bin(x, y, True, rng, item.get("colour", (0.045, 0.10, 0.06))),
        "closed bin": lambda: things.rubbish_bin(x, y, False, rng, item.get("colour", (0.045, 0.10, 0.06))),
    }
    make[item["thing"]]()


KINDS = {
    "counter": counter,
    "stove": stove,
    "hood": hood,
    "fridge": fridge,
    "sink": sink,
    "shelf": shelf,
    "rack": rack,
    "rail": fittings.rail,
    "boiler": boiler,
    "serving line": serving_line,
    "uv lamp": fittings.uv_lamp,
    "notice": fittings.notice,
    "door": fittings.door,
    "window": fittings.window,
    "extinguisher": fittings.extinguisher,
    "pipe": fittings.pipe,
    "clock": fittings.wall_clock,
    "thing": standing,
}


def furnish(items, rng):
    for item in items:
        KINDS[item["kind"]](item, rng)
