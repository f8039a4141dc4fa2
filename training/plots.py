"""The model card's plots: reliability, error by home, and example days."""
import os

import numpy as np

from .appliances import APPLIANCES, INDEX
from .examples import POINTS
from .predictor_names import EDGES, MODEL, OFF, OLD_DESIGN, SEQ2POINT
from .svg import Drawing

LABELS = {MODEL: "this model", SEQ2POINT: "seq2point", OLD_DESIGN: "replaced design", EDGES: "edges", OFF: "always off"}
SERIES = {MODEL: "s0", SEQ2POINT: "s1", OLD_DESIGN: "s2", EDGES: "s3", OFF: "s4"}
CELL, COLUMNS = 170, 4
WIDTH = 720


def legend(drawing, x, y, entries):
    for css, words in entries:
        drawing.rect(x, y - 8, 10, 8, css)
        drawing.text(x + 14, y, words)
        x += 28 + 6.2 * len(words)


def reliability_plot(curves):
    """A cell per appliance: published probability across, observed share up; the larger a point, the more of the time."""
    names = list(dict.fromkeys(c["appliance"] for c in curves))
    rows = -(-len(names) // COLUMNS)
    drawing = Drawing(WIDTH, rows * CELL + 30, "Published probability and how often the appliance was on")
    legend(drawing, 20, 18, [("s0", "meters of 6 to 8 s"), ("s1", "30 to 64 s")])
    for at, name in enumerate(names):
        x, y, side = (at % COLUMNS) * CELL + 34, at // COLUMNS * CELL + 50, CELL - 56
        drawing.text(x, y - 5, name, "head")
        drawing.path([(x, y), (x, y + side), (x + side, y + side), (x + side, y)], "grid", closed=True)
        drawing.path([(x, y + side), (x + side, y)], "guide")
        for value, words in ((0, "0"), (1, "1")):
            drawing.text(x + side * value, y + side + 13, words, anchor="middle")
            drawing.text(x - 5, y + side * (1 - value) + 4, words, anchor="end")
        for meter, line, dot in (("fine", "l0", "s0"), ("coarse", "l1", "s1")):
            for curve in (c for c in curves if c["appliance"] == name and c["meter"] == meter):
                points = [(x + side * b["probability"], y + side * (1 - b["observed"])) for b in curve["bins"]]
                drawing.path(points, line)
                for (px, py), b in zip(points, curve["bins"]):
                    drawing.circle(px, py, 1.5 + 3 * b["weight"] ** 0.25, dot)
    return drawing


def bars_plot(rows, appliances):
    """MAE by home as a share of always-off's, homes as their meters report; bars are cut at twice that."""
    order = (MODEL, SEQ2POINT, OLD_DESIGN, EDGES)
    longest, left, thickness = 2.0, 330, 7
    some = [row for row in rows if "_at_" not in row["home"] and row["activations"] and row["appliance"] in appliances]
    height = sum(thickness * len(order) + 12 for _ in some) + 60
    drawing = Drawing(WIDTH, height, "Mean absolute error by home, as a share of saying always off")
    legend(drawing, 20, 18, [(SERIES[p], LABELS[p]) for p in order])
    scale, y = (WIDTH - left - 60) / longest, 40
    for value in (0, 0.5, 1, 1.5, 2):
        drawing.path([(left + value * scale, 32), (left + value * scale, height - 20)], "guide" if value == 1 else "grid")
        drawing.text(left + value * scale, height - 6, f"{value:g}", anchor="middle")
    for row in some:
        off = max(row["predictors"][OFF]["maeWatts"], 0.05)
        drawing.text(10, y + 11, row["appliance"], "head")
        drawing.text(10, y + 24, f"{row['home']}, {row['activations']} runs, off {off:.1f} W")
        for predictor in order:
            if predictor in row["predictors"]:
                value = row["predictors"][predictor]["maeWatts"] / off
                drawing.rect(left, y, min(value, longest) * scale, thickness - 1, SERIES[predictor])
                if value > longest:
                    drawing.text(left + longest * scale + 4, y + 7, f"{value:.1f}")
            y += thickness
        y += 12
    return drawing


def example_plot(name, panels):
    """Mains, true and estimated watts of a day or two; `panels` are (heading, mains, true, estimated) of POINTS values each."""
    height, left, threshold = 150, 46, APPLIANCES[INDEX[name]].on_threshold_watts
    drawing = Drawing(WIDTH, len(panels) * (height + 46) + 24, f"{name}: example days")
    legend(drawing, left, 16, [("mains", "mains"), ("s0", "measured"), ("s1", "estimated")])
    wide = WIDTH - left - 14
    for at, (heading, mains, true, estimated) in enumerate(panels):
        top = 44 + at * (height + 46)
        drawing.text(left, top - 8, heading, "head")
        # Its own starts would flatten the appliance: they are cut at the top. The mains have a scale of their own.
        running = np.concatenate([x[x >= threshold] for x in (true, estimated)])
        highest = 1.25 * float(np.quantile(running, 0.95)) if running.size else threshold
        xs = left + np.arange(POINTS) / (POINTS - 1) * wide

        def ys(values, top=top, highest=highest):
            return top + height * (1 - np.clip(values, 0, highest) / highest)

        base, most = top + height, max(10.0, float(mains.max()))
        drawing.path([(left, base), *zip(xs, ys(mains, highest=most)), (left + wide, base)], "mains", closed=True)
        drawing.path(zip(xs, ys(true)), "l0")
        drawing.path(zip(xs, ys(estimated)), "l1")
        drawing.path([(left, top), (left, base), (left + wide, base)], "grid")
        drawing.text(left - 5, top + 8, f"{highest:.0f} W", anchor="end")
        drawing.text(left - 5, base, "0", anchor="end")
        drawing.text(left + wide, base + 13, f"mains up to {most:.0f} W", anchor="end")
    return drawing


def save_plots(folder, report, panels):
    """Writes <folder>/*.svg and removes what is no longer drawn; `panels` maps an appliance to its example panels."""
    os.makedirs(folder, exist_ok=True)
    drawings = {"reliability": reliability_plot(report["reliability"]), "error-by-home": bars_plot(report["rows"], set(panels))}
    drawings.update({f"days-{name}": example_plot(name, some) for name, some in panels.items()})
    for name, drawing in drawings.items():
        drawing.save(os.path.join(folder, name + ".svg"))
    for file in os.listdir(folder):
        if file.endswith(".svg") and file[:-4] not in drawings:
            os.remove(os.path.join(folder, file))
