import unittest

try:
    import numpy as np

    from training.appliances import APPLIANCES, INDEX
    from training.labels import on_state
    from training.metrics import accuracy
except ImportError as error:
    raise unittest.SkipTest(str(error))

KETTLE = APPLIANCES[INDEX["ElectricKettle"]]
STEP = 10


class AccuracyTest(unittest.TestCase):
    """Twelve rows of 10 s with two runs; the estimate finds half of the first, none of the second, and makes one up."""

    def setUp(self):
        self.truth = np.array([0, 2000, 2000, 0, 0, 0, 0, 2000, 2000, 0, 0, np.nan], np.float32)
        self.watts = np.array([0, 1500, 0, 0, 0, 3000, 0, 0, 0, 0, 0, 9000], np.float32)
        self.figures = accuracy(self.truth, self.watts, self.watts > 0, STEP, KETTLE, training_mean_watts=100)

    def test_errors_are_means_over_the_rows_that_are_known(self):
        # 500 + 2000 + 3000 + 2000 + 2000 over eleven rows.
        self.assertAlmostEqual(self.figures["maeWatts"], 9500 / 11, places=3)
        self.assertAlmostEqual(self.figures["maeAlwaysOffWatts"], 8000 / 11, places=3)
        self.assertAlmostEqual(self.figures["maeTrainingMeanWatts"], (4 * 1900 + 7 * 100) / 11, places=3)
        self.assertAlmostEqual(self.figures["meanWatts"], 8000 / 11, places=3)
        self.assertAlmostEqual(self.figures["predictedMeanWatts"], 4500 / 11, places=3)
        self.assertEqual(self.figures["hours"], round(11 * STEP / 3600, 1))

    def test_f1_is_of_the_rows_that_are_on(self):
        self.assertEqual((self.figures["precision"], self.figures["recall"]), (0.5, 0.25))
        self.assertAlmostEqual(self.figures["f1"], 1 / 3, places=4)
        self.assertAlmostEqual(self.figures["falseOnMinutesPerDay"], 1440 / 11, places=3)

    def test_energy_is_compared_as_a_whole_and_row_by_row(self):
        self.assertEqual(self.figures["sae"], 3500 / 8000)
        self.assertAlmostEqual(self.figures["matchRate"], 1500 / (2000 * 4 + 3000), places=4)

    def test_too_much_energy_can_be_wrong_by_more_than_all_of_it(self):
        self.assertEqual(accuracy(self.truth, self.watts * 4, self.watts > 0, STEP, KETTLE)["sae"], 10_000 / 8000)

    def test_a_run_is_noticed_where_any_of_its_rows_is_on(self):
        self.assertEqual((self.figures["activations"], self.figures["eventRecall"]), (2, 0.5))

    def test_what_never_ran_has_neither_an_energy_error_nor_runs_to_find(self):
        figures = accuracy(np.zeros(12, np.float32), self.watts, self.watts > 0, STEP, KETTLE)
        self.assertEqual([figures[name] for name in ("f1", "sae", "eventRecall", "activations")], [0.0, None, None, 0])


class RunsTest(unittest.TestCase):
    def test_a_pause_of_the_shortest_length_separates_two_runs(self):
        pause = KETTLE.min_off_seconds // STEP
        for rows, runs in ((pause, 2), (pause - 1, 1)):
            watts = np.array([0, 2000, 2000, *[0] * rows, 2000, 2000, 0], np.float32)
            self.assertEqual(int((np.diff(on_state(watts, STEP, KETTLE).astype(int)) == 1).sum()), runs)


if __name__ == "__main__":
    unittest.main()
