"""Writes trained checkpoints as model packs: an ONNX file with half-precision weights, and its manifest."""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from crop_net import CropNet
from crops import TASKS
from detector import SceneDetector
from vocabulary import VOCABULARIES

OPSET = 13
FEWEST_HALVED = 256
LICENCES = {
    "kaggle853_cc0": "CC0-1.0 as published",
    "chandrika_mit": "MIT as published",
    "cig_m1shy_ccby": "CC BY 4.0",
    "headwear": "CC BY 4.0 as stated",
    "coco256": "annotations CC BY 4.0, pictures mixed",
    "phone": "CC BY 4.0 as stated",
    "helmet_mit20": "MIT",
    "renders": "Apache-2.0, rendered by this project",
}


class SceneExport(nn.Module):
    """Boxes as fractions of the input, and one score per class: logits are shifted so that one floor suits all
    classes."""

    def __init__(self, net, width, height, shift):
        super().__init__()
        self.shift = torch.tensor(shift)
        self.net, self.size = net, torch.tensor([width, height, width, height], dtype=torch.float32)

    def forward(self, images):
        logits, boxes = self.net(images)
        return boxes / self.size, torch.sigmoid(logits + self.shift)


def halve(path):
    """Stores large weights in 16 bits; a Cast widens each when the model is loaded, so sums stay in 32 bits."""
    model = onnx.load(path)
    casts = []
    for item in list(model.graph.initializer):
        value = numpy_helper.to_array(item)
        if item.data_type != TensorProto.FLOAT or value.size < FEWEST_HALVED:
            continue
        name = item.name
        model.graph.initializer.remove(item)
        model.graph.initializer.append(numpy_helper.from_array(value.astype(np.float16), name + "_half"))
        casts.append(helper.make_node("Cast", [name + "_half"], [name], to=TensorProto.FLOAT))
    nodes = casts + list(model.graph.node)
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.checker.check_model(model)
    onnx.save(model, path)


def export_detector(checkpoint, initial, out, size, name, shift):
    """`name` is one of VOCABULARIES; `shift` is added to the logits of the classes it names."""
    vocabulary = VOCABULARIES[name]
    net = SceneDetector(str(initial), vocabulary).eval()
    net.load_state_dict(torch.load(checkpoint))
    shifts = [float(shift.get(kind, 0)) for kind in vocabulary.classes]
    width, height = size
    torch.onnx.export(
        SceneExport(net, width, height, shifts),
        torch.zeros(1, 3, height, width),
        str(out),
        opset_version=OPSET,
        input_names=["images"],
        output_names=["boxes", "scores"],
    )
    halve(str(out))


class Mirrored(CropNet):
    """The mean of what a crop and its mirror image say; weights keep the names they were trained under."""

    def forward(self, x):
        return (super().forward(x) + super().forward(torch.flip(x, [3]))) / 2


def export_crops(checkpoint, out, task):
    net = Mirrored(len(task.labels)).eval()
    net.load_state_dict(torch.load(checkpoint))
    torch.onnx.export(
        net,
        torch.zeros(2, 3, task.side, task.side),
        str(out),
        opset_version=OPSET,
        input_names=["crops"],
        output_names=["answers"],
        dynamic_axes={"crops": {0: "count"}, "answers": {0: "count"}},
    )
    halve(str(out))


def detector_form(size, name, least):
    width, height = size
    return {
        "task": "detect",
        "input": {
            "name": "images",
            "width": width,
            "height": height,
            "layout": "nchw",
            "channels": "bgr",
            "fit": "letterbox",
            "align": "top-left",
            "pad": 114,
            "scale": 1,
            "mean": [0, 0, 0],
            "std": [1, 1, 1],
        },
        "output": {
            "decoder": "boxes-scores",
            "names": ["boxes", "scores"],
            "activated": True,
            "nmsIou": 0.5,
            "minScore": least,
            "maxDetections": 100,
        },
        "labels": list(VOCABULARIES[name].classes),
    }


