import unittest

try:
    import torch
except ImportError:
    raise unittest.SkipTest("PyTorch is not installed")

from training.appliances import APPLIANCES, COUNT, INDEX
from training.model import BRANCHES, Wavenilm
from training.refit import refit

ROWS = 4000


class RefitTest(unittest.TestCase):
    def test_only_the_named_appliance_changes_and_it_follows_what_tells(self):
        torch.manual_seed(0)
        network = Wavenilm(BRANCHES["slow"], 8, head_channels=6)
        before = network.out.weight.detach().clone().view(2, 2, COUNT, -1)
        freezer = INDEX["Freezer"]
        hidden = torch.rand(2, ROWS, 6)
        state = torch.zeros(COUNT, ROWS)
        state[freezer] = (hidden[1, :, 2] > 0.5).float()
        watts = state * 1.5 * APPLIANCES[freezer].scale_watts
        refit(network, ["Freezer"], hidden, watts, state, torch.ones(COUNT, ROWS))
        after = network.out.weight.detach().view(2, 2, COUNT, -1)
        others = [i for i in range(COUNT) if i != freezer]
        self.assertTrue(torch.equal(after[:, :, others], before[:, :, others]))
        row = after[1, 0, freezer]
        self.assertEqual(int(row.abs().argmax()), 2)
        self.assertGreater(float(row[2]), float(before[1, 0, freezer, 2]))


if __name__ == "__main__":
    unittest.main()
