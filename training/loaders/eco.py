"""ECO: 0N_sm_csv/0N/yyyy-mm-dd.csv and 0N_plugs_csv/PP/yyyy-mm-dd.csv, 86,400 rows a day without a header, W.

The first of the smart meter's 16 columns is the real power of all phases; a plug file has one column. -1 is a missing reading.
The row is the second of the day; files carry no zone, so days are read as UTC. What each plug meters stands in 0N_doc.txt.
"""
import os
import re
from datetime import datetime, timezone

import numpy as np

from .appliance_list import appliance_list
from .assembly import assemble
from .errors import BadInput
from .grid import Series, step_for
from .names import COMMON, appliance_of
from .rows import number_of, pieces_of

NATIVE_SECONDS = 1
DAY_SECONDS = 86_400
DOCUMENT = re.compile(r"(?i)0?(\d+)_doc\.txt")
DAY = re.compile(r"(\d{4}-\d{2}-\d{2})\.csv(?:\.gz)?")
# A stove is oven and hob in one, "entertainment" a television among others: both stay part of the mains.
LABELS = {**COMMON, "dryer": "Dryer", "pc": "Computer", "laptop": "Computer", "laptops": "Computer"}


def homes(request):
    """Yields a Home for each household; days with plugs but no smart meter have NaN mains."""
    step = step_for(request, NATIVE_SECONDS)
    matches = map(re.compile(r"0?(\d+)_sm_csv").fullmatch, os.listdir(request.folder))
    found = sorted((int(match[1]), match[0]) for match in matches if match)
    if not found:
        raise BadInput(request.folder, "holds no 0N_sm_csv folder")
    plugs = appliance_list(request, DOCUMENT, parse_document)
    for house, folder in found:
        if request.wants(house):
            if house not in plugs:
                raise BadInput(os.path.join(request.folder, folder), f"nothing says what the plugs of household {house} meter")
            home = load_house(request, house, folder, plugs[house], step)
            if home is not None:
                yield home


def parse_document(path, numbered_lines):
    """{household: {plug: label}} of lines such as "02: Dryer (no. days: 231, ...)"."""
    plugs = {}
    for _, line in numbered_lines:
        match = re.match(r"\s*(\d\d):\s*(.+?)\s*(?:\(|$)", line)
        if match:
            plugs[int(match[1])] = match[2]
    house = int(DOCUMENT.fullmatch(os.path.basename(path))[1])
    return {house: plugs} if plugs else {}


def load_house(request, house, folder, plugs, step):
    mains = Series(step, 0)
    add_days(mains, os.path.join(request.folder, folder))
    appliances, ignored = {}, []
    for plug, label in sorted(plugs.items()):
        name = appliance_of(label, LABELS)
        days = os.path.join(request.folder, folder.replace("_sm_", "_plugs_"), f"{plug:02d}")
        if name is None:
            ignored.append(label)
        elif os.path.isdir(days):
            series = Series(step, 0)
            add_days(series, days)
            appliances.setdefault(name, []).append(series)
    if ignored:
        request.note(f"household {house}: part of the mains only: {', '.join(ignored)}")
    return assemble(f"eco_house{house:02d}_{step}s", step, [mains], appliances, {})


def add_days(series, folder):
    """All days of the folder and those in it."""
    for parent, _, files in sorted(os.walk(folder)):
        for file in sorted(files):
            match = DAY.fullmatch(file)
            if match:
                path = os.path.join(parent, file)
                midnight = datetime.strptime(match[1], "%Y-%m-%d").replace(tzinfo=timezone.utc).timestamp()
                try:
                    series.add(midnight + np.arange(DAY_SECONDS), day_of(path))
                except OverflowError as error:
                    raise BadInput(path, str(error)) from None


def day_of(path):
    """W [86400] of the first column, NaN for -1."""
    lines = [line for _, piece in pieces_of(path) for line in piece]
    if len(lines) != DAY_SECONDS:
        raise BadInput(path, f"has {len(lines)} rows where a day has {DAY_SECONDS}", len(lines) or None)
    fields = [line.partition(",")[0].strip() for line in lines]
    try:
        watts = np.array(fields, np.float64)
    except ValueError:
        watts = np.array([number_of(path, number, field) for number, field in enumerate(fields, 1)])
    watts[watts <= -1] = np.nan
    return watts
