"""Trains a detector (scene or hazards) from YOLOX-nano's weights on photographs of many sources; writes a checkpoint
of the averaged weights."""

import argparse
import copy
import json
import math
import time
from pathlib import Path

import torch

from detector import SceneDetector, loss_of
from scenes import Scenes, collate, load_images
from vocabulary import VOCABULARIES

SIZES = (320, 384, 416, 448)
BATCH_PIXELS = 8 * 416 * 416


class Average:
    """Running mean of the weights: steadier than the last step's."""

    def __init__(self, net, keep=0.998):
        self.net, self.keep, self.steps = copy.deepcopy(net).eval(), keep, 0

    @torch.no_grad()
    def update(self, net):
        self.steps += 1
        keep = min(self.keep, self.steps / (self.steps + 10))
        for mine, its in zip(self.net.parameters(), net.parameters()):
            mine.mul_(keep).add_(its, alpha=1 - keep)


def learning_rate(step, steps, peak):
    warm = 60
    if step < warm:
        return peak * (step + 1) / warm
    return peak * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * (step - warm) / max(1, steps - warm))))


def batches(args, records):
    """A stream of batches whose size of picture changes every 20 steps."""
    step = 0
    pictures = load_images(args.data, records)
    while True:
        size = SIZES[(step // 20) % len(SIZES)]
        count = max(4, BATCH_PIXELS // (size * size))
        scenes = Scenes(
            pictures, records, size, 20 * count, seed=args.seed * 7919 + step, vocabulary=VOCABULARIES[args.vocabulary]
        )
        yield from torch.utils.data.DataLoader(scenes, batch_size=count, num_workers=args.workers, collate_fn=collate)
        step += 20


def one_step(net, optimizer, images, items):
    images = images.float().contiguous(memory_format=torch.channels_last)
    with torch.cpu.amp.autocast():
        logits, boxes = net(images)
    class_loss, box_loss = loss_of(logits, boxes, items, images.shape[2:])
    optimizer.zero_grad(set_to_none=True)
    (class_loss + box_loss).backward()
    torch.nn.utils.clip_grad_norm_(net.parameters(), 10.0)
    optimizer.step()
    return float(class_loss), float(box_loss)


def train(args, records):
    torch.manual_seed(args.seed)
    net = SceneDetector(str(args.data / "weights/yolox_nano/yolox_nano.onnx"), VOCABULARIES[args.vocabulary]).to(
        memory_format=torch.channels_last
    )
    if args.start:
        net.load_state_dict(torch.load(args.start))
    net.freeze_early()
    average = Average(net)
    new = list(net.classes.parameters()) + list(net.boxes.parameters())
    old = [p for p in net.trunk.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": new, "scale": 1.0}, {"params": old, "scale": 0.5}], lr=args.rate, weight_decay=0.01
    )
    start, seen = time.time(), []
    for step, (images, items) in enumerate(batches(args, records)):
        if step >= args.steps:
            break
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(step, args.steps, args.rate) * group["scale"]
        seen.append(one_step(net, optimizer, images, items))
        average.update(net)
        if step % 50 == 49:
            recent = [sum(v) / 50 for v in zip(*seen[-50:])]
            print(f"step {step + 1} class {recent[0]:.3f} box {recent[1]:.3f} {time.time() - start:.0f} s", flush=True)
        if step % 50 == 49:
            torch.save(average.net.state_dict(), args.out)
    torch.save(average.net.state_dict(), args.out)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/vision"))
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--vocabulary", choices=list(VOCABULARIES), default="scene")
    parser.add_argument("--start", type=Path)
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--without", nargs="*", default=[], help="sources left out, to measure on them")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    records = json.loads((args.work / "records.json").read_text())
    share = VOCABULARIES[args.vocabulary].share
    train(args, [r for r in records if not r["held_out"] and r["source"] in share and r["source"] not in args.without])


if __name__ == "__main__":
    main()
