"""What the model claims of appliances that are known not to be there, or that are metered and never ran."""
import glob
import os

import numpy as np

from .appliances import INDEX, NAMES
from .homes import first_days, most_by_home, source_home
from .selection import MOST_FALSE_MINUTES_A_DAY, estimate
from .sources import absent_in, holds_home, load_home
from .validation import Pair, predict_home

LARGEST_ENERGY_SHARE = 0.01
# Enough to judge a training home by.
TRAINING_HOME_DAYS = 30


def claim(name, home, watts, on, known, why, **more):
    """Mean claimed W, minutes a day and share of the home's energy of one appliance in one home."""
    i, rows = INDEX[name], max(1, int(known.sum()))
    energy = float(np.clip(home.total[known], 0, None).sum(dtype=np.float64))
    share = float(watts[i, known].sum(dtype=np.float64)) / energy if energy > 0 else 0.0
    minutes = float((on[i] & known).sum()) / rows * 1440
    return {"appliance": name, "home": home.name, "meterIntervalSeconds": home.step_seconds, "why": why,
            "hours": round(rows * home.step_seconds / 3600, 1), "meanWatts": round(float(watts[i, known].sum()) / rows, 2),
            "minutesPerDay": round(minutes, 2), "energyShare": round(share, 5),
            "withinTarget": share <= LARGEST_ENERGY_SHARE and minutes <= MOST_FALSE_MINUTES_A_DAY, **more}


def in_home(pair, estimates, absent, of):
    """Claims in one home: of what it lacks, and of what it meters and never switched on. `of`: "validation" or "training"."""
    known, (watts, on) = ~np.isnan(pair.slow.logits[0, 0]), estimates[:2]
    for name in NAMES:
        if name in absent and name not in pair.home.watts:
            yield claim(name, pair.home, watts, on, known, "absent", of=of)
        elif name in pair.home.watts:
            metered = known & ~np.isnan(pair.home.watts[name])
            if metered.any() and not (pair.home.state[name] & metered).any():
                yield claim(name, pair.home, watts, on, metered, "never ran", of=of)


def absent_by_home(data, folder):
    """(path, names) of the homes of a folder that are known to lack something."""
    for path in sorted(glob.glob(os.path.join(data, "nilm", folder, "*.npz"))):
        if holds_home(path):
            yield path, set(absent_in(path, os.path.basename(path)[:-4]))


def claims(data, pairs, estimates, networks, appliances):
    """Claims in the validation homes and, as weaker evidence, in training homes that lack something."""
    absent = {os.path.basename(path)[:-4]: names for path, names in absent_by_home(data, "validate")}
    out = []
    for pair, estimated in zip(pairs, estimates):
        out += in_home(pair, estimated, absent.get(source_home(pair.home.name), set()), "validation")
    for path, names in absent_by_home(data, "train"):
        home = first_days(load_home(path), TRAINING_HOME_DAYS)
        fast, slow = (predict_home(network, home) for network in networks)
        pair = Pair(home, fast, slow)
        out += [c for c in in_home(pair, estimate(pair, appliances), names, "training") if c["why"] == "absent"]
    return sorted(out, key=lambda c: (INDEX[c["appliance"]], c["of"] != "validation", c["why"], c["home"]))


def summary(rows):
    """By appliance and kind of evidence: homes, hours, the means weighted by hours, and the home farthest beyond the target."""
    groups = {}
    for row in rows:
        groups.setdefault((row["appliance"], row["of"], row["why"]), []).append(row)
    out = []
    for (name, of, why), some in groups.items():
        hours = sum(row["hours"] for row in some)

        def mean(key):
            return sum(row[key] * row["hours"] for row in some) / hours

        worst = max(some, key=lambda row: max(row["energyShare"] / LARGEST_ENERGY_SHARE,
                                              row["minutesPerDay"] / MOST_FALSE_MINUTES_A_DAY))
        out.append({"appliance": name, "of": of, "why": why, "homes": len({source_home(row["home"]) for row in some}),
                    "hours": round(most_by_home(some, "hours"), 1), "minutesPerDay": round(mean("minutesPerDay"), 2),
                    "energyShare": round(mean("energyShare"), 5), "worstHome": worst["home"], "worstShare": worst["energyShare"],
                    "worstMinutesPerDay": worst["minutesPerDay"],
                    "withinTarget": all(row["withinTarget"] for row in some)})
    return out
