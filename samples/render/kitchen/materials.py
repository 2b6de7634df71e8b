"""What things are made of: steel, tiles, cloth, skin. Made once per name and kept until the scene is cleared."""

import bpy

_made = {}


def forget():
    """After the scene is cleared the old materials are gone with it."""
    _made.clear()


def _node(tree, kind, **values):
    n = tree.nodes.new(kind)
    for key, value in values.items():
        if key in n.inputs:
            n.inputs[key].default_value = value
        else:
            setattr(n, key, value)
    return n


def _fresh(name):
    m = bpy.data.materials.new(name)
    m.use_nodes = True
    return m, m.node_tree, m.node_tree.nodes["Principled BSDF"]


def _rough_surface(tree, shader, mapping, strength, scale):
    noise = _node(tree, "ShaderNodeTexNoise", Scale=scale, Detail=4)
    tree.links.new(mapping.outputs[0], noise.inputs["Vector"])
    b = _node(tree, "ShaderNodeBump", Strength=strength, Distance=0.02)
    tree.links.new(noise.outputs[0], b.inputs["Height"])
    tree.links.new(b.outputs[0], shader.inputs["Normal"])


def _uneven_colour(tree, shader, mapping, colour, vary, scale, dirt):
    noise = _node(tree, "ShaderNodeTexNoise", Scale=scale, Detail=6, Roughness=0.65)
    tree.links.new(mapping.outputs[0], noise.inputs["Vector"])
    mix = _node(tree, "ShaderNodeMixRGB")
    mix.inputs[1].default_value = (*[c * (1 - vary) for c in colour], 1)
    mix.inputs[2].default_value = (*[min(1, c * (1 + vary * 0.5)) for c in colour], 1)
    tree.links.new(noise.outputs[0], mix.inputs[0])
    out = mix.outputs[0]
    if dirt:
        ramp = _node(tree, "ShaderNodeMapRange", clamp=True)
        for k, v in ((1, 0.45), (2, 0.75), (4, dirt)):
            ramp.inputs[k].default_value = v
        tree.links.new(noise.outputs[0], ramp.inputs[0])
        soiled = _node(tree, "ShaderNodeMixRGB")
        soiled.inputs[2].default_value = (0.12, 0.08, 0.045, 1)
        tree.links.new(ramp.outputs[0], soiled.inputs[0])
        tree.links.new(out, soiled.inputs[1])
        out = soiled.outputs[0]
    tree.links.new(out, shader.inputs["Base Color"])
    return noise


def plain(
    colour,
    rough=0.6,
    metal=0.0,
    grain=0.0,
    grain_scale=40,
    vary=0.0,
    vary_scale=3,
    stretch=None,
    specular=0.5,
    sheen=0.0,
    dirt=0.0,
    glow=None,
    glow_strength=1.0,
    alpha=None,
):
    """One surface. colour and glow: linear RGB. grain: bump strength; vary, dirt: 0 to 1."""
    key = (
        "plain",
        tuple(colour),
        rough,
        metal,
        grain,
        grain_scale,
        vary,
        vary_scale,
        stretch,
        dirt,
        glow,
        glow_strength,
        alpha,
    )
    if key in _made:
        return _made[key]
    m, tree, shader = _fresh("surface")
    shader.inputs["Base Color"].default_value = (*colour, 1)
    for name, value in (("Roughness", rough), ("Metallic", metal), ("Specular", specular), ("Sheen", sheen)):
        shader.inputs[name].default_value = value
    where = _node(tree, "ShaderNodeTexCoord")
    mapping = _node(tree, "ShaderNodeMapping")
    tree.links.new(where.outputs["Object"], mapping.inputs[0])
    if stretch:
        mapping.inputs["Scale"].default_value = stretch
    if grain:
        _rough_surface(tree, shader, mapping, grain, grain_scale)
    if vary or dirt:
        noise = _uneven_colour(tree, shader, mapping, colour, vary, vary_scale, dirt)
        if metal:
            r = _node(tree, "ShaderNodeMapRange")
            r.inputs[3].default_value, r.inputs[4].default_value = rough * 0.75, rough * 1.4
            tree.links.new(noise.outputs[0], r.inputs[0])
            tree.links.new(r.outputs[0], shader.inputs["Roughness"])
    if glow:
        shader.inputs["Emission"].default_value = (*glow, 1)
        shader.inputs["Emission Strength"].default_value = glow_strength
    if alpha is not None:
        shader.inputs["Alpha"].default_value = alpha
    _made[key] = m
    return m


