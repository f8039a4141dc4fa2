import os
import tempfile
import unittest
from types import SimpleNamespace

try:
    import torch
except ImportError:
    raise unittest.SkipTest("PyTorch is not installed")

from training import checkpoint
from training.appliances import COUNT, HORIZONS, INDEX
from training.model import FAST, SLOW, Wavenilm
from training.old_design import OldDesign
from training.teachers import FINAL, PROVISIONAL, Teachers, distillation_loss_of
from training.train import teachers_of, window_teacher
from training.window_teachers import ReplacedDesignTeacher

KETTLE, FREEZER = INDEX["ElectricKettle"], INDEX["Freezer"]


class TeachersTest(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(1)
        self.first, self.second = Wavenilm(SLOW), Wavenilm(SLOW)
        self.features = torch.randn(2, SLOW.feature_count, 50)

    def test_each_appliance_is_taught_by_its_share_of_both(self):
        shares = [0.0] * COUNT
        shares[FREEZER], shares[KETTLE] = 1.0, 0.5
        taught = Teachers(self.first, self.second, shares)(self.features, torch.zeros(2, 50))
        with torch.no_grad():
            answers = zip(taught, self.first(self.features), self.second(self.features))
        for got, one, other in answers:
            self.assertFalse(got.requires_grad)
            torch.testing.assert_close(got[:, :, FREEZER], other[:, :, FREEZER])
            torch.testing.assert_close(got[:, :, KETTLE], (one[:, :, KETTLE] + other[:, :, KETTLE]) / 2)
            rest = [i for i in range(COUNT) if i not in (FREEZER, KETTLE)]
            torch.testing.assert_close(got[:, :, rest], one[:, :, rest])


class WindowTeachersTest(unittest.TestCase):
    """Teachers that speak of one appliance and some outputs."""

    def setUp(self):
        torch.manual_seed(2)
        self.first = Wavenilm(SLOW).eval()
        self.features, self.total = torch.randn(2, SLOW.feature_count, 50), torch.zeros(2, 50)
        with torch.no_grad():
            self.own = self.first(self.features)

    def teacher(self, logits, on_power, first=20, outputs=25):
        return lambda features, total: (first, torch.full((2, outputs), logits), on_power and torch.full((2, outputs), on_power))

    def test_its_appliance_is_taught_where_it_speaks_and_the_rest_stays(self):
        taught = Teachers(self.first, windowed={FREEZER: [self.teacher(2.0, 90.0)]})(self.features, self.total)
        rest = [i for i in range(COUNT) if i != FREEZER]
        for got, own, said in zip(taught, self.own, (2.0, 90.0)):
            torch.testing.assert_close(got[:, :, rest], own[:, :, rest])
            # What both say of the same moment: the final answer comes the lookahead later.
            for horizon, shift in ((FINAL, 0), (PROVISIONAL, SLOW.lookahead_steps)):
                values, before = got[:, horizon, FREEZER], own[:, horizon, FREEZER]
                self.assertTrue((values[:, 20 - shift:45 - shift] == said).all())
                torch.testing.assert_close(values[:, :20 - shift], before[:, :20 - shift])
                torch.testing.assert_close(values[:, 45 - shift:], before[:, 45 - shift:])

    def test_of_several_the_mean_teaches_and_by_its_share(self):
        shares = [1.0] * COUNT
        shares[FREEZER] = 0.25
        teachers = {FREEZER: [self.teacher(2.0, 90.0), self.teacher(-6.0, 110.0)]}
        taught = Teachers(self.first, windowed=teachers, window_shares=shares)(self.features, self.total)
        for got, own, mean in zip(taught, self.own, (-2.0, 100.0)):
            expected = 0.75 * own[:, FINAL, FREEZER, 20:45] + 0.25 * mean
            torch.testing.assert_close(got[:, FINAL, FREEZER, 20:45], expected)

    def test_one_that_knows_no_on_power_leaves_it_to_the_others(self):
        logits, on_power = Teachers(self.first, windowed={FREEZER: [self.teacher(2.0, None)]})(self.features, self.total)
        self.assertTrue((logits[:, FINAL, FREEZER, 20:45] == 2).all())
        torch.testing.assert_close(on_power, self.own[1])

    def test_what_they_taught_is_told_where_they_have_a_share(self):
        shares = [0.0] * COUNT
        shares[FREEZER] = 0.25
        windowed = {index: [self.teacher(1.0, 1.0)] for index in (KETTLE, FREEZER)}
        teachers = Teachers(self.first, windowed=windowed, window_shares=shares)
        self.assertEqual(teachers.shares_of_windows(), {"Freezer": 0.25})


class OptionTest(unittest.TestCase):
    def test_what_cannot_teach_says_what_to_give(self):
        for given, said in (({"second_teaches": ["Freezer=2"]}, "from 0"), ({"second_teaches": ["Freezer=1"]}, "Say with --teachers"),
                            ({"window_teachers": ["Freezer=a.pt"]}, "Say with --teachers"), ({"windows_teach": ["Freezer=-1"]}, "from 0"),
                            ({"teachers": ["a.pt"], "second_teaches": ["Freezer=1"]}, "give one checkpoint"),
                            ({"teachers": ["a.pt", "b.pt", "c.pt"]}, "give one checkpoint"),
                            ({"teachers": ["a.pt", "b.pt"]}, "give one checkpoint"),
                            ({"teachers": ["a.pt"], "windows_teach": ["Freezer=1"]}, "say with --window-teachers Freezer=CHECKPOINT"),
                            ({"teachers": ["a.pt"], "window_teachers": ["Fridge=b.pt"]}, "no appliance is called Fridge")):
            with self.assertRaisesRegex(SystemExit, said):
                teachers_of(self.options(**given), SLOW, "cpu")
        self.assertIsNone(teachers_of(self.options(), SLOW, "cpu"))

    def test_a_network_that_the_branch_cannot_learn_from_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "freezer.pt")
            checkpoint.save(path, {"average": OldDesign(FREEZER).state_dict()})
            with self.assertRaisesRegex(SystemExit, f"{path} is not seq2point, which teaches the slow network"):
                window_teacher(SLOW, FREEZER, path, "cpu")
            self.assertIsInstance(window_teacher(FAST, FREEZER, path, "cpu"), ReplacedDesignTeacher)

    def options(self, **given):
        return SimpleNamespace(**{"teachers": None, "second_teaches": [], "window_teachers": [], "windows_teach": [], **given})


