import unittest

import numpy as np

from training.appliances import APPLIANCES, INDEX
from training.labels import on_state, runs
from training.metering import apparent
from training.synthetic_loads import (AMERICAN_BACKGROUND_MAKERS, AMERICAN_MAKERS, APPLIANCE_MAKERS, BACKGROUND_MAKERS,
                                      CYCLIC_MAKERS)

SIX_HOURS = 6 * 3600


class SyntheticLoads(unittest.TestCase):
    def setUp(self):
        self.rng = np.random.default_rng(7)

    def test_every_waveform_is_finite_and_never_feeds_in(self):
        makers = [*APPLIANCE_MAKERS.values(), *AMERICAN_MAKERS.values(), *BACKGROUND_MAKERS, *AMERICAN_BACKGROUND_MAKERS]
        waves = [maker(self.rng) for maker in makers for _ in range(20)]
        waves += [maker(self.rng, SIX_HOURS) for maker in CYCLIC_MAKERS.values() for _ in range(5)]
        for wave in waves:
            self.assertTrue(np.isfinite(wave).all())
            self.assertGreaterEqual(wave.min(), 0)

    def test_most_runs_count_as_one_run_of_their_appliance(self):
        for makers in (APPLIANCE_MAKERS, AMERICAN_MAKERS):
            for name, maker in makers.items():
                counts = []
                for _ in range(40):
                    wave = np.pad(maker(self.rng), 3600)
                    counts.append(len(runs(on_state(wave, 1, APPLIANCES[INDEX[name]]))[0]))
                self.assertGreaterEqual(np.mean(np.array(counts) == 1), 0.6, name)

    def test_a_dishwasher_on_120_v_draws_about_half(self):
        usual, american = (np.median([maker(self.rng).max() for _ in range(60)])
                           for maker in (APPLIANCE_MAKERS["Dishwasher"], AMERICAN_MAKERS["Dishwasher"]))
        self.assertTrue(0.35 < american / usual < 0.65, american / usual)

    def test_a_washing_machine_on_120_v_heats_no_water(self):
        self.assertLess(max(AMERICAN_MAKERS["WashingMachine"](self.rng).max() for _ in range(40)), 2200)

    def test_a_cold_store_fills_the_time_it_is_given_with_runs(self):
        for name in ("Refrigerator", "Freezer"):
            wave = CYCLIC_MAKERS[name](self.rng, SIX_HOURS)
            self.assertEqual(wave.size, SIX_HOURS)
            self.assertTrue(on_state(wave, 1, APPLIANCES[INDEX[name]]).any())

    def test_apparent_power_is_never_less_than_real_power(self):
        total = self.rng.uniform(50, 4000, 500).astype(np.float32)
        watts = np.zeros((len(APPLIANCES), 500), np.float32)
        watts[INDEX["ElectricKettle"]] = total / 2
        self.assertTrue((apparent(self.rng, total, watts) >= total).all())


if __name__ == "__main__":
    unittest.main()
