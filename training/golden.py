"""A made-up power signal with the features and outputs expected for it, so that the run time can prove parity."""
import math

import numpy as np

GOLDEN_SECONDS = 3600
FEATURE_SECONDS = (0, 1, 5, 9, 10, 11, 299, 300, 301, 310, 900, 1000, 1801, 2500, 3599)
OUTPUT_SECONDS = (0, 1, 59, 60, 300, 301, 360, 1023, 1500, 2046, 2047, 2400, 3000, 3599)


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


def golden(window_session, features, interval_seconds=1):
    """The golden.json content, computed with the exported window graph."""
    power = golden_power()
    x = features(power.astype(np.float32), interval_seconds)
    y = window_session.run(None, {"features": x[None]})[0][0]

    def columns(values, seconds):
        return {str(t): [float(f"{v:.7g}") for v in values[:, t]] for t in seconds}

    return {"note": "made-up power, W at 1 Hz; columns are keyed by second", "meterIntervalSeconds": interval_seconds,
            "powerWatts": power.tolist(), "features": columns(x, FEATURE_SECONDS), "output": columns(y, OUTPUT_SECONDS)}
