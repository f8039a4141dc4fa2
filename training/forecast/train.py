"""Trains the two small forecasting networks on the rows that `npm run forecast:rows` writes, and exports them to ONNX.

    python -m training.forecast.train --rows .data/forecast-rows --output models/forecast

The columns are made by the code that forecasts (lib/insights/forecast), so there is no second version of them here. Both networks
answer the conditional median: of the residual from what is usual (load), of the share of the clear sky (solar).
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from torch import nn

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


def fit(train, validate, weighted: bool, hidden: int, dropout: float, seed: int):
    torch.manual_seed(seed)
    x, y, w = train
    vx, vy, vw = validate
    # Load: every home counts by its own scale. Solar: an error counts by the power it is.
    weight = w / w.mean() if weighted else torch.ones_like(w)
    vweight = vw / vw.mean() if weighted else torch.ones_like(vw)
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
            loss = (weight[rows] * (model(x[rows]) - y[rows]).abs()).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        schedule.step()
        model.eval()
        with torch.no_grad():
            error = (vweight * (model(vx) - vy).abs()).mean().item()
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


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    options.output.mkdir(parents=True, exist_ok=True)
    manifest = {"version": 1, "networks": {}}
    for name, columns, weighted, hidden, dropout in (("load", 34, False, 48, 0.1), ("solar", 30, True, 48, 0.1)):
        train = read(options.rows / f"{name}-train.f32", columns)
        validate = read(options.rows / f"{name}-validate.f32", columns)
        model, error, epochs = fit(train, validate, weighted, hidden, dropout, seed=7)
        vw = validate[2] / validate[2].mean() if weighted else torch.ones_like(validate[2])
        base = (vw * validate[1].abs()).mean().item() if not weighted else (vw * (validate[1] - validate[0][:, 8]).abs()).mean().item()
        print(f"{name}: {len(train[0])} rows, {epochs} epochs, error {error:.4f}; without the network {base:.4f}")
        export(model, columns, options.output / f"{name}.onnx")
        manifest["networks"][name] = {
            "file": f"{name}.onnx",
            "columns": columns,
            "rows": len(train[0]),
            "validationError": round(error, 4),
            "validationErrorWithout": round(base, 4),
        }
    (options.output / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")


if __name__ == "__main__":
    main()
