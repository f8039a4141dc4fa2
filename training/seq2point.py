"""The seq2point baseline (Zhang et al. 2018): a CNN from an hour of power to the watts at its middle, all appliances at once.

Sees the same mixed segments on the same 6-s grid as the slow network. 599 points in, five convolutions, one dense layer, as in
the paper; trained on the squared error of scaled watts. From which watts on an appliance counts as on is chosen on the
validation homes (watt_threshold.py).
"""
import numpy as np
import torch
from torch import nn

from .appliances import APPLIANCES, COUNT
from .slow_grid import PIECE_SECONDS, to_pieces
from .slow_metering import metered

WINDOW = 599
PREDICTED_AT_ONCE = 512
BATCH = 256
RATE = 1e-3
MEAN_WATTS, SCALE_WATTS = 500.0, 800.0


class Seq2Point(nn.Module):
    """Power [N, 599] (W) -> watts [N, 11]."""

    def __init__(self):
        super().__init__()
        layers, channels = [], 1
        for out, kernel in ((30, 10), (30, 8), (40, 6), (50, 5), (50, 5)):
            layers += [nn.Conv1d(channels, out, kernel), nn.ReLU()]
            channels = out
        self.convolutions = nn.Sequential(*layers)
        length = WINDOW - (10 + 8 + 6 + 5 + 5) + 5
        self.dense = nn.Sequential(nn.Linear(channels * length, 1024), nn.ReLU(), nn.Linear(1024, COUNT))
        self.register_buffer("scale", torch.tensor([float(a.scale_watts) for a in APPLIANCES]))

    def forward(self, power):
        x = self.convolutions((power[:, None] - MEAN_WATTS) / SCALE_WATTS)
        return self.dense(x.flatten(1)) * self.scale


def examples(mixer, count, per_segment=32):
    """Windows [count, 599], watts [count, 11] and weights from the mixer's segments, half of them where something runs."""
    rng = mixer.rng
    powers, targets, weights = [], [], []
    while len(powers) < count:
        power, watts, share, weight, _ = metered(rng, mixer.scene(), mixer.solar)
        last = power.size - WINDOW
        on = np.flatnonzero((share * weight > 0.5).any(0))
        on = on[(on >= WINDOW // 2) & (on < last + WINDOW // 2)]
        for _ in range(per_segment):
            middle = int(rng.choice(on)) if on.size and rng.random() < 0.5 else int(rng.integers(WINDOW // 2, last + WINDOW // 2))
            start = middle - WINDOW // 2
            powers.append(power[start:start + WINDOW])
            targets.append(watts[:, middle])
            weights.append(weight[:, middle])
    return tuple(torch.from_numpy(np.stack(x[:count]).astype(np.float32)) for x in (powers, targets, weights))


def loss_of(network, power, watts, weight):
    error = ((network(power) - watts) / network.scale) ** 2
    return (error * weight).sum() / weight.sum().clamp(min=1)


@torch.no_grad()
def predict(network, total_watts, step_seconds):
    """Watts float32 [11, rows], none below zero, over a home's total (W): of each row its middle."""
    pieces = to_pieces(total_watts, step_seconds)
    windows = torch.from_numpy(np.pad(pieces, WINDOW // 2, mode="edge")).unfold(0, WINDOW, 1)
    seconds = np.arange(total_watts.size) * step_seconds + step_seconds / 2
    at, row = np.unique(np.clip((seconds / PIECE_SECONDS).astype(int), 0, pieces.size - 1), return_inverse=True)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        out = torch.cat([network(windows[some]).float() for some in torch.from_numpy(at).split(PREDICTED_AT_ONCE)])
    return out.numpy().T.clip(min=0)[:, row]
