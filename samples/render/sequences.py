"""Lays parts from sequence_parts.py together to sequences with known truth: python3 sequences.py PARTS FOLDER
[--count N] [--from N].

FOLDER/qNNN/ holds show.jpg (the empty kitchen), a picture every two seconds of half a minute, and truth.json: zones,
what began when and went on until when, and what was done to the light and the camera. Sequence N is drawn from seed N
alone."""

import argparse
import glob
import json
import os
import random

import cv2
import numpy as np

import cctv

STEP, LENGTH = 2, 30
LOOKS = LENGTH // STEP
FEATHER = 9


def load(folder):
    with open(os.path.join(folder, "parts.json"), encoding="utf-8") as f:
        told = json.load(f)
    told["plate"] = cv2.imread(os.path.join(folder, "plate.png"))
    for part in told["parts"]:
        part["picture"] = cv2.imread(os.path.join(folder, part["name"] + ".png"))
        part["mask"] = mask_of(part, told["plate"])
    return told


def mask_of(part, plate):
    """Where the part differs from the empty kitchen, with a soft edge; its border has none of it."""
    x, y = part["at"]
    h, w = part["picture"].shape[:2]
    apart = np.abs(part["picture"].astype(int) - plate[y : y + h, x : x + w]).max(2)
    mask = cv2.GaussianBlur(cv2.dilate((apart > 6).astype(np.float32), np.ones((5, 5))), (0, 0), 1.5)
    rim = np.zeros((h, w), np.float32)
    rim[FEATHER:-FEATHER, FEATHER:-FEATHER] = 1
    return (mask * cv2.GaussianBlur(rim, (0, 0), FEATHER / 2))[..., None]


def lay(told, names):
    """The straight picture with these parts in it, the far ones first."""
    picture = told["plate"].astype(np.float32)
    for part in sorted((p for p in told["parts"] if p["name"] in names), key=lambda p: p["box"][3]):
        x, y = part["at"]
        h, w = part["picture"].shape[:2]
        under = picture[y : y + h, x : x + w]
        under += part["mask"] * (part["picture"] - under)
    return picture.astype(np.uint8)


def stay(rng, least, latest):
    """From one look to another, `least` looks apart at the least."""
    begin = rng.randint(2, latest)
    return begin, rng.randint(min(LOOKS, begin + least), LOOKS)


def draw(rng, told):
    """What is there at each look, and what is true of it."""
    of = lambda kind, **more: [
        p["name"] for p in told["parts"] if p["kind"] == kind and all(p.get(k) == v for k, v in more.items())
    ]
    shown, events = [set() for _ in range(LOOKS)], []

    def put(name, begin, end):
        for look in range(begin, end):
            shown[look].add(name)

    floor, stove = of("person", place="floor"), of("person", place="stove")
    if rng.random() < 0.45 and floor:
        begin, end = stay(rng, 3, 8)
        put(rng.choice(floor), begin, end)
        events.append({"what": "person", "from": begin, "until": end})
    lit = rng.random() < 0.55
    cook = rng.choice(stove) if stove and rng.random() < 0.75 else None
    leaves = rng.randint(2, 7) if cook and rng.random() < 0.6 else LOOKS
    if cook:
        put(cook, 0, leaves)
    if lit:
        burner = rng.randint(0, 1)
        for look in range(1, LOOKS):
            shown[look].add(rng.choice(of("flame", burner=burner)))
        if leaves < LOOKS or not cook:
            events.append({"what": "fire", "from": max(1, leaves if cook else 1), "until": LOOKS})
    left = of("puddle") + of("clutter")
    if rng.random() < 0.45 and left:
        name, begin = rng.choice(left), rng.randint(3, 7)
        put(name, begin, LOOKS)
        events.append({"what": "floor", "from": begin, "until": LOOKS, "thing": name})
    return shown, events


def light_of(rng):
    """A factor for each look: steady, slowly changing, or a lamp that goes on or off."""
    kind = rng.choice(["steady", "steady", "drift", "lamp"])
    if kind == "drift":
        return kind, np.linspace(1, rng.uniform(0.65, 1.35), LOOKS)
    light = np.ones(LOOKS)
    if kind == "lamp":
        light[rng.randint(3, 12) :] = rng.uniform(0.6, 1.3)
    return kind, light


