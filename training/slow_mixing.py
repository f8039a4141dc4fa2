"""Makes segments of hours on the grid of 6-s means for the slow network: measured homes, injected runs, made-up homes."""
import numpy as np

from .appliance_variety import (AMERICAN_SHARE, CYCLIC, STRETCH, STRETCHED_SHARE, gain_of, home_gain, made_up_share, maker_of,
                                vary_appliances, without_heater)
from .appliances import APPLIANCES, COUNT, INDEX, NAMES
from .labels import on_state
from .metering import STATE_FILL, pick
from .mixing import base_load
from .slow_grid import PIECE_SECONDS, to_pieces
from .slow_metering import INTERVAL_CHOICES, LENGTH, through_meter
from .sources import forward_fill
from .synthetic_loads import AMERICAN_BACKGROUND_MAKERS, BACKGROUND_MAKERS, CYCLIC_MAKERS

SHORTEST_RANGE_SECONDS = 2 * 3600
LONGEST_FILL_SECONDS = 300

# Chance that a made-up home has the appliance run within the segment, and how often it then runs on average.
PRESENCE = {"HeatPump": .15, "Dishwasher": .35, "WashingMachine": .35, "Dryer": .18, "Freezer": .3, "Refrigerator": .75,
            "ElectricOven": .18, "Microwave": .60, "ElectricKettle": .45, "Computer": .35, "Television": .45}
AMERICAN_PRESENCE = {**PRESENCE, "ElectricKettle": .05, "Dryer": .28, "Microwave": .65}
RUNS = {"Microwave": 2.5, "ElectricKettle": 3.0, "WashingMachine": 1.4, "Dryer": 1.3, "HeatPump": 3.0}
# A microwave is the likelier one of what draws 1.1 to 1.6 kW for minutes; the measured training homes have few of them.
INJECTION = {"HeatPump": .06, "Dishwasher": .15, "WashingMachine": .14, "Dryer": .10, "Freezer": .03, "Refrigerator": .04,
             "ElectricOven": .08, "Microwave": .26, "ElectricKettle": .10, "Computer": .02, "Television": .02}
HOME_SHARE = {"ukdale_house1_6s": .25, "devicescope_REFIT_House2_30s": .35}


class Loads:
    """A trace of one appliance on the 6-s grid."""

    def __init__(self, trace):
        self.step_seconds = trace.step_seconds
        self.watts = to_pieces(trace.watts, trace.step_seconds)
        if trace.state is None:
            return
        self.state = to_pieces(trace.state, trace.step_seconds)[:self.watts.size] >= STATE_FILL
        scale = trace.step_seconds / PIECE_SECONDS
        self.activations = [(a * scale, b * scale) for a, b in trace.activations]


class Scene:
    """Total W and per appliance W, state and label weight on LENGTH pieces."""

    def __init__(self):
        self.total = np.zeros(LENGTH, np.float32)
        self.watts = np.zeros((COUNT, LENGTH), np.float32)
        self.state = np.zeros((COUNT, LENGTH), bool)
        self.weight = np.zeros((COUNT, LENGTH), np.float32)
        self.step_seconds = 1


