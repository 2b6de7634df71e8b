"""Splits the pictures so that no photograph, nor a turned or mirrored copy of it, stands on both sides."""

import csv
import hashlib

import cv2
import numpy as np

SIDE = 16
SAME = 0.9
HELD_OUT_SHARE = {
    "kaggle853_cc0": 0.3,
    "cig_m1shy_ccby": 0.2,
    "headwear": 0.25,
    "chandrika_mit": 0.1,
    "coco256": 0.35,
    "phone": 0.2,
    "helmet_mit20": 0.0,
    "renders": 0.2,
}


def thumbnail(image):
    small = cv2.resize(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), (SIDE, SIDE), interpolation=cv2.INTER_AREA).astype(
        np.float32
    )
    return (small - small.mean()) / (small.std() + 1e-6) / SIDE


def poses(thumb):
    """The eight turned and mirrored forms, flat."""
    turned = [np.rot90(thumb, k) for k in range(4)]
    return [p.reshape(-1) for t in turned for p in (t, t[:, ::-1])]


def groups(thumbs):
    """A group number per picture: pictures that look alike in any pose share one (single linkage)."""
    flat = np.stack([t.reshape(-1) for t in thumbs])
    parent = list(range(len(thumbs)))

    def root(i):
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for pose in range(8):
        turned = np.stack([poses(t)[pose] for t in thumbs])
        for a, b in zip(*np.where(flat @ turned.T > SAME)):
            if a != b:
                parent[root(a)] = root(b)
    return [root(i) for i in range(len(thumbs))]


def selfie(record):
    """The crowd set's many portraits of two recurring men: always trained on, never measured on."""
    faces = [b for b in record["boxes"]]
    portrait = record["height"] > record["width"]
    return record["source"] == "kaggle853_cc0" and portrait and len(faces) == 1 and faces[0][4] - faces[0][2] > 0.2


def is_held_out(record):
    """Decided by a hash of source and group, so that it never depends on the order or number of pictures."""
    if selfie(record):
        return False
    key = hashlib.sha256(f"{record['source']}/{record['group']}".encode()).digest()
    return key[0] / 256 < HELD_OUT_SHARE.get(record["source"], 0.0)


def read_hats(data, records):
    """Adds the headwear that somebody noted for boxed faces of the crowd pictures."""
    by_path = {r["path"]: r for r in records}
    with open(data / "train/headcrops.csv", newline="") as f:
        for row in csv.DictReader(f):
            record = by_path.get("train/" + row["src"])
            number = int(row["file"].rsplit("_", 1)[1].split(".")[0])
            if record and row["hat"] in ("yes", "no"):
                record.setdefault("hats", []).append([record["boxes"][number][1:], row["hat"]])
