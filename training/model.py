"""The networks: gated causal temporal convolutions shared by all appliances.

The fast one sees every second, the slow one blocks of 30 s over more than six hours.

Training works on [batch, time, channel] with plain matrix products, which is the fastest form on a
CPU; the exported graphs (onnx_graphs.py) use the same weights as dilated convolutions.
"""
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import nn

from .appliances import APPLIANCES, COUNT, HORIZONS, LOOKAHEAD_SECONDS
from .features import FEATURE_COUNT
from .slow_features import SLOW_FEATURE_COUNT
from .slow_grid import BLOCK_SECONDS

OUTPUT_COUNT = len(HORIZONS) * 2 * COUNT


@dataclass(frozen=True)
class Branch:
    """Shape of one network and its time step; `lookahead_steps` is how far behind the final horizon looks."""

    name: str
    step_seconds: int
    feature_count: int
    dilations: tuple
    channels: int
    lookahead_steps: int

    @property
    def receptive_field_steps(self):
        return 1 + 2 * sum(self.dilations)


FAST = Branch("fast", 1, FEATURE_COUNT, tuple(2 ** i for i in range(10)), 48, LOOKAHEAD_SECONDS)
# The block a second lies in ends within 30 s, and seven more within the 240 s of the final horizon.
SLOW = Branch("slow", BLOCK_SECONDS, SLOW_FEATURE_COUNT, (1, 2, 4, 8, 16, 32, 64, 128, 128), 40,
              LOOKAHEAD_SECONDS // BLOCK_SECONDS - 1)
BRANCHES = {branch.name: branch for branch in (FAST, SLOW)}


class Wavenilm(nn.Module):
    """features [N, branch's count, T] -> (on-logits, on-power in W), each [N, horizon, appliance, T].

    Zero padding on the left: an input that starts at step 0 behaves as a stream with zero states.
    """

    def __init__(self, branch, channels=None, head_channels=96):
        super().__init__()
        self.branch = branch
        self.channels = channels = channels or branch.channels
        self.enter = nn.Linear(branch.feature_count, channels)
        self.gates = nn.ModuleList(nn.Linear(3 * channels, 2 * channels) for _ in branch.dilations)
        self.mixes = nn.ModuleList(nn.Linear(channels, 2 * channels) for _ in branch.dilations)
        self.hidden = nn.Linear(channels, head_channels)
        self.out = nn.Linear(head_channels, OUTPUT_COUNT)
        self.register_buffer("scale_watts", torch.tensor([float(a.scale_watts) for a in APPLIANCES]))
        with torch.no_grad():
            # The inputs are small and mostly flat; start with a lively signal in every block.
            self.enter.weight.mul_(4)
            for gate, mix in zip(self.gates, self.mixes):
                nn.init.xavier_normal_(gate.weight, gain=1.6)
                nn.init.xavier_normal_(mix.weight, gain=0.7)
            bias = self.out.bias.view(len(HORIZONS), 2, COUNT)
            bias[:, 0] = -2.0
            bias[:, 1] = 0.5

    def forward(self, features):
        c = self.channels
        x = self.enter(features.transpose(1, 2))
        time = x.shape[1]
        skip = 0
        for dilation, gate, mix in zip(self.branch.dilations, self.gates, self.mixes):
            padded = F.pad(x, (0, 0, 2 * dilation, 0))
            taps = torch.cat([padded[:, :time], padded[:, dilation:dilation + time], padded[:, 2 * dilation:]], -1)
            y = gate(taps)
            y = mix(torch.tanh(y[..., :c]) * torch.sigmoid(y[..., c:]))
            x = x + y[..., :c]
            skip = skip + y[..., c:]
        y = self.out(F.relu(self.hidden(F.relu(skip)))).float()
        y = y.transpose(1, 2).reshape(y.shape[0], len(HORIZONS), 2, COUNT, time)
        return y[:, :, 0], F.softplus(y[:, :, 1]) * self.scale_watts[:, None]
