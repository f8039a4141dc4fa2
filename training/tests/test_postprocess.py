import unittest

import numpy as np

from training.postprocess import believed, project


def minutes(*pairs):
    """States of a meter that reports every 30 s, from (minutes, on) pairs."""
    return np.concatenate([np.full(2 * length, on, bool) for length, on in pairs])


class BelievedTest(unittest.TestCase):
    def test_a_heater_that_cycles_is_doubted_for_as_long_as_it_cycles_and_a_kettle_after_it_is_believed(self):
        heater = minutes(*[(4, True), (5, False)] * 30)
        out = believed(np.concatenate([heater, minutes((45, False), (3, True))]), 0.3, 30)
        self.assertLessEqual(out[:heater.size].sum() / 2, 20)
        self.assertEqual(out[heater.size // 2:heater.size].sum(), 0)
        self.assertTrue(out[-6:].all())

    def test_a_kettle_that_boils_five_times_in_half_an_hour_is_believed(self):
        kettle = minutes(*[(2, True), (4, False)] * 5)
        np.testing.assert_array_equal(believed(kettle, 0.3, 30), kettle)

    def test_the_answer_is_that_of_a_meter_of_another_rate(self):
        state = minutes(*[(4, True), (5, False)] * 30)
        fine = believed(np.repeat(state, 30), 0.3, 1).reshape(-1, 30)
        self.assertLess(np.abs(fine.mean(1) - believed(state, 0.3, 30)).mean(), 0.01)


class ProjectTest(unittest.TestCase):
    def test_the_less_certain_gives_up_more_and_what_fits_stays(self):
        watts = np.array([[100.0, 2000, 2000], [0, 3000, 100]])
        out = project(watts, np.array([150.0, 3000, -500]), np.array([[.2, .2, .2], [.9, .9, .9]]))
        self.assertEqual(out[:, 0].tolist(), [100, 0])
        np.testing.assert_allclose(out[:, 1], [2000 * (1 - 2000 / 2150 * .85), 3000 * (1 - 2000 / 2150 * .15)])
        np.testing.assert_allclose(out[:, 2], 0, atol=1e-9)

    def test_it_is_the_nearest_point_that_fits(self):
        rng = np.random.default_rng(1)
        watts, certainties = rng.uniform(0, 2000, (11, 300)) * (rng.random((11, 300)) < .4), rng.random((11, 300))
        total = rng.uniform(-100, 3000, 300)
        out, give = project(watts, total, certainties), 1.05 - certainties
        self.assertTrue((out >= 0).all() and (out.sum(0) <= np.maximum(total, 0) + 1e-6).all())
        fitting = watts.sum(0) <= np.maximum(total, 0)
        np.testing.assert_array_equal(out[:, fitting], watts[:, fitting])
        for row in np.flatnonzero(~fitting):
            kept = out[:, row] > 1e-9
            # The share given up, by unit of doubt, is the same for all that keep some, and no less than it takes to lose all.
            lost = (1 - out[kept, row] / watts[kept, row]) / give[kept, row]
            if kept.any():
                np.testing.assert_allclose(lost, lost[0])
                gone = (watts[:, row] > 0) & ~kept
                self.assertTrue((lost[0] * give[gone, row] >= 1 - 1e-9).all())


if __name__ == "__main__":
    unittest.main()
