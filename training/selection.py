"""Blend of the two networks, calibration and thresholds per appliance and kind of meter, chosen on the validation homes."""
import numpy as np

from .appliance_variety import CYCLIC
from .appliances import APPLIANCES, HORIZONS, INDEX, MOST_DUTY, NAMES, run_seconds
from .homes import most_by_home, source_home
from .labels import runs
from .metrics import accuracy
from .postprocess import LONGEST_HOLD_SECONDS, believed, certainty, decide, project

# From which calibrated probability on an appliance may be taken as on.
LEVELS = np.round(np.arange(0.1, 0.86, 0.05), 2)
# How much steeper than the probability the share of the power rises that is claimed. An appliance draws its power or none:
# the probability itself would take 40 % off where it is 0.6.
SHARPNESS = (1.0, 1.5, 2.0, 3.0)
# A level far from one half has to be worth it. As strict as did best in homes that the choice was made without; a factor on the
# on-power did harm there (EXPERIMENTS.md).
LEVEL_PRICE = 0.1
# The slow network's share; one off one half has to be worth it as well.
SHARE_PRICE = 0.1
SLOW_SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
# Where nothing tells.
UNKNOWN_SHARE = {"fine": 0.5, "coarse": 0.75}
PROVISIONAL, FINAL = range(len(HORIZONS))
# Weight of the training mix in the calibration, so that few homes do not pull it far.
PRIOR_STRENGTH = 0.02
# No run to choose on: take as on only what the network is rather sure of, more so where homes without one show false power.
CAUTIOUS_LEVELS = (0.7, 0.8, 0.9, 0.95, 0.98)
# What is known to be missing from many homes for weeks may be taken as on from where it hardly is there. Its own homes, in which it
# runs for half of a cold day, get low probabilities from a network for which one home in eight has one.
ABSENT_LEVELS = (*np.round(np.arange(0.2, 0.7, 0.05), 2), *CAUTIOUS_LEVELS)
FALSE_POWER_WATTS = 1.0
# Aimed at in every home without the appliance. A level is chosen by half of it, since other homes will be worse.
MOST_FALSE_MINUTES_A_DAY = 5
F1_SHARE = 0.5
FEW_RUNS = 20
# A choice of short runs that scores no more than this is none. These homes then say nothing of others where the appliance is
# plain to see, and it is taken as on where the network itself finds it likelier than not.
HARDLY_A_SCORE = 0.0
# Runs that are no ground to choose on: a combination microwave that bakes for a quarter of an hour, as an oven does. They count
# in every published figure.
OTHER_USE = {("refit_head_house05", "Microwave")}
# No validation home is heated by a heat pump.
ABSENT = {"HeatPump"}


def sigmoid(x):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-x))


def logit(p):
    return float(np.log(p / (1 - p)))


def probability_of(logits, calibration):
    return sigmoid(calibration["scale"] * logits + calibration["bias"])


def power_share(logits, calibration, threshold, sharpness):
    """Share of the on-power that is claimed while on: one half at the threshold."""
    return sigmoid(sharpness * (calibration["scale"] * logits + calibration["bias"] - logit(threshold)))


class HomeCase:
    """What choosing needs of one home, horizon and share; only the rows taken as on change the error of always-off."""

    def __init__(self, pair, name, horizon, share):
        i = INDEX[name]
        self.logits, self.on_power = pair.blended(horizon, i, share)
        self.step = pair.home.step_seconds
        watts = pair.home.watts.get(name, np.zeros(pair.home.total.size, np.float32))
        self.truth = np.where(np.isnan(self.logits), np.nan, watts)
        self.known = ~np.isnan(self.truth)
        self.state = self.known & pair.home.state.get(name, False)
        self.rows, self.energy = max(1, int(self.known.sum())), float(np.nansum(self.truth))
        self.on_rows = int(self.state.sum())
        self.weight = min(3, len(runs(self.state)[0])) / 3

    def taken_as_on(self, calibration, level):
        hold_rows = max(1, LONGEST_HOLD_SECONDS // self.step)
        return decide(probability_of(self.logits, calibration), level, hold_rows) & self.known

    def minutes_a_day(self, calibration, level):
        """How long it is taken as on."""
        return 1440 * int(self.taken_as_on(calibration, level).sum()) / self.rows

    def scores(self, calibration, level):
        """Score with each of SHARPNESS."""
        on = self.taken_as_on(calibration, level)
        truth, floor = self.truth[on], 0.1 * self.rows
        f1 = 2 * int((on & self.state).sum()) / max(1, int(on.sum()) + self.on_rows)
        out = np.empty(len(SHARPNESS))
        for i, sharpness in enumerate(SHARPNESS):
            watts = power_share(self.logits[on], calibration, level, sharpness) * self.on_power[on]
            claimed = float(watts.sum())
            if self.on_rows == 0:
                out[i] = -min(0.5, claimed / self.rows / 30)
                continue
            error = self.energy + float((np.abs(watts - truth) - truth).sum())
            gain = 1 - min(2, error / max(self.energy, floor))
            sae = abs(claimed - self.energy) / max(self.energy, floor)
            out[i] = self.weight * (F1_SHARE * f1 + (1 - F1_SHARE) * gain - 0.1 * min(1, sae))
        return out


def calibrate(cases):
    """Scale and bias of p = sigmoid(scale * logit + bias): logistic regression, each home weighing the same."""
    columns = [(c.logits[c.known], c.state[c.known]) for c in cases if c.known.any()]
    if not any(state.any() for _, state in columns):
        return {"scale": 1.0, "bias": 0.0}
    z = np.concatenate([z for z, _ in columns]).astype(np.float64)
    y = np.concatenate([s for _, s in columns]).astype(np.float64)
    w = np.concatenate([np.full(z.size, 1 / z.size) for z, _ in columns]) / len(columns)
    theta = np.array([1.0, 0.0])
    x = np.stack([z, np.ones_like(z)])
    prior = np.diag([PRIOR_STRENGTH, PRIOR_STRENGTH / 10])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(theta @ x, -40, 40)))
        gradient = x @ (w * (p - y)) + prior @ (theta - [1, 0])
        hessian = (x * (w * p * (1 - p))) @ x.T + prior
        step = np.linalg.solve(hessian, gradient)
        theta = theta - np.clip(step, -0.5, 0.5)
        if np.abs(step).max() < 1e-6:
            break
    return {"scale": round(float(np.clip(theta[0], 0.3, 2.0)), 4), "bias": round(float(np.clip(theta[1], -3, 3)), 4)}


