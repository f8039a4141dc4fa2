"""Writes an INT8 copy of a model folder (static, QDQ, per channel), to be measured beside the shipped one:

    python3 -m training.quantised --data ../shared/data --out /tmp/int8
    python3 -m training.report    --data ../shared/data --model /tmp/int8
    npm run bench:inference -- --model-dir /tmp/int8

EXPERIMENTS.md says how it compared.
"""
import argparse
import json
import os
import shutil
import tempfile

import numpy as np
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process

from .export import describe_file, session
from .mixing import Mixer
from .model import FAST, SLOW
from .slow_mixing import SlowMixer
from .sources import Sources


class Readings(CalibrationDataReader):
    """Calibration inputs, one dict after the other."""

    def __init__(self, inputs):
        self.inputs = iter(inputs)

    def get_next(self):
        return next(self.inputs, None)


def inputs_of(kind, segments, branch, stream):
    """What a graph is given: segments [F,T] of the training mix; `stream` is the session of the network's stream graph."""
    for features in segments:
        channels = stream.get_inputs()[1].shape[1]
        past = np.zeros((2 * sum(branch.dilations), channels), np.float32)
        if kind == "window":
            yield {"features": features[None]}
        elif kind in ("stream", "slow"):
            yield {"features": features, "past": past}
        else:
            steps = features.shape[1]
            columns = stream.run(["columns"], {"features": features, "past": past})[0].reshape(-1, steps, channels)
            # Row t of a block: what came 2 d and d steps before, zeros before the first.
            taps = [np.concatenate([np.pad(part, ((back * d, 0), (0, 0)))[:steps] for back in (2, 1)], 1)
                    for part, d in zip(columns, branch.dilations)]
            yield {"features": np.ascontiguousarray(features.T), "taps": np.concatenate(taps)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default="../shared/data")
    parser.add_argument("--model", default="models/wavenilm")
    parser.add_argument("--out", required=True)
    parser.add_argument("--segments", type=int, default=16)
    options = parser.parse_args()
    with open(os.path.join(options.model, "manifest.json")) as file:
        manifest = json.load(file)
    files = manifest["files"]
    path_of = {kind: os.path.join(options.model, file["path"]) for kind, file in files.items()}
    sources = Sources(options.data)
    networks = ((FAST, Mixer(sources, 5), "stream", ("window", "stream", "step")),
                (SLOW, SlowMixer(sources, 5), "slow", ("slow", "slowStep")))
    shutil.copytree(options.model, options.out, dirs_exist_ok=True)
    for branch, mixer, stream_kind, kinds in networks:
        segments = [np.ascontiguousarray(mixer.segment()[0]) for _ in range(options.segments)]
        stream = session(path_of[stream_kind])
        for kind in kinds:
            out = os.path.join(options.out, files[kind]["path"])
            with tempfile.TemporaryDirectory() as folder:
                prepared = os.path.join(folder, "prepared.onnx")
                quant_pre_process(path_of[kind], prepared, skip_symbolic_shape=True)
                quantize_static(prepared, out, Readings(inputs_of(kind, segments, branch, stream)), quant_format=QuantFormat.QDQ,
                                op_types_to_quantize=["Conv", "Gemm"], per_channel=True, activation_type=QuantType.QUInt8,
                                weight_type=QuantType.QInt8)
            files[kind] = describe_file(out)
            print(kind, files[kind]["bytes"], flush=True)
    manifest["version"] += "-int8"
    with open(os.path.join(options.out, "manifest.json"), "w") as file:
        json.dump(manifest, file, indent=1)


if __name__ == "__main__":
    main()
