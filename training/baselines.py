"""Trains and scores the baselines on the validation homes, beside the shipped model:

    python3 -m training.baselines --data ../shared/data --minutes 15

Prints one Markdown row per appliance and home: always off and the training mean (MAE), the edge baseline, seq2point, and the
model. seq2point is kept in <runs>/seq2point.pt and trained only if it is not there.
"""
import argparse
import os
import time

import numpy as np
import torch

from . import checkpoint, edge_baseline, seq2point
from .appliances import APPLIANCES, INDEX
from .metrics import accuracy
from .selection import estimate
from .shipped import shipped
from .slow_mixing import SlowMixer
from .sources import Sources
from .validation import Validation

BATCH = 256
RATE = 1e-3


def train_seq2point(sources, minutes, seed, path):
    torch.manual_seed(seed)
    network = seq2point.Seq2Point()
    optimizer = torch.optim.Adam(network.parameters(), lr=RATE)
    mixer = SlowMixer(sources, seed)
    started, step = time.monotonic(), 0
    while (progress := (time.monotonic() - started) / (minutes * 60)) < 1:
        for group in optimizer.param_groups:
            group["lr"] = RATE * (1 if progress < 0.5 else 2 * (1 - progress) + 0.02)
        loss = seq2point.loss_of(network, *seq2point.examples(mixer, BATCH))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        step += 1
        if step % 50 == 0:
            print(f"seq2point step {step} {progress * minutes:.1f} min loss {float(loss.detach()):.4f}", flush=True)
    checkpoint.save(path, {"network": network.state_dict(), "steps": step, "minutes": minutes})
    return network.eval()


def load_seq2point(path):
    network = seq2point.Seq2Point()
    network.load_state_dict(checkpoint.load(path)["network"])
    return network.eval()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default="../shared/data")
    parser.add_argument("--runs", default="training/runs")
    parser.add_argument("--model", default="models/wavenilm")
    parser.add_argument("--minutes", type=float, default=15, help="training time of seq2point")
    parser.add_argument("--days", type=float, help="at most this many days of each home")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    os.makedirs(options.runs, exist_ok=True)
    path = os.path.join(options.runs, "seq2point.pt")
    sources = Sources(options.data)
    if os.path.exists(path):
        network = load_seq2point(path)
    else:
        network = train_seq2point(sources, options.minutes, options.seed, path)
    known = edge_baseline.signatures(sources)
    manifest, networks = shipped(options.model)
    means = manifest["training"]["trainingMeanWatts"]

    print("| appliance | home | meter s | runs | off MAE | mean MAE | edges MAE / F1 | seq2point MAE / F1 | model MAE / F1 |")
    print("|---|---|---|---|---|---|---|---|---|")
    for pair in Validation(options.data, options.days).pairs(*networks, slowed=True):
        home = pair.home
        known_total = ~np.isnan(pair.slow.logits[0, 0])
        total = np.where(known_total, home.total, np.nan)
        model_watts, model_on, _ = estimate(pair, manifest["appliances"])
        candidates = [edge_baseline.predict(total, home.step_seconds, known),
                      seq2point.predict(network, total, home.step_seconds), (model_watts, model_on)]
        for name, truth in home.watts.items():
            i = INDEX[name]
            truth = np.where(known_total, truth, np.nan)
            rows = [accuracy(truth, watts[i], on[i], home.step_seconds, APPLIANCES[i], means.get(name))
                    for watts, on in candidates]
            cells = [f"{row['maeWatts']:.1f} / {row['f1']:.2f}" for row in rows]
            print(f"| {name} | {home.name} | {home.step_seconds} | {rows[0]['activations']} | {rows[0]['maeAlwaysOffWatts']:.1f} | "
                  f"{rows[0].get('maeTrainingMeanWatts', float('nan')):.1f} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
