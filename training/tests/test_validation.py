import unittest

try:
    import onnxruntime  # noqa: F401
    import torch  # noqa: F401
except ImportError:
    raise unittest.SkipTest("PyTorch or onnxruntime is not installed")

import numpy as np

from training.appliances import COUNT, HORIZONS, LOOKAHEAD_SECONDS
from training.model import FAST, SLOW
from training.slow_grid import BLOCK_SECONDS
from training.sources import Home
from training.validation import StreamNetwork, predict_home, slower

SECONDS = 1000
PROVISIONAL, FINAL = range(len(HORIZONS))


def network_of(branch):
    """Answers with the number of the step, finally 0.5 more."""
    def run(x):
        steps = np.broadcast_to(np.arange(x.shape[1], dtype=np.float32), (COUNT, x.shape[1]))
        return (np.stack([steps, steps + .5]),) * 2

    network = StreamNetwork.__new__(StreamNetwork)
    network.branch, network.run = branch, run
    return network


class PerSecondTest(unittest.TestCase):
    def test_a_second_is_settled_by_the_step_that_looks_back_on_it_and_stays_provisional_where_none_follows(self):
        for branch in (FAST, SLOW):
            for phase in (0, 7):
                for values in network_of(branch).per_second(np.full(SECONDS, 100, np.float32), 1, phase):
                    self.assertEqual(values.shape, (len(HORIZONS), COUNT, SECONDS))
                    step = (np.arange(SECONDS) + (phase if branch is SLOW else 0)) // branch.step_seconds
                    known = step if branch is FAST else np.maximum(step - 1, 0)
                    settled = slice(0, SECONDS - LOOKAHEAD_SECONDS)
                    last = slice(SECONDS - LOOKAHEAD_SECONDS, None)
                    np.testing.assert_array_equal(values[PROVISIONAL, 0], known)
                    np.testing.assert_array_equal(values[FINAL, 0, settled], step[settled] + branch.lookahead_steps + .5)
                    np.testing.assert_array_equal(values[FINAL, 0, last], known[last])

    def test_what_is_shorter_than_the_look_ahead_is_provisional(self):
        for branch in (FAST, SLOW):
            for values in network_of(branch).per_second(np.full(100, 100, np.float32), 1):
                np.testing.assert_array_equal(values[FINAL], values[PROVISIONAL])


class PredictHomeTest(unittest.TestCase):
    def test_blocks_of_the_slow_network_follow_the_clock_as_at_run_time(self):
        step, rows = 8, 200
        for start in (1_000_000, 1_000_005, 1_000_011):
            home = Home("a", step, np.full(rows, 100, np.float32), {}, start + step * np.arange(1, rows + 1))
            block = np.arange(start, start + step * rows) // BLOCK_SECONDS
            known = np.maximum(block - block[0] - 1, 0)
            logits = predict_home(network_of(SLOW), home).logits[PROVISIONAL, 0]
            np.testing.assert_allclose(logits, known.reshape(rows, step).mean(1), rtol=1e-6)


class SlowerTest(unittest.TestCase):
    def test_a_slower_meter_reports_the_mean_of_what_was_metered_at_the_time_of_the_last_row(self):
        total = np.array([100, 200, np.nan, 400, np.nan, np.nan, np.nan, 800, 900], np.float32)
        kettle = np.array([0, 200, 3000, 400, 3000, 3000, 3000, 800, 0], np.float32)
        home = slower(Home("a", 10, total, {"ElectricKettle": kettle}, np.arange(1, 10) * 10), 4)
        self.assertEqual((home.name, home.step_seconds, home.times.tolist()), ("a_at_40s", 40, [40, 80]))
        np.testing.assert_allclose(home.total, [700 / 3, np.nan])
        np.testing.assert_allclose(home.watts["ElectricKettle"], [200, np.nan])


if __name__ == "__main__":
    unittest.main()
