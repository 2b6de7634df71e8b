"""The scene detector: YOLOX-nano's trunk, new last layers without objectness, and the assignment and loss that train
them."""

import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper
from torch import nn

from onnx_net import OnnxNet
from vocabulary import VOCABULARIES

STRIDES = (8, 16, 32)
FROZEN_CONVOLUTIONS = 20
TOP = 10


class SceneDetector(nn.Module):
    """Input: BGR 0..255, sides divisible by 32. Output: class logits [B,N,C] and boxes x0 y0 x1 y1 in input pixels
    [B,N,4]."""

    def __init__(self, path, vocabulary=VOCABULARIES["scene"]):
        super().__init__()
        classes = vocabulary.classes
        maps = feature_maps(path)
        self.trunk = OnnxNet(path, [m for pair in maps for m in pair])
        self.classes = nn.ModuleList(nn.Conv2d(128, len(classes), 1) for _ in STRIDES)
        self.boxes = nn.ModuleList(nn.Conv2d(64, 4, 1) for _ in STRIDES)
        take_over(self, path, vocabulary)

    def freeze_early(self):
        convolutions = [n for n in self.trunk.nodes if n[0] == "Conv"][:FROZEN_CONVOLUTIONS]
        for _, inputs, _, _ in convolutions:
            for name in inputs[1:]:
                self.trunk.weights["w_" + name.replace(".", "_")].requires_grad = False

    def forward(self, x):
        maps = self.trunk(x)
        logits, boxes = [], []
        for level, stride in enumerate(STRIDES):
            seen, shaped = maps[2 * level], maps[2 * level + 1]
            logits.append(self.classes[level](torch.cat([seen, shaped], 1)).flatten(2).transpose(1, 2))
            raw = self.boxes[level](shaped)
            boxes.append(decode(raw.float(), stride))
        return torch.cat(logits, 1).float(), torch.cat(boxes, 1)


def decode(raw, stride):
    h, w = raw.shape[2:]
    ys, xs = torch.meshgrid(torch.arange(h), torch.arange(w), indexing="ij")
    grid = torch.stack([xs, ys]).to(raw.dtype)
    centre = (raw[:, :2] + grid) * stride
    half = torch.exp(raw[:, 2:].clamp(max=6)) * stride / 2
    return torch.cat([centre - half, centre + half], 1).flatten(2).transpose(1, 2)


def feature_maps(path):
    """Names of the tensors that feed the class and box layers, level by level, read off the graph."""
    by_weight = {n.input[1]: n.input[0] for n in onnx.load(path).graph.node if n.op_type == "Conv"}
    return [(by_weight[f"head.cls_preds.{i}.weight"], by_weight[f"head.reg_preds.{i}.weight"]) for i in range(3)]


def take_over(net, path, vocabulary):
    """Starts from COCO's classes where some are near (person, phone, animals): class and objectness logits added stand
    in for their product."""
    weights = {i.name: torch.from_numpy(numpy_helper.to_array(i).copy()) for i in onnx.load(path).graph.initializer}
    for level in range(3):
        get = lambda part, kind: weights[f"head.{part}_preds.{level}.{kind}"]
        layer = net.classes[level]
        with torch.no_grad():
            nn.init.normal_(layer.weight, std=0.01)
            layer.bias.fill_(-4.6)
            for name, numbers in vocabulary.coco.items():
                layer.weight[vocabulary.classes.index(name), :64] = get("cls", "weight")[numbers].mean(0)
                layer.weight[vocabulary.classes.index(name), 64:] = get("obj", "weight")[0]
                layer.bias[vocabulary.classes.index(name)] = get("cls", "bias")[numbers].mean() + get("obj", "bias")[0]
            net.boxes[level].weight.copy_(get("reg", "weight"))
            net.boxes[level].bias.copy_(get("reg", "bias"))


def pair_iou(a, b):
    """IoU of a [A,4] with b [B,4]."""
    low, high = torch.maximum(a[:, None, :2], b[None, :, :2]), torch.minimum(a[:, None, 2:], b[None, :, 2:])
    inter = (high - low).clamp(min=0).prod(2)
    area = lambda t: (t[:, 2:] - t[:, :2]).clamp(min=0).prod(1)
    return inter / (area(a)[:, None] + area(b)[None] - inter + 1e-9)


