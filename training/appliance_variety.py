"""How runs differ, in made-up homes and in varied measured ones: made up or from a trace, stronger or weaker, at 230 V or 120 V."""
import numpy as np

from .appliances import NAMES
from .synthetic_loads import AMERICAN_MAKERS, APPLIANCE_MAKERS

# Homes on 120 V and 240 V split-phase: other machines, hardly a kettle.
AMERICAN_SHARE = .35
MADE_UP_SHARE = {"ElectricOven": 1.0, "HeatPump": .35, "ElectricKettle": .3, "Microwave": .5, "Dishwasher": .35,
                 "WashingMachine": .3, "Dryer": .45, "Refrigerator": .3, "Freezer": .35, "Television": .3, "Computer": .3}
AMERICAN_MADE_UP_SHARE = {**MADE_UP_SHARE, "Dishwasher": .8, "WashingMachine": .4, "Dryer": .85, "Refrigerator": .45}
# Range of the factor on a trace's power: the devices at hand are few, some of them weaker than many.
GAINS = {"Microwave": (.85, 1.35), "ElectricKettle": (.75, 1.55), "Refrigerator": (.6, 1.8), "Freezer": (.6, 1.6),
         "Television": (.5, 2.0), "Computer": (.5, 1.8)}
AMERICAN_GAINS = {**GAINS, "Dishwasher": (.35, .75), "Refrigerator": (.9, 3.0), "Dryer": (1.6, 2.4)}
# What heats draws by the square of the voltage, 13 % more where it is 245 V than where it is 230 V.
HOME_GAINS = (.7, 1.4)
GAINED_HOMES_SHARE = .55
CYCLIC = {"Freezer", "Refrigerator", "Computer", "Television"}
# How often another refrigerator, freezer, computer or television takes the place of a measured home's, how often the home's hours
# run faster or slower, and by how much.
EXCHANGED_SHARE = .6
STRETCHED_SHARE = .6
STRETCH = (.8, 1.25)
# How often the same befalls the machines that run a programme, and how often any other appliance of a measured home draws more
# or less.
PROGRAMMES = {"Dishwasher", "WashingMachine", "Dryer"}
EXCHANGED_PROGRAMME_SHARE = .3
REGAINED_SHARE = .4


def made_up_share(name, american):
    """How often a run is made up rather than taken from a trace."""
    return (AMERICAN_MADE_UP_SHARE if american else MADE_UP_SHARE).get(name, 0)


def maker_of(name, american):
    return AMERICAN_MAKERS.get(name, APPLIANCE_MAKERS[name]) if american else APPLIANCE_MAKERS[name]


def gain_of(rng, name, american):
    """Factor on a trace's power."""
    return log_uniform(rng, *(AMERICAN_GAINS if american else GAINS).get(name, (.7, 1.45)))


def home_gain(rng):
    """Factor on all of a measured home's power; 1 in some."""
    return log_uniform(rng, *HOME_GAINS) if rng.random() < GAINED_HOMES_SHARE else np.float32(1)


def log_uniform(rng, low, high):
    """A factor between two, as likely to halve as to double."""
    return np.float32(np.exp(rng.uniform(np.log(low), np.log(high))))


def vary_appliances(rng, scene, size, run_of):
    """Changes the appliances of a measured home whose state is known, in the first `size` rows of its scene.

    Those that run for hours or run a programme are taken out of the mains and others put in their place, from `run_of(name)`, W and
    state, or into a home that has none; the others draw more or less. All of it by chance, so that no home comes twice the same.
    """
    shares = {name: EXCHANGED_SHARE for name in CYCLIC} | {name: EXCHANGED_PROGRAMME_SHARE for name in PROGRAMMES}
    for i, name in enumerate(NAMES):
        if not scene.weight[i].any():
            continue
        before = scene.watts[i, :size].copy()
        if rng.random() < shares.get(name, 0):
            watts, state = run_of(name)
            scene.watts[i, :size], scene.state[i, :size] = watts[:size], state[:size]
        elif name not in CYCLIC and rng.random() < REGAINED_SHARE:
            scene.watts[i, :size] *= gain_of(rng, name, False)
        else:
            continue
        # A plug's clock is seconds off, so a little of what is taken out may not be in the mains at that moment.
        left = np.maximum(scene.total[:size] - before, np.minimum(scene.total[:size], 0))
        scene.total[:size] = left + scene.watts[i, :size]


def without_heater(rng, name, american, watts):
    """A washing machine's trace as one that takes hot water would draw it."""
    return np.minimum(watts, np.float32(rng.uniform(300, 800))) if american and name == "WashingMachine" else watts
