import unittest
from types import SimpleNamespace

import numpy as np

from training.appliances import COUNT, INDEX
from training.mixing import LENGTH, SEGMENT_SECONDS, Mixer, Scene
from training.sources import Home, Trace


class MeterTest(unittest.TestCase):
    def setUp(self):
        self.mixer = Mixer.__new__(Mixer)
        self.mixer.rng = np.random.default_rng(4)

    def scene(self, interval):
        watts = np.zeros((COUNT, LENGTH), np.float32)
        watts[INDEX["ElectricKettle"], 1000:1120] = 2400
        scene = Scene(watts.sum(0) + 200, watts, watts > 1000, np.ones_like(watts))
        scene.interval = interval
        return scene

    def test_a_slow_meter_holds_each_reading_over_the_time_it_covers(self):
        for _ in range(20):
            _, watts, state, weight, power = self.mixer.through_meter(self.scene(60))
            for column in (power, watts[INDEX["ElectricKettle"]]):
                changes = np.flatnonzero(np.diff(column)) % 60
                self.assertLessEqual(np.unique(changes).size, 1)
            self.assertEqual(power.shape, (SEGMENT_SECONDS,))
            self.assertTrue(set(np.unique(state)) <= {0.0, 1.0})

    def test_labels_keep_the_appliances_energy(self):
        _, watts, state, _, _ = self.mixer.through_meter(self.scene(1))
        self.assertAlmostEqual(float(watts.sum()) / 3.6e6, 2400 * 120 / 3.6e6, places=3)
        self.assertEqual(int(state[INDEX["ElectricKettle"]].sum()), 120)


class VariedHomeTest(unittest.TestCase):
    """A home of a refrigerator of 100 W and a kettle of 2 kW, as its mains add up."""

    def home(self):
        rows = 3000
        watts = {"Refrigerator": np.where(np.arange(rows) % 300 < 100, 100, 0).astype(np.float32),
                 "ElectricKettle": np.where(np.arange(rows) % 500 < 20, 2000, 0).astype(np.float32)}
        home = Home("a", 8, sum(watts.values()) + np.float32(50), watts, np.arange(rows) * 8)
        home.state = {name: column > 40 for name, column in watts.items()}
        return home

    def mixer(self):
        cold = np.where(np.arange(20_000) % 900 < 400, 77, 0).astype(np.float32)
        trace = Trace(INDEX["Refrigerator"], 1, cold, cold > 40, ((0, 400), (900, 1300)))
        traces = [[trace] if i == INDEX["Refrigerator"] else [] for i in range(COUNT)]
        return Mixer(SimpleNamespace(homes=[self.home()], traces=traces, backgrounds=[]), 5)

    def test_the_mains_still_add_up_and_no_refrigerator_is_the_homes_own_throughout(self):
        mixer = self.mixer()
        powers, lengths = set(), set()
        for _ in range(40):
            scene = mixer.measured_home(mixer.labelled[0])
            base = scene.total - scene.watts.sum(0)
            self.assertLess(float(np.ptp(base)), 1e-2)
            on = scene.watts[INDEX["Refrigerator"]]
            powers.add(round(float(on.max() / base[0])))
            lengths.update(np.diff(np.flatnonzero(np.diff(scene.state[INDEX["ElectricKettle"]].astype(int)))))
        self.assertGreater(len(powers), 1)
        self.assertGreater(len(lengths), 2)


if __name__ == "__main__":
    unittest.main()
