import unittest

try:
    import onnxruntime  # noqa: F401
    import torch  # noqa: F401
except ImportError:
    raise unittest.SkipTest("PyTorch or onnxruntime is not installed")

import xml.etree.ElementTree as xml

import numpy as np

from training import comparison
from training.appliances import INDEX
from training.examples import POINTS
from training.export import status
from training.false_claims import claim, in_home, summary
from training.plots import bars_plot, example_plot, reliability_plot
from training.predictor_names import MODEL, OLD_DESIGN, SEQ2POINT
from training.reliability import curve
from training.report_text import accuracy_text, chance_table, targets_table, weak_words
from training.sources import Home
from training.validation import Pair, Prediction


def row(home, meter, activations, **predictors):
    """A comparison row of 10 h; a predictor is (MAE, claimed s, hit s)."""
    return {"appliance": "ElectricKettle", "home": home, "meter": meter, "meterIntervalSeconds": 8 if meter == "fine" else 30,
            "hours": 10.0, "activations": activations, "onSeconds": 1000, "predictors": {
                name: {"maeWatts": mae, "f1": 0.5, "sae": None, "matchRate": 0.4, "claimedSeconds": claimed, "hitSeconds": hit}
                for name, (mae, claimed, hit) in predictors.items()}}


def predictors(model, other, old=None):
    plain = (20.0, 0, 0)
    out = {MODEL: model, SEQ2POINT: other, "edges": plain, "trainingMean": plain, "alwaysOff": plain}
    return out if old is None else {**out, OLD_DESIGN: old}


