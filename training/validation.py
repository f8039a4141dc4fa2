"""Runs the network over the validation homes and scores it."""
import glob
import os

import numpy as np
import onnxruntime

from .appliances import APPLIANCES, COUNT, HORIZONS, INDEX, LOOKAHEAD_SECONDS, NAMES
from .features import features
from .homes import first_days
from .labels import on_state
from .metrics import accuracy
from .mixing import COARSE_INTERVAL_SECONDS
from .model import FAST
from .row_graphs import Memory, build_rows
from .slow_features import slow_features
from .slow_grid import BLOCK_SECONDS, to_pieces
from .sources import Home, forward_fill, load_home

CHUNK_STEPS = 2048
MIN_SEGMENT_SECONDS = 600
# The run time holds the last value over gaps up to this long and starts anew after longer ones.
LONGEST_FILL_SECONDS = 300
SLOWED_SECONDS = (30, 60)


class Prediction:
    """Row by row output for one home: logits and on-power [horizon, appliance, row]; NaN where no output exists."""

    def __init__(self, home):
        rows = home.total.size
        self.home = home
        self.logits = np.full((len(HORIZONS), COUNT, rows), np.nan, np.float32)
        self.on_power = np.full((len(HORIZONS), COUNT, rows), np.nan, np.float32)


class Pair:
    """What both networks say about one home."""

    def __init__(self, home, fast, slow):
        self.home, self.fast, self.slow = home, fast, slow
        self.meter = "fine" if home.step_seconds < COARSE_INTERVAL_SECONDS else "coarse"

    def blended(self, horizon, index, slow_share):
        """(logits, on-power in W) by row of one appliance."""
        return tuple((1 - slow_share) * a[horizon, index] + slow_share * b[horizon, index]
                     for a, b in ((self.fast.logits, self.slow.logits), (self.fast.on_power, self.slow.on_power)))


class StreamNetwork:
    """The exported stream graph, run over long signals; several times faster than PyTorch on a CPU."""

    def __init__(self, branch, model, threads=1):
        """`model` is the bytes or the path of a stream graph of the branch."""
        self.branch = branch
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self.channels = next(i.shape[1] for i in self.session.get_inputs() if i.name == "past")

    @classmethod
    def of(cls, network, threads=1):
        """From a PyTorch network."""
        return cls(network.branch, build_rows(network, step=False).SerializeToString(), threads)

    def run(self, x):
        """(logits, on-power in W) [2, 11, T] of features [F, T], from zero states."""
        memory = Memory(self.branch.dilations, self.channels)
        steps = x.shape[1]
        out = np.empty((len(HORIZONS), 2, COUNT, steps), np.float32)
        for start in range(0, steps, CHUNK_STEPS):
            end = min(start + CHUNK_STEPS, steps)
            output, columns = self.session.run(["output", "columns"], {"features": x[:, start:end], "past": memory.past})
            memory.add(columns)
            out[..., start:end] = output.reshape(len(HORIZONS), 2, COUNT, -1)
        return out[:, 0], out[:, 1]

    def per_second(self, power, interval, phase=0):
        """(logits, on-power) [2, 11, seconds] over power (W) on the 1 s grid; the final horizon moved to what it speaks of.

        `phase` is how far into a block of the slow network the first second is: the run time's blocks follow the clock.
        """
        shift = self.branch.lookahead_steps
        if self.branch == FAST:
            results = self.run(features(power, interval))
        else:
            pieces = to_pieces(np.pad(power, (phase, -(phase + power.size) % BLOCK_SECONDS), mode="edge"), 1)
            results = self.run(slow_features(pieces, interval))
        # Where no more follows, what is provisional stays.
        settled = max(power.size - LOOKAHEAD_SECONDS, 0)
        out = []
        for provisional, final in results:
            final = final[:, shift:]
            if self.branch != FAST:
                # What is known at a second is the last block that has ended.
                provisional = np.concatenate([provisional[:, :1], provisional[:, :-1]], 1)
                provisional, final = (np.repeat(x, BLOCK_SECONDS, 1)[:, phase:] for x in (provisional, final))
            provisional = provisional[:, :power.size]
            out.append(np.stack([provisional, np.concatenate([final[:, :settled], provisional[:, settled:]], 1)]))
        return out


