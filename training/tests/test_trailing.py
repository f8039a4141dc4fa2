import unittest

import numpy as np

from training.trailing import normalised, trailing_mean_and_spread, trailing_minimum


class TrailingTest(unittest.TestCase):
    def setUp(self):
        self.watts = (np.random.default_rng(1).random(300) * 3000 - 500).astype(np.float32)

    def last(self, index, steps, values=None):
        values = self.watts if values is None else values
        return values[np.maximum(0, np.arange(index - steps + 1, index + 1))]

    def test_minimum_of_any_length(self):
        for steps in (1, 2, 3, 7, 64, 100, 500):
            found = trailing_minimum(self.watts, steps)
            self.assertEqual(found.tolist(), [self.last(i, steps).min() for i in range(300)])

    def test_mean_and_spread_are_of_whole_watts(self):
        mean, spread = trailing_mean_and_spread(self.watts, 40)
        whole = np.floor(self.watts.astype(np.float64) + .5)
        for i in (0, 1, 20, 39, 40, 299):
            last = self.last(i, 40, whole)
            self.assertAlmostEqual(mean[i], last.mean(), places=9)
            self.assertAlmostEqual(spread[i], last.std(), places=6)

    def test_a_constant_is_no_deviation(self):
        self.assertTrue((normalised(np.full(100, 230, np.float32), 8, 32) == 0).all())

    def test_the_start_does_not_matter_once_the_stretch_is_full(self):
        whole, late = normalised(self.watts, 8, 32), normalised(self.watts[100:], 8, 32)
        np.testing.assert_array_equal(whole[:, 132:], late[:, 32:])


if __name__ == "__main__":
    unittest.main()
