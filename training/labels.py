"""On/off labels from measured watts, as in the accuracy protocol."""
import numpy as np


def runs(flags):
    """Start and end (exclusive) indices of each run of True."""
    edges = np.diff(np.concatenate(([0], np.asarray(flags, np.int8), [0])))
    return np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)


def on_state(watts, step_seconds, appliance):
    """Boolean state: at or above the threshold, short gaps closed, then short runs dropped.

    `watts` may hold NaN (missing), which counts as off. `step_seconds` is the time of one row.
    """
    on = np.nan_to_num(np.asarray(watts, np.float32)) >= appliance.on_threshold_watts
    starts, ends = runs(on)
    if starts.size == 0:
        return on
    gap_seconds = (starts[1:] - ends[:-1]) * step_seconds
    keep = gap_seconds >= appliance.min_off_seconds
    starts = starts[np.concatenate(([True], keep))]
    ends = ends[np.concatenate((keep, [True]))]
    long_enough = (ends - starts) * step_seconds >= appliance.min_on_seconds
    state = np.zeros(on.size, bool)
    for start, end in zip(starts[long_enough], ends[long_enough]):
        state[start:end] = True
    return state
