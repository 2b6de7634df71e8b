"""Draws a random kitchen as scene data: room, light, furniture, people in every state of dress, things that should not be there."""
import math

WALLS = [([0.78, 0.79, 0.77], [0.72, 0.74, 0.73]), ([0.74, 0.70, 0.60], [0.70, 0.66, 0.57]), ([0.66, 0.67, 0.62], [0.60, 0.62, 0.58]), ([0.52, 0.66, 0.74], [0.48, 0.62, 0.71]),
         ([0.80, 0.80, 0.79], [0.78, 0.78, 0.77]), ([0.60, 0.70, 0.62], [0.56, 0.66, 0.58]), ([0.70, 0.72, 0.76], [0.66, 0.68, 0.72]), ([0.50, 0.46, 0.40], [0.46, 0.42, 0.37])]
FLOORS = [([0.30, 0.22, 0.17], [0.25, 0.19, 0.15]), ([0.24, 0.25, 0.25], [0.20, 0.21, 0.22]), ([0.40, 0.41, 0.40], [0.36, 0.37, 0.37]), ([0.44, 0.40, 0.34], [0.42, 0.38, 0.33]), ([0.26, 0.34, 0.32], [0.24, 0.31, 0.30])]
LIGHTS = [[0.93, 0.97, 1.0], [1.0, 0.93, 0.82], [1.0, 0.88, 0.70], [0.88, 0.95, 1.0], [1.0, 0.97, 0.92], [0.85, 1.0, 0.92]]
SKINS = [[0.56, 0.36, 0.26], [0.64, 0.45, 0.34], [0.50, 0.31, 0.22], [0.42, 0.25, 0.16], [0.68, 0.49, 0.39], [0.34, 0.20, 0.13]]
WHITE_COATS = [[0.66, 0.66, 0.65], [0.62, 0.63, 0.64], [0.70, 0.70, 0.68], [0.58, 0.60, 0.64]]
OTHER_COATS = [[0.04, 0.04, 0.045], [0.10, 0.18, 0.34], [0.20, 0.22, 0.24], [0.32, 0.05, 0.05], [0.35, 0.45, 0.55]]
STREET = [[0.35, 0.05, 0.06], [0.06, 0.20, 0.10], [0.45, 0.32, 0.08], [0.08, 0.13, 0.25], [0.30, 0.30, 0.32], [0.40, 0.12, 0.28], [0.10, 0.30, 0.36], [0.02, 0.02, 0.025], [0.50, 0.46, 0.38]]
APRONS = [[0.60, 0.62, 0.64], [0.05, 0.07, 0.12], [0.30, 0.04, 0.04], [0.06, 0.16, 0.34], [0.02, 0.02, 0.02], [0.08, 0.22, 0.12], [0.42, 0.28, 0.10]]
FILLINGS = ['greens', 'carrot', 'chili', 'egg', 'pork', 'tofu', 'beef', 'rice', 'noodle', 'mushroom', 'radish']


def maybe(rng, share):
    return rng.random() < share


def draw_head(rng):
    return {
        'skin': [min(0.72, c * rng.uniform(0.88, 1.12)) for c in rng.choice(SKINS)],
        'hair': rng.choice(['short', 'short', 'parted', 'fringe', 'spiky', 'long', 'bob', 'bald', 'receding']),
        'hair_colour': rng.choice(['black', 'black', 'black', 'brown', 'grey']),
        'width': rng.uniform(0.90, 1.12), 'jaw': rng.uniform(0.86, 1.16), 'long': rng.uniform(0.95, 1.08), 'nose': rng.uniform(0.8, 1.15), 'broad_nose': rng.uniform(0.9, 1.25),
        'brow': rng.uniform(0.5, 1.3), 'cheek': rng.uniform(0.7, 1.4), 'chin': rng.uniform(0.8, 1.25), 'lips': rng.uniform(0.8, 1.25), 'age': rng.choice([0, 0, 1, 1.6]),
        'eyes': rng.uniform(0.0030, 0.0046), 'gaze': rng.uniform(-0.003, 0.003), 'gaze_up': rng.uniform(-0.003, 0), 'brow_thick': rng.uniform(0.003, 0.0048),
        'stubble': rng.choice([0, 0, 0, 0.2, 0.45]), 'moustache': maybe(rng, 0.08), 'glasses': maybe(rng, 0.2), 'shine': rng.uniform(0.38, 0.6),
    }