def giou_loss(a, b):
    low, high = torch.maximum(a[:, :2], b[:, :2]), torch.minimum(a[:, 2:], b[:, 2:])
    inter = (high - low).clamp(min=0).prod(1)
    union = (a[:, 2:] - a[:, :2]).prod(1) + (b[:, 2:] - b[:, :2]).prod(1) - inter
    hull = (torch.maximum(a[:, 2:], b[:, 2:]) - torch.minimum(a[:, :2], b[:, :2])).prod(1)
    return 1 - inter / (union + 1e-9) + (hull - union) / (hull + 1e-9)


def grid_centres(h, w):
    """Centre points and strides of all cells of an input of h × w."""
    points, strides = [], []
    for s in STRIDES:
        ys, xs = torch.meshgrid(torch.arange(h // s), torch.arange(w // s), indexing="ij")
        points.append((torch.stack([xs, ys], 2).reshape(-1, 2).float() + 0.5) * s)
        strides.append(torch.full((len(points[-1]),), float(s)))
    return torch.cat(points), torch.cat(strides)


def assign(logits, boxes, points, strides, truth, targets):
    """For each cell the object it answers for (or -1) and how well it does: score^.5 · IoU^4, the best ten cells an
    object."""
    scores = torch.sigmoid(logits)
    wanted = (targets == 1).float()
    agreement = (scores[:, None, :] * wanted[None]).sum(2) / wanted.sum(1).clamp(min=1)
    overlaps = pair_iou(boxes, truth)
    inside = torch.cat([points[:, None] - truth[None, :, :2], truth[None, :, 2:] - points[:, None]], 2).amin(2) > 0
    centre = (truth[:, :2] + truth[:, 2:]) / 2
    near = (points[:, None] - centre[None]).abs().amax(2) < 1.5 * strides[:, None]
    allowed = inside | near
    fit = (agreement.clamp(min=1e-4) ** 0.5 * (overlaps + 0.02) ** 4) * allowed
    top = fit.topk(min(TOP, len(points)), dim=0)
    chosen = torch.zeros_like(fit).scatter_(0, top.indices, 1.0) * (fit > 0)
    best = (overlaps + 1e-6) * chosen
    value, owner = best.max(1)
    owner = torch.where(value > 0, owner, torch.full_like(owner, -1))
    quality = fit / fit.amax(0, keepdim=True).clamp(min=1e-12) * (overlaps * chosen).amax(0, keepdim=True)
    quality = quality.gather(1, owner.clamp(min=0)[:, None])[:, 0]
    return owner, quality.clamp(0.1, 1) * (owner >= 0)


def unknown_cells(points, ignored, rows):
    """[A,C] true where a cell lies in a region in which a class must not be judged."""
    if not len(ignored):
        return torch.zeros(len(points), rows.shape[1], dtype=torch.bool)
    inside = torch.cat([points[:, None] - ignored[None, :, :2], ignored[None, :, 2:] - points[:, None]], 2).amin(2) > 0
    return (inside.float() @ rows) > 0


def loss_of(logits, boxes, items, size):
    """Varifocal class loss plus GIoU, summed over the batch and divided by the positives."""
    points, strides = grid_centres(*size)
    class_loss, box_loss, weight = 0.0, 0.0, 1.0
    for logit, box, (truth, targets, ignored, rows) in zip(logits, boxes, items):
        goal = torch.zeros_like(logit)
        known = ~unknown_cells(points, ignored, rows)
        if len(truth):
            with torch.no_grad():
                owner, quality = assign(logit, box, points, strides, truth, targets)
            mine = owner >= 0
            rowed = targets[owner[mine]]
            goal[mine] = (rowed == 1).float() * quality[mine, None]
            known[mine] = rowed >= 0
            box_loss = box_loss + (giou_loss(box[mine], truth[owner[mine]]) * quality[mine]).sum()
            weight += float(quality.sum())
        chance = torch.sigmoid(logit.detach())
        focus = torch.where(goal > 0, goal, 0.75 * chance**2)
        class_loss = (
            class_loss + (F.binary_cross_entropy_with_logits(logit, goal, reduction="none") * focus * known).sum()
        )
    return class_loss / weight, 2.0 * box_loss / weight
