"""Trains a crop classifier: source-balanced draws, small and spoilt crops made from large ones, unknown answers left
out of the loss."""

import argparse
import copy
import dataclasses
import json
import math
import random
import time
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F

from crop_net import CropNet, take_over
from crops import SIDE, TASKS
from worn_masks import SMALLEST_FACE, lower, wear

# Of the bare faces whose box is a face's own: how often one is given a mask, and what it then counts as.
DRESSED = {"chandrika_mit", "cig_m1shy_ccby", "kaggle853_cc0"}
DRESS = {"over": 0.12, "under nose": 0.10, "lowered": 0.08, "chin": 0.04}
MASK_ON = (0, 1, 0)


def view(rng, crop, part, side, move=0.0, turn=0.0, stretch=0.0, flip=False):
    """`part` (0…1) of a cached crop's side, which is what the product would cut; moved, turned and
    stretched a little."""
    scale = side / (SIDE * part)
    angle, ratio = math.radians(rng.uniform(-turn, turn)), math.exp(rng.uniform(-stretch, stretch))
    c, s = scale * math.cos(angle), scale * math.sin(angle)
    cx, cy = (SIDE * (0.5 + rng.uniform(-move, move) * part) for _ in range(2))
    matrix = np.array([[c, -s, -c * cx + s * cy], [s * ratio, c * ratio, (-s * cx - c * cy) * ratio]])
    matrix[:, 2] += side / 2
    if flip:
        matrix[0] = -matrix[0]
        matrix[0, 2] += side - 1
    return cv2.warpAffine(crop, matrix, (side, side), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def spoiled(rng, crop, size, task):
    """A crop as a far or cheap camera shows it; `size` is the box's present size in pixels of the picture."""
    side = task.side
    image = view(
        rng,
        crop,
        task.part * rng.uniform(0.8, 1.25),
        side,
        0.1,
        18 if rng.random() < 0.5 else 4,
        0.2,
        rng.random() < 0.5,
    )
    head = side / task.grow
    wanted = rng.uniform(*task.sizes) if rng.random() < 0.6 else size
    if wanted < min(size, head):
        small = cv2.resize(
            image,
            None,
            fx=wanted / head,
            fy=wanted / head,
            interpolation=rng.choice([cv2.INTER_AREA, cv2.INTER_LINEAR]),
        )
        if rng.random() < 0.5:
            small = cv2.imdecode(
                cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, rng.randint(25, 90)])[1], cv2.IMREAD_COLOR
            )
        image = cv2.resize(small, (side, side), interpolation=cv2.INTER_LINEAR)
    elif rng.random() < 0.2:
        image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.5, 2.0))
    ramp, gamma, gain = np.arange(256) / 255, rng.uniform(0.5, 1.8), rng.uniform(0.75, 1.2)
    tables = [(ramp**gamma * 255 * gain * rng.uniform(0.85, 1.15)).clip(0, 255) for _ in range(3)]
    image = cv2.LUT(image, np.stack(tables, 1).astype(np.uint8)[None])
    if rng.random() < 0.35:
        grey = cv2.cvtColor(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
        keep = rng.uniform(0.0, 1.4)
        image = cv2.addWeighted(image, keep, grey, 1 - keep, 0)
    if task.any_colour and rng.random() < 0.3:
        hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)
        hsv[:, :, 0] = (hsv[:, :, 0].astype(np.int16) + rng.choice([rng.randint(-12, 12), rng.randint(0, 179)])) % 180
        image = cv2.cvtColor(hsv, cv2.COLOR_HSV2BGR)
    if rng.random() < 0.2:
        x, y, w, h = (rng.randrange(side), rng.randrange(side), rng.randint(6, 30), rng.randint(6, 30))
        image[y : y + h, x : x + w] = [rng.randrange(256) for _ in range(3)]
    return image


def tensor_of(images):
    """BGR bytes to the network's RGB in [-1, 1]."""
    batch = np.stack(images)[:, :, :, ::-1].transpose(0, 3, 1, 2).astype(np.float32)
    return torch.from_numpy(batch / 127.5 - 1).contiguous(memory_format=torch.channels_last)


class Draws:
    """Source first, then an answer within the source, then a head: no source and no answer drowns the others."""

    def __init__(self, rows, sources, share, seed):
        self.rng, self.share = random.Random(seed), share
        self.pools = {}
        for i, (row, source) in enumerate(zip(rows, sources)):
            for answer in np.where(row > 0.5)[0]:
                self.pools.setdefault(source, {}).setdefault((int(answer), bool(row[answer] < 1)), []).append(i)
        self.sources = [s for s in share if s in self.pools]

    def __call__(self, count):
        picked = []
        for source in self.rng.choices(self.sources, [self.share[s] for s in self.sources], k=count):
            answers = list(self.pools[source])
            answer = self.rng.choices(answers, [self.weight(source, a) for a in answers])[0]
            picked.append(self.rng.choice(self.pools[source][answer]))
        return picked

    def weight(self, source, answer):
        """Faces with the mask under the nose are few and the hardest: drawn twice as often."""
        return math.sqrt(len(self.pools[source][answer])) * (2 if answer == (0, True) else 1)


