import os
import unittest

try:
    import onnxruntime  # noqa: F401
    import torch  # noqa: F401
except ImportError:
    raise unittest.SkipTest("PyTorch or onnxruntime is not installed")

from training.card import card
from training.released import manifest_of

MODEL = os.path.join(os.path.dirname(__file__), "..", "..", "models", "wavenilm")


class CardTest(unittest.TestCase):
    def test_choices_of_an_earlier_release_are_marked_where_the_decisions_are(self):
        manifest = manifest_of(MODEL)
        for entry in manifest["appliances"]:
            entry.pop("keptChoices", None)
        self.assertNotIn("earlier release", card(manifest))
        by_name = {entry["name"]: entry for entry in manifest["appliances"]}
        by_name["Dishwasher"]["keptChoices"], by_name["Dryer"]["keptChoices"] = ["fine"], ["fine", "coarse"]
        _, decisions = card(manifest).split("## Blends and decisions")
        self.assertRegex(decisions.split("|")[0], r"earlier release.*: Dishwasher \(fine\), Dryer \(fine and coarse\)\.")


if __name__ == "__main__":
    unittest.main()
