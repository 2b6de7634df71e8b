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
from targets import CLASSES
from train_crops import INPUT

OPSET = 13
FEWEST_HALVED = 256


class SceneExport(nn.Module):
    """Boxes as fractions of the input, and one score per class: logits are shifted so that one floor suits all classes."""

    def __init__(self, net, width, height, shift):
        super().__init__()
        self.shift = torch.tensor([float(shift.get(name, 0)) for name in CLASSES])
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


def export_scene(checkpoint, initial, out, width, height, shift):
    net = SceneDetector(str(initial)).eval()
    net.load_state_dict(torch.load(checkpoint))
    torch.onnx.export(
        SceneExport(net, width, height, shift), torch.zeros(1, 3, height, width), str(out), opset_version=OPSET,
        input_names=["images"], output_names=["boxes", "scores"],
    )
    halve(str(out))


def export_crops(checkpoint, out, task):
    net = CropNet(len(task.labels)).eval()
    net.load_state_dict(torch.load(checkpoint))
    torch.onnx.export(
        net, torch.zeros(2, 3, INPUT, INPUT), str(out), opset_version=OPSET, input_names=["crops"], output_names=["answers"],
        dynamic_axes={"crops": {0: "count"}, "answers": {0: "count"}},
    )
    halve(str(out))


def scene_form(width, height):
    return {
        "task": "detect",
        "input": {"name": "images", "width": width, "height": height, "layout": "nchw", "channels": "bgr", "fit": "letterbox", "align": "top-left", "pad": 114, "scale": 1, "mean": [0, 0, 0], "std": [1, 1, 1]},
        "output": {"decoder": "boxes-scores", "names": ["boxes", "scores"], "activated": True, "nmsIou": 0.5, "minScore": 0.45, "maxDetections": 100},
        "labels": list(CLASSES),
    }


def crops_form(task, of, prefix, smallest):
    return {
        "task": "classify-crop",
        "input": {"name": "crops", "width": INPUT, "height": INPUT, "layout": "nchw", "channels": "rgb", "fit": "stretch", "pad": 114, "scale": 1 / 127.5, "mean": [1, 1, 1], "std": [1, 1, 1]},
        "output": {"decoder": "logits-softmax", "names": ["answers"], "minScore": 0.05},
        "labels": [prefix + n for n in task.labels],
        "groups": [list(g) for g in task.groups],
        "crop": {"of": [of], "minSizePx": smallest, "grow": [task.grow, task.grow], "anchor": "center", "unknownLabel": f"{of}_unknown"},
    }


def write_manifest(out, name, form, settings):
    """`settings` is what training measured and a person decided: packs.json of this folder plus figures."""
    model = out / f"{name}.onnx"
    manifest = {"name": name, "version": settings["version"], "file": model.name, "sha256": hashlib.sha256(model.read_bytes()).hexdigest(), "licence": "Apache-2.0", **form}
    for key in ("violations", "calibration", "thresholdPolicy", "measured", "provenance"):
        manifest[key] = settings[key]
    (out / f"{name}.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/vision"))
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent.parent)
    parser.add_argument("--scene", type=Path, required=True)
    parser.add_argument("--heads", type=Path, required=True)
    parser.add_argument("--cigarettes", type=Path)
    parser.add_argument("--size", type=int, nargs=2, default=[640, 384], metavar=("WIDTH", "HEIGHT"))
    args = parser.parse_args()
    settings = json.loads((Path(__file__).with_name("packs.json")).read_text())
    scene = settings["kitchen-scene"]
    export_scene(args.scene, args.data / "weights/yolox_nano/yolox_nano.onnx", args.out / "kitchen-scene.onnx", *args.size, scene["shift"])
    write_manifest(args.out, "kitchen-scene", scene_form(*args.size), scene)
    for name, of, prefix, checkpoint in (("heads", "head", "head_", args.heads), ("cigarettes", "cigarette", "", args.cigarettes)):
        if checkpoint:
            pack = f"kitchen-{name}"
            export_crops(checkpoint, args.out / f"{pack}.onnx", TASKS[name])
            write_manifest(args.out, pack, crops_form(TASKS[name], of, prefix, settings[pack]["smallestPx"]), settings[pack])


if __name__ == "__main__":
    main()
