import json
import unittest

import numpy as np

from training.tests.loader_case import START, LoaderTest


class RefitTest(LoaderTest):
    HEADER = "Time,Unix,Aggregate,Appliance1,Appliance2,Appliance3,Appliance4,Appliance5,Issues"
    README = ["About the data", "House 7", "0.Aggregate, 1.Fridge-Freezer (1), 2.Tumble Dryer 3.Kettle/Toaster,",
              "4.Kettle, 5.Microwave", "\t!NOTES", "\t\t1.a Freezer", "", " House 8", " 0.Aggregate, 1.Fridge"]

    def rows(self, count=40):
        rows = []
        for i in range(count):
            kettle = 2900 if i in (3, 4, 5) else 0
            issues = 1 if i == 9 else 0
            total = 0 if i == 12 else 500 + kettle
            dryer, microwave = 300 if i > 20 else 0, 2 if i == 2 else 0
            rows.append(f"2014-05-13 17:00:00,{START + 8 * i},{total},80,{dryer},5,{kettle},{microwave},{issues}")
        return rows

    def test_columns_follow_the_readme_and_doubtful_totals_are_missing(self):
        self.write("CLEAN_House7.csv", [self.HEADER, *self.rows()])
        self.write("CLEAN_READ_ME.txt", self.README)
        home, = self.load("refit")
        self.assertEqual((home.name, home.step_seconds, home.times[0]), ("refit_house07_8s", 8, START))
        self.assertEqual(sorted(home.watts), ["Dryer", "ElectricKettle", "Refrigerator"])
        self.assert_watts(home.watts["ElectricKettle"][2:7], [0, 2900, 2900, 2900, 0])
        self.assert_watts(home.total[3], 3400)
        self.assertEqual(np.flatnonzero(np.isnan(home.total)).tolist(), [9, 12])
        self.assertTrue(any("Microwave that never runs" in note for note in self.notes))
        self.assertTrue(any("Kettle/Toaster" in note for note in self.notes))

    def test_a_json_list_stands_in_for_the_readme_and_none_is_an_error(self):
        self.write("House_7.csv", [self.HEADER.removesuffix(",Issues"), *(row.rpartition(",")[0] for row in self.rows())])
        self.assert_error("--appliances", "refit")
        path = self.write("plugs.json", [json.dumps({"7": {"4": "kettle"}})])
        home, = self.load("refit", appliance_list=path)
        self.assertEqual(list(home.watts), ["ElectricKettle"])
        path = self.write("plugs.json", ["{", "nonsense"])
        self.assert_error(f"{path}:2:", "refit", appliance_list=path)
        path = self.write("plugs.json", [json.dumps({"7": {"6": "kettle"}})])
        self.assert_error("no column Appliance6", "refit", appliance_list=path)

    def test_a_long_gap_in_time_is_cut_out_and_shows_in_the_times(self):
        late = [row.replace(str(START + 8 * i), str(START + 8 * i + 86400)) for i, row in enumerate(self.rows())]
        self.write("CLEAN_House7.csv", [self.HEADER, *late, *self.rows()])
        self.write("CLEAN_READ_ME.txt", self.README)
        home, = self.load("refit")
        steps = np.diff(home.times)
        self.assertEqual(np.count_nonzero(steps != 8), 1)
        self.assertEqual(home.times[-1] - home.times[0], 86400 + 39 * 8)
        self.assertLess(home.times.size, 400)
        self.assertEqual([(b - a) for a, b in home.segments(120)][0], 40 + 15)


if __name__ == "__main__":
    unittest.main()
