"""Runs the network over the validation homes and scores it."""
import glob
import os

import numpy as np
import onnxruntime

from .appliances import APPLIANCES, COUNT, HORIZONS, INDEX, LOOKAHEAD_SECONDS, NAMES
from .features import features
from .metrics import accuracy
from .onnx_graphs import build
from .sources import forward_fill, load_home

CHUNK_SECONDS = 2048
MIN_SEGMENT_SECONDS = 600
# The run time holds the last value over gaps up to this long and starts anew after longer ones.
LONGEST_FILL_SECONDS = 300


class Prediction:
    """Row by row output for one home: logits and on-power [horizon, appliance, row]; NaN where no output exists."""

    def __init__(self, home):
        rows = home.total.size
        self.home = home
        self.logits = np.full((len(HORIZONS), COUNT, rows), np.nan, np.float32)
        self.on_power = np.full((len(HORIZONS), COUNT, rows), np.nan, np.float32)


class StreamNetwork:
    """The exported stream graph, run over long signals; several times faster than PyTorch on a CPU."""

    def __init__(self, model, threads=1):
        """`model` is the bytes or the path of a stream graph."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self.state_shapes = {i.name: (1, *i.shape[1:]) for i in self.session.get_inputs() if i.name != "features"}

    @classmethod
    def of(cls, network, threads=1):
        """From a PyTorch network."""
        return cls(build(network, stream=True).SerializeToString(), threads)

    def run(self, power, interval):
        """(logits, on-power in W) [2, 11, T] over power (W) on the 1 s grid, from zero states."""
        x = features(power, interval)[None]
        states = {name: np.zeros(shape, np.float32) for name, shape in self.state_shapes.items()}
        out = np.empty((len(HORIZONS), 2, COUNT, power.size), np.float32)
        for start in range(0, power.size, CHUNK_SECONDS):
            end = min(start + CHUNK_SECONDS, power.size)
            results = self.session.run(None, {"features": x[..., start:end], **states})
            states = dict(zip(states, results[1:]))
            out[..., start:end] = results[0].reshape(len(HORIZONS), 2, COUNT, -1)
        return out[:, 0], out[:, 1]


def predict_home(network, home, days=None):
    """Prediction for a home; a row takes the mean over the seconds it covers (final: as settled 60 s later)."""
    out = Prediction(home)
    step, left = home.step_seconds, (days or 10 ** 9) * 86400
    for a, b in home.segments(LONGEST_FILL_SECONDS):
        b = min(b, a + int(left) // step)
        if (b - a) * step < MIN_SEGMENT_SECONDS:
            continue
        left -= (b - a) * step
        power = np.repeat(np.nan_to_num(forward_fill(home.total[a:b], LONGEST_FILL_SECONDS)), step)
        logits, on_power = network.run(power, step)
        for h, name in enumerate(HORIZONS):
            shift = LOOKAHEAD_SECONDS if name == "final" else 0
            for target, values in ((out.logits, logits), (out.on_power, on_power)):
                settled = np.concatenate([values[h][:, shift:], np.repeat(values[h][:, -1:], shift, 1)], 1)
                target[h, :, a:b] = settled.reshape(COUNT, b - a, step).mean(2)
    return out


class Validation:
    """The homes under `<data>/nilm/validate`, or another folder of the same form."""

    def __init__(self, data, days=None, folder="validate"):
        self.days = days
        self.homes = [load_home(p) for p in sorted(glob.glob(os.path.join(data, "nilm", folder, "*.npz")))]

    def predictions(self, network):
        return [predict_home(network, home, self.days) for home in self.homes]

    def quick_score(self, network):
        """Mean over appliances of F1 and MAE gain at threshold 0.5, raw final horizon; and a line per row."""
        lines, by_appliance = [], {}
        for prediction in self.predictions(network):
            home = prediction.home
            probability = 1 / (1 + np.exp(-prediction.logits[1]))
            for name, truth in home.watts.items():
                i = INDEX[name]
                truth = np.where(np.isnan(probability[i]), np.nan, truth)
                on = np.nan_to_num(probability[i]) > .5
                watts = np.where(on, np.nan_to_num(probability[i] * prediction.on_power[1, i]), 0)
                row = accuracy(truth, watts, on, home.step_seconds, APPLIANCES[i])
                lines.append(f"  {name:15s} {home.name:28s} f1 {row['f1']:.3f} p {row['precision']:.2f} r {row['recall']:.2f} "
                             f"mae {row['maeWatts']:6.1f} off {row['maeAlwaysOffWatts']:6.1f} mean {row['predictedMeanWatts']:6.1f} "
                             f"acts {row['activations']} falseOn {row['falseOnMinutesPerDay']:.1f} min/d")
                if row["activations"]:
                    gain = 1 - min(1.5, row["maeWatts"] / max(row["maeAlwaysOffWatts"], 1e-3))
                    by_appliance.setdefault(name, []).append((row["f1"] + gain) / 2)
                else:
                    by_appliance.setdefault(name, []).append(-min(.3, row["predictedMeanWatts"] / 100))
            absent = [n for n in NAMES if n not in home.watts]
            lines.append("  unmetered mean W " + home.name + ": " + " ".join(
                f"{n} {np.nanmean(np.where(probability[INDEX[n]] > .5, probability[INDEX[n]] * prediction.on_power[1, INDEX[n]], 0)):.1f}"
                for n in absent))
        return float(np.mean([np.mean(v) for v in by_appliance.values()])), lines
