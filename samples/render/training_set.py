"""Renders varied labelled kitchens to learn from: blender -b -P training_set.py -- FOLDER [--from N] [--count N]
[--width W] [--samples N] [--hazards].

Writes FOLDER/images/*.jpg, labels.csv (one row a picture), boxes.csv (one row a box, fractions x0 y0 x1 y1) and
heads.csv (one row a head with what is worn). Picture N is drawn from seed N alone, so a set can be made in parts and
made again."""

import argparse
import csv
import os
import random
import sys
import time

import bpy
import cv2

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import cctv  # noqa: E402
import chance  # noqa: E402
from kitchen import cycles, hazards, labels, scene  # noqa: E402

SOURCE, LICENCE = "bright-kitchen renders", "Apache-2.0"
TABLES = {
    "labels.csv": [
        "file",
        "source",
        "license",
        "person",
        "mask",
        "hat",
        "smoking",
        "phone",
        "rodent",
        "fire",
        "camera",
        "scene",
        "boxes",
    ],
    "boxes.csv": ["file", "cls", "x0", "y0", "x1", "y1"],
    "heads.csv": ["file", "x0", "y0", "x1", "y1", "mask", "hat", "coat", "apron", "facing", "seen", "facepx"],
}
MASK_CLASS = {"yes": "mask", "no": "no-mask", "incorrect": "mask-incorrect"}
FACING, SEEN = 0.35, 0.45  # a face turned further away, or a head hidden more, gets no label of its own


def bent(box, width, height):
    b = cctv.bend_box(box, width, height)
    return b and [b[0], b[1], round(b[0] + b[2], 4), round(b[1] + b[3], 4)]


def person_rows(name, label, width, height):
    """boxes.csv rows and the heads.csv row of one person."""
    rows, head_row = [], None

    def add(kind, key):
        box = bent(label[key], width, height) if key in label else None
        if box:
            rows.append([name, kind, *box])
        return box

    add("person", "body")
    head = bent(label["head"], width, height) if "head" in label else None
    if head and label["head_seen"] >= SEEN:
        rows.append([name, "bare_head" if label["hat"] == "no" else "kitchen_hat", *head])
        facing = label["facing"]
        if facing >= FACING and "face" in label:
            add(MASK_CLASS[label["mask"]], "face")
        face_px = round((label["face"][2] - label["face"][0]) * width) if "face" in label else 0
        head_row = [
            name,
            *head,
            label["mask"] if facing >= FACING else "unknown",
            label["hat"],
            label["coat"],
            label["apron"],
            facing,
            label["head_seen"],
            face_px,
        ]
    for kind in ("cigarette", "phone"):
        if label.get(kind + "_seen", 0) > 0.25:
            add(kind, kind)
    return rows, head_row


def picture_row(name, people, rows, things):
    """labels.csv row: what is anywhere in the picture."""
    classes = {r[1] for r in rows}
    masks = {c for c in classes if c in MASK_CLASS.values()}
    mask = (
        "mixed"
        if len(masks) > 1
        else {"mask": "yes", "no-mask": "no", "mask-incorrect": "incorrect"}[masks.pop()]
        if masks
        else "unknown"
    )
    heads = classes & {"bare_head", "kitchen_hat"}
    hat = "mixed" if len(heads) > 1 else {"bare_head": "no", "kitchen_hat": "yes"}[heads.pop()] if heads else "unknown"
    yes = lambda kind: "yes" if kind in classes else "no"
    return [
        name,
        SOURCE,
        LICENCE,
        "yes" if people else "no",
        mask,
        hat,
        yes("cigarette"),
        yes("phone"),
        yes("rat"),
        yes("flame"),
        "ok",
        "rendered kitchen",
        "boxes.csv",
    ]


def draw(number, folder, width, samples, with_hazards):
    """Renders picture number; returns the rows for the three tables."""
    rng = random.Random(f"kitchen {number}")
    data = chance.draw_scene(rng, number)
    if with_hazards:
        data = chance.add_hazards(rng, data)
    height, name = width * 9 // 16, f"images/{data['name']}.jpg"
    people, camera = scene.build(data)
    if "rat" in data:
        x, y, turn, size = data["rat"]
        hazards.add_rat(x, y, turn, rng.random() * 6, size)
    if "flames" in data:
        hazards.add_flames(data["flames"], data["camera"]["at"], rng)
    bpy.context.view_layer.update()
    cycles.set_up(width, height, samples, data["room"]["light"]["exposure"])
    straight = os.path.join(folder, f"{data['name']}.png")
    cycles.render(straight)
    picture = cctv.Camera(width, height, "", number, **data["lens"]).expose(cv2.imread(straight))
    cv2.imwrite(os.path.join(folder, name), picture, [cv2.IMWRITE_JPEG_QUALITY, data["jpeg"]])
    os.remove(straight)
    boxes, heads = [], []
    for person in people:
        rows, head = person_rows(name, labels.label_person(person, camera, width / height, True), width, height)
        boxes += rows
        heads += [head] if head else []
    for thing in labels.label_things(camera, width / height):
        box = bent(thing["box"], width, height)
        if box and thing["seen"] > 0.25:
            boxes.append([name, thing["thing"].replace(" ", "_"), *box])
    return {"labels.csv": [picture_row(name, people, boxes, data)], "boxes.csv": boxes, "heads.csv": heads}


def main():
    words = argparse.ArgumentParser()
    words.add_argument("folder")
    words.add_argument("--from", dest="first", type=int, default=0)
    words.add_argument("--count", type=int, default=100)
    words.add_argument("--width", type=int, default=640)
    words.add_argument("--samples", type=int, default=8)
    words.add_argument("--hazards", action="store_true", help="floors in sight, with rats, bins and flames")
    args = words.parse_args(sys.argv[sys.argv.index("--") + 1 :])
    os.makedirs(os.path.join(args.folder, "images"), exist_ok=True)
    for table, columns in TABLES.items():
        path = os.path.join(args.folder, table)
        if not os.path.exists(path):
            with open(path, "w", newline="", encoding="utf-8") as f:
                csv.writer(f).writerow(columns)
    bpy.ops.wm.read_factory_settings(use_empty=True)
    for number in range(args.first, args.first + args.count):
        if os.path.exists(os.path.join(args.folder, f"images/k{number:05d}.jpg")):
            continue
        started = time.time()
        for table, rows in draw(number, args.folder, args.width, args.samples, args.hazards).items():
            with open(os.path.join(args.folder, table), "a", newline="", encoding="utf-8") as f:
                csv.writer(f).writerows(rows)
        print(f"picture {number} {time.time() - started:.1f} s", flush=True)


main()
