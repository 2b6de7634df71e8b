"""The empty room: tiled walls and floor, ceiling grid, lamps, the light in the air."""

import bpy

from . import materials
from .shapes import box, mesh_object


def _plane(name, corners, material):
    mesh_object(name, corners, [(0, 1, 2, 3)], material, False)


def _walls(room, w, d, h):
    wall, floor = room["wall"], room["floor"]
    tw, th = wall.get("tile", [0.30, 0.20])
    joint = tuple(wall.get("joint", (0.42, 0.41, 0.38)))
    offset = wall.get("offset", 0.0)
    skins = {}
    for axis in (0, 1):
        skins[axis] = materials.tiles(
            tuple(wall["colour"]),
            tuple(wall["second"]),
            joint,
            tw,
            th,
            (axis, 2),
            dirt=wall.get("dirt", 0.35),
            offset=offset,
        )
    fw = floor.get("tile", 0.30)
    floor_skin = materials.tiles(
        tuple(floor["colour"]),
        tuple(floor["second"]),
        tuple(floor.get("joint", (0.10, 0.09, 0.08))),
        fw,
        fw,
        (0, 1),
        rough=floor.get("rough", 0.18),
        dirt=floor.get("dirt", 0.7),
        joint_width=0.02,
    )
    _plane("floor", [(0, 0, 0), (w, 0, 0), (w, d, 0), (0, d, 0)], floor_skin)
    _plane("back wall", [(0, d, 0), (w, d, 0), (w, d, h), (0, d, h)], skins[0])
    _plane("left wall", [(0, 0, 0), (0, d, 0), (0, d, h), (0, 0, h)], skins[1])
    _plane("right wall", [(w, 0, h), (w, d, h), (w, d, 0), (w, 0, 0)], skins[1])
    _plane("front wall", [(0, 0, h), (w, 0, h), (w, 0, 0), (0, 0, 0)], skins[0])
    band = wall.get("band")
    if band:
        colour = materials.tiles(tuple(band["colour"]), tuple(band["colour"]), joint, tw, band["high"], (0, 2))
        box((w / 2, d - 0.003, band["z"]), (w, 0.004, band["high"]), colour, 0)
        side = materials.tiles(tuple(band["colour"]), tuple(band["colour"]), joint, tw, band["high"], (1, 2))
        for x in (0.003, w - 0.003):
            box((x, d / 2, band["z"]), (0.004, d, band["high"]), side, 0)
    _plane("ceiling", [(0, 0, h), (w, 0, h), (w, d, h), (0, d, h)][::-1], materials.plain((0.72, 0.72, 0.70), 0.8))
    for i in range(1, int(w / 0.6) + 1):
        box((i * 0.6 - 0.1, d / 2, h - 0.004), (0.02, d, 0.006), materials.plain((0.78, 0.78, 0.76), 0.5), 0)
    for j in range(1, int(d / 0.6) + 1):
        box((w / 2, j * 0.6, h - 0.004), (w, 0.02, 0.006), materials.plain((0.78, 0.78, 0.76), 0.5), 0)


def _lamps(light, h):
    colour = tuple(light.get("colour", (0.93, 0.97, 1)))
    glow = materials.plain((1, 1, 1), glow=colour, glow_strength=6)
    for x, y in light["lamps"]:
        box((x, y, h - 0.03), (0.32, 1.24, 0.05), materials.plain((0.78, 0.78, 0.76), 0.5), 0.004)
        box((x, y, h - 0.058), (0.26, 1.18, 0.006), glow, 0)
        lamp = bpy.data.lights.new("lamp", "AREA")
        lamp.shape, lamp.size, lamp.size_y, lamp.energy, lamp.color = (
            "RECTANGLE",
            0.3,
            1.2,
            light.get("watts", 46),
            colour,
        )
        o = bpy.data.objects.new("lamp", lamp)
        bpy.context.scene.collection.objects.link(o)
        o.location = (x, y, h - 0.07)


def _air(light):
    world = bpy.data.worlds.new("air")
    bpy.context.scene.world = world
    world.use_nodes = True
    background = world.node_tree.nodes["Background"]
    background.inputs[0].default_value = (*light.get("air", (0.75, 0.82, 0.9)), 1)
    background.inputs[1].default_value = light.get("air_strength", 0.45)


def build_room(room):
    w, d, h = room["size"]
    _walls(room, w, d, h)
    _lamps(room["light"], h)
    _air(room["light"])
