"""Turns a record into what a detector may learn from it: objects with known and unknown attributes, and places to
leave alone."""

import numpy as np

ATTRIBUTES = ("no_mask", "mask", "bare_head", "hat")
CLASSES = ("head", "cigarette", "phone", "person", "animal")
INDEX = {name: i for i, name in enumerate(ATTRIBUTES + CLASSES)}
FIRST_CLASS = len(ATTRIBUTES)
FACE_SURE, FACE_MAYBE = 0.7, 0.3
THING_SURE, THING_MAYBE = 0.45, 0.2
SMALLEST_BACK_OF_HEAD = 24
KAGGLE = {"mask": "mask", "no-mask": "no_mask", "mask-incorrect": "no_mask"}
HEADWEAR = {"bare_head": "bare_head", "hard_hat": "hat", "hat_other": "hat"}


def overlap(a, b):
    """Intersection over the smaller box: 1 when one holds the other."""
    w = min(a[2], b[2]) - max(a[0], b[0])
    h = min(a[3], b[3]) - max(a[1], b[1])
    if w <= 0 or h <= 0:
        return 0.0
    return w * h / max(1e-9, min((a[2] - a[0]) * (a[3] - a[1]), (b[2] - b[0]) * (b[3] - b[1])))


def iou(a, b):
    w = min(a[2], b[2]) - max(a[0], b[0])
    h = min(a[3], b[3]) - max(a[1], b[1])
    if w <= 0 or h <= 0:
        return 0.0
    return w * h / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - w * h)


class Objects:
    """Boxes with a row of targets (1 yes, 0 no, -1 unknown) and regions where a class must not be judged."""

    def __init__(self):
        self.boxes, self.targets, self.ignored = [], [], []

    def add(self, box, yes=(), unknown=()):
        row = np.zeros(len(INDEX), np.float32)
        row[[INDEX[n] for n in unknown]] = -1
        row[[INDEX[n] for n in yes]] = 1
        row[INDEX["head"]] = any(n in ATTRIBUTES for n in yes)
        self.boxes.append(list(box))
        self.targets.append(row)

    def ignore(self, box, names):
        row = np.zeros(len(CLASSES), np.float32)
        row[[INDEX[n] - FIRST_CLASS for n in names]] = 1
        self.ignored.append((list(box), row))


def grow(box, by):
    w, h = (box[2] - box[0]) * by / 2, (box[3] - box[1]) * by / 2
    return [box[0] - w, box[1] - h, box[2] + w, box[3] + h]


def head_around(face):
    """A face's box with the hair, hat and jaw that belong to the head."""
    w, h = face[2] - face[0], face[3] - face[1]
    return [face[0] - 0.08 * w, face[1] - 0.35 * h, face[2] + 0.08 * w, face[3] + 0.05 * h]


def joined(a, b):
    return [min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])]


def hat_of(record, box):
    """The headwear of a boxed face of the crowd pictures, where somebody looked."""
    for known, value in record.get("hats", []):
        if iou(known, box) > 0.5:
            return {"no": "bare_head", "yes": "hat"}.get(value)
    return None


def add_boxed_faces(record, objects):
    for name, *box in record["boxes"]:
        if name in KAGGLE:
            hat = hat_of(record, box)
            objects.add(head_around(box), [KAGGLE[name]] + ([hat] if hat else []), () if hat else ("bare_head", "hat"))
    for face in record["faces"]:
        if not any(overlap(face, b[1:]) > 0.4 for b in record["boxes"]):
            objects.ignore(head_around(face), ("head",))


def add_close_ups(record, objects):
    wanted = {"yes": "mask", "no": "no_mask"}[record["mask"]]
    sure = [f for f in record["faces"] if (f[5] > 0.5) == (wanted == "mask")]
    faces = record["faces"] if len(record["faces"]) == 1 else sure
    for face in record["faces"]:
        if face in faces:
            objects.add(head_around(face), [wanted], ("bare_head", "hat"))
        else:
            objects.ignore(grow(head_around(face), 0.2), ("head",))
    objects.ignore([0, 0, 1, 1], ("person", "phone"))


