"""A whole kitchen from its data: room, furniture, people with what they hold, camera; and where things lie in the
picture."""

import json
import math
import random

import bpy
import numpy as np
from mathutils import Vector

from . import held, materials, poses
from .body import add_person
from .furniture import furnish
from .room import build_room

CAST = {}


def read_scene(path):
    """A camera's data; people who name "like" take the rest of their looks from the named entry of people.json beside
    it."""
    with open(path, encoding="utf-8") as f:
        return json.load(f)


def clear():
    for kind in (
        bpy.data.objects,
        bpy.data.meshes,
        bpy.data.lights,
        bpy.data.cameras,
        bpy.data.images,
        bpy.data.materials,
        bpy.data.worlds,
    ):
        for thing in list(kind):
            kind.remove(thing)
    materials.forget()


class Person:
    """Somebody of the scene: can be put into a pose, and taken out again."""

    def __init__(self, who):
        self.who, self.objects, self.parts = who, [], {}
        self.poses, self.order = poses.timeline(who["motion"])

    def take_pose(self, pose):
        self.leave()
        before = set(bpy.data.objects)
        parts = self.parts = add_person(self.who, pose)
        for key in ("right", "left"):
            if key in self.who.get("holds", {}):
                parts["tip"] = held.IN_HAND[self.who["holds"][key]](parts[key])
        if self.who.get("holds", {}).get("mouth") == "cigarette":
            parts["tip"] = held.cigarette_in_mouth(parts["head"])
        self.objects = [o for o in bpy.data.objects if o not in before]
        bpy.context.view_layer.update()

    def leave(self):
        for o in self.objects:
            mesh = o.data
            bpy.data.objects.remove(o)
            if mesh:
                bpy.data.meshes.remove(mesh)
        self.objects = []


def build(scene):
    """Everything but the people's later poses. Returns the people, in their first pose, and the camera."""
    clear()
    rng = random.Random(scene.get("seed", 3))
    build_room(scene["room"])
    furnish(scene["furniture"], rng)
    people = [Person(who) for who in scene["people"]]
    for person in people:
        person.take_pose(person.poses[person.order[0]])
    camera = add_camera(scene["camera"])
    bpy.context.view_layer.update()
    return people, camera


def add_camera(view):
    data = bpy.data.cameras.new("camera")
    o = bpy.data.objects.new("camera", data)
    bpy.context.scene.collection.objects.link(o)
    bpy.context.scene.camera = o
    o.location = view["at"]
    data.sensor_width, data.angle, data.clip_start = 36, math.radians(view.get("angle", 74)), 0.02
    turned = (Vector(view["toward"]) - o.location).to_track_quat("-Z", "Y").to_euler()
    o.rotation_euler = turned
    if view.get("roll"):
        o.rotation_euler.rotate_axis("Z", math.radians(view["roll"]))
    return o


def corners(o):
    """World positions of an object's own vertices, (n, 3)."""
    flat = np.empty(len(o.data.vertices) * 3)
    o.data.vertices.foreach_get("co", flat)
    m = np.array(o.matrix_world)
    return flat.reshape(-1, 3) @ m[:3, :3].T + m[:3, 3]


def project(camera, points, aspect):
    """World points to picture fractions (x, y from the top left) and depth in metres."""
    m = np.array(camera.matrix_world.inverted())
    p = points @ m[:3, :3].T + m[:3, 3]
    depth = -p[:, 2]
    k = 0.5 / math.tan(camera.data.angle / 2)
    near = np.maximum(depth, 1e-3)
    return np.stack([0.5 + k * p[:, 0] / near, 0.5 - k * aspect * p[:, 1] / near, depth], 1)


def bounds(camera, objects, aspect, keep=None):
    """[x0, y0, x1, y1] around objects in fractions of the picture, cut to it; None when nothing is inside."""
    found = []
    for o in objects:
        p = corners(o)
        p = p if keep is None else p[keep(o)]
        if len(p):
            found.append(project(camera, p, aspect))
    if not found:
        return None
    p = np.concatenate(found)
    p = p[p[:, 2] > 0.05]
    if not len(p):
        return None
    box = [*np.clip(p[:, :2].min(0), 0, 1), *np.clip(p[:, :2].max(0), 0, 1)]
    return [round(float(v), 5) for v in box] if box[2] - box[0] > 1e-4 and box[3] - box[1] > 1e-4 else None
