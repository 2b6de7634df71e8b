"""Tunes the crop classifiers of a set of packs on frames that people have judged, and measures both on kitchens held
out: `run.sh --judged FOLDER OUT`."""

import argparse
import copy
import hashlib
import json
import math
import random
import shutil
import sys
import time
import warnings
from pathlib import Path

import cv2
import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper

from crop_net import CropNet
from export import export_crops
from judged_data import JudgedTask, read_crops, read_manifest
from metrics import at, average_precision
from train_crops import spoiled, tensor_of

PACKS = Path(__file__).resolve().parents[1]
FROZEN = 10
SET = "judged boxes, kitchens held out"


def load_net(model, answers):
    """The classifier inside a pack: exported weights keep their names, and those in 16 bits are widened."""
    net = CropNet(answers)
    found = {
        i.name.removesuffix("_half"): numpy_helper.to_array(i).astype(np.float32)
        for i in onnx.load(str(model)).graph.initializer
    }
    missing = [name for name in net.state_dict() if name not in found]
    if missing:
        raise SystemExit(f"{model} is no classifier of this trainer: {missing[0]} is not in it")
    net.load_state_dict({name: torch.from_numpy(found[name].copy()) for name in net.state_dict()})
    return net.to(memory_format=torch.channels_last)


class Draws:
    """Half of a batch was judged, each violation and each answer as often as the others; half is anything seen, to
    keep what the pack knew."""

    def __init__(self, crops, seed):
        self.rng, self.count, self.pools = random.Random(seed), len(crops.images), {}
        for i, violation, so in crops.judged:
            self.pools.setdefault((violation, so), []).append(i)
        self.keys = sorted(self.pools)

    def __call__(self, batch):
        judged = [self.rng.choice(self.pools[self.rng.choice(self.keys)]) for _ in range(batch // 2)]
        return judged + [self.rng.randrange(self.count) for _ in range(batch - len(judged))]


def loss_of(logits, before, allowed, groups):
    """Judged groups: the probability of the answers a verdict leaves open. Others: stay near what the pack said
    before."""
    total = 0.0
    for group in groups:
        log = F.log_softmax(logits[:, group], 1)
        open_answers = allowed[:, group]
        known = open_answers.amin(1) >= 0
        # Two verdicts that rule out every answer of a group teach nothing.
        known &= open_answers.amax(1) > 0
        if known.any():
            total = total - torch.logsumexp(log[known].masked_fill(open_answers[known] == 0, -30.0), 1).sum()
        if (~known).any():
            total = total + F.kl_div(log[~known], F.softmax(before[~known][:, group], 1), reduction="sum")
    return total / len(logits)


def answers_of(net, trunk):
    """The rest of a network over what its frozen blocks, which both share, have seen."""
    return net.answers(net.drop(net.features[FROZEN:](trunk).mean((2, 3))))


def tune(base, task, crops, args):
    torch.manual_seed(args.seed)
    net = copy.deepcopy(base).train()
    for p in net.features[:FROZEN].parameters():
        p.requires_grad = False
    average = copy.deepcopy(net).eval()
    learnt = [p for p in net.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(learnt, lr=args.rate, weight_decay=0.01)
    draws, rng, start, losses = Draws(crops, args.seed), random.Random(args.seed), time.time(), []
    for step in range(args.steps):
        for group in optimizer.param_groups:
            group["lr"] = (
                args.rate * min(1, (step + 1) / 10) * (0.05 + 0.95 * 0.5 * (1 + math.cos(math.pi * step / args.steps)))
            )
        picked = draws(args.batch)
        images = tensor_of([spoiled(rng, crops.images[i], crops.sizes[i], task) for i in picked])
        with torch.no_grad():
            trunk = base.features[:FROZEN](images)
            before = answers_of(base, trunk)
        loss = loss_of(answers_of(net, trunk), before, torch.from_numpy(crops.allowed[picked]), task.groups)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learnt, 5.0)
        optimizer.step()
        with torch.no_grad():
            for mine, its in zip(average.parameters(), net.parameters()):
                mine.lerp_(its, 1 - min(0.98, step / (step + 10)))
        losses.append(float(loss))
        if step % 25 == 24 or step == args.steps - 1:
            print(
                f"  step {step + 1} of {args.steps}, loss {np.mean(losses[-25:]):.3f}, {time.time() - start:.0f} s",
                flush=True,
            )
    return average


def scores_of(net, task, crops):
    """Probabilities per crop and label, as the product computes them: the crop in the middle, softmax in each group,
    the pack's temperature."""
    out = np.zeros((len(crops.images), len(task.labels)), np.float32)
    edge = round(crops.images.shape[1] * (1 - task.part) / 2)
    for start in range(0, len(out), 32):
        middles = [
            cv2.resize(c[edge:-edge, edge:-edge], (task.side, task.side), interpolation=cv2.INTER_AREA)
            for c in crops.images[start : start + 32]
        ]
        with torch.no_grad():
            logits = net(tensor_of(middles)) / task.temperature
        for group in task.groups:
            out[start : start + 32, group] = torch.softmax(logits[:, group], 1).numpy()
    return out


def measure(net, task, crops):
    """One line a violation, over the boxes that people judged: precision, recall and false alarms with Wilson
    intervals."""
    scores, lines = scores_of(net, task, crops), []
    for violation in task.manifest["violations"]:
        columns = task.columns(violation["id"])
        cases = [(so, float(scores[i, columns].max())) for i, name, so in crops.judged if name == violation["id"]]
        if cases:
            line = {
                "set": SET,
                "violation": violation["id"],
                "threshold": violation["threshold"],
                **at(violation["threshold"], cases),
            }
            lines.append({**line, "averagePrecision": round(average_precision(cases), 3), "ci95": line["recallCi95"]})
    return lines


def write_pack(out, task, model, measured, provenance):
    digest = provenance["data"][0]["digest"]
    manifest = {**task.manifest, "version": f"{task.manifest['version']}+judged.{digest[:8]}"[:40], "file": model.name}
    manifest.update(sha256=hashlib.sha256(model.read_bytes()).hexdigest(), measured=measured, provenance=provenance)
    (out / f"{manifest['name']}.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")
    return manifest["version"]


def provenance_of(task, data, crops, args):
    counts = [
        {
            "violation": v,
            "is": sum(so for _, n, so in crops.judged if n == v),
            "isNot": sum(not so for _, n, so in crops.judged if n == v),
        }
        for v in sorted({n for _, n, _ in crops.judged})
    ]
    base = {key: task.manifest[key] for key in ("name", "version", "sha256")}
    about = {
        "source": "judged frames of this house",
        "digest": data["digest"],
        "licence": data["licence"],
        "pictures": data["pictures"],
        "kitchens": data["kitchens"],
        "verdicts": data["verdicts"],
        "judgedBoxesLearntFrom": counts,
    }
    return {
        "base": {**base, "provenance": task.manifest.get("provenance")},
        "data": [about],
        "script": "models/train/from_verdicts.py",
        "seed": args.seed,
        "steps": args.steps,
        "batch": args.batch,
        "rate": args.rate,
    }


def tune_pack(path, data, args):
    """Writes the candidate; returns False where there was too little to learn from, and the pack was
    copied as it is."""
    task = JudgedTask(json.loads(path.read_text()))
    crops = read_crops(args.judged, task)
    train, held = crops.on("train"), crops.on("val")
    name = task.manifest["name"]
    if len(train.judged) < args.least or not held.judged:
        print(
            f"{name}: {len(train.judged)} judged boxes to learn from (at least {args.least}), "
            f"{len(held.judged)} to measure on (at least 1): copied as it is"
        )
        return False
    print(
        f"{name}: {len(train.judged)} judged boxes to learn from, {len(held.judged)} to measure on, "
        f"{len(train.images)} crops",
        flush=True,
    )
    base = load_net(path.with_name(task.manifest["file"]), len(task.labels)).eval()
    model = args.out / f"{name}.onnx"
    checkpoint = args.out / f"{name}.pt"
    torch.save(tune(base, task, train, args).state_dict(), checkpoint)
    export_crops(checkpoint, model, task)
    checkpoint.unlink()
    before = measure(base, task, held)
    # What is measured is what is shipped: the weights as they lie in the file.
    after = measure(load_net(model, len(task.labels)).eval(), task, held)
    measured = [{**line, "before": old} for line, old in zip(after, before)]
    version = write_pack(args.out, task, model, measured, provenance_of(task, data, train, args))
    for line in measured:
        old = line["before"]
        print(
            f"  {line['violation']} {version}: precision {old['precision']} → {line['precision']}, "
            f"recall {old['recall']} → {line['recall']} {line['recallCi95']}, "
            f"false alarms {old['falseAlarms']} → {line['falseAlarms']} {line['falseAlarmsCi95']}, "
            f"average precision {old['averagePrecision']} → {line['averagePrecision']}, {line['pictures']} boxes"
        )
    return True


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("judged", type=Path, help="what `npm run -s cli -- export-judged FOLDER` wrote")
    parser.add_argument("out", type=Path, help="an empty folder for the candidate packs")
    parser.add_argument("--packs", type=Path, default=PACKS, help="the packs to start from")
    parser.add_argument("--only", nargs="*", help="names of packs to tune; every crop classifier when left out")
    parser.add_argument("--steps", type=int, default=150)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--least", type=int, default=20, help="judged boxes below which a pack is left as it is")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    cv2.setNumThreads(0)
    # The exporter's notes on constants concern no input that changes.
    warnings.filterwarnings("ignore", category=UserWarning, module="torch.onnx")
    data = read_manifest(args.judged)
    if data["faces"] == "blurred":
        sys.exit(
            "Faces are blurred in this data set: masks and hats cannot be learnt from it. "
            "Export it again with faces as seen."
        )
    if args.out.exists() and any(args.out.iterdir()):
        sys.exit(f"{args.out} holds files already.")
    args.out.mkdir(parents=True, exist_ok=True)
    tuned = 0
    for path in sorted(args.packs.glob("*.json")):
        manifest = json.loads(path.read_text())
        wanted = manifest["task"] == "classify-crop" and (not args.only or manifest["name"] in args.only)
        if wanted and tune_pack(path, data, args):
            tuned += 1
            continue
        # The whole set, so that the folder loads as it stands.
        for file in (path, path.with_name(manifest["file"])):
            shutil.copy(file, args.out / file.name)
    print(f"{args.out}: {tuned} packs tuned, data set {data['digest'][:12]}")


if __name__ == "__main__":
    main()