def cautious(cases_of, meter, levels=CAUTIOUS_LEVELS):
    """For an appliance that no validation home runs: share and first level that claim next to nothing in homes without a run.

    `cases_of(horizon, share)` gives the homes; `levels` rise.
    """
    calibration = {"scale": 1.0, "bias": 0.0}
    sharpness = SHARPNESS.index(1.5)
    unknown = UNKNOWN_SHARE[meter]
    shares = sorted(SLOW_SHARES, key=lambda share: abs(share - unknown))

    def is_harmless(cases, level):
        if not cases:
            return True
        claimed_watts = -30 * np.mean([case.scores(calibration, level)[sharpness] for case in cases])
        minutes = max(case.minutes_a_day(calibration, level) for case in cases)
        return claimed_watts <= FALSE_POWER_WATTS and minutes <= MOST_FALSE_MINUTES_A_DAY / 2

    def level_for(horizon, share):
        cases = cases_of(horizon, share)
        return next((level for level in levels if is_harmless(cases, level)), levels[-1])

    def decision(horizon, share):
        return {**calibration, "threshold": float(level_for(horizon, share)), "sharpness": 1.5, "powerFactor": 1.0}

    share = min(shares, key=lambda share: level_for(FINAL, share))
    return {"slowShare": share, **{name: decision(horizon, share) for horizon, name in enumerate(HORIZONS)}}


def likelier_than_not(cases):
    """On where the network's own probability, before it is calibrated, is above one half."""
    calibration = calibrate(cases)
    level = float(np.clip(sigmoid(calibration["bias"]), *LEVELS[[0, -1]]))
    return {**calibration, "threshold": round(level, 4), "sharpness": round(1 / calibration["scale"], 4), "powerFactor": 1.0}


def best_decision(cases):
    """(score, calibration with decision): the best mean over homes of F1 and MAE gain.

    Energy error counts a little, and so does power where there is none.
    """
    calibration = calibrate(cases)
    scores = np.array([np.mean([case.scores(calibration, level) for case in cases], axis=0) for level in LEVELS])
    # Smoothed over neighbouring levels, so that no lucky one wins; mild choices win ties.
    padded = np.pad(scores, ((1, 1), (0, 0)), mode="edge")
    scores = 0.25 * padded[:-2] + 0.5 * padded[1:-1] + 0.25 * padded[2:]
    scores -= 0.005 * np.log(SHARPNESS)[None]
    # Where little speaks for it, no level far from the likelier one: these homes are few, and others miss runs by it.
    scores -= LEVEL_PRICE * np.abs(LEVELS - 0.5)[:, None]
    level, sharpness = np.unravel_index(int(np.argmax(scores)), scores.shape)
    return float(scores.max()), {**calibration, "threshold": float(LEVELS[level]), "sharpness": SHARPNESS[sharpness],
                                 "powerFactor": 1.0}


def finds_any(pairs, name):
    """Whether some choice does better than always off in these homes, or no home has a run to find."""
    cases = [HomeCase(pair, name, FINAL, UNKNOWN_SHARE[pair.meter]) for pair in pairs]
    return not any(case.on_rows for case in cases) or best_decision(cases)[0] > HARDLY_A_SCORE