def draw_clothes(rng):
    kind = rng.choices(['white', 'dark', 'street'], [0.55, 0.2, 0.25])[0]
    coat = rng.choice({'white': WHITE_COATS, 'dark': OTHER_COATS, 'street': STREET}[kind])
    who = {'coat': coat, 'coat_kind': kind, 'sleeves': 'short' if maybe(rng, 0.3) else 'long', 'build': rng.uniform(0.88, 1.16), 'height': rng.uniform(1.54, 1.84), 'dirt': rng.uniform(0, 0.25),
           'trousers': rng.choice([[0.03, 0.03, 0.035], [0.06, 0.08, 0.14], [0.55, 0.56, 0.57], [0.10, 0.09, 0.08]]), 'head_size': rng.uniform(1.05, 1.16)}
    if kind == 'street' or maybe(rng, 0.2):
        who['collar'] = 'none'
    if maybe(rng, 0.7 if kind != 'street' else 0.35):
        who['apron'] = rng.choice(APRONS)
    if kind == 'white' and maybe(rng, 0.25):
        who['trim'] = rng.choice([[0.05, 0.05, 0.06], [0.35, 0.04, 0.04]])
    hat = rng.choices([None, 'toque', 'low toque', 'cap', 'net'], [0.40, 0.14, 0.14, 0.16, 0.16])[0]
    if hat:
        who['hat'] = hat
        pale = [[0.70, 0.70, 0.69], [0.66, 0.68, 0.70]]
        who['hat_colour'] = rng.choice([[0.45, 0.62, 0.76], [0.68, 0.72, 0.74], [0.55, 0.62, 0.66]] if hat == 'net' else pale + ([[0.03, 0.03, 0.035], [0.35, 0.05, 0.05], [0.10, 0.18, 0.32]] if hat == 'cap' else []))
    worn = rng.choices(['none', 'full', 'under nose', 'chin'], [0.36, 0.46, 0.09, 0.09])[0]
    if worn != 'none':
        who['mask'], who['mask_worn'] = rng.choices(['blue', 'white', 'black'], [0.6, 0.28, 0.12])[0], worn
    if maybe(rng, 0.25):
        who['gloves'] = rng.choice(['white', 'blue', 'clear'])
    return who


def draw_person(rng, at, toward):
    """Somebody at [x, y] who looks more or less toward the camera."""
    who = {'at': at, 'head': draw_head(rng), **draw_clothes(rng)}
    straight = math.degrees(math.atan2(toward[0] - at[0], at[1] - toward[1]))
    who['facing'] = straight + (rng.uniform(-180, 180) if maybe(rng, 0.12) else rng.gauss(0, 28))
    bare = who.get('mask_worn', 'none') in ('none', 'chin')
    deed = rng.choices(['work', 'phone', 'smoke'], [0.64, 0.18, 0.18] if bare else [0.82, 0.16, 0.02])[0]
    motion, holds = rng.choice([('chop', 'knife'), ('slice', 'knife'), ('stir', 'ladle'), ('dip', 'basket'), ('wash', None), ('plate', None), ('wipe', 'cloth'), ('stand', None)])
    who['holds'] = {'left' if motion == 'stir' else 'right': holds} if holds else {}
    if deed == 'phone':
        motion, who['holds'] = rng.choice(['hold phone', 'hold phone', 'call']), {'right': 'phone'}
    elif deed == 'smoke' and maybe(rng, 0.5) and bare:
        who['holds']['mouth'] = 'cigarette'
    elif deed == 'smoke':
        motion, who['holds'] = 'puff', {'right': 'cigarette'}
    who['motion'] = [{'do': motion, 'ticks': 1, 'cycles': 1, 'nod': rng.gauss(0.06, 0.09), 'turn': rng.gauss(0, 0.28), 'phase': rng.random()}]
    return who


