"""Meshes out of numbers: boxes, lathed pots, tubes, ellipsoids, and the few curves everything else is drawn with."""

import math

import bpy
import numpy as np

PI = math.pi


def smoothstep(low, high, x):
    t = np.clip((x - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def bump(x, z, at_x, at_z, wide, tall):
    """A round hill of height 1, for pressing features into a face."""
    return np.exp(-(((x - at_x) / wide) ** 2) - ((z - at_z) / tall) ** 2)


def empty(name, parent=None, location=(0, 0, 0), rotation=(0, 0, 0), scale=1.0):
    o = bpy.data.objects.new(name, None)
    bpy.context.scene.collection.objects.link(o)
    o.location, o.rotation_euler, o.scale = location, rotation, (scale,) * 3
    o.parent = parent
    return o


def mesh_object(name, verts, faces, material, smooth=True, parent=None, colours=None):
    """verts: (n, 3) metres; colours: (n, 3) linear RGB kept in the vertex layer 'Col'."""
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata([tuple(v) for v in verts], [], [tuple(f) for f in faces])
    mesh.update()
    if smooth:
        mesh.polygons.foreach_set("use_smooth", [True] * len(mesh.polygons))
    if colours is not None:
        layer = mesh.color_attributes.new("Col", "FLOAT_COLOR", "POINT")
        rgba = np.ones((len(verts), 4))
        rgba[:, :3] = colours
        layer.data.foreach_set("color", rgba.ravel())
    if material:
        mesh.materials.append(material)
    o = bpy.data.objects.new(name, mesh)
    bpy.context.scene.collection.objects.link(o)
    o.parent = parent
    return o


def box(centre, size, material, bevel=0.006, turn=0.0, parent=None, name="box"):
    x, y, z = [k / 2 for k in size]
    verts = [(a * x, b * y, c * z) for a in (-1, 1) for b in (-1, 1) for c in (-1, 1)]
    faces = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
    o = mesh_object(name, verts, faces, material, False, parent)
    o.location, o.rotation_euler = centre, (0, 0, turn)
    if bevel:
        m = o.modifiers.new("bevel", "BEVEL")
        m.width, m.segments = min(bevel, min(size) * 0.4), 2
    return o


def grid_faces(rows, columns, closed=True, cap=True):
    faces = []
    for i in range(rows - 1):
        for j in range(columns if closed else columns - 1):
            k = (j + 1) % columns
            faces.append((i * columns + j, i * columns + k, (i + 1) * columns + k, (i + 1) * columns + j))
    if cap:
        faces.append(tuple(range(columns))[::-1])
        faces.append(tuple(range((rows - 1) * columns, rows * columns)))
    return faces


def lathe(profile, material, at=(0, 0, 0), parent=None, name="lathe", sides=36, scale=(1, 1)):
    """profile: (radius, height) pairs turned about the upright axis."""
    t = np.linspace(0, 2 * PI, sides, endpoint=False)
    verts = []
    for r, z in profile:
        verts += [(r * math.cos(a) * scale[0], r * math.sin(a) * scale[1], z) for a in t]
    o = mesh_object(name, verts, grid_faces(len(profile), sides), material, True, parent)
    o.location = at
    o.modifiers.new("edges", "EDGE_SPLIT").split_angle = 0.7
    return o


def disc(at, radius, material, name="disc", sides=36):
    t = np.linspace(0, 2 * PI, sides, endpoint=False)
    o = mesh_object(
        name, np.stack([radius * np.cos(t), radius * np.sin(t), 0 * t], 1), [tuple(range(sides))], material, False
    )
    o.location = at
    return o


def resample(points, count):
    points = np.array(points, float)
    steps = np.linalg.norm(np.diff(points[:, :3], axis=0), axis=1)
    along = np.r_[0, np.cumsum(steps)]
    t = np.linspace(0, along[-1], count)
    return np.stack([np.interp(t, along, points[:, k]) for k in range(points.shape[1])], 1)


def soften(rows, times=2):
    for _ in range(times):
        rows[1:-1] = 0.25 * rows[:-2] + 0.5 * rows[1:-1] + 0.25 * rows[2:]
    return rows


def tube_mesh(points, sides=16, segments=24, softness=2, flat=1.0):
    """points: rows of x, y, z, radius. Returns verts and faces."""
    p = soften(resample(points, segments), softness)
    along = np.gradient(p[:, :3], axis=0)
    along /= np.linalg.norm(along, axis=1)[:, None] + 1e-9
    up = np.array([0, 0, 1.0]) if abs(along[0, 2]) < 0.9 else np.array([0, 1.0, 0])
    x = np.cross(up, along[0])
    angles = np.linspace(0, 2 * PI, sides, endpoint=False)
    verts = []
    for row, direction in zip(p, along):
        x = x - direction * x.dot(direction)
        x /= np.linalg.norm(x) + 1e-9
        y = np.cross(direction, x)
        verts += [row[:3] + row[3] * (math.cos(a) * x + flat * math.sin(a) * y) for a in angles]
    return np.array(verts), grid_faces(len(p), sides)


def tube(points, material, sides=16, segments=24, softness=2, parent=None, name="tube", flat=1.0):
    verts, faces = tube_mesh(points, sides, segments, softness, flat)
    return mesh_object(name, verts, faces, material, True, parent)


def ellipsoid_mesh(centre, radii, rings=16):
    theta = np.linspace(0, PI, rings + 1)[:, None]
    phi = np.linspace(0, 2 * PI, 2 * rings, endpoint=False)[None]
    x = radii[0] * np.sin(theta) * np.cos(phi)
    y = radii[1] * np.sin(theta) * np.sin(phi)
    z = radii[2] * np.cos(theta) + 0 * phi
    verts = np.stack([x, y, z], -1).reshape(-1, 3) + np.array(centre)
    return verts, grid_faces(rings + 1, 2 * rings, True, False)


def ellipsoid(centre, radii, material, rings=12, parent=None, name="ellipsoid"):
    verts, faces = ellipsoid_mesh(centre, radii, rings)
    return mesh_object(name, verts, faces, material, True, parent)


def merge(parts):
    verts, faces, start = [], [], 0
    for v, f in parts:
        verts.append(np.array(v))
        faces += [tuple(i + start for i in face) for face in f]
        start += len(v)
    return np.concatenate(verts), faces


def remesh(o, voxel, smooth_times=6, folds=0.0, fold_size=0.08):
    """Melts overlapping parts into one skin; folds: metres of cloudy displacement, for cloth."""
    r = o.modifiers.new("remesh", "REMESH")
    r.mode, r.voxel_size, r.use_smooth_shade = "VOXEL", voxel, True
    s = o.modifiers.new("smooth", "SMOOTH")
    s.iterations, s.factor = smooth_times, 0.5
    if folds:
        name = f"folds {fold_size:g}"
        texture = bpy.data.textures.get(name) or bpy.data.textures.new(name, "CLOUDS")
        texture.noise_scale, texture.noise_depth = fold_size, 2
        d = o.modifiers.new("folds", "DISPLACE")
        d.texture, d.strength, d.mid_level, d.texture_coords = texture, folds, 0.5, "LOCAL"
        o.modifiers.new("smooth again", "SMOOTH").iterations = 1
    return o
