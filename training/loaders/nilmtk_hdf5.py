"""HDF5 in the form of NILMTK: /buildingN/elec/meterM tables as pandas writes them, metadata as pickled attributes.

Each table has an index of UTC times and float columns named by (physical_quantity, type); active power is taken, apparent
where there is no other. Site meters that are not disabled are added up. Needs h5py (and hdf5plugin for files packed with blosc).
"""
import io
import pickle
import re

import numpy as np

from ..appliances import NAMES
from .assembly import assemble
from .errors import BadInput
from .grid import Series, step_for
from .names import COMMON, appliance_of, plain

ROWS_AT_ONCE = 1_000_000
DEFAULT_HOLD_SECONDS, LONGEST_HOLD_SECONDS = 60, 120
POWER = (("power", "active"), ("power", "apparent"), ("power", ""))
TICKS_A_SECOND = {"ns": 10 ** 9, "us": 10 ** 6, "ms": 10 ** 3, "s": 1}
# Types of the NILM metadata vocabulary. Dataport's electric dryers are typed as spin dryers, as its gas dryers are: the
# original name tells them apart.
LABELS = {
    **COMMON,
    "electric oven": "ElectricOven", "oven": "ElectricOven", "computer": "Computer", "laptop computer": "Computer",
    "desktop computer": "Computer", "drye": "Dryer",
}


def homes(request):
    """Yields a Home for each building with a site meter. `request.folder` is the .h5 file."""
    h5py = library(request.folder)
    try:
        file = h5py.File(request.folder, "r")
    except OSError as error:
        raise BadInput(request.folder, f"cannot be read: {error}") from None
    with file:
        described = attribute(request.folder, file, "metadata") or {}
        devices = described.get("meter_devices", {})
        title = re.sub(r"[^a-z0-9]", "", str(described.get("name", "")).lower()) or "set"
        buildings = sorted((int(match[1]), match[0]) for match in map(re.compile(r"building(\d+)").fullmatch, file) if match)
        if not buildings:
            raise BadInput(request.folder, "holds no /buildingN")
        for house, key in buildings:
            if request.wants(house):
                home = load_building(request, file, house, file[key], devices, title)
                if home is None:
                    request.note(f"building {house}: no readings of a site meter, left out")
                else:
                    yield home


def library(path):
    try:
        import h5py
    except ImportError:
        raise BadInput(path, "reading HDF5 needs the Python package h5py, which is not installed (pip install h5py)") from None
    try:
        import hdf5plugin  # noqa: F401  registers the compressions h5py lacks
    except ImportError:
        pass
    return h5py


def load_building(request, file, house, group, devices, title):
    metadata = attribute(request.folder, group, "metadata") or {}
    meters = {number: meter for number, meter in metadata.get("elec_meters", {}).items() if not meter.get("disabled")}
    site = [number for number, meter in meters.items() if meter.get("site_meter")]
    metered, ignored = appliances_of(metadata.get("appliances", []), meters)
    if ignored:
        request.note(f"building {house}: part of the mains only: {', '.join(ignored)}")
    if not site:
        return None
    wanted = [*site, *(number for numbers in metered.values() for number in numbers)]
    periods = {number: devices.get(meters[number].get("device_model"), {}) for number in wanted}
    native = max(int(round(float(device.get("sample_period", 1)))) for device in periods.values())
    step = step_for(request, native)

    def series_of(number):
        device = periods[number]
        hold = min(float(device.get("max_sample_period", DEFAULT_HOLD_SECONDS)), LONGEST_HOLD_SECONDS)
        series = Series(step, max(hold, native))
        key = meters[number].get("data_location") or f"/building{house}/elec/meter{number}"
        read_meter(request.folder, file, key, series)
        return series

    appliances = {name: [series_of(number) for number in numbers] for name, numbers in metered.items()}
    return assemble(f"nilmtk_{title}_house{house:02d}_{step}s", step, [series_of(number) for number in site], appliances, {})


def appliances_of(appliances, meters):
    """({name: meters}, labels left out). A meter shared by several appliances counts for the one that dominates it."""
    shared = {}
    for appliance in appliances:
        for number in appliance.get("meters", ()):
            shared.setdefault(number, []).append(appliance)
    metered, ignored = {name: [] for name in NAMES}, []
    for appliance in appliances:
        label = str(appliance.get("type", ""))
        name = appliance_of(label, LABELS) or appliance_of(str(appliance.get("original_name", "")), LABELS)
        numbers = [number for number in appliance.get("meters", ()) if number in meters]
        sole = all(len(shared[number]) == 1 or appliance.get("dominant_appliance") for number in numbers)
        if name and numbers and sole:
            metered[name] += numbers
        else:
            ignored.append(plain(label))
    return {name: numbers for name, numbers in metered.items() if numbers}, ignored


def read_meter(path, file, key, series):
    """Adds a meter's power to the series, a slice of rows at a time."""
    table = file.get(f"{key}/table")
    if table is None or "index" not in (table.dtype.names or ()):
        raise BadInput(path, f"{key} is no table")
    block, column = power_column(path, key, table)
    unit = re.search(r"\[(\w+)", bytes(table.attrs.get("index_kind", b"")).decode("latin-1"))
    ticks = TICKS_A_SECOND[unit[1] if unit else "ns"]
    try:
        for start in range(0, table.shape[0], ROWS_AT_ONCE):
            rows = table[start:start + ROWS_AT_ONCE]
            series.add(rows["index"] // ticks, rows[block].reshape(len(rows), -1)[:, column].astype(np.float32))
    except OverflowError as error:
        raise BadInput(path, f"{key}: {error}") from None
    except OSError as error:
        raise BadInput(path, f"{key} cannot be read: {error} (packed with blosc, it needs the package hdf5plugin)") from None


def power_column(path, key, table):
    """Name of the block of columns and the index in it that hold the power."""
    found = {}
    for name in table.dtype.names:
        if name != "index":
            for index, label in enumerate(attribute(path, table, name + "_kind") or ()):
                found[tuple(label) if isinstance(label, (tuple, list)) else (label,)] = (name, index)
    for label in POWER:
        if label in found:
            return found[label]
    others = ", ".join("/".join(map(str, label)) for label in found) or "unnamed columns"
    raise BadInput(path, f"{key} has no power, only {others}")


class PlainUnpickler(pickle.Unpickler):
    """Reads pickles of plain values; a file of data has no business naming code to run."""

    ALLOWED = {("datetime", "date"), ("datetime", "datetime"), ("datetime", "timedelta"), ("collections", "OrderedDict"),
               ("_codecs", "encode")}

    def find_class(self, module, name):
        if (module, name) in self.ALLOWED:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is not a plain value")


def attribute(path, node, name):
    """A pickled attribute, None where there is none."""
    if name not in node.attrs:
        return None
    raw = node.attrs[name]
    stored = raw.encode("latin-1") if isinstance(raw, str) else bytes(raw)
    try:
        return PlainUnpickler(io.BytesIO(stored), encoding="latin-1").load()
    except Exception as error:
        raise BadInput(path, f"the attribute {name} of {node.name} cannot be read: {error}") from None
