"""A hand with bent fingers, bare or gloved, and the matrix that puts it at the end of an arm."""

import math

import numpy as np
from mathutils import Matrix

from . import materials
from .shapes import ellipsoid_mesh, merge, mesh_object, remesh, tube_mesh

GLOVES = {"white": (0.80, 0.80, 0.78), "blue": (0.30, 0.48, 0.68), "clear": (0.62, 0.60, 0.56)}


def add_hand(parent, side, curl, skin, glove=None):
    """Wrist at the origin, fingers to -z, palm to -y; curl 0 (flat) to 1 (fist)."""
    parts = [
        ellipsoid_mesh((0, 0, -0.045), (0.042, 0.017, 0.052), 12),
        ellipsoid_mesh((0, 0, -0.005), (0.028, 0.021, 0.03), 10),
    ]
    for i, at in enumerate((-0.031, -0.010, 0.011, 0.030)):
        length, bend, p = (0.066, 0.076, 0.072, 0.056)[i], 0.0, np.array([at, 0, -0.085])
        points = [(*p, 0.0098)]
        for k, share in enumerate((0.45, 0.31, 0.24)):
            bend += curl * (0.9 if k == 0 else 1.25)
            p = p + np.array([at * 0.12, -math.sin(bend) * length * share, -math.cos(bend) * length * share])
            points.append((*p, 0.0090 - 0.0009 * k))
        parts += [tube_mesh(points, 10, 14, 1), ellipsoid_mesh(points[-1][:3], (0.0072,) * 3, 8)]
    s = -side
    thumb = [
        (s * 0.030, -0.004, -0.02, 0.015),
        (s * 0.050, -0.014 - 0.01 * curl, -0.050, 0.0125),
        (s * 0.050 - s * 0.018 * curl, -0.026 - 0.018 * curl, -0.078, 0.0098),
        (s * 0.047 - s * 0.03 * curl, -0.032 - 0.022 * curl, -0.092, 0.007),
    ]
    parts.append(tube_mesh(thumb, 10, 14))
    verts, faces = merge(parts)
    material = materials.plain(GLOVES[glove], 0.35, 0, 0.3, 40) if glove else materials.skin_of_hands(skin)
    return remesh(mesh_object("hand", verts, faces, material, True, parent), 0.0042, 3)


def aim(start, end, palm):
    """Matrix that lays -z from start to end and turns -y toward palm."""
    z = np.array(start, float) - np.array(end, float)
    z /= np.linalg.norm(z)
    palm = np.array(palm, float) / np.linalg.norm(palm)
    if abs(palm.dot(z)) > 0.93:
        palm = np.array([-1.0, -0.1, 0.05])
    y = -palm + z * z.dot(palm)
    y /= np.linalg.norm(y) + 1e-9
    x = np.cross(y, z)
    return Matrix(
        [[x[0], y[0], z[0], start[0]], [x[1], y[1], z[1], start[1]], [x[2], y[2], z[2], start[2]], [0, 0, 0, 1]]
    )
