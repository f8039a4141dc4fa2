"""Parts that made-up waveforms are put together from. Watts on a 1 s grid."""
import numpy as np


def thermostat(rng, seconds, watts, on_seconds, off_seconds):
    """Square wave of a thermostat: `watts` for about `on_seconds`, then off, with 25 % jitter."""
    out = np.zeros(seconds, np.float32)
    t = 0
    while t < seconds:
        on = max(2, int(on_seconds * rng.normal(1, 0.25)))
        out[t:t + on] = watts
        t += on + max(2, int(off_seconds * rng.normal(1, 0.25)))
    return out


def steady(seconds, watts):
    """Constant power."""
    return np.full(max(1, int(seconds)), watts, np.float32)


def pulses(rng, seconds, watts, on_seconds, off_seconds, idle_watts):
    """A motor that turns and rests by turns, each turn with a power of its own."""
    out = np.full(max(1, int(seconds)), idle_watts, np.float32)
    t = 0
    while t < out.size:
        on = max(1, int(on_seconds * rng.uniform(0.7, 1.3)))
        out[t:t + on] = watts * rng.uniform(0.75, 1.25)
        t += on + max(1, int(off_seconds * rng.uniform(0.7, 1.3)))
    return out


def wander(rng, size, corner_seconds, spread):
    """A factor around 1 that bends every `corner_seconds` by about the share `spread`."""
    corners = max(2, int(size / corner_seconds) + 2)
    return np.interp(np.arange(size), np.linspace(0, size, corners), 1 + rng.normal(0, spread, corners)).astype(np.float32)
