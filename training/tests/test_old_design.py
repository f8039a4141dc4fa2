import unittest

try:
    import torch
except ImportError:
    raise unittest.SkipTest("PyTorch is not installed")

import numpy as np

from training.appliances import INDEX, LOOKAHEAD_SECONDS
from training.export_old_design import BLOCKS, WINDOW_SECONDS
from training.features import plain_features
from training.old_design import STRIDE_SECONDS, OldDesign, inputs_of, loss_of, outputs_over


class OldDesignTest(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(0)
        self.network = OldDesign(INDEX["ElectricKettle"]).eval()

    def test_each_published_second_is_what_the_window_around_it_says_of_it(self):
        power = np.random.default_rng(1).uniform(50, 3000, 5 * WINDOW_SECONDS).astype(np.float32)
        logits, watts = outputs_over(self.network, power, 1)
        self.assertEqual(logits.shape, power.shape)
        end = 20 * STRIDE_SECONDS
        window = inputs_of(plain_features(power[:end], 1)[None, :, -WINDOW_SECONDS:], power[None, end - WINDOW_SECONDS:end])
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            expected = [x[0].numpy() for x in self.network(torch.from_numpy(window))]
        speaks_of = slice(end - STRIDE_SECONDS - LOOKAHEAD_SECONDS, end - LOOKAHEAD_SECONDS)
        for values, whole in zip((logits, watts), expected):
            np.testing.assert_allclose(values[speaks_of], whole[-STRIDE_SECONDS:], rtol=0.03, atol=0.03)

    def test_every_published_output_has_the_whole_receptive_field_behind_it(self):
        self.assertGreaterEqual(WINDOW_SECONDS - STRIDE_SECONDS, 2 * sum(2 ** i for i in range(BLOCKS)) + 1)

    def test_what_is_not_labelled_does_not_change_the_loss(self):
        rng = np.random.default_rng(2)
        inputs = torch.from_numpy(rng.normal(0, .3, (2, 7, WINDOW_SECONDS)).astype(np.float32))
        weight = torch.ones(2, WINDOW_SECONDS)
        weight[:, 700:800] = 0

        @torch.no_grad()
        def loss(watts):
            return float(loss_of(self.network, inputs, watts, (watts > 0).float(), weight))

        nothing, unlabelled, labelled = (torch.zeros(2, WINDOW_SECONDS) for _ in range(3))
        unlabelled[:, 700:800] = labelled[:, 800:900] = 2000
        self.assertEqual(loss(unlabelled), loss(nothing))
        self.assertGreater(loss(labelled), loss(nothing))


if __name__ == "__main__":
    unittest.main()
