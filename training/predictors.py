"""What the released model and each baseline claim in the validation homes, with every choice made on the same homes."""
import os

import numpy as np

from . import edge_baseline, old_design, seq2point, selection, watt_threshold
from .appliances import APPLIANCES, HORIZONS, INDEX, NAMES
from .baselines import load_averaged, old_design_path, seq2point_path
from .checkpoint import load
from .export import on_mains_clock
from .predictor_names import METERS
from .sources import Sources, forward_fill
from .validation import LONGEST_FILL_SECONDS, Pair, Prediction


class Store:
    """Arrays kept under <runs>/predictions, so that a new model does not make the baselines run again."""

    def __init__(self, folder):
        self.folder = folder
        os.makedirs(folder, exist_ok=True)

    def get(self, key, home, make):
        """The dict of arrays that `make()` gives for the home's rows; `key` names the weights they come from."""
        path = os.path.join(self.folder, f"{key}-{home.name}-{home.total.size}.npz")
        if os.path.exists(path):
            with np.load(path) as arrays:
                return dict(arrays)
        print(f"  {key} {home.name}", flush=True)
        arrays = make()
        np.savez_compressed(path + ".part.npz", **arrays)
        os.replace(path + ".part.npz", path)
        return arrays


def key_of(name, path):
    saved = load(path)
    return f"{name}-{saved['step']}-{saved['spent_seconds']:.0f}"


def known_rows(pair):
    """Rows that the released model answers for: all are judged by these."""
    return ~np.isnan(pair.slow.logits[0, 0])


def held_total(home):
    """Total W by row, missing readings held as long as the run time holds them and zero after that."""
    return np.nan_to_num(forward_fill(home.total, LONGEST_FILL_SECONDS // home.step_seconds))


def model(pairs, manifest):
    """Per pair (watts, states, published probabilities), each [11, rows]."""
    return [selection.estimate(pair, manifest["appliances"]) for pair in pairs]


def by_watts(pairs, raw):
    """Per pair (watts, states) of a baseline with watts alone, and what was chosen by kind of meter and appliance."""
    cases = [(on_mains_clock(pair).home, watts, known_rows(pair)) for pair, watts in zip(pairs, raw)]
    decisions = {meter: {name: watt_threshold.choose([case for pair, case in zip(pairs, cases) if pair.meter == meter], name)
                         for name in NAMES} for meter in METERS}
    return [watt_threshold.estimate(pair.home, watts, decisions[pair.meter]) for pair, watts in zip(pairs, raw)], decisions


def seq2point_watts(pairs, runs_folder, store):
    path = seq2point_path(runs_folder)
    network, key = load_averaged(seq2point.Seq2Point(), path), key_of("seq2point", path)

    def watts(home):
        return store.get(key, home, lambda: {"watts": seq2point.predict(network, held_total(home), home.step_seconds)})["watts"]

    return [watts(pair.home) for pair in pairs]


def edge_watts(pairs, data):
    known = edge_baseline.signatures(Sources(data))
    return [edge_baseline.predict(held_total(pair.home), pair.home.step_seconds, known)[0] for pair in pairs]


def old_design_pairs(pairs, names, runs_folder, store):
    """Pairs whose two networks are the old design's one; NaN for what it has no network for or the home does not meter."""
    out = [Prediction(pair.home) for pair in pairs]
    for name in names:
        i, path = INDEX[name], old_design_path(runs_folder, name)
        network, key = load_averaged(old_design.OldDesign(i), path), key_of("old-" + name, path)
        for prediction in out:
            if name not in prediction.home.watts:
                continue

            def make(home=prediction.home):
                made = old_design.predict_home({i: network}, home)
                return {"logits": made.logits[0, i], "on_power": made.on_power[0, i]}

            kept = store.get(key, prediction.home, make)
            prediction.logits[:, i], prediction.on_power[:, i] = kept["logits"], kept["on_power"]
    return [Pair(prediction.home, prediction, prediction) for prediction in out]


def old_design_estimates(pairs, names):
    """Per pair (watts, states): blends chosen by the very code that chooses the released model's."""
    aligned = [on_mains_clock(pair) for pair in pairs]
    off = {"scale": 1.0, "bias": -30.0, "threshold": 0.5, "sharpness": 1.0, "powerFactor": 1.0}
    never = {"slowShare": 0.0, **{horizon: off for horizon in HORIZONS}}
    entries = [{"name": name,
                "blend": {meter: selection.choose(aligned, name, meter) if name in names else never for meter in METERS}}
               for name in NAMES]
    return [selection.estimate(pair, entries)[:2] for pair in pairs], entries


def constant(pairs, means):
    """Per pair (watts, states) of always claiming the training homes' mean, as far as they metered it."""
    watts = np.array([means.get(name, 0.0) for name in NAMES], np.float32)[:, None]
    on = watts >= np.array([a.on_threshold_watts for a in APPLIANCES], np.float32)[:, None]
    shapes = [(len(NAMES), pair.home.total.size) for pair in pairs]
    return [(np.broadcast_to(watts, shape), np.broadcast_to(on, shape)) for shape in shapes]
