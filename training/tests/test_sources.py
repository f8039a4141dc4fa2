import unittest

import numpy as np

from training.labels import on_state
from training.appliances import APPLIANCES, INDEX
from training.sources import Home, align, lag_rows


def home_with_lag(rows):
    rng = np.random.default_rng(2)
    kettle = np.zeros(3000, np.float32)
    for start in (300, 900, 1500, 2400):
        kettle[start:start + 15] = 2400
    total = np.roll(kettle, rows) + 200 + rng.normal(0, 5, 3000).astype(np.float32)
    home = Home("made up", 8, total, {"ElectricKettle": kettle}, np.arange(3000) * 8)
    home.state["ElectricKettle"] = on_state(kettle, 8, APPLIANCES[INDEX["ElectricKettle"]])
    return home


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
