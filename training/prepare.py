"""Brings a published data set into the form that training reads:

    python3 -m training.prepare --format ukdale --input UK-DALE --out DATA --house 1,2,5

Writes DATA/nilm/train/*.npz and DATA/nilm/validate/*.npz; DATA is then what the other commands take as --data.
"""
import argparse
import os
import re
import sys

import numpy as np

from .labels import runs
from .loaders.errors import BadInput
from .loaders.grid import STEPS
from .loaders.recordings import Recordings
from .loaders.registry import FORMATS
from .loaders.request import Request
from .mixing import INTERVAL_CHOICES, LENGTH
from .sources import MISSING

LARGEST = 32767
# Homes that models are chosen on; what is learned from must not hold them.
VALIDATION_HOUSES = {"ukdale": {3}, "refit": {5, 13, 15, 17}, "ideal": {65, 175}}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--format", required=True, choices=list(FORMATS))
    parser.add_argument("--input", required=True, help="folder of the data set as published; the file for nilmtk")
    parser.add_argument("--out", required=True)
    parser.add_argument("--house", type=numbers, help="house numbers, such as 1 or 1,2,5; default: all")
    parser.add_argument("--step", type=int, choices=STEPS, help="seconds of the grid; default: the set's own")
    parser.add_argument("--appliances", help='JSON {"house": {"plug": "label"}} in place of the readme of REFIT or ECO')
    parser.add_argument("--validate", type=numbers, help="houses that go to nilm/validate; default: the project's choice")
    return parser.parse_args()


def numbers(text):
    return frozenset(int(part) for part in text.split(","))


def to_int16(watts):
    """Whole W, MISSING for NaN and for what is no power of a home."""
    out = np.full(watts.size, MISSING, np.int16)
    usable = np.abs(watts) <= LARGEST
    out[usable] = np.rint(watts[usable])
    return out


def unusable(home, validates):
    """Why nothing could be learned from the home, or None."""
    if home.watts:
        return None
    if validates:
        return "no appliance to validate with"
    longest = max(((b - a) * home.step_seconds for a, b in home.segments()), default=0)
    if home.step_seconds not in INTERVAL_CHOICES or longest < LENGTH + 60:
        return (f"a home without appliances serves as background only, which takes a step of at most {max(INTERVAL_CHOICES)} s "
                f"and {LENGTH + 60} s without a gap")
    return None


def save(path, arrays):
    """Writes the whole file or none."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path + ".part", "wb") as file:
        np.savez_compressed(file, **arrays)
    os.replace(path + ".part", path)


def save_home(home, path):
    save(path, {
        "agg": to_int16(home.total), **{name: to_int16(column) for name, column in home.watts.items()},
        "dt": np.int64(home.step_seconds), "t": home.times.astype(np.int64),
        "absent": np.array(list(home.absent), "U"), "absent_weights": np.array(list(home.absent.values()), np.float32),
    })


def save_recordings(recordings, path):
    save(path, {**{key: to_int16(watts) for key, watts in recordings.days.items()},
                "appliance": np.array(recordings.appliance or "", "U"), "dt": np.int64(recordings.step_seconds)})


def summary(home):
    days = home.times.size * home.step_seconds / 86400
    mains = float((~np.isnan(home.total)).mean())
    found = ", ".join(f"{name} {runs(home.state[name])[0].size} runs" for name in home.watts) or "no appliances"
    return f"{home.name}: {days:.1f} days, mains {mains:.0%} there, {found}"


def prepare(options, say=print):
    """Writes a file for each home or kind. Returns their paths; raises BadInput."""
    if not os.path.exists(options.input):
        raise BadInput(options.input, "does not exist")
    request = Request(options.input, options.house, options.step, options.appliances, say)
    validation = VALIDATION_HOUSES.get(options.format, set()) if options.validate is None else options.validate
    paths = []
    for item in FORMATS[options.format](request):
        house = re.search(r"_house0*(\d+)_", item.name)
        validates = house is not None and int(house[1]) in validation
        path = os.path.join(options.out, "nilm", "validate" if validates else "train", item.name + ".npz")
        if isinstance(item, Recordings):
            save_recordings(item, path)
            say(f"{item.name}: {len(item.days)} days of {item.appliance or 'background'}")
        else:
            reason = unusable(item, validates)
            if reason:
                say(f"{item.name}: left out, {reason}")
                continue
            save_home(item, path)
            say(summary(item))
        paths.append(path)
    if not paths:
        raise BadInput(options.input, "nothing in it could be used" + (", or it has no such house" if options.house else ""))
    return paths


def main():
    try:
        prepare(arguments())
    except BadInput as error:
        sys.exit(f"error: {error}")


if __name__ == "__main__":
    main()
