"""Recall by size, for the wizard at the camera: held-out photographs as they are and made smaller, through `npm run -s
cli -- classify --json --all`. python3 by_size.py DATA. Needs no torch."""

import argparse
import csv
import json
import subprocess
import tempfile
from collections import defaultdict
from pathlib import Path

import cv2

from metrics import wilson
from split import groups, is_held_out, thumbnail

ROOT = Path(__file__).resolve().parents[2]
BINS = [0, 8, 12, 16, 24, 32, 48, 64, 96, 10_000]
SCALES = [1, 0.5]
CHUNK = 100
# What a box shows, in which set, and which violation should be found there.
ASKED = {
    ("kaggle853_cc0", "no-mask"): ("no_mask", "there"),
    ("kaggle853_cc0", "mask"): ("no_mask", "not there"),
    ("headwear", "bare_head"): ("no_hat", "there"),
    ("headwear", "hard_hat"): ("no_hat", "not there"),
    ("cig_m1shy_ccby", "cigarette"): ("smoking", "there"),
}


def rows(path):
    with open(path, newline="", encoding="utf-8") as f:
        return list(csv.DictReader(f))


def read(data):
    """Held-out pictures of the sets that are asked, by the split that training used."""
    boxes, records = defaultdict(list), []
    for folder, prefix in (("train", "train/"), ("headwear", "headwear/images/")):
        for r in rows(data / folder / "boxes.csv"):
            boxes[prefix + r["file"]].append([r["cls"], *(float(r[k]) for k in ("x0", "y0", "x1", "y1"))])
    for r in rows(data / "train/labels.csv"):
        if r["camera"] == "ok" and r["source"] in {source for source, _ in ASKED}:
            records.append({"path": "train/" + r["file"], "source": r["source"]})
    hats = rows(data / "headwear/labels.csv")
    records += [{"path": "headwear/images/" + r["file"], "source": "headwear"} for r in hats]
    thumbs = []
    for record in records:
        picture = cv2.imread(str(data / record["path"]))
        record["height"], record["width"] = picture.shape[:2]
        record["boxes"] = boxes[record["path"]]
        thumbs.append(thumbnail(picture))
    for source in {r["source"] for r in records}:
        members = [i for i, r in enumerate(records) if r["source"] == source]
        for i, group in zip(members, groups([thumbs[i] for i in members])):
            records[i]["group"] = records[members[group]]["path"]
    return [r for r in records if is_held_out(r)]


def classify(files):
    answers = []
    for start in range(0, len(files), CHUNK):
        command = ["npm", "run", "-s", "cli", "--", "classify", "--json", "--all", *files[start : start + CHUNK]]
        told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        answers += [json.loads(line) for line in told.splitlines() if line.strip()]
    return answers


def found(answer, violation, box):
    """Whether the violation was reported at this place: its box holds the middle of the true one, or the other way."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    for v in answer["violations"]:
        left, top, w, h = v["box"]
        middle = (left + w / 2, top + h / 2)
        within = left <= x <= left + w and top <= y <= top + h
        if v["id"] == violation and (within or (box[0] <= middle[0] <= box[2] and box[1] <= middle[1] <= box[3])):
            return True
    return False


def count(records, folder, data):
    counts = defaultdict(lambda: [0, 0])
    for scale in SCALES:
        files = []
        for i, record in enumerate(records):
            path = data / record["path"]
            if scale < 1:
                picture = cv2.imread(str(path))
                small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
                path = Path(folder) / f"{i}.jpg"
                cv2.imwrite(str(path), small, [cv2.IMWRITE_JPEG_QUALITY, 85])
            files.append(str(path))
        for record, answer in zip(records, classify(files)):
            for kind, *box in record["boxes"]:
                asked = ASKED.get((record["source"], kind))
                if asked is None:
                    continue
                w, h = (box[2] - box[0]) * record["width"] * scale, (box[3] - box[1]) * record["height"] * scale
                side = min(w, h)
                least = max(b for b in BINS if b <= side)
                cell = counts[(*asked, least)]
                cell[0] += found(answer, asked[0], box)
                cell[1] += 1
    return counts


def main():
    words = argparse.ArgumentParser()
    words.add_argument("data", type=Path)
    args = words.parse_args()
    records = read(args.data)
    with tempfile.TemporaryDirectory() as folder:
        counts = count(records, folder, args.data)
    print("| violation | of places where it is | pixels | found | of | share |")
    print("| --- | --- | --- | --- | --- | --- |")
    for (violation, there, least), (hits, of) in sorted(counts.items()):
        most = BINS[BINS.index(least) + 1]
        low, high = wilson(hits, of)
        size = f"{least}–{most - 1}" if most < 10_000 else f"{least} and more"
        print(f"| `{violation}` | {there} | {size} | {hits} | {of} | {hits / of:.2f} [{low:.2f}–{high:.2f}] |")


main()
