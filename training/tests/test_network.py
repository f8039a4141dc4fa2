import unittest

try:
    import onnxruntime
    import torch
except ImportError:
    raise unittest.SkipTest("PyTorch or onnxruntime is not installed")

import numpy as np

from training.model import BRANCHES, Wavenilm
from training.onnx_graphs import build


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
            window = onnxruntime.InferenceSession(build(network, False).SerializeToString())
            stream = onnxruntime.InferenceSession(build(network, True).SerializeToString())
            whole = window.run(None, {"features": x})[0]
            np.testing.assert_allclose(whole, self.expected(network, x), rtol=1e-4, atol=1e-4)
            states = {f"state_{i}": np.zeros((1, 8, 2 * d), np.float32) for i, d in enumerate(network.branch.dilations)}
            for start, end in ((0, 1), (1, 2), (2, 62), (62, 1500), (1500, 2500)):
                results = stream.run(None, {"features": x[..., start:end], **states})
                states = dict(zip(states, results[1:]))
                np.testing.assert_allclose(results[0], whole[..., start:end], rtol=1e-4, atol=1e-4)


if __name__ == "__main__":
    unittest.main()
