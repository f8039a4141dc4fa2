import unittest


import numpy as np

from training.tests.loader_case import LoaderTest, utc


class EcoTest(LoaderTest):
    def house(self, rows=86_400):
        mains = ["250.5,100,100,50.5,0,1,1,1,230,230,230,120,240,0,0,0"] * rows
        mains[10:14] = [",".join(["-1"] * 16)] * 4
        self.write("01_sm_csv/01/2012-06-01.csv", mains)
        self.write("01_plugs_csv/02/2012-06-01.csv", ["-1"] * 5 + ["0"] * 1000 + ["2200.5"] * 1000 + ["0"] * (86_400 - 2005))
        self.write("01_plugs_csv/03/2012-06-01.csv", ["1"] * 86_400)
        self.write("01_doc.txt", ["PLUG DATA", "01.06.12 to 23.01.13", "02: Dryer (no. days: 231, coverage: 98.56%)",
                                  "03: Coffee machine (no. days: 113)", "04: Kettle (no. days: 203)"])

    def test_rows_are_seconds_of_the_day_and_minus_one_is_missing(self):
        self.house()
        home, = self.load("eco")
        self.assertEqual((home.name, home.step_seconds, utc(home.times[0])), ("eco_house01_1s", 1, "2012-06-01 00:00:00"))
        self.assertEqual(home.times.size, 86_400)
        self.assert_watts(home.total[[0, 9, 14]], 250.5)
        self.assertEqual(np.flatnonzero(np.isnan(home.total)).tolist(), [10, 11, 12, 13])
        dryer = home.watts["Dryer"]
        self.assertTrue(np.isnan(dryer[:5]).all())
        self.assert_watts(dryer[[5, 1004, 1005, 2004, 2005]], [0, 0, 2200.5, 2200.5, 0])
        self.assertEqual(list(home.watts), ["Dryer"])
        self.assertEqual(home.absent, {})

    def test_a_coarser_grid_averages(self):
        self.house()
        home, = self.load("eco", step_seconds=8)
        self.assert_watts(home.watts["Dryer"][124:127], [0, 2200.5 * 3 / 8, 2200.5])

    def test_a_day_of_another_length_is_an_error(self):
        self.house(rows=86_399)
        self.assert_error("2012-06-01.csv:86399: has 86399 rows where a day has 86400", "eco")


if __name__ == "__main__":
    unittest.main()
