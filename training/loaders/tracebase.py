"""tracebase: COLLECTION/KIND/PLUG_yyyy.mm.dd.csv, rows of `dd/mm/yyyy hh:mm:ss;W over 1 s;W over 8 s` in local time.

The mean over one second is taken. Collections are complete, incomplete, synthetic and australia.
"""
import glob
import os
import re
from datetime import datetime, timezone

import numpy as np

from .errors import BadInput
from .grid import Series
from .recordings import Recordings
from .rows import add_rows, day_first_seconds, read_rows

DAY_SECONDS = 86_400
FILE = re.compile(r"(.+)_(\d{4})\.(\d{2})\.(\d{2})\.csv(?:\.gz)?")
# A cooking stove is no oven; everything not named here serves as background.
LABELS = {
    "Dishwasher": "Dishwasher", "Washingmachine": "WashingMachine", "WasherDryerCombo": "WashingMachine", "LaundryDryer": "Dryer",
    "LaundryDrier": "Dryer", "Freezer": "Freezer", "Refrigerator": "Refrigerator", "MicrowaveOven": "Microwave",
    "WaterKettle": "ElectricKettle", "PC-Desktop": "Computer", "PC-Laptop": "Computer", "MacBookPro_13in": "Computer",
    "TV-LCD": "Television", "TV-CRT": "Television",
}


def recordings(request):
    """Yields the Recordings of each collection and kind."""
    if request.houses is not None or request.step_seconds not in (None, 1):
        raise BadInput(request.folder, "tracebase has no houses and is read second by second: leave out --house and --step")
    groups = {}
    for path in sorted(glob.glob(os.path.join(request.folder, "*", "*", "*.csv*"))):
        match = FILE.fullmatch(os.path.basename(path))
        if match:
            collection, kind = path.split(os.sep)[-3:-1]
            groups.setdefault((collection, kind), []).append((path, match[1], "-".join(match.group(2, 3, 4))))
    if not groups:
        raise BadInput(request.folder, "holds no COLLECTION/KIND/PLUG_yyyy.mm.dd.csv")
    for (collection, kind), files in sorted(groups.items()):
        short = collection[:3]
        days = {f"{short}|{plug}|{day}": day_of(path, day) for path, plug, day in files}
        yield Recordings(f"tracebase_{short}_{kind}_1hz", LABELS.get(kind), 1, days)


def day_of(path, day):
    """W [86400] of the day that the file's name tells."""
    try:
        midnight = int(datetime.strptime(day, "%Y-%m-%d").replace(tzinfo=timezone.utc).timestamp())
    except ValueError:
        raise BadInput(path, f"{day} is no day") from None
    series = Series(1, 0)
    add_rows([series], path, read_rows(path, [1], ";", seconds_of=day_first_seconds))
    column = series.column(midnight, DAY_SECONDS, 1)
    if np.isnan(column).all():
        raise BadInput(path, f"has no reading of {day}")
    return column
