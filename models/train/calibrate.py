"""Finds the temperature that makes a crop classifier's scores honest on held-out crops (least negative log-
likelihood); writes it beside the checkpoint."""

import argparse
import json
import random
from pathlib import Path

import numpy as np
import torch

from crop_net import CropNet
from crops import TASKS
from train_crops import tensor_of, view


def logits_of(net, task, crops):
    """The mean of a crop and its mirror image, as the exported pack answers."""
    rng, parts = random.Random(0), []
    with torch.no_grad(), torch.cpu.amp.autocast():
        for i in range(0, len(crops), 64):
            images = tensor_of([view(rng, c, task.part, task.side) for c in crops[i : i + 64]])
            parts.append((net(images).float() + net(torch.flip(images, [3])).float()) / 2)
    return torch.cat(parts)


def temperature(logits, goals, groups):
    """The best of a grid, over all groups together."""

    def loss(value):
        total, count = 0.0, 0
        for group in groups:
            known = goals[:, group].amin(1) >= 0
            picked = torch.log_softmax(logits[known][:, group] / value, 1)
            total -= float((picked * goals[known][:, group]).sum())
            count += int(known.sum())
        return total / max(1, count)

    grid = [round(0.5 + 0.05 * i, 2) for i in range(51)]
    best = min(grid, key=loss)
    return best, loss(1.0), loss(best)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--task", choices=list(TASKS), required=True)
    parser.add_argument("--checkpoint", type=Path, required=True)
    args = parser.parse_args()
    torch.set_num_threads(1)
    task = TASKS[args.task]
    records = json.loads((args.work / "records.json").read_text())
    cache = np.load(args.work / f"crops-{args.task}.npz")
    held = np.array([records[o]["held_out"] for o in cache["owners"]])
    net = CropNet(len(task.labels)).eval().to(memory_format=torch.channels_last)
    net.load_state_dict(torch.load(args.checkpoint))
    logits = logits_of(net, task, cache["crops"][held])
    found = dict(
        zip(
            ("temperature", "lossBefore", "lossAfter"),
            temperature(logits, torch.from_numpy(cache["rows"][held]), task.slices),
        )
    )
    args.checkpoint.with_suffix(".calibration.json").write_text(json.dumps(found))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
