"""A made-up power signal with the features and outputs expected for it, so that the run time can prove parity."""
import math

import numpy as np

from .features import features
from .slow_features import slow_features
from .slow_grid import to_pieces

GOLDEN_SECONDS = 3600
FEATURE_SECONDS = (0, 1, 5, 9, 10, 11, 299, 300, 301, 310, 900, 1000, 1801, 2500, 3599)
OUTPUT_SECONDS = (0, 1, 59, 60, 300, 301, 360, 1023, 1500, 2046, 2047, 2400, 3000, 3599)


SLOW_REPEATS = 8
SLOW_BLOCKS = (0, 1, 2, 9, 10, 33, 77, 119, 120, 300, 511, 766, 767, 900, 959)


def slow_golden_power():
    """The same hour again and again."""
    return np.tile(golden_power(), SLOW_REPEATS)


def golden_power():
    """Watts at 1 Hz, rounded to 0.1 W: base load, fridge, kettle, washing machine, a heater and some solar."""
    out = []
    for t in range(GOLDEN_SECONDS):
        p = 180 + 15 * math.sin(t / 97)
        p += 85 if t % 1500 < 620 else 0
        p += 2200 if 300 <= t < 460 else 0
        p += 1200 if 1000 <= t < 1090 and t % 20 < 13 else 0
        p += 2000 if 1600 <= t < 2300 else 0
        p += 150 + 60 * math.sin(t / 7) if 2300 <= t < 3100 else 0
        p -= 1500 * (t - 3200) / 400 if t >= 3200 else 0
        p += ((t * 7919) % 101 - 50) / 10
        out.append(round(p, 1))
    return np.array(out)


def golden(window_session, slow_session, interval_seconds=1):
    """The golden.json content, computed with the exported window graph and the slow network's over its whole length."""
    power = golden_power().astype(np.float32)
    x = features(power, interval_seconds)
    y = window_session.run(None, {"features": x[None]})[0][0]
    slow_power = slow_golden_power().astype(np.float32)
    slow_x = slow_features(to_pieces(slow_power, 1), interval_seconds)
    slow_y = slow_session.run(None, {"features": slow_x[None]})[0][0]

    def columns(values, steps):
        return {str(t): [float(f"{v:.7g}") for v in values[:, t]] for t in steps}

    return {"note": "made-up power, W at 1 Hz; columns are keyed by second, those of slow by block of 30 s, both from 0",
            "meterIntervalSeconds": interval_seconds, "powerWatts": golden_power().tolist(),
            "features": columns(x, FEATURE_SECONDS), "output": columns(y, OUTPUT_SECONDS),
            "slow": {"repeats": SLOW_REPEATS, "features": columns(slow_x, SLOW_BLOCKS), "output": columns(slow_y, SLOW_BLOCKS)}}
