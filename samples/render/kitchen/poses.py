"""What people do: each motion gives the pose at a phase between 0 and 1 and comes back to where it began."""

import math

TAU = 2 * math.pi


def chop(u, w):
    fall = abs(math.sin(u * TAU))
    return dict(
        lean=0.22,
        nod=w.get("nod", 0.10),
        turn=w.get("turn", 0.0),
        right=(0.10 - 0.01 * fall, -0.40, 0.945 + 0.055 * fall),
        left=(-0.13, -0.42, 0.94),
        right_points=(-0.01, -0.07, -0.05),
        left_points=(0.04, -0.07, -0.045),
        right_curl=0.8,
        left_curl=0.5,
    )


def slice_(u, w):
    s = math.sin(u * TAU)
    return {**chop(0, w), "right": (0.10, -0.41 + 0.045 * s, 0.955 + 0.012 * math.cos(u * TAU)), "twist": 0.02 * s}


def stir(u, w):
    """One hand on the handle of the wok, the other stirs."""
    s, c = math.sin(u * TAU), math.cos(u * TAU)
    return dict(
        lean=0.14,
        nod=w.get("nod", 0.12),
        turn=w.get("turn", 0.0),
        left=(-0.13 + 0.05 * s, -0.36 + 0.05 * c, 1.13),
        right=(0.12, -0.35, 1.03 + 0.012 * s),
        left_points=(0.0, -0.08, -0.06),
        left_curl=0.9,
        right_curl=0.9,
        right_points=(-0.03, -0.09, -0.02),
        twist=0.03 * s,
    )


def dip(u, w):
    """Lifting a noodle basket out of the water and letting it drip."""
    up = 0.5 - 0.5 * math.cos(u * TAU)
    return dict(
        lean=0.12,
        nod=w.get("nod", 0.08) + 0.05 * (1 - up),
        turn=w.get("turn", 0.0),
        right=(0.12, -0.42, 1.02 + 0.16 * up),
        left=(-0.20, -0.36, 1.00),
        right_points=(-0.01, -0.09, -0.012),
        right_palm=(0, 0, -1),
        right_curl=0.95,
        left_curl=0.6,
    )


def wash(u, w):
    s, c = math.sin(u * TAU), math.cos(u * TAU)
    return dict(
        lean=0.26,
        nod=w.get("nod", 0.06),
        turn=w.get("turn", 0.0),
        right=(0.11 + 0.03 * s, -0.42 + 0.03 * c, 0.93 + 0.015 * c),
        left=(-0.12, -0.43, 0.935),
        right_points=(-0.04, -0.06, -0.03),
        left_points=(0.04, -0.06, -0.02),
        right_curl=0.55,
        left_curl=0.6,
    )


def plate(u, w):
    s = math.sin(u * TAU)
    reach = 0.5 - 0.5 * math.cos(u * TAU)
    return dict(
        lean=0.18,
        nod=w.get("nod", 0.08),
        turn=w.get("turn", 0.0) + 0.10 * reach,
        right=(0.16 - 0.10 * reach, -0.40, 0.97 + 0.06 * abs(s)),
        left=(-0.14, -0.40, 0.945),
        right_points=(-0.03, -0.07, -0.06),
        left_points=(0.03, -0.08, -0.03),
        right_curl=0.6,
        left_curl=0.45,
        twist=-0.06 * reach,
    )


def wipe(u, w):
    s = math.sin(u * TAU)
    return dict(
        lean=0.24,
        nod=w.get("nod", 0.08),
        turn=w.get("turn", 0.0) + 0.08 * s,
        right=(0.12 + 0.12 * s, -0.42, 0.93),
        left=(-0.22, -0.34, 0.93),
        right_points=(-0.02, -0.09, -0.03),
        left_points=(0, -0.09, -0.03),
        right_curl=0.2,
        left_curl=0.25,
        twist=0.08 * s,
    )


