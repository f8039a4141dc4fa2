"""A network that learns from others: trained networks of its branch or of another shape, each heard on the appliances that it knows better.

The student answers as one network of its own size what would take them all. The mixed segments serve as questions; their labels do not
count, so that no home is learned by heart more than the teachers know it. After Hinton, Vinyals and Dean 2015, "Distilling the
knowledge in a neural network", arXiv 1503.02531, at temperature 1.
"""
import torch
import torch.nn.functional as F

from .appliances import APPLIANCES, COUNT, HORIZONS, NAMES

PROVISIONAL, FINAL = HORIZONS.index("provisional"), HORIZONS.index("final")


class Teachers:
    """Answers features as the first network does, and for each appliance by a share as the second or as networks of windows do."""

    def __init__(self, first, second=None, second_shares=(0.0,) * COUNT, windowed=None, window_shares=(1.0,) * COUNT):
        """Shares are 0..1 by appliance, in their order. `windowed`: by an appliance's index its window_teachers, heard as their mean."""
        self.first, self.second = first.eval(), second and second.eval()
        self.shares = torch.tensor(second_shares, dtype=torch.float32)[:, None]
        self.windowed, self.window_shares = windowed or {}, window_shares

    @torch.no_grad()
    def __call__(self, features, total_watts):
        """(on-logits, on-power in W), each [N, horizon, appliance, T], of features [N, channels, T] and the power
        they tell of, [N, T]."""
        taught = self.first(features)
        if self.second:
            shares = self.shares.to(features.device)
            taught = tuple(torch.lerp(a, b, shares) for a, b in zip(taught, self.second(features)))
        for index, teachers in self.windowed.items():
            firsts, *answers = zip(*(teacher(features, total_watts) for teacher in teachers))
            for target, values in zip(taught, answers):
                if all(value is not None for value in values):
                    self.mix(target[:, :, index], firsts[0], torch.stack(values).mean(0), self.window_shares[index])
        return taught

    def shares_of_windows(self):
        """By an appliance's name the share that networks of windows have of what is taught of it, where they have any."""
        return {NAMES[index]: self.window_shares[index] for index in sorted(self.windowed) if self.window_shares[index] > 0}

    def mix(self, target, first, values, share):
        """Takes the share of the values, outputs of the final horizon from `first` on, into a target [N, horizon, T]."""
        lookahead, end = self.first.branch.lookahead_steps, first + values.shape[1]
        # What is known of a moment in the end is also the best that can be said of it at once.
        for horizon, shift in ((FINAL, 0), (PROVISIONAL, lookahead)):
            outputs = target[:, horizon, first - shift:end - shift]
            outputs.lerp_(values.to(outputs.dtype), share)


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
