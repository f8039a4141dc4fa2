"""Statistics of the last so many steps, by which inputs are normalised. Before the first step the value counts as constant."""
import numpy as np

SMALLEST_SPREAD_WATTS = 20


def trailing_minimum(values, steps):
    """Lowest of the last `steps` values at every step, by minima of doubled stretches."""
    padded = np.pad(values, (steps - 1, 0), mode="edge")
    length = 1
    while 2 * length <= steps:
        padded = np.minimum(padded[length:], padded[:-length])
        length *= 2
    # Two stretches of a power of two that overlap cover the rest.
    rest = steps - length
    return np.minimum(padded[rest:], padded[:padded.size - rest])


def trailing_mean_and_spread(watts, steps):
    """Mean and standard deviation (W, float64) of the last `steps` values at every step.

    Of whole watts, so that running sums are exact and no result depends on where they began.
    """
    whole = np.pad(np.floor(np.asarray(watts, np.float64) + .5).astype(np.int64), (steps, 0), mode="edge")

    def sums(values):
        running = np.cumsum(values)
        return running[steps:] - running[:-steps]

    mean = sums(whole) / steps
    return mean, np.sqrt(np.maximum(sums(whole * whole) / steps - mean * mean, 0))


def normalised(watts, short_steps, long_steps):
    """[3, T]: watts above the lowest of the last short and long stretch, and their deviation from the long one's mean in spreads."""
    mean, spread = trailing_mean_and_spread(watts, long_steps)
    return np.stack([np.log1p((watts - trailing_minimum(watts, n)) / 10) / 6 for n in (short_steps, long_steps)]
                    + [np.tanh((watts - mean) / (spread + SMALLEST_SPREAD_WATTS) / 3)]).astype(np.float32)

