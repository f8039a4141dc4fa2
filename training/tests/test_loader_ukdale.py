import os
import unittest

import numpy as np

from training.tests.loader_case import START, LoaderTest


class UkdaleTest(LoaderTest):
    def house(self):
        self.write("house_2/labels.dat", ["1 aggregate", "2 kettle", "3 washer_dryer", "4 router", "5 fridge", "6 freezer"])
        self.write("house_2/channel_1.dat", [f"{START + 6 * i} {300 + i}" for i in range(2000)])
        # Reversed, with a duplicate and a gap of 20 rows.
        kettle = [f"{START + 6 * i + 1} {2000 if i == 5 else 1}" for i in range(100) if not 30 <= i < 50]
        self.write("house_2/channel_2.dat", [*reversed(kettle), kettle[0]])
        self.write("house_2/channel_3.dat", [f"{START + 6 * i} 7" for i in range(100)])
        self.write("house_2/channel_5.dat", [f"{START + 6 * i} 90" for i in range(100)])

    def test_watts_times_and_gaps(self):
        self.house()
        home, = self.load("ukdale")
        self.assertEqual((home.name, home.step_seconds, home.times[0]), ("ukdale_house2_6s", 6, START))
        self.assertTrue((np.diff(home.times) == 6).all())
        self.assert_watts(home.total[:3], [300, 301, 302])
        kettle = home.watts["ElectricKettle"]
        self.assert_watts(kettle[4:7], [1, 2000, 1])
        self.assert_watts(kettle[30:40], 1)
        self.assertTrue(np.isnan(kettle[40:50]).all() and not np.isnan(kettle[50:100]).any())
        self.assertEqual(sorted(home.watts), ["ElectricKettle", "Refrigerator", "WashingMachine"])
        self.assertEqual(home.absent, {"HeatPump": 1.0})
        self.assertTrue(home.state["Refrigerator"][:100].all())
        self.assertIn("router", self.notes[0])

    def test_active_power_goes_before_apparent_which_stands_in_for_long_silences(self):
        self.house()
        self.write("house_2/mains.dat", [f"{START + i}.{i % 10} {200 + i % 6}.50 999.00 240.1" for i in range(600)])
        home, = self.load("ukdale")
        self.assert_watts(home.total[:100], 203)
        self.assertTrue(np.isnan(home.total[0:110]).sum() == 0)
        self.assert_watts(home.total[500], 800)

    def test_a_wrong_line_is_named(self):
        self.house()
        path = self.write("house_2/channel_5.dat", [f"{START} 1", f"{START + 6} 2", f"{START + 12} x"])
        self.assert_error(f"{path}:3: 'x' is no number", "ukdale")
        path = self.write("house_2/channel_5.dat", [f"{START} 1", f"{START + 6}"])
        self.assert_error(f"{path}:2: 1 fields where 2", "ukdale")
        path = self.write("house_2/channel_5.dat", [f"{START} 1", f"{START}000 2"])
        self.assert_error(f"{path}:2: the time {START}000 is not between 2000 and 2100", "ukdale")
        self.assert_error("holds no house_N", "ukdale", os.path.join(self.folder, "house_2"))

    def test_only_the_houses_asked_for_are_read(self):
        self.house()
        self.write("house_1/labels.dat", ["broken"])
        self.assertEqual(len(self.load("ukdale", houses=frozenset({2}))), 1)
        self.assert_error("labels.dat:1:", "ukdale")


if __name__ == "__main__":
    unittest.main()
