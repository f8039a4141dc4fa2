"""Brings irregular readings onto a regular grid."""
import numpy as np

from ..slow_metering import INTERVAL_CHOICES
from ..sources import forward_fill
from .errors import BadInput

# The mixers know how meters of these steps look when slowed down further.
STEPS = tuple(sorted(INTERVAL_CHOICES))
SLOWEST_METER_SECONDS = 60
LONGEST_RECORD_SECONDS = 10 * 366 * 86400
FEWEST_KNOWN = .5


def step_for(request, native_seconds):
    """The grid step: the one asked for, else the finest the mixers know that is not finer than the meter.

    Meters of 31 to 60 s share the coarsest grid, each reading held.
    """
    coarsest = STEPS[-1]
    if native_seconds > SLOWEST_METER_SECONDS:
        raise BadInput(request.folder, f"one reading in {native_seconds} s is too slow, {SLOWEST_METER_SECONDS} s is the limit")
    wanted = request.step_seconds
    if wanted is None:
        return next((step for step in STEPS if step >= native_seconds), coarsest)
    if wanted not in STEPS:
        raise BadInput(request.folder, f"a step of {wanted} s is not one of {', '.join(map(str, STEPS))}")
    if wanted < min(native_seconds, coarsest):
        raise BadInput(request.folder, f"a step of {wanted} s is finer than the meter's {native_seconds} s")
    return wanted


class Series:
    """Readings of one meter, gathered row by row on a grid of `step_seconds` that starts at Unix time 0.

    Rows of any order are taken. Readings that fall on one grid row, duplicates included, are averaged; a row without
    any repeats the last one for up to `hold_seconds`, unless a reading between them is marked as missing by NaN.
    """

    def __init__(self, step_seconds, hold_seconds):
        self.step_seconds = step_seconds
        self.hold_rows = int(hold_seconds // step_seconds)
        self.first = 0
        self.sums = np.zeros(0, np.float32)
        self.counts = np.zeros(0, np.uint16)
        self.missing = np.zeros(0, bool)
        self.used = 0

    def add(self, times, watts):
        """Unix seconds and W of the same length, NaN for a missing reading. Raises OverflowError beyond ten years in all."""
        if not len(times):
            return
        rows = np.floor(np.asarray(times) / self.step_seconds).astype(np.int64)
        self.reserve(int(rows.min()), int(rows.max()) + 1)
        rows -= self.first
        known = ~np.isnan(watts)
        np.add.at(self.sums, rows[known], np.asarray(watts, np.float32)[known])
        np.add.at(self.counts, rows[known], np.uint16(1))
        self.missing[rows[~known]] = True

    def reserve(self, first, end):
        """Room for grid rows `first` to `end` (exclusive)."""
        if not self.used:
            self.first = first
        low, high = min(first, self.first), max(end, self.first + self.used)
        if (high - low) * self.step_seconds > LONGEST_RECORD_SECONDS:
            raise OverflowError(f"times from {low * self.step_seconds} to {high * self.step_seconds} span more than ten years")
        if low < self.first or high - low > self.sums.size:
            # Twice the room needed, so that a long file is copied a few times only; untouched pages cost nothing.
            room = max(high - low, min(2 * self.sums.size, LONGEST_RECORD_SECONDS // self.step_seconds))
            for name in ("sums", "counts", "missing"):
                old = getattr(self, name)
                new = np.zeros(room, old.dtype)
                new[self.first - low:self.first - low + self.used] = old[:self.used]
                setattr(self, name, new)
        self.first, self.used = low, high - low

    def span(self):
        """First second and the one after the last, or None without a reading."""
        return (self.first * self.step_seconds, (self.first + self.used) * self.step_seconds) if self.used else None

    def column(self, start, rows, step_seconds):
        """W [rows] float32 from second `start` at a multiple of the series' own step; NaN where the meter said nothing."""
        factor = step_seconds // self.step_seconds
        own = np.full(rows * factor, np.nan, np.float32)
        offset = self.first - start // self.step_seconds
        a, b = max(0, offset), min(own.size, offset + self.used)
        if b > a:
            part = slice(a - offset, b - offset)
            counts = self.counts[part]
            np.divide(self.sums[part], counts, out=own[a:b], where=counts > 0)
            # Stops the hold; no meter reads -inf.
            own[a:b][self.missing[part] & (counts == 0)] = -np.inf
        if self.hold_rows:
            own = forward_fill(own, self.hold_rows)
        own[own == -np.inf] = np.nan
        return coarser(own, factor)


def coarser(column, factor):
    """Means of `factor` rows each; missing where fewer than half of them are known."""
    if factor == 1:
        return column
    blocks = column[:column.size // factor * factor].reshape(-1, factor)
    known = ~np.isnan(blocks)
    counts = known.sum(1)
    means = np.where(known, blocks, np.float32(0)).sum(1) / np.maximum(counts, 1)
    return np.where(counts >= FEWEST_KNOWN * factor, means, np.nan).astype(np.float32)
