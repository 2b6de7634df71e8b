"""Cuts every head out of the pictures, with room around it, and says what is known of it: mask, headwear, or neither."""
import argparse
import json
import random
from pathlib import Path

import cv2
import numpy as np

from targets import INDEX, objects_of, overlap

SIDE = 160
ROOM = 2.4
SMALLEST = 12
LABELS = ("no_mask", "mask", "face_unclear", "bare_head", "hat", "hat_unclear")
INCORRECT_AS_NO_MASK = 0.8


def region_around(box, w, h, room=ROOM):
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
    bare, masked, head, hat = (target[INDEX[n]] for n in ("no_mask", "mask", "bare_head", "hat"))
    if bare >= 0 and masked >= 0:
        row[:3] = [bare == 1, masked == 1, bare != 1 and masked != 1]
    if head >= 0 and hat >= 0 and (head == 1 or hat == 1):
        row[3:] = [head == 1, hat == 1, 0]
    return row


def heads_of(record):
    """(box, row, face) of each head of a record."""
    heads = []
    for box, target in zip(*(lambda o: (o.boxes, o.targets))(objects_of(record))):
        row = row_of(target)
        named = any(target[INDEX[n]] == 1 for n in ("no_mask", "mask", "bare_head", "hat"))
        if named and row.max() > 0:
            heads.append((box, row))
    wrong = [b[1:] for b in record["boxes"] if b[0] == "mask-incorrect"]
    for box, row in heads:
        if box in wrong:
            row[:3] = [INCORRECT_AS_NO_MASK, 1 - INCORRECT_AS_NO_MASK, 0]
    return heads


def not_heads(record, rng, count):
    """Boxes of a picture that hold no head: all three questions are unclear there."""
    taken = [b[1:5] for b in record["boxes"]] + [f[:4] for f in record["faces"]]
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
        heads = [t for t in taken if not is_person(record, t)]
        if all(overlap(box, t) < 0.1 for t in heads) and len(found) < count:
            found.append((box, np.array([0, 0, 1, 0, 0, 1], np.float32)))
    return found


def is_person(record, box):
    return any(b[0] in ("person", "coco:0") and b[1:5] == box for b in record["boxes"])


def collect(data, records):
    """All crops (N × 160 × 160 × 3, BGR), their rows, sizes of the boxes in source pixels, and the record each came from."""
    rng = random.Random(1)
    crops, rows, sizes, owners = [], [], [], []
    for number, record in enumerate(records):
        image = cv2.imread(str(data / record["path"]))
        h, w = image.shape[:2]
        extra = 0 if record["source"] == "chandrika_mit" else 1
        for box, row in heads_of(record) + not_heads(record, rng, extra):
            size = min((box[2] - box[0]) * w, (box[3] - box[1]) * h)
            if size < SMALLEST:
                continue
            crops.append(cut(image, region_around(box, w, h)))
            rows.append(row)
            sizes.append(size)
            owners.append(number)
    return np.stack(crops), np.stack(rows), np.array(sizes, np.float32), np.array(owners)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/vision"))
    parser.add_argument("--work", type=Path, required=True)
    args = parser.parse_args()
    records = json.loads((args.work / "records.json").read_text())
    crops, rows, sizes, owners = collect(args.data, records)
    np.savez(args.work / "crops.npz", crops=crops, rows=rows, sizes=sizes, owners=owners)
    for source in sorted({r["source"] for r in records}):
        mine = np.array([records[o]["source"] == source for o in owners])
        print(source, mine.sum(), dict(zip(LABELS, (rows[mine] > 0.5).sum(0).tolist())))


if __name__ == "__main__":
    main()
