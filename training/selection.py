"""Calibration and thresholds per appliance, chosen on the validation homes."""
import numpy as np

from .appliances import APPLIANCES, EXPERIMENTAL, INDEX, NAMES
from .labels import on_state
from .metrics import accuracy
from .postprocess import LONGEST_HOLD_SECONDS, decide, project

THRESHOLDS = np.round(np.arange(0.1, 0.91, 0.05), 2)
FINAL = 1
# Weight of the training mix in the calibration, so that few homes do not pull it far.
PRIOR_STRENGTH = 0.02
MIN_ACTIVATIONS = 3
DEFAULT_THRESHOLD = 0.6


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


def choose_threshold(predictions, name, calibration):
    """The threshold with the best mean of F1 and MAE gain over homes, less a price for power where there is none."""
    i = INDEX[name]
    homes = list(evidence(predictions, name))
    if sum(s.any() for _, _, s in homes) == 0:
        return DEFAULT_THRESHOLD
    scores = []
    for threshold in THRESHOLDS:
        values = []
        for prediction, truth, state in homes:
            step = prediction.home.step_seconds
            p = probability_of(prediction.logits[FINAL, i], calibration)
            on = decide(p, threshold, max(1, LONGEST_HOLD_SECONDS // step))
            watts = np.where(on, np.nan_to_num(p * prediction.on_power[FINAL, i]), 0)
            row = accuracy(truth, watts, on, step, APPLIANCES[i])
            if row["activations"]:
                gain = 1 - min(2, row["maeWatts"] / max(row["maeAlwaysOffWatts"], 0.1))
                values.append((row["f1"] + gain) / 2 * min(3, row["activations"]) / 3)
            else:
                values.append(-min(0.5, row["predictedMeanWatts"] / 30))
        scores.append(np.mean(values))
    scores = np.convolve(np.pad(scores, 1, mode="edge"), [0.25, 0.5, 0.25], mode="valid")
    return float(THRESHOLDS[int(np.argmax(scores))])


def select(predictions):
    """Manifest entries of the eleven appliances, without metrics."""
    out = []
    for appliance in APPLIANCES:
        name = appliance.name
        calibration = calibrate(predictions, name)
        activations = sum(accuracy(t, np.zeros_like(t), np.zeros(t.size, bool), p.home.step_seconds, appliance)["activations"]
                          for p, t, _ in evidence(predictions, name))
        measured = name not in EXPERIMENTAL and activations >= MIN_ACTIVATIONS
        out.append({
            "name": name,
            "status": "measured" if measured else "experimental",
            "threshold": choose_threshold(predictions, name, calibration),
            "calibration": calibration,
            "minOnSeconds": appliance.min_on_seconds,
            "minOffSeconds": appliance.min_off_seconds,
            "onThresholdWatts": appliance.on_threshold_watts,
        })
    return out


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
