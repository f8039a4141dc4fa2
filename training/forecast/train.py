"""Trains the two small forecasting networks on the rows that `npm run forecast:rows` writes, and exports them to ONNX.

    python -m training.forecast.train --rows .data/forecast-rows --output models/forecast

The columns are made by the code that forecasts (lib/insights/forecast), so there is no second version of them here. The load network
answers the conditional median of the residual from what is usual; the recurrent one for generation is in solar.py.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from torch import nn

from . import solar

EPOCHS = 30
PATIENCE = 5
BATCH = 1024


class Network(nn.Module):
    """Standardises the columns, two hidden layers, one answer a row."""

    def __init__(self, mean: torch.Tensor, spread: torch.Tensor, hidden: int, dropout: float):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("spread", spread)
        self.layers = nn.Sequential(
            nn.Linear(len(mean), hidden),
            nn.SiLU(),
            nn.Dropout(dropout),
            nn.Linear(hidden, hidden),
            nn.SiLU(),
            nn.Dropout(dropout),
            nn.Linear(hidden, 1),
        )

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        return self.layers((rows - self.mean) / self.spread).squeeze(-1)


def read(file: Path, columns: int):
    rows = np.fromfile(file, dtype="<f4").reshape(-1, columns + 2)
    rows = torch.from_numpy(rows)
    return rows[:, :columns], rows[:, columns], rows[:, columns + 1]


def fit(train, validate, hidden: int, dropout: float, seed: int):
    torch.manual_seed(seed)
    x, y, _ = train
    vx, vy, _ = validate
    y = y.clamp(-8, 8)
    spread = x.std(0).clamp_min(1e-3)
    model = Network(x.mean(0), spread, hidden, dropout)
    optimiser = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, EPOCHS)
    best, best_state, since = float("inf"), None, 0
    for epoch in range(EPOCHS):
        model.train()
        order = torch.randperm(len(x))
        for start in range(0, len(x), BATCH):
            rows = order[start : start + BATCH]
            loss = (model(x[rows]) - y[rows]).abs().mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        schedule.step()
        model.eval()
        with torch.no_grad():
            error = (model(vx) - vy).abs().mean().item()
        if error < best:
            best, since = error, 0
            best_state = {name: value.clone() for name, value in model.state_dict().items()}
        else:
            since += 1
            if since >= PATIENCE:
                break
    model.load_state_dict(best_state)
    model.eval()
    return model, best, epoch + 1


def export(model: Network, columns: int, file: Path) -> None:
    torch.onnx.export(
        model,
        (torch.zeros(2, columns),),
        str(file),
        input_names=["rows"],
        output_names=["answers"],
        dynamic_axes={"rows": {0: "count"}, "answers": {0: "count"}},
        opset_version=17,
        dynamo=False,
    )


def train_load(rows: Path, output: Path) -> dict:
    columns = 34
    train, validate = (read(rows / f"load-{part}.f32", columns) for part in ("train", "validate"))
    model, error, epochs = fit(train, validate, 48, 0.1, seed=7)
    without = validate[1].abs().mean().item()
    print(f"load: {len(train[0])} rows, {epochs} epochs, error {error:.4f}; without the network {without:.4f}")
    export(model, columns, output / "load.onnx")
    return {
        "file": "load.onnx",
        "columns": columns,
        "rows": len(train[0]),
        "validationError": round(error, 4),
        "validationErrorWithout": round(without, 4),
    }


def train_solar(rows: Path, output: Path) -> dict:
    data = solar.read(rows)
    learned, held_back = np.flatnonzero(data.is_learned), np.flatnonzero(~data.is_learned)
    model = solar.Mean([solar.fit(data, learned, seed) for seed in solar.SEEDS]).eval()
    picked, said = solar.answers(model, data, held_back)
    mean_absolute, root_mean_square = solar.errors(data, picked, said)
    print(f"solar: {len(learned)} origins; in the year held back {mean_absolute:.1f} W, root mean square {root_mean_square:.1f} W")
    solar.export(model, output / "solar.onnx")
    return {
        "file": "solar.onnx",
        "columns": solar.COLUMNS,
        "pastHours": solar.PAST_HOURS,
        "pastColumns": solar.PAST_COLUMNS,
        "origins": len(learned),
        "heldBackErrorWatts": round(mean_absolute, 1),
        "heldBackRootMeanSquareWatts": round(root_mean_square, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--only", choices=("load", "solar"))
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    options.output.mkdir(parents=True, exist_ok=True)
    file = options.output / "manifest.json"
    manifest = json.loads(file.read_text()) if options.only else {"networks": {}}
    for name, train in (("load", train_load), ("solar", train_solar)):
        if options.only in (None, name):
            manifest["networks"][name] = train(options.rows, options.output)
    file.write_text(json.dumps({"version": 2, "networks": manifest["networks"]}, indent=2) + "\n")


if __name__ == "__main__":
    main()
