"""Cuts heads and cigarettes out of the pictures, with room around them, and says what is known of each."""

import argparse
import json
import random
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from targets import ATTRIBUTES, INDEX, head_around, objects_of, overlap

SIDE = 160
SMALLEST = 9
UNDER_NOSE = (0.97, 0.03, 0)
EVERY_HEAD_BOXED = ("headwear", "renders")
TURNED_AWAY = (0.2, 0.0, 0.8)


@dataclass(frozen=True)
class Task:
    """One classifier: its answers in groups, how far a crop reaches beyond the box, and how often each source is
    drawn."""

    labels: tuple
    groups: tuple
    grow: float
    room: float
    sizes: tuple
    share: dict
    side: int = 96
    any_colour: bool = True

    @property
    def part(self):
        return self.grow / self.room

    @property
    def slices(self):
        return [slice(g[0], g[-1] + 1) for g in self.groups]


TASKS = {
    "heads": Task(
        labels=("no_mask", "mask", "face_unclear", "bare_head", "hat", "hat_unclear"),
        groups=((0, 1, 2), (3, 4, 5)),
        grow=1.35,
        room=2.0,
        sizes=(14, 90),
        share={
            "kaggle853_cc0": 0.33,
            "headwear": 0.26,
            "chandrika_mit": 0.19,
            "cig_m1shy_ccby": 0.09,
            "coco256": 0.03,
            "helmet_mit20": 0.01,
            "renders": 0.09,
        },
    ),
    "cigarettes": Task(
        labels=("cigarette_sure", "cigarette_not"),
        groups=((0, 1),),
        grow=2.4,
        room=3.4,
        sizes=(10, 80),
        share={
            "cig_m1shy_ccby": 0.55,
            "kaggle853_cc0": 0.14,
            "headwear": 0.14,
            "chandrika_mit": 0.08,
            "coco256": 0.05,
            "phone": 0.03,
            "renders": 0.01,
        },
    ),
    "coats": Task(
        labels=("coat_work", "coat_street"),
        groups=((0, 1),),
        grow=1.0,
        room=1.6,
        sizes=(30, 160),
        share={"renders": 1.0},
        any_colour=False,
    ),
}
# What the product cuts out of a person's box: a little wider, from its top down to about the waist.
TORSO = (1.1, 0.55)


def region_around(box, w, h, room):
    """x0 y0 x1 y1 in pixels: a box given in fractions, grown around its middle in each direction by `room`."""
    x0, y0, x1, y1 = box[0] * w, box[1] * h, box[2] * w, box[3] * h
    dx, dy = (x1 - x0) * (room - 1) / 2, (y1 - y0) * (room - 1) / 2
    return x0 - dx, y0 - dy, x1 + dx, y1 + dy


