"""Made-up waveforms for loads that open data lack. Watts on a 1 s grid.

Shapes follow what such appliances do in general (thermostats, duty cycles); none is a measurement,
so whatever is learned from them alone stays marked experimental.
"""
import numpy as np

from .synthetic_cold import freezer, refrigerator
from .synthetic_screens import computer, television
from .synthetic_wet import (american_dishwasher, american_dryer, american_washing_machine, dishwasher, dryer,
                            washing_machine)
from .waves import steady, thermostat, wander


def oven(rng):
    """Electric oven: full power until hot, then the thermostat cycles; fan and lamp throughout."""
    watts = rng.uniform(1700, 3400)
    preheat = int(rng.uniform(300, 950))
    bake = int(rng.uniform(600, 3600))
    on = rng.uniform(20, 100)
    cycling = thermostat(rng, bake, watts * rng.choice([1, 1, 0.6]), on, on * rng.uniform(0.8, 4))
    heat = np.concatenate([np.full(preheat, watts, np.float32), cycling[int(on):]])
    return heat + rng.uniform(15, 90)


def american_oven(rng):
    """Electric oven on 240 V: a stronger one."""
    return oven(rng) * np.float32(rng.uniform(1.0, 1.6))


def kettle(rng):
    """Kettle: constant power for 40 s to 5 min; keep-warm reboils now and then."""
    watts = rng.uniform(1100, 1900) if rng.random() < 0.2 else rng.uniform(1900, 3100)
    boil = np.full(int(rng.uniform(35, 300)), watts, np.float32)
    if rng.random() < 0.15:
        pause = np.zeros(int(rng.uniform(20, 90)), np.float32)
        boil = np.concatenate([boil, pause, np.full(int(rng.uniform(10, 40)), watts, np.float32)])
    return boil


def microwave(rng):
    """Microwave: full power, or a 10-30 s duty cycle over the fan and lamp at reduced power."""
    watts = rng.uniform(950, 1650)
    seconds = int(np.exp(rng.uniform(np.log(20), np.log(720))))
    if rng.random() < 0.6:
        out = np.full(seconds, watts, np.float32)
    else:
        period = rng.uniform(15, 32)
        share = rng.uniform(0.3, 0.8)
        phase = np.arange(seconds) % period
        out = np.where(phase < period * share, watts, rng.uniform(30, 90)).astype(np.float32)
    out[:3] *= rng.uniform(0.6, 1.0)
    return out


def heat_pump(rng):
    """Inverter heat pump: a ramp, slow modulation, now and then a defrost; or a plain on/off unit."""
    watts = rng.uniform(600, 4500)
    seconds = int(rng.uniform(400, 5000))
    t = np.arange(seconds)
    if rng.random() < 0.35:
        out = watts * (1 + 0.08 * np.exp(-t / 60)) * (1 + 0.03 * t / seconds)
    else:
        ramp = 1 - np.exp(-t / rng.uniform(20, 180))
        out = watts * ramp * (1 + rng.uniform(0, 0.3) * np.sin(2 * np.pi * t / rng.uniform(400, 4000) + rng.uniform(0, 6)))
    if rng.random() < 0.2 and seconds > 1500:
        start = int(rng.uniform(600, seconds - 500))
        out[start:start + int(rng.uniform(120, 400))] *= rng.uniform(0.1, 0.5)
    return out.astype(np.float32)


def electric_shower(rng):
    """Background: instantaneous water heater, 7-10.8 kW for some minutes."""
    return np.full(int(rng.uniform(120, 800)), rng.uniform(6500, 10800), np.float32)


def immersion_heater(rng):
    """Background: hot-water cylinder, 2-3.3 kW, ten minutes to two hours, perhaps with a thermostat."""
    watts, seconds = rng.uniform(1200, 4600), int(rng.uniform(500, 6000))
    if rng.random() < 0.7:
        return np.full(seconds, watts, np.float32)
    return thermostat(rng, seconds, watts, rng.uniform(200, 900), rng.uniform(200, 900))


def hob(rng):
    """Background: cooking plate regulated by short pulses."""
    on = rng.uniform(4, 30)
    return thermostat(rng, int(rng.uniform(240, 2400)), rng.uniform(900, 2200), on, on * rng.uniform(0.3, 3))


