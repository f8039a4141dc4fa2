import unittest

import numpy as np

from training.features import features


class FeaturesTest(unittest.TestCase):
    def test_differences_before_the_start_are_zero(self):
        x = features(np.array([500.0] * 5 + [800.0] * 20), 1)
        self.assertTrue((x[2:4, :5] == 0).all())
        self.assertAlmostEqual(float(x[2, 5]), np.arcsinh(10) / 4, places=6)
        self.assertAlmostEqual(float(x[3, 14]), np.arcsinh(10) / 4, places=6)
        self.assertEqual(float(x[3, 15]), 0)

    def test_exported_power_keeps_its_sign(self):
        x = features(np.array([-1000.0, 1000.0]), 60)
        self.assertAlmostEqual(float(x[0, 0]), -float(x[0, 1]))
        self.assertAlmostEqual(float(x[4, 0]), np.log2(60) / 6, places=6)


if __name__ == "__main__":
    unittest.main()
