"""A dressed person in a pose: coat, arms that reach where the hands are told to be, trousers, apron, neck, head."""

import math

import numpy as np
from mathutils import Vector

from . import materials
from .hands import add_hand, aim
from .head import add_head
from .headwear import add_hat, add_mask
from .shapes import (
    PI,
    ellipsoid,
    ellipsoid_mesh,
    empty,
    grid_faces,
    merge,
    mesh_object,
    remesh,
    smoothstep,
    tube,
    tube_mesh,
)

HEIGHTS = [0.76, 0.90, 1.02, 1.15, 1.28, 1.36, 1.405, 1.435, 1.47]
HALF_WIDTHS = [0.180, 0.166, 0.152, 0.160, 0.172, 0.160, 0.122, 0.080, 0.064]
HALF_DEPTHS = [0.142, 0.134, 0.120, 0.122, 0.128, 0.114, 0.094, 0.075, 0.066]
FORWARD = [0, 0, 0, -0.004, 0, 0.008, 0.012, 0.012, 0.008]
AROUND = np.linspace(0, 2 * PI, 48, endpoint=False)
UPPER_ARM, FOREARM = 0.290, 0.262


class Trunk:
    """The bent and twisted trunk of one pose: everything worn on it is drawn on its rings."""

    def __init__(self, lean, twist, build):
        self.lean, self.twist, self.build = lean, twist, build

    def bend(self, verts):
        v = np.array(verts, float)
        share = smoothstep(0.86, 1.08, v[:, 2])
        a, y, z, t = self.lean * share, v[:, 1], v[:, 2] - 0.92, self.twist * share
        y2, z2 = y * np.cos(a) - z * np.sin(a), 0.92 + y * np.sin(a) + z * np.cos(a)
        return np.stack([v[:, 0] * np.cos(t) - y2 * np.sin(t), v[:, 0] * np.sin(t) + y2 * np.cos(t), z2], 1)

    def point(self, p):
        return self.bend(np.array([p]))[0]

    def ring(self, z, around, out=0.0, power=2.3):
        a = np.interp(z, HEIGHTS, HALF_WIDTHS) * self.build + out
        b = np.interp(z, HEIGHTS, HALF_DEPTHS) * self.build + out
        c, s = np.cos(around), np.sin(around)
        x = a * np.sign(s) * np.abs(s) ** (2 / power)
        y = np.interp(z, HEIGHTS, FORWARD) - b * np.sign(c) * np.abs(c) ** (2 / power)
        return np.stack([x, y, 0 * around + z], -1)


def _elbow(shoulder, wrist, pole):
    """Two bones from shoulder to wrist; returns elbow and the wrist the arm can really reach."""
    reach = UPPER_ARM + FOREARM - 0.005
    d = wrist - shoulder
    length = np.linalg.norm(d)
    if length > reach:
        wrist, length = shoulder + d / length * reach, reach
    n = (wrist - shoulder) / length
    a = (UPPER_ARM**2 - FOREARM**2 + length**2) / (2 * length)
    side = pole - n * pole.dot(n)
    side /= np.linalg.norm(side)
    return shoulder + n * a + side * math.sqrt(max(0, UPPER_ARM**2 - a * a)), wrist


def _arms(who, pose, trunk):
    arms = {}
    for s, key in ((1, "right"), (-1, "left")):
        shoulder = trunk.point((s * 0.150 * trunk.build, 0.012, 1.372))
        wrist = np.array(pose.get(key, (s * 0.24, -0.05, 0.80)), float)
        pole = np.array(pose.get(key + "_elbow", (s * 0.8, 0.5, -0.6)), float)
        elbow, wrist = _elbow(shoulder, wrist, pole)
        arms[key] = (s, trunk.point((s * 0.09, 0.012, 1.375)), shoulder, elbow, wrist)
    return arms


