"""Scores the exported model in Python, with the thresholds of its manifest:

    python3 -m training.evaluate --data ../shared/data --model models/wavenilm

`training.table` does the same through the real run time. --folder names another folder of homes of the same form.
"""
import argparse
import json
import os

import numpy as np
import torch

from .export import session
from .metrics import accuracy
from .appliances import APPLIANCES, COUNT, HORIZONS, INDEX, NAMES
from .score import false_power, markdown
from .selection import FINAL, estimate
from .validation import Validation


class OnnxNetwork:
    """window.onnx called like the PyTorch network."""

    def __init__(self, path):
        self.session = session(path)

    def parameters(self):
        return iter([torch.zeros(1)])

    def __call__(self, features):
        y = self.session.run(None, {"features": features.numpy()})[0]
        y = torch.from_numpy(y).reshape(y.shape[0], len(HORIZONS), 2, COUNT, -1)
        return y[:, :, 0], y[:, :, 1]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default="../shared/data")
    parser.add_argument("--model", default="models/wavenilm")
    parser.add_argument("--folder", default="validate")
    parser.add_argument("--days", type=float)
    options = parser.parse_args()
    with open(os.path.join(options.model, "manifest.json")) as file:
        manifest = json.load(file)
    network = OnnxNetwork(os.path.join(options.model, manifest["files"]["window"]["path"]))
    means = manifest["training"]["trainingMeanWatts"]
    rows, claims = [], []
    for prediction in Validation(options.data, options.days, options.folder).predictions(network):
        home = prediction.home
        watts, on, _ = estimate(prediction, manifest["appliances"])
        for name, truth in home.watts.items():
            i = INDEX[name]
            truth = np.where(np.isnan(prediction.logits[FINAL, i]), np.nan, truth)
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
