import types
import unittest

import numpy as np

from training.appliance_variety import vary_appliances
from training.appliances import COUNT, INDEX

ROWS, VARIED_ROWS, OWN_WATTS = 500, 400, 77
BASE_WATTS = 300


def home_with(name):
    """A home that meters one appliance, always on, and a base load."""
    scene = types.SimpleNamespace(watts=np.zeros((COUNT, ROWS), np.float32), state=np.zeros((COUNT, ROWS), bool),
                                  weight=np.zeros((COUNT, ROWS), np.float32))
    scene.watts[INDEX[name]], scene.state[INDEX[name]], scene.weight[INDEX[name]] = OWN_WATTS, True, 1
    scene.total = BASE_WATTS + scene.watts.sum(0)
    return scene


def another(name):
    """A run of 100 W in every other row."""
    watts = np.where(np.arange(ROWS) % 2, np.float32(100), np.float32(0))
    return watts, watts > 0


class VaryAppliancesTest(unittest.TestCase):
    def varied(self, name):
        """What the appliance draws in the rows that may be varied, in twenty homes; all else is checked here."""
        rng, out = np.random.default_rng(4), []
        for _ in range(20):
            scene = home_with(name)
            vary_appliances(rng, scene, VARIED_ROWS, another)
            np.testing.assert_allclose(scene.total - scene.watts.sum(0), BASE_WATTS, rtol=1e-5)
            np.testing.assert_array_equal(scene.watts[INDEX[name], VARIED_ROWS:], OWN_WATTS)
            self.assertEqual(np.delete(scene.watts, INDEX[name], 0).sum(), 0)
            out.append((scene.watts[INDEX[name], :VARIED_ROWS], scene.state[INDEX[name], :VARIED_ROWS]))
        return out

    def test_another_takes_the_place_of_a_refrigerator_or_a_washing_machine_in_some_homes(self):
        for name in ("Refrigerator", "WashingMachine"):
            exchanged = [not state.all() for _, state in self.varied(name)]
            self.assertTrue(any(exchanged) and not all(exchanged), name)
            for watts, state in self.varied(name):
                if not state.all():
                    np.testing.assert_array_equal(watts, another(name)[0][:VARIED_ROWS])

    def test_a_kettle_stays_and_draws_more_or_less_in_some_homes(self):
        runs = self.varied("ElectricKettle")
        self.assertTrue(all(state.all() and np.ptp(watts) == 0 for watts, state in runs))
        levels = {float(watts[0]) for watts, _ in runs}
        self.assertTrue(OWN_WATTS in levels and len(levels) > 3)

    def test_a_plug_that_is_ahead_of_the_mains_leaves_no_negative_power(self):
        rng, lowest = np.random.default_rng(4), []
        for _ in range(20):
            scene = home_with("Refrigerator")
            scene.total[:VARIED_ROWS] = 10
            vary_appliances(rng, scene, VARIED_ROWS, another)
            lowest.append(scene.total.min())
        self.assertEqual(min(lowest), 0)


if __name__ == "__main__":
    unittest.main()
