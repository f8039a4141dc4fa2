import unittest

import numpy as np

from training.appliances import COUNT, INDEX
from training.edge_baseline import Signature, predict


class EdgeBaselineTest(unittest.TestCase):
    def setUp(self):
        self.known = [None] * COUNT
        self.known[INDEX["ElectricKettle"]] = Signature(2500, 30, 240)
        self.known[INDEX["Microwave"]] = Signature(1300, 15, 300)

    def test_a_rise_and_its_fall_become_a_run_of_what_draws_as_much(self):
        total = np.full(200, 150.0)
        total[50:65] += 2450
        total[100:110] += 1250
        watts, on = predict(total, 8, self.known)
        np.testing.assert_array_equal(np.flatnonzero(on[INDEX["ElectricKettle"]]), np.arange(50, 65))
        np.testing.assert_array_equal(np.flatnonzero(on[INDEX["Microwave"]]), np.arange(100, 110))
        self.assertAlmostEqual(float(watts[INDEX["ElectricKettle"], 55]), 2450)

    def test_a_rise_without_a_fall_in_time_is_none_of_them(self):
        total = np.full(400, 150.0)
        total[50:350] += 2450
        self.assertFalse(predict(total, 8, self.known)[1].any())


if __name__ == "__main__":
    unittest.main()
