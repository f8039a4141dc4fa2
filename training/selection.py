"""Blend of the two networks, calibration and thresholds per appliance and kind of meter, chosen on the validation homes."""
import numpy as np

from .appliances import APPLIANCES, INDEX, NAMES
from .labels import runs
from .metrics import accuracy
from .postprocess import LONGEST_HOLD_SECONDS, decide, project

# Published probabilities cross this where the appliance is taken as on.
THRESHOLD = 0.5
# Where on the calibrated scale an appliance may be taken as on.
LEVELS = np.round(np.arange(0.15, 0.86, 0.05), 2)
# How much steeper than calibrated the published probability may be. The watts are p x on-power, so a calibrated 0.6 would
# lose 40 % of a load that is either there or not.
SHARPNESS = (1.0, 1.5, 2.0, 3.0)
# Steeper than this, a probability would say little more than yes or no.
STEEPEST_SCALE = 3.0
POWER_FACTORS = (0.9, 1.0, 1.1, 1.2)
# The slow network's share. The fast one does not learn from coarse meters.
SLOW_SHARES = {"fine": (0.0, 0.25, 0.5, 0.75, 1.0), "coarse": (1.0,)}
UNKNOWN_SHARE = {"fine": 0.5, "coarse": 1.0}
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


class HomeCase:
    """What choosing needs of one home and one share; only the rows taken as on change the error of always-off."""

    def __init__(self, pair, name, share):
        i = INDEX[name]
        self.logits, self.on_power = pair.blended(FINAL, i, share)
        self.step = pair.home.step_seconds
        self.truth = np.where(np.isnan(self.logits), np.nan, pair.home.watts[name])
        self.known = ~np.isnan(self.truth)
        self.state = pair.home.state[name] & self.known
        self.rows, self.energy = max(1, int(self.known.sum())), float(np.nansum(self.truth))
        self.on_rows = int(self.state.sum())
        self.weight = min(3, len(runs(self.state)[0])) / 3

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


def calibrate(cases):
    """Scale and bias of p = sigmoid(scale * logit + bias): logistic regression, each home weighing the same."""
    columns = [(c.logits[c.known], c.state[c.known]) for c in cases if c.on_rows]
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
    return {"scale": float(np.clip(theta[0], 0.5, 2.0)), "bias": float(np.clip(theta[1], -3, 3))}


def logit(p):
    return float(np.log(p / (1 - p)))


def decision_at(calibration, level, sharpness):
    """Calibration whose probability is 0.5 where the given one is `level`, and steeper by `sharpness`."""
    return {"scale": round(calibration["scale"] * sharpness, 4),
            "bias": round((calibration["bias"] - logit(level)) * sharpness, 4)}


def cautious(cases):
    """For an appliance that no validation home runs: the first level that claims next to nothing in homes without one."""
    for level in CAUTIOUS_LEVELS:
        chosen = decision_at({"scale": 1.0, "bias": 0.0}, level, 1.5)
        if all(-30 * case.scores(chosen)[POWER_FACTORS.index(1.0)] <= FALSE_POWER_WATTS for case in cases):
            break
    return chosen


def choose(pairs, name, meter):
    """Blend of one appliance for one kind of meter: the best mean over homes of F1 and MAE gain.

    Energy error counts a little, and so does power where there is none.
    """
    pairs = [pair for pair in pairs if pair.meter == meter and name in pair.home.watts]
    best = (-np.inf,)
    for share in SLOW_SHARES[meter]:
        cases = [HomeCase(pair, name, share) for pair in pairs]
        if not any(case.on_rows for case in cases):
            continue
        calibration = calibrate(cases)
        for sharpness in SHARPNESS:
            if calibration["scale"] * sharpness > STEEPEST_SCALE:
                continue
            by_level = np.array([np.mean([case.scores(decision_at(calibration, level, sharpness)) for case in cases], axis=0)
                                 for level in LEVELS])
            for factor, scores in zip(POWER_FACTORS, by_level.T):
                # Smoothed over neighbours, so that no lucky level wins; mild choices win ties.
                scores = np.convolve(np.pad(scores, 1, mode="edge"), [0.25, 0.5, 0.25], mode="valid")
                at = int(np.argmax(scores))
                value = scores[at] - 0.005 * np.log(sharpness) - 0.02 * abs(factor - 1) - 0.01 * abs(share - 0.5)
                best = max(best, (value, share, sharpness, factor, decision_at(calibration, float(LEVELS[at]), sharpness)),
                           key=lambda candidate: candidate[0])
    if len(best) == 1:
        share = UNKNOWN_SHARE[meter]
        return {"slowShare": share, **cautious([HomeCase(pair, name, share) for pair in pairs]), "powerFactor": 1.0}
    _, share, _, factor, decision = best
    return {"slowShare": share, **decision, "powerFactor": factor}


def select(pairs):
    """Manifest entries of the eleven appliances without metrics."""
    return [{
        "name": appliance.name,
        "status": "experimental",
        "threshold": THRESHOLD,
        "blend": {meter: choose(pairs, appliance.name, meter) for meter in ("fine", "coarse")},
        "minOnSeconds": appliance.min_on_seconds,
        "minOffSeconds": appliance.min_off_seconds,
        "onThresholdWatts": appliance.on_threshold_watts,
    } for appliance in APPLIANCES]


def estimate(pair, appliances, horizon=FINAL):
    """Watts, states and probabilities [11, rows] of a home as published."""
    hold_rows = max(1, LONGEST_HOLD_SECONDS // pair.home.step_seconds)
    watts, on, probabilities = [], [], []
    for i, entry in enumerate(appliances):
        blend = entry["blend"][pair.meter]
        logits, on_power = pair.blended(horizon, i, blend["slowShare"])
        probabilities.append(probability_of(logits, blend))
        on.append(decide(probabilities[-1], entry["threshold"], hold_rows))
        watts.append(np.where(on[-1], np.nan_to_num(probabilities[-1] * on_power * blend["powerFactor"]), 0))
    return project(np.stack(watts), np.nan_to_num(pair.home.total)), np.stack(on), np.stack(probabilities)


def metrics_table(pairs, appliances, training_means):
    """Per appliance: metrics of each home and horizon."""
    table = {name: [] for name in NAMES}
    for pair in pairs:
        home = pair.home
        for horizon, horizon_name in enumerate(("provisional", "final")):
            watts, on, probability = estimate(pair, appliances, horizon)
            for name, truth in home.watts.items():
                i = INDEX[name]
                truth = np.where(np.isnan(probability[i]), np.nan, truth)
                row = accuracy(truth, watts[i], on[i], home.step_seconds, APPLIANCES[i], training_means.get(name))
                row = {"home": home.name, "horizon": horizon_name, "meterIntervalSeconds": home.step_seconds, **row}
                if row["activations"] < 10:
                    row["caveat"] = "fewer than 10 activations"
                table[name].append(row)
    return table