class PoolingTest(unittest.TestCase):
    def test_f1_is_of_summed_seconds_and_each_rival_is_answered_with_yes_or_no(self):
        rows = [row("a", "fine", 8, **predictors((10.0, 1000, 900), (11.0, 500, 500), (9.0, 0, 0))),
                row("b", "fine", 2, **predictors((14.0, 1000, 100), (15.0, 1500, 1000), (9.0, 0, 0)))]
        entry, = comparison.pooled(rows)
        self.assertEqual(entry["predictors"][MODEL], {"maeWatts": 12.0, "f1": 0.5})
        self.assertEqual(entry["predictors"][SEQ2POINT]["f1"], 0.75)
        self.assertEqual(entry["better"], {SEQ2POINT: {"mae": True, "f1": False}, OLD_DESIGN: {"mae": False, "f1": True}})

    def test_a_home_weighs_as_long_as_it_was_watched(self):
        rows = [row("a", "fine", 10, **predictors((10.0, 0, 0), (10.0, 0, 0))),
                row("b", "fine", 2, **predictors((20.0, 0, 0), (20.0, 0, 0)))]
        rows[1]["hours"] = 30.0
        entry, = comparison.pooled(rows)
        self.assertEqual(entry["predictors"][MODEL]["maeWatts"], 17.5)
        # What is equal is no better.
        self.assertEqual(entry["better"][SEQ2POINT], {"mae": False, "f1": False})

    def test_a_row_counts_seconds_where_the_plug_and_the_model_both_speak(self):
        truth = np.array([0, 2000, 2000, 2000, 0, 0, np.nan, 0], np.float32)
        home = Home("a", 10, np.full(8, 3000, np.float32), {"ElectricKettle": truth}, np.arange(8) * 10)
        silent = Prediction(home)
        silent.logits[:] = 0
        silent.logits[..., 3] = np.nan
        on = np.zeros((11, 8), bool)
        on[INDEX["ElectricKettle"], [2, 3, 4, 6]] = True
        entry, = comparison.home_rows([Pair(home, silent, silent)], {MODEL: [(on * np.float32(2000), on)]}, [])
        self.assertEqual((entry["onSeconds"], entry["activations"], entry["meter"]), (20, 1, "fine"))
        self.assertEqual((entry["predictors"][MODEL]["claimedSeconds"], entry["predictors"][MODEL]["hitSeconds"]), (20, 10))

    def test_runs_of_a_home_at_two_intervals_count_once(self):
        both = predictors((1.0, 1, 1), (1.0, 1, 1))
        self.assertEqual(comparison.pooled([row("a_at_30s", "coarse", 6, **both), row("a_at_60s", "coarse", 5, **both)]), [])
        entry, = comparison.pooled([row("a_at_30s", "coarse", 10, **both), row("a_at_60s", "coarse", 9, **both)])
        self.assertEqual((entry["activations"], entry["hours"], entry["homes"]), (10, 10.0, 1))

    def test_figures_of_an_earlier_report_are_taken_over_for_the_very_same_rows_alone(self):
        earlier = [row("a", "fine", 12, **predictors((9.0, 1, 1), (11.0, 500, 500), (12.0, 0, 0)))]
        rows = [row("a", "fine", 12, model=(10.0, 1000, 900))]
        comparison.take_over(rows, earlier, (SEQ2POINT, OLD_DESIGN))
        self.assertEqual({name: entry["maeWatts"] for name, entry in rows[0]["predictors"].items()},
                         {MODEL: 10.0, SEQ2POINT: 11.0, OLD_DESIGN: 12.0})
        rows[0]["activations"] = 13
        with self.assertRaisesRegex(SystemExit, "13 runs"):
            comparison.take_over(rows, earlier, (SEQ2POINT, OLD_DESIGN))

    def test_four_runs_do_not_become_twelve_by_slower_meters(self):
        def metrics(runs):
            return [{"home": home, "horizon": "final", "activations": runs, "f1": 0.9} for home in ("a", "a_at_32s", "a_at_64s")]

        self.assertEqual(status({"name": "Television", "metrics": metrics(4)}), "experimental")
        self.assertEqual(status({"name": "Television", "metrics": metrics(10)}), "measured")

    def test_an_untrained_rival_is_neither_beaten_nor_shown_with_figures(self):
        rows = [row("a", "fine", 12, **predictors((10.0, 1000, 900), (11.0, 500, 500)))]
        report = {"model": "1", "daysPerHome": None, "lookaheadSeconds": 240, "minutes": {"fast": 215.2, "slow": 133},
                  "windowTeachers": {"fast": {"Freezer": 1.0, "Refrigerator": 0.5}, "slow": {}}, "rows": rows,
                  "pooled": comparison.pooled(rows), "leftOut": {}, "reliability": [], "falseClaimSummary": [],
                  "baselines": {"seq2point": {"examples": 1, "minutes": 1},
                                "oldDesign": {"Freezer": {"examples": 1, "minutes": 1}}}}
        self.assertNotIn(OLD_DESIGN, report["pooled"][0]["better"])
        text = accuracy_text(report)
        self.assertIn("| untrained |", text)
        self.assertIn("had 215 and 133 minutes", text)
        self.assertIn("the fast network learned Freezer (100%) and Refrigerator (50%) from answers of networks of the replaced design", text)
        self.assertIn("a teacher, the networks that the decisions were made for had one of Freezer and Refrigerator", text)
        self.assertEqual(weak_words(report),
                         ["**ElectricKettle** with meters of 6-8 s: one home, 10 hours, on which its thresholds were chosen."])
        self.assertNotIn("drawings", text)

    def test_what_the_edges_do_as_well_and_how_far_a_probability_is_off_is_said_to_be_weak(self):
        rows = [row(home, "fine", 12, **{**predictors((10.0, 1000, 900), (11.0, 500, 500)), "edges": (9.0, 1000, 800)})
                for home in ("a", "b")]
        curves = [{"appliance": name, "meter": "fine", "expectedCalibrationError": error}
                  for name, error in (("ElectricKettle", 0.049), ("Freezer", 0.07))]
        self.assertEqual(weak_words({"pooled": comparison.pooled(rows), "reliability": curves, "falseClaimSummary": []}),
                         ["**ElectricKettle** with meters of 6-8 s: no better than edges in MAE.",
                          "**Freezer** with meters of 6-8 s: its probability is 0.07 off on average."])

    def test_only_what_is_worse_in_nearly_every_drawing_is_marked(self):
        entry = {"appliance": "Freezer", "meter": "fine", "blocks": 9,
                 "chance": {SEQ2POINT: {"mae": [-3.0, -1.0], "f1": [-0.3, -0.1], "score": [-0.1, 0.1]},
                            OLD_DESIGN: {"mae": [0.5, 2.0], "f1": [-0.1, 0.2], "score": [0.1, 0.3]}}}
        self.assertEqual(chance_table({"pooled": [entry]})[-2],
                         "| Freezer | 6-8 s | 9 | -3.0 to -1.0 | **-0.30 to -0.10** | -0.10 to +0.10 "
                         "| **+0.5 to +2.0** | -0.10 to +0.20 | +0.10 to +0.30 |")
        self.assertIn("In bold", " ".join(chance_table({"pooled": [entry]})))
        self.assertNotIn("In bold", " ".join(chance_table({"pooled": [{**entry, "chance": {}}]})))

    def test_how_far_a_target_is_missed_is_said_of_what_has_runs_enough(self):
        def pooled(f1):
            return {"pooled": [{"appliance": "Freezer", "meter": "fine", "predictors": {MODEL: {"f1": f1}}}]}

        for f1, words in ((.5, "0.25 short"), (.75, "met")):
            self.assertIn(f"| Freezer | 6-8 s | 0.75 | {f1:.2f} | {words} |", targets_table(pooled(f1)))
        self.assertIn("| Dryer | 6-8 s | 0.88 | - | too few runs to say |", targets_table(pooled(.5)))


