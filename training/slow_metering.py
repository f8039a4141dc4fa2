"""What a meter reports of hours on the grid of 6-s means, in blocks of 30 s with their labels."""
import numpy as np

from .metering import as_metered, pick, state_of
from .slow_features import slow_features
from .slow_grid import PIECE_SECONDS, PIECES

SEGMENT_BLOCKS = 1024
# Room for the phase of the meter and of the blocks.
SLACK_BLOCKS = 4
LENGTH = (SEGMENT_BLOCKS + SLACK_BLOCKS) * PIECES
WARM_UP_BLOCKS = 40
# Meter intervals in pieces of 6 s; 0 stands for a meter faster than that (1 to 8 s).
INTERVAL_CHOICES = {1: ((0, .46), (1, .12), (2, .06), (3, .04), (5, .14), (7, .02), (10, .16)),
                    6: ((1, .43), (2, .05), (3, .04), (5, .19), (10, .29)), 8: ((0, .55), (5, .2), (10, .25)), 30: ((5, .5), (10, .5))}
FAST_INTERVALS_SECONDS = (1, 1, 1, 2, 3, 3, 8, 8)


def through_meter(rng, scene, solar):
    """What a meter of some interval reports, held backward, in blocks of a random phase, with its labels."""
    power, watts, share, weight, seconds = metered(rng, scene, solar)
    first = int(rng.integers(0, PIECES))

    def blocks(x):
        return x[..., first:first + SEGMENT_BLOCKS * PIECES].reshape(*x.shape[:-1], SEGMENT_BLOCKS, PIECES)

    pieces = blocks(power)
    watts = blocks(watts).mean(-1)
    share = blocks(share).mean(-1)
    weight = blocks(weight).min(-1)
    state = state_of(share, watts)
    weight[:, :WARM_UP_BLOCKS] *= np.linspace(.1, 1, WARM_UP_BLOCKS, dtype=np.float32)
    out = slow_features(pieces.reshape(-1), seconds), watts, state, weight, pieces.mean(-1)
    return tuple(np.ascontiguousarray(x, dtype=np.float32) for x in out)


def metered(rng, scene, solar):
    """By piece of 6 s: power (W), and per appliance W, share of time on and weight, as the meter holds them; its interval (s)."""
    interval = getattr(scene, "interval", None)
    if interval is None:
        interval = pick(rng, INTERVAL_CHOICES[scene.step_seconds])
    total = as_metered(rng, scene, solar, .5, (.5, 2, 6))
    size = max(1, interval)
    averaged = size == 1 or rng.random() < .75
    phase = int(rng.integers(0, size))

    def report(x):
        x = x[..., phase:]
        x = x[..., :x.shape[-1] // size * size]
        x = x.reshape(*x.shape[:-1], -1, size)
        return np.repeat(x.mean(-1, dtype=np.float32) if averaged else x[..., -1].astype(np.float32), size, -1)

    power = report(total) if size > 1 else total.copy()
    if rng.random() < .1:
        hold_some(rng, power)
    watts, share, weight = scene.watts, scene.state.astype(np.float32), scene.weight
    if size > PIECES:
        watts, share, weight = report(watts), report(share), report(weight)
    elif size > 1:
        # The power begins at the meter's phase; the labels follow it.
        watts, share, weight = (x[..., phase:phase + power.size] for x in (watts, share, weight))
    seconds = interval * PIECE_SECONDS
    if interval == 0:
        seconds = 8 if scene.step_seconds == 8 else FAST_INTERVALS_SECONDS[rng.integers(len(FAST_INTERVALS_SECONDS))]
    return power, watts, share, weight, seconds


def hold_some(rng, power):
    """Some readings repeated, as when a meter or a network stalls."""
    for _ in range(rng.integers(1, 6)):
        pieces = int(rng.uniform(2, 50))
        at = int(rng.integers(0, power.size - pieces))
        power[at:at + pieces] = power[at]
