import argparse
import unittest
from unittest import mock

try:
    import onnxruntime  # noqa: F401
    import torch  # noqa: F401
except ImportError:
    raise unittest.SkipTest("PyTorch or onnxruntime is not installed")

from training import export


class LeftOutTest(unittest.TestCase):
    def test_a_home_that_was_learned_from_in_another_recording_takes_no_part(self):
        saved = {"files": ["refit_head_house02.npz", "refit_head_house03.npz"],
                 "config": {"leave_out": ["devicescope_REFIT_House2_30s", "refit_head_house04"]}}
        options = argparse.Namespace(slow_without="without.pt", threads=1, data="data")
        with mock.patch.object(export.checkpoints, "load", return_value=saved), \
                mock.patch.object(export.checkpoints, "averaged_network"), \
                mock.patch.object(export.StreamNetwork, "of"), mock.patch("builtins.print") as said, \
                mock.patch.object(export, "Validation") as validation:
            export.left_out_pairs(options)
        self.assertEqual(validation.call_args.kwargs["left_out"], ["refit_head_house04"])
        self.assertIn("devicescope_REFIT_House2_30s", said.call_args.args[0])


class FingerprintTest(unittest.TestCase):
    def test_a_version_is_of_the_weights_and_of_every_choice_and_of_nothing_else(self):
        def print_of(weights="a", threshold=.5, duty=.5, **more):
            return export.fingerprint({"slow": {"sha256": weights}},
                                      [{"blend": {"fine": {"final": {"threshold": threshold}}}, "mostDuty": duty, **more}])

        first = print_of()
        self.assertEqual(print_of(metrics=[{"f1": .9}]), first)
        for other in (print_of(weights="b"), print_of(threshold=.55), print_of(duty=.6)):
            self.assertNotEqual(other, first)


if __name__ == "__main__":
    unittest.main()
