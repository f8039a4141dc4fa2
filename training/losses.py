"""Loss: state by cross entropy, watts by L1, and a small price for explaining more than the total."""
import torch
import torch.nn.functional as F

from .appliances import APPLIANCES, COUNT, HORIZONS

TYPICAL_LABELLED_SHARE = 0.7
TYPICAL_ON_SHARE = 0.03


def loss_of(logits, on_power, watts, state, weight, total_watts, lookahead_steps, emphasis=(1.0,) * COUNT):
    """Scalar loss and a dict of its parts.

    logits, on_power: [N, horizon, appliance, T]; watts (W), state (0/1), weight: [N, appliance, T];
    total_watts [N, T]; emphasis: a factor on the weight of each appliance. The final horizon at step t is compared with
    t - lookahead_steps.
    """
    device = logits.device
    importance = torch.tensor([a.loss_weight * factor for a, factor in zip(APPLIANCES, emphasis)], device=device)
    scale = torch.tensor([a.scale_watts for a in APPLIANCES], device=device)[:, None]
    importance = importance / importance.sum()
    loss, parts = 0.0, {}
    for horizon, name in enumerate(HORIZONS):
        shift = lookahead_steps if name == "final" else 0
        end = watts.shape[2] - shift
        y, s, m = watts[..., :end], state[..., :end], weight[..., :end]
        logit, power = logits[:, horizon, :, shift:], on_power[:, horizon, :, shift:]
        # Fixed, not the number of labelled seconds: a few of them must not weigh as much as a whole batch.
        count = y.shape[0] * y.shape[2] * TYPICAL_LABELLED_SHARE
        probability = torch.sigmoid(logit)

        def mean(x, count=count, m=m):
            return ((x * m).sum((0, 2)) / count * importance).sum()

        entropy = mean(F.binary_cross_entropy_with_logits(logit, s, reduction="none"))
        # Each of the two factors learns by itself; together they would settle at zero watts, the median of rare loads.
        error = mean((probability * power.detach() - y).abs() / scale)
        on_count = (m * s).sum((0, 2)) + y.shape[0] * y.shape[2] * TYPICAL_ON_SHARE
        on_error = mean(s * (power - y).abs() / scale, on_count)
        excess = F.relu((probability * power.detach()).sum(1) - total_watts[:, :end].clamp(min=0)).mean() / 1000
        loss = loss + entropy + 0.5 * error + 0.3 * on_error + 0.05 * excess
        parts[f"{name}_state"] = float(entropy.detach())
        parts[f"{name}_watts"] = float(error.detach())
        parts[f"{name}_on_power"] = float(on_error.detach())
    return loss / len(HORIZONS), parts
