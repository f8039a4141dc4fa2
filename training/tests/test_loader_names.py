import unittest

from training.appliances import INDEX
from training.loaders.names import COMMON, appliance_of, plain


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


if __name__ == "__main__":
    unittest.main()
