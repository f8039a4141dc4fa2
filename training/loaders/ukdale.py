"""UK-DALE: house_N/labels.dat, channel_M.dat (`unix_seconds watts`, one reading in 6 s) and mains.dat (1 s).

Channel 1 is the whole house in VA from a current clamp. Where a house has mains.dat (`unix_seconds W VA V`), its active power
is the mains and channel 1 stands in only where that is silent for over an hour. Plugs report W.
"""
import os
import re

from ..sources import ABSENT_BY_HOME, ABSENT_IN_UK_HOMES
from .assembly import assemble
from .errors import BadInput
from .grid import Series, step_for
from .names import COMMON, appliance_of, plain
from .rows import add_rows, pieces_of, read_rows

NATIVE_SECONDS = 6
HOLD_SECONDS = 60
LABELS = {
    **COMMON,
    "oven": "ElectricOven", "kettle radio": "ElectricKettle", "primary tv": "Television", "tv dvd digibox lamp": "Television",
    "laptop": "Computer", "office pc": "Computer", "desktop": "Computer", "i7 desktop": "Computer",
}


def homes(request):
    """Yields a Home for each house_N folder; mains are active W or, in houses 3 and 4, VA."""
    step = step_for(request, NATIVE_SECONDS)
    matches = map(re.compile(r"house_(\d+)").fullmatch, os.listdir(request.folder))
    found = sorted((int(match[1]), match[0]) for match in matches if match)
    if not found:
        raise BadInput(request.folder, "holds no house_N folder")
    for house, folder in found:
        if request.wants(house):
            home = load_house(request, house, os.path.join(request.folder, folder), step)
            if home is None:
                request.note(f"house {house}: no mains readings, left out")
            else:
                yield home


def load_house(request, house, folder, step):
    apparent, active, appliances, ignored = None, [], {}, []
    for channel, label in labels_of(os.path.join(folder, "labels.dat")):
        path = os.path.join(folder, f"channel_{channel}.dat")
        name = appliance_of(label, LABELS)
        if plain(label) == "aggregate":
            apparent = readings(path, step)
        elif name is None:
            ignored.append(label)
        elif os.path.exists(path):
            appliances.setdefault(name, []).append(readings(path, step))
    if ignored:
        request.note(f"house {house}: part of the mains only: {', '.join(ignored)}")
    mains = os.path.join(folder, "mains.dat")
    if os.path.exists(mains):
        active = [readings(mains, step)]
    absent = ABSENT_BY_HOME.get(f"ukdale_house{house}_6s", ABSENT_IN_UK_HOMES)
    return assemble(f"ukdale_house{house}_{step}s", step, active, appliances, absent, stand_in=apparent)


def labels_of(path):
    """(channel, label) pairs."""
    out = []
    for first, lines in pieces_of(path):
        for number, line in enumerate(lines, first):
            fields = line.split(maxsplit=1)
            if not fields:
                continue
            if len(fields) != 2 or not fields[0].isdigit():
                raise BadInput(path, "is not of the form `channel label`", number)
            out.append((int(fields[0]), fields[1].strip()))
    return out


def readings(path, step):
    series = Series(step, HOLD_SECONDS)
    add_rows([series], path, read_rows(path, [1]))
    return series
