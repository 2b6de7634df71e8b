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

from crop_net import HeadNet
from crops import LABELS as HEAD_LABELS
from detector import SceneDetector
from targets import CLASSES, INDEX
from train_crops import GROW, INPUT

OPSET = 13
HEADS = [INDEX[n] for n in ("no_mask", "mask", "bare_head", "hat")]
FEWEST_HALVED = 256


class SceneExport(nn.Module):
    """Boxes as fractions of the input, and scores with a first column `head`: the best of the four that make a head."""

    def __init__(self, net, width, height):
        super().__init__()
        self.net, self.size = net, torch.tensor([width, height, width, height], dtype=torch.float32)

    def forward(self, images):
        logits, boxes = self.net(images)
        scores = torch.sigmoid(logits)
        head = scores[:, :, HEADS[0] : HEADS[-1] + 1].amax(2, keepdim=True)
        return boxes / self.size, torch.cat([head, scores], 2)


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


def export_scene(checkpoint, initial, out, width, height):
    net = SceneDetector(str(initial)).eval()
    net.load_state_dict(torch.load(checkpoint))
    torch.onnx.export(
        SceneExport(net, width, height), torch.zeros(1, 3, height, width), str(out), opset_version=OPSET,
        input_names=["images"], output_names=["boxes", "scores"],
    )
    halve(str(out))


def export_heads(checkpoint, out):
    net = HeadNet().eval()
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
        "output": {"decoder": "boxes-scores", "names": ["boxes", "scores"], "activated": True, "nmsIou": 0.5, "minScore": 0.35, "maxDetections": 100},
        "labels": ["head", *CLASSES],
    }


def heads_form(smallest):
    return {
        "task": "classify-crop",
        "input": {"name": "crops", "width": INPUT, "height": INPUT, "layout": "nchw", "channels": "rgb", "fit": "stretch", "pad": 114, "scale": 1 / 127.5, "mean": [1, 1, 1], "std": [1, 1, 1], "batch": "dynamic"},
        "output": {"decoder": "logits-softmax", "names": ["answers"], "minScore": 0.05},
        "labels": [f"head_{n}" for n in HEAD_LABELS],
        "groups": [[0, 1, 2], [3, 4, 5]],
        "crop": {"of": ["head"], "minSizePx": smallest, "grow": [GROW, GROW], "anchor": "center", "unknownLabel": "head_unknown"},
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
    parser.add_argument("--size", type=int, nargs=2, default=[640, 384], metavar=("WIDTH", "HEIGHT"))
    args = parser.parse_args()
    settings = json.loads((Path(__file__).with_name("packs.json")).read_text())
    export_scene(args.scene, args.data / "weights/yolox_nano/yolox_nano.onnx", args.out / "kitchen-scene.onnx", *args.size)
    export_heads(args.heads, args.out / "kitchen-heads.onnx")
    write_manifest(args.out, "kitchen-scene", scene_form(*args.size), settings["kitchen-scene"])
    write_manifest(args.out, "kitchen-heads", heads_form(settings["kitchen-heads"]["smallestHeadPx"]), settings["kitchen-heads"])


if __name__ == "__main__":
    main()
