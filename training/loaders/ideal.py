"""IDEAL: homeH_roomR_sensorS_BOX_TYPE.csv.gz, one file per sensor without a header (`yyyy-mm-dd hh:mm:ss,value`, UTC).

electric-mains_electric-combined is the house once a second (from current clamps, so VA rather than W);
electric-appliance_TYPE is a plug that reports W on change or about every hour, so a reading holds that long. The metadata
tables, where they lie in the folder too, name the plugs whose file says no more than "other" (sensor.csv -> sensorbox.csv ->
appliance.csv) and tell which large appliances a home does not have (appliance.csv).
"""
import csv
import glob
import os
import re

from ..sources import ABSENT_IN_UK_HOMES
from .assembly import assemble
from .errors import BadInput
from .grid import Series, step_for
from .names import appliance_of
from .rows import add_rows, iso_seconds, open_text, read_rows

NATIVE_SECONDS = 1
MAINS_HOLD_SECONDS = 10
PLUG_HOLD_SECONDS = 75 * 60
# The set's documentation calls all readings from 08:50 to 09:50 on 17 April 2018 unreliable.
UNRELIABLE = (1_523_955_000, 1_523_958_600)
FILE = re.compile(r"home(\d+)_([a-z]+)(\d+)_sensor(\w+?)_(electric-mains|electric-appliance)_([a-z-]+)\.csv(?:\.gz)?")
LABELS = {
    "dishwasher": "Dishwasher", "washingmachine": "WashingMachine", "washingmachinetumbledrier": "WashingMachine",
    "tumbledrier": "Dryer", "fridge": "Refrigerator", "fridgefreezer": "Refrigerator", "freezer": "Freezer",
    "electricoven": "ElectricOven", "microwave": "Microwave", "kettle": "ElectricKettle", "computer": "Computer",
    "television": "Television",
}
# Appliance types of which a home must list none for its appliance to count as absent.
INVENTORY = {
    "Dishwasher": {"dishwasher"},
    "WashingMachine": {"washingmachine", "washingmachinetumbledrier"},
    "Dryer": {"tumbledrier", "washingmachinetumbledrier"},
    "ElectricOven": {"electricoven"},
}
INVENTORY_WEIGHT = .7


def homes(request):
    """Yields a Home for each home with mains; most have no plugs, only the inventory of what they lack."""
    step = step_for(request, NATIVE_SECONDS)
    files = {}
    for path in sorted(glob.glob(os.path.join(request.folder, "**", "home*.csv*"), recursive=True)):
        match = FILE.fullmatch(os.path.basename(path))
        if match:
            files.setdefault(int(match[1]), []).append((path, match[4], match[5], match[6]))
    if not any(box == "electric-mains" for group in files.values() for _, _, box, _ in group):
        raise BadInput(request.folder, "holds no homeH_..._electric-mains_electric-combined.csv.gz")
    metadata = Metadata(request.folder)
    for house in sorted(files):
        if request.wants(house):
            home = load_home(request, house, files[house], metadata, step)
            if home is None:
                request.note(f"home {house}: no mains readings, left out")
            else:
                yield home


def load_home(request, house, files, metadata, step):
    mains, appliances, ignored = Series(step, MAINS_HOLD_SECONDS), {}, []
    for path, sensor, box, kind in files:
        if box == "electric-mains":
            readings(path, mains)
            continue
        name = appliance_of(kind, LABELS) or appliance_of(metadata.type_of(sensor), LABELS)
        if name is None:
            ignored.append(kind)
        else:
            # On a coarser grid the mean over its rows would forget how long each reading held.
            appliances.setdefault(name, []).append(readings(path, Series(NATIVE_SECONDS, PLUG_HOLD_SECONDS)))
    if ignored:
        request.note(f"home {house}: part of the mains only: {', '.join(ignored)}")
    absent = {**ABSENT_IN_UK_HOMES, **metadata.absent_in(house)}
    return assemble(f"ideal_house{house:03d}_{step}s", step, [mains], appliances, absent)


def readings(path, series):
    def reliable():
        for times, values in read_rows(path, [1], ",", seconds_of=iso_seconds):
            good = (times < UNRELIABLE[0]) | (times >= UNRELIABLE[1])
            yield times[good], values[good]

    add_rows([series], path, reliable())
    return series


class Metadata:
    """What the tables say; each may be missing."""

    def __init__(self, folder):
        self.box_of = {row["sensorid"]: row["sensorboxid"] for row in table(folder, "sensor", ("sensorid", "sensorboxid"))}
        self.appliance_of = {row["sensorboxid"]: row["applianceid"]
                             for row in table(folder, "sensorbox", ("sensorboxid", "applianceid"))}
        self.types, self.owned = {}, {}
        for row in table(folder, "appliance", ("applianceid", "homeid", "appliancetype")):
            self.types[row["applianceid"]] = row["appliancetype"]
            self.owned.setdefault(row["homeid"], set()).add(row["appliancetype"])

    def type_of(self, sensor):
        """Appliance type of a sensor, "" where the tables do not tell."""
        return self.types.get(self.appliance_of.get(self.box_of.get(sensor)), "")

    def absent_in(self, house):
        """Weights of the large appliances that the home's list does not name; none without a list."""
        owned = self.owned.get(str(house))
        if not owned:
            return {}
        return {name: INVENTORY_WEIGHT for name, types in INVENTORY.items() if not owned & types}


def table(folder, name, columns):
    """Rows of the table as dictionaries, none where there is no such file."""
    for path in sorted(glob.glob(os.path.join(folder, "**", name + ".csv*"), recursive=True)):
        with open_text(path) as file:
            reader = csv.DictReader(file)
            missing = [column for column in columns if column not in (reader.fieldnames or ())]
            if missing:
                raise BadInput(path, f"has no column {' and '.join(missing)}", 1)
            return list(reader)
    return []
