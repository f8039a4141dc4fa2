"""The decisions made after the network, as the run time makes them: hysteresis, a short hold, doubt, projection."""
import numpy as np

HYSTERESIS = 0.05
LONGEST_HOLD_SECONDS = 10
DUTY_SECONDS = 1800
TRUSTED_AGAIN = 2 / 3
# Even a certain estimate gives way a little, so that a solution always exists.
CERTAIN_WEIGHT = 0.05


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


def certainty(probability, threshold):
    """How far a probability is from its threshold, as a share of what it could be: 0..1, and 0 where it is NaN."""
    p = np.nan_to_num(probability, nan=threshold)
    return np.abs(p - threshold) / np.where(p < threshold, threshold, 1 - threshold)


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


def project(watts, total, certainties=None):
    """The nearest watts [appliance, row] to the estimates that add up to no more than the total (W) of each row.

    Each estimate gives up a share of itself that grows with its uncertainty: w max(0, 1 - lambda (1 - c + CERTAIN_WEIGHT)), with
    lambda as in lib/nilm/power-projection.ts, where the problem is stated. Without certainties (0..1, as watts) all give up the
    same share.
    """
    limit = np.maximum(total, 0)
    rows = np.flatnonzero(watts.sum(0) > limit)
    if not rows.size:
        return watts
    value, limit = watts[:, rows].astype(np.float64), limit[rows]
    give = CERTAIN_WEIGHT + (1 - certainties[:, rows] if certainties is not None else np.ones_like(value))
    # The most yielding first: each drops out once lambda passes 1 / give.
    order = np.argsort(-np.where(value > 0, give, 0), axis=0, kind="stable")
    sorted_give, sorted_value = np.take_along_axis(give, order, 0), np.take_along_axis(value, order, 0)
    remaining = sorted_value[::-1].cumsum(0)[::-1]
    slope = (sorted_value * sorted_give)[::-1].cumsum(0)[::-1]
    factor = (remaining - limit) / np.maximum(slope, 1e-12)
    # By rounding, the last to drop out where nothing is left would not seem to fit.
    fits = (factor * sorted_give <= 1 + 1e-12) & (sorted_value > 0)
    factor = np.take_along_axis(factor, fits.argmax(0)[None], 0)
    out = watts.copy()
    out[:, rows] = value * np.maximum(0, 1 - factor * give)
    return out
