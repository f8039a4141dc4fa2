"""The exported model folder, as Python scores it."""
import json
import os

from .model import FAST, SLOW
from .validation import StreamNetwork


def shipped(folder):
    """The manifest and the (fast, slow) networks of a model folder."""
    with open(os.path.join(folder, "manifest.json")) as file:
        manifest = json.load(file)
    files = manifest["files"]
    return manifest, tuple(StreamNetwork(branch, os.path.join(folder, files[kind]["path"]))
                           for branch, kind in ((FAST, "stream"), (SLOW, "slow")))
