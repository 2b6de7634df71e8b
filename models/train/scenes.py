"""Pictures for the detector: read, moved, mixed into mosaics and spoilt the way cheap cameras spoil them."""

import random

import cv2
import numpy as np
import torch

from vocabulary import VOCABULARIES

GREY = 114


def load_images(data, records, largest=640):
    """All pictures in memory, none larger than training needs."""
    images = {}
    for record in records:
        image = cv2.imread(str(data / record["path"]))
        limit = 400 if record["source"] == "chandrika_mit" else largest
        scale = limit / max(image.shape[:2])
        images[record["path"]] = (
            cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else image
        )
    return images


class Scenes(torch.utils.data.Dataset):
    """Endless draws, sources in fixed shares; an item is (image CHW uint8 BGR, boxes, targets, ignored boxes, ignored
    rows)."""

    def __init__(self, images, records, size, draws, seed=1, vocabulary=VOCABULARIES["scene"]):
        self.images, self.size, self.draws, self.seed, self.vocabulary = images, size, draws, seed, vocabulary
        shares = vocabulary.share
        self.pools = {s: [r for r in records if r["source"] == s] for s in shares}
        self.pools = {s: pool for s, pool in self.pools.items() if pool}
        self.weights = [shares[s] for s in self.pools]

    def __len__(self):
        return self.draws

    def __getitem__(self, index):
        rng = random.Random(self.seed * 1_000_003 + index)
        np.random.seed(rng.randrange(2**31))
        cv2.setNumThreads(0)
        if rng.random() < 0.45:
            parts = [self.place(rng, cell) for cell in cells(rng, self.size)]
        else:
            parts = [self.place(rng, (0, 0, self.size, self.size))]
        canvas = np.full((self.size, self.size, 3), GREY, np.uint8)
        merged = ([], [], [], [])
        for image, (x0, y0, x1, y1), *lists in parts:
            canvas[y0:y1, x0:x1] = image
            for whole, part in zip(merged, lists):
                whole.extend(part)
        canvas = spoil(rng, canvas)
        return to_tensors(canvas, merged, len(self.vocabulary.classes))

    def place(self, rng, cell):
        """One picture moved into `cell` of the canvas, with its objects in canvas pixels."""
        source = rng.choices(list(self.pools), self.weights)[0]
        record = rng.choice(self.pools[source])
        return self.move(rng, self.images[record["path"]], record, cell)

    def move(self, rng, image, record, cell):
        h, w = image.shape[:2]
        cw, ch = cell[2] - cell[0], cell[3] - cell[1]
        scale = min(cw / w, ch / h) * zoom(rng, record)
        dx, dy = cell_shift(rng, cw - w * scale), cell_shift(rng, ch - h * scale)
        flip = rng.random() < 0.5
        turn = np.array([[-scale if flip else scale, 0, dx + (w * scale if flip else 0)], [0, scale, dy]])
        out = cv2.warpAffine(
            image, turn, (cw, ch), flags=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR, borderValue=(GREY,) * 3
        )
        if scale < 0.6:
            small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
            fixed = np.array([[-1 if flip else 1, 0, dx + (small.shape[1] if flip else 0)], [0, 1, dy]], float)
            out = cv2.warpAffine(small, fixed, (cw, ch), borderValue=(GREY,) * 3)
        taught, its_rows, unjudged = self.vocabulary.teach(record)

        def shift(box):
            x0, x1 = (turn[0, 0] * b * w + turn[0, 2] for b in (box[0], box[2]))
            y0, y1 = (scale * b * h + dy for b in (box[1], box[3]))
            moved = [min(x0, x1), y0, max(x0, x1), y1]
            kept = [max(0, moved[0]), max(0, moved[1]), min(cw, moved[2]), min(ch, moved[3])]
            area = (moved[2] - moved[0]) * (moved[3] - moved[1])
            share = max(0, kept[2] - kept[0]) * max(0, kept[3] - kept[1]) / max(area, 1e-6)
            return [kept[0] + cell[0], kept[1] + cell[1], kept[2] + cell[0], kept[3] + cell[1]], share

        boxes, targets, ignored, rows = [], [], [], []
        for box, target in zip(taught, its_rows):
            moved, share = shift(box)
            if share > 0.5 and min(moved[2] - moved[0], moved[3] - moved[1]) > 4:
                boxes.append(moved)
                targets.append(target)
            elif share > 0.02:
                ignored.append(moved)
                rows.append(np.ones(len(target), np.float32))
        for box, row in unjudged:
            moved, share = shift(box)
            if share > 0:
                ignored.append(moved)
                rows.append(row)
        return out, cell, boxes, targets, ignored, rows


def cells(rng, size):
    """Four cells of a mosaic that meet at a random point."""
    x, y = (int(size * rng.uniform(0.3, 0.7)) for _ in range(2))
    return [(0, 0, x, y), (x, 0, size, y), (0, y, x, size), (x, y, size, size)]


def zoom(rng, record):
    """How much larger than its cell a picture is drawn: close-ups mostly smaller, so that they teach small heads."""
    if record["source"] == "chandrika_mit":
        return rng.uniform(0.15, 0.9)
    return rng.choice([rng.uniform(0.5, 1.0), rng.uniform(0.9, 1.1), rng.uniform(1.0, 2.0)])


def cell_shift(rng, room):
    return rng.uniform(min(0, room), max(0, room))


def spoil(rng, image):
    """Light, colour, focus, noise and compression."""
    if rng.random() < 0.8:
        ramp, gamma, gain = np.arange(256) / 255, rng.uniform(0.6, 1.6), rng.uniform(0.8, 1.15)
        tables = [(ramp**gamma * 255 * gain * rng.uniform(0.85, 1.12)).clip(0, 255) for _ in range(3)]
        image = cv2.LUT(image, np.stack(tables, 1).astype(np.uint8)[None])
    if rng.random() < 0.4:
        grey = cv2.cvtColor(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
        keep = rng.uniform(0.0, 1.5)
        image = cv2.addWeighted(image, keep, grey, 1 - keep, 0)
    if rng.random() < 0.25:
        image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.4, 1.4))
    if rng.random() < 0.15:
        noise = np.random.randint(-24, 24, image.shape, np.int16) * rng.uniform(0.1, 1)
        image = (image + noise).clip(0, 255).astype(np.uint8)
    if rng.random() < 0.2:
        f = rng.uniform(0.4, 0.9)
        size = image.shape[1], image.shape[0]
        image = cv2.resize(
            cv2.resize(image, None, fx=f, fy=f, interpolation=cv2.INTER_AREA), size, interpolation=cv2.INTER_LINEAR
        )
    if rng.random() < 0.4:
        image = cv2.imdecode(
            cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, rng.randint(30, 90)])[1], cv2.IMREAD_COLOR
        )
    return image


def to_tensors(image, merged, classes):
    boxes, targets, ignored, rows = merged
    chw = torch.from_numpy(np.ascontiguousarray(image.transpose(2, 0, 1)))
    as_boxes = lambda b: torch.tensor(np.array(b, np.float32).reshape(-1, 4))
    as_rows = lambda r: torch.tensor(np.array(r, np.float32).reshape(-1, classes))
    return chw, as_boxes(boxes), as_rows(targets), as_boxes(ignored), as_rows(rows)


def collate(items):
    return torch.stack([i[0] for i in items]), [i[1:] for i in items]
