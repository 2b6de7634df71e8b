"""Per-picture figures: what a picture truly shows, Wilson intervals, precision and recall, and the threshold that
costs least."""

import math
import random
import statistics


def wilson(hits, total, z=1.96):
    """The 95 % interval of a share."""
    if not total:
        return [0.0, 1.0]
    p = hits / total
    middle = p + z * z / (2 * total)
    spread = z * math.sqrt(p * (1 - p) / total + z * z / (4 * total * total))
    return [max(0.0, round((middle + s * spread) / (1 + z * z / total), 3)) for s in (-1, 1)]


RENDERED_BOX = {"smoking": "cigarette", "phone": "phone", "pest": "rat", "open_bin": "open_bin", "fire": "flame"}


def truth(record, violation):
    """True, False or None (nobody looked) for a picture and a violation."""
    source = record["source"]
    if source == "renders":
        return rendered_truth(record, violation)
    names = {b[0] for b in record["boxes"]}
    if violation == "no_mask":
        return {"no": True, "mixed": True, "yes": False}.get(record["mask"])
    if violation == "smoking":
        if source == "cig_m1shy_ccby":
            return True if record["smoking"] == "yes" else None
        return False if source in ("kaggle853_cc0", "coco256", "headwear", "chandrika_mit", "phone") else None
    if violation == "no_hat":
        heads = names & {"bare_head", "hard_hat", "hat_other"}
        return ("bare_head" in heads) if heads else None
    if violation == "phone":
        if source == "coco256":
            return "coco:67" in names
        return True if source == "phone" else (False if source in ("kaggle853_cc0", "headwear") else None)
    if violation == "animal":
        return bool(names & {"coco:14", "coco:15", "coco:16"}) if source == "coco256" else None
    # Nobody looked for these in the photographs; what is flagged there counts as a false alarm.
    return False if violation in ("pest", "open_bin", "fire") else None


def rendered_truth(record, violation):
    """What the scene of a rendered kitchen says; heads hidden or turned away have no answer of their own."""
    if violation in RENDERED_BOX:
        return RENDERED_BOX[violation] in {b[0] for b in record["boxes"]}
    if not record["heads"]:
        return None
    _, masks, hats, coats = zip(*record["heads"])
    return {
        "no_mask": bool({"no", "incorrect"} & set(masks)),
        "no_hat": "no" in hats,
        "no_uniform": "street" in coats,
    }.get(violation)


def at(threshold, cases):
    """Counts and figures of (truth, score) pairs at a threshold."""
    tp = sum(1 for t, s in cases if t and s >= threshold)
    fp = sum(1 for t, s in cases if not t and s >= threshold)
    positives = sum(1 for t, _ in cases if t)
    negatives = len(cases) - positives
    return {
        "pictures": len(cases),
        "positives": positives,
        "precision": round(tp / (tp + fp), 3) if tp + fp else None,
        "recall": round(tp / positives, 3) if positives else None,
        "recallCi95": wilson(tp, positives),
        "falseAlarms": round(fp / negatives, 3) if negatives else None,
        "falseAlarmsCi95": wilson(fp, negatives),
    }


def average_precision(cases):
    ranked = sorted(cases, key=lambda c: -c[1])
    hits, total = 0, 0.0
    for i, (t, _) in enumerate(ranked, 1):
        if t:
            hits += 1
            total += hits / i
    return total / hits if hits else 0.0


def recall_within(cases, false_alarms):
    """(recall, threshold) at the lowest threshold whose share of false alarms stays within the limit."""
    negatives = sorted((s for t, s in cases if not t), reverse=True)
    allowed = int(len(negatives) * false_alarms)
    threshold = negatives[allowed] + 1e-6 if allowed < len(negatives) else 0.0
    positives = [s for t, s in cases if t]
    return (sum(s >= threshold for s in positives) / len(positives) if positives else 0.0), threshold


def cost(cases, threshold, price):
    """Reviewers' and missed seconds per picture: `price` has the seconds of a miss, of a look, and the share of
    pictures with a violation."""
    positives, negatives = [s for t, s in cases if t], [s for t, s in cases if not t]
    missed = sum(s < threshold for s in positives) / max(1, len(positives))
    alarms = sum(s >= threshold for s in negatives) / max(1, len(negatives))
    share = price["prevalence"]
    return share * missed * price["missSeconds"] + (share * (1 - missed) + (1 - share) * alarms) * price["lookSeconds"]


def choose(cases, price, floors):
    """The cheapest threshold among those that keep both floors ("precision", "recall"); failing that, precision's
    alone; failing that, the surest."""
    scores = sorted({round(s, 4) for _, s in cases if s >= 0.3})
    steps = [round((low + high) / 2, 3) for low, high in zip(scores, scores[1:])] or [0.5]
    found = {t: at(t, cases) for t in steps}
    precise = [t for t in steps if (found[t]["precision"] or 0) >= floors["precision"]]
    both = [t for t in precise if (found[t]["recall"] or 0) >= floors["recall"]]
    if not precise:
        return max(steps, key=lambda t: (found[t]["precision"] or 0, found[t]["recall"] or 0))
    return min(both or precise, key=lambda t: (cost(cases, t, price), t))


def crossed(cases, price, floors, rounds=20, seed=1):
    """Precision, recall and false alarms when the threshold is chosen on one half and measured on the other, over many
    halvings."""
    rng, found = random.Random(seed), []
    for _ in range(rounds):
        mixed = rng.sample(cases, len(cases))
        halves = mixed[: len(mixed) // 2], mixed[len(mixed) // 2 :]
        found += [at(choose(mine, price, floors), its) for mine, its in (halves, halves[::-1])]
    mean = lambda key: round(statistics.mean(f[key] for f in found if f[key] is not None), 3)
    return {"precision": mean("precision"), "recall": mean("recall"), "falseAlarms": mean("falseAlarms")}
