import unittest

import numpy as np

from training.postprocess import believed


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


if __name__ == "__main__":
    unittest.main()
