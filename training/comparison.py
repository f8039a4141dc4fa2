"""Rows that set the predictors side by side: by appliance and home, and pooled over the homes of one kind of meter."""
import numpy as np

from .appliances import APPLIANCES, INDEX
from .baselines import MIN_ACTIVATIONS
from .homes import most_by_home, source_home
from .labels import on_state
from .metrics import accuracy
from .predictor_names import METERS, MODEL, OLD_DESIGN, RIVALS
from .predictors import known_rows

FIGURES = ("maeWatts", "f1", "sae", "matchRate")


def home_rows(pairs, estimates, old_design_names):
    """One dict per appliance and home that meters it; `estimates` maps a predictor to its (watts, states) per pair.

    `seconds` holds what pooling needs: how long the appliance and each predictor were on, and both at once.
    """
    rows = []
    for at, pair in enumerate(pairs):
        home, known = pair.home, known_rows(pair)
        for name, truth in home.watts.items():
            i, appliance = INDEX[name], APPLIANCES[INDEX[name]]
            truth = np.where(known, truth, np.nan)
            judged = ~np.isnan(truth)
            if not judged.any():
                continue
            state = on_state(truth, home.step_seconds, appliance) & judged
            row = {"appliance": name, "home": home.name, "meter": pair.meter, "meterIntervalSeconds": home.step_seconds,
                   "onSeconds": int(state.sum()) * home.step_seconds, "predictors": {}}
            for predictor, by_pair in estimates.items():
                if predictor == OLD_DESIGN and name not in old_design_names:
                    continue
                watts, on = (x[i] for x in by_pair[at][:2])
                figures = accuracy(truth, watts, on, home.step_seconds, appliance)
                row.update(hours=figures["hours"], activations=figures["activations"])
                claimed = on & judged
                row["predictors"][predictor] = {
                    **{k: figures[k] for k in FIGURES}, "claimedSeconds": int(claimed.sum()) * home.step_seconds,
                    "hitSeconds": int((claimed & state).sum()) * home.step_seconds}
            rows.append(row)
    return sorted(rows, key=lambda row: (INDEX[row["appliance"]], row["meterIntervalSeconds"], row["home"]))


def take_over(rows, earlier_rows, names):
    """Puts the named predictors' figures of an earlier report into `rows`; SystemExit where its rows are not the same ones."""
    identity = ("appliance", "home", "meter", "meterIntervalSeconds", "hours", "activations", "onSeconds")
    earlier = {tuple(row[key] for key in identity): row["predictors"] for row in earlier_rows}
    for row in rows:
        kept = earlier.get(tuple(row[key] for key in identity))
        if kept is None:
            raise SystemExit(f"--baselines-of: that report has no row of {row['appliance']} in {row['home']} with {row['hours']} h "
                             f"and {row['activations']} runs. It is of other homes, days or labels: leave the option out.")
        row["predictors"].update((name, kept[name]) for name in names if name in kept)


def pooled_figures(rows, predictor):
    """F1 of the summed seconds and the mean MAE weighted by hours; None where a row lacks the predictor."""
    if any(predictor not in row["predictors"] for row in rows):
        return None
    entries = [row["predictors"][predictor] for row in rows]
    hits, claimed = sum(e["hitSeconds"] for e in entries), sum(e["claimedSeconds"] for e in entries)
    hours = sum(row["hours"] for row in rows)
    return {"maeWatts": round(sum(e["maeWatts"] * row["hours"] for e, row in zip(entries, rows)) / hours, 3),
            "f1": round(2 * hits / max(1, claimed + sum(row["onSeconds"] for row in rows)), 4)}


def pooled(rows):
    """One dict per appliance and kind of meter with MIN_ACTIVATIONS runs: pooled figures, and whether the model is better."""
    out = []
    for meter in METERS:
        for name in INDEX:
            some = [row for row in rows if row["appliance"] == name and row["meter"] == meter]
            if not some or most_by_home(some, "activations") < MIN_ACTIVATIONS:
                continue
            figures = {p: pooled_figures(some, p) for p in some[0]["predictors"]}
            entry = {"appliance": name, "meter": meter, "homes": len({source_home(row["home"]) for row in some}),
                     "hours": round(most_by_home(some, "hours"), 1), "activations": most_by_home(some, "activations"),
                     "predictors": figures, "better": {}}
            for rival in RIVALS:
                if figures.get(rival):
                    entry["better"][rival] = {"mae": figures[MODEL]["maeWatts"] < figures[rival]["maeWatts"],
                                              "f1": figures[MODEL]["f1"] > figures[rival]["f1"]}
            out.append(entry)
    return out
