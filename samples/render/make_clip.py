"""Puts a camera's rendered parts together into its looping clip and its labels: python3 make_clip.py SCENE.json PARTS
CLIPS."""

import datetime
import json
import os
import subprocess
import sys

import cv2
import numpy as np

import cctv
import vapour

FEATHER = 5
GROUP_SECONDS = 2
FACE_METRES = 0.19  # about chin to hairline; turns a face's height in pixels into metres at its distance


class Parts:
    """The plate and every person's poses as pictures."""

    def __init__(self, folder):
        with open(os.path.join(folder, "parts.json"), encoding="utf-8") as f:
            self.told = json.load(f)
        self.plate = cv2.imread(os.path.join(folder, "plate.png"))
        self.pictures = {}
        for n, person in enumerate(self.told["people"]):
            for k in range(len(person["labels"])):
                path = os.path.join(folder, f"person{n}_{k:02d}.png")
                if os.path.exists(path):
                    self.pictures[n, k] = cv2.imread(path)

    def picture(self, tick):
        """The kitchen at one tick, straight and clean."""
        out = self.plate.copy()
        for n, person in enumerate(self.told["people"]):
            part = self.pictures.get((n, person["order"][tick % len(person["order"])]))
            if part is None:
                continue
            x0, y0, x1, y1 = person["border"]
            h, w = part.shape[:2]
            mask = np.zeros((h, w), np.float32)
            mask[FEATHER:-FEATHER, FEATHER:-FEATHER] = 1
            mask = cv2.GaussianBlur(mask, (0, 0), FEATHER / 2)[..., None]
            under = out[y0 : y0 + h, x0 : x0 + w]
            out[y0 : y0 + h, x0 : x0 + w] = (part * mask + under * (1 - mask)).astype(np.uint8)
        return out

    def boxes(self, tick):
        """Labels at one tick in the straight picture."""
        return [person["labels"][person["order"][tick % len(person["order"])]] for person in self.told["people"]]


def add_vapour(picture, parts, tick, ticks):
    h, w = picture.shape[:2]
    for i, (x, y, depth) in enumerate(parts.told.get("steam", [])):
        size = 0.55 * w / max(0.5, depth)
        opacity = vapour.plume((2 * tick / ticks + i * 0.37) % 1, 3 + i, narrow=0.28, wide=0.62, density=0.36)
        vapour.lay_over(picture, opacity, (x * w, y * h), size * 0.8, size, (226, 226, 224))
    for label in parts.boxes(tick):
        if "tip" in label and "face" in label and "cigarette" in label:
            metre = (label["face"][3] - label["face"][1]) * h / FACE_METRES
            opacity = vapour.plume(4 * tick / ticks % 1, 17, narrow=0.06, wide=0.34, density=0.6, lean=0.55)
            vapour.lay_over(
                picture,
                opacity,
                (label["tip"][0] * w, label["tip"][1] * h),
                0.34 * metre,
                0.50 * metre,
                (214, 208, 204),
            )


def labels_at(parts, tick, width, height):
    """Boxes as [x, y, w, h] fractions of the finished frame."""
    found = []

    def add(kind, box, **more):
        bent = cctv.bend_box(box, width, height) if box else None
        if bent:
            found.append({"class": kind, "box": bent, **more})

    for n, label in enumerate(parts.boxes(tick)):
        worn = {"mask": label["mask"], "hat": label["hat"]}
        add("person", label.get("body"), person=n)
        add("head", label.get("head"), person=n, **worn)
        add("face", label.get("face"), person=n, **worn)
        for thing in ("phone", "cigarette"):
            add(thing, label.get(thing), person=n)
    for thing in parts.told["things"]:
        if thing["seen"] > 0.3:
            add(thing["thing"].replace(" ", "_"), thing["box"])
    return found


def encoder(path, width, height, fps, crf):
    gop = str(fps * GROUP_SECONDS)
    return subprocess.Popen(
        [
            "ffmpeg",
            "-v",
            "error",
            "-y",
            "-f",
            "rawvideo",
            "-pix_fmt",
            "bgr24",
            "-s",
            f"{width}x{height}",
            "-r",
            str(fps),
            "-i",
            "-",
            "-an",
            "-c:v",
            "libx264",
            "-preset",
            "slow",
            "-crf",
            str(crf),
            "-g",
            gop,
            "-keyint_min",
            gop,
            "-sc_threshold",
            "0",
            "-pix_fmt",
            "yuv420p",
            "-threads",
            "1",
            "-fflags",
            "+bitexact",
            "-flags:v",
            "+bitexact",
            "-movflags",
            "+faststart",
            path,
        ],
        stdin=subprocess.PIPE,
    )


def finish(process):
    process.stdin.close()
    if process.wait() != 0:
        raise SystemExit("ffmpeg failed")


def make_clip(scene, parts, folder):
    """Writes NAME.mp4 and NAME.json; returns a straight picture of the middle of the clip for derived clips."""
    ticks, fps, height, width = scene["ticks"], scene["fps"], *parts.plate.shape[:2]
    camera = cctv.Camera(width, height, f"{scene['shop']} {scene['title']}", scene["seed"], **scene.get("lens", {}))
    start = datetime.datetime.fromisoformat(scene["clock"])
    process = encoder(os.path.join(folder, scene["name"] + ".mp4"), width, height, fps, scene.get("crf", 29))
    looks, frames = [], []
    for tick in range(ticks):
        picture = parts.picture(tick)
        add_vapour(picture, parts, tick, ticks)
        clock = (start + datetime.timedelta(seconds=tick // fps)).strftime("%Y-%m-%d %H:%M:%S")
        process.stdin.write(camera.expose(picture, clock).tobytes())
        look = labels_at(parts, tick, width, height)
        if look not in looks:
            looks.append(look)
        frames.append(looks.index(look))
    finish(process)
    told = {key: scene[key] for key in ("shop", "title", "shows", "violations", "fps")}
    about = {
        "clip": scene["name"] + ".mp4",
        **told,
        "width": width,
        "height": height,
        "boxes": "x, y, w, h as fractions, origin top left",
    }
    write_labels(os.path.join(folder, scene["name"] + ".json"), about, looks, frames)


def write_labels(path, about, looks, frames):
    """One line a box, so that a change can be read in a diff."""
    line = lambda value: json.dumps(value, ensure_ascii=False)
    head = ",\n".join(f"  {line(k)}: {line(v)}" for k, v in about.items())
    body = ",\n".join("    [\n" + ",\n".join("      " + line(box) for box in look) + "\n    ]" for look in looks)
    with open(path, "w", encoding="utf-8") as f:
        f.write("{\n" + head + ',\n  "frames": ' + line(frames) + ',\n  "looks": [\n' + body + "\n  ]\n}\n")


def main():
    with open(sys.argv[1], encoding="utf-8") as f:
        scene = json.load(f)
    make_clip(scene, Parts(sys.argv[2]), sys.argv[3])


if __name__ == "__main__":
    main()
