"""Calibration and thresholds per appliance, chosen on the validation homes."""
import numpy as np

from .appliances import APPLIANCES, INDEX, NAMES
from .labels import on_state, runs
from .metrics import accuracy
from .postprocess import LONGEST_HOLD_SECONDS, decide, project

# Published probabilities cross this where the appliance is taken as on.
THRESHOLD = 0.5
# Where on the calibrated scale an appliance may be taken as on.
LEVELS = np.round(np.arange(0.15, 0.86, 0.05), 2)
# How much steeper than calibrated the published probability may be. The watts are p x on-power, so a calibrated 0.6 would
# lose 40 % of a load that is either there or not.
SHARPNESS = (1.0, 1.5, 2.0, 3.0)
POWER_FACTORS = (0.9, 1.0, 1.1, 1.2)
FINAL = 1
# Weight of the training mix in the calibration, so that few homes do not pull it far.
PRIOR_STRENGTH = 0.02
# No run to choose on: take as on only what the network is rather sure of, more so where homes without one show false power.
CAUTIOUS_LEVELS = (0.7, 0.8, 0.9, 0.95, 0.98)
FALSE_POWER_WATTS = 1.0
F1_SHARE = 0.5


def probability_of(logits, calibration):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-(calibration["scale"] * logits + calibration["bias"])))


def evidence(predictions, name):
    """(prediction, truth W, state) of each home that meters the appliance; truth is NaN where there is no output."""
    i = INDEX[name]
    for prediction in predictions:
        truth = prediction.home.watts.get(name)
        if truth is not None:
            truth = np.where(np.isnan(prediction.logits[FINAL, i]), np.nan, truth)
            yield prediction, truth, on_state(truth, prediction.home.step_seconds, APPLIANCES[i])


def calibrate(predictions, name):
    """Scale and bias of p = sigmoid(scale * logit + bias): logistic regression, each home weighing the same."""
    i = INDEX[name]
    columns = [(p.logits[FINAL, i][~np.isnan(t)], s[~np.isnan(t)]) for p, t, s in evidence(predictions, name)]
    columns = [(z, s) for z, s in columns if s.any()]
    if not columns:
        return {"scale": 1.0, "bias": 0.0}
    z = np.concatenate([z for z, _ in columns]).astype(np.float64)
    y = np.concatenate([s for _, s in columns]).astype(np.float64)
    w = np.concatenate([np.full(z.size, 1 / z.size) for z, _ in columns]) / len(columns)
    theta = np.array([1.0, 0.0])
    x = np.stack([z, np.ones_like(z)])
    prior = np.diag([PRIOR_STRENGTH, PRIOR_STRENGTH / 10])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(theta @ x, -40, 40)))
        gradient = x @ (w * (p - y)) + prior @ (theta - [1, 0])
        hessian = (x * (w * p * (1 - p))) @ x.T + prior
        step = np.linalg.solve(hessian, gradient)
        theta = theta - np.clip(step, -0.5, 0.5)
        if np.abs(step).max() < 1e-6:
            break
    return {"scale": round(float(np.clip(theta[0], 0.5, 2.0)), 4), "bias": round(float(np.clip(theta[1], -3, 3)), 4)}


