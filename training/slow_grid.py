"""The slow network's time grid: blocks of 30 s, each made of five means over 6 s.

Means over 6 s are what a 1 s, 3 s or 8 s meter can be brought to, and they add up where loads are mixed; extremes over
single seconds would not.
"""
import numpy as np

PIECE_SECONDS = 6
BLOCK_SECONDS = 30
PIECES = BLOCK_SECONDS // PIECE_SECONDS


def to_pieces(rows, step_seconds):
    """Means over 6 s of values of which row i covers [i * step, (i + 1) * step); the rest at the end is left out."""
    rows = np.asarray(rows, np.float32)
    if step_seconds == PIECE_SECONDS:
        return rows
    if step_seconds % PIECE_SECONDS == 0:
        return np.repeat(rows, step_seconds // PIECE_SECONDS, -1)
    if PIECE_SECONDS % step_seconds == 0:
        size = PIECE_SECONDS // step_seconds
        count = rows.shape[-1] // size
        return rows[..., :count * size].reshape(*rows.shape[:-1], count, size).mean(-1, dtype=np.float32)
    summed = np.concatenate([[0.0], np.cumsum(rows, dtype=np.float64)])
    count = rows.size * step_seconds // PIECE_SECONDS
    edges = np.arange(count + 1) * (PIECE_SECONDS / step_seconds)
    return (np.diff(np.interp(edges, np.arange(summed.size), summed)) * (step_seconds / PIECE_SECONDS)).astype(np.float32)