class Wardrobe:
    """Gives some of the bare faces a mask, worn in one of several ways; only for the heads' task."""

    def __init__(self, task, crops, rows, sizes, sources):
        self.crops, self.rows = crops, rows
        known = np.array([s in DRESSED for s in sources]) & (sizes > SMALLEST_FACE) & ("mask" in task.labels)
        self.bare = known & (rows[:, 0] == 1)
        self.masked = np.where(known & (rows[:, 1] == 1))[0].tolist()

    def __call__(self, rng, i):
        """(crop, row) of a drawn head, as it came or dressed."""
        way = rng.choices([None, *DRESS], [1 - sum(DRESS.values()), *DRESS.values()])[0]
        if way is None or not self.bare[i]:
            return self.crops[i], self.rows[i]
        if way == "lowered":
            return lower(rng, self.crops[i], self.crops[rng.choice(self.masked)]), self.rows[i]
        row = self.rows[i].copy()
        row[:3] = MASK_ON if way == "over" else row[:3]
        return wear(rng, self.crops[i], way), row


def loss_of(logits, goals, task):
    total = 0.0
    for group in task.slices:
        known = goals[:, group].amin(1) >= 0
        if known.any():
            smooth = goals[known][:, group] * 0.94 + 0.02
            total = total - (smooth * F.log_softmax(logits[known][:, group], 1)).sum() / len(goals)
    return total


def train(args, task, crops, rows, sizes, sources):
    torch.manual_seed(args.seed)
    net = CropNet(len(task.labels))
    take_over(net, args.data / "weights/mobilenet_v2_imagenet/mbv2_tf2ptq_bn.pt")
    if args.start:
        net.load_state_dict(torch.load(args.start))
    net = net.to(memory_format=torch.channels_last).train()
    for p in net.features[:3].parameters():
        p.requires_grad = False
    average = copy.deepcopy(net).eval()
    optimizer = torch.optim.AdamW([p for p in net.parameters() if p.requires_grad], lr=args.rate, weight_decay=0.02)
    draws, rng, start, losses = Draws(rows, sources, task.share, args.seed), random.Random(args.seed), time.time(), []
    dressed = Wardrobe(task, crops, rows, sizes, sources)
    for step in range(args.steps):
        for group in optimizer.param_groups:
            group["lr"] = (
                args.rate * min(1, (step + 1) / 50) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * step / args.steps)))
            )
        picked = draws(args.batch)
        shown = [dressed(rng, i) for i in picked]
        images = tensor_of([spoiled(rng, crop, sizes[i], task) for i, (crop, _) in zip(picked, shown)])
        with torch.cpu.amp.autocast():
            logits = net(images)
        loss = loss_of(logits.float(), torch.from_numpy(np.stack([row for _, row in shown])), task)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        optimizer.step()
        keep = min(0.995, step / (step + 10))
        with torch.no_grad():
            for mine, its in zip(average.parameters(), net.parameters()):
                mine.mul_(keep).add_(its, alpha=1 - keep)
        losses.append(float(loss))
        if step % 50 == 49:
            print(f"step {step + 1} loss {np.mean(losses[-50:]):.3f} {time.time() - start:.0f} s", flush=True)
            torch.save(average.state_dict(), args.out)
    torch.save(average.state_dict(), args.out)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--task", choices=list(TASKS), default="heads")
    parser.add_argument("--data", type=Path, default=Path("../shared/vision"))
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--steps", type=int, default=1500)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--threads", type=int, default=1, help="a second one costs more than it gives on a machine that others use"
    )
    parser.add_argument("--side", type=int, help="input side in pixels, to try another than the task's own")
    parser.add_argument("--without", nargs="*", default=[], help="sources left out, to measure on them")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    cv2.setNumThreads(0)
    records = json.loads((args.work / "records.json").read_text())
    cache = np.load(args.work / f"crops-{args.task}.npz")
    owners = [records[o] for o in cache["owners"]]
    used = np.array([not r["held_out"] and r["source"] not in args.without for r in owners])
    sources = [r["source"] for r, u in zip(owners, used) if u]
    task = dataclasses.replace(TASKS[args.task], **({"side": args.side} if args.side else {}))
    train(args, task, cache["crops"][used], cache["rows"][used], cache["sizes"][used], sources)


if __name__ == "__main__":
    main()
