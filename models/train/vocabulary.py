"""What each detector learns to say: its classes, where their first weights come from, what a picture teaches of them,
how often each source is drawn."""

from dataclasses import dataclass
from typing import Callable

import numpy as np

from targets import CLASSES, FIRST_CLASS, objects_of

HAZARDS = ("rat", "open_bin", "closed_bin", "flame")
# Two bins of one kind share one box in the renders' tables; such a box is too wide or too large for one bin.
WIDEST_BIN, LARGEST_BIN = 1.3, 0.75


@dataclass(frozen=True)
class Vocabulary:
    """`teach(record)` gives (boxes, rows, ignored): a row has 1 yes, 0 no, -1 unknown a class; ignored are (box, row
    of classes not to judge)."""

    classes: tuple
    coco: dict
    teach: Callable
    share: dict


def teach_scene(record):
    objects = objects_of(record)
    return objects.boxes, [t[FIRST_CLASS:] for t in objects.targets], objects.ignored


def teach_hazards(record):
    """Renders know their rats, bins and flames; a photograph is taken to show none."""
    boxes, rows, ignored = [], [], []
    for name, *box in record["boxes"]:
        if record["source"] != "renders" or name not in HAZARDS:
            continue
        if name.endswith("bin") and two_in_one(box, record):
            ignored.append((box, row_of("open_bin", "closed_bin")))
        else:
            boxes.append(box)
            rows.append(row_of(name))
    return boxes, rows, ignored


def row_of(*names):
    return np.array([kind in names for kind in HAZARDS], np.float32)


def two_in_one(box, record):
    w, h = (box[2] - box[0]) * record["width"], (box[3] - box[1]) * record["height"]
    cut_off = box[1] < 0.01 or box[3] > 0.99
    return (w > WIDEST_BIN * h and not cut_off) or max(w, h) > LARGEST_BIN * record["height"]


VOCABULARIES = {
    "scene": Vocabulary(
        classes=CLASSES,
        coco={"person": [0], "phone": [67], "animal": [14, 15, 16]},
        teach=teach_scene,
        share={
            "kaggle853_cc0": 0.30,
            "cig_m1shy_ccby": 0.27,
            "headwear": 0.22,
            "chandrika_mit": 0.10,
            "coco256": 0.06,
            "phone": 0.04,
            "helmet_mit20": 0.01,
            "renders": 0.05,
        },
    ),
    "hazards": Vocabulary(
        classes=HAZARDS,
        coco={"rat": [14, 15, 16]},
        teach=teach_hazards,
        share={
            "renders": 0.64,
            "coco256": 0.11,
            "kaggle853_cc0": 0.08,
            "headwear": 0.07,
            "cig_m1shy_ccby": 0.06,
            "phone": 0.04,
        },
    ),
}