def add_seen_faces(record, objects):
    """Heads of pictures without mask labels: a face the face detector is sure of and sees no mask on is bare."""
    heads = [(HEADWEAR[name], box) for name, *box in record["boxes"] if name in HEADWEAR]
    left = list(record["faces"])
    for kind, box in heads:
        face = next((f for f in left if overlap(f, box) > 0.5), None)
        if face is None:
            small = (box[3] - box[1]) * record["height"] < SMALLEST_BACK_OF_HEAD
            objects.add(box, [kind], ("no_mask", "mask") if small else ())
            continue
        left.remove(face)
        bare = face[4] > FACE_SURE and face[5] < 0.5
        objects.add(
            joined(head_around(face), box), [kind] + (["no_mask"] if bare else []), () if bare else ("no_mask", "mask")
        )
    for face in left:
        if face[4] > FACE_SURE and face[5] < 0.5:
            objects.add(head_around(face), ["no_mask"], ("bare_head", "hat"))
        elif face[4] > FACE_MAYBE:
            objects.ignore(grow(head_around(face), 0.2), ("head",))


def add_rendered_heads(record, objects):
    """Heads of the project's own rendered kitchens: everything is known but the mask of a head turned away."""
    for box, mask, hat, *_ in record["heads"]:
        worn = {"yes": ["mask"], "no": ["no_mask"], "incorrect": ["no_mask"]}.get(mask, [])
        objects.add(box, worn + ["bare_head" if hat == "no" else "hat"], () if worn else ("no_mask", "mask"))


def square(box, record):
    """A thin cigarette's box as a square in pixels: easier to find, and its crop keeps its shape."""
    w, h = (box[2] - box[0]) * record["width"], (box[3] - box[1]) * record["height"]
    cx, cy, half = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2, max(w, h) * 0.55
    return [
        cx - half / record["width"],
        cy - half / record["height"],
        cx + half / record["width"],
        cy + half / record["height"],
    ]


def add_things(record, objects):
    known = {"person": [], "phone": [], "animal": []}
    names = {
        "coco:0": "person",
        "coco:67": "phone",
        "coco:14": "animal",
        "coco:15": "animal",
        "coco:16": "animal",
        "person": "person",
        "phone": "phone",
    }
    for name, *box in record["boxes"]:
        if name in names:
            known[names[name]].append(box)
            objects.add(box, [names[name]])
    for name, *box, score in record["things"]:
        kind = "animal" if name in ("cat", "dog", "bird") else name
        if any(iou(box, b) > 0.45 for b in known[kind]):
            continue
        labelled = record["source"] == "coco256" or kind == record["source"] or "heads" in record
        if score > THING_SURE and not labelled:
            known[kind].append(box)
            objects.add(box, [kind])
        elif score > THING_MAYBE:
            objects.ignore(box, (kind,))
    return known["person"]


def objects_of(record):
    """The objects of one record, boxes as fractions of the picture."""
    objects = Objects()
    if record["source"] == "kaggle853_cc0":
        add_boxed_faces(record, objects)
    elif record["source"] == "chandrika_mit":
        add_close_ups(record, objects)
    elif "heads" in record:
        add_rendered_heads(record, objects)
    else:
        add_seen_faces(record, objects)
    heads = [b for b, t in zip(objects.boxes, objects.targets) if t[INDEX["head"]] == 1]
    for x0, y0, x1, y1 in add_things(record, objects):
        top = [x0, y0, x1, y0 + (y1 - y0) * 0.45]
        if not any(overlap(top, head) > 0.5 for head in heads):
            objects.ignore(grow(top, 0.1), ("head",))
    for name, *box in record["boxes"]:
        if name == "cigarette":
            objects.add(square(box, record), ["cigarette"])
    if record["source"] == "cig_m1shy_ccby" and record["smoking"] != "yes":
        objects.ignore([0, 0, 1, 1], ("cigarette",))
    return objects