def _coat(who, trunk, arms, parent):
    short = who.get("sleeves") == "short"
    levels = np.linspace(0.76, 1.475, 40)
    parts = [(trunk.bend(np.concatenate([trunk.ring(z, AROUND) for z in levels])), grid_faces(40, 48))]
    for s, inner, shoulder, elbow, wrist in arms.values():
        points = [
            (*inner, 0.076),
            (*shoulder, 0.064),
            (*(shoulder + (elbow - shoulder) * 0.35), 0.056),
            (*(shoulder + (elbow - shoulder) * 0.8), 0.049),
            (*elbow, 0.047),
        ]
        if not short:
            points += [(*(elbow + (wrist - elbow) * k), r) for k, r in ((0.4, 0.044), (0.8, 0.039), (0.92, 0.038))]
        parts.append(tube_mesh(points, 18, 34, 1))
    verts, faces = merge(parts)
    colour = tuple(who["coat"])
    o = mesh_object("coat", verts, faces, materials.cloth(colour, who.get("dirt", 0.12)), True, parent)
    remesh(o, 0.0085, 4, 0.024, 0.06)
    skin = materials.skin_of_hands(who["head"]["skin"])
    for s, inner, shoulder, elbow, wrist in arms.values():
        fore = [
            (*elbow, 0.046),
            (*(elbow + (wrist - elbow) * 0.35), 0.045),
            (*(elbow + (wrist - elbow) * 0.8), 0.031),
            (*wrist, 0.027),
            (*(wrist + (wrist - elbow) / np.linalg.norm(wrist - elbow) * 0.03), 0.026),
        ]
        if not short:
            fore = fore[2:]
        tube(fore, skin, 16, 18, parent=parent, name="forearm")


def _collar(who, trunk, parent):
    if who.get("collar") == "none":
        return
    levels = np.linspace(1.435, 1.482, 5)
    rings = [
        np.stack(
            [(0.073 + 0.004 * i) * np.sin(AROUND), 0.010 - (0.076 + 0.003 * i) * np.cos(AROUND), 0 * AROUND + z], -1
        )
        for i, z in enumerate(levels)
    ]
    trim = tuple(who.get("trim", who["coat"]))
    o = mesh_object(
        "collar",
        trunk.bend(np.concatenate(rings)),
        grid_faces(5, 48, True, False),
        materials.plain(trim, 0.8),
        True,
        parent,
    )
    o.modifiers.new("thick", "SOLIDIFY").thickness = 0.005
    button = materials.plain((0.05, 0.05, 0.06) if who.get("trim") else (0.55, 0.55, 0.55), 0.4)
    for z in np.linspace(0.98, 1.34, 5):
        for around in (-0.32, 0.32):
            ellipsoid(
                trunk.bend(trunk.ring(z, np.array([around]), 0.010))[0],
                (0.009, 0.006, 0.009),
                button,
                8,
                parent,
                "button",
            )
    edge = [
        (*trunk.bend(trunk.ring(z, np.array([0.42 + 0.1 * (z - 1)]), 0.006))[0], 0.004)
        for z in np.linspace(0.9, 1.42, 14)
    ]
    tube(edge, materials.plain(trim, 0.85), 6, 24, parent=parent, name="placket")


def _legs(who, pose, trunk, parent):
    cloth = materials.plain(tuple(who.get("trousers", (0.03, 0.03, 0.035))), 0.85, 0, 0.4, 18, 0.2, 9)
    parts = [ellipsoid_mesh((0, 0, 0.86), (0.168 * trunk.build, 0.126 * trunk.build, 0.13), 18)]
    for s in (-1, 1):
        dy = s * pose.get("step", 0)
        leg = [
            (s * 0.085, 0, 0.88, 0.098 * trunk.build),
            (s * 0.095, dy * 0.4 - 0.005, 0.66, 0.088),
            (s * 0.10, dy * 0.7 - 0.01, 0.48, 0.067),
            (s * 0.105, dy + 0.01, 0.25, 0.062),
            (s * 0.105, dy + 0.015, 0.06, 0.060),
        ]
        parts.append(tube_mesh(leg, 18, 30))
        v, f = ellipsoid_mesh((s * 0.11, dy - 0.055, 0.035), (0.046, 0.125, 0.042), 12)
        v[:, 2] = np.maximum(v[:, 2], 0.002)
        mesh_object("shoe", v, f, materials.plain(tuple(who.get("shoes", (0.015, 0.015, 0.016))), 0.35), True, parent)
    verts, faces = merge(parts)
    remesh(mesh_object("trousers", verts, faces, cloth, True, parent), 0.010, 4, 0.022, 0.08)


