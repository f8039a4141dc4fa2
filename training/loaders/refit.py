"""REFIT: CLEAN_HouseN.csv (`Time,Unix,Aggregate,Appliance1..9[,Issues]`, W, about one reading in 8 s, Unix is UTC).

Which plug meters what stands in the set's readme and differs between releases, so it is read from there. The readme says of
the cleaned files: gaps of over two minutes were filled with 0, so a total of 0 W is taken as missing; and where `Issues` is 1
the plugs add up to more than the total, which should be discarded.
"""
import glob
import os
import re

import numpy as np

from ..appliances import APPLIANCES, INDEX
from ..sources import ABSENT_BY_HOME, ABSENT_IN_UK_HOMES
from .appliance_list import appliance_list
from .assembly import assemble
from .errors import BadInput
from .grid import Series, step_for
from .names import COMMON, appliance_of
from .rows import add_rows, header_of, read_rows

NATIVE_SECONDS = 8
HOLD_SECONDS = 120
README = re.compile(r"(?i).*read_?me.*\.txt")
FILE = re.compile(r"(?i)(?:clean_)?house_?(\d+)\.csv(?:\.gz)?")
LABELS = {
    **COMMON,
    "chest freezer": "Freezer", "upright freezer": "Freezer", "firdge": "Refrigerator", "dryer": "Dryer",
    "combination microwave": "Microwave", "television site": "Television", "tv site": "Television", "tv satellite": "Television",
    "computer": "Computer", "computer site": "Computer", "desktop computer": "Computer", "mjy computer": "Computer",
    "pgm computer": "Computer",
}


def homes(request):
    """Yields a Home for each house file."""
    step = step_for(request, NATIVE_SECONDS)
    found = {}
    for path in sorted(glob.glob(os.path.join(request.folder, "**", "*.csv*"), recursive=True)):
        match = FILE.fullmatch(os.path.basename(path))
        if match:
            found[int(match[1])] = path
    if not found:
        raise BadInput(request.folder, "holds no CLEAN_HouseN.csv")
    plugs = appliance_list(request, README, parse_readme)
    for house in sorted(found):
        if not request.wants(house):
            continue
        if house not in plugs:
            raise BadInput(found[house], f"the appliance list does not name house {house}")
        home = load_house(request, house, found[house], plugs[house], step)
        if home is not None:
            yield home


def parse_readme(path, numbered_lines):
    """{house: {plug: label}} of "House N" headings, each followed by "0.Aggregate, 1.Fridge, ..." up to its notes."""
    houses, house, text = {}, None, {}
    for _, line in numbered_lines:
        heading = re.fullmatch(r"\s*House\s+(\d+)\s*", line)
        if heading:
            house = int(heading[1])
        elif "!NOTES" in line:
            house = None
        elif house is not None:
            text[house] = text.get(house, "") + " " + line.strip()
    for house, entries in text.items():
        plugs = {int(number): label.strip() for number, label in re.findall(r"(\d)\.\s*(.*?)(?=[,\s]+\d\.|$)", entries)}
        if plugs:
            houses[house] = plugs
    return houses


def load_house(request, house, path, plugs, step):
    header = header_of(path)
    missing = [name for name in ("Unix", "Aggregate") if name not in header]
    if missing:
        raise BadInput(path, f"has no column {' and '.join(missing)}", 1)
    names, ignored = {}, []
    for plug, label in sorted(plugs.items()):
        name = appliance_of(label, LABELS)
        if plug == 0:
            continue
        if name is None:
            ignored.append(label)
        elif f"Appliance{plug}" not in header:
            raise BadInput(path, f"has no column Appliance{plug} ({label})", 1)
        else:
            names[f"Appliance{plug}"] = name
    if ignored:
        request.note(f"house {house}: part of the mains only: {', '.join(ignored)}")
    wanted = ["Aggregate", *names, *(["Issues"] if "Issues" in header else [])]
    series = [Series(step, HOLD_SECONDS) for _ in range(1 + len(names))]
    rows = read_rows(path, [header.index(name) for name in wanted], ",", 1, header.index("Unix"))
    highest = np.zeros(len(names))
    add_rows(series, path, checked(rows, "Issues" in header, highest))
    appliances = {}
    for name, one, watts in zip(names.values(), series[1:], highest):
        # A plug that never saw its appliance run was not plugged in; its zeros say nothing.
        if watts >= APPLIANCES[INDEX[name]].on_threshold_watts:
            appliances.setdefault(name, []).append(one)
        else:
            request.note(f"house {house}: a {name} that never runs, left out")
    absent = ABSENT_BY_HOME.get(f"refit_head_house{house:02d}", ABSENT_IN_UK_HOMES)
    return assemble(f"refit_house{house:02d}_{step}s", step, series[:1], appliances, absent)


def checked(rows, has_issues, highest):
    """Rows whose total is missing where it is not to be trusted; `highest` is raised to the plugs' highest W."""
    for times, values in rows:
        total = values[:, 0]
        total[total == 0] = np.nan
        if has_issues:
            total[values[:, -1] == 1] = np.nan
            values = values[:, :-1]
        if values.shape[1] > 1 and len(values):
            np.fmax(highest, np.fmax.reduce(values[:, 1:], axis=0), out=highest)
        yield times, values