class DistillationTest(unittest.TestCase):
    def answers(self, logit, watts):
        return tuple(torch.full((1, len(HORIZONS), COUNT, 10), x, requires_grad=True) for x in (logit, watts))

    def test_the_same_answer_costs_nothing_and_another_pulls_towards_the_teacher(self):
        taught = tuple(x.detach() for x in self.answers(1.5, 80.0))
        same, _ = distillation_loss_of(*self.answers(1.5, 80.0), taught)
        self.assertAlmostEqual(float(same.detach()), 0, places=6)
        logits, watts = self.answers(0.0, 50.0)
        loss, parts = distillation_loss_of(logits, watts, taught)
        loss.backward()
        self.assertGreater(float(loss.detach()), 0)
        self.assertTrue(all(part > 0 for part in parts.values()))
        self.assertTrue((logits.grad < 0).all() and (watts.grad < 0).all())

    def test_on_power_hardly_counts_where_the_teacher_takes_it_to_be_off(self):
        gradients = []
        for logit in (-6.0, 2.0):
            taught = tuple(x.detach() for x in self.answers(logit, 80.0))
            logits, watts = self.answers(logit, 50.0)
            distillation_loss_of(logits, watts, taught)[0].backward()
            gradients.append(float(watts.grad.abs().sum()))
        self.assertLess(gradients[0], 0.01 * gradients[1])


if __name__ == "__main__":
    unittest.main()
