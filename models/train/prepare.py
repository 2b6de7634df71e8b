"""Reads the pictures' tables into one list of records, and adds what the tables leave out: faces and persons that the
initial detectors see."""

import argparse
import csv
import json
from collections import defaultdict
from pathlib import Path

import cv2
import numpy as np
import torch

from onnx_net import OnnxNet
from split import groups, is_held_out, read_hats, thumbnail

COCO = {"person": 0, "bird": 14, "cat": 15, "dog": 16, "phone": 67}
CLOSE_UP = "chandrika_mit"


def rows(path):
    with open(path, newline="") as f:
        return list(csv.DictReader(f))


def read_boxes(path):
    boxes = defaultdict(list)
    for r in rows(path):
        boxes[r["file"]].append([r["cls"], *(float(r[k]) for k in ("x0", "y0", "x1", "y1"))])
    return boxes


def read_records(data):
    """One record per picture that shows a scene: path, source, labels and boxes (fractions of the picture)."""
    records = []
    boxes = read_boxes(data / "train/boxes.csv")
    for r in rows(data / "train/labels.csv"):
        if r["camera"] == "ok":
            records.append(
                {
                    "path": "train/" + r["file"],
                    "source": r["source"],
                    "mask": r["mask"],
                    "smoking": r["smoking"],
                    "boxes": boxes[r["file"]],
                }
            )
    for name in ("headwear", "phone"):
        boxes = read_boxes(data / name / "boxes.csv")
        for r in rows(data / name / "labels.csv"):
            records.append(
                {
                    "path": f"{name}/images/" + r["file"],
                    "source": name,
                    "mask": "unknown",
                    "smoking": "unknown",
                    "boxes": boxes[r["file"]],
                }
            )
    return records


def read_renders(folder):
    """Records of the project's own rendered kitchens, paths absolute: of `folder` itself or of the sets within it. A
    fifth is held out."""
    return [
        record
        for part in (folder, *sorted(folder.iterdir()))
        if (part / "labels.csv").exists()
        for record in read_render_set(part)
    ]


def read_render_set(folder):
    boxes, heads = read_boxes(folder / "boxes.csv"), defaultdict(list)
    for r in rows(folder / "heads.csv"):
        heads[r["file"]].append([[float(r[k]) for k in ("x0", "y0", "x1", "y1")], r["mask"], r["hat"], r["coat"]])
    records = []
    for r in rows(folder / "labels.csv"):
        image = cv2.imread(str(folder / r["file"]))
        if image is not None:
            record = {
                "path": str((folder / r["file"]).resolve()),
                "source": "renders",
                "mask": "unknown",
                "smoking": "unknown",
                "boxes": boxes[r["file"]],
            }
            record.update(
                heads=heads[r["file"]],
                faces=[],
                things=[],
                height=image.shape[0],
                width=image.shape[1],
                group=f"{folder.name}/{r['file']}",
            )
            record["held_out"] = is_held_out(record)
            records.append(record)
    return records


def suppress(boxes, scores, overlap=0.45):
    """Indices kept by non-maximum suppression; boxes are x0 y0 x1 y1."""
    xywh = [[b[0], b[1], b[2] - b[0], b[3] - b[1]] for b in np.asarray(boxes, float).tolist()]
    return np.array(cv2.dnn.NMSBoxes(xywh, [float(s) for s in scores], 0.01, overlap)).reshape(-1)


class Faces:
    """Ultra-Light RFB-640: [x0 y0 x1 y1 score masked] per face, as fractions of the picture."""

    def __init__(self, path):
        self.net = cv2.dnn.readNetFromONNX(str(path))

    def __call__(self, image, margin=0.0, floor=0.5):
        h, w = image.shape[:2]
        dx, dy = int(w * margin), int(h * margin)
        padded = cv2.copyMakeBorder(image, dy, dy, dx, dx, cv2.BORDER_CONSTANT, value=(114, 114, 114))
        self.net.setInput(cv2.dnn.blobFromImage(padded, 1 / 128, (640, 480), (127, 127, 127), swapRB=True))
        scores, boxes = (o[0] for o in self.net.forward(["scores", "boxes"]))
        seen = scores[:, 1:].sum(1)
        keep = np.where(seen > floor)[0]
        keep = keep[suppress(boxes[keep] * 640, seen[keep])] if len(keep) else keep
        grown = np.array([padded.shape[1], padded.shape[0]] * 2)
        shifted = (boxes[keep] * grown - [dx, dy, dx, dy]) / [w, h, w, h]
        return [[*b.clip(0, 1).tolist(), float(seen[i]), float(scores[i, 2] / seen[i])] for b, i in zip(shifted, keep)]


