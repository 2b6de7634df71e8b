"""Measures the packs as the product runs them: `npm run -s cli -- classify --json --all` on held-out pictures, figures
per picture and source;
with --choose it first sets each threshold by cost."""

import argparse
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

from metrics import at, average_precision, choose, crossed, recall_within, truth
from split import selfie

ROOT = Path(__file__).resolve().parents[2]
CHUNK = 100
# A violation missed on one frame is looked for again on the next sample; a look is a reviewer's key press.
PRICE = {"missSeconds": 20, "lookSeconds": 3, "prevalence": 0.05}
FEWEST_POSITIVES = 20
MARKS = ("<!-- figures: written by train/evaluate.py -->", "<!-- end of figures -->")
STREETS = ("kaggle853_cc0", "headwear", "coco256", "cig_m1shy_ccby", "phone", "chandrika_mit")


@dataclass(frozen=True)
class Set:
    """Held-out pictures of some sources that are asked for one violation; `decides` where the threshold is chosen on
    it."""

    name: str
    violation: str
    sources: tuple
    of: str = "photographs"
    decides: bool = False

    def cases(self, records, answers, score):
        pairs = [(r, a) for r, a in zip(records, answers) if r["source"] in self.sources]
        return [
            (truth(r, self.violation), score(a, self.violation))
            for r, a in pairs
            if truth(r, self.violation) is not None
        ]


def renders(violation, decides=False):
    return Set("rendered kitchens, held out", violation, ("renders",), "renders", decides)


SETS = (
    Set("crowds, crowd set held out (no selfies)", "no_mask", ("kaggle853_cc0",), decides=True),
    Set("close-ups, held out", "no_mask", ("chandrika_mit",)),
    renders("no_mask"),
    Set("smoking pool held out against crowds, sites, everyday and phones", "smoking", STREETS[:-1], decides=True),
    Set("smoking pool held out against close-ups too", "smoking", STREETS),
    renders("smoking"),
    Set("building sites and portraits, held out", "no_hat", ("headwear",), decides=True),
    renders("no_hat"),
    Set(
        "phones, everyday scenes, crowds and sites, held out",
        "phone",
        ("phone", "coco256", "headwear", "kaggle853_cc0"),
    ),
    renders("phone"),
    Set("everyday scenes (COCO), held out", "animal", ("coco256",)),
    *(
        each
        for violation in ("pest", "open_bin", "fire")
        for each in (renders(violation, True), Set("photographs of every source, held out", violation, STREETS))
    ),
    renders("no_uniform", True),
)


def classify(paths):
    """The command line's answers, in the order of `paths`."""
    answers = []
    for start in range(0, len(paths), CHUNK):
        command = [
            "npm",
            "run",
            "-s",
            "cli",
            "--",
            "classify",
            "--json",
            "--all",
            *map(str, paths[start : start + CHUNK]),
        ]
        out = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
        answers += [json.loads(line) for line in out.splitlines()]
    return answers


def manifests():
    return {path: json.loads(path.read_text()) for path in sorted((ROOT / "models").glob("*.json"))}


def scorer(packs) -> Callable:
    """The best score of the labels behind a violation, threshold or not."""
    labels = {line["id"]: set(line["labels"]) for manifest in packs.values() for line in manifest["violations"]}
    return lambda answer, violation: max(
        (d["score"] for d in answer.get("detections", []) if d["label"] in labels.get(violation, ())), default=0.0
    )


def set_thresholds(packs, floors, records, answers):
    """Chooses the threshold of each violation that a set decides, if it has the pictures for it; returns what was
    weighed."""
    score, weighed = scorer(packs), {}
    for each in (s for s in SETS if s.decides):
        cases, kept = each.cases(records, answers, score), floors.get(each.violation)
        if kept is None or sum(t for t, _ in cases) < FEWEST_POSITIVES:
            continue
        weighed[each.violation] = {
            "threshold": choose(cases, PRICE, kept),
            "floors": kept,
            "crossed": crossed(cases, PRICE, kept),
        }
    for manifest in packs.values():
        for line in manifest["violations"]:
            line["threshold"] = weighed.get(line["id"], line)["threshold"]
        manifest["thresholdPolicy"] = policy([line["id"] for line in manifest["violations"]], weighed)
    return weighed


