"""Steam over pots and smoke over a cigarette: soft noise that rises and comes round again, laid over a finished
picture."""

import cv2
import numpy as np


def _noise(height, width, cells_x, cells_y, seed, rise, octaves=4):
    """Fractal value noise that repeats when rise grows by 1."""
    total, strength = np.zeros((height, width), np.float32), 1.0
    yy, xx = np.meshgrid(np.linspace(0, 1, height), np.linspace(0, 1, width), indexing="ij")
    random = np.random.RandomState(seed)
    for k in range(octaves):
        nx, ny = cells_x * 2**k, cells_y * 2**k
        grid = random.rand(ny, nx)
        u, v = xx * nx, (yy * ny + rise * ny) % ny
        i, j = u.astype(int) % nx, v.astype(int) % ny
        fu, fv = u - np.floor(u), v - np.floor(v)
        fu, fv = fu * fu * (3 - 2 * fu), fv * fv * (3 - 2 * fv)
        right, below = (i + 1) % nx, (j + 1) % ny
        top = grid[j, i] * (1 - fu) + grid[j, right] * fu
        bottom = grid[below, i] * (1 - fu) + grid[below, right] * fu
        total += strength * (top * (1 - fv) + bottom * fv)
        strength *= 0.55
    return total / 2.1


def plume(phase, seed, size=128, narrow=0.10, wide=0.55, density=0.6, lean=0.0):
    """Opacity (size, size) of a plume that stands at the bottom middle; phase 0 and 1 are alike; lean: how far
    the top is blown to the right, in half widths."""
    up, across = np.meshgrid(np.linspace(1, 0, size), np.linspace(-1, 1, size), indexing="ij")
    fine, broad = _noise(size, size, 4, 3, seed, phase), _noise(size, size, 2, 2, seed + 5, phase, 3)
    bent = across - lean * up + (broad - 0.5) * 1.1 * up
    body = np.exp(-((bent / (narrow + (wide - narrow) * up)) ** 2)) * np.clip((fine - 0.28) * 2.2, 0, 1)
    return np.clip(body * np.clip((1 - up) * 2.2, 0, 1) * np.clip(up / 0.04, 0, 1) * density, 0, 1).astype(np.float32)


def lay_over(picture, opacity, foot, width, height, colour):
    """Blends a plume into a BGR picture; foot: its lowest point in pixels; changes the picture in place."""
    w, h = max(2, int(width)), max(2, int(height))
    x0, y0 = int(foot[0] - w / 2), int(foot[1] - h)
    a = cv2.resize(opacity, (w, h))
    left, top, right, bottom = max(0, x0), max(0, y0), min(picture.shape[1], x0 + w), min(picture.shape[0], y0 + h)
    if right <= left or bottom <= top:
        return
    a = a[top - y0 : bottom - y0, left - x0 : right - x0, None]
    under = picture[top:bottom, left:right].astype(np.float32)
    picture[top:bottom, left:right] = (under * (1 - a) + np.array(colour, np.float32) * a).astype(np.uint8)