def _apron(who, trunk, parent):
    if not who.get("apron"):
        return
    material = materials.plain(tuple(who["apron"]), 0.8, 0, 0.4, 14, 0.12, 6, dirt=0.15)
    across = np.linspace(-1, 1, 56)
    rows = []
    for z in np.linspace(0.50, 1.30, 48):
        half = np.interp(z, [0.5, 1.0, 1.06, 1.14, 1.30], [1.40, 1.45, 1.25, 0.80, 0.52])
        row = trunk.ring(max(z, 0.80), across * half, 0.024 if z > 1 else 0.029)
        row[:, 2] = z
        hang = max(0.0, 0.9 - z)
        row[:, 1] -= hang * 0.05 + 0.022 * (np.sin(across * 9 + 1) + 0.6 * np.sin(across * 17)) * hang
        row[:, 0] *= 1 + hang * 0.12
        row[:, 1] -= 0.004 * np.sin(across * 5 + z * 22) * (z > 0.9)
        rows.append(row)
    o = mesh_object("apron", trunk.bend(np.concatenate(rows)), grid_faces(48, 56, False, False), material, True, parent)
    o.modifiers.new("thick", "SOLIDIFY").thickness = 0.004
    o.modifiers.new("round", "SUBSURF").render_levels = 1
    b = trunk.build
    for s in (-1, 1):
        strap = [
            (s * 0.072, -0.152 * b, 1.295),
            (s * 0.090, -0.127, 1.38),
            (s * 0.088, -0.06, 1.432),
            (s * 0.070, 0.04, 1.460),
            (0, 0.095, 1.455),
        ]
        tube([(*trunk.point(p), 0.009) for p in strap], material, 8, 22, parent=parent, name="apron strap", flat=0.4)
        band = [trunk.bend(trunk.ring(0.985, np.array([a * s]), 0.026))[0] for a in (1.40, 1.8, 2.4, 3.1)]
        tube([(*p, 0.010) for p in band], material, 8, 18, parent=parent, name="apron band", flat=0.4)


def _neck_and_head(who, pose, trunk, parent):
    low, mid, ears = (trunk.point(p) for p in ((0, 0.012, 1.40), (0, -0.004, 1.49), (0, -0.012, 1.578)))
    points = [(*low, 0.062), (*mid, 0.056), (*(ears + np.array([0, 0.016, -0.03])), 0.055)]
    v, f = tube_mesh(points, 24, 14)
    mesh_object(
        "neck", v, f, materials.painted(), True, parent, np.tile(np.array(who["head"]["skin"]) * 0.92, (len(v), 1))
    )
    turned = (pose.get("nod", 0.05) + trunk.lean * 0.35, pose.get("tilt", 0), pose.get("turn", 0) + trunk.twist)
    holder = empty("head", parent, Vector(ears), turned, who.get("head_size", 1.12))
    look = {**who["head"], **pose.get("face", {})}
    add_head(look, holder)
    if who.get("mask"):
        add_mask(look, who["mask"], who.get("mask_worn", "full"), holder)
    if who.get("hat"):
        add_hat(look, who["hat"], tuple(who.get("hat_colour", (0.70, 0.70, 0.69))), holder)
    return holder


def add_person(who, pose):
    """who: how somebody looks and where they stand; pose: where hands and head are. Returns root, head and hand
    objects."""
    root = empty(
        "person",
        None,
        (*who["at"], 0),
        (0, 0, math.radians(who.get("facing", 0)) + pose.get("facing", 0)),
        who.get("height", 1.72) / 1.72,
    )
    trunk = Trunk(pose.get("lean", 0.1), pose.get("twist", 0), who.get("build", 1))
    arms = _arms(who, pose, trunk)
    _coat(who, trunk, arms, root)
    _collar(who, trunk, root)
    _legs(who, pose, trunk, root)
    _apron(who, trunk, root)
    made = {"root": root, "head": _neck_and_head(who, pose, trunk, root)}
    for key, (s, _inner, _shoulder, elbow, wrist) in arms.items():
        hand = add_hand(root, s, pose.get(key + "_curl", 0.45), who["head"]["skin"], who.get("gloves"))
        toward = pose.get(key + "_points")
        end = wrist + (wrist - elbow) if toward is None else wrist + np.array(toward)
        hand.matrix_local = aim(wrist, end, pose.get(key + "_palm", (-s * 0.35, -0.2, -1)))
        made[key] = hand
    return made
