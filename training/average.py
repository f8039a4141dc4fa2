"""Averages the weights of checkpoints: python3 -m training.average --out runs/slow.pt runs/a/last.pt runs/b/last.pt=2

A factor after = weighs a checkpoint. With a kept learning rate, moments of one run or of several from the same start are near
enough for their mean to be a network better than each. What any of them learned from window teachers, the new one did; all else in
it is the last one's.
"""
import argparse

import torch

from . import checkpoint


def average(checkpoints, factors):
    """The last of the checkpoints with the weighted mean of all averaged weights; they must be of one shape."""
    shapes = [{key: value.shape for key, value in c["average"].items()} for c in checkpoints]
    if any(shape != shapes[0] for shape in shapes):
        raise SystemExit("These checkpoints are of networks of different shapes: give those of one branch and width.")
    total = sum(factors)
    mean = {key: sum(c["average"][key] * (factor / total) for c, factor in zip(checkpoints, factors)) for key in shapes[0]}
    shares = checkpoint.window_shares([training for c in checkpoints for training in (c.get("before", {}), c)])
    return {**checkpoints[-1], "average": mean, "window_shares": shares}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", required=True)
    parser.add_argument("checkpoints", nargs="+", metavar="FILE[=FACTOR]")
    options = parser.parse_args()
    named = [text.partition("=")[::2] for text in options.checkpoints]
    try:
        factors = [float(factor or 1) for _, factor in named]
    except ValueError as error:
        raise SystemExit("Write a factor after =, such as runs/a/last.pt=2.") from error
    with torch.no_grad():
        checkpoint.save(options.out, average([checkpoint.load(path) for path, _ in named], factors))


if __name__ == "__main__":
    main()
