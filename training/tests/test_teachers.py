import unittest
from types import SimpleNamespace

try:
    import torch
except ImportError:
    raise unittest.SkipTest("PyTorch is not installed")

import numpy as np

from training.appliances import COUNT, HORIZONS, INDEX, LOOKAHEAD_SECONDS
from training.export_old_design import WINDOW_SECONDS
from training.features import features
from training.mixing import SEGMENT_SECONDS
from training.model import FAST, SLOW, Wavenilm
from training.old_design import FIRST_TRAINED_SECOND, OldDesign, inputs_of
from training.teachers import FINAL, PROVISIONAL, Teachers, distillation_loss_of, window_answers
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
    """A network of windows of 1536 s teaches segments of 3072 s."""

    def setUp(self):
        torch.manual_seed(2)
        self.student, self.windowed = Wavenilm(FAST), OldDesign(FREEZER)
        self.power = np.random.default_rng(3).uniform(50, 500, (2, SEGMENT_SECONDS)).astype(np.float32)
        self.features = torch.from_numpy(np.stack([features(power, 1) for power in self.power]))

    def test_it_answers_for_its_appliance_as_its_windows_do_and_the_rest_stays(self):
        total = torch.from_numpy(self.power)
        taught = Teachers(self.student, windowed={FREEZER: [self.windowed]})(self.features, total)
        rest = [i for i in range(COUNT) if i != FREEZER]
        last = slice(SEGMENT_SECONDS - WINDOW_SECONDS, SEGMENT_SECONDS)
        with torch.no_grad():
            own = self.student(self.features)
            first_window, last_window = (
                self.windowed(torch.from_numpy(inputs_of(self.features[:, :5, of].numpy(), self.power[:, of])))
                for of in (slice(0, WINDOW_SECONDS), last))
        for got, student, at_first, at_last in zip(taught, own, first_window, last_window):
            torch.testing.assert_close(got[:, :, rest], student[:, :, rest])
            final, provisional = got[:, FINAL, FREEZER], got[:, PROVISIONAL, FREEZER]
            torch.testing.assert_close(final[:, :FIRST_TRAINED_SECOND], student[:, FINAL, FREEZER, :FIRST_TRAINED_SECOND])
            torch.testing.assert_close(final[:, FIRST_TRAINED_SECOND:WINDOW_SECONDS], at_first[:, FIRST_TRAINED_SECOND:])
            torch.testing.assert_close(final[:, -FIRST_TRAINED_SECOND:], at_last[:, -FIRST_TRAINED_SECOND:])
            # What both say of the same second: the final answer comes later.
            torch.testing.assert_close(provisional[:, 1000:2000], final[:, 1000 + LOOKAHEAD_SECONDS:2000 + LOOKAHEAD_SECONDS])
            torch.testing.assert_close(provisional[:, -LOOKAHEAD_SECONDS:], student[:, PROVISIONAL, FREEZER, -LOOKAHEAD_SECONDS:])

    def test_of_several_networks_the_mean_teaches_and_by_its_share(self):
        other, total = OldDesign(FREEZER), torch.from_numpy(self.power)
        shares = [1.0] * COUNT
        shares[FREEZER] = 0.25
        with torch.no_grad():
            own = self.student(self.features)
            both = [window_answers(network, self.features, total) for network in (self.windowed, other)]
        taught = Teachers(self.student, windowed={FREEZER: [self.windowed, other]}, window_shares=shares)(self.features, total)
        for got, student, one, two in zip(taught, own, *both):
            expected = 0.75 * student[:, FINAL, FREEZER, FIRST_TRAINED_SECOND:] + 0.125 * (one + two)
            torch.testing.assert_close(got[:, FINAL, FREEZER, FIRST_TRAINED_SECOND:], expected)

    def test_a_segment_that_windows_do_not_cover_is_refused(self):
        with self.assertRaisesRegex(ValueError, "2000 s"):
            window_answers(self.windowed, self.features[..., :2000], torch.zeros(2, 2000))


class OptionTest(unittest.TestCase):
    def test_what_cannot_teach_says_what_to_give(self):
        for given, said in (({"second_teaches": ["Freezer=2"]}, "from 0"), ({"second_teaches": ["Freezer=1"]}, "Say with --teachers"),
                            ({"window_teachers": ["Freezer=a.pt"]}, "Say with --teachers"), ({"windows_teach": ["Freezer=-1"]}, "from 0"),
                            ({"teachers": ["a.pt"], "second_teaches": ["Freezer=1"]}, "give one checkpoint"),
                            ({"teachers": ["a.pt", "b.pt", "c.pt"]}, "give one checkpoint"),
                            ({"teachers": ["a.pt"], "window_teachers": ["Freezer=b.pt"]}, "fast network only"),
                            ({"teachers": ["a.pt"], "window_teachers": ["Fridge=b.pt"]}, "no appliance is called Fridge")):
            with self.assertRaisesRegex(SystemExit, said):
                teachers_of(self.options(**given), SLOW, "cpu")
        self.assertIsNone(teachers_of(self.options(), SLOW, "cpu"))

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
