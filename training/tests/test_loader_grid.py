import unittest

import numpy as np

from training.loaders.errors import BadInput
from training.loaders.grid import Series, step_for
from training.loaders.request import Request
from training.tests.loader_case import START


class SeriesTest(unittest.TestCase):
    def test_a_reading_holds_only_as_long_as_it_may(self):
        series = Series(6, 12)
        series.add(np.array([START, START + 30]), np.array([100.0, 200]))
        np.testing.assert_array_equal(series.column(START, 6, 6), np.float32([100, 100, 100, np.nan, np.nan, 200]))

    def test_a_reading_marked_as_missing_ends_the_hold(self):
        series = Series(6, 60)
        series.add(np.array([START, START + 6, START + 18]), np.array([100.0, np.nan, 200]))
        np.testing.assert_array_equal(series.column(START, 4, 6), np.float32([100, np.nan, np.nan, 200]))

    def test_rows_of_any_order_in_any_pieces_give_the_same_column(self):
        rng = np.random.default_rng(3)
        times, watts = START + np.arange(0, 5000, 3), rng.uniform(0, 3000, 1667)
        whole = Series(6, 0)
        whole.add(times, watts)
        expected = whole.column(START, 834, 6)
        self.assertAlmostEqual(float(expected[0]), watts[:2].mean(), places=2)
        order = rng.permutation(times.size)
        for pieces in (np.array_split(order, 7), np.array_split(np.arange(times.size)[::-1], 9)):
            series = Series(6, 0)
            for piece in pieces:
                series.add(times[piece], watts[piece])
            np.testing.assert_allclose(series.column(START, 834, 6), expected, rtol=1e-5)

    def test_a_coarser_column_keeps_the_energy_and_is_missing_where_little_is_known(self):
        series = Series(1, 100)
        series.add(np.array([START, START + 4, START + 6]), np.array([0.0, 1500, 0]))
        series.add(np.array([START + 12]), np.array([np.nan]))
        np.testing.assert_array_equal(series.column(START, 3, 6), np.float32([500, 0, np.nan]))

    def test_times_decades_apart_are_refused_instead_of_filling_the_memory(self):
        with self.assertRaises(OverflowError):
            Series(1, 0).add(np.array([START, START + 20 * 366 * 86400]), np.array([1.0, 2]))

    def test_the_step_is_one_that_the_mixers_know(self):
        def step(native, wanted=None):
            return step_for(Request("x", step_seconds=wanted), native)

        self.assertEqual([step(s) for s in (1, 3, 6, 7, 8, 10, 30, 60)], [1, 6, 6, 8, 8, 30, 30, 30])
        self.assertEqual([step(1, 6), step(60, 30)], [6, 30])
        for native, wanted in ((6, 1), (1, 5), (300, None)):
            with self.assertRaises(BadInput):
                step(native, wanted)


if __name__ == "__main__":
    unittest.main()