def policy(ids, weighed):
    """What the thresholds of one pack weigh, in words and numbers."""
    mine = {i: {k: v for k, v in weighed[i].items() if k != "threshold"} for i in ids if i in weighed}
    rule = (
        "The cheapest threshold by these prices among those that keep the stated floors of precision and recall on "
        "held-out pictures: a reviewer who is shown nonsense stops looking. `crossed` is what it gives when chosen on "
        "one half of the pictures and measured on the other."
    )
    given = [i for i in ids if i not in weighed]
    return {
        "rule": rule,
        **PRICE,
        "violations": mine,
        "given": given,
        "whyGiven": f"fewer than {FEWEST_POSITIVES} held-out pictures show it" if given else None,
    }


def measure(packs, records, answers):
    score, lines = scorer(packs), []
    thresholds = {line["id"]: line["threshold"] for manifest in packs.values() for line in manifest["violations"]}
    for each in SETS:
        cases = each.cases(records, answers, score)
        if not cases or each.violation not in thresholds:
            continue
        threshold = thresholds[each.violation]
        line = {
            "set": each.name,
            "of": each.of,
            "violation": each.violation,
            "threshold": threshold,
            **at(threshold, cases),
        }
        if line["positives"]:
            line.update(
                averagePrecision=round(average_precision(cases), 3),
                recallAt5PercentFalseAlarms=round(recall_within(cases, 0.05)[0], 3),
            )
        lines.append(line)
    return lines


def write(packs, lines):
    """Puts thresholds and figures into the manifest of the pack that reports a violation."""
    for path, manifest in packs.items():
        own = {v["id"] for v in manifest["violations"]}
        manifest["measured"] = [{**line, "ci95": line["recallCi95"]} for line in lines if line["violation"] in own]
        path.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")


def table(lines):
    """The figures as the model card shows them."""
    share = lambda v: "–" if v is None else f"{v:.3f}"
    bounds = lambda line, key: (
        f"{share(line[key])} [{line[key + 'Ci95'][0]:.2f}–{line[key + 'Ci95'][1]:.2f}]"
        if line[key] is not None
        else "–"
    )
    rows = [
        "| measured on | set | violation | pictures (with) | threshold | precision | recall | FA | AP |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for line in lines:
        cells = [
            line["of"],
            line["set"],
            f"`{line['violation']}`",
            f"{line['pictures']} ({line['positives']})",
            line["threshold"],
            share(line["precision"]),
        ]
        rows.append(
            "| "
            + " | ".join(
                map(
                    str,
                    [*cells, bounds(line, "recall"), bounds(line, "falseAlarms"), share(line.get("averagePrecision"))],
                )
            )
            + " |"
        )
    return "\n".join(rows)


def write_card(lines):
    """Puts the figures between the marks of the model card."""
    path = ROOT / "models/README.md"
    before, rest = path.read_text().split(MARKS[0])
    path.write_text(f"{before}{MARKS[0]}\n\n{table(lines)}\n\n{MARKS[1]}{rest.split(MARKS[1])[1]}")


def wanted(record):
    return record["held_out"] and not selfie(record)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/vision"))
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--again", action="store_true", help="use the answers kept from the last run")
    parser.add_argument("--choose", action="store_true", help="set the thresholds too")
    args = parser.parse_args()
    records = [r for r in json.loads((args.work / "records.json").read_text()) if wanted(r)]
    kept = args.work / "answers.json"
    answers = (
        json.loads(kept.read_text()) if args.again else classify([(args.data / r["path"]).resolve() for r in records])
    )
    kept.write_text(json.dumps(answers))
    packs = manifests()
    if args.choose:
        settings = json.loads(Path(__file__).with_name("packs.json").read_text())
        floors = {v["id"]: v["floors"] for pack in settings.values() for v in pack["violations"] if "floors" in v}
        print(json.dumps(set_thresholds(packs, floors, records, answers), indent=1))
    lines = measure(packs, records, answers)
    write(packs, lines)
    write_card(lines)
    (args.work / "measured.json").write_text(json.dumps(lines, indent=2))
    for line in lines:
        print(json.dumps(line))


if __name__ == "__main__":
    main()
