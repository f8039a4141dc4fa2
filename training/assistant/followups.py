"""Questions that lean on the one before."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from training.assistant import voices_followups as voices, words
from training.assistant.followup_phrases import AGAIN, AGAINST, BEFORE, BY_WORDS, IT, LEAD, MEASURE_WORDS, OWN, RUNS, TAIL, WHY, fill_words
from training.assistant.names import fresh
from training.assistant.templates import sample

Draw = Callable[[], tuple[str, str]]
ENERGY_TOOLS = ("energy_use", "compare_periods")
PERIOD_START = {"energy_use": 4, "runs": 3, "peak_demand": 1, "always_on": 1, "electrical_quality": 2, "coverage": 1, "anomalies": 1}


def previous_text(plan: str) -> str:
    """What the model is told of the plan before: its calls, its appliances as a0 and a9, every period that was named as "span"."""
    calls, names = [], {}
    for call in plan.split(" ; ")[:2]:
        parts = call.split()
        tool = parts[0]
        if len(parts) > 1 and (parts[1].startswith("a§") or parts[1] in words.APPLIANCES):
            names.setdefault(parts[1], ("a0", "a9")[min(len(names), 1)])
            parts[1] = names[parts[1]]
        if tool == "compare_periods":
            calls.append(" ".join(parts[:3]))
        elif tool in PERIOD_START:
            start = PERIOD_START[tool]
            calls.append(" ".join([*parts[:start], "default" if parts[start:] == ["default"] else "span"]))
        elif tool in ("forecast", "devices"):
            calls.append(tool)
        else:
            calls.append(" ".join(parts))
    return " ; ".join(calls)


def stands_alone(text: str) -> bool:
    """Whether a question means the same whatever was asked before."""
    parts = set(text.split())
    return len(parts) >= 3 and not parts & {"it", "that", "then", "one", "why", "again", "them", "they", "onebefore"} and not text.startswith(("and ", "what about", "how about"))


def _with_period(parts: list[str], period: str) -> str | None:
    """The same call over another period."""
    tool = parts[0]
    if tool == "compare_periods":
        return f"energy_use {parts[1]} {parts[2]} none {period}"
    if tool in PERIOD_START:
        return " ".join(parts[: PERIOD_START[tool]] + [period])
    if tool in ("power_now", "appliance_state"):
        return f"energy_use {parts[1]} energy none {period}"
    if tool in ("forecast", "savings", "maintenance", "site_facts", "devices"):
        return f"energy_use {parts[1] if tool in ('savings', 'maintenance') and parts[1] != 'all' else 'total'} energy none {period}"
    return None


def _with_appliance(parts: list[str], appliance: str) -> str:
    tool = parts[0]
    if tool == "energy_use":
        by = "none" if parts[3] in ("appliance", "room") else parts[3]
        return f"energy_use {appliance} {parts[2]} {by} same"
    if tool == "compare_periods":
        return f"compare_periods {appliance} {parts[2]} same vs same"
    if tool == "runs":
        return f"runs {appliance} {parts[2]} same"
    if tool in ("power_now", "appliance_state", "maintenance", "savings"):
        return f"{tool} {appliance}"
    return f"energy_use {appliance} energy none default" if tool not in PERIOD_START else f"energy_use {appliance} energy none same"


def _follow(what: str, rng: random.Random, frames: list[str] | None = None) -> str:
    """Names what the follow-up is about; `frames`: other ways of it, {X} standing for it."""
    if frames and rng.random() < 0.45:
        return sample(rng.choice(frames), lambda _: what, rng)
    return sample(f"{LEAD} {what} {TAIL}", lambda name: name, rng)


def _correct(meant: str, other: str, rng: random.Random) -> str:
    return sample(rng.choice(voices.CORRECTIONS), {"X": meant, "Y": other}.__getitem__, rng)



def draw_followup(rng: random.Random, draw_call: Draw) -> tuple[str, str, str]:
    """Previous plan text, question, plan."""
    while True:
        previous = previous_text(draw_call()[1].replace("forecast f§", "forecast f"))
        parts = previous.split(" ; ")[0].split()
        tool = parts[0]
        has_period = tool in PERIOD_START
        if rng.random() < 0.05:
            return _pair_followup(rng)
        kind = rng.choices(["period", "appliance", "both", "measure", "by", "why", "before", "against", "it", "runs", "again", "own", "no context", "linked", "repeat"], [20, 20, 5, 16, 11, 10, 6, 6, 14, 6, 6, 7, 6, 7, 2])[0]
        if kind == "period":
            period = fresh("p")
            plan = _with_period(parts, period)
            if plan:
                if rng.random() < 0.06:
                    return previous, _correct(period, fresh("p"), rng), plan
                amounts = voices.AMOUNT_FRAMES if tool == "energy_use" and parts[3] == "none" else []
                return previous, _follow(period, rng, voices.PERIOD_FRAMES + amounts), plan
        elif kind == "appliance":
            roll = rng.random()
            if roll < 0.06 and tool in ENERGY_TOOLS + ("power_now",):
                return previous, _follow(rng.choice(words.REST), rng), _with_appliance(parts, "other")
            if roll < 0.24 and tool in ENERGY_TOOLS + ("power_now",):
                whole = rng.choice(["the whole house", "everything", "the total", "in total", "overall", "all together", "the house", "total", "all of it", "everything together", "the entire house", "altogether", "all of them", "all appliances", "the lot", "the whole lot", "as a whole", "for the house", "for everything", "in total", "and in total", "all in all", "everything together", "the grand total", *voices.WHOLE])
                return previous, _follow(whole, rng), _with_appliance(parts, "total")
            appliance = fresh("a")
            if roll < 0.31 and tool in ("energy_use", "runs", "appliance_state", "power_now", "maintenance", "savings"):
                other = fresh("a")
                return previous, _follow(f"{appliance} and {other}", rng, voices.APPLIANCE_FRAMES), f"{_with_appliance(parts, appliance)} ; {_with_appliance(parts, other)}"
            if roll > 0.92:
                return previous, _correct(appliance, fresh("a"), rng), _with_appliance(parts, appliance)
            shares = voices.SHARE_FRAMES if parts[:2] == ["energy_use", "total"] else []
            return previous, _follow(appliance, rng, voices.APPLIANCE_FRAMES + shares), _with_appliance(parts, appliance)
        elif kind == "both":
            period, appliance = fresh("p"), fresh("a")
            if tool in ("energy_use", "runs"):
                plan = f"{' '.join(_with_appliance(parts, appliance).split()[:-1])} {period}"
                return previous, _follow(rng.choice([f"{appliance} {period}", f"{period} {appliance}", f"{appliance} {period}"]), rng), plan
        elif kind == "measure" and tool in ENERGY_TOOLS + ("power_now", "runs"):
            measure = rng.choice(["cost", "cost", "cost", "energy", "co2"])
            if tool == "energy_use":
                plan = f"energy_use {parts[1]} {measure} {parts[3]} same"
            elif tool == "compare_periods":
                plan = f"compare_periods {parts[1]} {measure} same vs same"
            elif tool == "runs":
                plan = f"runs {parts[1]} cost same" if measure == "cost" else f"energy_use {parts[1]} {measure} none same"
            else:
                plan = f"energy_use {parts[1]} {measure} none today"
            text = fill_words(rng.choice(MEASURE_WORDS[measure] if rng.random() < 0.55 else voices.MEASURES[measure]), rng)
            if has_period and tool == "energy_use" and rng.random() < 0.15:
                period = fresh("p")
                return previous, f"{text} {period}", f"{plan.rsplit(' ', 1)[0]} {period}"
            return previous, text, plan
        elif kind == "by" and tool == "energy_use":
            by = rng.choice(["day", "day", "day", "hour", "month", "appliance", "appliance", "appliance", "room"])
            if by not in ("appliance", "room") or parts[1] == "total":
                asked = BY_WORDS[by] if rng.random() < 0.55 else rng.choice(voices.BY[by])
                return previous, fill_words(f"[and|ok||||] {asked} [please||||]", rng), f"energy_use {parts[1]} {parts[2]} {by} same"
        elif kind == "why" and tool in ENERGY_TOOLS:
            against = "same" if tool == "compare_periods" else "before"
            return previous, fill_words(WHY if rng.random() < 0.55 else rng.choice(voices.WHY), rng), f"compare_periods {parts[1]} {parts[2]} same vs {against}"
        elif kind == "before" and has_period:
            plan = _with_period(parts, "before")
            if plan:
                if rng.random() < 0.45:
                    return previous, rng.choice(voices.BEFORE), plan
                lead = rng.choice(["", "", "", "how much was it ", "how much was ", "how much did it use ", "what was ", "what was it "]) if tool == "energy_use" else ""
                return previous, f"{lead}{fill_words(BEFORE, rng)}", plan
        elif kind == "against" and tool == "energy_use":
            period = fresh("p") if rng.random() < 0.9 else "yearago"
            if period == "yearago" and rng.random() < 0.5:
                return previous, rng.choice(voices.YEARAGO), f"compare_periods {parts[1]} {parts[2]} same vs year_before"
            return previous, f"{fill_words(AGAINST if rng.random() < 0.55 else rng.choice(voices.AGAINST), rng)} {period}", f"compare_periods {parts[1]} {parts[2]} same vs {'year_before' if period == 'yearago' else period}"
        elif kind == "it" and len(parts) > 1 and parts[1] == "a0":
            text, plan = rng.choice(IT if rng.random() < 0.6 else voices.IT)
            if " same" in plan and not has_period:
                plan = plan.replace(" same", " default")
            period = fresh("p")
            named = rng.random() < 0.9 or "P" not in plan.split()
            text = f"{rng.choice(['', '', '', '', 'and ', 'ok ', 'so '])}{fill_words(re.sub(r' P$', '', text), rng)}{f' {period}' if ' P' in f' {text}' and named else ''}"
            return previous, text, re.sub(r" P$", f" {period if named else ('same' if has_period else 'default')}", plan)
        elif kind == "runs" and tool == "runs":
            text, about = rng.choice(RUNS if rng.random() < 0.6 else voices.RUNS)
            return previous, fill_words(text, rng), f"runs a0 {about} same"
        elif kind == "again" and tool in ENERGY_TOOLS:
            text, plan = rng.choice(AGAIN if rng.random() < 0.6 else voices.AGAIN)
            future = fresh("f")
            plan = plan.replace(" S", f" {parts[1] if parts[1] == 'a0' else 'all'}").replace(" T", f" {parts[1]}").replace(" F", f" {future}")
            return previous, re.sub(r"\bF\b", future, fill_words(text, rng)), plan
        elif kind == "own" and tool in OWN:
            text, plan = rng.choice(OWN[tool] if rng.random() < 0.5 else voices.OWN[tool])
            return previous, fill_words(text, rng), plan.replace(" X", f" {parts[1] if len(parts) > 1 else 'all'}").replace(" Q", f" {parts[1] if len(parts) > 1 else 'all'}")
        elif kind == "repeat" and (tool in PERIOD_START or tool == "compare_periods"):
            again = "same vs same" if tool == "compare_periods" else "same"
            return previous, rng.choice(voices.REPEAT), " ".join([*parts[: PERIOD_START.get(tool, 3)], again])
        elif kind == "linked" and tool in PERIOD_START:
            if rng.random() < 0.4:
                text, plan = draw_call()
                words_of_plan = plan.split()
                if words_of_plan[0] in PERIOD_START and words_of_plan[-1] == "default" and ";" not in words_of_plan and "last" not in words_of_plan and stands_alone(text):
                    return previous, f"{rng.choice(voices.LINKS)} {text}", f"{plan.removesuffix('default')}same"
                continue
            _, plan, asks = rng.choice(voices.LINKED)
            appliance = fresh("a")
            nouns = {"A": appliance, "E": rng.choice(words.ENERGY_NOUNS), "M": rng.choice(words.MONEY), "C": rng.choice(words.CO2)}
            text = sample(f"{rng.choice(voices.LINKS)} {rng.choice(asks)}", nouns.__getitem__, rng)
            return previous, text, plan.replace("{A}", appliance)
        elif kind == "no context":
            appliance, period, future = fresh("a"), fresh("p"), fresh("f")
            if rng.random() < 0.3:
                return "none", *_lost(rng)
            text, plan = rng.choice([(_follow(appliance, rng), f"energy_use {appliance} energy none default"), (_follow(period, rng), f"energy_use total energy none {period}"), (_follow(f"{appliance} {period}", rng), f"energy_use {appliance} energy none {period}"),
                                     ("in euros", "unclear everything"), ("why", "unclear everything"), (appliance, f"energy_use {appliance} energy none default"), (period, f"energy_use total energy none {period}"), (f"and {future}", f"forecast {future}"), ("per day", "unclear everything")])
            return "none", text, plan


def _lost(rng: random.Random) -> tuple[str, str]:
    """A follow-up with nothing before it."""
    roll = rng.random()
    if roll < 0.3:
        return rng.choice(voices.BEFORE), "unclear everything"
    if roll < 0.6:
        text = fill_words(rng.choice(voices.MEASURES[rng.choice(["cost", "co2", "energy"])]), rng)
        return (text, "unclear everything") if "that" in text.split() else _lost(rng)
    text, plan = rng.choice(voices.IT)
    text = fill_words(text, rng)
    if "it" not in text.split():
        return _lost(rng)
    return text, plan if plan.startswith(("refuse", "reply")) else "unclear appliance"


def _pair_followup(rng: random.Random) -> tuple[str, str, str]:
    """Another period, measure or split for two appliances, or two measures of one thing, asked about at once."""
    measure = rng.choice(["energy", "cost", "co2"])
    pair = [("a0", measure), ("a9", measure)]
    if rng.random() < 0.3:
        subject = rng.choice(["a0", "total"])
        pair = [(subject, "energy"), (subject, rng.choice(["cost", "cost", "co2"]))]
    stated = [rng.choice(["span", "default"]), rng.choice(["span", "default"])]
    previous = " ; ".join(f"energy_use {subject} {measured} none {period}" for (subject, measured), period in zip(pair, stated))

    def both(by: str, first: str, second: str) -> str:
        return " ; ".join(f"energy_use {subject} {measured} {by} {period}" for (subject, measured), period in zip(pair, (first, second)))

    roll = rng.random()
    if roll < 0.12:
        by = rng.choice(["day", "day", "hour", "month"])
        return previous, fill_words(f"[and|ok||||] {rng.choice(voices.BY[by]) if rng.random() < 0.5 else BY_WORDS[by]}", rng), both(by, "same", "same")
    if roll < 0.2:
        return previous, rng.choice(voices.BEFORE) if rng.random() < 0.5 else fill_words(BEFORE, rng), both("none", "before", "same")
    if pair[0][0] != pair[1][0] and roll < 0.5:
        meant = rng.choice(["cost", "cost", "energy", "co2"])
        pair = [(subject, meant) for subject, _ in pair]
        return previous, fill_words(rng.choice(MEASURE_WORDS[meant] if rng.random() < 0.55 else voices.MEASURES[meant]), rng), both("none", "same", "same")
    if pair[0][0] == pair[1][0] and roll < 0.5:
        appliance = fresh("a")
        pair = [(appliance, measured) for _, measured in pair]
        return previous, _follow(appliance, rng, voices.APPLIANCE_FRAMES), both("none", "same", "same")
    period = fresh("p")
    return previous, _follow(period, rng, voices.PERIOD_FRAMES), both("none", period, period)
