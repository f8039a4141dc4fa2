"""Prints and writes the whole accuracy report: the released model beside the baselines in the validation homes.

    python3 -m training.report --data ../shared/data

Trains the baselines first where <runs> lacks their time (see `training.baselines`). Writes report.json, ACCURACY.md, CARD.md and
plots/ into the model's folder. What the baselines predict is kept in <runs>/predictions. With --baselines-of an earlier report.json
they are neither trained nor run: their figures are taken over where they are of the very same rows.
"""
import argparse
import json
import os

import torch

from . import comparison, false_claims, old_design, predictors, reliability, resampling, seq2point
from .appliances import LOOKAHEAD_SECONDS
from .baselines import add_training_options, comparable, old_design_path, seq2point_path, train
from .card import card
from .checkpoint import load
from .examples import examples
from .plots import save_plots
from .predictor_names import EDGES, MEAN, MODEL, OFF, OLD_DESIGN, SEQ2POINT
from .released import released
from .report_text import accuracy_text
from .validation import Validation


# As many as thresholds are chosen on (export --days).
DAYS = 20


def training_of(path, examples_per_step):
    saved = load(path)
    return {"minutes": round(saved["spent_seconds"] / 60, 1), "steps": saved["step"],
            "examples": saved["step"] * examples_per_step}


def rivals(options, pairs, names):
    """(estimates of the trained baselines by predictor, what the report says of them)."""
    train(options.data, options.runs, options.seq2point_minutes, options.old_design_minutes, options.seed, names)
    paths = [seq2point_path(options.runs), *(old_design_path(options.runs, name) for name in names)]
    missing = [path for path in paths if not os.path.exists(path)]
    if missing:
        raise SystemExit("not trained yet: " + ", ".join(missing))
    store = predictors.Store(os.path.join(options.runs, "predictions"))
    print("seq2point", flush=True)
    seq2point_estimates, choices = predictors.by_watts(pairs, predictors.seq2point_watts(pairs, options.runs, store))
    print("replaced design", flush=True)
    old_estimates, _ = predictors.old_design_estimates(predictors.old_design_pairs(pairs, names, options.runs, store), names)
    return {SEQ2POINT: seq2point_estimates, OLD_DESIGN: old_estimates}, {
        "seq2point": training_of(seq2point_path(options.runs), seq2point.BATCH),
        "oldDesign": {name: training_of(old_design_path(options.runs, name), old_design.BATCH) for name in names},
        "seq2pointThresholds": {meter: {n: {"watts": round(t, 1), "powerFactor": f} for n, (t, f) in chosen.items()}
                                for meter, chosen in choices.items()},
    }


def make_report(options):
    """(report, example panels)."""
    earlier = read(options.baselines_of) if options.baselines_of else None
    manifest, networks = released(options.model)
    names = comparable(Validation(options.data).homes)
    validation = Validation(options.data, options.days)
    print("the released model", flush=True)
    pairs = validation.pairs(*networks, slowed=True)
    model = predictors.model(pairs, manifest)
    if earlier:
        trained, described_baselines = {}, {"takenFrom": earlier["model"], **earlier["baselines"]}
    else:
        trained, described_baselines = rivals(options, pairs, names)
    print("edges", flush=True)
    edge_estimates, _ = predictors.by_watts(pairs, predictors.edge_watts(pairs, options.data))
    estimates = {
        MODEL: model, **trained, EDGES: edge_estimates,
        MEAN: predictors.constant(pairs, manifest["training"]["trainingMeanWatts"]), OFF: predictors.constant(pairs, {}),
    }
    rows = comparison.home_rows(pairs, estimates, names)
    if earlier:
        comparison.take_over(rows, earlier["rows"], (SEQ2POINT, OLD_DESIGN))
    pooled = comparison.pooled(rows)
    for entry in pooled if trained else ():
        compared = {name: estimates[name] for name in (MODEL, *entry["better"])}
        entry["blocks"], entry["chance"] = resampling.intervals(pairs, compared, entry["appliance"], entry["meter"])
    claims = false_claims.claims(options.data, pairs, model, networks, manifest["appliances"])
    described, panels = examples(pairs, model, names)
    return {
        "model": manifest["version"], "lookaheadSeconds": LOOKAHEAD_SECONDS, "daysPerHome": options.days,
        "minutes": {branch: manifest["training"][branch]["wallMinutes"] for branch in ("fast", "slow")},
        "windowTeachers": {branch: manifest["training"][branch]["windowTeachers"] for branch in ("fast", "slow")},
        "baselines": described_baselines,
        "rows": rows, "pooled": pooled, "falseClaims": claims, "falseClaimSummary": false_claims.summary(claims),
        "leftOut": {entry["name"]: entry["leftOutMetrics"] for entry in manifest["appliances"] if entry["leftOutMetrics"]},
        "reliability": reliability.curves(pairs, model), "examples": described,
    }, panels


def read(path):
    with open(path) as file:
        return json.load(file)


def write(folder, name, text):
    with open(os.path.join(folder, name), "w") as file:
        file.write(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_training_options(parser)
    parser.add_argument("--model", default="models/wavenilm", help="folder of the released model")
    parser.add_argument("--days", type=float, default=DAYS, help="at most the first days of each home")
    parser.add_argument("--out", help="folder to write to; the model's by default")
    parser.add_argument("--baselines-of", help="report.json of the same homes: its figures of seq2point and the replaced design stay")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    report, panels = make_report(options)
    out = options.out or options.model
    os.makedirs(out, exist_ok=True)
    write(out, "report.json", json.dumps(report, indent=1) + "\n")
    text = accuracy_text(report)
    write(out, "ACCURACY.md", text)
    write(out, "CARD.md", card(read(os.path.join(options.model, "manifest.json")), report))
    save_plots(os.path.join(out, "plots"), report, panels)
    print(text)


if __name__ == "__main__":
    main()