class ReliabilityTest(unittest.TestCase):
    def test_each_home_weighs_the_same_however_long_it_is(self):
        long, short = np.full(10_000, 0.75), np.full(10, 0.75)
        found = curve([(long, np.ones(10_000, bool)), (short, np.zeros(10, bool))])
        self.assertEqual(found["bins"], [{"probability": 0.75, "observed": 0.5, "weight": 1.0}])
        self.assertEqual(found["expectedCalibrationError"], 0.25)

    def test_a_probability_of_one_is_in_the_last_bin(self):
        self.assertEqual(curve([(np.ones(4), np.ones(4, bool))])["expectedCalibrationError"], 0)


class FalseClaimTest(unittest.TestCase):
    def test_energy_share_and_minutes_are_of_the_rows_the_meter_reported(self):
        total = np.full(1440, 1000.0, np.float32)
        home, known = Home("a", 60, total, {}, np.arange(1440) * 60), np.ones(1440, bool)
        known[720:] = False
        watts, on = np.zeros((11, 1440), np.float32), np.zeros((11, 1440), bool)
        watts[0, 700:740], on[0, 700:740] = 720, True
        found = claim("HeatPump", home, watts, on, known, "absent", of="validation")
        self.assertEqual((found["energyShare"], found["minutesPerDay"], found["withinTarget"]), (0.02, 40.0, False))
        self.assertEqual(summary([found])[0]["worstHome"], "a")

    def test_what_is_said_to_be_absent_and_is_metered_after_all_is_not_absent(self):
        rows = 1440
        ran, idle = np.zeros(rows, np.float32), np.zeros(rows, np.float32)
        ran[100:160] = 2000
        home = Home("a", 60, np.full(rows, 3000.0, np.float32), {"Dryer": ran, "Dishwasher": idle}, np.arange(rows) * 60)
        home.state = {name: watts > 0 for name, watts in home.watts.items()}
        said = Prediction(home)
        said.logits[:] = 0
        claims = in_home(Pair(home, said, said), (np.zeros((11, rows)), np.zeros((11, rows), bool)),
                         {"HeatPump", "Dryer", "Dishwasher"}, "validation")
        self.assertEqual([(c["appliance"], c["why"]) for c in claims], [("HeatPump", "absent"), ("Dishwasher", "never ran")])

    def test_a_home_has_to_keep_both_limits(self):
        home, known = Home("a", 60, np.full(1440, 1000.0, np.float32), {}, np.arange(1440) * 60), np.ones(1440, bool)
        for minutes, power, within in ((4, 100, True), (6, 100, False), (4, 9000, False)):
            watts = np.zeros((11, 1440), np.float32)
            watts[0, :minutes] = power
            self.assertEqual(claim("HeatPump", home, watts, watts > 0, known, "absent", of="validation")["withinTarget"], within)


class PlotTest(unittest.TestCase):
    def test_plots_are_well_formed_and_the_same_every_time(self):
        curves = [{"appliance": "Microwave", "meter": "fine", "homes": 1, **curve([(np.linspace(0, 1, 50), np.arange(50) > 20)])}]
        rows = [row("a & b", "fine", 8, **predictors((10.0, 1000, 900), (110.0, 500, 500)))]
        panels = [("Best <F1>", *(np.linspace(0, n, POINTS) for n in (3000, 2000, 1000)))] * 2
        for make in (lambda: reliability_plot(curves), lambda: bars_plot(rows, {"ElectricKettle"}),
                     lambda: example_plot("ElectricKettle", panels)):
            text = make().content()
            self.assertEqual(text, make().content())
            self.assertIn("path", {node.tag.split("}")[1] for node in xml.fromstring(text).iter()})


if __name__ == "__main__":
    unittest.main()