def cut(image, region, side=SIDE):
    """The region stretched to side × side, as the product does it; beyond the picture its edge is repeated."""
    x0, y0, x1, y1 = region
    sx, sy = side / (x1 - x0), side / (y1 - y0)
    if min(sx, sy) < 0.6:
        fx, fy = min(1, sx), min(1, sy)
        image = cv2.resize(image, None, fx=fx, fy=fy, interpolation=cv2.INTER_AREA)
        x0, y0, sx, sy = x0 * fx, y0 * fy, sx / fx, sy / fy
    turn = np.array([[sx, 0, -x0 * sx], [0, sy, -y0 * sy]])
    return cv2.warpAffine(image, turn, (side, side), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def row_of(target):
    """Six goals: mask group, hat group; -1 all over a group that nobody looked at."""
    row = np.full(6, -1, np.float32)
    bare, masked, head, hat = (target[INDEX[n]] for n in ATTRIBUTES)
    if bare >= 0 and masked >= 0:
        row[:3] = [bare == 1, masked == 1, 0] if bare == 1 or masked == 1 else TURNED_AWAY
    if head >= 0 and hat >= 0 and (head == 1 or hat == 1):
        row[3:] = [head == 1, hat == 1, 0]
    return row


def heads_of(record, found):
    """(box, row) of each head of a record, and of what a detector took for one."""
    objects = objects_of(record)
    heads = [(b, row_of(t)) for b, t in zip(objects.boxes, objects.targets) if t[INDEX["head"]] == 1]
    wrong = [head_around(b[1:]) for b in record["boxes"] if b[0] == "mask-incorrect"] + [
        h[0] for h in record.get("heads", []) if h[1] == "incorrect"
    ]
    for box, row in heads:
        if box in wrong:
            row[:3] = UNDER_NOSE
    unsure = [b for b, names in objects.ignored if names[0]] + [b for b, _ in heads]
    everybody = record["source"] in EVERY_HEAD_BOXED
    nothing = np.array([0, 0, 1, 0, 0, 1] if everybody else [0, 0, 1, -1, -1, -1], np.float32)
    wrong_finds = [(b, nothing) for b in found if all(overlap(b, u) < 0.2 for u in unsure)]
    return [(b, row) for b, row in heads if row.max() > 0] + wrong_finds


def cigarettes_of(record, found):
    """(box, row) of each cigarette, and of what a detector took for one."""
    if record["source"] == "cig_m1shy_ccby" and record["smoking"] != "yes":
        return []
    objects = objects_of(record)
    true = [b for b, t in zip(objects.boxes, objects.targets) if t[INDEX["cigarette"]] == 1]
    yes, no = np.array([1, 0], np.float32), np.array([0, 1], np.float32)
    mouths = [mouth(f, record) for f in record["faces"]]
    others = [b for b in found + mouths if all(overlap(b, t) < 0.05 for t in true)]
    return [(b, yes) for b in true] + [(b, no) for b in others]


def torso_of(person):
    half, middle = (person[2] - person[0]) * TORSO[0] / 2, (person[0] + person[2]) / 2
    return [middle - half, person[1], middle + half, person[1] + (person[3] - person[1]) * TORSO[1]]


def coats_of(record, _found):
    """(upper body, row) of each rendered person whose head is seen: what they wear goes with the head in the tables."""
    found = []
    for box, _, _, coat in record.get("heads", []):
        about = [
            p
            for name, *p in record["boxes"]
            if name == "person" and overlap(box, p) > 0.8 and box[1] - p[1] < 0.35 * (p[3] - p[1])
        ]
        others = [h for h in record["heads"] if h[0] != box and any(overlap(h[0], p) > 0.8 for p in about)]
        if len(about) == 1 and not others:
            found.append((torso_of(about[0]), np.array([coat != "street", coat == "street"], np.float32)))
    return found


BOXES_OF = {"heads": heads_of, "cigarettes": cigarettes_of, "coats": coats_of}


def mouth(face, record):
    """A square about a face's mouth, where a cigarette would be."""
    half = (face[3] - face[1]) * 0.16
    cx, cy, flat = (face[0] + face[2]) / 2, face[1] + 0.78 * (face[3] - face[1]), record["height"] / record["width"]
    return [cx - half * flat, cy - half, cx + half * flat, cy + half]


def not_heads(record, rng, count):
    """Boxes of a picture that hold no head: all questions are unclear there."""
    taken = [b[1:5] for b in record["boxes"] if b[0] not in ("person", "coco:0")] + [f[:4] for f in record["faces"]]
    persons = [t[1:5] for t in record["things"] if t[0] == "person"]
    found = []
    for _ in range(count * 8):
        if persons and rng.random() < 0.6:
            x0, y0, x1, y1 = rng.choice(persons)
            cx, cy = rng.uniform(x0, x1), rng.uniform(y0 + 0.3 * (y1 - y0), y1)
            side = (x1 - x0) * rng.uniform(0.2, 0.6)
        else:
            cx, cy, side = rng.random(), rng.random(), rng.uniform(0.05, 0.3)
        box = [cx - side / 2, cy - side / 2, cx + side / 2, cy + side / 2]
        if all(overlap(box, t) < 0.1 for t in taken) and len(found) < count:
            found.append(box)
    return found


def collect(data, records, name, finds):
    """All crops (N × 160 × 160 × 3, BGR), their rows, sizes of the boxes in source pixels, and the record each came
    from."""
    rng, task = random.Random(1), TASKS[name]
    crops, rows, sizes, owners = [], [], [], []
    for number, record in enumerate(records):
        found = finds.get(record["path"], {}).get(name, [])
        if record["source"] not in ("chandrika_mit", "renders"):
            found = found + not_heads(record, rng, 1)
        boxes = BOXES_OF[name](record, found)
        image = cv2.imread(str(data / record["path"])) if boxes else None
        for box, row in boxes:
            w, h = record["width"], record["height"]
            size = min((box[2] - box[0]) * w, (box[3] - box[1]) * h)
            if size < SMALLEST:
                continue
            crops.append(cut(image, region_around(box, w, h, task.room)))
            rows.append(row)
            sizes.append(size)
            owners.append(number)
    return np.stack(crops), np.stack(rows), np.array(sizes, np.float32), np.array(owners)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/vision"))
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--task", choices=list(TASKS), required=True)
    args = parser.parse_args()
    records = json.loads((args.work / "records.json").read_text())
    mined = args.work / "finds.json"
    finds = json.loads(mined.read_text()) if mined.exists() else {}
    crops, rows, sizes, owners = collect(args.data, records, args.task, finds)
    np.savez(args.work / f"crops-{args.task}.npz", crops=crops, rows=rows, sizes=sizes, owners=owners)
    for source in sorted({r["source"] for r in records}):
        mine = np.array([records[o]["source"] == source for o in owners])
        print(source, mine.sum(), dict(zip(TASKS[args.task].labels, (rows[mine] > 0.5).sum(0).tolist())))


if __name__ == "__main__":
    main()