def _clutter(rng, x, y, z, length, items):
    """Things in a row along a counter."""
    at = x - length / 2 + 0.2
    while at < x + length / 2 - 0.2:
        kind = rng.choice(['pot', 'bowls', 'plates', 'bottles', 'pans', 'board', 'dish', 'bowl', 'steamer', 'open pot', None, None])
        if kind:
            item = {'kind': 'thing', 'thing': kind, 'at': [at, y + rng.uniform(-0.08, 0.08), z], 'filling': rng.choice(FILLINGS), 'fillings': rng.choices(FILLINGS, k=2),
                    'count': rng.randint(2, 8), 'layers': rng.randint(1, 4)}
            if kind == 'pot':
                item['radius'], item['height'] = rng.uniform(0.12, 0.22), rng.uniform(0.14, 0.3)
            items.append(item)
        at += rng.uniform(0.3, 0.6)


def draw_furniture(rng, w, d):
    items = []
    if maybe(rng, 0.45):
        items.append({'kind': 'stove', 'at': [w / 2, d - 0.78], 'burners': int((w - 1.6) / 0.67), 'standing': [rng.choice(['wok', 'pot', 'pot', '']) for _ in range(3)]})
        if maybe(rng, 0.7):
            items.append({'kind': 'hood', 'at': [w / 2, d], 'length': rng.uniform(1.6, 2.6)})
    else:
        items.append({'kind': 'sink' if maybe(rng, 0.3) else 'counter', 'at': [w / 2, d - 0.36], 'length': w - rng.uniform(0.4, 1.6), 'splash': True, 'doors': maybe(rng, 0.5), 'foam': 10})
        _clutter(rng, w / 2, d - 0.36, 0.856, w - 1.6, items)
        items.append({'kind': 'shelf', 'at': [w * rng.uniform(0.35, 0.65), d], 'length': rng.uniform(1.2, 2.2), 'holds': rng.sample(['bottles', 'bowls', 'crates', 'plates'], 2)})
    items.append({'kind': 'notice', 'at': [w * rng.uniform(0.15, 0.9), d], 'z': rng.uniform(1.4, 1.9), 'colour': rng.choice([[0.8, 0.78, 0.7], [0.1, 0.28, 0.52], [0.5, 0.1, 0.06], [0.1, 0.3, 0.2]])})
    if maybe(rng, 0.3):
        items.append({'kind': 'window', 'at': [w * rng.uniform(0.2, 0.8), d], 'z': 1.6, 'strength': rng.uniform(0.5, 2)})
    if maybe(rng, 0.5):
        items.append({'kind': 'fridge', 'at': [0.42, d - rng.uniform(1.2, 2.2)]})
    if maybe(rng, 0.4):
        items.append({'kind': 'rack', 'at': [w - 0.8, d - 0.3] if maybe(rng, 0.5) else [0.8, d - 0.3], 'length': 1.2})
    if maybe(rng, 0.4):
        items.append({'kind': 'door', 'at': [w, d * 0.6], 'side': 'right'})
    for _ in range(rng.randint(0, 3)):
        items.append({'kind': 'thing', 'thing': rng.choice(['crate', 'carton']), 'at': [rng.choice([0.4, w - 0.4]), rng.uniform(1.2, d - 1), 0], 'colour': rng.choice([[0.08, 0.16, 0.34], [0.5, 0.12, 0.06], [0.75, 0.76, 0.75]])})
    return items


def _places(rng, w, y, count):
    """Places side by side, not closer than an arm."""
    xs = []
    for _ in range(40):
        x = rng.uniform(0.9, w - 0.9)
        if all(abs(x - other) > 0.72 for other in xs):
            xs.append(x)
        if len(xs) == count:
            break
    return [[x, y + rng.uniform(-0.05, 0.25)] for x in xs]


