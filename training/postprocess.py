"""The decisions made after the network, as the run time makes them: hysteresis, a short hold, doubt, projection."""
import numpy as np

HYSTERESIS = 0.05
LONGEST_HOLD_SECONDS = 10
DUTY_SECONDS = 1800
TRUSTED_AGAIN = 2 / 3


def decide(probability, threshold, hold_rows=1):
    """On-state of a gate with hysteresis.

    On at threshold + band, off below threshold - band, band = min(0.05, threshold / 4, (1 - threshold) / 4);
    a state lasts at least hold_rows. NaN keeps the state off.
    """
    band = min(HYSTERESIS, threshold / 4, (1 - threshold) / 4)
    p = np.nan_to_num(probability, nan=-1)
    high, low = p >= threshold + band, p < threshold - band
    decision = np.where(high, 1, np.where(low, 0, -1))
    position = np.arange(p.size)
    last = np.maximum.accumulate(np.where(decision >= 0, position, -1))
    state = np.where(last >= 0, decision[np.maximum(last, 0)], 0).astype(bool)
    return hold(state, hold_rows) if hold_rows > 1 else state


def believed(state, most_duty, step_seconds):
    """The state but where it was on for longer than `most_duty` of the last half hour, until that falls below two thirds of it.

    Older time counts less and less: the duty d moves by (on - d) (1 - exp(-step / DUTY_SECONDS)) a row.
    """
    out = state.copy()
    fading = -np.expm1(-step_seconds / DUTY_SECONDS)
    duty, doubted = 0.0, False
    for row, on in enumerate(state.tolist()):
        duty += (on - duty) * fading
        doubted = duty > most_duty * (TRUSTED_AGAIN if doubted else 1)
        if doubted:
            out[row] = False
    return out


def hold(state, rows):
    """Delays a change that comes sooner than `rows` after the one before."""
    out = state.copy()
    changes = np.flatnonzero(np.diff(state.astype(np.int8))) + 1
    current, since = bool(state[0]) if state.size else False, -rows
    for a, b in zip(changes, [*changes[1:], state.size]):
        if state[a] == current:
            out[a:b] = current
            continue
        at = max(a, since + rows)
        out[a:min(at, b)] = current
        if at < b:
            current, since = bool(state[a]), at
            out[at:b] = current
    return out


def project(watts, total):
    """Scales the appliances of each row down so that they add up to no more than the total (W).

    The run time weighs this by certainty; the difference is small where few appliances run together.
    """
    claimed = watts.sum(0)
    return watts * np.where(claimed > total, np.maximum(total, 0) / np.maximum(claimed, 1e-6), 1)
