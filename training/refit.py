"""Fits the slow network's outputs for cooling anew, on measured homes that are never twice the same:

    python3 -m training.refit --data ../shared/data --start-from training/runs/slow/last.pt --out training/runs/slow/refitted.pt

The hidden channels stay as they are, and so does every other appliance's answer. Trained long enough, the slow network knows the
refrigerators and freezers of its few homes by heart; which of the hidden channels also tell in other homes shows where those are
exchanged (slow_mixing.py).
"""
import argparse
import time

import numpy as np
import torch
import torch.nn.functional as F

from . import checkpoint
from .appliances import APPLIANCES, COUNT, HORIZONS, INDEX, NAMES
from .slow_metering import WARM_UP_BLOCKS
from .slow_mixing import SlowMixer
from .sources import Sources

COOLING = ["Freezer", "Refrigerator"]
BATCH = 12
ROWS_PER_SEGMENT = 60
# Keeps a row near the one it replaces, so that little evidence changes little.
ROW_PRIOR = 3e-4
MOST_STEPS = 60


@torch.no_grad()
def gather(network, mixer, seconds):
    """Hidden channels [horizon, R, 96] of random steps and their watts, state and weight [11, R], from `seconds` of work."""
    kept, hidden, parts = {}, [], []
    hook = network.hidden.register_forward_hook(lambda module, inputs, out: kept.update(hidden=F.relu(out).float()))
    shift, until = network.branch.lookahead_steps, time.process_time() + seconds
    while time.process_time() < until:
        segments = [mixer.segment() for _ in range(BATCH)]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            network(torch.from_numpy(np.stack([segment[0] for segment in segments])))
        for channels, (_, watts, state, weight, _) in zip(kept["hidden"], segments):
            at = mixer.rng.choice(np.arange(WARM_UP_BLOCKS, watts.shape[1] - shift), ROWS_PER_SEGMENT, replace=False)
            hidden.append(torch.stack([channels[at], channels[at + shift]]).half())
            parts.append(np.stack([watts[:, at], state[:, at], weight[:, at]]))
    hook.remove()
    return torch.cat(hidden, 1), *torch.from_numpy(np.concatenate(parts, 2))


def fitted(row, bias, loss):
    """The row and bias that lower `loss(row, bias)`, from the given ones on."""
    new_row, new_bias = row.clone().requires_grad_(True), bias.clone().requires_grad_(True)
    optimizer = torch.optim.LBFGS([new_row, new_bias], max_iter=MOST_STEPS, line_search_fn="strong_wolfe")

    def closure():
        optimizer.zero_grad()
        value = loss(new_row, new_bias) + ROW_PRIOR * ((new_row - row) ** 2).sum()
        value.backward()
        return value

    optimizer.step(closure)
    return new_row.detach(), new_bias.detach()


def refit(network, names, hidden, watts, state, weight):
    """Replaces the on-logit and on-power rows of the named appliances in the network's output layer."""
    rows = network.out.weight.data.view(len(HORIZONS), 2, COUNT, -1)
    biases = network.out.bias.data.view(len(HORIZONS), 2, COUNT)
    for name in names:
        i, scale = INDEX[name], APPLIANCES[INDEX[name]].scale_watts
        known = weight[i] > 0
        m, s, y = (x[i][known] for x in (weight, state, watts))
        for horizon in range(len(HORIZONS)):
            x = hidden[horizon][known].float()

            def entropy(row, bias, x=x, m=m, s=s):
                return (F.binary_cross_entropy_with_logits(x @ row + bias, s, reduction="none") * m).sum() / m.sum()

            def on_error(row, bias, x=x, m=m * s, y=y, scale=scale):
                return (F.smooth_l1_loss(F.softplus(x @ row + bias), y / scale, reduction="none", beta=0.05) * m).sum() / m.sum()

            for kind, loss in enumerate((entropy, on_error)):
                before = float(loss(rows[horizon, kind, i], biases[horizon, kind, i]))
                rows[horizon, kind, i], biases[horizon, kind, i] = fitted(rows[horizon, kind, i], biases[horizon, kind, i], loss)
                after = float(loss(rows[horizon, kind, i], biases[horizon, kind, i]))
                print(f"{name} {HORIZONS[horizon]} {('state', 'on-power')[kind]}: {before:.4f} to {after:.4f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default="../shared/data")
    parser.add_argument("--start-from", required=True, help="checkpoint of a slow network")
    parser.add_argument("--out", required=True)
    parser.add_argument("--minutes", type=float, default=1, help="processor time to gather what is fitted to")
    parser.add_argument("--appliances", nargs="*", default=COOLING, choices=NAMES)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    saved = checkpoint.load(options.start_from)
    network = checkpoint.averaged_network(saved)
    if network.branch.name != "slow":
        raise SystemExit(f"{options.start_from} holds the {network.branch.name} network; only the slow one can be fitted anew.")
    mixer = SlowMixer(Sources(options.data, without=saved["config"]["leave_out"]), options.seed, vary_homes=True)
    hidden, *labels = gather(network, mixer, options.minutes * 60)
    print(f"{hidden.shape[1]} steps")
    refit(network, options.appliances, hidden, *labels)
    saved["average"] = network.state_dict()
    saved["config"] = {**saved["config"], "refitted": options.appliances}
    checkpoint.save(options.out, saved)


if __name__ == "__main__":
    main()
