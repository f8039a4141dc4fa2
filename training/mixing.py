"""Makes training segments on the fly: measured homes, injected activations and fully synthetic homes."""
from dataclasses import dataclass

import numpy as np

from .appliance_variety import (AMERICAN_SHARE, CYCLIC, STRETCH, STRETCHED_SHARE, gain_of, home_gain, made_up_share, maker_of,
                                vary_appliances, without_heater)
from .appliances import APPLIANCES, COUNT, INDEX, NAMES
from .features import features
from .labels import on_state
from .metering import as_metered, pick, state_of
from .sources import forward_fill
from .synthetic_loads import AMERICAN_BACKGROUND_MAKERS, BACKGROUND_MAKERS, CYCLIC_MAKERS

SEGMENT_SECONDS = 3072
SLACK_SECONDS = 120
LENGTH = SEGMENT_SECONDS + SLACK_SECONDS
WARM_UP_SECONDS = 300
COARSE_INTERVAL_SECONDS = 20

# Meters slower than COARSE_INTERVAL_SECONDS have a blend of their own.
SYNTHETIC_INTERVALS = ((1, .28), (2, .07), (3, .15), (5, .04), (6, .11), (8, .11), (10, .05), (15, .03), (30, .09), (60, .07))
INTERVAL_CHOICES = {1: SYNTHETIC_INTERVALS, 6: ((6, .76), (12, .08), (30, .08), (60, .08)),
                    8: ((8, .76), (16, .08), (32, .08), (64, .08)), 30: ((30, .6), (60, .4))}
LONGEST_FILL_SECONDS = 360
# How much oftener than by its hours a long recording is drawn, by its interval (s).
HOME_WEIGHTS = {6: 8, 30: 6}
# Chance that a synthetic home runs the appliance within the segment.
PRESENCE = {"HeatPump": .12, "Dishwasher": .22, "WashingMachine": .22, "Dryer": .12, "Freezer": .22, "Refrigerator": .65,
            "ElectricOven": .10, "Microwave": .42, "ElectricKettle": .28, "Computer": .30, "Television": .35}
# Which appliance is injected on a measured background.
INJECTION = {"HeatPump": .08, "Dishwasher": .13, "WashingMachine": .14, "Dryer": .11, "Freezer": .04, "Refrigerator": .04,
             "ElectricOven": .06, "Microwave": .23, "ElectricKettle": .13, "Computer": .02, "Television": .02}
AMERICAN_PRESENCE = {**PRESENCE, "ElectricKettle": .03, "Dryer": .2, "Microwave": .48}
# What a made-up refrigerator does before the segment begins is left out, so that it may begin anywhere in a run.
EDGE_SECONDS = 3600


@dataclass
class Scene:
    """One home on a 1 s grid of LENGTH seconds: total W, and per appliance W, state and label weight."""

    total: np.ndarray
    watts: np.ndarray
    state: np.ndarray
    weight: np.ndarray
    step_seconds: int = 1