def stand(u, w):
    s = math.cos(u * TAU)
    return dict(
        lean=0.02 + 0.004 * s,
        nod=w.get("nod", 0.03) + 0.01 * s,
        turn=w.get("turn", 0.0),
        right=(0.10, -0.22, 1.02),
        left=(-0.08, -0.23, 1.04),
        right_points=(-0.09, -0.03, 0.0),
        left_points=(0.09, -0.03, 0.0),
        right_curl=0.4,
        left_curl=0.4,
        step=0.03,
    )


def hold_phone(u, w):
    s = math.cos(u * TAU)
    return dict(
        lean=0.04,
        nod=w.get("nod", 0.12),
        turn=w.get("turn", 0.0) + 0.02 * s,
        right=(0.10, -0.27, 1.25 + 0.006 * s),
        left=(-0.20, -0.20, 1.00 + 0.006 * s),
        right_points=(-0.020, -0.030, 0.075),
        left_points=(0.03, -0.05, -0.06),
        right_palm=(-0.25, 1, 0.35),
        right_curl=0.55,
        left_curl=0.35,
        right_elbow=(0.7, 0.2, -0.9),
        step=0.03,
        face=dict(gaze_up=-0.0026),
    )


def call(u, w):
    s = math.cos(u * TAU)
    return dict(
        lean=0.03,
        nod=w.get("nod", 0.04) + 0.03 * s,
        turn=w.get("turn", 0.0),
        tilt=-0.12,
        right=(0.155, -0.045, 1.475),
        left=(-0.14, -0.22, 1.03 + 0.03 * s),
        right_points=(-0.02, 0.01, 0.08),
        right_palm=(-1, 0.05, 0.1),
        right_curl=0.5,
        right_elbow=(0.9, -0.1, -0.7),
        left_points=(0.07, -0.05, 0.02),
        step=0.03,
    )


def puff(u, w):
    """A cigarette goes from the chest to the lips and back."""
    up = 0.5 - 0.5 * math.cos(u * TAU)
    mix = lambda a, b: tuple(p + (q - p) * up for p, q in zip(a, b))
    return dict(
        lean=0.05,
        nod=w.get("nod", 0.02) - 0.04 * up,
        turn=w.get("turn", 0.0),
        right=mix((0.19, -0.30, 1.24), (0.105, -0.150, 1.425)),
        left=(-0.12, -0.23, 1.02),
        right_points=mix((-0.05, -0.05, 0.06), (-0.055, -0.02, 0.055)),
        right_palm=mix((-0.5, 0.8, 0.2), (-0.4, 0.8, 0.3)),
        right_curl=0.38,
        right_elbow=(0.9, 0.1, -0.8),
        left_points=(0.08, -0.03, 0.0),
        left_curl=0.4,
        step=0.03,
    )


MOTIONS = {
    "chop": chop,
    "slice": slice_,
    "stir": stir,
    "dip": dip,
    "wash": wash,
    "plate": plate,
    "wipe": wipe,
    "stand": stand,
    "hold phone": hold_phone,
    "call": call,
    "puff": puff,
}


def pose_at(segment, i):
    """The pose at tick i of a segment {do, ticks, cycles?, glance?, look_up?, ...}; values are rounded so that equal
    poses are found."""
    u = (segment.get("phase", 0) + i * segment.get("cycles", 1) / segment["ticks"]) % 1
    pose = MOTIONS[segment["do"]](0 if segment.get("still") else u, segment)
    away = math.sin(math.pi * i / segment["ticks"]) ** 2
    pose["turn"] = pose.get("turn", 0) + segment.get("glance", 0) * away
    pose["nod"] = pose.get("nod", 0) + segment.get("look_down", 0) * away
    pose["twist"] = pose.get("twist", 0) + 0.25 * segment.get("glance", 0) * away
    return {k: _rounded(v) for k, v in pose.items()}


def _rounded(value):
    if isinstance(value, dict):
        return {k: _rounded(v) for k, v in value.items()}
    return tuple(round(float(v), 3) for v in value) if isinstance(value, tuple) else round(float(value), 3)


def timeline(segments):
    """(distinct poses, for every tick the number of its pose)."""
    poses, order = [], []
    for segment in segments:
        for i in range(segment["ticks"]):
            pose = pose_at(segment, i)
            if pose not in poses:
                poses.append(pose)
            order.append(poses.index(pose))
    return poses, order
