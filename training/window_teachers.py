"""Networks of windows as teachers: what each says of its appliance over segments, in the outputs of the final horizon.

A teacher is called with features [N, channels, T] and the power they tell of, [N, T]. It returns its first output and, from
there on, its on-logits and its on-power in W, each [N, outputs]; None for on-power of which it knows nothing.
"""
import numpy as np
import torch
import torch.nn.functional as F

from .export_old_design import WINDOW_SECONDS
from .features import PLAIN_FEATURE_COUNT
from .model import SLOW
from .old_design import FIRST_TRAINED_SECOND, inputs_of
from .seq2point import MEAN_WATTS, SCALE_WATTS, WINDOW
from .slow_grid import PIECES

# Blocks on either side of the one that a window of seq2point tells of.
REACH_BLOCKS = -(-(WINDOW // 2) // PIECES)
# seq2point is asked for every second block, the others lie on the line between: it costs more than the student.
STRIDE_BLOCKS = 2
SMALLEST_SHARE = 0.01


class ReplacedDesignTeacher:
    """An OldDesign. Windows follow each other by FIRST_TRAINED_SECOND: the first gives all outputs from there on, later ones their last."""

    def __init__(self, network):
        self.network = network.eval()

    def __call__(self, features, total_watts):
        segments = total_watts.shape[0]
        starts = range(0, total_watts.shape[1] - WINDOW_SECONDS + 1, FIRST_TRAINED_SECOND)
        if not starts or starts[-1] + WINDOW_SECONDS != total_watts.shape[1]:
            raise ValueError(f"A segment is {WINDOW_SECONDS} s and some times {FIRST_TRAINED_SECOND} s long, "
                             f"not {total_watts.shape[1]} s.")
        power, channels = total_watts.cpu().numpy(), features[:, :PLAIN_FEATURE_COUNT].cpu().numpy()
        windows = [inputs_of(channels[..., a:a + WINDOW_SECONDS], power[:, a:a + WINDOW_SECONDS]) for a in starts]
        answers = self.network(torch.from_numpy(np.concatenate(windows)).to(features.device))
        logits, on_power = (torch.cat([part[:, -FIRST_TRAINED_SECOND if i else FIRST_TRAINED_SECOND:]
                                       for i, part in enumerate(x.split(segments))], 1) for x in answers)
        return FIRST_TRAINED_SECOND, logits, on_power


class Seq2PointTeacher:
    """Seq2Point's watts as a probability: an expectation is about the probability times the appliance's usual on-power."""

    def __init__(self, network, index):
        self.network, self.index = network.eval(), index

    def __call__(self, _features, total_watts):
        scaled = (total_watts.repeat_interleave(PIECES, 1)[:, None] - MEAN_WATTS) / SCALE_WATTS
        # Windows that overlap have the same numbers after the convolutions: these are done once for all.
        hidden = self.network.convolutions(scaled)
        length = self.network.dense[0].in_features // hidden.shape[1]
        begins = REACH_BLOCKS * PIECES + PIECES // 2 - WINDOW // 2
        windows = hidden[..., begins:].unfold(-1, length, STRIDE_BLOCKS * PIECES)
        usual_shares = torch.stack([self.network.dense(segment.transpose(0, 1).flatten(1))[:, self.index]
                                    for segment in windows]).float()
        blocks = (usual_shares.shape[1] - 1) * STRIDE_BLOCKS + 1
        usual_shares = F.interpolate(usual_shares[:, None], size=blocks, mode="linear", align_corners=True)[:, 0]
        first = REACH_BLOCKS + SLOW.lookahead_steps
        logits = torch.logit(usual_shares.clamp(SMALLEST_SHARE, 1 - SMALLEST_SHARE))
        return first, logits, None
