"""Made-up televisions and computers over a given time. Watts on a 1 s grid."""
import numpy as np

from .waves import wander


def session(rng, seconds, on_watts, standby_watts):
    """Standby, and on from one random time to another; most often both fall outside of the hours given."""
    length = np.exp(rng.uniform(np.log(900), np.log(6 * 3600)))
    start = rng.uniform(-length * 0.8, seconds)
    a, b = int(max(0, start)), int(min(seconds, start + length))
    out = np.full(seconds, standby_watts, np.float32)
    if b > a:
        out[a:b] = on_watts[a:b]
    return out


def television(rng, seconds):
    """30 to 300 W that follow the picture, by little or by much."""
    watts = np.exp(rng.uniform(np.log(30), np.log(300)))
    picture = wander(rng, seconds, rng.uniform(3, 20), rng.choice([0.005, 0.03, 0.1]))
    return session(rng, seconds, watts * picture, rng.choice([0, rng.uniform(0.5, 15)]))


def computer(rng, seconds):
    """30 to 250 W, with bursts of work."""
    watts = np.exp(rng.uniform(np.log(30), np.log(250)))
    load = wander(rng, seconds, rng.uniform(30, 600), rng.choice([0.02, 0.08])) * wander(rng, seconds, 15, 0.02)
    out = watts * load
    for _ in range(rng.poisson(seconds / 2000)):
        at = int(rng.uniform(0, seconds))
        out[at:at + int(rng.uniform(5, 400))] *= rng.uniform(1.05, 1.8)
    return session(rng, seconds, out, rng.choice([0, rng.uniform(1, 10)]))