def tiles(colour, second, joint, width, height, axes, rough=0.25, dirt=0.35, joint_width=0.012, offset=0.0):
    """Tiles on a wall or floor; axes: which two object axes they are laid along."""
    key = ("tiles", tuple(colour), tuple(second), tuple(joint), width, height, axes, rough, dirt, offset)
    if key in _made:
        return _made[key]
    m, tree, shader = _fresh("tiles")
    link = tree.links.new
    where, split, flat = (_node(tree, "ShaderNode" + k) for k in ("TexCoord", "SeparateXYZ", "CombineXYZ"))
    link(where.outputs["Object"], split.inputs[0])
    link(split.outputs[axes[0]], flat.inputs[0])
    link(split.outputs[axes[1]], flat.inputs[1])
    brick = _node(tree, "ShaderNodeTexBrick")
    brick.offset, brick.squash = offset, 1
    for name, value in (
        ("Color1", (*colour, 1)),
        ("Color2", (*second, 1)),
        ("Mortar", (*joint, 1)),
        ("Scale", 1),
        ("Mortar Size", joint_width * width),
        ("Mortar Smooth", 0.3),
        ("Bias", 0),
        ("Brick Width", width),
        ("Row Height", height),
    ):
        brick.inputs[name].default_value = value
    link(flat.outputs[0], brick.inputs[0])
    noise = _node(tree, "ShaderNodeTexNoise", Scale=1.7, Detail=8, Roughness=0.7)
    link(where.outputs["Object"], noise.inputs[0])
    soil = _node(tree, "ShaderNodeMapRange")
    for k, v in ((1, 0.45), (2, 0.75), (4, dirt)):
        soil.inputs[k].default_value = v
    link(noise.outputs[0], soil.inputs[0])
    mix = _node(tree, "ShaderNodeMixRGB")
    mix.blend_type = "MULTIPLY"
    mix.inputs[2].default_value = (0.55, 0.45, 0.32, 1)
    link(soil.outputs[0], mix.inputs[0])
    link(brick.outputs[0], mix.inputs[1])
    link(mix.outputs[0], shader.inputs["Base Color"])
    r = _node(tree, "ShaderNodeMapRange")
    r.inputs[3].default_value, r.inputs[4].default_value = rough, rough + 0.35
    link(noise.outputs[0], r.inputs[0])
    link(r.outputs[0], shader.inputs["Roughness"])
    b = _node(tree, "ShaderNodeBump", Strength=0.5, Distance=0.004)
    b.invert = True
    link(brick.outputs[1], b.inputs["Height"])
    link(b.outputs[0], shader.inputs["Normal"])
    _made[key] = m
    return m


def painted(rough=0.48, grain=0.06, grain_scale=180):
    """Takes its colour from the mesh's own colour layer: skin and faces."""
    key = ("painted", rough, grain, grain_scale)
    if key in _made:
        return _made[key]
    m, tree, shader = _fresh("painted")
    colour = _node(tree, "ShaderNodeVertexColor", layer_name="Col")
    tree.links.new(colour.outputs[0], shader.inputs["Base Color"])
    shader.inputs["Roughness"].default_value, shader.inputs["Specular"].default_value = rough, 0.35
    noise = _node(tree, "ShaderNodeTexNoise", Scale=grain_scale, Detail=2)
    b = _node(tree, "ShaderNodeBump", Strength=grain, Distance=0.01)
    tree.links.new(noise.outputs[0], b.inputs["Height"])
    tree.links.new(b.outputs[0], shader.inputs["Normal"])
    _made[key] = m
    return m


def steel():
    return plain((0.62, 0.63, 0.64), 0.28, 1, 0.012, 9, 0.12, 5, stretch=(1, 0.06, 1))


def worn_steel():
    return plain((0.55, 0.56, 0.57), 0.36, 1, 0.02, 9, 0.18, 4, stretch=(0.06, 1, 1), dirt=0.12)


def iron():
    return plain((0.035, 0.033, 0.03), 0.45, 0.6, 0.2, 30, 0.3, 8)


def black():
    return plain((0.02, 0.02, 0.022), 0.5)


def plastic(colour=(0.75, 0.76, 0.75)):
    return plain(colour, 0.35)


def porcelain():
    return plain((0.82, 0.82, 0.80), 0.12)


def wood():
    return plain((0.36, 0.22, 0.11), 0.6, 0, 0.2, 12, 0.35, 4, stretch=(1, 12, 1))


def cloth(colour, dirt=0.12):
    return plain(colour, 0.85, 0, 0.5, 16, 0.07, 7, sheen=0.25, dirt=dirt)


def skin_of_hands(colour):
    return plain(tuple(colour), 0.5, 0, 0.1, 120, 0.08, 40)
