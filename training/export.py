"""Exports two checkpoints:

    python3 -m training.export --data ../shared/data --fast training/runs/fast/last.pt --slow training/runs/slow/last.pt

Chooses blend, calibration and thresholds on the validation homes and on those that --slow-without was trained without
(`training.train --branch slow --leave-out ...`), then writes window.onnx, stream.onnx and step.onnx (fast
network), slow.onnx and slow-step.onnx, manifest.json, golden.json and CARD.md into --out.
"""
import argparse
import dataclasses
import datetime
import hashlib
import json
import os

import numpy as np
import onnxruntime
import torch

from . import checkpoint as checkpoints
from .appliances import EXPERIMENTAL, LOOKAHEAD_SECONDS
from .baselines import MIN_ACTIVATIONS
from .card import card
from .credits import CREDITS
from .features import DEFINITION
from .golden import golden
from .homes import most_by_home, source_home
from .mixing import COARSE_INTERVAL_SECONDS
from .onnx_graphs import build
from .released import manifest_of
from .row_graphs import Memory, build_rows
from .selection import metrics_table, select
from .slow_features import SLOW_DEFINITION
from .slow_grid import BLOCK_SECONDS
from .sources import Sources, align, recordings_of
from .validation import Pair, StreamNetwork, Validation

WINDOW_SECONDS = 1536
PARITY_TOLERANCE = 1e-4
USEFUL_F1 = 0.35
LEFT_OUT_DAYS = 60
FILE_NAMES = {"slowStep": "slow-step"}
DESCRIBED_OPTIONS = ("batch", "rate", "seed", "precision", "emphasis", "second_teaches")


def session(model, threads=1):
    """`model` is the bytes or the path of a graph."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def check_parity(network, window_model, stream_model, step_model):
    """Largest differences, relative above 1: window to PyTorch, stream and step to window. Models as bytes or paths."""
    rng = np.random.default_rng(3)
    x = rng.normal(0, 0.3, (2, network.branch.feature_count, 3000)).astype(np.float32)
    with torch.no_grad():
        logits, power = network(torch.from_numpy(x))
    expected = torch.stack([logits, power], 2).reshape(2, -1, x.shape[2]).numpy()
    window = session(window_model).run(None, {"features": x})[0]
    memories = [Memory(network.branch.dilations, network.channels) for _ in x]
    stream, step = session(stream_model), session(step_model)
    streamed, position = [], 0
    while position < x.shape[2]:
        count = int(rng.choice([1, 2, 7, 60, 300]))
        features = x[0, :, position:position + count]
        output, columns = stream.run(["output", "columns"], {"features": features, "past": memories[0].past})
        memories[0].add(columns)
        streamed.append(output)
        position += count
    memories[0] = Memory(network.branch.dilations, network.channels)
    stepped = []
    for position in range(x.shape[2]):
        taps = np.stack([memory.taps() for memory in memories], 1)
        features = np.ascontiguousarray(x[:, :, position])
        output, columns = step.run(["output", "columns"], {"features": features, "taps": taps.reshape(-1, taps.shape[2])})
        for building, memory in enumerate(memories):
            memory.add(columns[building::2])
        stepped.append(output)

    def difference(a, b):
        return float((np.abs(a - b) / np.maximum(1, np.abs(b))).max())

    return (difference(window, expected), difference(np.concatenate(streamed, 1), window[0]),
            difference(np.stack(stepped, 2), window))


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
    """measured: enough runs in validation homes and useful there, each home counting once; all else is experimental."""
    rows = [row for row in entry["metrics"] if row["horizon"] == "final" and row["activations"]]
    if entry["name"] in EXPERIMENTAL or most_by_home(rows, "activations") < MIN_ACTIVATIONS:
        return "experimental"
    by_home = {}
    for row in rows:
        by_home.setdefault(source_home(row["home"]), []).append(row["f1"])
    return "measured" if np.mean([np.mean(of_home) for of_home in by_home.values()]) >= USEFUL_F1 else "experimental"


def describe_file(path):
    with open(path, "rb") as file:
        content = file.read()
    return {"path": os.path.basename(path), "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}


def fingerprint(files, appliances):
    """Eight hex digits that change with the weights and with the calibration."""
    choices = json.dumps([[entry["blend"], entry.get("mostDuty")] for entry in appliances])
    return hashlib.sha256(("".join(file["sha256"] for file in files.values()) + choices).encode()).hexdigest()[:8]


def on_mains_clock(pair):
    """The pair with its home's labels moved to the clock of the mains.

    Thresholds must not be learned from clocks that differ; the published metrics keep the labels as they were measured.
    """
    home = dataclasses.replace(pair.home, watts=dict(pair.home.watts), state=dict(pair.home.state))
    align(home)
    return Pair(home, pair.fast, pair.slow)


def left_out_pairs(options):
    """The homes that the network of --slow-without has not seen, with its answer in the place of both networks'."""
    saved = checkpoints.load(options.slow_without)
    network = StreamNetwork.of(checkpoints.averaged_network(saved), options.threads)
    seen = recordings_of(file[:-4] for file in saved["files"])
    names = [name for name in saved["config"]["leave_out"] if name not in seen]
    for name in set(saved["config"]["leave_out"]) - set(names):
        print(f"{name} takes no part: the network learned from another recording of that home")
    homes = Validation(options.data, LEFT_OUT_DAYS, folder="none", left_out=names)
    return homes.pairs(network, network, slowed=True)


