import os
import tempfile
import unittest

import numpy as np

from training.labels import on_state
from training.appliances import APPLIANCES, INDEX
from training.sources import Home, Sources, align, lag_rows, recordings_of, without_bit_faults


def home_with_lag(rows):
    rng = np.random.default_rng(2)
    kettle = np.zeros(3000, np.float32)
    for start in (300, 900, 1500, 2400):
        kettle[start:start + 15] = 2400
    total = np.roll(kettle, rows) + 200 + rng.normal(0, 5, 3000).astype(np.float32)
    home = Home("made up", 8, total, {"ElectricKettle": kettle}, np.arange(3000) * 8)
    home.state["ElectricKettle"] = on_state(kettle, 8, APPLIANCES[INDEX["ElectricKettle"]])
    return home


class SameHomeTest(unittest.TestCase):
    def test_who_leaves_a_home_out_leaves_out_every_recording_of_it(self):
        def home(path):
            column = np.zeros(100, np.int16)
            np.savez(path, dt=8, agg=column, Kettle=column, t=np.arange(100) * 8)

        with tempfile.TemporaryDirectory() as data:
            folder = os.path.join(data, "nilm", "train")
            os.makedirs(folder)
            for name in ("devicescope_REFIT_House2_30s", "refit_head_house02", "refit_head_house03"):
                home(os.path.join(folder, name + ".npz"))
            for left_out in ("devicescope_REFIT_House2_30s", "refit_head_house02"):
                self.assertEqual(Sources(data, without=[left_out]).files, ["refit_head_house03.npz"])
            self.assertEqual(len(Sources(data).files), 3)
        self.assertEqual(recordings_of(name for name in ["refit_head_house03"]), {"refit_head_house03"})
        self.assertIn("refit_head_house02", recordings_of(name for name in ["devicescope_REFIT_House2_30s"]))


class BitFaultTest(unittest.TestCase):
    def test_readings_of_single_bits_are_unknown(self):
        faulty = np.array([0, 1024, 1024, 64, 8, np.nan, 2048], np.float32)
        np.testing.assert_array_equal(without_bit_faults(faulty), [0, np.nan, np.nan, np.nan, np.nan, np.nan, np.nan])

    def test_powers_that_an_appliance_draws_stay(self):
        for watts in ([0, 2, 2, 64, 0], [0, 1, 2, 4, 8, 16, 17], [0, 0, np.nan]):
            column = np.array(watts, np.float32)
            np.testing.assert_array_equal(without_bit_faults(column), column)


class AlignTest(unittest.TestCase):
    def test_plugs_move_to_the_clock_of_the_mains(self):
        for rows in (-3, 0, 2):
            home = home_with_lag(rows)
            self.assertEqual(lag_rows(home), rows)
            align(home)
            self.assertEqual(lag_rows(home), 0)
            self.assertEqual(int(home.state["ElectricKettle"].sum()), 60)
            self.assertEqual(int(np.isnan(home.watts["ElectricKettle"]).sum()), abs(rows))


if __name__ == "__main__":
    unittest.main()
