import unittest

try:
    import torch
except ImportError:
    raise unittest.SkipTest("PyTorch is not installed")

import numpy as np

from training.appliances import APPLIANCES, INDEX
from training.export_old_design import WINDOW_SECONDS
from training.features import features
from training.mixing import SEGMENT_SECONDS
from training.model import SLOW
from training.old_design import FIRST_TRAINED_SECOND, OldDesign, inputs_of
from training.seq2point import WINDOW, Seq2Point, predict
from training.slow_grid import BLOCK_SECONDS, PIECES
from training.slow_metering import SEGMENT_BLOCKS
from training.window_teachers import SMALLEST_SHARE, STRIDE_BLOCKS, ReplacedDesignTeacher, Seq2PointTeacher

FREEZER = INDEX["Freezer"]


class ReplacedDesignTeacherTest(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(2)
        self.network = OldDesign(FREEZER)
        self.power = np.random.default_rng(3).uniform(50, 500, (2, SEGMENT_SECONDS)).astype(np.float32)
        self.features = torch.from_numpy(np.stack([features(power, 1) for power in self.power]))

    @torch.no_grad()
    def test_it_answers_as_its_windows_do(self):
        first, *answers = ReplacedDesignTeacher(self.network)(self.features, torch.from_numpy(self.power))
        self.assertEqual(first, FIRST_TRAINED_SECOND)
        for start, outputs in ((0, slice(FIRST_TRAINED_SECOND, WINDOW_SECONDS)),
                               (SEGMENT_SECONDS - WINDOW_SECONDS, slice(SEGMENT_SECONDS - FIRST_TRAINED_SECOND, SEGMENT_SECONDS))):
            window = slice(start, start + WINDOW_SECONDS)
            alone = self.network(torch.from_numpy(inputs_of(self.features[:, :5, window].numpy(), self.power[:, window])))
            for got, expected in zip(answers, alone):
                self.assertEqual(got.shape, (2, SEGMENT_SECONDS - FIRST_TRAINED_SECOND))
                torch.testing.assert_close(got[:, outputs.start - first:outputs.stop - first],
                                           expected[:, outputs.start - start:outputs.stop - start])

    def test_a_segment_that_windows_do_not_cover_is_refused(self):
        for seconds in (2000, 1000):
            with self.assertRaisesRegex(ValueError, f"{seconds} s"):
                ReplacedDesignTeacher(self.network)(self.features[..., :seconds], torch.zeros(2, seconds))


class Seq2PointTeacherTest(unittest.TestCase):
    @torch.no_grad()
    def test_it_says_by_blocks_what_its_windows_say_of_their_middles(self):
        torch.manual_seed(4)
        network = Seq2Point().eval()
        # So that what an untrained network says differs from block to block.
        network.dense[2].weight.mul_(150)
        network.dense[2].bias.fill_(0.5)
        steps = np.random.default_rng(5).normal(0, 60, (2, SEGMENT_BLOCKS))
        total = np.abs(np.cumsum(steps, 1)).astype(np.float32)
        first, logits, on_power = Seq2PointTeacher(network, FREEZER)(None, torch.from_numpy(total))
        self.assertIsNone(on_power)
        blocks = np.arange(first - SLOW.lookahead_steps, first - SLOW.lookahead_steps + logits.shape[1])
        self.assertGreaterEqual(blocks[0] * PIECES, WINDOW // 2 - PIECES)
        self.assertLess(SEGMENT_BLOCKS - blocks[-1], WINDOW // 2 // PIECES + 2 * STRIDE_BLOCKS)
        for segment in range(2):
            said = predict(network, total[segment], BLOCK_SECONDS)[FREEZER, blocks] / APPLIANCES[FREEZER].scale_watts
            said = said.clip(SMALLEST_SHARE, 1 - SMALLEST_SHARE)
            self.assertGreater(said.std(), 0.05)
            # The others lie between; predict works with eight bits of mantissa.
            np.testing.assert_allclose(torch.sigmoid(logits[segment]).numpy()[::STRIDE_BLOCKS], said[::STRIDE_BLOCKS], atol=0.03)