def training_of(saved, network):
    """How a network came about, for the manifest."""
    whole = checkpoints.whole_training(saved)
    return {
        "secondsSeen": whole["seconds_seen"], "steps": whole["steps"], "wallMinutes": round(whole["spent_seconds"] / 60, 1),
        "parameters": sum(p.numel() for p in network.parameters()),
        "config": {k: v for k, v in saved["config"].items() if k in DESCRIBED_OPTIONS},
        # By appliance, how much of it was learned from networks of another design.
        "windowTeachers": whole["window_shares"],
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default="../shared/data")
    parser.add_argument("--fast", default="training/runs/fast/last.pt")
    parser.add_argument("--slow", default="training/runs/slow/last.pt")
    parser.add_argument("--slow-without", help="checkpoint of a slow network that was trained without some homes")
    parser.add_argument("--choices-of", help="released model whose networks were trained on: what the validation homes hardly run "
                        "stays as it was chosen there")
    parser.add_argument("--out", default="models/wavenilm")
    parser.add_argument("--days", type=float, default=None, help="use at most this many days of each validation home")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)

    saved = {"fast": checkpoints.load(options.fast), "slow": checkpoints.load(options.slow)}
    fast, slow = (checkpoints.averaged_network(saved[name]) for name in ("fast", "slow"))
    graphs = {"window": build(fast), "stream": build_rows(fast, step=False), "step": build_rows(fast, step=True),
              "slow": build_rows(slow, step=False), "slowStep": build_rows(slow, step=True)}
    graphs = {kind: graph.SerializeToString() for kind, graph in graphs.items()}
    slow_window = build(slow).SerializeToString()
    differences = (check_parity(fast, graphs["window"], graphs["stream"], graphs["step"])
                   + check_parity(slow, slow_window, graphs["slow"], graphs["slowStep"]))
    print("largest relative differences: window to PyTorch, stream and step to window, and the same of slow: "
          + " ".join(f"{d:.1e}" for d in differences))
    if max(differences) > PARITY_TOLERANCE:
        raise SystemExit("The exported graphs do not agree with the networks.")

    streams = StreamNetwork.of(fast, options.threads), StreamNetwork.of(slow, options.threads)
    pairs = Validation(options.data, options.days).pairs(*streams, slowed=True)
    left_out = left_out_pairs(options) if options.slow_without else []
    earlier = manifest_of(options.choices_of)["appliances"] if options.choices_of else []
    appliances = select(*([on_mains_clock(pair) for pair in some] for some in (pairs, left_out)), earlier)
    means = training_means(options.data)
    table, left_out_table = (metrics_table(some, appliances, means) for some in (pairs, left_out))
    for entry in appliances:
        entry["metrics"] = table[entry["name"]]
        # Of another network, trained as the released one but for a shorter time and without these homes.
        entry["leftOutMetrics"] = [row for row in left_out_table[entry["name"]] if row["horizon"] == "final"]
        entry["status"] = status(entry)

    os.makedirs(options.out, exist_ok=True)
    files = {}
    for kind, content in graphs.items():
        path = os.path.join(options.out, FILE_NAMES.get(kind, kind) + ".onnx")
        with open(path, "wb") as file:
            file.write(content)
        files[kind] = describe_file(path)
    version = "3.2.0-" + datetime.date.today().strftime("%Y%m%d") + "-" + fingerprint(files, appliances)
    manifest = {
        "name": "wavenilm", "version": version, "format": 3, "files": files,
        "receptiveFieldSeconds": fast.branch.receptive_field_steps, "windowSeconds": WINDOW_SECONDS,
        "lookaheadSeconds": LOOKAHEAD_SECONDS, "channels": fast.channels, "dilations": list(fast.branch.dilations),
        "features": DEFINITION, "coarseIntervalSeconds": COARSE_INTERVAL_SECONDS,
        "slow": {
            "blockSeconds": BLOCK_SECONDS, "lookaheadBlocks": slow.branch.lookahead_steps,
            "receptiveFieldBlocks": slow.branch.receptive_field_steps, "channels": slow.channels,
            "dilations": list(slow.branch.dilations), "features": SLOW_DEFINITION,
        },
        "appliances": appliances,
        "training": {
            "data": saved["fast"]["files"], "fast": training_of(saved["fast"], fast), "slow": training_of(saved["slow"], slow),
            "trainingMeanWatts": means, "validationDaysPerHome": options.days,
        },
        "credits": list(CREDITS),
    }
    with open(os.path.join(options.out, "manifest.json"), "w") as file:
        json.dump(manifest, file, indent=1)
        file.write("\n")
    with open(os.path.join(options.out, "golden.json"), "w") as file:
        json.dump(golden(session(graphs["window"]), session(slow_window)), file, separators=(",", ":"))
        file.write("\n")
    with open(os.path.join(options.out, "CARD.md"), "w") as file:
        file.write(card(manifest))
    print(version)


if __name__ == "__main__":
    main()
