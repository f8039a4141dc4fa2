import unittest

try:
    import numpy as np

    from training.appliances import COUNT, INDEX
    from training.resampling import intervals
    from training.sources import Home
    from training.validation import Pair, Prediction
except ImportError as error:
    raise unittest.SkipTest(str(error))

STEP, HOURS = 60, 96
ROWS = HOURS * 3600 // STEP
KETTLE = INDEX["ElectricKettle"]


def pair_with(truth, name="home"):
    home = Home(name=name, step_seconds=STEP, total=np.full(ROWS, 3000, np.float32), times=np.arange(ROWS) * STEP,
                watts={"ElectricKettle": truth}, state={"ElectricKettle": truth > 0})
    predictions = [Prediction(home) for _ in range(2)]
    for prediction in predictions:
        prediction.logits[:] = 0
    return Pair(home, *predictions)


def estimate_of(watts):
    every = np.zeros((COUNT, ROWS), np.float32)
    every[KETTLE] = watts
    return [(every, every > 0)]


class ResamplingTest(unittest.TestCase):
    def setUp(self):
        self.truth = np.zeros(ROWS, np.float32)
        for start in range(30, ROWS, 120):
            self.truth[start:start + 4] = 2000
        self.pair = pair_with(self.truth)

    def differences(self, one, other):
        estimates = {"one": estimate_of(one), "other": estimate_of(other)}
        return intervals([self.pair], estimates, "ElectricKettle", self.pair.meter, draws=300)[1]["other"]

    def test_what_is_better_in_all_hours_is_better_in_all_drawings(self):
        found = self.differences(self.truth, self.truth * 0)
        self.assertGreater(found["f1"][0], 0.9)
        self.assertLess(found["mae"][1], 0)
        # All of the error saved and all runs found, against nothing of either.
        self.assertEqual(found["score"], [1.0, 1.0])

    def test_the_same_answer_differs_by_nothing(self):
        self.assertEqual(self.differences(self.truth, self.truth), {"mae": [0.0, 0.0], "f1": [0.0, 0.0], "score": [0.0, 0.0]})

    def test_one_run_more_of_many_may_be_chance(self):
        fewer, others = self.truth.copy(), self.truth.copy()
        fewer[30:34], others[150:154] = 0, 0
        low, high = self.differences(fewer, others)["f1"]
        self.assertLess(low, 0)
        self.assertGreater(high, 0)

    def test_what_one_stretch_of_hours_loses_and_wins_stays_together(self):
        # Within every two hours the one is as far ahead in one of them as it is behind in the other.
        hour = np.arange(ROWS) * STEP // 3600
        found = self.differences(self.truth + np.where(hour % 2, 300, 100), self.truth + 200)
        self.assertEqual(found["mae"], [0.0, 0.0])

    def test_one_home_at_two_intervals_gives_the_same_hours_of_both(self):
        names = ("home_at_30s", "home_at_60s")
        pairs = [pair_with(self.truth, name) for name in names]
        # What the one wins in an hour at the first interval it loses at the second.
        ahead = np.where(np.arange(ROWS) * STEP // 7200 % 3 == 0, 150, 0)
        one, other = self.truth + 200, [self.truth + 200 + ahead, self.truth + 200 - ahead]
        estimates = {"one": [estimate_of(one)[0] for _ in names], "other": [estimate_of(watts)[0] for watts in other]}
        found = intervals(pairs, estimates, "ElectricKettle", pairs[0].meter, draws=300)[1]["other"]
        self.assertEqual(found["mae"], [0.0, 0.0])

    def test_fewer_hours_leave_more_to_chance(self):
        fewer = self.truth.copy()
        fewer[30:34] = 0
        low, high = self.differences(self.truth, fewer)["mae"]
        # One run of 48, of 2 kW for 4 of 5,760 minutes: its two hours are drawn never, once or up to thrice.
        one_run = 2000 * 4 / ROWS
        self.assertAlmostEqual(low, -3 * one_run, delta=0.01)
        self.assertEqual(high, 0.0)


if __name__ == "__main__":
    unittest.main()
