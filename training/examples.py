"""A good and a bad day of each main appliance, chosen by rule: the best F1 and, of the others, the largest error."""
import numpy as np

from .appliances import INDEX
from .predictors import known_rows

DAY_SECONDS = 86400
SHORTEST_SHARE = 0.6
POINTS = 360


def days_of(home):
    """Slices of a home's rows, a day each; a recording that ends within a day and a half of its start is one."""
    rows = DAY_SECONDS // home.step_seconds
    if home.total.size < 1.5 * rows:
        return [slice(0, home.total.size)]
    return [slice(a, a + rows) for a in range(0, home.total.size - rows + 1, rows)]


def candidates(pairs, estimates, name):
    """Days of the homes as they were metered on which the appliance ran: what would be shown, and how well it was found."""
    i = INDEX[name]
    for pair, (watts, on, *_) in zip(pairs, estimates):
        home = pair.home
        if "_at_" in home.name or name not in home.watts:
            continue
        judged = known_rows(pair) & ~np.isnan(home.watts[name])
        for number, day in enumerate(days_of(home)):
            known, state = judged[day], home.state[name][day] & judged[day]
            if known.mean() < SHORTEST_SHARE or not state.any():
                continue
            true, claimed = np.where(known, home.watts[name][day], 0), np.where(known, watts[i, day], 0)
            claims = on[i, day] & known
            hours = home.step_seconds / 3600
            yield {
                "home": home.name, "day": number + 1, "hours": round(known.size * hours, 1),
                "f1": round(2 * float((claims & state).sum()) / float(claims.sum() + state.sum()), 3),
                "maeWatts": round(float(np.abs(true - claimed).sum()) / int(known.sum()), 2),
                "trueKwh": round(float(true.sum()) * hours / 1000, 3),
                "estimatedKwh": round(float(claimed.sum()) * hours / 1000, 3),
            }, (np.nan_to_num(home.total[day]), true, claimed)


def thinned(values):
    """The highest of each of POINTS stretches, so that short runs stay to be seen."""
    edges = np.linspace(0, values.size, POINTS + 1).astype(int)
    return np.array([values[a:max(b, a + 1)].max() for a, b in zip(edges[:-1], edges[1:])])


def examples(pairs, estimates, names):
    """By appliance: {"good", "bad"} descriptions for the report, and the panels to draw; no bad one where there is one day."""
    described, panels = {}, {}
    for name in names:
        days = list(candidates(pairs, estimates, name))
        if not days:
            continue
        good = max(days, key=lambda d: (d[0]["f1"], -d[0]["maeWatts"]))
        chosen = [("good", "Best F1" if len(days) > 1 else "The only day", good)]
        if len(days) > 1:
            chosen.append(("bad", "Largest error", max((d for d in days if d is not good), key=lambda d: d[0]["maeWatts"])))
        described[name] = {"days": len(days), **{key: day[0] for key, _, day in chosen}}
        panels[name] = [(heading(words, day[0]), *map(thinned, day[1])) for _, words, day in chosen]
    return described, panels


def heading(kind, day):
    return (f"{kind}: {day['home']}, day {day['day']}, {day['hours']:.0f} h, F1 {day['f1']:.2f}, "
            f"{day['trueKwh']:.2f} kWh measured, {day['estimatedKwh']:.2f} estimated")
