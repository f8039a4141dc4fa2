"""The decisions made after the network, as the run time makes them: hysteresis, minimum times, projection."""
import numpy as np

HYSTERESIS = 0.1


def decide(probability, threshold, min_on_rows, min_off_rows):
    """On-state of a causal latch.

    It turns on at `threshold`, off below `threshold * (1 - 2 * HYSTERESIS)`; once on it stays on at
    least min_on_rows, once off it stays off at least min_off_rows.
    """
    low = threshold * (1 - 2 * HYSTERESIS)
    out = np.zeros(probability.size, bool)
    interesting = np.flatnonzero(np.diff(np.digitize(probability, (low, threshold)), prepend=-1))
    edges = [*interesting, probability.size]
    on, since = False, -10 ** 9
    for a, b in zip(edges, edges[1:]):
        level = probability[a]
        if on and level < low:
            off_at = max(a, since + min_on_rows)
            if off_at < b:
                out[a:off_at] = True
                on, since = False, off_at
            else:
                out[a:b] = True
        elif not on and level >= threshold:
            on_at = max(a, since + min_off_rows)
            if on_at < b:
                out[on_at:b] = True
                on, since = True, on_at
        elif on:
            out[a:b] = True
    return out


def project(watts, total):
    """Scales the appliances of each row down so that they add up to no more than the total (W)."""
    total = np.maximum(total, 0)
    claimed = watts.sum(0)
    factor = np.where(claimed > total, total / np.maximum(claimed, 1e-6), 1)
    return watts * factor
