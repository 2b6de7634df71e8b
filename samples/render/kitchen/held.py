"""What people hold or have in the mouth: knives, ladles, baskets, phones, cigarettes."""

from . import materials
from .shapes import PI, box, ellipsoid, empty, lathe, tube


def knife(hand):
    box((0, -0.032, -0.070), (0.024, 0.024, 0.11), materials.black(), 0.006, 0, hand, "knife")
    box((0, -0.045, -0.225), (0.003, 0.075, 0.20), materials.steel(), 0.001, 0, hand, "knife")


def ladle(hand):
    tube(
        [
            (0, -0.03, -0.02, 0.006),
            (0, -0.03, -0.10, 0.006),
            (-0.02, -0.05, -0.30, 0.005),
            (-0.03, -0.06, -0.36, 0.005),
        ],
        materials.steel(),
        8,
        16,
        parent=hand,
        name="ladle",
    )
    ellipsoid((-0.03, -0.065, -0.375), (0.045, 0.045, 0.022), materials.steel(), 10, hand, "ladle")


def basket(hand):
    """A noodle basket on a long handle."""
    steel = materials.steel()
    tube(
        [(0, -0.03, 0.02, 0.008), (0, -0.03, -0.16, 0.008), (0, -0.03, -0.20, 0.004)],
        materials.wood(),
        8,
        10,
        parent=hand,
        name="basket",
    )
    bowl = empty("basket", hand, (0, -0.03, -0.27), (PI / 2, 0, 0))
    lathe(
        [(0.03, -0.10), (0.05, -0.09), (0.062, 0.0), (0.066, 0.004), (0.060, 0.0), (0.04, -0.06), (0.001, -0.06)],
        steel,
        parent=bowl,
        name="basket",
    )
    for k in range(7):
        x = -0.045 + 0.015 * k
        tube(
            [(x, 0.02, -0.01, 0.006), (x + 0.01, -0.02, 0.0, 0.006), (x - 0.005, 0.03, 0.005, 0.006)],
            materials.plain((0.72, 0.62, 0.38), 0.5),
            6,
            10,
            parent=bowl,
            name="noodles",
        )


def cloth(hand):
    box(
        (0, -0.025, -0.08),
        (0.16, 0.02, 0.14),
        materials.plain((0.30, 0.42, 0.55), 0.9, 0, 0.8, 30),
        0.008,
        0,
        hand,
        "cloth",
    )


def phone(hand):
    """Lies in the palm, its lit screen toward where the palm looks."""
    box((0, -0.030, -0.125), (0.078, 0.009, 0.162), materials.black(), 0.006, 0, hand, "phone")
    box(
        (0, -0.0348, -0.125),
        (0.071, 0.001, 0.150),
        materials.plain((0.02, 0.02, 0.02), glow=(0.45, 0.65, 0.95), glow_strength=1.6),
        0,
        0,
        hand,
        "phone",
    )
    box((0, -0.0255, -0.125), (0.075, 0.001, 0.156), materials.plain((0.04, 0.05, 0.08), 0.12), 0, 0, hand, "phone")
    for k in (-0.012, 0.012):
        lathe(
            [(0.001, 0), (0.008, 0), (0.008, 0.002), (0.001, 0.002)],
            materials.plain((0.25, 0.26, 0.28), 0.1),
            (k - 0.018, -0.0225, -0.185),
            hand,
            "phone",
        ).rotation_euler = (PI / 2, 0, 0)


def _cigarette(parent, start, end):
    a, b = start, end
    at = lambda k: tuple(p + (q - p) * k for p, q in zip(a, b))
    tube(
        [(*at(0), 0.0050), (*at(0.28), 0.0050)],
        materials.plain((0.62, 0.34, 0.10), 0.8),
        8,
        4,
        parent=parent,
        name="cigarette",
    )
    tube(
        [(*at(0.28), 0.0049), (*at(0.94), 0.0049)],
        materials.plain((0.86, 0.86, 0.84), 0.8),
        8,
        6,
        parent=parent,
        name="cigarette",
    )
    tube(
        [(*at(0.94), 0.0047), (*at(1), 0.0044)],
        materials.plain((0.10, 0.10, 0.10), 0.9, glow=(1, 0.22, 0.03), glow_strength=3),
        8,
        4,
        parent=parent,
        name="cigarette",
    )
    return empty("cigarette tip", parent, end)


def cigarette(hand):
    """Between two fingers, the filter on the palm's side."""
    return _cigarette(hand, (0.004, -0.034, -0.122), (-0.012, 0.048, -0.142))


def cigarette_in_mouth(head):
    return _cigarette(head, (0.010, -0.100, -0.0575), (0.048, -0.168, -0.078))


IN_HAND = {"knife": knife, "ladle": ladle, "basket": basket, "cloth": cloth, "phone": phone, "cigarette": cigarette}
