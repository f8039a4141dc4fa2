"""The network: a gated causal temporal convolution shared by all appliances.

Training works on [batch, time, channel] with plain matrix products, which is the fastest form on a
CPU; the exported graphs (export_graphs.py) use the same weights as dilated convolutions.
"""
import torch
import torch.nn.functional as F
from torch import nn

from .appliances import APPLIANCES, COUNT, HORIZONS
from .features import FEATURE_COUNT

DILATIONS = tuple(2 ** i for i in range(10))
RECEPTIVE_FIELD_SECONDS = 1 + 2 * sum(DILATIONS)
OUTPUT_COUNT = len(HORIZONS) * 2 * COUNT


class Wavenilm(nn.Module):
    """features [N, 5, T] -> (on-logits, on-power in W), each [N, horizon, appliance, T].

    Zero padding on the left: an input that starts at second 0 behaves as a stream with zero states.
    """

    def __init__(self, channels=48, head_channels=96):
        super().__init__()
        self.channels = channels
        self.enter = nn.Linear(FEATURE_COUNT, channels)
        self.gates = nn.ModuleList(nn.Linear(3 * channels, 2 * channels) for _ in DILATIONS)
        self.mixes = nn.ModuleList(nn.Linear(channels, 2 * channels) for _ in DILATIONS)
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
        for dilation, gate, mix in zip(DILATIONS, self.gates, self.mixes):
            padded = F.pad(x, (0, 0, 2 * dilation, 0))
            taps = torch.cat([padded[:, :time], padded[:, dilation:dilation + time], padded[:, 2 * dilation:]], -1)
            y = gate(taps)
            y = mix(torch.tanh(y[..., :c]) * torch.sigmoid(y[..., c:]))
            x = x + y[..., :c]
            skip = skip + y[..., c:]
        y = self.out(F.relu(self.hidden(F.relu(skip)))).float()
        y = y.transpose(1, 2).reshape(y.shape[0], len(HORIZONS), 2, COUNT, time)
        return y[:, :, 0], F.softplus(y[:, :, 1]) * self.scale_watts[:, None]
