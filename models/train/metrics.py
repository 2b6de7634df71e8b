"""Per-picture figures: what a picture truly shows, Wilson intervals, precision and recall, and the threshold that costs least."""
import math


def wilson(hits, total, z=1.96):
    """The 95 % interval of a share."""
    if not total:
        return [0.0, 1.0]
    p = hits / total
    middle = p + z * z / (2 * total)
    spread = z * math.sqrt(p * (1 - p) / total + z * z / (4 * total * total))
    return [max(0.0, round((middle + s * spread) / (1 + z * z / total), 3)) for s in (-1, 1)]


def truth(record, violation):
    """True, False or None (nobody looked) for a picture and a violation."""
    names = {b[0] for b in record["boxes"]}
    source = record["source"]
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
    if violation == "animal" and source == "coco256":
        return bool(names & {"coco:14", "coco:15", "coco:16"})
    return None


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


def cheapest(cases, miss_cost, look_cost, prevalence):
    """The threshold at which misses and a reviewer's looks cost least, at the given share of pictures with a violation."""
    positives, negatives = [s for t, s in cases if t], [s for t, s in cases if not t]
    best = (math.inf, 0.5)
    for step in range(5, 100):
        threshold = step / 100
        missed = sum(s < threshold for s in positives) / max(1, len(positives))
        alarms = sum(s >= threshold for s in negatives) / max(1, len(negatives))
        cost = prevalence * missed * miss_cost + (prevalence * (1 - missed) + (1 - prevalence) * alarms) * look_cost
        best = min(best, (cost, threshold))
    return best[1]
