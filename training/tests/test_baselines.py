import contextlib
import io
import os
import tempfile
import unittest

try:
    import torch
except ImportError:
    raise unittest.SkipTest("PyTorch is not installed")

import numpy as np

from training.appliances import COUNT, INDEX
from training.baselines import Stop, comparable, fit, load_averaged
from training.sources import Home
from training.watt_threshold import choose, estimate


def home_of(name, step, total, watts, state):
    home = Home(name, step, np.float32(total), {"ElectricKettle": np.float32(watts)}, np.arange(len(total)) * step)
    home.state["ElectricKettle"] = np.asarray(state)
    return home


class FitTest(unittest.TestCase):
    def fit(self, path, minutes, stop=None):
        """Steps that this call has taken."""
        steps = []

        def loss_at(network):
            steps.append(1)
            return (network(torch.ones(1, 2)) ** 2).mean().float()

        with contextlib.redirect_stdout(io.StringIO()):
            fit("line", torch.nn.Linear(2, 1), loss_at, path, minutes, 1e-2, 1, stop or Stop())
        return len(steps)

    def test_a_second_call_goes_on_where_the_first_stopped_and_a_third_finds_nothing_to_do(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "deep", "line.pt")
            first = self.fit(path, 0.002)
            second = self.fit(path, 0.004)
            self.assertEqual(torch.load(path)["step"], first + second)
            self.assertEqual(self.fit(path, 0.004), 0)
            load_averaged(torch.nn.Linear(2, 1), path)

    def test_no_time_leaves_no_file(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "line.pt")
            self.assertEqual(self.fit(path, 0), 0)
            self.assertFalse(os.path.exists(path))

    def test_asked_to_stop_it_saves_what_it_has(self):
        with tempfile.TemporaryDirectory() as folder:
            path, stop = os.path.join(folder, "line.pt"), Stop()
            stop.asked = True
            self.assertEqual(self.fit(path, 1, stop), 0)
            self.assertTrue(os.path.exists(path))


class WattThresholdTest(unittest.TestCase):
    def setUp(self):
        rng = np.random.default_rng(0)
        self.state = np.zeros(4000, bool)
        for start in range(100, 3900, 400):
            self.state[start:start + 20] = True
        truth = np.where(self.state, 2000.0, 0.0)
        self.home = home_of("a", 8, truth + 200, truth, self.state)
        self.watts = np.zeros((COUNT, 4000), np.float32)
        self.watts[INDEX["ElectricKettle"]] = np.where(self.state, 1200, rng.uniform(0, 500, 4000))
        self.known = np.ones(4000, bool)

    def test_the_threshold_divides_what_is_said_while_on_from_what_is_said_while_off(self):
        threshold, factor = choose([(self.home, self.watts, self.known)], "ElectricKettle")
        self.assertTrue(500 <= threshold <= 1200, threshold)
        self.assertEqual(factor, 1.2)
        decisions = {name: (20.0, 1.0) for name in INDEX} | {"ElectricKettle": (threshold, factor)}
        watts, on = estimate(self.home, self.watts, decisions)
        np.testing.assert_array_equal(on[INDEX["ElectricKettle"]], self.state)
        self.assertAlmostEqual(float(watts[INDEX["ElectricKettle"], 105]), 1440, places=2)

    def test_where_no_home_meters_the_appliance_its_protocol_decides(self):
        self.assertEqual(choose([(self.home, self.watts, self.known)], "Microwave"), (200, 1.0))

    def test_appliances_with_ten_runs_over_all_homes_are_compared(self):
        self.assertEqual(comparable([self.home]), ["ElectricKettle"])
        self.home.state["ElectricKettle"][:500] = False
        self.assertEqual(comparable([self.home]), [])


if __name__ == "__main__":
    unittest.main()
