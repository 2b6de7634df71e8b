"""Draws a random kitchen as scene data: room, light, furniture, people in every state of dress, things that should not
be there."""

from chance_people import draw_person, maybe

WALLS = [
    ([0.78, 0.79, 0.77], [0.72, 0.74, 0.73]),
    ([0.74, 0.70, 0.60], [0.70, 0.66, 0.57]),
    ([0.66, 0.67, 0.62], [0.60, 0.62, 0.58]),
    ([0.52, 0.66, 0.74], [0.48, 0.62, 0.71]),
    ([0.80, 0.80, 0.79], [0.78, 0.78, 0.77]),
    ([0.60, 0.70, 0.62], [0.56, 0.66, 0.58]),
    ([0.70, 0.72, 0.76], [0.66, 0.68, 0.72]),
    ([0.50, 0.46, 0.40], [0.46, 0.42, 0.37]),
]
FLOORS = [
    ([0.30, 0.22, 0.17], [0.25, 0.19, 0.15]),
    ([0.24, 0.25, 0.25], [0.20, 0.21, 0.22]),
    ([0.40, 0.41, 0.40], [0.36, 0.37, 0.37]),
    ([0.44, 0.40, 0.34], [0.42, 0.38, 0.33]),
    ([0.26, 0.34, 0.32], [0.24, 0.31, 0.30]),
]
LIGHTS = [
    [0.93, 0.97, 1.0],
    [1.0, 0.93, 0.82],
    [1.0, 0.88, 0.70],
    [0.88, 0.95, 1.0],
    [1.0, 0.97, 0.92],
    [0.85, 1.0, 0.92],
]
BINS = [[0.045, 0.10, 0.06], [0.06, 0.07, 0.10], [0.2, 0.2, 0.22], [0.3, 0.25, 0.05]]
FILLINGS = ["greens", "carrot", "chili", "egg", "pork", "tofu", "beef", "rice", "noodle", "mushroom", "radish"]


def _clutter(rng, x, y, z, length, items):
    """Things in a row along a counter."""
    at = x - length / 2 + 0.2
    while at < x + length / 2 - 0.2:
        kind = rng.choice(
            ["pot", "bowls", "plates", "bottles", "pans", "board", "dish", "bowl", "steamer", "open pot", None, None]
        )
        if kind:
            item = {
                "kind": "thing",
                "thing": kind,
                "at": [at, y + rng.uniform(-0.08, 0.08), z],
                "filling": rng.choice(FILLINGS),
                "fillings": rng.choices(FILLINGS, k=2),
                "count": rng.randint(2, 8),
                "layers": rng.randint(1, 4),
            }
            if kind == "pot":
                item["radius"], item["height"] = rng.uniform(0.12, 0.22), rng.uniform(0.14, 0.3)
            items.append(item)
        at += rng.uniform(0.3, 0.6)


