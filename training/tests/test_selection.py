import unittest
from types import SimpleNamespace
from unittest import mock

import numpy as np

from training.appliances import APPLIANCES, COUNT, HORIZONS, INDEX
from training.labels import on_state
from training.selection import (SHARPNESS, HomeCase, best_decision, calibrate, cautious, choose, estimate, power_share,
                                probability_of, select)
from training.sources import Home
from training.validation import Pair, Prediction

ROWS = 4000


def home_with(name, truth, step=8):
    home = Home("made up", step, truth + 100, {name: truth}, np.arange(truth.size) * step)
    home.state[name] = on_state(truth, step, APPLIANCES[INDEX[name]])
    return home


def pair_of(home, name, logits, on_power):
    prediction = Prediction(home)
    prediction.logits[:], prediction.on_power[:] = -8, 0
    prediction.logits[:, INDEX[name]], prediction.on_power[:, INDEX[name]] = logits, on_power
    return Pair(home, prediction, prediction)


def kettle_truth(runs=12):
    truth = np.zeros(ROWS, np.float32)
    for start in range(100, ROWS - 200, ROWS // runs):
        truth[start:start + 20] = 2400
    return truth


class ScoredCase:
    """A home in which a choice scores what `score(share, level)` says."""

    def __init__(self, score, share=0.5, minutes=lambda level: 0):
        self.score, self.share, self.minutes = score, share, minutes
        self.logits, self.known, self.state, self.on_rows = np.zeros(1), np.zeros(1, bool), np.zeros(1, bool), 1

    def scores(self, _, level):
        return np.full(len(SHARPNESS), self.score(self.share, level))

    def minutes_a_day(self, _, level):
        return self.minutes(level)


class Selection(unittest.TestCase):
    def test_claims_half_of_the_power_at_the_threshold_and_more_above(self):
        calibration = {"scale": 0.8, "bias": -0.4}
        logits = np.array([-3.0, 0.5, 4.0])
        level = float(probability_of(logits, calibration)[1])
        share = power_share(logits, calibration, level, 2.0)
        self.assertAlmostEqual(float(share[1]), 0.5)
        self.assertTrue(share[0] < 0.5 < share[2])

    def test_the_calibrated_probability_is_how_often_the_appliance_is_on(self):
        rng = np.random.default_rng(2)
        truth = kettle_truth()
        # Overconfident by a factor of three.
        logits = np.where(truth > 0, rng.normal(3, 3, ROWS), rng.normal(-3, 3, ROWS)) * 3
        case = HomeCase(pair_of(home_with("ElectricKettle", truth), "ElectricKettle", logits, 2400), "ElectricKettle", 1, 0.0)
        p = probability_of(case.logits, calibrate([case]))
        self.assertAlmostEqual(float(p.mean()), float(case.state.mean()), delta=0.03)

    def test_each_home_weighs_the_same_in_the_calibration_however_long_it_is(self):
        rng = np.random.default_rng(4)

        def case(on_share, repeats=1):
            state = rng.random(500) < on_share
            logits = np.tile(rng.normal(0, 1, 500), repeats)
            return SimpleNamespace(logits=logits, state=np.tile(state, repeats), known=np.ones(logits.size, bool))

        rare, often = case(.1), case(.6)
        long = SimpleNamespace(**{key: np.tile(column, 20) for key, column in vars(rare).items()})
        self.assertEqual(calibrate([long, often]), calibrate([rare, often]))
        self.assertNotEqual(calibrate([rare]), calibrate([rare, often]))

    def test_a_level_off_one_half_has_to_be_worth_it(self):
        for slope, level in ((0.07, 0.5), (0.13, 0.1)):
            _, decision = best_decision([ScoredCase(lambda _, level: slope * (0.5 - level))])
            self.assertAlmostEqual(decision["threshold"], level, delta=0.051)

    def test_a_share_off_one_half_has_to_be_worth_it(self):
        pair = pair_of(home_with("Refrigerator", kettle_truth()), "Refrigerator", np.zeros(ROWS), 100)
        for slope, share in ((0.07, 0.5), (0.13, 1.0)):
            def case(pair, name, horizon, share):
                return ScoredCase(lambda share, _: 0.5 + slope * (share - 0.5), share)

            with mock.patch("training.selection.HomeCase", case):
                self.assertEqual(choose([pair], "Refrigerator", "fine")["slowShare"], share)

    def test_a_cautious_level_is_harmless_in_the_worst_home(self):
        quiet, loud = ScoredCase(lambda *_: 0), ScoredCase(lambda *_: 0, minutes=lambda level: 60 if level < 0.9 else 0)
        for homes, level in (([quiet], 0.7), ([quiet, loud, quiet], 0.9)):
            self.assertEqual(cautious(lambda *_: homes, "fine")["final"]["threshold"], level)

    def test_runs_of_another_use_are_no_ground_to_choose_on(self):
        truth = kettle_truth(24) / 2
        logits = np.where(truth > 0, 3.0, -3.0)
        homes = [home_with("Microwave", truth) for _ in range(2)]
        homes[0].name, homes[1].name = "refit_head_house05_at_16s", "refit_head_house06_at_16s"
        without, other = (choose([pair_of(home, "Microwave", logits, 1200)], "Microwave", "fine") for home in homes)
        self.assertEqual(without, choose([], "Microwave", "fine"))
        self.assertNotEqual(other, without)

    def test_what_it_chooses_finds_the_runs_and_their_power(self):
        truth = kettle_truth()
        logits = np.where(truth > 0, 3.0, -3.0)
        pair = pair_of(home_with("ElectricKettle", truth), "ElectricKettle", logits, 2400)
        watts, on, _ = estimate(pair, select([pair]))
        i = INDEX["ElectricKettle"]
        self.assertTrue((on[i] == (truth > 0)).mean() > 0.99)
        self.assertAlmostEqual(float(watts[i].sum() / truth.sum()), 1, delta=0.15)

    def test_is_cautious_where_no_home_runs_the_appliance(self):
        nothing = np.zeros(ROWS, np.float32)
        logits = np.full(ROWS, -6.0)
        logits[:400] = 1.5
        pair = pair_of(home_with("Dryer", nothing), "Dryer", logits, 2500)
        blend = choose([pair], "Dryer", "fine")
        # The gate opens a little above the threshold.
        self.assertGreater(blend["final"]["threshold"] + 0.05, 1 / (1 + np.exp(-1.5)))
        self.assertEqual(set(blend), {"slowShare", *HORIZONS})

    def test_what_hardly_runs_keeps_an_earlier_choice_where_one_is_given(self):
        watts = np.zeros(ROWS, np.float32)
        watts[500:520] = 1200
        logits = np.where(watts > 0, 4.0, -6.0)
        earlier = {"slowShare": 0.25}
        for name, keeps in (("Microwave", True), ("Refrigerator", False)):
            pair = pair_of(home_with(name, watts), name, logits, 1200)
            self.assertEqual(choose([pair], name, "fine", kept=earlier) is earlier, keeps)

    def test_an_entry_says_of_which_meters_the_choice_is_an_earlier_one(self):
        watts = np.zeros(ROWS, np.float32)
        watts[500:520] = 1200
        pair = pair_of(home_with("Microwave", watts), "Microwave", np.where(watts > 0, 4.0, -6.0), 1200)
        again = [{"name": name, "blend": {"fine": {"slowShare": 0.25}}} for name in ("Microwave", "Refrigerator")]
        kept = {entry["name"]: entry.get("keptChoices") for entry in select([pair], earlier=again)}
        self.assertEqual((kept["Microwave"], kept["Refrigerator"], kept["Dryer"]), (["fine"], None, None))
        self.assertFalse(any("keptChoices" in entry for entry in select([pair])))

    def test_homes_without_a_heat_pump_count_although_none_is_metered(self):
        nothing = np.zeros(ROWS, np.float32)
        logits = np.full(ROWS, 2.0)
        pair = pair_of(home_with("Dryer", nothing), "HeatPump", logits, 2000)
        self.assertGreater(choose([pair], "HeatPump", "fine")["final"]["threshold"], 0.88)
        self.assertEqual(pair.fast.logits.shape[1], COUNT)

    def test_what_is_never_taken_for_a_heat_pump_may_be_one_from_a_low_level_on(self):
        nothing = np.zeros(ROWS, np.float32)
        logits = np.full(ROWS, -6.0)
        level = choose([pair_of(home_with("Dryer", nothing), "HeatPump", logits, 2000)], "HeatPump", "fine")["final"]["threshold"]
        self.assertEqual(level, 0.2)
        # Many minutes a day at p = .4.
        logits[:ROWS // 50] = -0.4
        level = choose([pair_of(home_with("Dryer", nothing), "HeatPump", logits, 2000)], "HeatPump", "fine")["final"]["threshold"]
        self.assertGreater(level + 0.05, 0.4)


if __name__ == "__main__":
    unittest.main()
