"""Input features of the slow network, one column per 30 s. A change needs a new version and the same change at run time."""
import numpy as np

from .slow_grid import BLOCK_SECONDS, PIECE_SECONDS, PIECES
from .trailing import SMALLEST_SPREAD_WATTS, normalised

SLOW_FEATURES_VERSION = "blocks11-1"
SLOW_FEATURE_COUNT = 11
SHORT_STRETCH_BLOCKS = 32
LONG_STRETCH_BLOCKS = 240

SLOW_DEFINITION = {
    "version": SLOW_FEATURES_VERSION,
    "grid": f"blocks of {BLOCK_SECONDS} s that end at whole multiples of {BLOCK_SECONDS} s, each of {PIECES} means m over "
            f"{PIECE_SECONDS} s of the 1 Hz grid; d = differences of consecutive m, the first one to the block before",
    "channels": [
        "log(mean m)", "mean m / 4000", "log(max m)", "log(min m)", "asinh((mean m - mean m of the block before) / 60) / 4",
        "asinh(max(d, 0) / 60) / 4", "asinh(min(d, 0) / 60) / 4", "log2(clamp(r,1,60))/6",
        f"log1p((mean m - the least mean m of {SHORT_STRETCH_BLOCKS} blocks) / 10) / 6",
        f"log1p((mean m - the least mean m of {LONG_STRETCH_BLOCKS} blocks) / 10) / 6",
        f"tanh((mean m - mean) / (spread + {SMALLEST_SPREAD_WATTS}) / 3), mean and spread those of the mean m of "
        f"{LONG_STRETCH_BLOCKS} blocks in whole W",
    ],
    "log": "log(p) = sign(p)*log1p(|p|/10)/6",
    "units": {"m": "W", "r": "s"},
    "start": "before the first block every m is the first m",
}


def log_power(p):
    return np.sign(p) * np.log1p(np.abs(p) / 10) / 6


def slow_features(pieces_watts, interval_seconds):
    """Features float32 [11, B] of 6-s means (W) [5 * B] from a meter of the given interval (s)."""
    m = np.asarray(pieces_watts, np.float32)
    d = np.diff(m, prepend=m[:1]).reshape(-1, PIECES)
    m = m.reshape(-1, PIECES)
    mean = m.mean(1, dtype=np.float32)
    before = np.concatenate([m[:1, 0], mean[:-1]])
    return np.stack([
        log_power(mean),
        mean / 4000,
        log_power(m.max(1)),
        log_power(m.min(1)),
        np.arcsinh((mean - before) / 60) / 4,
        np.arcsinh(np.maximum(d.max(1), 0) / 60) / 4,
        np.arcsinh(np.minimum(d.min(1), 0) / 60) / 4,
        np.full(mean.size, np.log2(np.clip(interval_seconds, 1, 60)) / 6),
        *normalised(mean, SHORT_STRETCH_BLOCKS, LONG_STRETCH_BLOCKS),
    ]).astype(np.float32)
