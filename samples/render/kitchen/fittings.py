"""What hangs on a kitchen's walls: rails, lamps, notices, doors, windows, pipes, clocks."""

from . import materials
from .shapes import PI, box, lathe, tube


def rail(item, rng):
    """Ladles and skimmers hanging on a rail; at: its middle at the wall, z its height."""
    x, y = item["at"]
    z, length = item.get("z", 1.5), item.get("length", 1.6)
    tube([(x - length / 2, y - 0.06, z, 0.012), (x + length / 2, y - 0.06, z, 0.012)], materials.steel(), 8, 6)
    for i in range(int(length / 0.17)):
        at = x - length / 2 + 0.1 + i * 0.17
        long = rng.uniform(0.2, 0.34)
        tube(
            [(at, y - 0.07, z, 0.004), (at, y - 0.08, z - long / 2, 0.004), (at, y - 0.09, z - long, 0.004)],
            materials.steel(),
            6,
            8,
        )
        lathe([(0.001, 0), (0.045, 0.01), (0.05, 0.03)], materials.steel(), (at, y - 0.10, z - long - 0.03), sides=16)


def uv_lamp(item, rng):
    x, y = item["at"]
    box((x, y, item.get("z", 2.2)), (0.9, 0.06, 0.05), materials.plastic(), 0.01)
    tube(
        [(x - 0.42, y - 0.05, item.get("z", 2.2), 0.012), (x + 0.42, y - 0.05, item.get("z", 2.2), 0.012)],
        materials.plain((0.5, 0.5, 0.62), 0.2),
        10,
        4,
    )


def notice(item, rng):
    """A framed paper on the wall; at: middle at the wall; z, size, colour."""
    x, y = item["at"]
    z, (w, h), colour = (
        item.get("z", 1.6),
        item.get("size", [0.34, 0.46]),
        tuple(item.get("colour", (0.80, 0.78, 0.70))),
    )
    box((x, y - 0.008, z), (w, 0.012, h), materials.plain(colour, 0.5), 0)
    ink = materials.plain((0.15, 0.14, 0.14) if sum(colour) > 1.4 else (0.75, 0.75, 0.75))
    for k in range(int(h / 0.055)):
        box((x, y - 0.016, z + h * 0.36 - k * 0.045), (w * 0.75 * rng.uniform(0.6, 1), 0.004, 0.014), ink, 0)


def door(item, rng):
    """A door with a small window on the left wall (x 0) or the right; at [x, y]."""
    x, y = item["at"]
    s = 1 if item.get("side", "left") == "left" else -1
    box(
        (x + s * 0.01, y, 1.05),
        (0.03, 0.9, 2.1),
        materials.plain(tuple(item.get("colour", (0.42, 0.44, 0.45))), 0.4, 0.5, 0.05),
        0.01,
    )
    box((x + s * 0.03, y, 1.55), (0.015, 0.35, 0.5), materials.plain((0.10, 0.13, 0.14), 0.05), 0)


def window(item, rng):
    """A bright pass-through or window in the back wall; at: middle at the wall."""
    x, y = item["at"]
    w, h = item.get("size", [1.0, 0.7])
    z = item.get("z", 1.5)
    box((x, y - 0.012, z), (w + 0.1, 0.03, h + 0.1), materials.plastic((0.6, 0.6, 0.6)), 0.004)
    box(
        (x, y - 0.03, z),
        (w, 0.01, h),
        materials.plain(
            (0.3, 0.3, 0.3), glow=tuple(item.get("glow", (0.85, 0.92, 1.0))), glow_strength=item.get("strength", 1.6)
        ),
        0,
    )
    box((x, y - 0.04, z), (0.03, 0.02, h), materials.plastic((0.6, 0.6, 0.6)), 0)


def extinguisher(item, rng):
    lathe(
        [(0.001, 0), (0.075, 0), (0.08, 0.03), (0.08, 0.42), (0.05, 0.48), (0.02, 0.5), (0.02, 0.55), (0.001, 0.55)],
        materials.plain((0.5, 0.03, 0.02), 0.35),
        (*item["at"], 0.02),
        sides=24,
    )


def pipe(item, rng):
    tube([(*p, item.get("radius", 0.03)) for p in item["points"]], materials.plastic(), 12, 14)


def wall_clock(item, rng):
    x, y = item["at"]
    o = lathe(
        [(0.001, 0), (0.15, 0), (0.15, 0.03), (0.135, 0.03), (0.001, 0.025)],
        materials.plastic((0.7, 0.7, 0.68)),
        (x, y - 0.005, item.get("z", 2.2)),
    )
    o.rotation_euler = (PI / 2, 0, 0)
