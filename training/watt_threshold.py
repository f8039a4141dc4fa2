"""From which watts on a baseline that gives watts alone takes an appliance as on, chosen on the validation homes.

Chosen as `selection.py` chooses for the released networks: per appliance and kind of meter, with the plugs on the clock of the
mains and by the same score; with it goes a factor on the watts.
"""
import numpy as np

from .appliances import APPLIANCES, INDEX, NAMES
from .homes import source_home
from .labels import runs
from .postprocess import LONGEST_HOLD_SECONDS, hold, project
from .selection import F1_SHARE, OTHER_USE

# The released networks have no such choice; the squared error that seq2point learns by shrinks its watts, and it keeps this one.
POWER_FACTORS = (0.9, 1.0, 1.1, 1.2)
# As shares of the appliance's usual power.
SHARES = (0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0, 1.3)


def on_from(watts, threshold_watts, step_seconds):
    rows = LONGEST_HOLD_SECONDS // step_seconds
    on = watts >= threshold_watts
    return hold(on, rows) if rows > 1 else on


def score(watts, on, home, name, known):
    """F1 and the gain over always-off in MAE in one home, less a little for a wrong energy; as selection.py has it."""
    known = known & ~np.isnan(home.watts[name])
    on, state, truth = on & known, home.state[name] & known, home.watts[name]
    rows, energy, claimed = max(1, int(known.sum())), float(truth[known].sum()), float(watts[on].sum())
    if not state.any():
        return -min(0.5, claimed / rows / 30)
    f1 = 2 * int((on & state).sum()) / max(1, int(on.sum()) + int(state.sum()))
    error = energy + float((np.abs(watts[on] - truth[on]) - truth[on]).sum())
    floor = max(energy, 0.1 * rows)
    weight = min(3, runs(state)[0].size) / 3
    return weight * (F1_SHARE * f1 + (1 - F1_SHARE) * (1 - min(2, error / floor)) - 0.1 * min(1, abs(claimed - energy) / floor))


def choose(cases, name):
    """(threshold in W, power factor) of an appliance over [(home, watts [11, rows], known rows)] of one kind of meter.

    The protocol's threshold where no home meters it.
    """
    appliance, i = APPLIANCES[INDEX[name]], INDEX[name]
    cases = [(home, watts[i], known) for home, watts, known in cases
             if name in home.watts and (source_home(home.name), name) not in OTHER_USE]
    best = (-np.inf, appliance.on_threshold_watts, 1.0)
    for threshold in [share * appliance.scale_watts for share in SHARES] if cases else []:
        ons = [on_from(watts, threshold, home.step_seconds) for home, watts, _ in cases]
        for factor in POWER_FACTORS:
            value = np.mean([score(watts * factor, on, home, name, known) for (home, watts, known), on in zip(cases, ons)])
            best = max(best, (float(value) - 0.02 * abs(factor - 1), threshold, factor), key=lambda candidate: candidate[0])
    return best[1:]


def estimate(home, watts, decisions):
    """Watts and states [11, rows] as they would be published; `decisions` maps names to what `choose` gave."""
    out, ons = np.zeros_like(watts), np.zeros(watts.shape, bool)
    for i, name in enumerate(NAMES):
        threshold, factor = decisions[name]
        ons[i] = on_from(watts[i], threshold, home.step_seconds)
        out[i] = np.where(ons[i], watts[i] * factor, 0)
    return project(out, np.nan_to_num(home.total)), ons
