"""Plain CSV: one file a home, `timestamp,power_total,<Appliance>...`, W, times in Unix seconds or ISO (UTC without a zone).

Columns are named as the project names its eleven appliances; a trailing digit is a second device of one kind. An empty field
is a missing reading.
"""
import glob
import os
from itertools import chain

import numpy as np

from ..sources import canonical
from .assembly import assemble
from .errors import BadInput
from .grid import Series, step_for
from .rows import add_rows, header_of, iso_seconds, pieces_of, read_rows, unix_seconds

HOLD_SECONDS = 60


def homes(request):
    """Yields a Home for the file, or for each .csv of the folder."""
    if request.houses is not None:
        raise BadInput(request.folder, "plain CSV files have no house numbers: name the file itself instead of --house")
    paths = [request.folder]
    if os.path.isdir(request.folder):
        paths = sorted(glob.glob(os.path.join(request.folder, "*.csv")) + glob.glob(os.path.join(request.folder, "*.csv.gz")))
        if not paths:
            raise BadInput(request.folder, "holds no .csv file")
    for path in paths:
        home = load_file(request, path)
        if home is None:
            request.note(f"{path}: no mains readings, left out")
        else:
            yield home


def load_file(request, path):
    header = header_of(path)
    missing = [name for name in ("timestamp", "power_total") if name not in header]
    if missing:
        raise BadInput(path, f"has no column {' and '.join(missing)}", 1)
    names = {name: canonical(name) for name in header if name not in ("timestamp", "power_total")}
    ignored = [name for name, appliance in names.items() if appliance is None]
    if ignored:
        request.note(f"{path}: none of the eleven appliances, left out: {', '.join(ignored)}")
    columns = ["power_total", *(name for name, appliance in names.items() if appliance)]
    when = header.index("timestamp")
    rows = read_rows(path, [header.index(name) for name in columns], ",", 1, when, seconds_of_first(path, when))
    first = next(rows, None)
    if first is None:
        raise BadInput(path, "has no rows")
    native = seconds_between(first[0])
    step = step_for(request, native)
    series = [Series(step, max(HOLD_SECONDS, native)) for _ in columns]
    add_rows(series, path, chain([first], rows))
    appliances = {}
    for name, one in zip(columns[1:], series[1:]):
        appliances.setdefault(names[name], []).append(one)
    stem = os.path.basename(path).removesuffix(".gz").removesuffix(".csv")
    return assemble(f"home_{stem}_{step}s", step, series[:1], appliances, {})


def seconds_of_first(path, column):
    """How the file's times are to be read, by its first row."""
    for _, lines in pieces_of(path, skip_lines=1):
        fields = lines[0].split(",")
        try:
            float(fields[column])
            return unix_seconds
        except (ValueError, IndexError):
            return iso_seconds
    return unix_seconds


def seconds_between(times):
    """The usual time between two readings, whole seconds."""
    steps = np.diff(np.unique(np.floor(times)))
    return max(1, int(round(float(np.median(steps))))) if steps.size else 1
