import argparse
import contextlib
import gzip
import io
import json
import os
import pickle
import tempfile
import unittest
from datetime import datetime, timezone
from unittest import mock

import numpy as np

from training import prepare
from training.appliances import INDEX
from training.loaders.errors import BadInput
from training.loaders.grid import Series, step_for
from training.loaders.names import COMMON, appliance_of, plain
from training.loaders.registry import FORMATS
from training.loaders.request import Request
from training.mixing import Mixer
from training.slow_mixing import SlowMixer
from training.sources import Sources

try:
    import h5py
except ImportError:
    h5py = None

START = 1_400_000_400
assert START % 240 == 0


def utc(seconds, form="%Y-%m-%d %H:%M:%S"):
    return datetime.fromtimestamp(seconds, timezone.utc).strftime(form)


class LoaderTest(unittest.TestCase):
    """Files are made in a folder of the test's own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.notes = []

    def write(self, name, lines):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with gzip.open(path, "wt") if name.endswith(".gz") else open(path, "w") as file:
            file.write("".join(line + "\n" for line in lines))
        return path

    def load(self, form, path=None, **options):
        return list(FORMATS[form](Request(path or self.folder, note=self.notes.append, **options)))

    def assert_error(self, text, form, path=None, **options):
        with self.assertRaises(BadInput) as caught:
            self.load(form, path, **options)
        self.assertIn(text, str(caught.exception))

    def assert_watts(self, column, expected):
        np.testing.assert_allclose(column, expected, rtol=1e-6)


class SeriesTest(unittest.TestCase):
    def test_a_reading_holds_only_as_long_as_it_may(self):
        series = Series(6, 12)
        series.add(np.array([START, START + 30]), np.array([100.0, 200]))
        np.testing.assert_array_equal(series.column(START, 6, 6), np.float32([100, 100, 100, np.nan, np.nan, 200]))

    def test_a_reading_marked_as_missing_ends_the_hold(self):
        series = Series(6, 60)
        series.add(np.array([START, START + 6, START + 18]), np.array([100.0, np.nan, 200]))
        np.testing.assert_array_equal(series.column(START, 4, 6), np.float32([100, np.nan, np.nan, 200]))

    def test_rows_of_any_order_in_any_pieces_give_the_same_column(self):
        rng = np.random.default_rng(3)
        times, watts = START + np.arange(0, 5000, 3), rng.uniform(0, 3000, 1667)
        whole = Series(6, 0)
        whole.add(times, watts)
        expected = whole.column(START, 834, 6)
        self.assertAlmostEqual(float(expected[0]), watts[:2].mean(), places=2)
        order = rng.permutation(times.size)
        for pieces in (np.array_split(order, 7), np.array_split(np.arange(times.size)[::-1], 9)):
            series = Series(6, 0)
            for piece in pieces:
                series.add(times[piece], watts[piece])
            np.testing.assert_allclose(series.column(START, 834, 6), expected, rtol=1e-5)

    def test_a_coarser_column_keeps_the_energy_and_is_missing_where_little_is_known(self):
        series = Series(1, 100)
        series.add(np.array([START, START + 4, START + 6]), np.array([0.0, 1500, 0]))
        series.add(np.array([START + 12]), np.array([np.nan]))
        np.testing.assert_array_equal(series.column(START, 3, 6), np.float32([500, 0, np.nan]))

    def test_times_decades_apart_are_refused_instead_of_filling_the_memory(self):
        with self.assertRaises(OverflowError):
            Series(1, 0).add(np.array([START, START + 20 * 366 * 86400]), np.array([1.0, 2]))

    def test_the_step_is_one_that_the_mixers_know(self):
        def step(native, wanted=None):
            return step_for(Request("x", step_seconds=wanted), native)

        self.assertEqual([step(s) for s in (1, 3, 6, 7, 8, 10, 30, 60)], [1, 6, 6, 8, 8, 30, 30, 30])
        self.assertEqual([step(1, 6), step(60, 30)], [6, 30])
        for native, wanted in ((6, 1), (1, 5), (300, None)):
            with self.assertRaises(BadInput):
                step(native, wanted)


class NamesTest(unittest.TestCase):
    def test_punctuation_brackets_and_numbers_do_not_matter(self):
        for label in ("Fridge-Freezer", "fridge_freezer", "Fridge & Freezer", "Fridge Freezer(2)", "fridge freezer 2"):
            self.assertEqual(appliance_of(label, COMMON), "Refrigerator", label)
        self.assertEqual(appliance_of("Tumble Dryer (Garage)", COMMON), "Dryer")
        self.assertEqual(appliance_of("Washer Dryer", COMMON), "WashingMachine")
        self.assertIsNone(appliance_of("Kettle/Toaster", COMMON))
        self.assertEqual(plain("Electric Heater (1)?"), "electric heater")

    def test_every_table_speaks_of_the_eleven_appliances(self):
        from training.loaders import eco, ideal, nilmtk_hdf5, refit, tracebase, ukdale
        for module in (eco, ideal, nilmtk_hdf5, refit, ukdale):
            for label, name in module.LABELS.items():
                self.assertIn(name, INDEX)
                self.assertEqual(appliance_of(label, module.LABELS), name, label)
        self.assertTrue(set(tracebase.LABELS.values()) <= set(INDEX))


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


class IdealTest(LoaderTest):
    def setUp(self):
        super().setUp()
        mains = [f"{utc(START + i)},{300 + i}" for i in range(60) if not 20 <= i < 40]
        self.write("household/sensordata/home62_hall705_sensor1662c1666_electric-mains_electric-combined.csv.gz", mains)
        plugs = "rooms/sensordata/home62_kitchen710_sensor"
        self.write(plugs + "1779_electric-appliance_kettle.csv.gz",
                   [f"{utc(START)},0", f"{utc(START + 4)},2400", f"{utc(START + 52)},1"])
        self.write(plugs + "1780_electric-appliance_other.csv.gz", [f"{utc(START)},12.5"])
        self.write(plugs + "1781_electric-appliance_toaster.csv.gz", [f"{utc(START)},1"])
        self.write("household/sensordata/home62_hall705_sensor1656_room_humidity.csv.gz", ["not power"])

    def metadata(self):
        self.write("metadata/sensor.csv", ["sensorid,sensorboxid,type,unit", "1780,44,power,W", "1779,43,power,W"])
        self.write("metadata/sensorbox.csv", ["sensorboxid,roomid,applianceid", "43,1,0", "44,1,900"])
        self.write("metadata/appliance.csv", ["applianceid,homeid,roomid,appliancetype", "900,62,1,dishwasher",
                                              "901,62,1,washingmachine", "902,62,1,gasoven", "903,63,1,tumbledrier"])

    def test_a_plug_holds_its_reading_and_the_mains_do_not(self):
        home, = self.load("ideal")
        self.assertEqual((home.name, home.times[0]), ("ideal_house062_1s", START))
        self.assert_watts(home.total[[0, 19, 29, 40]], [300, 319, 319, 340])
        self.assertTrue(np.isnan(home.total[30:40]).all())
        self.assert_watts(home.watts["ElectricKettle"][[3, 4, 51, 52, 59]], [0, 2400, 2400, 1, 1])
        self.assertEqual(list(home.watts), ["ElectricKettle"])
        self.assertEqual(home.absent, {"HeatPump": 1.0})

    def test_on_a_coarser_grid_a_reading_weighs_as_long_as_it_held(self):
        home, = self.load("ideal", step_seconds=6)
        self.assert_watts(home.watts["ElectricKettle"][:2], [800, 2400])

    def test_metadata_name_plugs_and_what_a_home_lacks(self):
        self.metadata()
        home, = self.load("ideal")
        self.assertEqual(list(home.watts), ["Dishwasher", "ElectricKettle"])
        self.assertEqual(set(home.absent), {"HeatPump", "Dryer", "ElectricOven"})

    def test_the_hour_that_the_set_calls_unreliable_is_missing(self):
        first = 1_523_955_000 - 5
        self.write("a/home63_hall1_sensor5c6_electric-mains_electric-combined.csv",
                   [f"{utc(first + i)},{i}" for i in range(3700)])
        home = self.load("ideal", houses=frozenset({63}))[0]
        self.assert_watts(home.total[:5], range(5))
        self.assertTrue(np.isnan(home.total[20:3605]).all())
        self.assert_watts(home.total[3605], 3605)

    def test_a_wrong_time_is_named(self):
        path = self.write("a/home64_hall1_sensor5c6_electric-mains_electric-combined.csv",
                          [f"{utc(START)},1", "2014-13-01 00:00:00,2"])
        self.assert_error(f"{path}:2: '2014-13-01 00:00:00' is no time", "ideal", houses=frozenset({64}))


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


class NilmtkTest(LoaderTest):
    def test_without_the_library_the_message_says_what_to_install(self):
        path = self.write("x.h5", ["nothing"])
        with mock.patch.dict("sys.modules", {"h5py": None}):
            self.assert_error("needs the Python package h5py", "nilmtk", path)

    @unittest.skipIf(h5py is None, "h5py is not installed")
    def test_meters_are_added_up_and_named_by_the_metadata(self):
        path = os.path.join(self.folder, "set.h5")
        device = {"m": {"sample_period": 6, "max_sample_period": 30.0}}
        site, plug = {"site_meter": True, "device_model": "m"}, {"submeter_of": 0, "device_model": "m"}
        self.hdf5(path, {"name": "My Set", "meter_devices": device}, {
            "elec_meters": {1: site, 2: site, 3: plug, 4: plug, 5: {**site, "disabled": True}, 6: plug},
            "appliances": [{"type": "fridge freezer", "meters": [3]}, {"type": "light", "meters": [4]},
                           {"type": "kettle", "meters": [6]}, {"type": "microwave", "meters": [6]}]})
        home, = self.load("nilmtk", path)
        self.assertEqual((home.name, home.step_seconds, home.times[0]), ("nilmtk_myset_house01_6s", 6, START))
        # Active before apparent, both site meters, the disabled one left out, ns and us alike.
        self.assert_watts(home.total, 1000 + 2000 + 2 * np.arange(20))
        self.assert_watts(home.watts["Refrigerator"], 3000 + np.arange(20))
        self.assertEqual(list(home.watts), ["Refrigerator"])
        self.assertIn("kettle, microwave", self.notes[0])

    @unittest.skipIf(h5py is None, "h5py is not installed")
    def test_attributes_that_would_run_code_are_refused(self):
        path = os.path.join(self.folder, "bad.h5")
        self.hdf5(path, argparse.Namespace(name="x"), {})
        self.assert_error("is not a plain value", "nilmtk", path)

    @staticmethod
    def hdf5(path, dataset, building):
        labels = [("power", "apparent"), ("power", "active"), ("voltage", "")]
        with h5py.File(path, "w") as file:
            file.attrs["metadata"] = np.bytes_(pickle.dumps(dataset, 0))
            file.create_group("building1").attrs["metadata"] = np.bytes_(pickle.dumps(building, 0))
            for meter in building.get("elec_meters", {}):
                rows = np.zeros(20, [("index", "<i8"), ("values_block_0", "<f4", (3,))])
                unit = ("ns", 10 ** 9) if meter % 2 else ("us", 10 ** 6)
                rows["index"] = (START + 6 * np.arange(20)) * unit[1]
                rows["values_block_0"] = np.stack([np.full(20, 9.0), 1000 * meter + np.arange(20), np.full(20, 230.0)], 1)
                table = file.create_dataset(f"building1/elec/meter{meter}/table", data=rows)
                table.attrs["values_block_0_kind"] = np.bytes_(pickle.dumps(labels, 0))
                table.attrs["index_kind"] = np.bytes_(b"datetime64" if unit[0] == "ns" else b"datetime64[us]")


class PrepareTest(LoaderTest):
    def prepare(self, form, path, **options):
        out = os.path.join(self.folder, "out")
        options = {"house": None, "step": None, "appliances": None, "validate": None, **options}
        with contextlib.redirect_stdout(io.StringIO()):
            return out, prepare.prepare(argparse.Namespace(format=form, input=path, out=out, **options))

    def csv_home(self, name, header, watts):
        rows = [f"{START + i},{total:.1f}" + "".join(f",{w:.0f}" for w in rest) for i, (total, *rest) in enumerate(zip(*watts))]
        return self.write(f"in/{name}.csv", [header, *rows])

    def test_prepared_homes_and_traces_are_what_training_reads(self):
        seconds = np.arange(9000)
        kettle = 2000.0 * (seconds % 3000 < 150)
        # The mixers want a trace of each appliance they have no made-up waveform for.
        others = [name for name in INDEX if name not in ("ElectricKettle", "Computer")]
        self.csv_home("labelled", ",".join(["timestamp,power_total,ElectricKettle", *others]),
                      [300 + kettle, kettle, *[1000.0 * (seconds > 4000)] * len(others)])
        self.csv_home("mains", "timestamp,power_total", [250 + 0.4 * (seconds % 2)])
        self.prepare("csv", os.path.join(self.folder, "in"))
        day = datetime.fromtimestamp(START, timezone.utc).date()
        for kind, plug in (("MacBookPro_13in", "MacBook_Pro"), ("Lamp", "dev_1")):
            rows = [f"{utc(START + i, '%d/%m/%Y %H:%M:%S')};{40 if i < 600 else 0};0" for i in range(1200)]
            self.write(f"traces/australia/{kind}/{plug}_{day:%Y.%m.%d}.csv", rows)
        out, _ = self.prepare("tracebase", os.path.join(self.folder, "traces"))
        sources = Sources(out)
        self.assertEqual([home.name for home in sources.homes], ["home_labelled_1s", "home_mains_1s"])
        labelled, mains = sources.homes
        self.assert_watts(labelled.total, 300 + kettle)
        self.assert_watts(mains.total, 250)
        self.assertEqual(labelled.times[0], START)
        self.assertEqual(labelled.absent, {})
        self.assertEqual(len(labelled.watts), 10)
        self.assertEqual(len(sources.traces[INDEX["ElectricKettle"]]), 1)
        self.assertEqual(len(sources.traces[INDEX["ElectricKettle"]][0].activations), 3)
        computer, = sources.traces[INDEX["Computer"]]
        self.assertEqual(computer.activations, ((START % 86_400, START % 86_400 + 600),))
        self.assertEqual(len(sources.backgrounds), 1)
        self.assertEqual(len(Sources(out, homes_only=True).homes), 2)
        for mixer in (Mixer(sources, 1), SlowMixer(sources, 1)):
            for _ in range(12):
                self.assertTrue(all(np.isfinite(part).all() for part in mixer.segment()))

    def test_validation_homes_never_reach_the_training_folder(self):
        for house in (1, 3):
            self.write(f"in/house_{house}/labels.dat", ["1 aggregate", "2 kettle"])
            for channel in (1, 2):
                self.write(f"in/house_{house}/channel_{channel}.dat", [f"{START + 6 * i} {2000 + i}" for i in range(50)])
        source = os.path.join(self.folder, "in")
        out, paths = self.prepare("ukdale", source)
        self.assertEqual([os.path.relpath(path, out) for path in paths],
                         ["nilm/train/ukdale_house1_6s.npz", "nilm/validate/ukdale_house3_6s.npz"])
        self.assertEqual(Sources(out).homes[0].absent, {"HeatPump": 1.0, "Dryer": 1.0, "ElectricOven": float(np.float32(.7))})
        _, paths = self.prepare("ukdale", source, house=frozenset({3}), validate=frozenset())
        self.assertIn("nilm/train", paths[0])
        with self.assertRaisesRegex(BadInput, "no such house"):
            self.prepare("ukdale", source, house=frozenset({9}))

    def test_what_is_no_power_of_a_home_is_missing(self):
        out = prepare.to_int16(np.float32([1.6, -3.2, np.nan, 40_000, -40_000]))
        self.assertEqual(out.tolist(), [2, -3, -32768, -32768, -32768])

    def test_a_home_too_short_to_serve_as_background_is_left_out(self):
        self.csv_home("short", "timestamp,power_total", [np.full(600, 200.0)])
        with self.assertRaisesRegex(BadInput, "nothing in it could be used"):
            self.prepare("csv", os.path.join(self.folder, "in"))

    def test_the_command_answers_bad_input_with_one_line(self):
        with mock.patch("sys.argv", ["prepare", "--format", "csv", "--input", "/nowhere.csv", "--out", self.folder]):
            with self.assertRaisesRegex(SystemExit, "^error: /nowhere.csv: does not exist$"):
                prepare.main()


if __name__ == "__main__":
    unittest.main()
