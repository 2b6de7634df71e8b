"""Runs the initial ONNX weights as an ordinary torch module, so that training can go on from them."""

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper
from torch import nn

from fast_silu import silu


def attributes(node):
    return {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}


class OnnxNet(nn.Module):
    """Executes the nodes of `path` that lead to `outputs` (tensor names); float initialisers become parameters."""

    def __init__(self, path, outputs=None):
        super().__init__()
        graph = onnx.load(path).graph
        values = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
        for node in graph.node:
            if node.op_type == "Constant":
                values[node.output[0]] = numpy_helper.to_array(attributes(node)["value"])
        self.input = next(i.name for i in graph.input if i.name not in values)
        self.outputs = outputs or [o.name for o in graph.output]
        nodes = [(n.op_type, list(n.input), n.output[0], attributes(n)) for n in needed(graph.node, self.outputs)]
        self.nodes = fuse_silu(nodes)
        trained = {name for op, inputs, _, _ in self.nodes if op == "Conv" for name in inputs[1:]}
        self.fixed = {k: v for k, v in values.items() if k not in trained}
        self.weights = nn.ParameterDict(
            {safe(k): nn.Parameter(torch.from_numpy(np.array(values[k]))) for k in sorted(trained)}
        )

    def forward(self, x):
        values = {self.input: x}
        for op, inputs, output, attrs in self.nodes:
            args = [self.value(values, name) for name in inputs]
            values[output] = RUN[op](args, attrs)
        return [values[name] for name in self.outputs]

    def value(self, values, name):
        if name in values:
            return values[name]
        return self.weights[safe(name)] if safe(name) in self.weights else self.fixed.get(name)


def needed(nodes, outputs):
    """The nodes that `outputs` depend on, in order."""
    wanted, kept = set(outputs), []
    for node in reversed(nodes):
        if node.op_type != "Constant" and wanted & set(node.output):
            kept.append(node)
            wanted |= set(node.input)
    return kept[::-1]


def fuse_silu(nodes):
    """x * sigmoid(x) as one step: it keeps one map less in memory for the backward pass."""
    gates = {output: inputs[0] for op, inputs, output, _ in nodes if op == "Sigmoid"}
    fused = [
        ("Silu", inputs[:1], output, attrs)
        if op == "Mul" and gates.get(inputs[1]) == inputs[0]
        else (op, inputs, output, attrs)
        for op, inputs, output, attrs in nodes
    ]
    used = {name for _, inputs, _, _ in fused for name in inputs}
    return [n for n in fused if n[0] != "Sigmoid" or n[2] in used]


def safe(name):
    return "w_" + name.replace(".", "_")


def convolve(args, attrs):
    bias = args[2] if len(args) > 2 else None
    return F.conv2d(
        args[0],
        args[1],
        bias,
        attrs.get("strides", [1, 1]),
        attrs.get("pads", [0, 0])[:2],
        attrs.get("dilations", [1, 1]),
        attrs["group"],
    )


def cut(args, attrs):
    starts, ends, axes, steps = [np.array(a).tolist() for a in args[1:5]]
    index = [slice(None)] * args[0].dim()
    for start, end, axis, step in zip(starts, ends, axes, steps):
        index[axis] = slice(start, end if end < 2**31 - 1 else None, step)
    return args[0][tuple(index)]


RUN = {
    "Conv": convolve,
    "Relu": lambda a, k: F.relu(a[0]),
    "Silu": lambda a, k: silu(a[0]),
    "Sigmoid": lambda a, k: torch.sigmoid(a[0]),
    "Mul": lambda a, k: a[0] * a[1],
    "Add": lambda a, k: a[0] + a[1],
    "Concat": lambda a, k: torch.cat(a, k["axis"]),
    "Slice": cut,
    "MaxPool": lambda a, k: F.max_pool2d(a[0], k["kernel_shape"], k["strides"], k["pads"][:2]),
    "Resize": lambda a, k: F.interpolate(a[0], scale_factor=2, mode="nearest"),
    "Transpose": lambda a, k: a[0].permute(k["perm"]),
}
