"""The edge baseline: rises and falls of the total are paired and matched to what each appliance typically draws (Hart 1992).

It knows no more than the usual power and length of an appliance's runs in the training data.
"""
from dataclasses import dataclass

import numpy as np

from .appliances import COUNT

# Two levels differ where they are further apart than this; noise and slow drift are not edges.
SMALLEST_STEP_WATTS = 30
# How far a step may be from the typical power, as a share of it.
TOLERANCE = 0.2
# Runs are taken as typical between these quantiles of their lengths.
LENGTH_QUANTILES = (0.05, 0.95)
# A washing machine's step is that of its heater, which runs for a fraction of the time.
POWER_QUANTILE = 0.9


@dataclass
class Signature:
    """An appliance's typical step (W) and the shortest and longest usual run (s)."""

    power_watts: float
    shortest_seconds: float
    longest_seconds: float


def signatures(sources):
    """One Signature per appliance in contract order, None where the training data have no run."""
    out = []
    for group in sources.traces:
        powers, lengths = [], []
        for trace in group:
            for a, b in trace.activations:
                powers.append(float(np.quantile(trace.watts[a:b], POWER_QUANTILE)))
                lengths.append((b - a) * trace.step_seconds)
        if not powers:
            out.append(None)
            continue
        out.append(Signature(float(np.median(powers)), *(float(q) for q in np.quantile(lengths, LENGTH_QUANTILES))))
    return out


def predict(total_watts, step_seconds, known):
    """Watts [11, rows] and states of the baseline over a home's total (W)."""
    total = total_watts
    steps = np.diff(total, prepend=total[:1])
    ups = np.flatnonzero(steps > SMALLEST_STEP_WATTS)
    watts = np.zeros((COUNT, total.size), np.float32)
    taken = np.zeros(total.size, bool)
    # The strongest loads first: their edges are the surest.
    for index in sorted((i for i in range(COUNT) if known[i]), key=lambda i: -known[i].power_watts):
        signature = known[index]
        low, high = signature.power_watts * (1 - TOLERANCE), signature.power_watts * (1 + TOLERANCE)
        shortest = max(1, int(signature.shortest_seconds / step_seconds))
        longest = max(shortest, int(np.ceil(signature.longest_seconds / step_seconds)))
        for up in ups:
            # A meter that averages may spread an edge over two rows.
            rise = steps[up] + (steps[up + 1] if up + 1 < total.size and steps[up + 1] > 0 else 0)
            if taken[up] or not low <= rise <= high:
                continue
            ahead = steps[up + 1:up + 1 + longest + 1]
            falls = np.flatnonzero((-ahead >= low) & (-ahead <= high)) + up + 1
            falls = falls[falls - up >= shortest]
            if falls.size == 0:
                continue
            down = int(falls[0])
            watts[index, up:down] = rise
            taken[[up, down]] = True
    return watts, watts > 0
