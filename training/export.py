"""Exports a checkpoint: python3 -m training.export --data ../shared/data --checkpoint training/runs/main/best.pt

Calibrates and chooses thresholds on the validation homes, then writes window.onnx, stream.onnx, manifest.json,
golden.json and CARD.md into --out.
"""
import argparse
import datetime
import hashlib
import json
import os

import numpy as np
import onnxruntime
import torch

from . import checkpoint as checkpoints
from .appliances import EXPERIMENTAL, LOOKAHEAD_SECONDS
from .card import card
from .credits import CREDITS
from .features import DEFINITION, FEATURE_COUNT, features
from .golden import golden
from .model import DILATIONS, RECEPTIVE_FIELD_SECONDS
from .onnx_graphs import build
from .selection import metrics_table, select
from .sources import Sources
from .validation import StreamNetwork, Validation

WINDOW_SECONDS = 1536
PARITY_TOLERANCE = 1e-4
MIN_ACTIVATIONS = 5
USEFUL_F1 = 0.35


def session(path, threads=1):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def check_parity(network, window_path, stream_path):
    """Largest differences, relative above 1, of window to PyTorch and of stream to window."""
    rng = np.random.default_rng(3)
    x = rng.normal(0, 0.3, (2, FEATURE_COUNT, 3000)).astype(np.float32)
    with torch.no_grad():
        logits, power = network(torch.from_numpy(x))
    expected = torch.stack([logits, power], 2).reshape(2, -1, x.shape[2]).numpy()
    window = session(window_path).run(None, {"features": x})[0]
    stream = session(stream_path)
    states = {f"state_{i}": np.zeros((2, network.channels, 2 * d), np.float32) for i, d in enumerate(DILATIONS)}
    parts, position = [], 0
    while position < x.shape[2]:
        count = int(rng.choice([1, 2, 7, 60, 300]))
        results = stream.run(None, {"features": x[:, :, position:position + count], **states})
        parts.append(results[0])
        states = {f"state_{i}": values for i, values in enumerate(results[1:])}
        position += count

    def difference(a, b):
        return float((np.abs(a - b) / np.maximum(1, np.abs(b))).max())

    return difference(window, expected), difference(np.concatenate(parts, 2), window)


def training_means(data):
    """Mean watts of each appliance over the measured training homes, the dumbest useful predictor."""
    sums = {}
    for home in Sources(data, homes_only=True).homes:
        for name, column in home.watts.items():
            known = column[~np.isnan(column)]
            total, hours = sums.get(name, (0.0, 0.0))
            sums[name] = (total + float(known.mean()) * known.size * home.step_seconds, hours + known.size * home.step_seconds)
    return {name: round(total / seconds, 2) for name, (total, seconds) in sums.items()}


def status(entry):
    """measured: enough runs in validation homes and useful there; all else is experimental."""
    rows = [row for row in entry["metrics"] if row["horizon"] == "final" and row["activations"]]
    runs = sum(row["activations"] for row in rows)
    if entry["name"] in EXPERIMENTAL or runs < MIN_ACTIVATIONS or np.mean([row["f1"] for row in rows]) < USEFUL_F1:
        return "experimental"
    return "measured"


def describe_file(path):
    with open(path, "rb") as file:
        content = file.read()
    return {"path": os.path.basename(path), "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}


def fingerprint(files, appliances):
    """Eight hex digits that change with the weights and with the calibration."""
    decisions = [[entry["calibration"], entry["threshold"]] for entry in appliances]
    content = files["window"]["sha256"] + files["stream"]["sha256"] + json.dumps(decisions)
    return hashlib.sha256(content.encode()).hexdigest()[:8]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default="../shared/data")
    parser.add_argument("--checkpoint", default="training/runs/main/best.pt")
    parser.add_argument("--out", default="models/wavenilm")
    parser.add_argument("--days", type=float, default=None, help="use at most this many days of each validation home")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)

    saved = checkpoints.load(options.checkpoint)
    network = checkpoints.averaged_network(saved)
    predictions = Validation(options.data, options.days).predictions(StreamNetwork.of(network, options.threads))
    appliances, power_factors = select(predictions)
    network.scale_watts *= torch.from_numpy(power_factors)
    for prediction in predictions:
        prediction.on_power *= power_factors[None, :, None]
    means = training_means(options.data)
    table = metrics_table(predictions, appliances, means)
    for entry in appliances:
        entry["metrics"] = table[entry["name"]]
        entry["status"] = status(entry)

    os.makedirs(options.out, exist_ok=True)
    paths = {kind: os.path.join(options.out, kind + ".onnx") for kind in ("window", "stream")}
    for kind, path in paths.items():
        with open(path, "wb") as file:
            file.write(build(network, kind == "stream").SerializeToString())
    differences = check_parity(network, paths["window"], paths["stream"])
    print("largest relative difference: window to PyTorch %.1e, stream to window %.1e" % differences)
    if max(differences) > PARITY_TOLERANCE:
        raise SystemExit("The exported graphs do not agree with the network.")

    files = {kind: describe_file(path) for kind, path in paths.items()}
    version = "3.0.0-" + datetime.date.today().strftime("%Y%m%d") + "-" + fingerprint(files, appliances)
    manifest = {
        "name": "wavenilm", "version": version, "format": 1, "files": files,
        "receptiveFieldSeconds": RECEPTIVE_FIELD_SECONDS, "windowSeconds": WINDOW_SECONDS,
        "lookaheadSeconds": LOOKAHEAD_SECONDS, "channels": network.channels, "dilations": list(DILATIONS),
        "features": DEFINITION, "appliances": appliances,
        "training": {
            "data": saved["files"], "secondsSeen": saved["seconds_seen"], "steps": saved["step"],
            "wallMinutes": round(saved["spent_seconds"] / 60, 1), "parameters": sum(p.numel() for p in network.parameters()),
            "config": {k: v for k, v in saved["config"].items() if k in ("channels", "batch", "rate", "seed", "precision")},
            "trainingMeanWatts": means, "onPowerFactors": [round(float(f), 2) for f in power_factors],
            "validationDaysPerHome": options.days,
        },
        "credits": list(CREDITS),
    }
    with open(os.path.join(options.out, "manifest.json"), "w") as file:
        json.dump(manifest, file, indent=1)
        file.write("\n")
    with open(os.path.join(options.out, "golden.json"), "w") as file:
        json.dump(golden(session(paths["window"]), features), file, separators=(",", ":"))
        file.write("\n")
    with open(os.path.join(options.out, "CARD.md"), "w") as file:
        file.write(card(manifest))
    print(version)


if __name__ == "__main__":
    main()
