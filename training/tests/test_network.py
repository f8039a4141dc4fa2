import unittest

try:
    import onnxruntime
    import torch
except ImportError:
    raise unittest.SkipTest("PyTorch or onnxruntime is not installed")

import numpy as np

from training.model import DILATIONS, Wavenilm
from training.onnx_graphs import build


class NetworkTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        torch.manual_seed(0)
        cls.network = Wavenilm(8).eval()
        cls.x = np.random.default_rng(0).normal(0, 0.3, (1, 5, 2500)).astype(np.float32)

    def expected(self, x):
        with torch.no_grad():
            logits, power = self.network(torch.from_numpy(x))
        return torch.stack([logits, power], 2).reshape(1, 44, -1).numpy()

    def test_no_output_depends_on_the_future(self):
        later = self.x.copy()
        later[..., 2000:] += 1
        np.testing.assert_array_equal(self.expected(later)[..., :2000], self.expected(self.x)[..., :2000])

    def test_streaming_second_by_second_equals_the_window(self):
        window = onnxruntime.InferenceSession(build(self.network, False).SerializeToString())
        stream = onnxruntime.InferenceSession(build(self.network, True).SerializeToString())
        whole = window.run(None, {"features": self.x})[0]
        np.testing.assert_allclose(whole, self.expected(self.x), rtol=1e-4, atol=1e-4)
        states = {f"state_{i}": np.zeros((1, 8, 2 * d), np.float32) for i, d in enumerate(DILATIONS)}
        for start, end in ((0, 1), (1, 2), (2, 62), (62, 1500), (1500, 2500)):
            results = stream.run(None, {"features": self.x[..., start:end], **states})
            states = {f"state_{i}": state for i, state in enumerate(results[1:])}
            np.testing.assert_allclose(results[0], whole[..., start:end], rtol=1e-4, atol=1e-4)


if __name__ == "__main__":
    unittest.main()
