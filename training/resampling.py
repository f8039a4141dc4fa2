"""How far pooled comparisons could be chance: what they would be on other hours of the same homes.

Hours of a home are drawn anew with replacement, in stretches long enough that a run's errors stay together (a block bootstrap, Kuensch
1989, "The jackknife and the bootstrap for general stationary observations", Annals of Statistics 17). It says nothing of other homes.
"""
import numpy as np

from .appliances import APPLIANCES, INDEX
from .homes import source_home
from .labels import on_state
from .predictors import known_rows

BLOCK_SECONDS = 7200
DRAWS = 2000
COVERED = (2.5, 97.5)
COLUMNS = ("errorWattSeconds", "trueWattSeconds", "seconds", "hitSeconds", "claimedSeconds", "onSeconds")


def block_sums(pairs, estimates, name, meter):
    """{home: [row of the home, predictor, block, COLUMNS]} of one appliance and kind of meter; predictors as in `estimates`.

    A home's rows are what meters of several intervals would report of it; blocks of the same number are the same hours.
    """
    appliance, homes = APPLIANCES[INDEX[name]], {}
    for at, pair in enumerate(pairs):
        home = pair.home
        if pair.meter != meter or name not in home.watts:
            continue
        truth = np.where(known_rows(pair), home.watts[name], np.nan)
        judged = ~np.isnan(truth)
        if not judged.any():
            continue
        state = on_state(truth, home.step_seconds, appliance) & judged
        block = np.arange(truth.size) * home.step_seconds // BLOCK_SECONDS
        sums = []
        for by_pair in estimates.values():
            watts, on = (x[INDEX[name]] for x in by_pair[at][:2])
            columns = (np.where(judged, np.abs(watts - truth), 0), np.where(judged, np.abs(truth), 0), judged, on & state,
                       on & judged, state)
            sums.append(np.stack([np.bincount(block, column) for column in columns], 1) * home.step_seconds)
        homes.setdefault(source_home(home.name), []).append(np.stack(sums))
    return homes


def draw(homes, rng):
    """[predictor, COLUMNS] of one drawing of every home's blocks."""
    total = 0
    for rows in homes.values():
        blocks = min(row.shape[1] for row in rows)
        drawn = rng.integers(blocks, size=blocks)
        total = total + sum(row[:, drawn].sum(1) for row in rows)
    return total


def intervals(pairs, estimates, name, meter, draws=DRAWS, seed=1):
    """(blocks, {rival: {"mae" | "f1" | "score": [lowest, highest]}}): the first predictor's figure less each other's.

    The bounds hold 95 of 100 drawings; of few blocks all drawings are alike, and the bounds too narrow.
    The score is the mean of F1 and of the share of always off's error that is saved: what `selection.py` chooses for, home by home.
    """
    homes = block_sums(pairs, estimates, name, meter)
    rng = np.random.default_rng(seed)
    sums = np.stack([draw(homes, rng) for _ in range(draws)])
    error, energy, seconds, hit, claimed, on = np.moveaxis(sums, 2, 0)
    f1 = 2 * hit / np.maximum(claimed + on, 1)
    figures = {"mae": error / np.maximum(seconds, 1), "f1": f1, "score": (f1 + 1 - error / np.maximum(energy, 1)) / 2}
    blocks = sum(min(row.shape[1] for row in rows) for rows in homes.values())
    return blocks, {rival: {figure: [round(float(x), 3) for x in np.percentile(values[:, 0] - values[:, i], COVERED)]
                            for figure, values in figures.items()}
                    for i, rival in enumerate(estimates) if i > 0}
