"""Makes a home of the series of its meters."""
import numpy as np

from ..appliances import APPLIANCES, INDEX, NAMES
from ..labels import on_state, runs
from ..sources import Home

LONGEST_SILENCE_SECONDS = 3600
SILENCE_KEPT_SECONDS = 600


def assemble(name, step_seconds, mains, appliances, absent, stand_in=None):
    """A Home on the grid that spans all its meters, or None where the mains have no reading.

    `mains` is a list of Series to be added up (phases), `stand_in` a Series of the same mains for where those are silent for
    over an hour. `appliances` maps names to lists of Series: several devices of one kind are added up, missing where one of
    them is. `absent` maps appliances that the home does not have to the weight of that label. Silence of all meters for over
    an hour is cut out but for ten minutes at either end; `times` then jumps.
    """
    mains = [one for one in mains if one.used]
    devices = {appliance: [one for one in appliances.get(appliance, ()) if one.used] for appliance in NAMES}
    substitutes = [stand_in] if stand_in is not None and stand_in.used else []
    if not mains:
        mains, substitutes = substitutes, []
    if not mains:
        return None
    spans = [one.span() for group in (mains, substitutes, *devices.values()) for one in group]
    start = min(first for first, _ in spans) // step_seconds * step_seconds
    rows = -(-(max(end for _, end in spans) - start) // step_seconds)

    def added(group):
        total = group[0].column(start, rows, step_seconds)
        for one in group[1:]:
            total += one.column(start, rows, step_seconds)
        return total

    total = added(mains)
    if substitutes:
        substitute = added(substitutes)
        for a, b in silences(total, step_seconds):
            total[a:b] = substitute[a:b]
    if np.isnan(total).all():
        return None
    watts = {appliance: added(group) for appliance, group in devices.items() if group}
    keep = audible([total, *watts.values()], step_seconds)
    times = start + np.flatnonzero(keep) * step_seconds
    home = Home(name, step_seconds, total[keep], {}, times)
    for appliance in list(watts):
        column = watts.pop(appliance)[keep]
        if not np.isnan(column).all():
            home.watts[appliance] = column
            home.state[appliance] = on_state(column, step_seconds, APPLIANCES[INDEX[appliance]])
    home.absent = {appliance: weight for appliance, weight in absent.items() if appliance not in home.watts}
    return home


def silences(column, step_seconds):
    """Start and end row of each stretch without a reading for over an hour."""
    return [(a, b) for a, b in zip(*runs(np.isnan(column))) if (b - a) * step_seconds > LONGEST_SILENCE_SECONDS]


def audible(columns, step_seconds):
    """Rows to keep: all but the inside of long stretches where no column has a reading."""
    silent = np.ones(columns[0].size, bool)
    for column in columns:
        silent &= np.isnan(column)
    keep = np.ones(silent.size, bool)
    margin = SILENCE_KEPT_SECONDS // step_seconds
    for start, end in zip(*runs(silent)):
        if (end - start) * step_seconds > LONGEST_SILENCE_SECONDS:
            keep[start + margin:end - margin] = False
    return keep
