"""The replaced design as a baseline: one network per appliance, on windows of 1536 s.

The shape of `export_old_design.py`, here trainable: 7 inputs, 64 channels, nine gated dilated causal blocks of kernel 3 with
squeeze and excitation over the whole window, a power head and an on head. What its seven inputs were is not recorded beyond
power; these are seven that power alone gives: the five of `features.py`, the power normalised by the window's mean and
spread, and the power above the window's lowest. The training segments have no time of day.

An output speaks of the second LOOKAHEAD_SECONDS before it, as the final horizon of the released networks does.
"""
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from .appliances import APPLIANCES, LOOKAHEAD_SECONDS
from .export_old_design import BLOCKS, CHANNELS, INPUTS, SQUEEZED, WINDOW_SECONDS
from .features import PLAIN_FEATURE_COUNT, plain_features
from .losses import TYPICAL_ON_SHARE
from .metering import state_of
from .slow_grid import PIECE_SECONDS
from .slow_metering import metered
from .sources import forward_fill
from .validation import LONGEST_FILL_SECONDS, MIN_SEGMENT_SECONDS, Prediction

# The last outputs of a window that are published. The original took 60; with 240 each still sees the whole receptive field of
# 1023 s behind it, the pooling a little more of what comes, and a home takes a quarter of the time.
STRIDE_SECONDS = 240
# Outputs from here on are trained: those before see too little of the past to be published.
FIRST_TRAINED_SECOND = WINDOW_SECONDS // 3
BATCH = 16
RATE = 2e-3
SMALLEST_SPREAD_WATTS = 20.0
PREDICTED_AT_ONCE = 16
# Share of the training windows that a meter of 30 or 60 s reports.
COARSE_SHARE = 0.4
COARSE_INTERVALS_PIECES = (5, 10)
# So often a segment is drawn anew where the appliance should run in it and does not.
MOST_DRAWS = 30


class OldDesign(nn.Module):
    """Inputs [N, 7, 1536] -> (on-logit, on-power in W), each [N, 1536], of one appliance.

    Works on [batch, time, channel] with matrix products, as model.py does. The power head is a softplus, not the
    original's ReLU, of which one in a few would never start to learn.
    """

    def __init__(self, index):
        super().__init__()
        self.scale_watts = float(APPLIANCES[index].scale_watts)
        self.enter = nn.Linear(INPUTS, CHANNELS)
        self.gates = nn.ModuleList(nn.Linear(3 * CHANNELS, 2 * CHANNELS) for _ in range(BLOCKS))
        self.mixes = nn.ModuleList(nn.Linear(CHANNELS, CHANNELS) for _ in range(BLOCKS))
        self.squeezes = nn.ModuleList(nn.Linear(CHANNELS, SQUEEZED) for _ in range(BLOCKS))
        self.excites = nn.ModuleList(nn.Linear(SQUEEZED, CHANNELS) for _ in range(BLOCKS))
        self.hidden = nn.Linear(CHANNELS, 2 * CHANNELS)
        self.on, self.power = nn.Linear(CHANNELS, 1), nn.Linear(CHANNELS, 1)
        with torch.no_grad():
            self.enter.weight.mul_(4)
            for gate in self.gates:
                nn.init.xavier_normal_(gate.weight, gain=1.6)
            self.on.bias.fill_(-1.0)
            self.power.bias.fill_(0.5)

    def forward(self, inputs):
        x = self.enter(inputs.transpose(1, 2))
        time = x.shape[1]
        for i, (gate, mix, squeeze, excite) in enumerate(zip(self.gates, self.mixes, self.squeezes, self.excites)):
            step = 2 ** i
            padded = F.pad(x, (0, 0, 2 * step, 0))
            y = gate(torch.cat([padded[:, :time], padded[:, step:step + time], padded[:, 2 * step:]], -1))
            y = mix(torch.tanh(y[..., :CHANNELS]) * torch.sigmoid(y[..., CHANNELS:]))
            x = x + y * torch.sigmoid(excite(F.relu(squeeze(y.mean(1, keepdim=True)))))
        y = F.relu(self.hidden(x))
        on, power = self.on(y[..., :CHANNELS]), self.power(y[..., CHANNELS:])
        return on[..., 0].float(), F.softplus(power[..., 0].float()) * self.scale_watts


def inputs_of(channels, power):
    """Inputs float32 [N, 7, 1536] of windows of features [N, 5, 1536] and power (W) [N, 1536]."""
    mean, spread = power.mean(1, keepdims=True), power.std(1, keepdims=True)
    out = np.empty((power.shape[0], INPUTS, power.shape[1]), np.float32)
    out[:, :PLAIN_FEATURE_COUNT] = channels
    out[:, PLAIN_FEATURE_COUNT] = (power - mean) / (spread + SMALLEST_SPREAD_WATTS) / 4
    out[:, PLAIN_FEATURE_COUNT + 1] = np.log1p((power - power.min(1, keepdims=True)) / 10) / 6
    return out


