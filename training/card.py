"""The model card, written from the manifest and the accuracy report so that its figures are those of the released files."""
from .appliances import APPLIANCES, HORIZONS
from .report_text import baselines_words, chance_table, chosen_words, claims_table, claims_words, pooled_table, weak_words

WEAKNESSES = """- **HeatPump** has been learned from a test bench (60 s), one home at 300 s and made-up waveforms; no home with
  mains and a heat pump was available to check it. It is taken as on from a low probability on, which homes without one hardly
  reach; an air conditioner is such a machine too. **ElectricOven** has been learned from made-up waveforms alone. Both are
  experimental.
- **Microwave**: 1 to 1.6 kW for a minute or two is also a toaster, a hob's plate or an iron, above all on top of other loads. Two
  of the three homes with runs have plugs whose clock is 16 s early, as long as the runs are. In the third, REFIT 5, it bakes for a
  quarter of an hour as an oven does: no threshold was chosen on that home's microwave, the figures count it.
- **Dishwasher**: immersion heaters and electric showers are the usual false ones. The heater's phases are found better than the
  rest.
- **Freezer** and **Refrigerator**: which of the two it is that cools is a guess in homes not seen, and one fridge-freezer is often
  claimed as both at once.
- **Freezer** in five simulated homes, on which nothing was chosen: F1 .27 to .58, but claimed for far longer than it runs, so that
  its watts are worse than zero (MAE 37 to 53 W, always off 30 to 40 W; release 3.2.0-20261122, training/EXPERIMENTS.md).
- **Television** and **Computer** are small beside what else changes on the mains.
- Freezer, Television and Computer have measured mains for about 17 hours a home; figures for them say little.
- Appliances of 120 V homes (dishwashers at half the power above all) are covered by made-up ones and scaled
  European ones, not by data.
- A heater of a kettle's power that cycles is taken for one at first. What is on for more than 30 % of half an hour (`mostDuty`) is
  then doubted, until it has rested.
- Two appliances of one kind are reported as one. A kettle and another heater of the same power switched together are
  often taken for one of them.
- With meters of a minute, the refrigerator's and freezer's starts are lost among other loads.
- Solar power on the mains hides loads; it was only part of a small share of the training material.
- Thresholds were chosen with the plugs moved to the clock of the mains; the figures above are of the labels as they were
  measured.
"""


def number(value, digits=1):
    return "-" if value is None else f"{value:.{digits}f}"


