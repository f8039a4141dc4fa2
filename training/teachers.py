"""A network that learns from others: two trained networks of its branch, each heard on the appliances that it knows better.

The student answers as one network of its own size what would take both. The mixed segments serve as questions; their labels do not
count, so that no home is learned by heart more than the teachers know it. After Hinton, Vinyals and Dean 2015, "Distilling the
knowledge in a neural network", arXiv 1503.02531, at temperature 1.
"""
import torch
import torch.nn.functional as F

from .appliances import APPLIANCES, COUNT, HORIZONS


class Teachers:
    """Answers features as the first network does, and for each appliance by a share as the second."""

    def __init__(self, first, second, second_shares):
        """`second_shares`: 0..1 by appliance, in their order."""
        self.first, self.second = first.eval(), second.eval()
        self.shares = torch.tensor(second_shares, dtype=torch.float32)[:, None]

    @torch.no_grad()
    def __call__(self, features):
        """(on-logits, on-power in W), each [N, horizon, appliance, T]."""
        shares = self.shares.to(features.device)
        return tuple(torch.lerp(a, b, shares) for a, b in zip(self.first(features), self.second(features)))


def distillation_loss_of(logits, on_power, taught, emphasis=(1.0,) * COUNT):
    """Scalar loss and a dict of its parts: how far answers [N, horizon, appliance, T] are from those `taught`, of the same shape.

    State: the Kullback-Leibler divergence from the taught probability. On-power: L1 in units of the appliance's scale, as far as the
    teachers take it to be on. `emphasis`: a factor on the weight of each appliance.
    """
    device = logits.device
    importance = torch.tensor([a.loss_weight * factor for a, factor in zip(APPLIANCES, emphasis)], device=device)
    importance = (importance / importance.sum())[:, None]
    scale = torch.tensor([a.scale_watts for a in APPLIANCES], device=device)[:, None]
    taught_logits, taught_power = taught
    probability = torch.sigmoid(taught_logits)
    entropy = F.binary_cross_entropy_with_logits(taught_logits, probability, reduction="none")
    divergence = F.binary_cross_entropy_with_logits(logits, probability, reduction="none") - entropy
    error = probability * (on_power - taught_power).abs() / scale
    loss, parts = 0.0, {}
    for horizon, name in enumerate(HORIZONS):
        state, watts = ((x[:, horizon] * importance).sum(1).mean() for x in (divergence, error))
        loss = loss + state + watts
        parts[f"{name}_state"], parts[f"{name}_on_power"] = float(state.detach()), float(watts.detach())
    return loss / len(HORIZONS), parts
