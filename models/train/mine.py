"""Runs a detector over the training pictures and keeps what it takes for heads and cigarettes: the classifiers learn
from its mistakes."""

import argparse
import json
from pathlib import Path

import cv2
import numpy as np
import torch

from detector import SceneDetector
from prepare import suppress
from targets import CLASSES

WIDTH, HEIGHT = 640, 384
FLOORS = {"heads": ("head", 0.2, 12), "cigarettes": ("cigarette", 0.06, 8)}


def load(checkpoint, initial):
    net = SceneDetector(str(initial)).eval().to(memory_format=torch.channels_last)
    net.load_state_dict(torch.load(checkpoint))
    return net


def look(net, image):
    """Boxes as fractions of the picture [N,4] and scores [N,C] of all cells."""
    h, w = image.shape[:2]
    scale = min(WIDTH / w, HEIGHT / h)
    canvas = np.full((HEIGHT, WIDTH, 3), 114, np.float32)
    small = cv2.resize(
        image, (round(w * scale), round(h * scale)), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    )
    canvas[: small.shape[0], : small.shape[1]] = small
    with torch.no_grad(), torch.cpu.amp.autocast():
        logits, boxes = net(
            torch.from_numpy(canvas).permute(2, 0, 1)[None].contiguous(memory_format=torch.channels_last)
        )
    return boxes[0].numpy() / (np.array([w, h, w, h]) * scale), torch.sigmoid(logits[0]).numpy()


def finds_of(net, image):
    boxes, scores = look(net, image)
    finds = {}
    for name, (label, floor, most) in FLOORS.items():
        column = scores[:, CLASSES.index(label)]
        keep = np.where(column > floor)[0]
        keep = keep[suppress(boxes[keep] * 1000, column[keep], 0.5)][:most] if len(keep) else keep
        finds[name] = boxes[keep].round(4).tolist()
    return finds


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/vision"))
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--detector", type=Path, required=True)
    parser.add_argument("--close-ups", type=int, default=300, help="how many of the close-ups to look at")
    args = parser.parse_args()
    torch.set_num_threads(1)
    records = json.loads((args.work / "records.json").read_text())
    net = load(args.detector, args.data / "weights/yolox_nano/yolox_nano.onnx")
    close = [r for r in records if r["source"] == "chandrika_mit"][:: max(1, 3796 // args.close_ups)]
    finds = {
        r["path"]: finds_of(net, cv2.imread(str(args.data / r["path"])))
        for r in close + [r for r in records if r["source"] != "chandrika_mit"]
    }
    (args.work / "finds.json").write_text(json.dumps(finds))
    print(len(finds), "pictures,", {n: sum(len(f[n]) for f in finds.values()) for n in FLOORS})


if __name__ == "__main__":
    main()
