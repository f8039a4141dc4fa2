import unittest
from types import SimpleNamespace

try:
    import torch
except ImportError:
    raise unittest.SkipTest("PyTorch is not installed")

from training.appliances import COUNT, HORIZONS, INDEX
from training.model import SLOW, Wavenilm
from training.teachers import Teachers, distillation_loss_of
from training.train import teachers_of

KETTLE, FREEZER = INDEX["ElectricKettle"], INDEX["Freezer"]


class TeachersTest(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(1)
        self.first, self.second = Wavenilm(SLOW), Wavenilm(SLOW)
        self.features = torch.randn(2, SLOW.feature_count, 50)

    def test_each_appliance_is_taught_by_its_share_of_both(self):
        shares = [0.0] * COUNT
        shares[FREEZER], shares[KETTLE] = 1.0, 0.5
        taught = Teachers(self.first, self.second, shares)(self.features)
        with torch.no_grad():
            answers = zip(taught, self.first(self.features), self.second(self.features))
        for got, one, other in answers:
            self.assertFalse(got.requires_grad)
            torch.testing.assert_close(got[:, :, FREEZER], other[:, :, FREEZER])
            torch.testing.assert_close(got[:, :, KETTLE], (one[:, :, KETTLE] + other[:, :, KETTLE]) / 2)
            rest = [i for i in range(COUNT) if i not in (FREEZER, KETTLE)]
            torch.testing.assert_close(got[:, :, rest], one[:, :, rest])


class OptionTest(unittest.TestCase):
    def test_a_share_beyond_one_or_without_teachers_says_what_to_give(self):
        for given, said in ((["Freezer=2"], "from 0"), (["Freezer=1"], "say with --teachers")):
            with self.assertRaisesRegex(SystemExit, said):
                teachers_of(SimpleNamespace(teachers=None, second_teaches=given), SLOW, "cpu")
        self.assertIsNone(teachers_of(SimpleNamespace(teachers=None, second_teaches=[]), SLOW, "cpu"))


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
