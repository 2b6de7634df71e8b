"""Makes the short clips of a camera at fault (black, covered, blurred, frozen) out of one camera's parts: python3
make_faults.py SCENE.json PARTS CLIPS."""

import json
import os
import sys

import cv2
import numpy as np

import cctv
from make_clip import Parts, encoder, finish, write_labels

WIDTH, HEIGHT, TICKS = 640, 360, 32


def black(picture, tick):
    return np.full_like(picture, 4)


def covered(picture, tick):
    """A cloth hangs over most of the lens: dark, out of focus, a strip of kitchen left."""
    h, w = picture.shape[:2]
    yy, xx = np.mgrid[0:h, 0:w]
    edge = cv2.GaussianBlur((xx + 0.35 * yy > w * 0.16).astype(np.float32), (0, 0), w / 36)[..., None]
    return (picture * 0.5 * (1 - edge) + np.array([22, 24, 30]) * edge).astype(np.uint8)


def blurred(picture, tick):
    """Grease on the lens."""
    return cv2.GaussianBlur(picture, (0, 0), picture.shape[1] / 100)


def frozen(picture, tick):
    return picture


FAULTS = {"black": black, "covered": covered, "blurred": blurred, "frozen": frozen}


def make_fault(name, scene, parts, folder):
    camera = cctv.Camera(WIDTH, HEIGHT, f"{scene['shop']} {scene['title']}", 5, noise=1.5 if name == "black" else 3.0)
    process = encoder(os.path.join(folder, f"fault-{name}.mp4"), WIDTH, HEIGHT, scene["fps"], 30)
    first = None
    for tick in range(TICKS):
        picture = cv2.resize(
            parts.picture(0 if name == "frozen" else tick), (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA
        )
        frame = camera.expose(FAULTS[name](picture, tick), scene["clock"])
        first = frame if first is None else first
        process.stdin.write((first if name == "frozen" else frame).tobytes())
    finish(process)
    about = {
        "clip": f"fault-{name}.mp4",
        "shows": f"a camera at fault: {name}",
        "violations": ["camera_fault"],
        "fps": scene["fps"],
        "width": WIDTH,
        "height": HEIGHT,
    }
    write_labels(os.path.join(folder, f"fault-{name}.json"), about, [[]], [0] * TICKS)


def main():
    with open(sys.argv[1], encoding="utf-8") as f:
        scene = json.load(f)
    parts = Parts(sys.argv[2])
    for name in FAULTS:
        make_fault(name, scene, parts, sys.argv[3])


if __name__ == "__main__":
    main()
