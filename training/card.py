"""The model card, written from the manifest so that its figures are those of the released files."""
from .appliances import APPLIANCES, HORIZONS

WEAKNESSES = """- **HeatPump** has been learned from a test bench (60 s), one home at 300 s and made-up waveforms; no home with mains and
  a heat pump was available to check it. **ElectricOven** has been learned from made-up waveforms alone. Both are experimental.
- **Microwave** is no better than saying it is always off in these homes: 1 to 1.6 kW for a minute or two is also a toaster, a
  hob's plate or an iron, above all on top of other loads. Two of the three homes with runs have plugs whose clock is 16 s early,
  as long as the runs are. Little is claimed.
- **Dishwasher**: immersion heaters and electric showers are the usual false ones; in a home that runs one rarely (IDEAL 175) they
  outweigh it. Its watts are rough, the heater's phases are found better than the rest.
- **WashingMachine** at 60 s: runs are found half the time, the watts are no better than zero.
- **Television** and **Computer** are small: their watts are worse than always off in some homes.
- Freezer, Television and Computer have measured mains for about 17 hours a home; figures for them say little.
- Appliances of 120 V homes (dishwashers at half the power above all) are covered by scaling European ones, not by data.
- Two appliances of one kind are reported as one. A kettle and another heater of the same power switched together are
  often taken for one of them.
- With meters of a minute, the refrigerator's and freezer's starts are lost among other loads.
- Solar power on the mains hides loads; it was only part of a small share of the training material.
- Thresholds were chosen with the plugs moved to the clock of the mains; the figures above are of the labels as they were measured.
"""


def number(value, digits=1):
    return "-" if value is None else f"{value:.{digits}f}"


def card(manifest):
    """CARD.md as text."""
    fast, slow, slow_shape = manifest["training"]["fast"], manifest["training"]["slow"], manifest["slow"]
    lines = [
        "# Wavenilm " + manifest["version"], "",
        "Two causal, gated temporal convolutions that turn a building's total power (W, 1 Hz grid) into the state and power of "
        "eleven appliances: a fast one that sees every second over "
        f"{manifest['receptiveFieldSeconds'] / 60:.0f} minutes ({fast['parameters']:,} parameters), and a slow one on blocks of "
        f"{slow_shape['blockSeconds']} s over {slow_shape['receptiveFieldBlocks'] * slow_shape['blockSeconds'] / 3600:.1f} hours "
        f"({slow['parameters']:,} parameters). Meters slower than {manifest['coarseIntervalSeconds']} s are served by the slow one "
        "alone; for others each appliance has its own blend. Two horizons: `provisional` at once, `final` "
        f"{manifest['lookaheadSeconds']} s later. `window.onnx`, `stream.onnx` and `step.onnx` hold the same "
        "weights, as do `slow.onnx` and `slow-step.onnx`.", "",
        f"Trained on {fast['secondsSeen'] / 86400:,.0f} (fast) and {slow['secondsSeen'] / 86400:,.0f} (slow) days of segments made on "
        f"the fly from measured homes, single-appliance traces and made-up loads, in {fast['wallMinutes']:.0f} and "
        f"{slow['wallMinutes']:.0f} minutes on two CPU cores. Blends, calibration and thresholds were chosen on the validation homes "
        "below, which were not trained on; figures on other homes will be lower than these. A name that ends with `_at_N s` is the "
        "same home with its mains averaged to what a slower meter reports.", "",
        "It suggests, it does not meter: do not bill, diagnose or control anything safety-relevant from it.", "",
        "## Accuracy on validation homes (final horizon)", "",
        "MAE in W beside two trivial predictors; SAE is the relative error of the energy; event recall is the share of runs noticed; "
        "false on is minutes a day on while the appliance was off. Few activations mean little evidence.", "",
        "| appliance | home | meter s | hours | runs | MAE | always off | training mean | F1 | precision | recall | SAE | match | "
        "events | false on |",
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
    unmeasured = [a.name for a in APPLIANCES if not next(e for e in manifest["appliances"] if e["name"] == a.name)["metrics"]]
    experimental = [e["name"] for e in manifest["appliances"] if e["status"] == "experimental"]
    lines += ["", "No validation home meters: " + ", ".join(unmeasured) + ". Experimental: " + ", ".join(experimental) + ".", "",
              "| appliance | status | meter | slow share | horizon | scale | bias | threshold | sharpness | power factor |",
              "|---|---|---|---|---|---|---|---|---|---|"]
    for entry in manifest["appliances"]:
        for meter, blend in entry["blend"].items():
            for horizon in HORIZONS:
                decision = blend[horizon]
                lines.append(f"| {entry['name']} | {entry['status']} | {meter} | {blend['slowShare']} | {horizon} | "
                             f"{decision['scale']} | {decision['bias']} | {decision['threshold']} | {decision['sharpness']} | "
                             f"{decision['powerFactor']} |")
    lines += ["", "## What is weak", "", WEAKNESSES, "## Data and credit", ""]
    lines += ["- " + line for line in manifest["credits"]]
    return "\n".join(lines) + "\n"
