"""Scores the exported model in Python, with the thresholds of its manifest:

    python3 -m training.evaluate --data ../shared/data --model models/wavenilm

`training.table` does the same through the real run time. --folder names another folder of homes of the same form.
"""
import argparse

import numpy as np

from .metrics import accuracy
from .appliances import APPLIANCES, INDEX, NAMES
from .score import false_power, markdown
from .selection import estimate
from .shipped import shipped
from .validation import Validation


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default="../shared/data")
    parser.add_argument("--model", default="models/wavenilm")
    parser.add_argument("--folder", default="validate")
    parser.add_argument("--days", type=float)
    options = parser.parse_args()
    manifest, networks = shipped(options.model)
    means = manifest["training"]["trainingMeanWatts"]
    rows, claims = [], []
    for pair in Validation(options.data, options.days, options.folder).pairs(*networks):
        home = pair.home
        watts, on, probability = estimate(pair, manifest["appliances"])
        for name, truth in home.watts.items():
            i = INDEX[name]
            truth = np.where(np.isnan(probability[i]), np.nan, truth)
            row = accuracy(truth, watts[i], on[i], home.step_seconds, APPLIANCES[i], means.get(name))
            rows.append({"appliance": name, "home": home.name, "meterIntervalSeconds": home.step_seconds, **row})
        claims += false_power(home, dict(zip(NAMES, watts)), dict(zip(NAMES, on)))
    rows.sort(key=lambda row: (INDEX[row["appliance"]], row["home"]))
    print(markdown(rows))
    for claim in claims:
        print(f"not metered: {claim['appliance']} {claim['home']} {claim['predictedMeanWatts']:.1f} W "
              f"{claim['onMinutesPerDay']:.1f} min/day")


if __name__ == "__main__":
    main()
