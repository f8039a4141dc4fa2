"""Checkpoints: everything needed to go on training, and the averaged weights that are exported."""
import os

import torch

from .model import BRANCHES, Wavenilm


def save(path, content):
    """Writes atomically, so that an interrupted run keeps its last checkpoint."""
    partial = path + ".partial"
    torch.save(content, partial)
    os.replace(partial, path)


def load(path):
    """A checkpoint dict; only files made by this pipeline should be given."""
    try:
        return torch.load(path, map_location="cpu", weights_only=False)
    except TypeError:  # PyTorch 1.x has no weights_only
        return torch.load(path, map_location="cpu")


def branch_of(checkpoint):
    """Which of the two networks a checkpoint holds."""
    return BRANCHES[checkpoint["config"]["branch"]]


def whole_training(checkpoint):
    """Steps, seconds seen, time spent and window teachers' shares of a run and of the runs its weights came from."""
    before = checkpoint["before"]
    return {"steps": before["steps"] + checkpoint["step"], "seconds_seen": before["seconds_seen"] + checkpoint["seconds_seen"],
            "spent_seconds": before["spent_seconds"] + checkpoint["spent_seconds"],
            "window_shares": window_shares([before, checkpoint])}


def window_shares(trainings):
    """By appliance the share, up to 1, that window_teachers had of what any of the trainings taught of it."""
    shares = {}
    for training in trainings:
        for name, share in training.get("window_shares", {}).items():
            shares[name] = max(share, shares.get(name, 0))
    return shares


def averaged_network(checkpoint):
    """The network with the averaged weights of a checkpoint, ready to evaluate."""
    network = Wavenilm(branch_of(checkpoint), checkpoint["config"]["channels"])
    network.load_state_dict(checkpoint["average"])
    return network.eval()
