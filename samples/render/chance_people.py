"""Draws people by chance: faces, clothes, masks and hats worn or not, what they do and hold."""

import math

SKINS = [
    [0.56, 0.36, 0.26],
    [0.64, 0.45, 0.34],
    [0.50, 0.31, 0.22],
    [0.42, 0.25, 0.16],
    [0.68, 0.49, 0.39],
    [0.34, 0.20, 0.13],
]
WHITE_COATS = [[0.66, 0.66, 0.65], [0.62, 0.63, 0.64], [0.70, 0.70, 0.68], [0.58, 0.60, 0.64]]
OTHER_COATS = [[0.04, 0.04, 0.045], [0.10, 0.18, 0.34], [0.20, 0.22, 0.24], [0.32, 0.05, 0.05], [0.35, 0.45, 0.55]]
STREET = [
    [0.35, 0.05, 0.06],
    [0.06, 0.20, 0.10],
    [0.45, 0.32, 0.08],
    [0.08, 0.13, 0.25],
    [0.30, 0.30, 0.32],
    [0.40, 0.12, 0.28],
    [0.10, 0.30, 0.36],
    [0.02, 0.02, 0.025],
    [0.50, 0.46, 0.38],
]
APRONS = [
    [0.60, 0.62, 0.64],
    [0.05, 0.07, 0.12],
    [0.30, 0.04, 0.04],
    [0.06, 0.16, 0.34],
    [0.02, 0.02, 0.02],
    [0.08, 0.22, 0.12],
    [0.42, 0.28, 0.10],
]


def maybe(rng, share):
    return rng.random() < share


def draw_head(rng):
    return {
        "skin": [min(0.72, c * rng.uniform(0.88, 1.12)) for c in rng.choice(SKINS)],
        "hair": rng.choice(["short", "short", "parted", "fringe", "spiky", "long", "bob", "bald", "receding"]),
        "hair_colour": rng.choice(["black", "black", "black", "brown", "grey"]),
        "width": rng.uniform(0.90, 1.12),
        "jaw": rng.uniform(0.86, 1.16),
        "long": rng.uniform(0.95, 1.08),
        "nose": rng.uniform(0.8, 1.15),
        "broad_nose": rng.uniform(0.9, 1.25),
        "brow": rng.uniform(0.5, 1.3),
        "cheek": rng.uniform(0.7, 1.4),
        "chin": rng.uniform(0.8, 1.25),
        "lips": rng.uniform(0.8, 1.25),
        "age": rng.choice([0, 0, 1, 1.6]),
        "eyes": rng.uniform(0.0030, 0.0046),
        "gaze": rng.uniform(-0.003, 0.003),
        "gaze_up": rng.uniform(-0.003, 0),
        "brow_thick": rng.uniform(0.003, 0.0048),
        "stubble": rng.choice([0, 0, 0, 0.2, 0.45]),
        "moustache": maybe(rng, 0.08),
        "glasses": maybe(rng, 0.2),
        "shine": rng.uniform(0.38, 0.6),
    }


def draw_clothes(rng):
    kind = rng.choices(["white", "dark", "street"], [0.55, 0.2, 0.25])[0]
    coat = rng.choice({"white": WHITE_COATS, "dark": OTHER_COATS, "street": STREET}[kind])
    who = {
        "coat": coat,
        "coat_kind": kind,
        "sleeves": "short" if maybe(rng, 0.3) else "long",
        "build": rng.uniform(0.88, 1.16),
        "height": rng.uniform(1.54, 1.84),
        "dirt": rng.uniform(0, 0.25),
        "trousers": rng.choice([[0.03, 0.03, 0.035], [0.06, 0.08, 0.14], [0.55, 0.56, 0.57], [0.10, 0.09, 0.08]]),
        "head_size": rng.uniform(1.05, 1.16),
    }
    if kind == "street" or maybe(rng, 0.2):
        who["collar"] = "none"
    if maybe(rng, 0.7 if kind != "street" else 0.35):
        who["apron"] = rng.choice(APRONS)
    if kind == "white" and maybe(rng, 0.25):
        who["trim"] = rng.choice([[0.05, 0.05, 0.06], [0.35, 0.04, 0.04]])
    hat = rng.choices([None, "toque", "low toque", "cap", "net"], [0.40, 0.14, 0.14, 0.16, 0.16])[0]
    if hat:
        who["hat"] = hat
        pale = [[0.70, 0.70, 0.69], [0.66, 0.68, 0.70]]
        who["hat_colour"] = rng.choice(
            [[0.45, 0.62, 0.76], [0.68, 0.72, 0.74], [0.55, 0.62, 0.66]]
            if hat == "net"
            else pale + ([[0.03, 0.03, 0.035], [0.35, 0.05, 0.05], [0.10, 0.18, 0.32]] if hat == "cap" else [])
        )
    worn = rng.choices(["none", "full", "under nose", "chin"], [0.36, 0.46, 0.09, 0.09])[0]
    if worn != "none":
        who["mask"], who["mask_worn"] = rng.choices(["blue", "white", "black"], [0.6, 0.28, 0.12])[0], worn
    if maybe(rng, 0.25):
        who["gloves"] = rng.choice(["white", "blue", "clear"])
    return who


def draw_person(rng, at, toward):
    """Somebody at [x, y] who looks more or less toward the camera."""
    who = {"at": at, "head": draw_head(rng), **draw_clothes(rng)}
    straight = math.degrees(math.atan2(toward[0] - at[0], at[1] - toward[1]))
    who["facing"] = straight + (rng.uniform(-180, 180) if maybe(rng, 0.12) else rng.gauss(0, 28))
    bare = who.get("mask_worn", "none") in ("none", "chin")
    deed = rng.choices(["work", "phone", "smoke"], [0.58, 0.19, 0.23] if bare else [0.82, 0.16, 0.02])[0]
    motion, holds = rng.choice(
        [
            ("chop", "knife"),
            ("slice", "knife"),
            ("stir", "ladle"),
            ("dip", "basket"),
            ("wash", None),
            ("plate", None),
            ("wipe", "cloth"),
            ("stand", None),
        ]
    )
    who["holds"] = {"left" if motion == "stir" else "right": holds} if holds else {}
    if deed == "phone":
        motion, who["holds"] = rng.choice(["hold phone", "hold phone", "call"]), {"right": "phone"}
    elif deed == "smoke" and maybe(rng, 0.5) and bare:
        who["holds"]["mouth"] = "cigarette"
    elif deed == "smoke":
        motion, who["holds"] = "puff", {"right": "cigarette"}
    who["motion"] = [
        {
            "do": motion,
            "ticks": 1,
            "cycles": 1,
            "nod": rng.gauss(0.06, 0.09),
            "turn": rng.gauss(0, 0.28),
            "phase": rng.random(),
        }
    ]
    return who
