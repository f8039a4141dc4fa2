"""The accuracy report as Markdown, from the report's JSON alone."""
from .false_claims import LARGEST_ENERGY_SHARE, TRAINING_HOME_DAYS
from .predictor_names import EDGES, MEAN, METER_WORDS, MODEL, OFF, OLD_DESIGN, RIVALS, SEQ2POINT
from .selection import MOST_FALSE_MINUTES_A_DAY

FULL = (MODEL, SEQ2POINT, OLD_DESIGN, EDGES)
# F1 aimed at in homes not seen.
TARGET_F1 = {
    "fine": {"Refrigerator": .90, "ElectricKettle": .92, "Microwave": .65, "Dryer": .88, "Dishwasher": .80, "WashingMachine": .80,
             "Freezer": .75},
    "coarse": {"ElectricKettle": .93, "Dishwasher": .85, "WashingMachine": .80, "Microwave": .60},
}
# Figure, its digits, and whether more of it is better.
# From here on a calibration error is told among what is weak.
WEAK_CALIBRATION_ERROR = 0.05
COMPARED = (("mae", 1, False), ("f1", 2, True), ("score", 2, True))


def table(heads, rows):
    return ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads), *("| " + " | ".join(row) + " |" for row in rows), ""]


def number(value, digits):
    return "-" if value is None else f"{value:.{digits}f}"


def yes(value):
    return "yes" if value else "**no**"


def figures(entry):
    """MAE / F1 / SAE / match rate of one predictor in one home."""
    if entry is None:
        return "untrained"
    return " / ".join(number(entry[key], digits) for key, digits in (("maeWatts", 1), ("f1", 2), ("sae", 2), ("matchRate", 2)))


def pooled_cell(entry):
    return "untrained" if entry is None else f"{entry['maeWatts']:.1f} / {entry['f1']:.2f}"


def pooled_table(report):
    heads = ["appliance", "meters", "homes", "hours", "runs", "this model", "seq2point", "replaced design", "edges", "off MAE",
             "better than seq2point: MAE", "F1", "than the replaced design: MAE", "F1"]
    rows = []
    for entry in report["pooled"]:
        cells = [entry["appliance"], METER_WORDS[entry["meter"]], str(entry["homes"]), number(entry["hours"], 0),
                 str(entry["activations"])]
        cells += [pooled_cell(entry["predictors"].get(predictor)) for predictor in FULL]
        cells.append(number(entry["predictors"][OFF]["maeWatts"], 1))
        for rival in RIVALS:
            better = entry["better"].get(rival)
            cells += [yes(better["mae"]), yes(better["f1"])] if better else ["-", "-"]
        rows.append(cells)
    return table(heads, rows)


def interval(bounds, digits, more_is_better):
    """A difference to a rival, marked where it is for the worse in nearly all drawings."""
    low, high = bounds
    text = f"{low:+.{digits}f} to {high:+.{digits}f}"
    return f"**{text}**" if (high < 0 if more_is_better else low > 0) else text


def chance_table(report):
    """Nothing where the report was made without the rivals' own answers."""
    entries = [entry for entry in report["pooled"] if "chance" in entry]
    if not entries:
        return []
    heads = ["appliance", "meters", "blocks", "MAE less seq2point's", "F1", "score", "MAE less the replaced design's", "F1", "score"]
    rows = [[entry["appliance"], METER_WORDS[entry["meter"]], str(entry["blocks"]),
             *(interval(entry["chance"][rival][figure], digits, more_is_better) if rival in entry["chance"] else "-"
               for rival in RIVALS for figure, digits, more_is_better in COMPARED)]
            for entry in entries]
    bold = "In bold: worse in nearly every drawing. " if any("**" in cell for row in rows for cell in row) else ""
    return ["Could other hours of the same homes have turned a comparison? Two hours at a time drawn anew, with replacement, the "
            "differences lie within these bounds in 95 of 100 drawings. Bounds on both sides of 0: chance could be all of it. "
            f"{bold}Of few blocks of two hours the bounds are too narrow, and other homes differ more than hours of one do. The score "
            "is the mean of F1 and of the share of always off's error that is saved, the two things that thresholds are chosen for.",
            "", *table(heads, rows)]


def targets_table(report):
    """What is aimed at beside what is reached; pooled figures, so where there are runs enough."""
    reached = {(entry["appliance"], entry["meter"]): entry["predictors"][MODEL]["f1"] for entry in report["pooled"]}
    rows = []
    for meter, targets in TARGET_F1.items():
        for name, target in targets.items():
            f1 = reached.get((name, meter))
            rows.append([name, METER_WORDS[meter], number(target, 2), number(f1, 2),
                         "too few runs to say" if f1 is None else "met" if f1 >= target else f"{target - round(f1, 2):.2f} short"])
    return table(["appliance", "meters", "F1 aimed at", "reached", "distance"], rows)


