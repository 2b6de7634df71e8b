"""Makes a clean rendering look like a cheap ceiling camera: lens, glow, sharpening, noise, the clock burnt into the
picture."""

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
BARREL, SHRINK, FOCAL = 0.10, 0.90, 0.66  # how far the lens bends, and how much of the picture's rim it cuts


def _scale_at(u, v):
    return (1 + BARREL * (u * u + v * v)) * SHRINK


def lens_maps(width, height):
    """Where each pixel of the bent picture comes from, for cv2.remap."""
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    f = width * FOCAL
    u, v = (x - width / 2) / f, (y - height / 2) / f
    s = _scale_at(u, v)
    return (u * s * f + width / 2).astype(np.float32), (v * s * f + height / 2).astype(np.float32)


def bend_point(x, y, width, height):
    """Where a point of the straight picture (fractions) lies after the lens."""
    f = width * FOCAL
    straight = np.array([(x - 0.5) * width / f, (y - 0.5) * height / f])
    bent = straight / SHRINK
    for _ in range(8):
        bent = straight / _scale_at(*bent)
    return bent[0] * f / width + 0.5, bent[1] * f / height + 0.5


def bend_box(box, width, height):
    """[x0, y0, x1, y1] of the straight picture to [x, y, w, h] of the bent one, cut to the picture;
    None when outside."""
    x0, y0, x1, y1 = box
    middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
    points = [
        bend_point(x, y, width, height) for x, y in ((x0, middle_y), (x1, middle_y), (middle_x, y0), (middle_x, y1))
    ]
    left, right = max(0.0, points[0][0]), min(1.0, points[1][0])
    top, bottom = max(0.0, points[2][1]), min(1.0, points[3][1])
    if right - left < 0.002 or bottom - top < 0.002:
        return None
    return [round(v, 4) for v in (left, top, right - left, bottom - top)]


class Camera:
    """One camera's own lens, grain and lettering, the same for all its frames."""

    def __init__(self, width, height, title, seed, noise=3.0, blur=0.7, sharpen=0.6, cast=(1.0, 1.0, 1.0)):
        self.width, self.height, self.title, self.noise, self.blur, self.sharpen = (
            width,
            height,
            title,
            noise,
            blur,
            sharpen,
        )
        self.maps = lens_maps(width, height)
        self.random = np.random.RandomState(seed)
        self.fixed = self._grain() * 0.5
        yy, xx = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
        self.shade = ((1 - 0.16 * (xx**2 + yy**2))[..., None] * np.array(cast[::-1])).astype(np.float32)
        self.small, self.large = ImageFont.truetype(FONT, height // 30), ImageFont.truetype(FONT, height // 26)

    def _grain(self):
        n = cv2.GaussianBlur(self.random.randn(self.height, self.width, 3).astype(np.float32), (0, 0), 0.7) * self.noise
        return n.mean(2, keepdims=True) * 1.6 + n * 0.3

    def expose(self, picture, clock=None):
        """picture: BGR uint8, straight. Returns the frame as the recorder would store it."""
        frame = cv2.remap(picture, *self.maps, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE).astype(np.float32)
        glow = cv2.GaussianBlur(
            np.maximum(cv2.resize(frame, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA) - 215, 0), (0, 0), 6
        )
        frame += 0.9 * cv2.resize(glow, (self.width, self.height))
        if self.blur:
            frame = cv2.GaussianBlur(frame, (0, 0), self.blur)
        frame += self.sharpen * (frame - cv2.GaussianBlur(frame, (0, 0), 2))
        frame = (frame * self.shade) * 0.95 + 7 + self.fixed + self._grain() * 0.6
        frame = np.clip(frame, 0, 255).astype(np.uint8)
        return self._letter(frame, clock) if clock or self.title else frame

    def _letter(self, frame, clock):
        image = Image.fromarray(cv2.cvtColor(frame, cv2.COLOR_BGR2RGB))
        draw = ImageDraw.Draw(image)
        ink = dict(fill=(245, 245, 245), stroke_width=1, stroke_fill=(25, 25, 25))
        if clock:
            draw.text((18, 10), clock, font=self.small, **ink)
        if self.title:
            wide = draw.textlength(self.title, font=self.large)
            draw.text((self.width - wide - 20, self.height - self.height // 15), self.title, font=self.large, **ink)
        return cv2.cvtColor(np.array(image), cv2.COLOR_RGB2BGR)
