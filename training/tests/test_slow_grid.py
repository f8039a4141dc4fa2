import unittest

import numpy as np

from training.appliances import INDEX
from training.slow_features import SLOW_FEATURE_COUNT, slow_features
from training.slow_grid import PIECES, to_pieces
from training.slow_metering import SEGMENT_BLOCKS, through_meter
from training.slow_mixing import Scene, SlowMixer


class PiecesTest(unittest.TestCase):
    def test_energy_stays_the_same_at_every_meter_interval(self):
        rng = np.random.default_rng(1)
        for step in (1, 2, 3, 6, 8, 30, 60):
            rows = rng.uniform(0, 3000, 240 // step * 4)
            pieces = to_pieces(rows, step)
            self.assertAlmostEqual(float(pieces.sum()) * 6, float(rows[:pieces.size * 6 // step].sum()) * step, delta=1)

    def test_eight_second_rows_are_split_where_a_piece_ends(self):
        np.testing.assert_allclose(to_pieces([100, 200, 300], 8), [100, (2 * 100 + 4 * 200) / 6, (4 * 200 + 2 * 300) / 6, 300], rtol=1e-6)


class FeaturesTest(unittest.TestCase):
    def test_a_step_shows_in_mean_extremes_and_differences(self):
        pieces = np.full(3 * PIECES, 100.0)
        pieces[PIECES + 2:] = 2100
        x = slow_features(pieces, 1)
        self.assertEqual(x.shape, (SLOW_FEATURE_COUNT, 3))
        np.testing.assert_allclose(x[1], [100 / 4000, (2 * 100 + 3 * 2100) / 5 / 4000, 2100 / 4000], rtol=1e-5)
        np.testing.assert_allclose(x[5], np.arcsinh(np.array([0, 2000, 0]) / 60) / 4, rtol=1e-5)
        np.testing.assert_allclose(x[6], 0)


class SlowMeterTest(unittest.TestCase):
    def test_a_slow_meter_keeps_a_run_in_its_labels(self):
        mixer = SlowMixer.__new__(SlowMixer)
        mixer.rng = np.random.default_rng(4)
        kettle = INDEX["ElectricKettle"]
        for interval in (0, 5, 10):
            scene = Scene()
            scene.watts[kettle, 2000:2020] = 2400
            scene.state[:] = scene.watts > 1000
            scene.weight[:] = 1
            scene.total = scene.watts.sum(0) + 200
            scene.interval = interval
            x, watts, state, weight, power = through_meter(mixer.rng, scene, mixer.solar)
            self.assertEqual(x.shape, (SLOW_FEATURE_COUNT, SEGMENT_BLOCKS))
            self.assertTrue(set(np.unique(state)) <= {0.0, 1.0})
            self.assertGreaterEqual(int(state[kettle].sum()), 4)


if __name__ == "__main__":
    unittest.main()
