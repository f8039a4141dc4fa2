import unittest

try:
    import torch
except ImportError:
    raise unittest.SkipTest("PyTorch is not installed")

from training.average import average


class AverageTest(unittest.TestCase):
    def test_weights_are_averaged_by_their_factors_and_the_rest_is_the_last_ones(self):
        mean = average([{"average": {"w": torch.tensor([1.0, 4])}, "step": 1}, {"average": {"w": torch.tensor([4.0, 1])}, "step": 2}],
                       [1, 2])
        torch.testing.assert_close(mean["average"]["w"], torch.tensor([3.0, 2]))
        self.assertEqual(mean["step"], 2)

    def test_what_any_of_them_learned_from_window_teachers_counts(self):
        first = {"window_shares": {"Freezer": 0.5}, "before": {"window_shares": {"Refrigerator": 0.5}}}
        second = {"window_shares": {"Freezer": 1.0}, "before": {}}
        mean = average([{**c, "average": {"w": torch.zeros(2)}} for c in (first, second)], [1, 1])
        self.assertEqual(mean["window_shares"], {"Freezer": 1.0, "Refrigerator": 0.5})

    def test_networks_of_other_shapes_are_refused(self):
        with self.assertRaises(SystemExit):
            average([{"average": {"w": torch.zeros(2)}}, {"average": {"w": torch.zeros(3)}}], [1, 1])


if __name__ == "__main__":
    unittest.main()
