"""The recurrent network for generation: an LSTM over the last 120 hours of the sky, and two hidden layers for each hour that is asked.

It answers the share of a clear sky's generation. Several of it, begun from other seeds, answer by their mean.
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

COLUMNS = 30
PAST_HOURS = 120
PAST_COLUMNS = 3
EPOCHS = 14
ORIGINS_A_BATCH = 64
SEEDS = (1, 2, 3)
# Errors count by the power they are, in units of the mean of what a clear sky gives: beyond this linearly, so that the answer lies
# between the mean and the median.
HUBER_DELTA = 0.3
# The network is judged on the first day ahead.
DAY_HOURS = 24


@dataclass
class Rows:
    past: torch.Tensor      # origins x PAST_HOURS x PAST_COLUMNS
    columns: torch.Tensor   # rows x COLUMNS
    answer: torch.Tensor    # rows, share of the clear sky
    scale: torch.Tensor     # rows, W of the clear sky
    origin: torch.Tensor    # rows, index into past, ascending
    is_learned: np.ndarray  # origins, false in the year that is held back
    day: np.ndarray         # origins, days from the first

    def of(self, origins: np.ndarray):
        """The rows of some origins, and for each the place of its origin among them."""
        first = np.searchsorted(self.origin.numpy(), origins)
        last = np.searchsorted(self.origin.numpy(), origins, side="right")
        rows = np.concatenate([np.arange(a, b) for a, b in zip(first, last)])
        return torch.from_numpy(rows), torch.from_numpy(np.repeat(np.arange(len(origins)), last - first))

    def hours_ahead(self) -> np.ndarray:
        return np.exp(3 * self.columns[:, 6].numpy()).round()


def read(folder) -> Rows:
    past = np.fromfile(folder / "solar-past.f32", dtype="<f4").reshape(-1, PAST_HOURS * PAST_COLUMNS + 2)
    rows = np.fromfile(folder / "solar-rows.f32", dtype="<f4").reshape(-1, COLUMNS + 3)
    tensor = lambda values: torch.from_numpy(np.ascontiguousarray(values))
    return Rows(
        past=tensor(past[:, :-2].reshape(-1, PAST_HOURS, PAST_COLUMNS)),
        columns=tensor(rows[:, :COLUMNS]),
        answer=tensor(rows[:, COLUMNS]),
        scale=tensor(rows[:, COLUMNS + 1]),
        origin=tensor(rows[:, COLUMNS + 2].astype(np.int64)),
        is_learned=past[:, -2] == 1,
        day=past[:, -1].astype(np.int64),
    )


class SolarNetwork(nn.Module):
    def __init__(self, mean: torch.Tensor, spread: torch.Tensor, state: int = 24, hidden: int = 48, dropout: float = 0.2):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("spread", spread)
        self.lstm = nn.LSTM(PAST_COLUMNS, state, batch_first=True)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.Sequential(
            nn.Linear(COLUMNS + state, hidden), nn.SiLU(), nn.Dropout(dropout),
            nn.Linear(hidden, hidden), nn.SiLU(), nn.Dropout(dropout),
            nn.Linear(hidden, 1),
        )

    def forward(self, past: torch.Tensor, rows: torch.Tensor, origins: torch.Tensor) -> torch.Tensor:
        state = self.dropout(self.lstm(past)[1][0][0])
        return self.layers(torch.cat([(rows - self.mean) / self.spread, state[origins]], dim=1)).squeeze(-1)


class Mean(nn.Module):
    def __init__(self, networks):
        super().__init__()
        self.networks = nn.ModuleList(networks)

    def forward(self, past: torch.Tensor, rows: torch.Tensor, origins: torch.Tensor) -> torch.Tensor:
        return torch.stack([network(past, rows, origins) for network in self.networks]).mean(0)


def fit(data: Rows, origins: np.ndarray, seed: int, epochs: int = EPOCHS) -> SolarNetwork:
    torch.manual_seed(seed)
    order = np.random.default_rng(seed)
    rows, _ = data.of(origins)
    model = SolarNetwork(data.columns[rows].mean(0), data.columns[rows].std(0).clamp_min(1e-3))
    weight = data.scale / data.scale[rows].mean()
    optimiser = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=2e-2)
    batches = -(-len(origins) // ORIGINS_A_BATCH)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, epochs * batches)
    model.train()
    for _ in range(epochs):
        shuffled = order.permutation(origins)
        for start in range(0, len(shuffled), ORIGINS_A_BATCH):
            chosen = np.sort(shuffled[start : start + ORIGINS_A_BATCH])
            picked, place = data.of(chosen)
            error = (model(data.past[chosen], data.columns[picked], place) - data.answer[picked]) * weight[picked]
            loss = nn.functional.huber_loss(error, torch.zeros_like(error), delta=HUBER_DELTA)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
    return model.eval()


def answers(model: nn.Module, data: Rows, origins: np.ndarray):
    rows, place = data.of(origins)
    with torch.no_grad():
        return rows, model(data.past[origins], data.columns[rows], place)


def errors(data: Rows, rows: torch.Tensor, said: torch.Tensor) -> tuple[float, float]:
    """Mean absolute and root mean square error (W) of the first day ahead, hours of daylight."""
    near = torch.from_numpy(data.hours_ahead()[rows.numpy()] <= DAY_HOURS)
    off = ((said.clamp_min(0) - data.answer[rows]) * data.scale[rows])[near]
    return off.abs().mean().item(), off.square().mean().sqrt().item()


def export(model: nn.Module, file) -> None:
    torch.onnx.export(
        model,
        (torch.zeros(2, PAST_HOURS, PAST_COLUMNS), torch.zeros(5, COLUMNS), torch.tensor([0, 0, 1, 1, 1])),
        str(file),
        input_names=["past", "rows", "origins"],
        output_names=["answers"],
        dynamic_axes={"past": {0: "origins"}, "rows": {0: "count"}, "origins": {0: "count"}, "answers": {0: "count"}},
        opset_version=17,
        dynamo=False,
    )