def draw_furniture(rng, w, d):
    items = []
    if maybe(rng, 0.45):
        items.append(
            {
                "kind": "stove",
                "at": [w / 2, d - 0.78],
                "burners": int((w - 1.6) / 0.67),
                "standing": [rng.choice(["wok", "pot", "pot", ""]) for _ in range(3)],
            }
        )
        if maybe(rng, 0.7):
            items.append({"kind": "hood", "at": [w / 2, d], "length": rng.uniform(1.6, 2.6)})
    else:
        items.append(
            {
                "kind": "sink" if maybe(rng, 0.3) else "counter",
                "at": [w / 2, d - 0.36],
                "length": w - rng.uniform(0.4, 1.6),
                "splash": True,
                "doors": maybe(rng, 0.5),
                "foam": 10,
            }
        )
        _clutter(rng, w / 2, d - 0.36, 0.856, w - 1.6, items)
        items.append(
            {
                "kind": "shelf",
                "at": [w * rng.uniform(0.35, 0.65), d],
                "length": rng.uniform(1.2, 2.2),
                "holds": rng.sample(["bottles", "bowls", "crates", "plates"], 2),
            }
        )
    items.append(
        {
            "kind": "notice",
            "at": [w * rng.uniform(0.15, 0.9), d],
            "z": rng.uniform(1.4, 1.9),
            "colour": rng.choice([[0.8, 0.78, 0.7], [0.1, 0.28, 0.52], [0.5, 0.1, 0.06], [0.1, 0.3, 0.2]]),
        }
    )
    if maybe(rng, 0.3):
        items.append(
            {"kind": "window", "at": [w * rng.uniform(0.2, 0.8), d], "z": 1.6, "strength": rng.uniform(0.5, 2)}
        )
    if maybe(rng, 0.5):
        items.append({"kind": "fridge", "at": [0.42, d - rng.uniform(1.2, 2.2)]})
    if maybe(rng, 0.4):
        items.append({"kind": "rack", "at": [w - 0.8, d - 0.3] if maybe(rng, 0.5) else [0.8, d - 0.3], "length": 1.2})
    if maybe(rng, 0.4):
        items.append({"kind": "door", "at": [w, d * 0.6], "side": "right"})
    for _ in range(rng.randint(0, 3)):
        items.append(
            {
                "kind": "thing",
                "thing": rng.choice(["crate", "carton"]),
                "at": [rng.choice([0.4, w - 0.4]), rng.uniform(1.2, d - 1), 0],
                "colour": rng.choice([[0.08, 0.16, 0.34], [0.5, 0.12, 0.06], [0.75, 0.76, 0.75]]),
            }
        )
    return items


def _places(rng, w, y, count):
    """Places side by side, not closer than an arm."""
    xs = []
    for _ in range(40):
        x = rng.uniform(0.9, w - 0.9)
        if all(abs(x - other) > 0.72 for other in xs):
            xs.append(x)
        if len(xs) == count:
            break
    return [[x, y + rng.uniform(-0.05, 0.25)] for x in xs]


def _draw_room(rng, size):
    w, d, _ = size
    wall, floor = rng.choice(WALLS), rng.choice(FLOORS)
    lamps = [[w * 0.28, d * 0.35], [w * 0.72, d * 0.35]] + ([[w * 0.5, d * 0.75]] if maybe(rng, 0.7) else [])
    return {
        "size": size,
        "wall": {
            "colour": wall[0],
            "second": wall[1],
            "joint": [rng.uniform(0.2, 0.6)] * 3,
            "tile": rng.choice([[0.30, 0.20], [0.30, 0.45], [0.15, 0.15], [0.20, 0.20], [0.60, 0.30], [0.10, 0.10]]),
            "dirt": rng.uniform(0.1, 0.9),
            "offset": rng.choice([0, 0, 0.5]),
        },
        "floor": {
            "colour": floor[0],
            "second": floor[1],
            "tile": rng.choice([0.2, 0.3, 0.4, 0.5]),
            "rough": rng.uniform(0.08, 0.3),
            "dirt": rng.uniform(0.2, 0.9),
        },
        "light": {
            "lamps": lamps,
            "watts": rng.uniform(34, 70),
            "colour": rng.choice(LIGHTS),
            "air_strength": rng.uniform(0.25, 0.6),
            "exposure": rng.gauss(0.1, 0.35),
        },
    }


def _add_island(rng, w, y, furniture):
    kind = rng.choice(["counter", "counter", "sink", "serving line"])
    length, doors, foam = w - rng.uniform(0.9, 1.8), maybe(rng, 0.4), rng.randint(0, 20)
    furniture.append({"kind": kind, "at": [w / 2, y], "length": length, "depth": 0.72, "doors": doors, "foam": foam})
    _clutter(rng, w / 2, y, 0.856, w - 1.6, furniture)


def _add_bins(rng, w, depths, furniture, share=0.22):
    for kind in ("open bin", "closed bin"):
        if maybe(rng, share):
            at = [rng.uniform(0.5, w - 0.5), rng.uniform(*depths), 0]
            furniture.append({"kind": "thing", "thing": kind, "at": at, "colour": rng.choice(BINS)})


