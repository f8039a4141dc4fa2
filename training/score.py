"""Scores prediction files of the run time against measured appliances.

    python3 -m training.score --predictions predictions/ --homes ../shared/data/nilm/validate

--predictions holds <home>.csv as written by `npm run nilm:predict`, one row per row of the home. Prints a Markdown table.
"""
import argparse
import csv
import glob
import os

import numpy as np

from .appliances import APPLIANCES, INDEX, NAMES
from .metrics import accuracy
from .sources import load_home

COLUMNS = (("appliance", 0), ("home", 0), ("meterIntervalSeconds", 0), ("hours", 1), ("activations", 0), ("maeWatts", 1),
           ("maeAlwaysOffWatts", 1), ("maeTrainingMeanWatts", 1), ("f1", 3), ("precision", 2), ("recall", 2), ("sae", 2),
           ("matchRate", 2), ("eventRecall", 2), ("falseOnMinutesPerDay", 1), ("meanWatts", 1), ("predictedMeanWatts", 1))
TRUE_WORDS = {"1", "true", "True"}


def read_predictions(path):
    """Timestamps (Unix s) and, per appliance, watts and on-state of a file of the run time."""
    with open(path, newline="") as file:
        reader = csv.reader(file)
        header = next(reader)
        rows = list(reader)
    at = {name: i for i, name in enumerate(header)}
    times = np.array([float(r[at["timestamp"]]) for r in rows])
    watts = {n: np.array([float(r[at[n + "_watts"]] or 0) for r in rows], np.float32) for n in NAMES}
    on = {n: np.array([r[at[n + "_is_on"]] in TRUE_WORDS for r in rows]) for n in NAMES}
    return times, watts, on


def score_home(home, times, watts, on, training_means):
    """Metric rows of one home; rows of the home without a prediction are left out."""
    order = np.clip(np.searchsorted(times, home.times), 0, max(times.size - 1, 0))
    found = np.abs(times[order] - home.times) < 0.5
    for name, truth in home.watts.items():
        truth = np.where(found, truth, np.nan)
        row = accuracy(truth, np.where(found, watts[name][order], 0), found & on[name][order], home.step_seconds,
                       APPLIANCES[INDEX[name]], training_means.get(name))
        yield {"appliance": name, "home": home.name, "meterIntervalSeconds": home.step_seconds, **row}


def false_power(home, watts, on):
    """What is claimed for appliances that the home does not meter: mean W and minutes a day, to be read with care."""
    for name in NAMES:
        if name not in home.watts:
            yield {"appliance": name, "home": home.name, "predictedMeanWatts": float(watts[name].mean()),
                   "onMinutesPerDay": float(on[name].mean() * 1440)}


def markdown(rows):
    lines = ["| " + " | ".join(name for name, _ in COLUMNS) + " |", "|" + "---|" * len(COLUMNS)]
    for row in rows:
        cells = []
        for name, digits in COLUMNS:
            value = row.get(name)
            cells.append("-" if value is None else f"{value:.{digits}f}" if isinstance(value, float) else str(value))
        if row["activations"] < 10:
            cells[4] += " (few)"
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--predictions", required=True)
    parser.add_argument("--homes", default="../shared/data/nilm/validate")
    parser.add_argument("--manifest", default="models/wavenilm/manifest.json", help="for the training means")
    options = parser.parse_args()
    print_scores(options.predictions, options.homes, options.manifest)


def print_scores(predictions, homes, manifest):
    import json
    means = {}
    if os.path.exists(manifest):
        with open(manifest) as file:
            means = json.load(file)["training"]["trainingMeanWatts"]
    rows, claims = [], []
    for path in sorted(glob.glob(os.path.join(homes, "*.npz"))):
        home = load_home(path)
        file = os.path.join(predictions, home.name + ".csv")
        if os.path.exists(file):
            times, watts, on = read_predictions(file)
            rows += score_home(home, times, watts, on, means)
            claims += false_power(home, watts, on)
    rows.sort(key=lambda row: (INDEX[row["appliance"]], row["home"]))
    print(markdown(rows))
    print("\nClaimed where not metered (the home may own one):\n\n| appliance | home | mean W | on min/day |\n|---|---|---|---|")
    for claim in sorted(claims, key=lambda c: INDEX[c["appliance"]]):
        print(f"| {claim['appliance']} | {claim['home']} | {claim['predictedMeanWatts']:.1f} | {claim['onMinutesPerDay']:.1f} |")


if __name__ == "__main__":
    main()
