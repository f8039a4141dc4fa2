"""What the forests see of a bearing: its last snapshots relative to its first. lib/insights/maintenance/vibration-features.ts
computes the same; models/vibration/golden.json holds both to it."""

import numpy as np

# Of each axis in this order; also the columns of the data file, with _h and _v behind.
QUANTITIES = ('rms', 'kurt', 'peak')
CHANNELS = tuple(f'{quantity}_{axis}' for axis in ('h', 'v') for quantity in QUANTITIES)
# The first snapshots say what this bearing is like when it is well.
BASELINE_SNAPSHOTS = 60
SHORT_SNAPSHOTS = 10
LONG_SNAPSHOTS = 60
LEAST_SNAPSHOTS = BASELINE_SNAPSHOTS
# Vibration that is not there at all is a sensor that is off; keeps the logarithm finite.
SMALLEST = 1e-6

FEATURES = tuple(
    f'{channel}_{name}' for channel in CHANNELS for name in ('short', 'long', 'change', 'highest')
) + ('rms_h_level', 'rms_v_level')


def baseline_of(first: np.ndarray) -> np.ndarray:
    """Medians of the first snapshots. first: [>= BASELINE_SNAPSHOTS, 6] -> [6]"""
    return np.median(np.maximum(first[:BASELINE_SNAPSHOTS], SMALLEST), axis=0)


def features_of(recent: np.ndarray, baseline: np.ndarray) -> np.ndarray:
    """recent: the last LONG_SNAPSHOTS, oldest first, [<= LONG_SNAPSHOTS, 6] -> [len(FEATURES)], float32

    Of each channel, as natural logarithms of the ratio to the baseline: the median of the last 10, of the last 60, their
    difference, and the highest of the last 60. And the level of both RMS in g, since ratios forget it.
    """
    ratios = np.log(np.maximum(recent, SMALLEST) / baseline)
    short = np.median(ratios[-SHORT_SNAPSHOTS:], axis=0)
    long = np.median(ratios[-LONG_SNAPSHOTS:], axis=0)
    highest = ratios[-LONG_SNAPSHOTS:].max(axis=0)
    by_channel = np.stack([short, long, short - long, highest], axis=1).ravel()
    levels = [np.median(recent[-SHORT_SNAPSHOTS:, CHANNELS.index(name)]) for name in ('rms_h', 'rms_v')]
    return np.concatenate([by_channel, levels]).astype(np.float32)


def feature_rows(series: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Every snapshot of a series from LEAST_SNAPSHOTS on. series: [n, 6] -> rows [m, features], their indices [m]"""
    baseline = baseline_of(series)
    indices = np.arange(LEAST_SNAPSHOTS - 1, len(series))
    rows = [features_of(series[max(0, i + 1 - LONG_SNAPSHOTS):i + 1], baseline) for i in indices]
    return np.stack(rows), indices