def add_hazards(rng, scene):
    """The same kitchen with its floor in sight, few people, and often a rat, a bin or flames where the camera looks."""
    w, d, _ = scene["room"]["size"]
    scene["furniture"] = [
        item for item in scene["furniture"] if item["at"][1] > d - 1.2 or item.get("thing") in ("crate", "carton")
    ]
    scene["people"] = rng.sample(scene["people"], min(len(scene["people"]), rng.choice([0, 0, 1, 1, 2])))
    _add_bins(rng, w, (1.5, d - 1), scene["furniture"], 0.6)
    for name in ("rat", "flames"):
        scene.pop(name, None)
    if maybe(rng, 0.55):
        scene["rat"] = [rng.uniform(0.8, w - 0.8), rng.uniform(1.3, d - 1), rng.uniform(0, 6.28), rng.uniform(0.9, 1.6)]
    if maybe(rng, 0.45):
        low = maybe(rng, 0.4)
        scene["flames"] = [
            rng.uniform(0.8, w - 0.8),
            rng.uniform(1.5, d - 1.2) if low else d - 0.5,
            0.05 if low else 0.88,
        ]
    things = [i["at"][:2] for i in scene["furniture"] if "bin" in i.get("thing", "")]
    things += [scene[name][:2] for name in ("rat", "flames") if name in scene] or [[w / 2, d / 2]]
    x, y = rng.choice(things)
    scene["camera"]["toward"] = [(x + w / 2) / 2 + rng.gauss(0, 0.25), (y + d / 2) / 2, rng.uniform(0.3, 1.1)]
    scene["camera"]["angle"] = rng.uniform(50, 78)
    return scene


def draw_scene(rng, number):
    """A whole scene as data; the same generator state gives the same kitchen."""
    w, d, h = rng.uniform(3.6, 5.6), rng.uniform(3.8, 5.0), rng.uniform(2.5, 2.95)
    camera = [rng.uniform(0.4, w - 0.4), rng.uniform(0.15, 0.45), rng.uniform(1.75, 2.45)]
    island, y = maybe(rng, 0.75), rng.uniform(1.3, 1.75)
    furniture = draw_furniture(rng, w, d)
    if island:
        _add_island(rng, w, y, furniture)
    people = [draw_person(rng, at, camera) for at in _places(rng, w, y + 0.62, rng.choice([1, 2, 3, 3, 4, 4, 5]))]
    if d - y > 2.3 and maybe(rng, 0.4):
        people += [draw_person(rng, at, camera) for at in _places(rng, w, y + 1.5, 1)]
    _add_bins(rng, w, (y + 1.2, y + 1.6) if island else (1.4, 2), furniture)
    x0, y0 = (sum(p["at"][k] for p in people) / len(people) for k in (0, 1))
    toward = [x0 + rng.gauss(0, 0.3), y0 + rng.gauss(0, 0.2), rng.uniform(1.1, 1.45)]
    scene = {
        "name": f"k{number:05d}",
        "seed": number,
        "furniture": furniture,
        "people": people,
        "camera": {"at": camera, "toward": toward, "angle": rng.uniform(38, 68), "roll": rng.gauss(0, 1.5)},
        "room": _draw_room(rng, [w, d, h]),
        "lens": {
            "noise": rng.uniform(0.5, 6),
            "blur": rng.uniform(0, 1.3),
            "sharpen": rng.uniform(0.2, 1.1),
            "cast": [rng.gauss(1, 0.03), 1, rng.gauss(1, 0.04)],
        },
        "jpeg": rng.randint(42, 92),
    }
    if maybe(rng, 0.10):
        scene["rat"] = [rng.uniform(0.6, w - 0.6), y + rng.uniform(1, 1.8), rng.uniform(0, 6.28), rng.uniform(0.9, 1.4)]
    if maybe(rng, 0.07):
        scene["flames"] = [rng.uniform(0.8, w - 0.8), d - 0.5, 0.88]
    return scene
