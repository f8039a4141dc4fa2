import unittest

import numpy as np

from training.appliances import COUNT, INDEX
from training.mixing import LENGTH, SEGMENT_SECONDS, Mixer, Scene


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


if __name__ == "__main__":
    unittest.main()