class Mixer:
    """Endless source of training segments; one per worker process. Measured homes are varied as in slow_mixing.py."""

    def __init__(self, sources, seed):
        self.sources = sources
        self.rng = np.random.default_rng(seed)
        self.labelled = [h for h in sources.homes if h.watts]
        self.unlabelled = [h for h in sources.homes if not h.watts]
        self.ranges = {h.name: [s for s in h.segments() if (s[1] - s[0]) * h.step_seconds >= LENGTH + 60]
                       for h in sources.homes}
        weights = []
        for home in self.labelled:
            hours = sum(b - a for a, b in self.ranges[home.name]) * home.step_seconds / 3600
            weights.append(min(hours, 17) * HOME_WEIGHTS.get(home.step_seconds, 1.2))
        self.home_share = np.array(weights) / sum(weights)

    # -- segments ---------------------------------------------------------------------------------

    def segment(self):
        """Features [8, T], watts, state and weight [11, T], total W [T]; all float32, T = SEGMENT_SECONDS."""
        rng = self.rng
        kind = rng.random()
        if kind < .36:
            scene = self.measured_home(self.pick_home())
        elif kind < .64:
            scene = self.measured_home(self.pick_home(), emphasis=.3)
            self.inject(scene)
        elif kind < .70 and self.unlabelled:
            scene = self.measured_home(self.unlabelled[rng.integers(len(self.unlabelled))])
            self.inject(scene)
        else:
            scene = self.synthetic_home()
        return self.through_meter(scene)

    def pick_home(self):
        return self.labelled[self.rng.choice(len(self.labelled), p=self.home_share)]

    def measured_home(self, home, emphasis=.55):
        """A stretch of a measured home, often around an activation of one of its appliances."""
        rng, step = self.rng, home.step_seconds
        rows, ranges, stretch = -(-LENGTH // step), self.ranges[home.name], 1.0
        if rng.random() < STRETCHED_SHARE:
            wanted = rng.uniform(*STRETCH)
            long_enough = [(a, b) for a, b in ranges if b - a >= int(np.ceil(rows * wanted))]
            if long_enough:
                ranges, stretch = long_enough, wanted
        kept = (np.arange(rows) * stretch).astype(np.int64)
        rows = int(np.ceil(rows * stretch))
        start = None
        if rng.random() < emphasis and home.watts:
            name = list(home.watts)[rng.integers(len(home.watts))]
            on = np.flatnonzero(home.state[name]) if name not in CYCLIC else ()
            if len(on):
                start = int(on[rng.integers(len(on))] - rng.integers(0, rows))
                if not any(a <= start and start + rows <= b for a, b in ranges):
                    start = None
        if start is None:
            room = np.array([b - a - rows + 1 for a, b in ranges], np.float64)
            a, b = ranges[rng.choice(len(ranges), p=room / room.sum())]
            start = int(rng.integers(a, b - rows + 1))
        rows = slice(start, start + rows)

        def held(values):
            return np.repeat(values[rows][kept], step)[:LENGTH]

        total = forward_fill(home.total[rows], LONGEST_FILL_SECONDS // step)
        scene = Scene(np.nan_to_num(np.repeat(total[kept], step)[:LENGTH]), np.zeros((COUNT, LENGTH), np.float32),
                      np.zeros((COUNT, LENGTH), bool), np.zeros((COUNT, LENGTH), np.float32), step)
        missing = np.isnan(held(home.total))
        for name, column in home.watts.items():
            i = INDEX[name]
            scene.watts[i] = np.nan_to_num(held(column))
            scene.state[i] = held(home.state[name])
            scene.weight[i] = ~np.isnan(held(column)) & ~missing
        for name, weight in home.absent.items():
            scene.weight[INDEX[name]] = weight
        vary_appliances(rng, scene, LENGTH, lambda name: self.appliance(name, scene.step_seconds, False))
        gain = home_gain(rng)
        scene.total *= gain
        scene.watts *= gain
        return scene

    def synthetic_home(self):
        """A home of known appliances, background loads and base load; every label is known."""
        rng = self.rng
        interval = pick(self.rng, INTERVAL_CHOICES[1])
        scene = Scene(base_load(rng, LENGTH, 9, .03), np.zeros((COUNT, LENGTH), np.float32), np.zeros((COUNT, LENGTH), bool),
                      np.ones((COUNT, LENGTH), np.float32), 1)
        scene.interval = interval
        american = rng.random() < AMERICAN_SHARE
        for name, chance in (AMERICAN_PRESENCE if american else PRESENCE).items():
            if rng.random() < chance:
                watts, state = self.appliance(name, interval, american)
                scene.watts[INDEX[name]] += watts
                scene.state[INDEX[name]] |= state
        for _ in range(rng.poisson(1.1)):
            scene.total += self.background(american)
        scene.total += scene.watts.sum(0)
        return scene

    def inject(self, scene):
        """Adds one or two single-appliance activations on a measured scene."""
        rng = self.rng
        scene.interval = pick(self.rng, INTERVAL_CHOICES[scene.step_seconds])
        american = rng.random() < .3
        for _ in range(1 + (rng.random() < .35)):
            name = NAMES[rng.choice(COUNT, p=[INJECTION[n] for n in NAMES])]
            watts, state = self.appliance(name, scene.interval, american)
            i = INDEX[name]
            scene.total += watts
            scene.watts[i] += watts
            scene.state[i] |= state
            scene.weight[i] = np.maximum(scene.weight[i], state)
        for _ in range(rng.poisson(.2)):
            scene.total += self.background(american)

    # -- parts ------------------------------------------------------------------------------------

    def background(self, american=False):
        """Watts of one load that is none of the eleven."""
        rng = self.rng
        if rng.random() < .65 and self.sources.backgrounds:
            traces = self.sources.backgrounds
            trace = traces[rng.integers(len(traces))]
            return self.crop(trace.watts, rng.integers(-LENGTH // 2, trace.watts.size - LENGTH // 2), 1.0) * rng.uniform(.7, 1.4)
        makers = AMERICAN_BACKGROUND_MAKERS if american else BACKGROUND_MAKERS
        return self.place(makers[rng.integers(len(makers))](rng))

    def appliance(self, name, interval, american):
        """Watts and state of one appliance that runs within the segment."""
        rng, i = self.rng, INDEX[name]
        traces = [t for t in self.sources.traces[i] if t.step_seconds <= max(interval, 1) or name == "HeatPump"]
        if not traces or rng.random() < made_up_share(name, american):
            if name in CYCLIC_MAKERS:
                made = CYCLIC_MAKERS[name](rng, LENGTH + EDGE_SECONDS)[EDGE_SECONDS:]
            else:
                made = self.place(maker_of(name, american)(rng))
            return made, on_state(made, 1, APPLIANCES[i])
        trace = traces[rng.integers(len(traces))]
        step = trace.step_seconds
        stretch = rng.uniform(.8, 1.25) / step
        if name in CYCLIC and rng.random() < .6:
            start = rng.integers(0, trace.watts.size)
            start = min(start, max(0, trace.watts.size - int(LENGTH * stretch)))
        else:
            a, b = trace.activations[rng.integers(len(trace.activations))]
            reach = LENGTH * stretch
            start = rng.uniform(a - reach * .9, b - reach * .1)
        watts = self.crop(trace.watts, start, stretch) * gain_of(rng, name, american)
        watts = without_heater(rng, name, american, watts)
        if step > 1:
            watts *= 1 + np.repeat(rng.normal(0, .01, LENGTH // 4 + 1), 4)[:LENGTH].astype(np.float32)
        return watts, self.crop(trace.state, start, stretch)

    def crop(self, values, start, stretch):
        """`values` from row `start` at `stretch` rows a second for LENGTH seconds, zero outside."""
        index = np.floor(start + np.arange(LENGTH) * stretch).astype(np.int64)
        inside = (index >= 0) & (index < values.size)
        out = values[np.clip(index, 0, values.size - 1)]
        return np.where(inside, out, np.zeros((), out.dtype)).astype(np.float32 if out.dtype != bool else bool)

    def place(self, wave):
        """A waveform at a random place of the segment, cut at its edges."""
        out = np.zeros(LENGTH, np.float32)
        start = int(self.rng.integers(-wave.size // 2, LENGTH - 30))
        a, b = max(start, 0), min(start + wave.size, LENGTH)
        if b > a:
            out[a:b] = wave[a - start:b - start]
        return out

    # -- meter ------------------------------------------------------------------------------------

    def through_meter(self, scene):
        """What a meter of some interval reports of the scene, held backward on the 1 s grid, with its labels."""
        rng = self.rng
        interval = getattr(scene, "interval", None) or pick(self.rng, INTERVAL_CHOICES[scene.step_seconds])
        total = as_metered(rng, scene, self.solar, .6, (1, 3, 10))
        averaged = rng.random() < (.5 if interval < 20 else .75)
        blocks = LENGTH // interval
        used = blocks * interval

        def report(x):
            x = x[..., :used].reshape(*x.shape[:-1], blocks, interval)
            return x.mean(-1, dtype=np.float32) if averaged else x[..., -1].astype(np.float32)

        power = report(total)
        watts = report(scene.watts)
        share = report(scene.state)
        weight = (scene.weight[..., :used].reshape(COUNT, blocks, interval).min(-1)) if interval > 1 else scene.weight
        state = state_of(share, watts)
        if rng.random() < .1:
            power = self.with_gaps(power, interval)
        first = int(rng.integers(0, used - SEGMENT_SECONDS + 1))

        def held(x):
            return np.ascontiguousarray(np.repeat(x, interval, -1)[..., first:first + SEGMENT_SECONDS], dtype=np.float32)

        power, watts, state, weight = held(power), held(watts), held(state), held(weight)
        weight[:, :WARM_UP_SECONDS] *= np.linspace(.1, 1, WARM_UP_SECONDS, dtype=np.float32)
        return features(power, interval), watts, state, weight, power

    def with_gaps(self, power, interval):
        """Some readings repeated, as when a meter or a network stalls."""
        power = power.copy()
        for _ in range(self.rng.integers(1, 4)):
            rows = max(1, int(self.rng.uniform(2, 60) / interval))
            at = int(self.rng.integers(0, power.size - rows))
            power[at:at + rows] = power[at]
        return power

    def solar(self):
        """Watts of a roof: a slow arc with clouds."""
        rng = self.rng
        t = np.linspace(0, 1, LENGTH)
        clouds = np.interp(t, np.linspace(0, 1, 40), rng.uniform(rng.choice([.3, .9]), 1, 40))
        return (rng.uniform(300, 4000) * (1 - .3 * (t - rng.random()) ** 2) * clouds).astype(np.float32)


def base_load(rng, length, corners, drift):
    """Watts of what never goes off, bending at `corners` points by about the share `drift`."""
    level = np.exp(rng.uniform(np.log(15), np.log(600)))
    bends = np.interp(np.arange(length), np.linspace(0, length, corners), rng.normal(0, drift, corners) * level)
    return (level + bends).astype(np.float32)
