"""Renders the parts of sequences: blender -b -P sequence_parts.py -- FOLDER [--from N] [--count N] [--width W]
[--samples N].

FOLDER/sNNN/ holds plate.png (a kitchen with nobody in it and no flame), a picture of the changed part for every person,
flame, puddle and thing on the floor, and parts.json, which says where each part lies and what it is. Kitchen N is drawn
from seed N alone."""

import argparse
import json
import math
import os
import random
import sys
import time

import bpy
import numpy as np

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import chance  # noqa: E402
import chance_people  # noqa: E402
from kitchen import cycles, hazards, labels, materials, scene, things  # noqa: E402
from kitchen.shapes import mesh_object  # noqa: E402

MARGIN = 0.02
CLOTHES = ["white", "white", "dark", "street", "street", "bare"]
COATS = {"white": chance_people.WHITE_COATS, "dark": chance_people.OTHER_COATS, "street": chance_people.STREET}


def draw_kitchen(rng, number):
    """A kitchen seen from a corner under the ceiling, its stove and its floor in sight."""
    data = chance.draw_scene(rng, number)
    w, d, h = data["room"]["size"]
    burners = max(2, min(4, int((w - 1.6) / 0.67)))
    keep = ("shelf", "notice", "fridge", "rack", "window", "door")
    data["furniture"] = [item for item in data["furniture"] if item["kind"] in keep]
    standing = [rng.choice(["wok", "pot", ""]) for _ in range(3)]
    data["furniture"].append({"kind": "stove", "at": [w / 2, d - 0.78], "burners": burners, "standing": standing})
    data["camera"] = {
        "at": [rng.choice([0.5, w - 0.5]), 0.3, rng.uniform(2.15, 2.4)],
        "toward": [w / 2, d * 0.62, rng.uniform(0.75, 1.0)],
        "angle": rng.uniform(64, 76),
    }
    data["burners"] = [[w / 2 - 0.335 * burners + 0.335 + i * 0.67, d - 0.46] for i in range(burners)]
    data["people"] = [draw_worker(rng, data, clothes, i) for i, clothes in enumerate(CLOTHES)]
    return data


def draw_worker(rng, data, clothes, i):
    """The first three stand at the stove, the others on the open floor."""
    w, d, _ = data["room"]["size"]
    burner = rng.choice(data["burners"])
    if i < 3:
        at = [burner[0] + rng.uniform(-0.2, 0.2), d - 1.12]
    else:
        at = [rng.uniform(0.8, w - 0.8), rng.uniform(1.5, d - 1.5)]
    who = chance_people.draw_person(rng, at, data["camera"]["at"])
    who["facing"] = rng.gauss(180, 25) if i < 3 else rng.uniform(-180, 180)
    who["motion"] = [{"do": "stir" if i < 3 else "stand", "ticks": 1, "cycles": 1, "turn": rng.gauss(0, 0.2)}]
    who["holds"] = {"left": "ladle"} if i < 3 else {}
    who["coat_kind"] = clothes
    if clothes == "bare":
        who.update(coat=who["head"]["skin"], collar="none", sleeves="short", dirt=0)
        who.pop("apron", None)
        who.pop("trim", None)
    else:
        who["coat"] = rng.choice(COATS[clothes])
        if rng.random() < 0.6:
            who.pop("apron", None)
    return who


def add_puddle(rng, x, y):
    """A film of water on the floor with an uneven edge."""
    size, a = rng.uniform(0.25, 0.55), rng.random() * 6
    around = np.linspace(0, 2 * math.pi, 40, endpoint=False)
    reach = size * (1 + 0.25 * np.sin(2 * around + a) + 0.15 * np.sin(5 * around + 2 * a))
    verts = [(x, y, 0.003)] + [(x + r * math.cos(t), y + r * 0.8 * math.sin(t), 0.003) for r, t in zip(reach, around)]
    faces = [(0, 1 + i, 1 + (i + 1) % 40) for i in range(40)]
    water = materials.plain((0.03, 0.03, 0.03), 0.03, specular=0.9, alpha=0.55)
    water.blend_method = "BLEND"
    mesh_object("puddle", verts, faces, water, False)


def add_clutter(rng, x, y):
    kind = rng.choice(["crate", "carton", "bin"])
    if kind == "crate":
        things.crate(x, y, 0, rng.choice([(0.08, 0.16, 0.34), (0.5, 0.12, 0.06), (0.75, 0.76, 0.75)]))
    elif kind == "carton":
        things.carton(x, y, 0, [0.5, 0.4, rng.uniform(0.2, 0.45)], rng.uniform(0, 3))
    else:
        things.rubbish_bin(x, y, True, rng)
    return kind


def add_flame(rng, at, toward, colour):
    hazards.add_flames([at[0], at[1], 0.9], toward, rng, rng.uniform(0.16, 0.4))
    if colour == "orange":
        return
    for image in [i for i in bpy.data.images if i.name.startswith("flame")]:
        flat = np.empty(image.size[0] * image.size[1] * 4, np.float32)
        image.pixels.foreach_get(flat)
        pixels = flat.reshape(-1, 4)
        pixels[:, [0, 2]] = pixels[:, [2, 0]]
        pixels[:, 2] = np.maximum(pixels[:, 2], pixels[:, 0])
        image.pixels.foreach_set(pixels.ravel())
        image.update()
    for lamp in [lamp for lamp in bpy.data.lights if lamp.name.startswith("fire light")]:
        lamp.energy, lamp.color = 6, (0.3, 0.45, 1)