def home_table(report):
    heads = ["appliance", "home", "meter s", "hours", "runs", "this model", "seq2point", "replaced design", "edges", "mean MAE",
             "off MAE"]
    rows = []
    for row in report["rows"]:
        by = row["predictors"]
        rows.append([row["appliance"], row["home"], str(row["meterIntervalSeconds"]), number(row["hours"], 0),
                     str(row["activations"]) + ("" if row["activations"] >= 10 else " (few)"),
                     *(figures(by.get(predictor)) for predictor in FULL), *(number(by[p]["maeWatts"], 1) for p in (MEAN, OFF))])
    return table(heads, rows)


def left_out_table(report):
    """Runs of homes that the released networks trained on, as another network answers that did not."""
    heads = ["appliance", "home", "meter s", "hours", "runs", "F1", "MAE", "off MAE"]
    return table(heads, [[
        name, row["home"], str(row["meterIntervalSeconds"]), number(row["hours"], 0), str(row["activations"]), number(row["f1"], 2),
        number(row["maeWatts"], 1), number(row["maeAlwaysOffWatts"], 1)]
        for name, rows in report["leftOut"].items() for row in rows if row["activations"]])


def claims_table(report):
    heads = ["appliance", "homes", "evidence", "hours", "minutes a day", "share of the energy", "worst home", "within the target"]
    words = {("validation", "absent"): "lack it", ("validation", "never ran"): "metered, never ran",
             ("training", "absent"): "training homes that lack it"}
    return table(heads, [[
        c["appliance"], str(c["homes"]), words[c["of"], c["why"]], number(c["hours"], 0), number(c["minutesPerDay"], 1),
        f"{c['energyShare']:.2%}", f"{c['worstHome']}: {c['worstShare']:.2%}, {c['worstMinutesPerDay']:.1f} min",
        yes(c["withinTarget"])] for c in report["falseClaimSummary"]])


def calibration_table(report):
    heads = ["appliance", "meters", "homes", "calibration error", "of what is claimed above 0.1"]
    return table(heads, [[c["appliance"], METER_WORDS[c["meter"]], str(c["homes"]), number(c["expectedCalibrationError"], 3),
                          number(c["expectedCalibrationErrorAboveLowest"], 2)] for c in report["reliability"]])


def claims_words():
    return (
        "A home lacks an appliance where its data's file says so or the tables in training/sources.py do: every validation "
        "home is British and taken as heated by gas, so none has a heat pump. \"Metered, never ran\" is as sure, for the "
        f"hours measured. Training homes (at most {TRAINING_HOME_DAYS} days each) are weaker evidence: the networks learned "
        "there that it is absent, and what UK-DALE house 1 and REFIT house 2 lack is taken from those sets' published "
        f"appliance lists. What other homes lack is not known. From which probability on a heat pump is taken as on was chosen in "
        f"these very validation homes, as the lowest that claims at most {MOST_FALSE_MINUTES_A_DAY / 2:g} minutes a day in each: that "
        "it keeps the target here says little of others. A home's hours are counted once, "
        f"its figures as its meter and as slower ones report it. Target: at most {LARGEST_ENERGY_SHARE:.0%} of a home's energy "
        f"and {MOST_FALSE_MINUTES_A_DAY} minutes a day in every home.")


def weak_words(report):
    """What the figures themselves show to be weak, a sentence each."""
    out = []
    for entry in report["pooled"]:
        where = f"**{entry['appliance']}** with meters of {METER_WORDS[entry['meter']]}"
        own, off = entry["predictors"][MODEL], entry["predictors"][OFF]
        if own["maeWatts"] >= off["maeWatts"]:
            out.append(f"{where}: watts no better than zero (MAE {own['maeWatts']:.1f} W, always off {off['maeWatts']:.1f} W).")
        if entry["homes"] == 1:
            out.append(f"{where}: one home, {entry['hours']:.0f} hours, on which its thresholds were chosen.")
        for rival, name in ((SEQ2POINT, "seq2point"), (OLD_DESIGN, "the replaced design"), (EDGES, "edges")):
            other = entry["predictors"].get(rival)
            lost = [] if other is None else [kind for kind, is_lost in (("MAE", own["maeWatts"] >= other["maeWatts"]),
                                                                         ("F1", own["f1"] <= other["f1"])) if is_lost]
            if lost:
                out.append(f"{where}: no better than {name} in {' and '.join(lost)}.")
    for curve in report["reliability"]:
        if curve["expectedCalibrationError"] >= WEAK_CALIBRATION_ERROR:
            out.append(f"**{curve['appliance']}** with meters of {METER_WORDS[curve['meter']]}: its probability is "
                       f"{curve['expectedCalibrationError']:.2f} off on average.")
    for claim in report["falseClaimSummary"]:
        if claim["of"] == "validation" and not claim["withinTarget"]:
            where = "where there is none" if claim["why"] == "absent" else "where it never ran"
            out.append(f"**{claim['appliance']}** is claimed {where}: {claim['worstMinutesPerDay']:.0f} minutes a day and "
                       f"{claim['worstShare']:.1%} of the energy in {claim['worstHome']}.")
    return out


