"""Reads the measured data: homes (mains and labels) and traces of single appliances.

Everything is int16 watts with MISSING for no reading, see the data folder's README.
"""
import glob
import os
from dataclasses import dataclass, field

import numpy as np

from .appliances import APPLIANCES, INDEX, NAMES
from .labels import on_state, runs

MISSING = -32768
HOLD_SECONDS = 60
LONGEST_LAG_ROWS = 4
# An appliance with one or two settings may draw powers of two by chance.
FEWEST_FAULTY_BITS = 4
MOST_ALIGNED_RUNS = 300

ALIASES = {
    "Kettle": "ElectricKettle", "WaterKettle": "ElectricKettle", "MicrowaveOven": "Microwave",
    "Washingmachine": "WashingMachine", "WasherDryerCombo": "WashingMachine", "WasherDryer": "WashingMachine",
    "LaundryDryer": "Dryer", "LaundryDrier": "Dryer", "TV-LCD": "Television", "TV-CRT": "Television",
    "PC-Desktop": "Computer", "PC-Laptop": "Computer", "MacBookPro_13in": "Computer",
}
# Plug readings above these watts are glitches of the meter, not the appliance.
CEILING_WATTS = {"Freezer": 600, "Refrigerator": 1500, "Computer": 500, "Television": 400, "ElectricKettle": 3200,
                 "Microwave": 2200, "Dryer": 5500, "HeatPump": 6000}
# Appliances taken as absent, with the weight of that label: gas-heated homes have no heat pump; the published appliance
# lists of two homes name no dryer and, in UK-DALE house 1, a gas oven.
ABSENT_IN_UK_HOMES = {"HeatPump": 1.0}
ABSENT_BY_HOME = {
    "ukdale_house1_6s": {"HeatPump": 1.0, "Dryer": 1.0, "ElectricOven": 0.7},
    "devicescope_REFIT_House2_30s": {"HeatPump": 1.0, "Dryer": 0.7},
    "refit_head_house02": {"HeatPump": 1.0, "Dryer": 0.7},
}
# Recordings of one and the same home: the second is the first 17 hours of the first.
SAME_HOME = ({"devicescope_REFIT_House2_30s", "refit_head_house02"},)


def recordings_of(names):
    """The named homes with every other recording of them: who has seen one has seen the home."""
    names = set(names)
    return names.union(*(same for same in SAME_HOME if same & names))


