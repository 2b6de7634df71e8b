"""Renders one camera's parts: blender -b -P render_camera.py -- SCENE.json FOLDER [--samples N] [--width W] [--plate-
only]."""

import argparse
import json
import os
import sys
import time

import bpy
import numpy as np

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from kitchen import cycles, labels, scene  # noqa: E402

MARGIN = 14  # pixels round a moving part, for its shadow and a feathered edge


def moving_area(before, after, width, height):
    """Fractions around every vertex that moves more than half a pixel between two poses of a person."""
    scale = np.array([width, height])
    low, high = np.array([1.0, 1.0]), np.array([0.0, 0.0])
    for name, points in after.items():
        was = before.get(name)
        if was is None or was.shape != points.shape:
            moved = points
        else:
            far = np.abs((points - was) * scale).max(1) > 0.5
            moved = np.concatenate([points[far], was[far]])
        if len(moved):
            low, high = np.minimum(low, moved.min(0)), np.maximum(high, moved.max(0))
    return low, high


def outline(person, camera, aspect):
    meshes = [o for o in person.objects if o.type == "MESH"]
    return {
        f"{i} {o.name.split('.')[0]}": scene.project(camera, scene.corners(o), aspect)[:, :2]
        for i, o in enumerate(meshes)
    }


def render_people(people, camera, out, width, height):
    """Each person's poses inside one border of their own; returns what post-processing and labels need."""
    aspect, told = width / height, []
    for n, person in enumerate(people):
        first = person.order[0]
        start, seen, low, high = outline(person, camera, aspect), [], np.array([1.0, 1.0]), np.array([0.0, 0.0])
        for pose in person.poses:
            person.take_pose(pose)
            seen.append(labels.label_person(person, camera, aspect))
            a, b = moving_area(start, outline(person, camera, aspect), width, height)
            low, high = np.minimum(low, a), np.maximum(high, b)
        entry = {"order": person.order, "first": first, "labels": seen}
        if len(person.poses) > 1:
            pixels = [
                max(0, int(low[0] * width) - MARGIN),
                max(0, int(low[1] * height) - MARGIN),
                min(width, int(high[0] * width) + MARGIN),
                min(height, int(high[1] * height) + MARGIN),
            ]
            entry["border"] = pixels
            for k, pose in enumerate(person.poses):
                if k == first:
                    continue
                person.take_pose(pose)
                started = time.time()
                fractions = [pixels[0] / width, pixels[1] / height, pixels[2] / width, pixels[3] / height]
                cycles.render(os.path.join(out, f"person{n}_{k:02d}.png"), fractions)
                print(f"person {n} pose {k + 1}/{len(person.poses)} {pixels} {time.time() - started:.1f} s", flush=True)
            person.take_pose(person.poses[first])
        told.append(entry)
    return told


def main():
    words = argparse.ArgumentParser()
    words.add_argument("scene")
    words.add_argument("out")
    words.add_argument("--samples", type=int, default=16)
    words.add_argument("--width", type=int, default=1280)
    words.add_argument("--plate-only", action="store_true")
    args = words.parse_args(sys.argv[sys.argv.index("--") + 1 :])
    os.makedirs(args.out, exist_ok=True)
    bpy.ops.wm.read_factory_settings(use_empty=True)
    data = scene.read_scene(args.scene)
    width, height = args.width, args.width * 9 // 16
    people, camera = scene.build(data)
    cycles.set_up(
        width,
        height,
        args.samples,
        data["room"]["light"].get("exposure", 0.42),
        data["room"]["light"].get("look", "Medium High Contrast"),
    )
    started = time.time()
    cycles.render(os.path.join(args.out, "plate.png"))
    print(f"plate {time.time() - started:.1f} s", flush=True)
    told = {"width": width, "height": height, "things": labels.label_things(camera, width / height)}
    if args.plate_only:
        told["people"] = [
            {"order": [0], "first": 0, "labels": [labels.label_person(p, camera, width / height, True)]} for p in people
        ]
    else:
        told["people"] = render_people(people, camera, args.out, width, height)
    steam = data.get("steam")
    if steam:
        told["steam"] = [
            [round(float(v), 5) for v in p] for p in scene.project(camera, np.array(steam, float), width / height)
        ]
    with open(os.path.join(args.out, "parts.json"), "w", encoding="utf-8") as f:
        json.dump(told, f)


main()
