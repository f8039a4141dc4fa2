"""Writes the design that this one replaces, untrained, as a baseline for speed alone.

    python3 -m training.export_old_design --out benchmarks/old-design.onnx

One network per appliance: 7 inputs, 64 channels, nine gated dilated causal blocks of kernel 3 with squeeze and
excitation (a mean over the whole window), two heads; input [1, 7, 1536]. The weights are made up from a fixed
seed and the outputs mean nothing.
"""
import argparse
import os

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from .onnx_graphs import IR_VERSION, OPSET

INPUTS, CHANNELS, BLOCKS, SQUEEZED, WINDOW_SECONDS = 7, 64, 9, 16, 1536


class _Builder:
    def __init__(self, seed):
        self.rng, self.nodes, self.weights = np.random.default_rng(seed), [], []

    def add(self, kind, inputs, name, **attributes):
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, **attributes))
        return name

    def convolution(self, name, x, inputs, outputs, taps=1, dilation=1):
        kernel = self.rng.normal(0, 1 / np.sqrt(inputs * taps), (outputs, inputs, taps)).astype(np.float32)
        self.weights += [numpy_helper.from_array(kernel, name + "_w"),
                         numpy_helper.from_array(np.zeros(outputs, np.float32), name + "_b")]
        return self.add("Conv", [x, name + "_w", name + "_b"], name, kernel_shape=[taps], dilations=[dilation],
                        pads=[(taps - 1) * dilation, 0])


def build_old_design(seed=0):
    """ONNX model: input [1, 7, 1536] -> power [1, 1, 1536] and on [1, 1, 1536]."""
    g = _Builder(seed)
    x = g.convolution("enter", "input", INPUTS, CHANNELS)
    for i in range(BLOCKS):
        signal = g.add("Tanh", [g.convolution(f"signal_{i}", x, CHANNELS, CHANNELS, 3, 2 ** i)], f"tanh_{i}")
        gate = g.add("Sigmoid", [g.convolution(f"gate_{i}", x, CHANNELS, CHANNELS, 3, 2 ** i)], f"sigmoid_{i}")
        y = g.convolution(f"mix_{i}", g.add("Mul", [signal, gate], f"gated_{i}"), CHANNELS, CHANNELS)
        squeeze = g.add("GlobalAveragePool", [y], f"mean_{i}")
        squeeze = g.add("Relu", [g.convolution(f"squeeze_{i}", squeeze, CHANNELS, SQUEEZED)], f"squeezed_{i}")
        squeeze = g.add("Sigmoid", [g.convolution(f"excite_{i}", squeeze, SQUEEZED, CHANNELS)], f"excited_{i}")
        x = g.add("Add", [x, g.add("Mul", [y, squeeze], f"scaled_{i}")], f"block_{i}")
    for head in ("power", "on"):
        hidden = g.add("Relu", [g.convolution(head + "_hidden", x, CHANNELS, CHANNELS)], head + "_relu")
        g.add("Relu" if head == "power" else "Sigmoid", [g.convolution(head + "_raw", hidden, CHANNELS, 1)], head)

    def value(name, channels):
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, channels, WINDOW_SECONDS])

    graph = helper.make_graph(g.nodes, "old-design", [value("input", INPUTS)], [value("power", 1), value("on", 1)], g.weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)
    onnx.checker.check_model(model, full_check=True)
    return model


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", default="benchmarks/old-design.onnx")
    options = parser.parse_args()
    os.makedirs(os.path.dirname(options.out) or ".", exist_ok=True)
    with open(options.out, "wb") as file:
        file.write(build_old_design().SerializeToString())


if __name__ == "__main__":
    main()
