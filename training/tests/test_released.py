import os
import tempfile
import unittest

try:
    import onnxruntime  # noqa: F401
    import torch
except ImportError:
    raise unittest.SkipTest("PyTorch or onnxruntime is not installed")

import numpy as np

from training.checkpoint import averaged_network, whole_training
from training.model import FAST, SLOW, Wavenilm
from training.released import checkpoint_of, manifest_of, weights_of
from training.row_graphs import build_rows
from training.validation import StreamNetwork

MODEL = os.path.join(os.path.dirname(__file__), "..", "..", "models", "wavenilm")


class ReleasedTest(unittest.TestCase):
    def test_a_network_is_the_same_after_its_graph(self):
        torch.manual_seed(3)
        network = Wavenilm(SLOW, 6, head_channels=8).eval()
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "slow.onnx")
            with open(path, "wb") as file:
                file.write(build_rows(network, step=False).SerializeToString())
            again = Wavenilm(SLOW, 6, head_channels=8).eval()
            again.load_state_dict(weights_of(path, SLOW))
        x = torch.randn(1, SLOW.feature_count, 300)
        with torch.no_grad():
            for before, after in zip(network(x), again(x)):
                np.testing.assert_allclose(after, before, rtol=1e-4, atol=1e-4)

    def test_training_can_go_on_from_the_released_model(self):
        for branch, file in ((FAST, "stream.onnx"), (SLOW, "slow.onnx")):
            saved = checkpoint_of(MODEL, branch)
            self.assertGreater(whole_training(saved)["steps"], 1000)
            # Whoever goes on without such teachers has still learned from them.
            self.assertEqual(whole_training(saved)["window_shares"], manifest_of(MODEL)["training"][branch.name]["windowTeachers"])
            x = np.random.default_rng(1).normal(0, .3, (branch.feature_count, 500)).astype(np.float32)
            released = StreamNetwork(branch, os.path.join(MODEL, file)).run(x)
            for before, after in zip(released, StreamNetwork.of(averaged_network(saved)).run(x)):
                np.testing.assert_allclose(after, before, rtol=1e-4, atol=1e-4)


if __name__ == "__main__":
    unittest.main()
