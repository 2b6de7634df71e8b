"""The crop classifier: MobileNetV2 with its batch normalisation folded away."""

import torch
import torch.nn.functional as F
from torch import nn

# (expansion, channels, repeats, stride) of MobileNetV2, as published
SHAPE = ((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1))
EPSILON = 1e-3


class Convolution(nn.Module):
    """Convolution with TensorFlow's SAME padding, bias, and ReLU unless `linear` (not ReLU6: torch 1.13 has no
    bfloat16 gradient for it)."""

    def __init__(self, inputs, outputs, kernel, stride=1, groups=1, linear=False):
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, kernel, stride, 0 if stride == 2 else kernel // 2, groups=groups)
        self.odd, self.linear = stride == 2, linear

    def forward(self, x):
        x = self.conv(F.pad(x, (0, 1, 0, 1)) if self.odd else x)
        return x if self.linear else F.relu(x)


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride, expansion):
        super().__init__()
        wide = inputs * expansion
        layers = [Convolution(inputs, wide, 1)] if expansion > 1 else []
        layers += [Convolution(wide, wide, 3, stride, groups=wide), Convolution(wide, outputs, 1, linear=True)]
        self.body, self.same = nn.Sequential(*layers), stride == 1 and inputs == outputs

    def forward(self, x):
        return x + self.body(x) if self.same else self.body(x)


class CropNet(nn.Module):
    """Input RGB in [-1, 1]; output logits [B, answers]."""

    def __init__(self, answers):
        super().__init__()
        layers, inputs = [Convolution(3, 32, 3, 2)], 32
        for expansion, outputs, repeats, stride in SHAPE:
            for i in range(repeats):
                layers.append(Block(inputs, outputs, stride if i == 0 else 1, expansion))
                inputs = outputs
        self.features = nn.Sequential(*layers)
        self.drop = nn.Dropout(0.2)
        self.answers = nn.Linear(inputs, answers)

    def forward(self, x):
        return self.answers(self.drop(self.features(x).mean((2, 3))))


def take_over(net, path):
    """Copies ImageNet weights, each batch normalisation folded into the convolution before it."""
    state = torch.load(path, map_location="cpu")
    own = [m for m in net.modules() if isinstance(m, Convolution)]
    names = [k[: -len(".conv.weight")] for k in state if k.endswith(".conv.weight")]
    for module, name in zip(own, names):
        part = lambda key: state[f"{name}.bn.{key}"]
        scale = part("weight") / torch.sqrt(part("running_var") + EPSILON)
        with torch.no_grad():
            module.conv.weight.copy_(state[f"{name}.conv.weight"] * scale[:, None, None, None])
            module.conv.bias.copy_(part("bias") - part("running_mean") * scale)
