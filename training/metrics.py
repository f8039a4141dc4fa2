"""Accuracy of one appliance in one home, as NILM.md-style protocols report it."""
import numpy as np

from .labels import on_state, runs


def accuracy(true_watts, predicted_watts, predicted_on, step_seconds, appliance, training_mean_watts=None):
    """Dict of metrics over rows where `true_watts` is not NaN.

    MAE in W; F1, precision, recall of the on state; SAE = |sum y' - sum y| / sum y;
    match rate = sum min / sum max; event recall = share of true activations with any predicted on row.
    """
    known = ~np.isnan(true_watts)
    state = on_state(true_watts, step_seconds, appliance)
    starts, ends = runs(state)
    y, p = true_watts[known], predicted_watts[known]
    s, q = state[known], np.asarray(predicted_on, bool)[known]
    hit = int((s & q).sum())
    precision = hit / q.sum() if q.sum() else 0.0
    recall = hit / s.sum() if s.sum() else 0.0
    energy = float(y.sum(dtype=np.float64))
    days = known.sum() * step_seconds / 86400
    out = {
        "hours": round(float(days * 24), 1),
        "activations": int(starts.size),
        "maeWatts": float(np.abs(p - y).mean()),
        "maeAlwaysOffWatts": float(np.abs(y).mean()),
        "f1": 2 * precision * recall / (precision + recall) if hit else 0.0,
        "precision": float(precision),
        "recall": float(recall),
        "sae": abs(float(p.sum(dtype=np.float64)) - energy) / energy if energy > 0 else None,
        "matchRate": float(np.minimum(p, y).sum() / max(np.maximum(p, y).sum(), 1e-9)),
        "eventRecall": float(np.mean([predicted_on[a:b].any() for a, b in zip(starts, ends)])) if starts.size else None,
        "falseOnMinutesPerDay": float((q & ~s).sum() * step_seconds / 60 / days),
        "meanWatts": float(y.mean()),
        "predictedMeanWatts": float(p.mean()),
    }
    if training_mean_watts is not None:
        out["maeTrainingMeanWatts"] = float(np.abs(training_mean_watts - y).mean())
    return {k: round(v, 4) if isinstance(v, float) else v for k, v in out.items()}
