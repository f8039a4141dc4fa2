"""What a meter makes of a home: noise, constant loads, apparent power, solar export, stalls; and what it makes of labels."""
import numpy as np

from .appliances import APPLIANCES, INDEX

HEATERS = ("ElectricKettle", "ElectricOven", "Dishwasher", "Dryer", "WashingMachine", "Microwave")
STATE_FILL = .5


def as_metered(rng, scene, solar, noise_chance, noise_watts):
    """The total with what differs between meters and homes: noise, a constant load, apparent power, solar export."""
    total = scene.total
    if rng.random() < noise_chance:
        total = total + rng.normal(0, rng.choice(noise_watts), total.size).astype(np.float32)
    if rng.random() < .45:
        # What runs all the time, up to a heater: a step means the same on top of it.
        total = total + np.float32(np.exp(rng.uniform(np.log(5), np.log(3000))))
    if rng.random() < .06:
        total = apparent(rng, total, scene.watts)
    if rng.random() < .05:
        total = total - solar()
    return total


def apparent(rng, total, watts):
    """VA of what the total draws: motors and power supplies take reactive power, heaters next to none."""
    heaters = sum(watts[INDEX[name]] for name in HEATERS)
    reactive = np.float32(rng.uniform(30, 300)) + np.float32(rng.uniform(.1, .7)) * np.maximum(total - heaters, 0)
    return np.sqrt(total ** 2 + reactive ** 2)


def state_of(share, watts):
    """On where a run fills half the step, or any of it with the power of being on."""
    threshold = np.array([a.on_threshold_watts for a in APPLIANCES], np.float32)[:, None]
    return (share >= STATE_FILL) | ((share > 0) & (watts >= threshold))


def pick(rng, choices):
    """One of (value, share) pairs."""
    values, shares = zip(*choices)
    return int(rng.choice(values, p=np.array(shares) / sum(shares)))
