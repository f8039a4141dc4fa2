"""The network as ONNX graphs: `window` from zero states, and `stream` with its states as inputs and outputs."""
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from .appliances import COUNT, HORIZONS
from .model import OUTPUT_COUNT

OPSET = 17
IR_VERSION = 8


class _Graph:
    def __init__(self):
        self.nodes, self.weights = [], []

    def weight(self, name, values, dtype=np.float32):
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values, dtype), name))
        return name

    def add(self, kind, inputs, outputs, **attributes):
        outputs = [outputs] if isinstance(outputs, str) else outputs
        self.nodes.append(helper.make_node(kind, inputs, outputs, name=outputs[0], **attributes))
        return outputs[0] if len(outputs) == 1 else outputs

    def convolution(self, name, x, layer, taps=1, dilation=1, left_padding=0):
        """A layer of matrix form [out, taps * in] as a convolution over time."""
        matrix = layer.weight.detach().cpu().numpy()
        kernel = matrix.reshape(matrix.shape[0], taps, -1).transpose(0, 2, 1)
        w = self.weight(name + "_w", kernel)
        b = self.weight(name + "_b", layer.bias.detach().cpu().numpy())
        return self.add("Conv", [x, w, b], name, kernel_shape=[taps], dilations=[dilation], pads=[left_padding, 0])


def build(network, stream):
    """ONNX model. window: features [N,F,T] -> output [N,44,T]; stream: also state_i -> next_state_i.

    Last of the outputs, `hidden` [N,96,T]: what the heads see. A home's own heads are fitted on it; nobody else fetches it.
    """
    g, c = _Graph(), network.channels
    span = "n" if stream else "T"
    inputs = [helper.make_tensor_value_info("features", TensorProto.FLOAT, ["N", network.branch.feature_count, span])]
    outputs = [helper.make_tensor_value_info("output", TensorProto.FLOAT, ["N", OUTPUT_COUNT, span])]
    halves = g.weight("halves", [c, c], np.int64)
    x = g.convolution("enter", "features", network.enter)
    skip = None
    for i, dilation in enumerate(network.branch.dilations):
        reach = 2 * dilation
        if stream:
            for values, name in ((inputs, f"state_{i}"), (outputs, f"next_state_{i}")):
                values.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, ["N", c, reach]))
            joined = g.add("Concat", [f"state_{i}", x], f"joined_{i}", axis=2)
            start = g.weight(f"from_{i}", [-reach], np.int64)
            end = g.weight(f"to_{i}", [2 ** 31], np.int64)
            axis = g.weight(f"axis_{i}", [2], np.int64)
            g.add("Slice", [joined, start, end, axis], f"next_state_{i}")
            y = g.convolution(f"gate_{i}", joined, network.gates[i], 3, dilation)
        else:
            y = g.convolution(f"gate_{i}", x, network.gates[i], 3, dilation, reach)
        a, b = g.add("Split", [y, halves], [f"signal_{i}", f"open_{i}"], axis=1)
        y = g.add("Mul", [g.add("Tanh", [a], f"tanh_{i}"), g.add("Sigmoid", [b], f"sigmoid_{i}")], f"gated_{i}")
        y = g.convolution(f"mix_{i}", y, network.mixes[i])
        a, b = g.add("Split", [y, halves], [f"residual_{i}", f"skip_part_{i}"], axis=1)
        x = g.add("Add", [x, a], f"block_{i}")
        skip = b if skip is None else g.add("Add", [skip, b], f"skip_{i}")
    y = g.convolution("hidden_linear", g.add("Relu", [skip], "skip_relu"), network.hidden)
    hidden = helper.make_tensor_value_info("hidden", TensorProto.FLOAT, ["N", network.hidden.out_features, span])
    outputs.append(hidden)
    y = g.convolution("raw", g.add("Relu", [y], "hidden"), network.out)
    parts = g.weight("parts", [COUNT] * (2 * len(HORIZONS)), np.int64)
    split = g.add("Split", [y, parts], [f"{kind}_{h}" for h in HORIZONS for kind in ("logit", "raw_power")], axis=1)
    scale = g.weight("scale_watts", network.scale_watts.cpu().numpy()[None, :, None])
    merged = []
    for h in range(len(HORIZONS)):
        positive = g.add("Softplus", [split[2 * h + 1]], f"softplus_{HORIZONS[h]}")
        merged += [split[2 * h], g.add("Mul", [positive, scale], f"on_power_{HORIZONS[h]}")]
    g.add("Concat", merged, "output", axis=1)
    graph = helper.make_graph(g.nodes, "wavenilm-" + ("stream" if stream else "window"), inputs, outputs, g.weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION,
                              producer_name="training")
    onnx.checker.check_model(model, full_check=True)
    return model