def estimate(prediction, appliances, horizon=FINAL):
    """Watts and states [11, rows] of a home as published, and the probabilities."""
    step = prediction.home.step_seconds
    hold_rows = max(1, LONGEST_HOLD_SECONDS // step)
    probability = np.stack([probability_of(prediction.logits[horizon, i], a["calibration"])
                            for i, a in enumerate(appliances)])
    on = np.stack([decide(probability[i], a["threshold"], hold_rows) for i, a in enumerate(appliances)])
    watts = np.where(on, np.nan_to_num(probability * prediction.on_power[horizon]), 0)
    return project(watts, np.nan_to_num(prediction.home.total)), on, probability


def logit(p):
    return float(np.log(p / (1 - p)))


def decision_at(calibration, level, sharpness):
    """Calibration whose probability is 0.5 where the given one is `level`, and steeper by `sharpness`."""
    return {"scale": round(calibration["scale"] * sharpness, 4),
            "bias": round((calibration["bias"] - logit(level)) * sharpness, 4)}


class HomeCase:
    """What choosing needs of one home: only the rows taken as on change the error of always-off."""

    def __init__(self, prediction, truth, state, index):
        self.logits, self.on_power = prediction.logits[FINAL, index], prediction.on_power[FINAL, index]
        self.truth, self.known, self.step = truth, ~np.isnan(truth), prediction.home.step_seconds
        self.rows, self.energy = max(1, int(self.known.sum())), float(np.nansum(truth))
        self.state, self.on_rows = state & self.known, int((state & self.known).sum())
        self.weight = min(3, len(on_runs(state))) / 3

    def scores(self, calibration):
        """Score with each of POWER_FACTORS."""
        on = decide(probability_of(self.logits, calibration), THRESHOLD, max(1, LONGEST_HOLD_SECONDS // self.step)) & self.known
        unscaled = probability_of(self.logits[on], calibration) * self.on_power[on]
        truth, floor = self.truth[on], 0.1 * self.rows
        f1 = 2 * int((on & self.state).sum()) / max(1, int(on.sum()) + self.on_rows)
        out = []
        for factor in POWER_FACTORS:
            watts = unscaled * factor
            claimed = float(watts.sum())
            if self.on_rows == 0:
                out.append(-min(0.5, claimed / self.rows / 30))
                continue
            error = self.energy + float((np.abs(watts - truth) - truth).sum())
            gain = 1 - min(2, error / max(self.energy, floor))
            sae = abs(claimed - self.energy) / max(self.energy, floor)
            out.append(self.weight * (F1_SHARE * f1 + (1 - F1_SHARE) * gain - 0.1 * min(1, sae)))
        return out


def on_runs(state):
    return runs(state)[0]


def cautious(cases, calibration):
    """For an appliance that no validation home runs: the first level that claims next to nothing in homes without one."""
    for level in CAUTIOUS_LEVELS:
        chosen = decision_at(calibration, level, 1.5)
        if all(-30 * case.scores(chosen)[POWER_FACTORS.index(1.0)] <= FALSE_POWER_WATTS for case in cases):
            break
    return chosen


def choose(predictions, name, calibration):
    """(calibration, power factor) with the best mean over homes of F1 and MAE gain.

    Energy error counts a little, and so does power where there is none.
    """
    cases = [HomeCase(p, t, s, INDEX[name]) for p, t, s in evidence(predictions, name)]
    if not any(case.on_rows for case in cases):
        return cautious(cases, calibration), 1.0
    best = (-np.inf,)
    for sharpness in SHARPNESS:
        by_level = np.array([np.mean([case.scores(decision_at(calibration, level, sharpness)) for case in cases], axis=0)
                             for level in LEVELS])
        for factor, scores in zip(POWER_FACTORS, by_level.T):
            # Smoothed over neighbours, so that no lucky level wins; mild choices win ties.
            scores = np.convolve(np.pad(scores, 1, mode="edge"), [0.25, 0.5, 0.25], mode="valid")
            at = int(np.argmax(scores))
            value = scores[at] - 0.005 * np.log(sharpness) - 0.02 * abs(factor - 1)
            best = max(best, (value, float(LEVELS[at]), sharpness, factor))
    _, level, sharpness, factor = best
    return decision_at(calibration, level, sharpness), factor


def select(predictions):
    """Manifest entries of the eleven appliances without metrics, and the factor for the on-power of each."""
    entries, factors = [], []
    for appliance in APPLIANCES:
        name = appliance.name
        calibration, factor = choose(predictions, name, calibrate(predictions, name))
        entries.append({
            "name": name,
            "status": "experimental",
            "threshold": THRESHOLD,
            "calibration": calibration,
            "minOnSeconds": appliance.min_on_seconds,
            "minOffSeconds": appliance.min_off_seconds,
            "onThresholdWatts": appliance.on_threshold_watts,
        })
        factors.append(factor)
    return entries, np.array(factors, np.float32)


def metrics_table(predictions, appliances, training_means):
    """Per appliance: metrics of each validation home and horizon."""
    table = {name: [] for name in NAMES}
    for prediction in predictions:
        home = prediction.home
        for horizon, horizon_name in enumerate(("provisional", "final")):
            watts, on, _ = estimate(prediction, appliances, horizon)
            for name, truth in home.watts.items():
                i = INDEX[name]
                truth = np.where(np.isnan(prediction.logits[horizon, i]), np.nan, truth)
                row = accuracy(truth, watts[i], on[i], home.step_seconds, APPLIANCES[i], training_means.get(name))
                row = {"home": home.name, "horizon": horizon_name, "meterIntervalSeconds": home.step_seconds, **row}
                if row["activations"] < 10:
                    row["caveat"] = "fewer than 10 activations"
                table[name].append(row)
    return table
