import unittest

try:
    import torch
except ImportError:
    raise unittest.SkipTest("PyTorch is not installed")

from training.appliances import COUNT, INDEX
from training.losses import loss_of
from training.train import by_appliance

STEPS = 400


class LossTest(unittest.TestCase):
    def gradients(self, emphasis):
        """Gradient of the loss with regard to each appliance's on-logits, all of which are wrong alike."""
        logits = torch.zeros(1, 2, COUNT, STEPS, requires_grad=True)
        watts = torch.full((1, COUNT, STEPS), 100.0)
        loss, _ = loss_of(logits, torch.full((1, 2, COUNT, STEPS), 50.0), watts, torch.ones_like(watts), torch.ones_like(watts),
                          watts.sum(1), 40, emphasis)
        loss.backward()
        return logits.grad.abs().sum((0, 1, 3))

    def test_emphasis_makes_one_appliance_count_more_than_the_others(self):
        freezer, kettle = INDEX["Freezer"], INDEX["ElectricKettle"]
        plain, emphasised = (self.gradients(by_appliance("--emphasis", given, 1)) for given in ([], ["Freezer=4"]))
        self.assertAlmostEqual(float(emphasised[freezer] / emphasised[kettle]), 4 * float(plain[freezer] / plain[kettle]), places=4)

    def test_emphasis_of_an_unknown_appliance_or_without_a_factor_says_what_to_write(self):
        with self.assertRaisesRegex(SystemExit, "no appliance is called Fridge. They are HeatPump"):
            by_appliance("--emphasis", ["Fridge=3"], 1)
        with self.assertRaisesRegex(SystemExit, "such as Freezer=2"):
            by_appliance("--emphasis", ["Freezer"], 1)


if __name__ == "__main__":
    unittest.main()