class Parts:
    """Renders what an addition changes of the plate, and takes the addition away again."""

    def __init__(self, folder, camera, width, height):
        self.folder, self.camera, self.size, self.told = folder, camera, (width, height), []

    def render(self, name, kind, add, grow=MARGIN, **said):
        before = set(bpy.data.objects)
        more = add() or {}
        bpy.context.view_layer.update()
        fresh = [o for o in bpy.data.objects if o not in before]
        meshes = [o for o in fresh if o.type == "MESH"]
        box = scene.bounds(self.camera, meshes, self.size[0] / self.size[1])
        if box:
            started = time.time()
            w, h = self.size
            low = [max(0, int((box[0] - grow) * w)), max(0, int((box[1] - grow * 1.6) * h))]
            high = [min(w, int((box[2] + grow) * w)), min(h, int((box[3] + grow * 1.6) * h))]
            border = [low[0] / w, low[1] / h, high[0] / w, high[1] / h]
            cycles.render(os.path.join(self.folder, f"{name}.png"), border)
            self.told.append({"name": name, "kind": kind, "at": low, "box": box, **said, **more})
            print(f"  {name} {time.time() - started:.1f} s", flush=True)
        for o in fresh:
            bpy.data.objects.remove(o)
        bpy.context.view_layer.update()


def polygon(camera, points, aspect):
    return [[round(float(v), 4) for v in p[:2]] for p in scene.project(camera, np.array(points, float), aspect)]


def render_kitchen(number, folder, width, samples):
    rng = random.Random(f"sequence {number}")
    data = draw_kitchen(rng, number)
    height, people = width * 9 // 16, data.pop("people")
    _, camera = scene.build({**data, "people": []})
    light = data["room"]["light"]
    cycles.set_up(width, height, samples, light["exposure"])
    cycles.render(os.path.join(folder, "plate.png"))
    parts, aspect = Parts(folder, camera, width, height), width / height
    for i, who in enumerate(people):

        def add(who=who):
            person = scene.Person(who)
            person.take_pose(person.poses[0])
            told = labels.label_person(person, camera, aspect, True)
            return {k: told[k] for k in ("head", "body", "head_seen") if k in told}

        worn = {k: who.get(k) for k in ("coat", "coat_kind", "apron", "hat", "hat_colour", "gloves")}
        parts.render(f"person{i}", "person", add, place="stove" if i < 3 else "floor", foot=who["at"], **worn)
    w, d, _ = data["room"]["size"]
    for b, at in enumerate(data["burners"][:2]):
        for k in range(3):
            colour = "orange" if (number + b) % 2 == 0 else "blue"
            light = lambda: add_flame(rng, at, camera.location, colour)
            parts.render(f"flame{b}_{k}", "flame", light, 0.05, burner=b, colour=colour)
    for k in range(2):
        x, y = rng.uniform(1.0, w - 1.0), rng.uniform(1.6, d - 1.7)
        parts.render(f"puddle{k}", "puddle", lambda: add_puddle(rng, x, y))
        x, y = rng.uniform(1.0, w - 1.0), rng.uniform(1.6, d - 1.7)
        parts.render(f"clutter{k}", "clutter", lambda: {"thing": add_clutter(rng, x, y)})
    first, last = data["burners"][0], data["burners"][min(1, len(data["burners"]) - 1)]
    left, right = first[0] - 0.33, last[0] + 0.33
    top = [(left, d - 0.8, 0.86), (right, d - 0.8, 0.86), (right, d - 0.1, 1.25), (left, d - 0.1, 1.25)]
    floor = [(0.7, 1.3, 0), (w - 0.7, 1.3, 0), (w - 0.7, d - 1.4, 0), (0.7, d - 1.4, 0)]
    zones = {"stove": polygon(camera, top, aspect), "floor": polygon(camera, floor, aspect)}
    told = {"width": width, "height": height, "seed": number, "lens": data["lens"], "jpeg": data["jpeg"]}
    with open(os.path.join(folder, "parts.json"), "w", encoding="utf-8") as f:
        json.dump({**told, "zones": zones, "parts": parts.told}, f)


def main():
    words = argparse.ArgumentParser()
    words.add_argument("folder")
    words.add_argument("--from", dest="first", type=int, default=0)
    words.add_argument("--count", type=int, default=10)
    words.add_argument("--width", type=int, default=960)
    words.add_argument("--samples", type=int, default=8)
    args = words.parse_args(sys.argv[sys.argv.index("--") + 1 :])
    bpy.ops.wm.read_factory_settings(use_empty=True)
    for number in range(args.first, args.first + args.count):
        folder = os.path.join(args.folder, f"s{number:03d}")
        if os.path.exists(os.path.join(folder, "parts.json")):
            continue
        os.makedirs(folder, exist_ok=True)
        started = time.time()
        render_kitchen(number, folder, args.width, args.samples)
        print(f"kitchen {number} {time.time() - started:.1f} s", flush=True)


main()