def predict_home(network, home):
    """Prediction for a home; a row takes the mean over the seconds it covers (final: as settled LOOKAHEAD_SECONDS later)."""
    out = Prediction(home)
    step = home.step_seconds
    for a, b in home.segments(LONGEST_FILL_SECONDS):
        if (b - a) * step < MIN_SEGMENT_SECONDS:
            continue
        power = np.repeat(np.nan_to_num(forward_fill(home.total[a:b], LONGEST_FILL_SECONDS)), step)
        # A row covers the seconds before its time.
        phase = int(home.times[a] - step) % BLOCK_SECONDS
        for target, values in zip((out.logits, out.on_power), network.per_second(power, step, phase)):
            target[:, :, a:b] = values.reshape(len(HORIZONS), COUNT, b - a, step).mean(3)
    # What the meter did not report has no row to be judged by.
    unmetered = np.isnan(home.total)
    out.logits[:, :, unmetered], out.on_power[:, :, unmetered] = np.nan, np.nan
    return out


def slower(home, rows):
    """The home as a meter would report it that averages over `rows` rows, at the time of the last of them.

    A plug's mean is over what the mains were metered for as well: power in a silence of the mains is in no reading of such a meter.
    """
    count = home.total.size // rows
    mains_known = ~np.isnan(home.total)

    def mean(x):
        known = (mains_known & ~np.isnan(x))[:count * rows].reshape(count, rows)
        values = np.where(known, x[:count * rows].reshape(count, rows), 0)
        return np.where(known.mean(1) >= .5, values.sum(1) / np.maximum(known.sum(1), 1), np.nan).astype(np.float32)

    step = home.step_seconds * rows
    out = Home(f"{home.name}_at_{step}s", step, mean(home.total), {n: mean(w) for n, w in home.watts.items()},
               home.times[rows - 1:count * rows:rows])
    out.state = {n: on_state(w, step, APPLIANCES[INDEX[n]]) for n, w in out.watts.items()}
    return out


class Validation:
    """The homes under `<data>/nilm/validate`, or another folder of the same form."""

    def __init__(self, data, days=None, folder="validate", left_out=()):
        """The first `days` of each home. `left_out` names training homes too, for a network that was trained without them."""
        paths = sorted(glob.glob(os.path.join(data, "nilm", folder, "*.npz")))
        paths += [os.path.join(data, "nilm", "train", name + ".npz") for name in left_out]
        if not paths:
            raise SystemExit(f"No home in {os.path.join(data, 'nilm', folder)}: --data takes the folder that holds nilm/train and "
                             "nilm/validate (training/README.md).")
        homes = [load_home(p) for p in paths]
        self.homes = [first_days(home, days) for home in homes] if days else homes

    def predictions(self, network):
        return [predict_home(network, home) for home in self.homes]

    def pairs(self, fast, slow, slowed=False):
        """A Pair of predictions for each home; `slowed` adds homes of fine meters as coarser ones would report them."""
        homes = list(self.homes)
        if slowed:
            homes += [slower(home, -(-seconds // home.step_seconds)) for seconds in SLOWED_SECONDS for home in self.homes
                      if home.step_seconds < COARSE_INTERVAL_SECONDS]
        pairs = []
        for home in homes:
            first = predict_home(fast, home)
            pairs.append(Pair(home, first, first if slow is fast else predict_home(slow, home)))
        return pairs

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
                lines.append(f"  {name:15s} {home.name:28s} f1 {row['f1']:.3f} p {row['precision']:.2f} "
                             f"r {row['recall']:.2f} mae {row['maeWatts']:6.1f} off {row['maeAlwaysOffWatts']:6.1f} "
                             f"mean {row['predictedMeanWatts']:6.1f} "
                             f"acts {row['activations']} falseOn {row['falseOnMinutesPerDay']:.1f} min/d")
                if row["activations"]:
                    gain = 1 - min(1.5, row["maeWatts"] / max(row["maeAlwaysOffWatts"], 1e-3))
                    by_appliance.setdefault(name, []).append((row["f1"] + gain) / 2)
                else:
                    by_appliance.setdefault(name, []).append(-min(.3, row["predictedMeanWatts"] / 100))
            absent = [n for n in NAMES if n not in home.watts]
            lines.append("  unmetered mean W " + home.name + ": " + " ".join(
                f"{n} {np.nanmean(np.where(p > .5, p * prediction.on_power[1, INDEX[n]], 0)):.1f}"
                for n in absent for p in [probability[INDEX[n]]]))
        return float(np.mean([np.mean(v) for v in by_appliance.values()])), lines
