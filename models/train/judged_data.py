"""Reads a folder of judged frames (`export-judged`): crops for one classifier, with the answers that people's verdicts
leave open."""

import csv
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from crops import SIDE, cut

# A cached crop holds this much more than the product cuts, so that training can move and shrink it.
ROOM = 1.5
SAME_BOX = 0.5
CORNERS = ("x0", "y0", "x1", "y1")


@dataclass(frozen=True)
class JudgedTask:
    """What a pack's manifest says of its classifier, in the words of train_crops."""

    manifest: dict

    labels = property(lambda self: self.manifest["labels"])
    groups = property(lambda self: self.manifest.get("groups") or [list(range(len(self.labels)))])
    side = property(lambda self: self.manifest["input"]["width"])
    grow = property(lambda self: max(self.manifest["crop"]["grow"]))
    part = property(lambda self: 1 / ROOM)
    sizes = property(lambda self: (self.manifest["crop"]["minSizePx"] + 2, 90))
    any_colour = True
    parents = property(lambda self: self.manifest["crop"]["of"])
    temperature = property(lambda self: (self.manifest.get("calibration") or {"value": 1.0})["value"])

    def columns(self, violation):
        """Columns whose label means the violation; empty when this pack does not know it."""
        lines = [v for v in self.manifest["violations"] if v["id"] == violation]
        return [self.labels.index(name) for line in lines for name in line["labels"] if name in self.labels]

    def region(self, box, width, height):
        """What the product cuts for a box given in fractions: x0 y0 x1 y1 in pixels."""
        x0, y0, x1, y1 = box[0] * width, box[1] * height, box[2] * width, box[3] * height
        grow, anchor = self.manifest["crop"]["grow"], self.manifest["crop"].get("anchor", "center")
        w, h, middle = (x1 - x0) * grow[0], (y1 - y0) * grow[1], (x0 + x1) / 2
        top = {"center": (y0 + y1 - h) / 2, "top": y0, "bottom": y1 - h}[anchor]
        return [middle - w / 2, top, middle + w / 2, top + h]


@dataclass
class Crops:
    """`allowed`: per crop and label 1 where the verdict leaves the answer open, 0 where it rules it out, -1 over a
    group nobody was asked about."""

    images: np.ndarray
    allowed: np.ndarray
    sizes: np.ndarray
    sides: list
    # (crop, violation, is it so) of every judged box.
    judged: list

    def on(self, side):
        keep = [i for i, s in enumerate(self.sides) if s == side]
        place = {old: new for new, old in enumerate(keep)}
        judged = [(place[i], violation, so) for i, violation, so in self.judged if i in place]
        return Crops(self.images[keep], self.allowed[keep], self.sizes[keep], [side] * len(keep), judged)


def rows(path):
    with open(path, newline="") as f:
        return list(csv.DictReader(f))


def box_of(row):
    return [float(row[k]) for k in CORNERS]


def iou(a, b):
    w, h = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    if w <= 0 or h <= 0:
        return 0.0
    return w * h / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - w * h)


def read_crops(folder, task):
    """Every box the classifier would look at on the judged pictures of `folder`, with what people said of it."""
    seen, judged, side_of = defaultdict(list), defaultdict(list), {}
    for row in rows(folder / "seen.csv"):
        if row["label"] in task.parents:
            seen[row["file"]].append(box_of(row))
    for row in rows(folder / "judged.csv"):
        judged[row["file"]].append(row)
        side_of[row["file"]] = row["side"]
    out = Crops([], [], [], [], [])
    for file in sorted(judged):
        image = cv2.imread(str(folder / file))
        if image is not None:
            add_picture(out, task, image, side_of[file], distinct(seen[file]), judged[file])
    shape = (0, SIDE, SIDE, 3)
    images = np.stack(out.images) if out.images else np.zeros(shape, np.uint8)
    allowed = np.stack(out.allowed) if out.allowed else np.zeros((0, len(task.labels)), np.float32)
    return Crops(images, allowed, np.array(out.sizes, np.float32), out.sides, out.judged)


def distinct(boxes):
    """A head that several packs spoke of is one head."""
    return [list(b) for b in sorted({tuple(b) for b in boxes})]


def add_picture(out, task, image, side, boxes, judged):
    height, width = image.shape[:2]
    for box in boxes:
        size = min((box[2] - box[0]) * width, (box[3] - box[1]) * height)
        if size < task.manifest["crop"]["minSizePx"]:
            continue
        allowed = np.full(len(task.labels), -1, np.float32)
        for row in judged:
            answer_about(out, task, allowed, box, row)
        out.images.append(cut(image, widened(task.region(box, width, height))))
        out.allowed.append(allowed)
        out.sizes.append(size)
        out.sides.append(side)


def answer_about(out, task, allowed, box, row):
    """Lays one line of judged.csv over a box: this one was asked about, or the whole picture was and nothing was
    there."""
    columns = task.columns(row["violation"])
    about_box = row["box"] != "none" and iou(box, box_of(row)) > SAME_BOX
    about_all = row["asked"] == "picture" and row["answer"] == "absent"
    if not columns or not (about_box or about_all):
        return
    so = row["box"] == "is"
    group = next(g for g in task.groups if columns[0] in g)
    for column in group:
        allowed[column] = float((column in columns) == so)
    if about_box:
        out.judged.append((len(out.images), row["violation"], so))


def widened(region):
    x0, y0, x1, y1 = region
    dx, dy = (x1 - x0) * (ROOM - 1) / 2, (y1 - y0) * (ROOM - 1) / 2
    return [x0 - dx, y0 - dy, x1 + dx, y1 + dy]


def read_manifest(folder):
    """What the data set says of itself: digest, faces, sums."""
    return json.loads((Path(folder) / "manifest.json").read_text())
