"""Compares the recurrent network for generation with gradient boosting on the same columns (pip install lightgbm onnxruntime).

    python -m training.forecast.compare --rows .data/forecast-rows --model models/forecast

Both learned from the years before the one that is held back and are judged on that: the first day ahead, hours of daylight.
"""

import argparse
from pathlib import Path

import lightgbm
import numpy as np
import onnxruntime
import torch

from . import solar

# The share of the clear sky at the same hour of the day before, or what is usual where that is unknown.
LAG_COLUMN = 20
TREES = 120


def boosted(data: solar.Rows, learned: np.ndarray, judged: torch.Tensor, objective: str) -> torch.Tensor:
    rows, _ = data.of(learned)
    weight = (data.scale / data.scale[rows].mean()).numpy()[rows]
    weight = weight if objective == "l1" else weight**2
    settings = dict(objective=objective, learning_rate=0.04, num_leaves=15, min_data_in_leaf=200, feature_fraction=0.5,
                    bagging_fraction=0.5, bagging_freq=1, num_threads=1, verbose=-1, seed=1)
    trees = lightgbm.train(settings, lightgbm.Dataset(data.columns[rows].numpy(), data.answer[rows].numpy(), weight=weight), TREES)
    return torch.from_numpy(trees.predict(data.columns[judged].numpy()).astype(np.float32))


def recurrent(data: solar.Rows, judged: np.ndarray, file: Path) -> torch.Tensor:
    session = onnxruntime.InferenceSession(str(file))
    rows, place = data.of(judged)
    given = {"past": data.past[judged].numpy(), "rows": data.columns[rows].numpy(), "origins": place.numpy()}
    return torch.from_numpy(session.run(None, given)[0])


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=Path("models/forecast"))
    options = parser.parse_args()
    data = solar.read(options.rows)
    learned, held_back = np.flatnonzero(data.is_learned), np.flatnonzero(~data.is_learned)
    rows, _ = data.of(held_back)
    network = recurrent(data, held_back, options.model / "solar.onnx")
    median, mean = (boosted(data, learned, rows, objective) for objective in ("l1", "l2"))
    said = {
        "same share as the day before": data.columns[rows, LAG_COLUMN],
        "gradient boosting (median)": median,
        "gradient boosting (mean)": mean,
        "LSTM": network,
        "mean of the LSTM and both": (2 * network + median + mean) / 4,
    }
    base = solar.errors(data, rows, said["same share as the day before"])
    for name, values in said.items():
        mean_absolute, root = solar.errors(data, rows, values)
        print(f"{name}: {mean_absolute:.0f} W ({1 - mean_absolute / base[0]:.1%} less), "
              f"root mean square {root:.0f} W ({1 - root / base[1]:.1%} less)")


if __name__ == "__main__":
    main()
