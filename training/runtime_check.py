"""Checks that the run time publishes what `training.report` judges:

    python3 -m training.runtime_check --data ../shared/data --days 2

Writes each validation home's mains as CSV into a temporary folder, runs `npm run nilm:predict` on it and sets the result beside
Python's, by appliance. Ends with an error where, over all homes, less than LEAST_AGREEMENT of the time that they take as on is
common to both; rows in which both are off would hide an appliance that is never seen. They are not equal to the last digit: a meter
whose readings do not fall on whole seconds has rows that share a second, and the last minutes before an outage, which the run time
decides as it does while they are new, are decided here with the thresholds of the final answer.
"""
import argparse
import csv
import os
import subprocess
import sys
import tempfile

import numpy as np

from .appliances import APPLIANCES, INDEX, NAMES
from .metrics import accuracy
from .released import released
from .selection import estimate
from .validation import Validation

LEAST_AGREEMENT = 0.7
# A run more or less says nothing where there is hardly any.
LEAST_ON_SECONDS = 600
TRUE_WORDS = {"1", "true", "True"}


def write_mains(home, path):
    """timestamp,power_total rows of what the meter reported; missing readings are left out."""
    known = ~np.isnan(home.total)
    with open(path, "w") as file:
        file.write("timestamp,power_total\n")
        np.savetxt(file, np.stack([home.times[known], home.total[known]], 1), fmt=("%d", "%g"), delimiter=",")


def read_predictions(path, home):
    """Watts and states [11, rows] of a file of the run time, and which of the home's rows it answers."""
    with open(path, newline="") as file:
        reader = csv.reader(file)
        at = {name: i for i, name in enumerate(next(reader))}
        rows = list(reader)
    times = np.array([float(row[at["timestamp"]]) for row in rows])
    order = np.clip(np.searchsorted(times, home.times), 0, max(times.size - 1, 0))
    found = np.abs(times[order] - home.times) < 0.5
    watts = np.array([[float(row[at[name + "_watts"]] or 0) for row in rows] for name in NAMES], np.float32)
    on = np.array([[row[at[name + "_is_on"]] in TRUE_WORDS for row in rows] for name in NAMES])
    return watts[:, order] * found, on[:, order] & found, found


def common_share(both_seconds, on_seconds):
    """How much of the time that two predictions take as on, together `on_seconds`, is common to both, 0..1."""
    return 2 * both_seconds / on_seconds if on_seconds else 1.0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default="../shared/data")
    parser.add_argument("--model", default="models/wavenilm")
    parser.add_argument("--days", type=float, default=2, help="the first days of each home")
    options = parser.parse_args()
    manifest, networks = released(options.model)
    validation = Validation(options.data, options.days)
    seconds = np.zeros((len(NAMES), 2))
    print("| appliance | home | time on in common | MAE run time | MAE Python | F1 run time | F1 Python |\n|" + "---|" * 7)
    with tempfile.TemporaryDirectory() as folder:
        for pair in validation.pairs(*networks):
            home = pair.home
            mains, predicted = (os.path.join(folder, home.name + end) for end in (".csv", ".predicted.csv"))
            write_mains(home, mains)
            subprocess.run(["npm", "run", "--silent", "nilm:predict", "--", "--input", mains, "--output", predicted,
                            "--model-dir", options.model], check=True)
            watts, on, found = read_predictions(predicted, home)
            python_watts, python_on, probability = estimate(pair, manifest["appliances"])
            for name, truth in home.watts.items():
                i = INDEX[name]
                judged = found & ~np.isnan(probability[i])
                seen = np.array([(on[i] & python_on[i])[judged].sum(), on[i][judged].sum() + python_on[i][judged].sum()])
                seconds[i] += seen * home.step_seconds
                agreement = common_share(*seen)
                truth = np.where(judged, truth, np.nan)
                ours, theirs = (accuracy(truth, w[i], s[i], home.step_seconds, APPLIANCES[i])
                                for w, s in ((watts, on), (python_watts, python_on)))
                print(f"| {name} | {home.name} | {agreement:.4f} | {ours['maeWatts']:.2f} | {theirs['maeWatts']:.2f} | "
                      f"{ours['f1']:.3f} | {theirs['f1']:.3f} |", flush=True)
    differing = [f"{name} {common_share(*both_and_on):.0%}" for name, both_and_on in zip(NAMES, seconds)
                 if both_and_on[1] >= LEAST_ON_SECONDS and common_share(*both_and_on) < LEAST_AGREEMENT]
    if differing:
        sys.exit("error: the run time and Python have too little of the time on in common: " + ", ".join(differing))


if __name__ == "__main__":
    main()