def manifest_section(manifest):
    """Accuracy before a report has been made."""
    lines = [
        "## Accuracy on validation homes (final horizon)", "",
        "MAE in W beside two trivial predictors; SAE is the relative error of the energy; event recall is the share of runs "
        "noticed; false on is minutes a day on while the appliance was off. Few activations mean little evidence.", "",
        "| appliance | home | meter s | hours | runs | MAE | always off | training mean | F1 | precision | recall | SAE | "
        "match | events | false on |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for entry in manifest["appliances"]:
        for row in entry["metrics"]:
            if row["horizon"] != "final":
                continue
            lines.append("| " + " | ".join([
                entry["name"], row["home"], str(row["meterIntervalSeconds"]), number(row["hours"], 0), str(row["activations"]),
                number(row["maeWatts"]), number(row["maeAlwaysOffWatts"]), number(row.get("maeTrainingMeanWatts")),
                number(row["f1"], 2), number(row["precision"], 2), number(row["recall"], 2), number(row["sae"], 2),
                number(row["matchRate"], 2), number(row["eventRecall"], 2), number(row["falseOnMinutesPerDay"])]) + " |")
    return lines


def report_section(report):
    """Accuracy beside the baselines, with the plots."""
    lines = [
        "## Accuracy on validation homes", "",
        "MAE (W) / F1, pooled over the homes of appliances with at least 10 runs; \"off\" is always off. Every home and "
        "figure is in [ACCURACY.md](ACCURACY.md). " + baselines_words(report), "",
        *pooled_table(report),
        *chance_table(report),
        "![Mean absolute error by home, as a share of saying always off](plots/error-by-home.svg)", "",
        "Error by home as a share of always off's (1: no better than saying nothing).", "",
        "## Claimed where there is none", "", claims_words(), "",
        *claims_table(report),
        "## Calibration", "",
        "![Published probability and how often the appliance was on](plots/reliability.svg)", "",
        "How often the appliance was on where a probability was published, on the homes it was calibrated on; below the line is "
        "too sure of itself. Points far from it rest on few hours: larger ones stand for more of the time. Errors are in "
        "ACCURACY.md.", "",
        "## Days of the homes", "",
        "Chosen by rule, not by eye: the day with the best F1 and the one with the largest error, of the days on which the "
        "appliance ran. The mains have a scale of their own; of each few minutes the highest value is drawn, "
        "and starts above the frame are cut.", "",
    ]
    for name, found in report["examples"].items():
        words = f"best {day_words(found['good'])}"
        if "bad" in found:
            words += f"; largest error, {day_words(found['bad'])}"
        lines += [f"![{name}: example days](plots/days-{name}.svg)", "", f"{name}, of {found['days']} days: {words}.", ""]
    return lines[:-1]


def kept_words(manifest):
    """Which choices are an earlier release's; none where the manifest says of none."""
    kept = [f"{entry['name']} ({' and '.join(entry['keptChoices'])})" for entry in manifest["appliances"]
            if entry.get("keptChoices")]
    if not kept:
        return []
    return ["Kept from an earlier release, whose networks were other ones, because the validation homes have too few runs to "
            "choose anew: " + ", ".join(kept) + ".", ""]


def day_words(day):
    return (f"F1 {day['f1']:.2f} ({day['home']}, {day['trueKwh']:.2f} kWh measured, {day['estimatedKwh']:.2f} estimated, "
            f"MAE {day['maeWatts']:.1f} W)")


def card(manifest, report=None):
    """CARD.md as text; without a report of this very version, with the manifest's own table."""
    fast, slow, slow_shape = manifest["training"]["fast"], manifest["training"]["slow"], manifest["slow"]
    lines = [
        "# Wavenilm " + manifest["version"], "",
        "Two causal, gated temporal convolutions that turn a building's total power (W, 1 Hz grid) into the state and power "
        f"of eleven appliances: a fast one that sees every second over {manifest['receptiveFieldSeconds'] / 60:.0f} minutes "
        f"({fast['parameters']:,} parameters), and a slow one on blocks of {slow_shape['blockSeconds']} s over "
        f"{slow_shape['receptiveFieldBlocks'] * slow_shape['blockSeconds'] / 3600:.1f} hours ({slow['parameters']:,} "
        f"parameters). Meters slower than {manifest['coarseIntervalSeconds']} s and faster ones have blends of the two "
        f"of their own, by appliance. Two horizons: `provisional` at once, `final` {manifest['lookaheadSeconds']} s "
        "later. `window.onnx`, `stream.onnx` and `step.onnx` hold the same weights, as do `slow.onnx` and "
        "`slow-step.onnx`.", "",
        f"Trained on {fast['secondsSeen'] / 86400:,.0f} (fast) and {slow['secondsSeen'] / 86400:,.0f} (slow) days of segments "
        f"made on the fly from measured homes, single-appliance traces and made-up loads, in {fast['wallMinutes']:.0f} and "
        f"{slow['wallMinutes']:.0f} minutes on one or two CPU cores. Blends, calibration and thresholds were chosen on the validation "
        f"homes below, which were not trained on. {chosen_words()} Figures on other homes will be lower than these. A name that "
        "ends with "
        "`_at_N s` is the same home with its mains averaged to what a slower meter reports.", "",
        "It suggests, it does not meter: do not bill, diagnose or control anything safety-relevant from it.", "",
    ]
    measured = report is not None and report["model"] == manifest["version"]
    lines += report_section(report) if measured else manifest_section(manifest)
    unmeasured = [a.name for a in APPLIANCES if not next(e for e in manifest["appliances"] if e["name"] == a.name)["metrics"]]
    experimental = [e["name"] for e in manifest["appliances"] if e["status"] == "experimental"]
    lines += ["", "## Blends and decisions", "",
              "No validation home meters: " + ", ".join(unmeasured) + ". Experimental: " + ", ".join(experimental) + ".", "",
              *kept_words(manifest),
              "| appliance | status | meter | slow share | horizon | scale | bias | threshold | sharpness | power factor |",
              "|---|---|---|---|---|---|---|---|---|---|"]
    for entry in manifest["appliances"]:
        for meter, blend in entry["blend"].items():
            for horizon in HORIZONS:
                decision = blend[horizon]
                lines.append(f"| {entry['name']} | {entry['status']} | {meter} | {blend['slowShare']} | {horizon} | "
                             f"{decision['scale']} | {decision['bias']} | {decision['threshold']} | {decision['sharpness']} | "
                             f"{decision['powerFactor']} |")
    lines += ["", "## What is weak", ""]
    if measured:
        lines += ["- " + words for words in weak_words(report)]
    lines += [WEAKNESSES, "## Data and credit", ""]
    lines += ["- " + line for line in manifest["credits"]]
    return "\n".join(lines) + "\n"