def draw_scene(rng, number):
    """A whole scene as data; the same generator state gives the same kitchen."""
    w, d, h = rng.uniform(3.6, 5.6), rng.uniform(3.8, 5.0), rng.uniform(2.5, 2.95)
    wall, floor = rng.choice(WALLS), rng.choice(FLOORS)
    tile = rng.choice([[0.30, 0.20], [0.30, 0.45], [0.15, 0.15], [0.20, 0.20], [0.60, 0.30], [0.10, 0.10]])
    camera = [rng.uniform(0.4, w - 0.4), rng.uniform(0.15, 0.45), rng.uniform(1.75, 2.45)]
    island = maybe(rng, 0.75)
    y = rng.uniform(1.3, 1.75)
    furniture = draw_furniture(rng, w, d)
    if island:
        furniture.append({'kind': rng.choice(['counter', 'counter', 'sink', 'serving line']), 'at': [w / 2, y], 'length': w - rng.uniform(0.9, 1.8), 'depth': 0.72, 'doors': maybe(rng, 0.4), 'foam': rng.randint(0, 20)})
        _clutter(rng, w / 2, y, 0.856, w - 1.6, furniture)
    people = [draw_person(rng, at, camera) for at in _places(rng, w, y + 0.62, rng.choice([1, 2, 2, 3, 3, 4]))]
    if d - y > 2.3 and maybe(rng, 0.4):
        people += [draw_person(rng, at, camera) for at in _places(rng, w, y + 1.5, 1)]
    for kind in ('open bin', 'closed bin'):
        if maybe(rng, 0.22):
            furniture.append({'kind': 'thing', 'thing': kind, 'at': [rng.uniform(0.5, w - 0.5), y + rng.uniform(1.2, 1.6) if island else rng.uniform(1.4, 2), 0], 'colour': rng.choice([[0.045, 0.10, 0.06], [0.06, 0.07, 0.10], [0.2, 0.2, 0.22], [0.3, 0.25, 0.05]])})
    middle = [sum(p['at'][k] for p in people) / len(people) for k in (0, 1)]
    scene = {
        'name': f'k{number:05d}', 'seed': number, 'furniture': furniture, 'people': people,
        'camera': {'at': camera, 'toward': [middle[0] + rng.gauss(0, 0.3), middle[1] + rng.gauss(0, 0.2), rng.uniform(1.1, 1.45)], 'angle': rng.uniform(38, 68), 'roll': rng.gauss(0, 1.5)},
        'room': {'size': [w, d, h],
                 'wall': {'colour': wall[0], 'second': wall[1], 'joint': [rng.uniform(0.2, 0.6)] * 3, 'tile': tile, 'dirt': rng.uniform(0.1, 0.9), 'offset': rng.choice([0, 0, 0.5])},
                 'floor': {'colour': floor[0], 'second': floor[1], 'tile': rng.choice([0.2, 0.3, 0.4, 0.5]), 'rough': rng.uniform(0.08, 0.3), 'dirt': rng.uniform(0.2, 0.9)},
                 'light': {'lamps': [[w * 0.28, d * 0.35], [w * 0.72, d * 0.35]] + ([[w * 0.5, d * 0.75]] if maybe(rng, 0.7) else []), 'watts': rng.uniform(34, 70), 'colour': rng.choice(LIGHTS),
                           'air_strength': rng.uniform(0.25, 0.6), 'exposure': rng.gauss(0.1, 0.35)}},
    }
    if maybe(rng, 0.10):
        scene['rat'] = [rng.uniform(0.6, w - 0.6), y + rng.uniform(1.0, 1.8), rng.uniform(0, 6.28), rng.uniform(0.9, 1.4)]
    if maybe(rng, 0.07):
        scene['flames'] = [rng.uniform(0.8, w - 0.8), d - 0.5, 0.88]
    scene['lens'] = {'noise': rng.uniform(0.5, 6), 'blur': rng.uniform(0, 1.3), 'sharpen': rng.uniform(0.2, 1.1), 'cast': [rng.gauss(1, 0.03), 1, rng.gauss(1, 0.04)]}
    scene['jpeg'] = rng.randint(42, 92)
    return scene
