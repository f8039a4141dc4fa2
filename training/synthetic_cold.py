"""Made-up refrigerators and freezers over a given time. Watts on a 1 s grid."""
import numpy as np

from .waves import wander


def cold_store(rng, seconds, watts, on_seconds, off_seconds, defrosts):
    """A compressor with its start, its slow fall within a run and its lamp; now and then a defrost heater."""
    out = np.full(seconds, rng.choice([0, 0, rng.uniform(1, 8)]), np.float32)
    fall, settle = rng.uniform(0, 0.3), rng.uniform(60, 900)
    t = -int(rng.uniform(0, on_seconds + off_seconds))
    defrost_at = rng.uniform(0, 14 * 3600) if defrosts else np.inf
    while t < seconds:
        on = max(60, int(on_seconds * rng.normal(1, 0.15)))
        if t >= defrost_at:
            a, b = max(t, 0), min(t + int(rng.uniform(500, 1600)), seconds)
            if b > a:
                out[a:b] += rng.uniform(130, 550)
            t, defrost_at = t + b - a, t + rng.uniform(7, 20) * 3600
            on = int(on * rng.uniform(1, 2))
        a, b = max(t, 0), min(t + on, seconds)
        if b > a:
            since = np.arange(a - t, b - t)
            out[a:b] += watts * (1 - fall + fall * np.exp(-since / settle))
            if t >= 0:
                out[a:a + 1] += watts * rng.uniform(0, 6)
        t += on + max(60, int(off_seconds * rng.normal(1, 0.15)))
    for _ in range(rng.poisson(seconds / 3600)):
        at = int(rng.uniform(0, seconds))
        out[at:at + int(rng.uniform(4, 40))] += rng.uniform(2, 40)
    return out * wander(rng, seconds, 600, 0.01)


def refrigerator(rng, seconds):
    """50 to 260 W for 6 to 40 minutes, or a long-running inverter."""
    if rng.random() < 0.15:
        return cold_store(rng, seconds, rng.uniform(40, 110), rng.uniform(2400, 9000), rng.uniform(600, 2400), rng.random() < 0.6)
    watts = np.exp(rng.uniform(np.log(50), np.log(260)))
    return cold_store(rng, seconds, watts, rng.uniform(400, 2400), rng.uniform(500, 3600), rng.random() < 0.5)


def freezer(rng, seconds):
    """60 to 260 W; runs are shorter or fuller than a refrigerator's."""
    watts = np.exp(rng.uniform(np.log(60), np.log(260)))
    return cold_store(rng, seconds, watts, rng.uniform(300, 2000), rng.uniform(300, 2400), rng.random() < 0.3)
