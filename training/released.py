"""The released model: its networks as Python scores them, and as checkpoints again for `train --start-from models/wavenilm`."""
import json
import os

import onnx
import torch
from onnx import numpy_helper

from .model import FAST, SLOW, Wavenilm
from .validation import StreamNetwork

STREAM_FILES = {FAST.name: "stream", SLOW.name: "slow"}


def manifest_of(folder):
    with open(os.path.join(folder, "manifest.json")) as file:
        return json.load(file)


def stream_file(folder, manifest, branch):
    """Path of the branch's row graph (row_graphs.py), from which both the answers and the weights can be had."""
    return os.path.join(folder, manifest["files"][STREAM_FILES[branch.name]]["path"])


def released(folder):
    """The manifest and the (fast, slow) networks of a model folder."""
    manifest = manifest_of(folder)
    return manifest, tuple(StreamNetwork(branch, stream_file(folder, manifest, branch)) for branch in (FAST, SLOW))


def weights_of(path, branch):
    """State dict of the network whose row graph is at `path`; every output is the same, up to rounding.

    The graph holds the sum of the blocks' skip biases, given to the first block here, and no residual of the last block, which
    nothing reads.
    """
    held = {w.name: torch.from_numpy(numpy_helper.to_array(w).copy()) for w in onnx.load(path).graph.initializer}
    network = Wavenilm(branch, held["enter_b"].numel(), held["hidden_linear_b"].numel())
    c, last = network.channels, len(branch.dilations) - 1
    skips = held["skip_w"].T.split(c, 1)
    with torch.no_grad():
        for layer, name in ((network.enter, "enter"), (network.hidden, "hidden_linear"), (network.out, "raw")):
            layer.weight.copy_(held[name + "_w"].T[:layer.out_features])
            layer.bias.copy_(held[name + "_b"][:layer.out_features])
        for i, (gate, mix) in enumerate(zip(network.gates, network.mixes)):
            gate.weight.copy_(held[f"gate_{i}_w"].T)
            gate.bias.copy_(held[f"gate_{i}_b"])
            mix.weight.zero_()
            mix.bias.zero_()
            if i < last:
                mix.weight[:c] = held[f"residual_{i}_w"].T
                mix.bias[:c] = held[f"residual_{i}_b"]
            mix.weight[c:] = skips[i]
        network.mixes[0].bias[c:] = held["skip_b"]
    return network.state_dict()


def checkpoint_of(folder, branch):
    """What `checkpoint.load` would answer for the released network of a branch, without its optimizer."""
    manifest = manifest_of(folder)
    training = manifest["training"][branch.name]
    weights = weights_of(stream_file(folder, manifest, branch), branch)
    return {"config": {**training["config"], "branch": branch.name, "channels": weights["enter.bias"].numel(), "leave_out": []},
            "average": weights, "files": manifest["training"]["data"], "step": 0, "seconds_seen": 0, "spent_seconds": 0.0,
            "window_shares": {}, "before": {"steps": training["steps"], "seconds_seen": training["secondsSeen"],
                       "spent_seconds": training["wallMinutes"] * 60, "window_shares": training["windowTeachers"]}}
