"""Compares forms of the slow network, each trained from nothing for the same time on the same material:

    python3 -m training.variants --data ../shared/data --minutes 8

Prints a line each: score on the validation homes and on training homes that were left out. The figures
are in EXPERIMENTS.md. The slow network stands for both, because it learns fast enough to compare.
"""
import argparse
import copy
import dataclasses
import time

import numpy as np
import torch
from torch import nn

from .losses import loss_of
from .model import SLOW, Wavenilm
from .slow_mixing import SlowMixer
from .sources import Sources
from .train import batch_of, learning_rate, step_of
from .validation import StreamNetwork, Validation

LEFT_OUT = ("devicescope_REFIT_House2_30s", "refit_head_house06", "refit_head_house10", "refit_head_house12")
SCORED_DAYS = 10
PLAIN_FEATURE_COUNT = 8
WIDE_DILATIONS = (*SLOW.dilations, 256, 256)


class DepthwiseGate(nn.Module):
    """Three taps for each channel by itself, then a mix of the channels."""

    def __init__(self, channels):
        super().__init__()
        self.taps = nn.Parameter(torch.randn(3, channels) * 0.6)
        self.mix = nn.Linear(channels, 2 * channels)
        nn.init.xavier_normal_(self.mix.weight, gain=1.6)

    def forward(self, taps):
        return self.mix((taps.unflatten(-1, self.taps.shape) * self.taps).sum(-2))


def depthwise(network):
    network.gates = nn.ModuleList(DepthwiseGate(network.channels) for _ in network.branch.dilations)
    return network


def plain(features):
    """Features [8, B]: without those that are normalised by the last hours."""
    return features[:PLAIN_FEATURE_COUNT]


class MeasuredOnly(SlowMixer):
    """Homes as they were measured: nothing injected, none made up, no two added."""

    def scene(self):
        return self.measured_home(self.pick_home())


@dataclasses.dataclass(frozen=True)
class Variant:
    """What differs from the shipped form."""

    name: str
    seed: int = 1
    branch: object = SLOW
    mixer: type = SlowMixer
    change: object = staticmethod(lambda network: network)
    inputs: object = staticmethod(lambda features: features)


VARIANTS = (
    Variant("as shipped, seed 1"), Variant("as shipped, seed 2", seed=2), Variant("as shipped, seed 3", seed=3),
    Variant("depthwise", change=depthwise),
    Variant("inputs not normalised", branch=dataclasses.replace(SLOW, feature_count=PLAIN_FEATURE_COUNT), inputs=plain),
    Variant("receptive field of 10.7 h", branch=dataclasses.replace(SLOW, dilations=WIDE_DILATIONS)),
    Variant("measured homes alone", mixer=MeasuredOnly),
)


class TorchNetwork(StreamNetwork):
    """Scores a network that has no exported form."""

    def __init__(self, network, inputs):
        self.branch, self.network, self.inputs = network.branch, network, inputs

    @torch.no_grad()
    def run(self, x):
        logits, power = self.network(torch.from_numpy(self.inputs(x))[None])
        return logits[0].numpy(), power[0].numpy()


def train(variant, sources, minutes, batch, rate):
    """The averaged network after `minutes` of processor time, which other work does not shorten, and how many steps those were."""
    torch.manual_seed(variant.seed)
    network = variant.change(Wavenilm(variant.branch))
    average = copy.deepcopy(network).eval()
    optimizer = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=0.01, betas=(0.9, 0.98))
    mixer, started, step = variant.mixer(sources, variant.seed), time.process_time(), 0
    while (progress := (time.process_time() - started) / (minutes * 60)) < 1:
        features, *labels = batch_of(mixer, batch, "cpu")
        features = torch.from_numpy(np.stack([variant.inputs(x) for x in features.numpy()]))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            outputs = network(features)
        loss, _ = loss_of(*outputs, *labels, variant.branch.lookahead_steps)
        step_of(loss, network, average, optimizer, learning_rate(rate, step, progress), min(0.995, (step + 1) / (step + 20)))
        step += 1
    return average, step


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default="../shared/data")
    parser.add_argument("--minutes", type=float, default=8, help="of processor time for each variant")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    sources = Sources(options.data, without=LEFT_OUT)
    seen, unseen = Validation(options.data, SCORED_DAYS), Validation(options.data, SCORED_DAYS, "none", LEFT_OUT)
    print("| variant | parameters | steps | validation homes | homes left out |\n|---|---|---|---|---|")
    for variant in VARIANTS:
        network, steps = train(variant, sources, options.minutes, options.batch, options.rate)
        scored = TorchNetwork(network, variant.inputs)
        scores = [validation.quick_score(scored)[0] for validation in (seen, unseen)]
        parameters = sum(p.numel() for p in network.parameters())
        print(f"| {variant.name} | {parameters:,} | {steps} | {scores[0]:.4f} | {scores[1]:.4f} |", flush=True)


if __name__ == "__main__":
    main()