class Lens:
    """One camera: its bent lens once for every picture, its grain and its light anew for every look."""

    def __init__(self, told, seed):
        lens = {**told["lens"], "noise": 0.01}
        self.camera = cctv.Camera(told["width"], told["height"], "", seed, **lens)
        self.random, self.noise, self.seen = np.random.RandomState(seed), told["lens"]["noise"], {}

    def take(self, told, names, light):
        key = tuple(sorted(names))
        if key not in self.seen:
            self.seen[key] = self.camera.expose(lay(told, names)).astype(np.float32)
        frame = self.seen[key] * light
        small = self.random.randn(frame.shape[0] // 2, frame.shape[1] // 2, 1).astype(np.float32) * self.noise
        grain = cv2.resize(small, (frame.shape[1], frame.shape[0]))[..., None]
        return np.clip(frame + grain, 0, 255).astype(np.uint8)


def clipped(points):
    """The part of a polygon that lies on the picture (Sutherland and Hodgman, 1974)."""
    for axis, sign in ((0, 1), (0, -1), (1, 1), (1, -1)):
        depth = lambda p: sign * p[axis] + (0 if sign > 0 else 1)
        kept = []
        for a, b in zip(points[-1:] + points[:-1], points):
            if (depth(a) >= 0) != (depth(b) >= 0):
                share = depth(a) / (depth(a) - depth(b))
                kept.append([a[k] + share * (b[k] - a[k]) for k in (0, 1)])
            if depth(b) >= 0:
                kept.append(b)
        points = kept
    return points


def bent_zone(points, told):
    w, h = told["width"], told["height"]
    bent = [cctv.bend_point(x, y, w, h) for x, y in clipped(points)]
    return [[round(min(1, max(0, float(v))), 4) for v in point] for point in bent]


def make(number, told, folder):
    rng = random.Random(f"laid {number}")
    shown, events = draw(rng, told)
    kind, light = light_of(rng)
    moved = rng.randint(3, 10) if rng.random() < 0.08 else None
    lens = Lens(told, number)
    quality = max(60, told["jpeg"])
    empty = lens.take(told, set(), 1.0)
    cv2.imwrite(os.path.join(folder, "show.jpg"), empty, [cv2.IMWRITE_JPEG_QUALITY, quality])
    for look, names in enumerate(shown):
        frame = lens.take(told, names, light[look])
        if moved is not None and look >= moved:
            frame = np.roll(frame, (told["height"] // 12, told["width"] // 9), (0, 1))
        cv2.imwrite(os.path.join(folder, f"{look:02d}.jpg"), frame, [cv2.IMWRITE_JPEG_QUALITY, quality])
    worn = ("coat", "coat_kind", "apron", "hat", "hat_colour", "gloves")
    people = [p for p in told["parts"] if p["kind"] == "person"]
    size = (told["width"], told["height"])
    boxes = {p["name"]: cctv.bend_box(p["body"], *size) for p in people if "body" in p}
    truth = {
        "seed": number,
        "kitchen": told["seed"],
        "everySeconds": STEP,
        "zones": {name: bent_zone(points, told) for name, points in told["zones"].items()},
        "events": events,
        "light": kind,
        "moved": moved,
        "shown": [sorted(names) for names in shown],
        "people": {p["name"]: {**{k: p.get(k) for k in worn}, "box": boxes.get(p["name"])} for p in people},
    }
    with open(os.path.join(folder, "truth.json"), "w", encoding="utf-8") as f:
        json.dump(truth, f)


def main():
    words = argparse.ArgumentParser()
    words.add_argument("parts")
    words.add_argument("folder")
    words.add_argument("--from", dest="first", type=int, default=0)
    words.add_argument("--count", type=int, default=200)
    args = words.parse_args()
    kitchens = [load(os.path.dirname(p)) for p in sorted(glob.glob(os.path.join(args.parts, "*", "parts.json")))]
    if not kitchens:
        raise SystemExit(f"{args.parts} holds no parts.json: run sequence_parts.py first.")
    for number in range(args.first, args.first + args.count):
        folder = os.path.join(args.folder, f"q{number:03d}")
        if os.path.exists(os.path.join(folder, "truth.json")):
            continue
        os.makedirs(folder, exist_ok=True)
        make(number, kitchens[number % len(kitchens)], folder)


main()
