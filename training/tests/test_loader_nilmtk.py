import argparse
import os
import pickle
import unittest
from unittest import mock

import numpy as np

from training.tests.loader_case import START, LoaderTest

try:
    import h5py
except ImportError:
    h5py = None


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


if __name__ == "__main__":
    unittest.main()