def space_heater(rng):
    """Background: fan heater or radiator with a thermostat."""
    on, seconds = rng.uniform(60, 900), int(np.exp(rng.uniform(np.log(900), np.log(14000))))
    return thermostat(rng, seconds, rng.uniform(500, 2500), on, on * rng.uniform(0.3, 2))


def long_load(rng):
    """Background: dehumidifier, pump or heater on low, steady for half an hour to eight."""
    seconds = int(np.exp(rng.uniform(np.log(1800), np.log(8 * 3600))))
    return steady(seconds, np.exp(rng.uniform(np.log(150), np.log(2200)))) * wander(rng, seconds, 600, 0.01)


def vehicle_charger(rng):
    """Background: electric car, constant for the whole segment with a short ramp."""
    watts = rng.choice([1400, 2300, 3600, 7200]) * rng.uniform(0.9, 1.05)
    t = np.arange(int(rng.uniform(1500, 6000)))
    return (watts * np.minimum(1, (t + 1) / rng.uniform(1, 40))).astype(np.float32)


def motor(rng):
    """Background: pump, vacuum cleaner or mower: inrush, then nearly constant."""
    watts = np.exp(rng.uniform(np.log(150), np.log(1800)))
    t = np.arange(int(rng.uniform(60, 1500)))
    return (watts * (1 + rng.uniform(0, 2) * np.exp(-t / 1.5))).astype(np.float32)


def lights(rng):
    """Background: lamps switched on for minutes to hours."""
    return np.full(int(rng.uniform(60, 6000)), np.exp(rng.uniform(np.log(8), np.log(300))), np.float32)


def immediate_heat(rng):
    """Background: iron, toaster, hair dryer, coffee maker: 0.6-2 kW in bursts."""
    if rng.random() < 0.5:
        return np.full(int(rng.uniform(90, 600)), rng.uniform(500, 1400), np.float32)
    on = rng.uniform(5, 60)
    return thermostat(rng, int(rng.uniform(200, 1800)), rng.uniform(700, 2000), on, on * rng.uniform(0.5, 5))


def toaster(rng):
    """Background: one or two rounds of toast."""
    return np.full(int(rng.uniform(70, 260)), rng.uniform(700, 1700), np.float32)


def hair_dryer(rng):
    """Background: two heat settings with pauses."""
    watts = rng.uniform(900, 2200)
    parts = [np.full(int(rng.uniform(15, 240)), watts * rng.choice([0, 0.5, 1, 1]), np.float32) for _ in range(rng.integers(1, 6))]
    return np.concatenate(parts)


def furnace_fan(rng):
    """Background: blower of a gas furnace, with an igniter at the start."""
    watts, seconds = rng.uniform(250, 750), int(rng.uniform(240, 1500))
    out = np.full(seconds, watts, np.float32)
    start = int(rng.uniform(20, 90))
    out[:start] = rng.uniform(40, 450)
    return out


def american_range(rng):
    """Background: cooking plate on 240 V regulated by pulses."""
    on = rng.uniform(3, 25)
    return thermostat(rng, int(rng.uniform(240, 2400)), rng.uniform(1000, 3000), on, on * rng.uniform(0.3, 3))


def tankless_or_tank_heater(rng):
    """Background: water heater on 240 V."""
    return np.full(int(rng.uniform(240, 3000)), rng.uniform(3500, 5500), np.float32)


APPLIANCE_MAKERS = {"ElectricOven": oven, "ElectricKettle": kettle, "Microwave": microwave, "HeatPump": heat_pump,
                    "Dishwasher": dishwasher, "WashingMachine": washing_machine, "Dryer": dryer}
CYCLIC_MAKERS = {"Refrigerator": refrigerator, "Freezer": freezer, "Television": television, "Computer": computer}
AMERICAN_MAKERS = {"ElectricOven": american_oven, "Dishwasher": american_dishwasher, "WashingMachine": american_washing_machine,
                   "Dryer": american_dryer}
BACKGROUND_MAKERS = (electric_shower, immersion_heater, hob, space_heater, vehicle_charger, motor, lights, lights,
                     motor, lights, immediate_heat, toaster, hair_dryer, long_load, long_load)
AMERICAN_BACKGROUND_MAKERS = (tankless_or_tank_heater, american_range, space_heater, vehicle_charger, motor, lights, lights, motor,
                              lights, immediate_heat, toaster, hair_dryer, furnace_fan, furnace_fan, long_load, long_load)
