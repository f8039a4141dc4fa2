import unittest


import numpy as np

from training.tests.loader_case import START, LoaderTest, utc


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


if __name__ == "__main__":
    unittest.main()
