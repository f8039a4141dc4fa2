import unittest


import numpy as np

from training.tests.loader_case import START, LoaderTest, utc


class PlainCsvTest(LoaderTest):
    def test_unix_and_iso_times_give_the_same_home(self):
        header = "timestamp,power_total,ElectricKettle,Freezer,Freezer2,Aquarium"
        rows = [(START + i, f"{500 + i},{'' if i == 7 else 2000 * (i > 20)},30,20,9") for i in range(120)]
        homes = []
        for name, form in (("unix", lambda t: str(t)), ("iso", lambda t: utc(t, "%Y-%m-%dT%H:%M:%SZ")), ("naive", utc),
                           ("offset", lambda t: utc(t + 7200, "%Y-%m-%dT%H:%M:%S+02:00"))):
            path = self.write(name + ".csv", [header, *(f"{form(time)},{rest}" for time, rest in rows)])
            homes += self.load("csv", path)
        for home in homes:
            self.assertEqual((home.step_seconds, home.times[0], home.times.size), (1, START, 120))
            self.assert_watts(home.total, 500 + np.arange(120))
            self.assert_watts(home.watts["Freezer"], 50)
            self.assertEqual(np.flatnonzero(np.isnan(home.watts["ElectricKettle"])).tolist(), [7])
            self.assertEqual(sorted(home.watts), ["ElectricKettle", "Freezer"])
        self.assertEqual(homes[0].name, "home_unix_1s")
        self.assertIn("Aquarium", self.notes[0])

    def test_a_meter_of_a_minute_is_held_on_the_coarsest_grid(self):
        rows = [f"{START + 60 * i},{100 * i},{i}" for i in range(50) if i != 3]
        path = self.write("m.csv", ["timestamp,power_total,Microwave", *rows])
        home, = self.load("csv", path)
        self.assertEqual(home.step_seconds, 30)
        self.assert_watts(home.total[:8], [0, 0, 100, 100, 200, 200, 200, np.nan])

    def test_wrong_files_are_named(self):
        path = self.write("a.csv", ["timestamp,power", f"{START},1"])
        self.assert_error(f"{path}:1: has no column power_total", "csv")
        path = self.write("a.csv", ["timestamp,power_total", f"{START},1", f"{START + 1},inf"])
        self.assert_error(f"{path}:3: 'inf' is no reading", "csv")
        times = (START, START + 1, START + 2, START + 400_000_000)
        path = self.write("a.csv", ["timestamp,power_total", *(f"{time},1" for time in times)])
        self.assert_error(f"{path}: times from", "csv")
        path = self.write("a.csv", ["timestamp,power_total"])
        self.assert_error(f"{path}: has no rows", "csv")
        path = self.write("a.csv", [])
        self.assert_error(f"{path}: is empty", "csv")
        with open(path, "wb") as file:
            file.write(b"\xff\xfe\x00binary")
        self.assert_error(f"{path}: cannot be read", "csv")


if __name__ == "__main__":
    unittest.main()
