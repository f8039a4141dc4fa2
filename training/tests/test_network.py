import unittest

try:
    import onnxruntime
    import torch
except ImportError:
    raise unittest.SkipTest("PyTorch or onnxruntime is not installed")

import numpy as np

from training.model import BRANCHES, Wavenilm
from training.onnx_graphs import build
from training.row_graphs import Memory, build_rows


class NetworkTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        torch.manual_seed(0)
        rng = np.random.default_rng(0)
        cls.cases = [(Wavenilm(branch, 8).eval(), rng.normal(0, 0.3, (1, branch.feature_count, 2500)).astype(np.float32))
                     for branch in BRANCHES.values()]

    def expected(self, network, x):
        with torch.no_grad():
            logits, power = network(torch.from_numpy(x))
        return torch.stack([logits, power], 2).reshape(1, 44, -1).numpy()

    def test_no_output_depends_on_the_future(self):
        for network, x in self.cases:
            later = x.copy()
            later[..., 2000:] += 1
            np.testing.assert_array_equal(self.expected(network, later)[..., :2000], self.expected(network, x)[..., :2000])

    def test_no_output_depends_on_what_is_beyond_the_receptive_field(self):
        for network, x in self.cases:
            start = 2400 - network.branch.receptive_field_steps
            earlier = x.copy()
            earlier[..., :start] += 1
            np.testing.assert_allclose(self.expected(network, earlier)[..., 2400:], self.expected(network, x)[..., 2400:], atol=1e-5)

    def test_streaming_step_by_step_equals_the_window(self):
        for network, x in self.cases:
            window = onnxruntime.InferenceSession(build(network).SerializeToString())
            stream = onnxruntime.InferenceSession(build_rows(network, step=False).SerializeToString())
            whole = window.run(None, {"features": x})[0]
            np.testing.assert_allclose(whole, self.expected(network, x), rtol=1e-4, atol=1e-4)
            memory = Memory(network.branch.dilations, 8)
            for start, end in ((0, 1), (1, 2), (2, 62), (62, 1500), (1500, 2500)):
                output, columns, _ = stream.run(None, {"features": x[0, :, start:end], "past": memory.past})
                memory.add(columns)
                np.testing.assert_allclose(output, whole[0, :, start:end], rtol=1e-4, atol=1e-4)

    def test_steps_of_many_buildings_in_one_run_equal_each_by_itself_to_the_last_bit(self):
        for network, x in self.cases:
            stream, step = (onnxruntime.InferenceSession(build_rows(network, form).SerializeToString()) for form in (False, True))
            buildings = np.concatenate([x, -x, x[..., ::-1]])[..., :1000]
            memories = [Memory(network.branch.dilations, 8) for _ in buildings]
            stepped = []
            for features in buildings.transpose(2, 0, 1):
                taps = np.stack([memory.taps() for memory in memories], 1).reshape(-1, 16)
                output, columns, _ = step.run(None, {"features": np.ascontiguousarray(features), "taps": taps})
                for i, memory in enumerate(memories):
                    memory.add(columns[i::3])
                stepped.append(output)
            for i, features in enumerate(buildings):
                whole = stream.run(None, {"features": features, "past": np.zeros_like(memories[0].past)})[0]
                np.testing.assert_array_equal(np.stack(stepped, 2)[i], whole)


if __name__ == "__main__":
    unittest.main()