def choose(pairs, name, meter, left_out=(), kept=None):
    """Blend of one appliance for one kind of meter; the share is the one that is best for the final horizon.

    `left_out` are homes that another network has not seen. It is weaker, so they count only where the validation homes have
    hardly a run to choose on, not for what always runs, which it knows fewer makes of, and not where it finds nothing itself.
    There a choice that is `kept` comes before them. What all homes are known to lack is chosen on the validation homes alone.
    """
    pairs, left_out = ([pair for pair in some if pair.meter == meter and (name in pair.home.watts or name in ABSENT)
                        and (source_home(pair.home.name), name) not in OTHER_USE] for some in (pairs, left_out))
    counts = [{"home": pair.home.name, "runs": len(runs(pair.home.state[name])[0])} for pair in pairs if name in pair.home.watts]
    if name not in CYCLIC and name not in ABSENT and most_by_home(counts, "runs") < FEW_RUNS:
        if kept is not None:
            return kept
        if finds_any(left_out, name):
            pairs += left_out

    def cases(horizon, share):
        return [HomeCase(pair, name, horizon, share) for pair in pairs]

    best = None
    for share in SLOW_SHARES:
        finals = cases(FINAL, share)
        if not any(case.on_rows for case in finals):
            return cautious(cases, meter, ABSENT_LEVELS if name in ABSENT and pairs else CAUTIOUS_LEVELS)
        score, decision = best_decision(finals)
        score -= SHARE_PRICE * abs(share - 0.5)
        if best is None or score > best[0]:
            best = (score, share, decision)
    score, share, decision = best
    if score <= HARDLY_A_SCORE and name not in CYCLIC:
        share = UNKNOWN_SHARE[meter]
        return {"slowShare": share, **{h: likelier_than_not(cases(i, share)) for i, h in enumerate(HORIZONS)}}
    return {"slowShare": share, "provisional": best_decision(cases(PROVISIONAL, share))[1], "final": decision}


def select(pairs, left_out=(), earlier=()):
    """Manifest entries of the eleven appliances without metrics; `left_out` as in `choose`, which keeps what `earlier` ones say.

    `keptChoices` of an entry are the kinds of meters whose choice is an earlier one: other networks were asked for it.
    """
    kept = {entry["name"]: entry["blend"] for entry in earlier}
    entries = []
    for appliance in APPLIANCES:
        earlier_blend = kept.get(appliance.name, {})
        blend = {meter: choose(pairs, appliance.name, meter, left_out, earlier_blend.get(meter)) for meter in ("fine", "coarse")}
        kept_choices = [meter for meter in blend if blend[meter] is earlier_blend.get(meter)]
        min_on, min_off = run_seconds(appliance)
        entries.append({
            "name": appliance.name,
            "status": "experimental",
            "blend": blend,
            **({"keptChoices": kept_choices} if kept_choices else {}),
            "minOnSeconds": min_on,
            "minOffSeconds": min_off,
            "onThresholdWatts": appliance.on_threshold_watts,
            **({"mostDuty": MOST_DUTY[appliance.name]} if appliance.name in MOST_DUTY else {}),
        })
    return entries


def estimate(pair, appliances, horizon=FINAL):
    """Watts, states and probabilities [11, rows] of a home as published."""
    hold_rows = max(1, LONGEST_HOLD_SECONDS // pair.home.step_seconds)
    watts, on, probabilities, certainties = [], [], [], []
    for i, entry in enumerate(appliances):
        blend = entry["blend"][pair.meter]
        decision = blend[HORIZONS[horizon]]
        logits, on_power = pair.blended(horizon, i, blend["slowShare"])
        probabilities.append(probability_of(logits, decision))
        certainties.append(certainty(probabilities[-1], decision["threshold"]))
        state = decide(probabilities[-1], decision["threshold"], hold_rows)
        on.append(believed(state, entry["mostDuty"], pair.home.step_seconds) if "mostDuty" in entry else state)
        share = power_share(logits, decision, decision["threshold"], decision["sharpness"])
        watts.append(np.where(on[-1], np.nan_to_num(share * on_power * decision["powerFactor"]), 0))
    total = np.nan_to_num(pair.home.total)
    watts = project(np.stack(watts), total, np.stack(certainties))
    # As the run time: on is only what the meter leaves power for; where more is made than drawn it says nothing about that.
    return watts, np.stack(on) & ((watts > 0) | (total < 0)), np.stack(probabilities)


def metrics_table(pairs, appliances, training_means):
    """Per appliance: metrics of each home and horizon."""
    table = {name: [] for name in NAMES}
    for pair in pairs:
        home = pair.home
        for horizon, horizon_name in enumerate(HORIZONS):
            watts, on, probability = estimate(pair, appliances, horizon)
            for name, truth in home.watts.items():
                i = INDEX[name]
                truth = np.where(np.isnan(probability[i]), np.nan, truth)
                row = accuracy(truth, watts[i], on[i], home.step_seconds, APPLIANCES[i], training_means.get(name))
                row = {"home": home.name, "horizon": horizon_name, "meterIntervalSeconds": home.step_seconds, **row}
                if row["activations"] < 10:
                    row["caveat"] = "fewer than 10 activations"
                table[name].append(row)
    return table
