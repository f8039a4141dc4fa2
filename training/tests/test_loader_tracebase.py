import unittest


import numpy as np

from training.tests.loader_case import START, LoaderTest, utc


class TracebaseTest(LoaderTest):
    def test_seconds_of_the_day_with_the_one_second_mean(self):
        rows = [f"13/05/2014 {utc(START + i, '%H:%M:%S')};{i};{9 * i}" for i in (0, 1, 3, 2, 2)]
        self.write("complete/WaterKettle/dev_ABC123_2014.05.13.csv", rows)
        self.write("incomplete/Cookingstove/dev_1_2014.05.13.csv", ["13/05/2014 00:00:00; 5; 6", "14/05/2014 00:00:00; 7; 8"])
        kettle, stove = self.load("tracebase")
        self.assertEqual((kettle.name, kettle.appliance), ("tracebase_com_WaterKettle_1hz", "ElectricKettle"))
        column = kettle.days["com|dev_ABC123|2014-05-13"]
        self.assertEqual(column.size, 86_400)
        second = START % 86_400
        self.assert_watts(column[second:second + 4], [0, 1, 2, 3])
        self.assertEqual(np.count_nonzero(~np.isnan(column)), 4)
        self.assertIsNone(stove.appliance)
        self.assertEqual(stove.days["inc|dev_1|2014-05-13"][0], 5)

    def test_wrong_rows_and_days_are_named(self):
        path = self.write("complete/Lamp/dev_1_2014.05.13.csv", ["13/05/2014 00:00:00;5;6", "2014-05-13 00:00:01;5;6"])
        self.assert_error(f"{path}:2: '2014-05-13 00:00:01' is no time", "tracebase")
        path = self.write("complete/Lamp/dev_1_2014.05.13.csv", ["14/05/2014 00:00:00;5;6"])
        self.assert_error(f"{path}: has no reading of 2014-05-13", "tracebase")


if __name__ == "__main__":
    unittest.main()