class Things:
    """YOLOX-nano: [name x0 y0 x1 y1 score] for persons, phones and animals, as fractions of the picture."""

    def __init__(self, path, size=416):
        self.net = OnnxNet(str(path), ["1066", "1108", "1150"]).to(memory_format=torch.channels_last)
        self.size = size

    def __call__(self, image, floor=0.3):
        h, w = image.shape[:2]
        scale = self.size / max(h, w)
        canvas = np.full((self.size, self.size, 3), 114, np.float32)
        small = cv2.resize(image, (round(w * scale), round(h * scale)))
        canvas[: small.shape[0], : small.shape[1]] = small
        with torch.no_grad(), torch.cpu.amp.autocast():
            maps = self.net(
                torch.from_numpy(canvas).permute(2, 0, 1)[None].contiguous(memory_format=torch.channels_last)
            )
        found = []
        for stride, m in zip((8, 16, 32), maps):
            found += decode(m[0].float().numpy(), stride, floor, scale)
        if not found:
            return []
        names, boxes, scores = zip(*[(f[0], f[1], f[2]) for f in found])
        shifted = np.array(boxes) + np.array([[list(COCO).index(n) * 4000.0] * 4 for n in names])
        return [
            [names[i], *(np.array(boxes[i]) / [w, h, w, h]).clip(0, 1).tolist(), scores[i]]
            for i in suppress(shifted, scores, 0.5)
        ]


def decode(m, stride, floor, scale):
    found = []
    for name, index in COCO.items():
        score = m[4] * m[5 + index]
        for y, x in zip(*np.where(score > floor)):
            cx, cy = (m[0, y, x] + x) * stride / scale, (m[1, y, x] + y) * stride / scale
            bw, bh = np.exp(m[2:4, y, x]) * stride / scale / 2
            found.append((name, [cx - bw, cy - bh, cx + bw, cy + bh], float(score[y, x])))
    return found


def complete(record, image, faces, things):
    """Adds size, faces and things; a close-up with no face found is taken as one face that fills the picture."""
    record["height"], record["width"] = image.shape[:2]
    record["faces"] = faces(image)
    if record["source"] == CLOSE_UP:
        wide = faces(image, margin=0.35)
        record["faces"] = max(record["faces"], wide, key=lambda found: max((f[4] for f in found), default=0))
        record["whole"] = not record["faces"]
        record["faces"] = record["faces"] or [[0.05, 0.05, 0.95, 0.95, 0.5, 0.5]]
    record["things"] = things(image) if record["source"] != CLOSE_UP else []


def split(records, thumbs):
    """Groups look-alikes within each source and marks the held-out ones; a group is named after its first picture."""
    for source in sorted({r["source"] for r in records}):
        members = [i for i, r in enumerate(records) if r["source"] == source]
        for i, group in zip(members, groups([thumbs[i] for i in members])):
            records[i]["group"] = records[members[group]]["path"]
    for record in records:
        record["held_out"] = is_held_out(record)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/vision"))
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--renders", type=Path, help="folder that samples/render/training_set.py filled")
    args = parser.parse_args()
    torch.set_num_threads(2)
    faces = Faces(args.data / "weights/ultraface/RFB-640-masked_face-v2.onnx")
    things = Things(args.data / "weights/yolox_nano/yolox_nano.onnx")
    records, thumbs = [], []
    for record in read_records(args.data):
        image = cv2.imread(str(args.data / record["path"]))
        if image is None:
            print("unreadable, left out:", record["path"])
            continue
        complete(record, image, faces, things)
        records.append(record)
        thumbs.append(thumbnail(image))
    read_hats(args.data, records)
    split(records, thumbs)
    records += read_renders(args.renders) if args.renders else []
    args.work.mkdir(parents=True, exist_ok=True)
    (args.work / "records.json").write_text(json.dumps(records))
    print(len(records), "records")


if __name__ == "__main__":
    main()