class SlowMixer:
    """Endless source of training segments.

    No measured home comes twice as it was: its hours are stretched, and what runs in it for hours is taken out of the mains and
    replaced. A network that sees 17 hours of a home thousands of times learns them by heart otherwise.
    """

    def __init__(self, sources, seed):
        self.rng = np.random.default_rng(seed)
        self.traces = [[Loads(t) for t in group] for group in sources.traces]
        self.backgrounds = [Loads(t) for t in sources.backgrounds]
        self.ranges = {h.name: [(a, b) for a, b in h.segments(LONGEST_FILL_SECONDS)
                                if (b - a) * h.step_seconds >= SHORTEST_RANGE_SECONDS] for h in sources.homes}
        homes = [h for h in sources.homes if self.ranges[h.name]]
        self.labelled = [h for h in homes if h.watts]
        self.unlabelled = [h for h in homes if not h.watts]
        rest = (1 - sum(HOME_SHARE.values())) / max(1, sum(h.name not in HOME_SHARE for h in self.labelled))
        share = np.array([HOME_SHARE.get(h.name, rest) for h in self.labelled])
        self.home_share = share / share.sum()

    def segment(self):
        """Features [11, B], watts, state and weight [11, B], total W [B]; all float32, B = SEGMENT_BLOCKS."""
        return through_meter(self.rng, self.scene(), self.solar)

    def scene(self):
        """Hours of one home, before its meter."""
        rng = self.rng
        kind = rng.random()
        if kind < .34:
            return self.measured_home(self.pick_home())
        if kind < .58:
            scene = self.measured_home(self.pick_home())
            self.inject(scene, 1 + rng.poisson(1.5))
            return scene
        if kind < .70:
            return self.two_homes()
        if kind < .75 and self.unlabelled:
            scene = self.measured_home(self.unlabelled[rng.integers(len(self.unlabelled))])
            self.inject(scene, 1 + rng.poisson(2))
            return scene
        return self.made_up_home()

    def pick_home(self):
        return self.labelled[self.rng.choice(len(self.labelled), p=self.home_share)]

    def measured_home(self, home):
        """Hours of a measured home, mostly around a run of one of its appliances; zero label weight beyond its end."""
        rng, step = self.rng, home.step_seconds
        stretch = rng.uniform(*STRETCH) if rng.random() < STRETCHED_SHARE else 1.0
        rows = int(-(-LENGTH * PIECE_SECONDS * stretch // step))
        ranges = self.ranges[home.name]
        first, last = self.pick_range(home, ranges, rows)
        cut = slice(first, last)
        scene = Scene()
        scene.step_seconds = step

        def place(into, values):
            pieces = to_pieces(values, step)
            if stretch != 1:
                pieces = pieces[(np.arange(int(pieces.size / stretch)) * stretch).astype(np.int64)]
            pieces = pieces[:LENGTH]
            into[:pieces.size] = pieces
            return pieces.size

        total = forward_fill(home.total[cut], LONGEST_FILL_SECONDS // step)
        known = (~np.isnan(home.total[cut])).astype(np.float32)
        size = place(scene.total, np.nan_to_num(total))
        scene.total[size:] = scene.total[max(0, size - 1)]
        mains = np.zeros(LENGTH, np.float32)
        place(mains, known)
        for name, column in home.watts.items():
            i = INDEX[name]
            place(scene.watts[i], np.nan_to_num(column[cut]))
            share = np.zeros(LENGTH, np.float32)
            place(share, home.state[name][cut])
            scene.state[i] = share >= STATE_FILL
            place(scene.weight[i], ~np.isnan(column[cut]))
            scene.weight[i] = (scene.weight[i] == 1) & (mains == 1)
        for name, weight in home.absent.items():
            scene.weight[INDEX[name], :size] = weight
        vary_appliances(rng, scene, size, lambda name: self.run_of(name, 1, False))
        gain = home_gain(rng)
        scene.total *= gain
        scene.watts *= gain
        return scene

    def pick_range(self, home, ranges, rows):
        rng = self.rng
        if rng.random() < .6 and home.watts:
            name = list(home.watts)[rng.integers(len(home.watts))]
            on = np.flatnonzero(home.state[name]) if name not in CYCLIC else ()
            if len(on):
                row = int(on[rng.integers(len(on))])
                inside = [(a, b) for a, b in ranges if a <= row < b]
                if inside:
                    a, b = inside[0]
                    first = int(np.clip(row - rng.integers(0, rows), a, max(a, b - rows)))
                    return first, min(b, first + rows)
        room = np.array([max(1, b - a - rows) for a, b in ranges], np.float64)
        a, b = ranges[rng.choice(len(ranges), p=room / room.sum())]
        first = int(rng.integers(a, max(a, b - rows) + 1))
        return first, min(b, first + rows)

    def two_homes(self):
        """The sum of two measured homes: an off label counts where both are known to be off, an on label always."""
        one, other = self.measured_home(self.pick_home()), self.measured_home(self.pick_home())
        one.total += other.total
        both = np.minimum(one.weight, other.weight)
        on = one.state & (one.weight > 0) | other.state & (other.weight > 0)
        one.weight = np.maximum(both, np.where(on, np.float32(.7), np.float32(0)))
        one.watts += other.watts
        one.state |= other.state
        one.step_seconds = max(one.step_seconds, other.step_seconds)
        return one

    def made_up_home(self):
        """A home of known appliances, other loads and base load; every label is known."""
        rng = self.rng
        scene = Scene()
        scene.interval = pick(self.rng, INTERVAL_CHOICES[1])
        scene.weight[:] = 1
        scene.total += base_load(rng, LENGTH, 17, .06)
        american = rng.random() < AMERICAN_SHARE
        for name, chance in (AMERICAN_PRESENCE if american else PRESENCE).items():
            if rng.random() < chance:
                for _ in range(1 if name in CYCLIC else max(1, rng.poisson(RUNS.get(name, 1.0)))):
                    self.add(scene, name, american)
        for _ in range(rng.poisson(4)):
            scene.total += self.background(american)
        scene.total += scene.watts.sum(0)
        return scene

    def inject(self, scene, count):
        rng = self.rng
        scene.interval = pick(self.rng, INTERVAL_CHOICES[scene.step_seconds])
        american = rng.random() < .3
        for _ in range(count):
            name = NAMES[rng.choice(COUNT, p=[INJECTION[n] for n in NAMES])]
            before = scene.watts[INDEX[name]].copy()
            state = self.add(scene, name, american)
            scene.total += scene.watts[INDEX[name]] - before
            scene.weight[INDEX[name]] = np.maximum(scene.weight[INDEX[name]], state)
        for _ in range(rng.poisson(.8)):
            scene.total += self.background(american)

    def add(self, scene, name, american):
        """Adds a run's watts and state to the scene, not to its total. Returns the state."""
        watts, state = self.run_of(name, scene.interval, american)
        i = INDEX[name]
        scene.watts[i] = np.maximum(scene.watts[i], watts) if name not in CYCLIC else scene.watts[i] + watts
        scene.state[i] |= state
        return state

    # -- parts ------------------------------------------------------------------------------------

    def background(self, american=False):
        """Watts of one load that is none of the eleven."""
        rng = self.rng
        if rng.random() < .6 and self.backgrounds:
            trace = self.backgrounds[rng.integers(len(self.backgrounds))]
            start = rng.integers(-LENGTH // 2, max(1, trace.watts.size - LENGTH // 2))
            return self.crop(trace.watts, start, 1.0) * np.float32(rng.uniform(.7, 1.4))
        makers = AMERICAN_BACKGROUND_MAKERS if american else BACKGROUND_MAKERS
        return self.place(makers[rng.integers(len(makers))](rng))

    def run_of(self, name, interval, american):
        rng, i = self.rng, INDEX[name]
        slowest = max(interval * PIECE_SECONDS, 8)
        traces = [t for t in self.traces[i] if t.step_seconds <= slowest or name == "HeatPump"]
        if not traces or rng.random() < made_up_share(name, american):
            if name in CYCLIC_MAKERS:
                made = to_pieces(CYCLIC_MAKERS[name](rng, LENGTH * PIECE_SECONDS), 1)
            else:
                made = self.place(maker_of(name, american)(rng))
            return made, on_state(made, PIECE_SECONDS, APPLIANCES[i])
        trace = traces[rng.integers(len(traces))]
        stretch = rng.uniform(.8, 1.25)
        if name in CYCLIC:
            start = rng.uniform(0, max(1, trace.watts.size - LENGTH * stretch))
            window = slice(None)
        else:
            # One run alone: its neighbours in the trace would come too often.
            a, b = trace.activations[rng.integers(len(trace.activations))]
            start = rng.uniform(a - LENGTH * stretch * .95, b - LENGTH * stretch * .05)
            margin = 20
            window = slice(max(0, int((a - margin - start) / stretch)), max(0, int((b + margin - start) / stretch)))
        inside = np.zeros(LENGTH, bool)
        inside[window] = True
        watts = np.where(inside, self.crop(trace.watts, start, stretch), np.float32(0)) * gain_of(rng, name, american)
        return without_heater(rng, name, american, watts), self.crop(trace.state, start, stretch) & inside

    def crop(self, values, start, stretch):
        index = np.floor(start + np.arange(LENGTH) * stretch).astype(np.int64)
        inside = (index >= 0) & (index < values.size)
        return np.where(inside, values[np.clip(index, 0, values.size - 1)], np.zeros((), values.dtype))

    def place(self, wave):
        """A waveform of 1 s at a random place of the segment, cut at its edges."""
        padding = np.zeros(int(self.rng.integers(0, PIECE_SECONDS)), np.float32)
        wave = to_pieces(np.concatenate([padding, wave, np.zeros(PIECE_SECONDS, np.float32)]), 1)
        out = np.zeros(LENGTH, np.float32)
        start = int(self.rng.integers(-wave.size // 2, LENGTH - 20))
        a, b = max(start, 0), min(start + wave.size, LENGTH)
        out[a:b] = wave[a - start:b - start]
        return out

    def solar(self):
        """Watts of a roof: a slow arc with clouds."""
        rng = self.rng
        t = np.linspace(0, 1, LENGTH)
        clouds = np.interp(t, np.linspace(0, 1, 200), rng.uniform(rng.choice([.3, .9]), 1, 200))
        arc = np.maximum(0, 1 - ((t - rng.random()) / rng.uniform(.4, 1)) ** 2)
        return (rng.uniform(300, 5000) * arc * clouds).astype(np.float32)