def crops_form(task, pack):
    """`pack` is the pack's part of packs.json: what it crops, how small a box is too small, how the crop lies on the
    box."""
    of = pack["of"]
    return {
        "task": "classify-crop",
        "input": {
            "name": "crops",
            "width": task.side,
            "height": task.side,
            "layout": "nchw",
            "channels": "rgb",
            "fit": "stretch",
            "pad": 114,
            "scale": 1 / 127.5,
            "mean": [1, 1, 1],
            "std": [1, 1, 1],
        },
        "output": {"decoder": "logits-softmax", "names": ["answers"], "minScore": 0.05},
        "labels": [pack["prefix"] + n for n in task.labels],
        "groups": [list(g) for g in task.groups],
        "crop": {
            "of": [of],
            "minSizePx": pack["smallestPx"],
            "grow": pack.get("grow", [task.grow, task.grow]),
            "anchor": pack.get("anchor", "center"),
            "unknownLabel": f"{of}_unknown",
        },
    }


def write_manifest(out, name, form, settings):
    """`settings` is the pack's part of packs.json. Thresholds, figures and temperature come later, from evaluate.py
    and calibrate.py."""
    model = out / f"{name}.onnx"
    manifest = {
        "name": name,
        "version": settings["version"],
        "file": model.name,
        "sha256": hashlib.sha256(model.read_bytes()).hexdigest(),
        "licence": "Apache-2.0",
        **form,
    }
    manifest["violations"] = [
        {k: v[k] for k in ("id", "labels", "threshold", "on", "experimental")} for v in settings["violations"]
    ]
    provenance = {
        "initial": settings["initial"],
        "data": settings["data"],
        "script": settings["script"],
        "seed": 1,
        "note": settings["note"],
    }
    manifest.update(calibration=settings["calibration"], thresholdPolicy=None, measured=[], provenance=provenance)
    (out / f"{name}.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")


def data_of(records, settings):
    """Sources, licences and numbers of pictures that a pack was trained on; `pictures` in packs.json says where an
    earlier stage had fewer."""
    share = (
        VOCABULARIES[settings["vocabulary"]].share if settings["kind"] == "detector" else TASKS[settings["task"]].share
    )
    counts = {source: sum(r["source"] == source and not r["held_out"] for r in records) for source in share}
    counts.update(settings.get("pictures", {}))
    return [{"source": s, "licence": LICENCES[s], "pictures": n} for s, n in counts.items() if n]


def export_pack(args, name, settings):
    """Writes one pack of packs.json from `WORK/<checkpoint>.pt`, with the temperature that calibrate.py left beside
    it."""
    settings["data"] = data_of(json.loads((args.work / "records.json").read_text()), settings)
    checkpoint = args.work / f"{settings['checkpoint']}.pt"
    model = args.out / f"{name}.onnx"
    if settings["kind"] == "detector":
        which = settings["vocabulary"]
        export_detector(
            checkpoint, args.data / "weights/yolox_nano/yolox_nano.onnx", model, args.size, which, settings["shift"]
        )
        write_manifest(args.out, name, detector_form(args.size, which, settings["minScore"]), settings)
        return
    task = TASKS[settings["task"]]
    found = args.work / f"{settings['checkpoint']}.calibration.json"
    value = json.loads(found.read_text())["temperature"]
    export_crops(checkpoint, model, task)
    write_manifest(
        args.out, name, crops_form(task, settings), {**settings, "calibration": {"kind": "temperature", "value": value}}
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/vision"))
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent.parent)
    parser.add_argument("--packs", nargs="*", help="only these; all of packs.json without it")
    parser.add_argument("--size", type=int, nargs=2, default=[640, 384], metavar=("WIDTH", "HEIGHT"))
    args = parser.parse_args()
    for name, settings in json.loads(Path(__file__).with_name("packs.json").read_text()).items():
        if not args.packs or name in args.packs:
            export_pack(args, name, settings)


if __name__ == "__main__":
    main()
