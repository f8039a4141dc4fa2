"""Made-up washing, dishes and drying: programmes of heater, pump and motor. Watts on a 1 s grid.

The machines at hand are few; these vary what differs between machines: the heater's power, how often it comes on, and how long
the motor works alone. Machines for 120 V and 240 V split-phase homes heat the water less or not at all, and dry with 4 to 6 kW.
"""
import numpy as np

from .waves import pulses, steady, thermostat, wander


def dishwasher(rng):
    """Two or three baths, one or two of them heated, a heated last rinse, and drying without power."""
    heater, pump = rng.uniform(1700, 2500), rng.uniform(35, 140)
    parts = []
    if rng.random() < 0.6:
        parts += [steady(rng.uniform(180, 900), pump), steady(rng.uniform(30, 120), rng.uniform(15, 40))]
    parts += [steady(rng.uniform(60, 300), pump), steady(rng.uniform(300, 1300), heater + pump),
              steady(rng.uniform(600, 4500), pump)]
    if rng.random() < 0.25:
        parts += [steady(rng.uniform(120, 500), heater + pump), steady(rng.uniform(300, 900), pump)]
    for _ in range(rng.integers(1, 4)):
        parts += [steady(rng.uniform(20, 90), rng.uniform(15, 45)), steady(rng.uniform(120, 500), pump)]
    parts += [steady(rng.uniform(300, 1200), heater + pump), steady(rng.uniform(60, 400), pump),
              steady(rng.uniform(60, 2400), rng.uniform(2, 40))]
    wave = np.concatenate(parts)
    return wave * wander(rng, wave.size, 120, 0.01)


def american_dishwasher(rng):
    """Hot water from the tap: a pump of 100 to 300 W, a heater of 0.4 to 1.2 kW that helps, perhaps heated drying."""
    heater, pump = rng.uniform(350, 1250), rng.uniform(80, 320)
    parts = []
    for bath in range(rng.integers(2, 6)):
        parts += [steady(rng.uniform(40, 130), rng.uniform(5, 40))]
        wash = steady(rng.uniform(240, 1700), pump)
        if rng.random() < 0.6:
            start = int(rng.uniform(0, wash.size / 2))
            wash[start:start + int(rng.uniform(150, 1500))] += heater
        parts += [wash, steady(rng.uniform(20, 90), rng.uniform(20, 60))]
    if rng.random() < 0.6:
        drying = rng.uniform(400, 2400)
        parts += [steady(drying, heater) if rng.random() < 0.6 else thermostat(rng, int(drying), heater, 120, 120)]
        parts += [steady(rng.uniform(30, 600), rng.uniform(2, 30))]
    wave = np.concatenate(parts)
    return wave * wander(rng, wave.size, 60, 0.02)


def wash_and_rinse(rng, wash_seconds, rinses):
    """Drum turns of the wash, rinses with a short spin each, and the last spin."""
    drum = rng.uniform(80, 350)
    turn = (rng.uniform(4, 20), rng.uniform(3, 15), rng.uniform(3, 25))
    parts = [pulses(rng, wash_seconds, drum, *turn)]
    for _ in range(rinses):
        parts += [steady(rng.uniform(40, 150), rng.uniform(15, 50)), pulses(rng, rng.uniform(150, 600), drum, *turn)]
        if rng.random() < 0.7:
            parts += [steady(rng.uniform(40, 200), rng.uniform(150, 450))]
    spin = steady(rng.uniform(150, 800), rng.uniform(200, 750))
    spin *= np.minimum(1, (np.arange(spin.size) + 20) / rng.uniform(40, 200)).astype(np.float32)
    return np.concatenate([*parts, spin, pulses(rng, rng.uniform(20, 200), drum, *turn)])


def washing_machine(rng):
    """Heats its own water with 1.6 to 2.4 kW, at once or with pauses; cold programmes do not."""
    wave = wash_and_rinse(rng, rng.uniform(1200, 5400), rng.integers(2, 5))
    if rng.random() < 0.9:
        heater, start = rng.uniform(1600, 2400), int(rng.uniform(60, 500))
        heating = steady(rng.uniform(240, 1800), heater)
        if rng.random() < 0.5:
            heating = thermostat(rng, int(heating.size * rng.uniform(1, 1.6)), heater, rng.uniform(60, 400), rng.uniform(10, 90))
        end = min(start + heating.size, wave.size)
        wave[start:end] += heating[:end - start]
    return wave


def american_washing_machine(rng):
    """No heater: agitation, drain and spin of a motor alone, 25 to 60 minutes."""
    wave = wash_and_rinse(rng, rng.uniform(500, 1500), rng.integers(1, 3))
    return wave * np.float32(rng.uniform(1, 2.2))


def tumble(rng, heater_watts, motor_watts, seconds):
    """The heater cycles ever shorter as the laundry dries; the drum turns throughout and cools down at the end."""
    out = steady(seconds, motor_watts)
    t, on, off = 0, rng.uniform(200, 2400), rng.uniform(15, 120)
    cool_down = int(rng.uniform(60, 600))
    while t < out.size - cool_down:
        out[t:min(t + int(on), out.size - cool_down)] += heater_watts
        t += int(on) + max(5, int(off * rng.normal(1, 0.2)))
        on = max(20, on * rng.uniform(0.5, 0.95))
        off = min(300, off * rng.uniform(0.95, 1.25))
    return out


def dryer(rng):
    """Vented or condensing with 1.8 to 2.8 kW, or a heat pump's compressor of 350 to 950 W."""
    if rng.random() < 0.35:
        seconds = int(rng.uniform(2400, 9000))
        rise = 1 - 0.4 * np.exp(-np.arange(seconds) / rng.uniform(200, 900))
        out = (rng.uniform(350, 950) * rise * wander(rng, seconds, 300, 0.02)).astype(np.float32)
        if rng.random() < 0.4:
            for start in range(int(rng.uniform(300, 1200)), seconds, int(rng.uniform(400, 1500))):
                out[start:start + int(rng.uniform(4, 20))] *= 0.3
        return out
    return tumble(rng, rng.uniform(1600, 2600), rng.uniform(130, 320), rng.uniform(1200, 7200))


def american_dryer(rng):
    """On 240 V: 3.8 to 5.6 kW of heat and a motor of 200 to 450 W."""
    return tumble(rng, rng.uniform(3800, 5600), rng.uniform(200, 450), rng.uniform(1000, 4500))
