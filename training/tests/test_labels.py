import unittest

import numpy as np

from training.appliances import APPLIANCES, INDEX
from training.labels import on_state, runs
from training.postprocess import decide, hold, project

KETTLE = APPLIANCES[INDEX["ElectricKettle"]]


class LabelsTest(unittest.TestCase):
    def test_runs_shorter_than_the_minimum_are_dropped_and_short_gaps_closed(self):
        watts = np.zeros(300)
        watts[10:15] = 2000
        watts[100:140] = 2000
        watts[160:200] = 2000
        starts, ends = runs(on_state(watts, 1, KETTLE))
        self.assertEqual(list(zip(starts, ends)), [(100, 200)])

    def test_missing_readings_count_as_off(self):
        self.assertFalse(on_state(np.full(100, np.nan), 1, KETTLE).any())


class PostprocessTest(unittest.TestCase):
    def test_the_gate_keeps_its_state_within_the_band(self):
        p = np.array([0.5, 0.56, 0.5, 0.46, 0.44, 0.5, np.nan])
        self.assertEqual(decide(p, 0.5).tolist(), [False, True, True, True, False, False, False])

    def test_a_state_lasts_at_least_the_hold(self):
        state = np.array([0, 1, 0, 0, 0, 1, 1, 1, 1], bool)
        self.assertEqual(hold(state, 3).astype(int).tolist(), [0, 1, 1, 1, 0, 0, 0, 1, 1])

    def test_projected_watts_never_exceed_the_total(self):
        watts = np.array([[100.0, 300], [100, 300]])
        self.assertEqual(project(watts, np.array([500.0, 300])).sum(0).tolist(), [200, 300])


if __name__ == "__main__":
    unittest.main()