@dataclass
class Home:
    """Mains of one home and the appliances metered in it; watts float32 with NaN for missing."""

    name: str
    step_seconds: int
    total: np.ndarray
    watts: dict
    times: np.ndarray
    state: dict = field(default_factory=dict)
    absent: dict = field(default_factory=dict)

    def segments(self, longest_gap_seconds=HOLD_SECONDS):
        """Index ranges without a gap in time or readings longer than the given seconds."""
        hold = max(1, longest_gap_seconds // self.step_seconds)
        breaks = np.diff(self.times, prepend=self.times[0] - self.step_seconds) > longest_gap_seconds + self.step_seconds
        bad = np.zeros(self.total.size, bool)
        for start, end in zip(*runs(np.isnan(self.total))):
            if end - start > hold:
                bad[start:end] = True
        segment = np.cumsum(breaks)
        edges = np.flatnonzero(np.diff(segment * 2 + bad, prepend=-1))
        return [(a, b) for a, b in zip(edges, [*edges[1:], self.total.size]) if not bad[a]]


@dataclass
class Trace:
    """Watts of one appliance alone. `appliance` is None for background loads."""

    appliance: int
    step_seconds: int
    watts: np.ndarray
    state: np.ndarray
    activations: tuple


def forward_fill(x, limit):
    """NaN replaced by the last reading, for at most `limit` rows; a NaN at the start stays."""
    position = np.arange(x.size)
    last = np.maximum.accumulate(np.where(np.isnan(x), -1, position))
    usable = (last >= 0) & (position - last <= limit)
    return np.where(usable, x[np.maximum(last, 0)], np.nan).astype(np.float32)


def to_float(column):
    x = column.astype(np.float32)
    x[column == MISSING] = np.nan
    return x


def without_bit_faults(watts):
    """NaN where a plug reports single bits: if all its readings above zero (W) are powers of two, none of them is power.

    The mains of such a plug's home stay flat meanwhile (REFIT 15's washing machine).
    """
    above = watts[watts > 0]
    if np.unique(above).size < FEWEST_FAULTY_BITS or not (np.log2(above) % 1 == 0).all():
        return watts
    return np.where(watts > 0, np.nan, watts).astype(np.float32)


def canonical(key):
    """Appliance name of a column (a trailing digit is a second device), or None."""
    bare = key if key in ALIASES else key.rstrip("0123456789")
    name = ALIASES.get(bare, bare)
    return name if name in INDEX else None


def load_home(path):
    """One home from an .npz with `agg`; several devices of one kind are added up."""
    z = np.load(path)
    total = to_float(z["agg"])
    if "dt" in z:
        step = int(z["dt"])
    else:
        step = int(np.median(np.diff(z["t"])))
    if "t" in z:
        times = z["t"].astype(np.int64)
    elif "t_rel" in z:
        times = z["t_rel"].astype(np.int64)
    else:
        gap = 10 * step * np.repeat(np.arange(z["seg_len"].size), z["seg_len"])
        times = (np.arange(total.size) + 100 * gap).astype(np.int64) * step
    watts = {}
    for key in z.keys():
        name = canonical(key)
        if name and z[key].shape == total.shape:
            column = without_bit_faults(to_float(z[key]))
            watts[name] = column if name not in watts else watts[name] + column
    home = Home(os.path.basename(path)[:-4], step, total, watts, times)
    for name, column in watts.items():
        home.state[name] = on_state(column, step, APPLIANCES[INDEX[name]])
    return home


def lag_rows(home):
    """By how many rows the mains come later than the plugs, as the median over kettle and microwave runs; 0 without such runs.

    Published sets read both with clocks of their own: plugs of REFIT are 8 to 16 s early on its 8 s grid, those of UK-DALE 6 s late.
    """
    total, lags = np.nan_to_num(home.total), []
    for name in ("ElectricKettle", "Microwave"):
        if name not in home.watts:
            continue
        watts = np.nan_to_num(home.watts[name])
        for a, b in list(zip(*runs(home.state[name])))[:MOST_ALIGNED_RUNS]:
            a, b = a - 2 * LONGEST_LAG_ROWS, b + 2 * LONGEST_LAG_ROWS
            if a < LONGEST_LAG_ROWS or b + LONGEST_LAG_ROWS > total.size:
                continue
            # The right lag leaves the fewest edges behind.
            left = [np.abs(np.diff(total[a + lag:b + lag] - watts[a:b])).sum()
                    for lag in range(-LONGEST_LAG_ROWS, LONGEST_LAG_ROWS + 1)]
            lags.append(int(np.argmin(left)) - LONGEST_LAG_ROWS)
    return int(np.median(lags)) if lags else 0


def align(home):
    """Moves the plugs to the mains' clock, so that labels begin and end where the mains do."""
    lag = lag_rows(home)
    for name, column in home.watts.items():
        moved = np.roll(column, lag)
        if lag:
            moved[slice(0, lag) if lag > 0 else slice(lag, None)] = np.nan
        home.watts[name] = moved
        home.state[name] = on_state(moved, home.step_seconds, APPLIANCES[INDEX[name]])


def make_trace(name, step, column):
    watts = forward_fill(to_float(column), HOLD_SECONDS // step if step < HOLD_SECONDS else 1)
    watts = np.clip(np.nan_to_num(watts), 0, CEILING_WATTS.get(name, 8000))
    if name is None:
        return Trace(None, step, watts.astype(np.int16), None, ())
    state = on_state(watts, step, APPLIANCES[INDEX[name]])
    return Trace(INDEX[name], step, watts.astype(np.int16), state, tuple(zip(*runs(state))))


class Sources:
    """All training material under `<data>/nilm/train`, but for the homes named in `without`, in whatever recording."""

    def __init__(self, data, homes_only=False, without=()):
        folder = os.path.join(data, "nilm", "train")
        self.homes, self.backgrounds = [], []
        self.traces = [[] for _ in NAMES]
        files = sorted(os.path.basename(p) for p in glob.glob(os.path.join(folder, "*.npz")))
        if not files:
            raise SystemExit(f"Nothing to learn from in {folder}: --data takes the folder that holds nilm/train and nilm/validate "
                             "(training/README.md).")
        self.files = [file for file in files if file[:-4] not in recordings_of(without)]
        for file in self.files:
            path = os.path.join(folder, file)
            is_home = holds_home(path)
            if homes_only and not is_home:
                continue
            if file.startswith("nist"):
                self._load_heat_pump_bench(path)
            elif file.startswith("purdue"):
                self._load_heat_pump_home(path)
            elif file.startswith("gjw"):
                self.homes.append(load_event_mains(path))
            elif is_home:
                home = load_home(path)
                home.absent = absent_in(path, home.name)
                align(home)
                self.homes.append(home)
                for name in home.watts:
                    self._add(make_trace(name, home.step_seconds, home.watts[name]))
            else:
                self._load_traces(path)

    def _add(self, trace):
        if trace.activations:
            self.traces[trace.appliance].append(trace)

    def _load_traces(self, path):
        z = np.load(path)
        # Files that `prepare` writes say what they hold; of others the name does, as in tracebase_com_Dishwasher_1hz.
        name = str(z["appliance"]) or None if "appliance" in z else canonical(os.path.basename(path).split("_")[2])
        step = int(z["dt"]) if "dt" in z else 1
        for key in z.keys():
            if key in ("appliance", "dt"):
                continue
            trace = make_trace(name, step, z[key])
            if name is not None:
                self._add(trace)
            elif trace.watts.max() > 20:
                self.backgrounds.append(trace)

    def _load_heat_pump_bench(self, path):
        z = np.load(path)
        for key in z.keys():
            if key.endswith("|od"):
                total = to_float(z[key]) + to_float(z[key[:-2] + "id"])
                self._add(make_trace("HeatPump", 60, np.nan_to_num(total)))

    def _load_heat_pump_home(self, path):
        z = np.load(path)
        total = np.nan_to_num(to_float(z["HeatPump"])) + np.nan_to_num(to_float(z["ahu"]).clip(0, 1500))
        for day in range(total.size // 288):
            self._add(make_trace("HeatPump", 300, total[day * 288:(day + 1) * 288]))


def holds_home(path):
    """Whether a file has mains on a grid; those read in ways of their own below do not count."""
    return not os.path.basename(path).startswith(("nist", "purdue", "gjw")) and "agg" in np.load(path)


def absent_in(path, name):
    """Weights of the appliances that a home is known not to have: what the file says, else the table of present homes."""
    z = np.load(path)
    if "absent" in z:
        return dict(zip(z["absent"].tolist(), z["absent_weights"].tolist()))
    return ABSENT_BY_HOME.get(name, ABSENT_IN_UK_HOMES)


def load_event_mains(path):
    """Unlabelled mains stored as one row per change, held to a 1 s grid; long silences become missing."""
    z = np.load(path)
    t, p = z["t"].astype(np.int64), z["agg"]
    grid = np.arange(t[0], t[-1])
    last = np.searchsorted(t, grid, side="right") - 1
    total = p[last].astype(np.float32)
    total[grid - t[last] > 900] = np.nan
    return Home(os.path.basename(path)[:-4], 1, total, {}, grid, absent=ABSENT_IN_UK_HOMES)
