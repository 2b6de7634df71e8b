"""Draws masks on bare faces: over nose and mouth, under the nose, on the chin. Few photographs show the last two, and
they count as bare."""

import random

import cv2
import numpy as np

# A face as its detector boxes it, inside a cached crop whose middle half is the head (see targets.head_around): left,
# top, width, height as shares of the side.
FACE = (0.5 + 0.5 * (0.08 / 1.16 - 0.5), 0.25 + 0.5 * 0.25, 0.5 / 1.16, 0.5 / 1.4)
SMALLEST_FACE = 20
COLOURS = (
    (214, 178, 120),
    (225, 205, 170),
    (232, 230, 226),
    (245, 244, 240),
    (40, 38, 38),
    (60, 60, 66),
    (150, 190, 130),
    (190, 170, 235),
    (140, 150, 215),
    (150, 140, 135),
)
# (where the upper edge runs on the nose line, as a share of the face's height) per way of wearing
TOP_EDGE = {"over": (0.42, 0.52), "under nose": (0.67, 0.76), "chin": (0.90, 0.97)}


def outline(rng, way, face):
    """The mask's corners in pixels: its upper edge bends down from the ears to the nose line, or up to it when worn
    right."""
    x, y, w, h = face
    top = rng.uniform(*TOP_EDGE[way])
    side = top + (rng.uniform(0.0, 0.12) if way == "over" else rng.uniform(-0.14, 0.02))
    turn = rng.uniform(-0.08, 0.08)
    points = [
        (0.03, side),
        (0.28, (top + side) / 2),
        (0.5 + turn, top),
        (0.72, (top + side) / 2),
        (0.97, side),
        (0.93, max(side + 0.05, 0.80)),
        (0.74, 0.98),
        (0.5, 1.06),
        (0.26, 0.98),
        (0.07, max(side + 0.05, 0.80)),
    ]
    return np.array([[x + px * w, y + py * h] for px, py in points])


def cloth(rng, image):
    """One colour, sometimes that of skin, lit as the face under it is, with folds."""
    h, w = image.shape[:2]
    if rng.random() < 0.15:
        colour = image[int(h * 0.42) : int(h * 0.5), int(w * 0.4) : int(w * 0.6)].reshape(-1, 3).mean(0)
    else:
        colour = np.array(rng.choice(COLOURS), float)
    colour = (colour * rng.uniform(0.7, 1.1) + [rng.uniform(-18, 18) for _ in range(3)]).clip(5, 250)
    light = cv2.GaussianBlur(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), (0, 0), w / 14).astype(np.float32)
    light = 0.55 + 0.45 * light / max(30.0, float(light[h // 2 :].mean()))
    rows, columns = np.mgrid[0:h, 0:w].astype(np.float32)
    folds = rng.uniform(0, 0.07) * np.sin(rows * rng.uniform(0.6, 1.6) + columns * rng.uniform(-0.08, 0.08))
    bulge = 1.08 - rng.uniform(0.1, 0.45) * np.abs(columns / w - 0.5 + rng.uniform(-0.06, 0.06)) * 2
    return (colour * ((light + folds) * bulge)[:, :, None]).clip(0, 255)


def wear(rng: random.Random, crop, way):
    """A copy of a cached crop (square, BGR) whose face wears a mask `over`, `under nose` or on the `chin`."""
    side = crop.shape[0]
    face = [value * side for value in FACE]
    shape = outline(rng, way, face)
    cover = np.zeros(crop.shape[:2], np.float32)
    cv2.fillPoly(cover, [np.round(shape * 8).astype(np.int32)], 1.0, cv2.LINE_AA, 3)
    if rng.random() < 0.7:
        ear = np.array(
            [[face[0] - 0.06 * face[2], face[1] + 0.42 * face[3]], [face[0] + 1.06 * face[2], face[1] + 0.42 * face[3]]]
        )
        for corner, end in ((shape[0], ear[0]), (shape[4], ear[1])):
            cv2.line(cover, tuple(int(v) for v in corner), tuple(int(v) for v in end), 0.8, 1, cv2.LINE_AA)
    cover = cv2.GaussianBlur(cover, (0, 0), rng.uniform(0.5, 1.4))[:, :, None]
    return (crop * (1 - cover) + cloth(rng, crop) * cover).astype(np.uint8)


def lower(rng: random.Random, bare, masked):
    """A bare face that wears another's mask under the nose: the masked crop's lower part, moved down,
    on the bare one."""
    side = bare.shape[0]
    x, y, w, h = (value * side for value in FACE)
    drop = rng.uniform(0.2, 0.27) * h
    low = cv2.warpAffine(masked, np.array([[1.0, 0, 0], [0, 1.0, drop]]), (side, side), borderMode=cv2.BORDER_REPLICATE)
    shape = outline(rng, "under nose", (x, y, w, h))
    cover = np.zeros(bare.shape[:2], np.float32)
    cv2.fillPoly(cover, [np.round(shape).astype(np.int32)], 1.0, cv2.LINE_AA)
    cover = cv2.GaussianBlur(cover, (0, 0), rng.uniform(0.8, 2.0))[:, :, None]
    return (bare * (1 - cover) + low * cover).astype(np.uint8)
