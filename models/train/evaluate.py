"""Measures the packs as the product runs them: `npm run -s cli -- classify --json --all` on held-out pictures, figures per picture and source."""
import argparse
import json
import subprocess
from pathlib import Path

from metrics import at, average_precision, cheapest, recall_within, truth
from split import selfie

ROOT = Path(__file__).resolve().parents[2]
CHUNK = 100
# A violation missed on one frame is looked for again on the next sample; a look is a reviewer's key press.
MISS_SECONDS, LOOK_SECONDS, PREVALENCE = 20, 3, 0.05
LABELS = {"no_mask": "head_no_mask", "no_hat": "head_bare_head", "smoking": "cigarette_sure", "phone": "phone", "animal": "animal"}
SETS = {
    "crowds, crowd set held out (no selfies)": ("no_mask", lambda r: r["source"] == "kaggle853_cc0"),
    "close-ups, held out": ("no_mask", lambda r: r["source"] == "chandrika_mit"),
    "smoking pool held out against close-ups too": ("smoking", lambda r: True),
    "smoking pool held out against crowds, sites, everyday and phones": ("smoking", lambda r: r["source"] != "chandrika_mit"),
    "building sites and portraits, held out": ("no_hat", lambda r: r["source"] == "headwear"),
    "phones and everyday scenes, held out": ("phone", lambda r: r["source"] in ("phone", "coco256", "headwear", "kaggle853_cc0")),
    "everyday scenes (COCO), held out": ("animal", lambda r: r["source"] == "coco256"),
}


def classify(paths):
    """The command line's answers, in the order of `paths`."""
    answers = []
    for start in range(0, len(paths), CHUNK):
        command = ["npm", "run", "-s", "cli", "--", "classify", "--json", "--all", *map(str, paths[start : start + CHUNK])]
        out = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
        answers += [json.loads(line) for line in out.splitlines()]
    return answers


def score_of(answer, violation):
    """The best score of the label behind a violation, threshold or not."""
    return max((d["score"] for d in answer.get("detections", []) if d["label"] == LABELS[violation]), default=0.0)


def thresholds():
    """Threshold of each violation as the packs ship it."""
    found = {}
    for path in sorted((ROOT / "models").glob("*.json")):
        for line in json.loads(path.read_text()).get("violations", []):
            found[line["id"]] = line["threshold"]
    return found


def measure(records, answers):
    lines = []
    for name, (violation, belongs) in SETS.items():
        pairs = [(r, a) for r, a in zip(records, answers) if belongs(r) and truth(r, violation) is not None]
        cases = [(truth(r, violation), score_of(a, violation)) for r, a in pairs]
        threshold = thresholds().get(violation)
        if not cases or threshold is None:
            continue
        within = recall_within(cases, 0.05)
        line = {"set": name, "violation": violation, "threshold": threshold, **at(threshold, cases)}
        line["cheapestThreshold"] = cheapest(cases, MISS_SECONDS, LOOK_SECONDS, PREVALENCE)
        line.update(averagePrecision=round(average_precision(cases), 3), recallAt5PercentFalseAlarms=round(within[0], 3))
        lines.append(line)
    return lines


def write_measured(lines):
    """Puts the figures of each violation into the manifest of the pack that reports it."""
    for path in sorted((ROOT / "models").glob("*.json")):
        manifest = json.loads(path.read_text())
        own = {v["id"] for v in manifest["violations"]}
        manifest["measured"] = [{**line, "ci95": line["recallCi95"]} for line in lines if line["violation"] in own]
        path.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/vision"))
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--again", action="store_true", help="use the answers kept from the last run")
    args = parser.parse_args()
    records = [r for r in json.loads((args.work / "records.json").read_text()) if wanted(r)]
    kept = args.work / "answers.json"
    answers = json.loads(kept.read_text()) if args.again else classify([(args.data / r["path"]).resolve() for r in records])
    kept.write_text(json.dumps(answers))
    lines = measure(records, answers)
    (args.work / "measured.json").write_text(json.dumps(lines, indent=2))
    write_measured(lines)
    for line in lines:
        print(json.dumps(line))


def wanted(record):
    return record["source"] != "renders" and record["held_out"] and not selfie(record)


if __name__ == "__main__":
    main()
