"""What is to be seen in a rendered picture and where: boxes of heads, faces, people and things,
from the scene itself."""

import bpy
import numpy as np
from mathutils import Vector

from .scene import bounds, corners, project

HEAD_PARTS = ("head", "hair", "ear", "mask", "hat")


def _named(objects, *starts):
    return [o for o in objects if o.type == "MESH" and o.name.split(".")[0] in starts]


def _face_verts(o):
    local = np.empty(len(o.data.vertices) * 3)
    o.data.vertices.foreach_get("co", local)
    x, y, z = local.reshape(-1, 3).T
    return (y < -0.035) & (z > -0.125) & (z < 0.062)


def facing(person, camera):
    """Cosine between where the face looks and the camera: 1 is straight into it."""
    head = person.parts["head"]
    out = head.matrix_world.to_3x3() @ Vector((0, -1, 0))
    return out.normalized().dot((camera.location - head.matrix_world.translation).normalized())


def seen_share(objects, camera, tries=60):
    """Share of the objects' near vertices that no other thing hides from the camera."""
    scene, graph = bpy.context.scene, bpy.context.evaluated_depsgraph_get()
    names = {o.name for o in objects}
    points = np.concatenate([corners(o) for o in objects])
    step = max(1, len(points) // tries)
    eye, hit_own, asked = camera.location, 0, 0
    for p in points[::step]:
        to = Vector(p) - eye
        hit, where, _n, _i, o, _m = scene.ray_cast(graph, eye, to.normalized(), distance=to.length + 0.3)
        asked += 1
        hit_own += bool(hit and o.name in names)
    return hit_own / max(1, asked)


def label_person(person, camera, aspect, rays=False):
    """Boxes (fractions) and attributes of one person in the pose they are in."""
    who, objects = person.who, person.objects
    worn = who.get("mask_worn", "full") if who.get("mask") else "none"
    head = _named(objects, *HEAD_PARTS)
    label = {
        "mask": {"none": "no", "full": "yes", "under nose": "incorrect", "chin": "incorrect"}[worn],
        "hat": who.get("hat") or "no",
        "coat": who.get("coat_kind", "white"),
        "apron": "yes" if who.get("apron") else "no",
        "facing": round(facing(person, camera), 3),
        "body": bounds(camera, [o for o in objects if o.type == "MESH"], aspect),
        "head": bounds(camera, head, aspect),
        "face": bounds(camera, _named(objects, "head"), aspect, _face_verts),
        "phone": bounds(camera, _named(objects, "phone"), aspect),
        "cigarette": bounds(camera, _named(objects, "cigarette"), aspect),
    }
    if rays:
        label["head_seen"] = round(seen_share(head, camera), 3)
        for thing in ("phone", "cigarette"):
            if label[thing]:
                label[thing + "_seen"] = round(seen_share(_named(objects, thing), camera), 3)
    tip = person.parts.get("tip")
    if tip:
        x, y, _ = project(camera, np.array([tip.matrix_world.translation]), aspect)[0]
        label["tip"] = [round(float(x), 5), round(float(y), 5)]
    return {k: v for k, v in label.items() if v is not None}


def label_things(camera, aspect):
    """Bins, rats and flames of the scene."""
    found = []
    for name in ("open bin", "closed bin", "rat", "flame"):
        roots = {}
        for o in _named(bpy.data.objects, name):
            roots.setdefault(o.parent.name if o.parent else "loose", []).append(o)
        for objects in roots.values():
            box = bounds(camera, objects, aspect)
            if box:
                found.append({"thing": name, "box": box, "seen": round(seen_share(objects, camera), 3)})
    return found