def baselines_words(report):
    made = report["baselines"]
    old = made["oldDesign"]
    taken_over = (f" Both baselines' figures are taken over from the report on {made['takenFrom']}: they learned from segments as "
                  "that version's mixers made them." if "takenFrom" in made else "")
    minutes = [entry["minutes"] for entry in old.values()]
    return (
        f"seq2point saw {made['seq2point']['examples']:,} windows in {made['seq2point']['minutes']:.0f} minutes of processor "
        f"time. The replaced design has one network for each of {', '.join(old)}, trained {min(minutes):.0f} to "
        f"{max(minutes):.0f} such minutes, {sum(minutes):.0f} in all, on {min(e['examples'] for e in old.values()):,} to "
        f"{max(e['examples'] for e in old.values()):,} windows; its other networks are untrained and excluded. The released "
        f"networks had {report['minutes']['fast']:.0f} and {report['minutes']['slow']:.0f} minutes by the clock: they are "
        "compared as trained, not as designs given equal time. All learned from the same homes and traces. The replaced design's "
        "seven inputs are made from power alone (training/old_design.py)." + teachers_words(report["windowTeachers"]) + taken_over)


def teachers_words(window_teachers):
    """Of which appliances a rival is a teacher as well, by branch (window_teachers.py)."""
    rivals = {"fast": "networks of the replaced design", "slow": "seq2point"}
    taught = [f"the {branch} network learned {' and '.join(f'{name} ({share:.0%})' for name, share in sorted(shares.items()))} from "
              f"answers of {rivals[branch]}" for branch, shares in window_teachers.items() if shares]
    return f" Of the released networks {' and '.join(taught)}: there the comparison is not one of independent models." if taught else ""


def untaught_words(window_teachers):
    """What the rows of such appliances are worth where a network that had no such teachers stands in."""
    names = sorted({name for shares in window_teachers.values() for name in shares})
    if not names:
        return ""
    return (f" It had no rival for a teacher, the networks that the decisions were made for had one of {' and '.join(names)}: their "
            "rows say little of the release.")


def chosen_words():
    """What the validation homes had a say in beside thresholds."""
    return "They also had a say in how the networks were trained and in which of them were released (training/EXPERIMENTS.md)."


def accuracy_text(report):
    """ACCURACY.md."""
    days = f" The first {report['daysPerHome']:g} days of each home." if report["daysPerHome"] else ""
    lines = [
        f"# Accuracy of wavenilm {report['model']}", "",
        f"Written by `python3 -m training.report`.{days} Homes that were not trained on, but on which thresholds were chosen: "
        "for the model as for every baseline (its on-threshold, per appliance and kind of meter, and a factor on the watts of "
        f"those that give watts alone), by the same score. {chosen_words()} Figures on other homes will be lower. A name that "
        "ends with "
        "`_at_N s` is the same home as a slower meter would report it. The model's figures are of the final horizon, which has "
        f"seen {report['lookaheadSeconds']} s more; so has the replaced design, seq2point half an hour more, the edges a whole "
        "run. Every figure is of decisions by row of the meter, as the run time makes them (`training.runtime_check` sets both "
        "side by side). Rows in which the mains were not metered are not judged, nor are runs within them: nearly half of UK-DALE 3's "
        "kettle runs. Compressor runs are counted with pauses from 30 s on, which the product takes for one run up to 300 s.", "",
        baselines_words(report), "",
        "## Pooled over homes", "",
        "Appliances with at least 10 runs. Mean MAE (W) weighted by hours, and F1 of the summed time on. Homes at 30-32 and at "
        "60-64 s both count as slower meters; their hours and runs are counted once.", "",
        *pooled_table(report),
        *chance_table(report),
        "## What was aimed at", "",
        "What was tried on the way stands in training/EXPERIMENTS.md.", "",
        *targets_table(report),
        "## Claimed where there is none", "", claims_words(), "",
        *claims_table(report),
        "## Homes left out", "",
        "A slow network of the same form, trained for a shorter time and without these homes, in the place of both networks, with the "
        "released decisions: how an appliance fares in homes of which nothing was learned, beside the few validation homes. It is "
        "weaker than the released ones. Thresholds of what the validation homes hardly run were chosen here."
        + untaught_words(report["windowTeachers"]), "",
        *left_out_table(report),
        "## Calibration", "",
        "Expected calibration error of the published probability in 10 bins, each home weighing the same, on the homes it was "
        "calibrated on.", "",
        *calibration_table(report),
        "## By home", "",
        "MAE (W) / F1 / SAE / match rate. SAE is the relative error of the energy, match rate the sum of the smaller over the "
        "sum of the larger of true and estimated watts. Always off has F1 0, SAE 1 and match rate 0. Few runs mean little "
        "evidence.", "",
        *home_table(report),
    ]
    return "\n".join(lines).rstrip() + "\n"
