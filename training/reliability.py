"""How often an appliance is on where the published probability says so, each home weighing the same."""
import numpy as np

from .appliances import INDEX, NAMES
from .homes import source_home
from .predictor_names import METERS
from .predictors import known_rows

BINS = 10
# Nearly all of a day is near zero; what a probability is worth shows above this.
LOWEST_CLAIM = 0.1


def curve(cases):
    """Bins of (mean probability, observed share, weight) over [(probability, state)], and the expected calibration errors."""
    weights, claimed, observed = (np.zeros(BINS) for _ in range(3))
    for probability, state in cases:
        at = np.minimum((probability * BINS).astype(int), BINS - 1)
        share = 1 / probability.size / len(cases)
        weights += np.bincount(at, minlength=BINS) * share
        claimed += np.bincount(at, probability, BINS) * share
        observed += np.bincount(at, state, BINS) * share
    filled = weights > 0
    gaps = np.abs(claimed - observed)
    above = int(LOWEST_CLAIM * BINS)
    return {
        "bins": [{"probability": round(float(c / w), 4), "observed": round(float(o / w), 4), "weight": round(float(w), 6)}
                 for c, o, w in zip(claimed[filled], observed[filled], weights[filled])],
        "expectedCalibrationError": round(float(gaps.sum()), 4),
        "expectedCalibrationErrorAboveLowest": round(float(gaps[above:].sum() / weights[above:].sum()), 4)
        if weights[above:].sum() > 0 else None,
    }


def curves(pairs, estimates):
    """By appliance and kind of meter: the curve over the homes that meter and ran the appliance; slowed homes are coarse."""
    out = []
    for name in NAMES:
        for meter in METERS:
            cases, homes = [], set()
            for pair, (_, _, probability) in zip(pairs, estimates):
                if pair.meter != meter or name not in pair.home.watts:
                    continue
                judged = known_rows(pair) & ~np.isnan(pair.home.watts[name])
                state = pair.home.state[name][judged]
                if state.any():
                    cases.append((probability[INDEX[name]][judged].astype(np.float64), state))
                    homes.add(source_home(pair.home.name))
            if cases:
                out.append({"appliance": name, "meter": meter, "homes": len(homes), **curve(cases)})
    return out