def examples(mixer, slow_mixer, index, count):
    """Inputs [count, 7, 1536], watts, state and weight [count, 1536] of one appliance, where possible half of them while it runs.

    The segments are those the released networks learn from: those of the fast one, and hours of the slow mixer as a meter of
    30 or 60 s holds them.
    """
    rng = mixer.rng
    first, last = FIRST_TRAINED_SECOND - LOOKAHEAD_SECONDS, WINDOW_SECONDS - LOOKAHEAD_SECONDS
    channels, powers, labels = [], [], []
    while len(powers) < count:
        running, coarse = rng.random() < 0.5, rng.random() < COARSE_SHARE
        for _ in range(MOST_DRAWS):
            power, watts, state, weight, inputs = (coarse_segment if coarse else fine_segment)(mixer, slow_mixer, index)
            on = np.flatnonzero(state * weight > 0.5)
            if not running and weight.any() or on.size:
                break
        second = int(rng.choice(on if running and on.size else power.size))
        start = int(np.clip(second - rng.integers(first, last), 0, power.size - WINDOW_SECONDS))
        cut = slice(start, start + WINDOW_SECONDS)
        channels.append(inputs(cut))
        powers.append(power[cut])
        labels.append([x[cut] for x in (watts, state, weight)])
    inputs = torch.from_numpy(inputs_of(np.stack(channels), np.stack(powers)))
    return inputs, *torch.from_numpy(np.array(labels, np.float32)).unbind(1)


def fine_segment(mixer, _, index):
    """Power, watts, state and weight by second, and what gives the features of a slice."""
    channels, watts, state, weight, power = mixer.segment()
    return power, watts[index], state[index], weight[index], lambda cut: channels[:PLAIN_FEATURE_COUNT, cut]


def coarse_segment(_, slow_mixer, index):
    scene = slow_mixer.scene()
    scene.interval = int(slow_mixer.rng.choice(COARSE_INTERVALS_PIECES))
    power, watts, share, weight, seconds = metered(slow_mixer.rng, scene, slow_mixer.solar)
    state = state_of(share, watts)
    power, watts, state, weight = (np.repeat(x, PIECE_SECONDS).astype(np.float32)
                                   for x in (power, watts[index], state[index], weight[index]))
    return power, watts, state, weight, lambda cut: plain_features(power[cut], seconds)


def loss_of(network, inputs, watts, state, weight):
    """Scalar loss over windows: cross entropy of the state, L1 of p x power through p, L1 of the power while on, as in losses.py.

    watts, state, weight: [N, 1536] at the second itself; outputs are compared with LOOKAHEAD_SECONDS before.
    """
    logit, power = (x[:, FIRST_TRAINED_SECOND:] for x in network(inputs))
    y, s, m = (x[:, FIRST_TRAINED_SECOND - LOOKAHEAD_SECONDS:-LOOKAHEAD_SECONDS] for x in (watts, state, weight))
    count = m.sum().clamp(min=1)
    entropy = (F.binary_cross_entropy_with_logits(logit, s, reduction="none") * m).sum() / count
    error = ((torch.sigmoid(logit) * power.detach() - y).abs() * m).sum() / network.scale_watts / count
    on_count = (m * s).sum() + count * TYPICAL_ON_SHARE
    on_error = ((power - y).abs() * m * s).sum() / network.scale_watts / on_count
    return entropy + 0.5 * error + 0.3 * on_error


@torch.no_grad()
def outputs_over(network, power, interval_seconds, stride=STRIDE_SECONDS):
    """(logits, on-power in W) by second of power (W, 1 s grid): of each window its last `stride` outputs; bfloat16, as trained.

    Before the first second the first value is held, so that every window is full.
    """
    device = next(network.parameters()).device
    seconds = power.size
    # Output second t + look-ahead speaks of t: held values follow the end as well.
    after = LOOKAHEAD_SECONDS + (-(seconds + LOOKAHEAD_SECONDS)) % stride
    padded = np.pad(power.astype(np.float32), (WINDOW_SECONDS, after), mode="edge")
    channels = torch.from_numpy(plain_features(padded, interval_seconds)).unfold(1, WINDOW_SECONDS, stride)
    powers = torch.from_numpy(padded).unfold(0, WINDOW_SECONDS, stride)
    logits, watts = [], []
    # The first window ends where the power begins, and so has nothing new.
    for first in range(1, powers.shape[0], PREDICTED_AT_ONCE):
        some = slice(first, first + PREDICTED_AT_ONCE)
        windows = inputs_of(channels[:, some].transpose(0, 1).numpy(), powers[some].numpy())
        with torch.autocast(device.type, dtype=torch.bfloat16):
            out_of_both = network(torch.from_numpy(windows).to(device))
        for into, out in zip((logits, watts), out_of_both):
            into.append(out[:, -stride:].reshape(-1).cpu())
    return tuple(torch.cat(x).numpy()[LOOKAHEAD_SECONDS:LOOKAHEAD_SECONDS + seconds] for x in (logits, watts))


def predict_home(networks, home):
    """Prediction of a home, the same in both horizons; `networks` maps an appliance's index to its network, others stay NaN."""
    out, step = Prediction(home), home.step_seconds
    for a, b in home.segments(LONGEST_FILL_SECONDS):
        if (b - a) * step < MIN_SEGMENT_SECONDS:
            continue
        power = np.repeat(np.nan_to_num(forward_fill(home.total[a:b], LONGEST_FILL_SECONDS)), step)
        for index, network in networks.items():
            for target, values in zip((out.logits, out.on_power), outputs_over(network, power, step)):
                target[:, index, a:b] = values.reshape(b - a, step).mean(1)
    unmetered = np.isnan(home.total)
    out.logits[:, :, unmetered], out.on_power[:, :, unmetered] = np.nan, np.nan
    return out
