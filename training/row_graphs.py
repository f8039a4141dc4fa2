"""The network as the run time streams it: ONNX graphs in which a row is a time step.

`step` takes one step of each of many buildings, `stream` many steps of one. Every row goes through the same matrix products by
itself, so that a step's result has the same bits in either graph and in whatever company: how readings are cut into runs does
not show. Test: lib/nilm/stream-network.test.ts.
"""
import numpy as np
import torch
from onnx import TensorProto, helper

from .appliances import COUNT, HORIZONS
from .model import OUTPUT_COUNT
from .onnx_graphs import Graph

# Element-wise kernels compute what does not fill a vector register differently; no row may end inside one.
VECTOR_LENGTH = 16


class _RowGraph(Graph):
    def linear(self, name, x, matrix, bias):
        """x [rows, in] through a matrix [out, in]."""
        w, b = (self.weight(name + suffix, values.detach().cpu().numpy()) for suffix, values in (("_w", matrix.T), ("_b", bias)))
        return self.add("Gemm", [x, w, b], name)


def build_rows(network, step):
    """ONNX model; F features, C channels, B blocks, d the dilation of a block.

    step: features [N,F], taps [B*N,2C] (block by block, what came 2 d and d steps before) -> output [N,44], columns [B*N,C].
    stream: features [F,n], past [sum of 2 d,C] (block by block, the 2 d steps before, oldest first) -> output [44,n],
    columns [B*n,C]. `columns` is what the blocks have to remember of these steps. Last, `hidden` [N,96] or [96,n]: what the
    heads see.
    """
    g, c, dilations = _RowGraph(), network.channels, network.branch.dilations
    features, hidden, rows = network.branch.feature_count, network.hidden.out_features, "N" if step else "n"

    def value(name, *shape):
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)

    def across(name, width):
        return value(name, rows, width) if step else value(name, width, rows)

    inputs = [across("features", features), value("taps", "B*N", 2 * c) if step else value("past", 2 * sum(dilations), c)]
    outputs = [across("output", OUTPUT_COUNT), value("columns", "B*" + rows, c), across("hidden", hidden)]
    halves = g.weight("halves", [c, c], np.int64)
    if step:
        x, before = "features", g.add("Split", ["taps"], [f"before_{i}" for i in range(len(dilations))], axis=0)
    else:
        first_axis = g.weight("first_axis", [0], np.int64)
        x = g.add("Transpose", ["features"], "feature_rows", perm=[1, 0])
        lengths = g.weight("lengths", [2 * d for d in dilations], np.int64)
        before = g.add("Split", ["past", lengths], [f"before_{i}" for i in range(len(dilations))], axis=0)
    x = g.linear("enter", x, network.enter.weight, network.enter.bias)
    columns, gated = [], []
    for i, (dilation, gate, mix) in enumerate(zip(dilations, network.gates, network.mixes)):
        columns.append(x)
        taps = [before[i]]
        if not step:
            joined = g.add("Concat", [before[i], x], f"joined_{i}", axis=0)
            taps = []
            for k in range(2):
                start = g.weight(f"start_{i}_{k}", [k * dilation], np.int64)
                end = g.weight(f"end_{i}_{k}", [(k - 2) * dilation], np.int64)
                taps.append(g.add("Slice", [joined, start, end, first_axis], f"tap_{i}_{k}"))
        y = g.linear(f"gate_{i}", g.add("Concat", [*taps, x], f"taps_{i}", axis=1), gate.weight, gate.bias)
        a, b = g.add("Split", [y, halves], [f"signal_{i}", f"open_{i}"], axis=1)
        gated.append(g.add("Mul", [g.add("Tanh", [a], f"tanh_{i}"), g.add("Sigmoid", [b], f"sigmoid_{i}")], f"gated_{i}"))
        if i + 1 < len(dilations):
            x = g.add("Add", [x, g.linear(f"residual_{i}", gated[i], mix.weight[:c], mix.bias[:c])], f"block_{i}")
    g.add("Concat", columns, "columns", axis=0)
    # The sum of all blocks' skip parts is one product.
    skip = g.linear("skip", g.add("Concat", gated, "all_gated", axis=1), torch.cat([mix.weight[c:] for mix in network.mixes], 1),
                    sum(mix.bias[c:] for mix in network.mixes))
    y = g.linear("hidden_linear", g.add("Relu", [skip], "skip_relu"), network.hidden.weight, network.hidden.bias)
    hidden = g.add("Relu", [y], "hidden" if step else "hidden_rows")
    y = _heads(g, hidden, network)
    last = [g.weight(f"output_{name}", [size], np.int64) for name, size in (("start", 0), ("end", OUTPUT_COUNT), ("axis", 1))]
    y = g.add("Slice", [y, *last], "output" if step else "output_rows")
    if not step:
        g.add("Transpose", [hidden], "hidden", perm=[1, 0])
        g.add("Transpose", [y], "output", perm=[1, 0])
    return g.model("wavenilm-" + ("step" if step else "stream"), inputs, outputs)


def _heads(g, hidden, network):
    """Logits and on-power of both horizons, and columns of zeros up to a whole number of vectors."""
    spare = -OUTPUT_COUNT % VECTOR_LENGTH
    raw = g.linear("raw", hidden, torch.nn.functional.pad(network.out.weight, (0, 0, 0, spare)),
                   torch.nn.functional.pad(network.out.bias, (0, spare)))
    none, scale = np.zeros(COUNT), network.scale_watts.cpu().numpy()
    scale = np.concatenate([none, scale] * len(HORIZONS) + [np.zeros(spare)])[None]
    power = g.add("Mul", [g.add("Softplus", [raw], "softplus"), g.weight("scale_watts", scale)], "on_power")
    return g.add("Where", [g.weight("is_power", scale > 0, np.bool_), power, raw], "all_outputs")


class Memory:
    """What the blocks have to remember of one building's steps, `past` [sum of 2 d,C] as `stream` takes it."""

    def __init__(self, dilations, channels):
        self.dilations = dilations
        self.past = np.zeros((2 * sum(dilations), channels), np.float32)

    def taps(self):
        """[B,2C] as `step` takes them for this building."""
        return np.stack([part[[0, d]].ravel() for part, d in zip(self._parts(), self.dilations)])

    def add(self, columns):
        """`columns` [B*n,C] as a run answers them."""
        columns = columns.reshape(len(self.dilations), -1, columns.shape[1])
        self.past = np.concatenate([np.concatenate(both)[-2 * d:]
                                    for both, d in zip(zip(self._parts(), columns), self.dilations)])

    def _parts(self):
        return np.split(self.past, np.cumsum([2 * d for d in self.dilations])[:-1])
