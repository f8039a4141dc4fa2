"""Two or three questions in one, and the plans they mean."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from training.assistant.followup_phrases import fill_words
from training.assistant.names import fresh

Draw = Callable[[], tuple[str, str]]

MEASURE_NAMES = {"energy": "usage", "cost": "cost"}

PAIRS = {
    "energy": ["how much did [the|] {0} and [the|] {1} use {p}", "how much [energy|electricity|power|] do {0} and {1} use {p}", "compare {0} [and|with|to|vs] {1} {p}", "{0} [vs|or|and] {1} {p}", "{0} vs {1} {p}", "does {0} use more than {1} {p}", "does {0} use less than {1} {p}", "does {0} use more [energy|electricity|power] than {1} {p}", "what uses more {0} or {1} {p}", "which uses more {0} or {1} {p}", "which used more {p} {0} or {1}", "did {0} use more than {1} {p}", "did {0} or {1} use more {p}", "{0} and {1} usage {p}", "{0} and {1} {p}", "usage of {0} and {1} {p}", "energy of {0} and {1} {p}", "how much for {0} and how much for {1} {p}", "how much for {0} and {1} {p}", "is {0} worse than {1} {p}", "is {0} [hungrier|better|more efficient] than {1} {p}", "which one uses more {0} or {1} {p}", "which is [worse|hungrier|better|more efficient|the bigger user|the worst] {0} or {1} {p}", "which of {0} and {1} [uses|used] more {p}", "who uses more {0} or {1} {p}", "tell us what {0} and {1} used {p}", "what did {0} and {1} use {p}", "what about {0} and {1} {p}", "show us {0} and {1} {p}", "total of {0} and {1} {p}", "{0} plus {1} {p}", "{0} and {1} together {p}", "how do {0} and {1} compare {p}", "how does {0} compare with {1} {p}", "difference between {0} and {1} {p}", "what is the difference between {0} and {1} {p}", "how much more does {0} use than {1} {p}", "is {0} or {1} the bigger user {p}", "{p} {0} and {1}", "both {0} and {1} {p}"],
    "cost": ["how much did {0} and {1} cost {p}", "compare the cost of {0} and {1} {p}", "compare {0} and {1} cost {p}", "is {0} more expensive than {1} {p}", "is {0} cheaper than {1} {p}", "is {0} more expensive to run than {1} {p}", "does {0} cost more than {1} {p}", "does it cost more to run {0} or {1}", "{0} and {1} cost {p}", "{0} vs {1} cost {p}", "{0} vs {1} in euros {p}", "what costs more {0} or {1} {p}", "which costs more {0} or {1} {p}", "did {0} cost more than {1} {p}", "which is [cheaper|more expensive|cheaper to run|more expensive to run] {0} or {1} {p}", "what did we pay for {0} and {1} {p}", "what did we spend on {0} and {1} {p}", "what do {0} and {1} cost us {p}", "what did {0} and {1} cost us {p}", "cost of {0} and {1} {p}", "how much do we spend on {0} and {1} {p}", "what are we paying for {0} and {1} {p}", "how much did {0} and {1} set us back {p}", "which of {0} and {1} costs more {p}", "is it cheaper to use {0} or {1}", "should i use {0} or {1} to save money"],
    "co2": ["how much co2 did {0} and {1} cause {p}", "co2 of {0} and {1} {p}", "which causes more co2 {0} or {1} {p}", "is {0} dirtier than {1} {p}", "which is greener {0} or {1} {p}", "{0} and {1} co2 {p}"],
}
STATES = [("is {0} and {1} on", "appliance_state"), ("are {0} and {1} on", "appliance_state"), ("are {0} and {1} [running|off|ok|done|finished|still on]", "appliance_state"), ("is {0} or {1} on", "appliance_state"), ("is {0} on and is {1} on", "appliance_state"), ("did i turn off {0} and {1}", "appliance_state"), ("did i leave {0} or {1} on", "appliance_state"), ("how are {0} and {1} doing", "appliance_state"), ("is {0} on and {1} off", "appliance_state"),
          ("how much are {0} and {1} using now", "power_now"), ("{0} and {1} now", "power_now"), ("how much power do {0} and {1} use now", "power_now"), ("watts of {0} and {1}", "power_now"), ("do {0} and {1} need a service", "maintenance"), ("does {0} or {1} need maintenance", "maintenance"), ("do {0} and {1} need maintenance", "maintenance"), ("when should i run {0} and {1}", "savings"), ("best time for {0} and {1}", "savings"), ("how can we save on {0} and {1}", "savings"), ("when is it cheapest to run {0} and {1}", "savings")]
RUN_PAIRS = [("how often did {0} and {1} run {p}", "count"), ("how many times did we use {0} and {1} {p}", "count"), ("did {0} and {1} run {p}", "count"), ("how long did {0} and {1} run {p}", "duration"), ("how long were {0} and {1} on {p}", "duration"), ("when did {0} and {1} last run", "last"), ("when were {0} and {1} last on", "last"), ("when were {0} and {1} on {p}", "list"), ("what does a {0} run and a {1} run cost", "cost"), ("which ran more often {0} or {1} {p}", "count"), ("which was on longer {0} or {1} {p}", "duration")]


def _shared(plan: str, other: str) -> str:
    """Where one of two joined questions names a time and the other none, it is the time of both."""
    tool, *_, last = plan.split()
    stated = other.split()[-1]
    shares = tool in ("energy_use", "runs", "peak_demand", "anomalies", "coverage") and " last " not in plan and ";" not in f"{plan}{other}"
    return f"{plan.removesuffix('default')}{stated}" if shares and last == "default" and stated.startswith("p§") and "vs" not in other.split() else plan


def draw_several(rng: random.Random, draw_call: Draw) -> tuple[str, str]:
    roll = rng.random()
    one, other = fresh("a"), fresh("a")
    period = fresh("p")

    def fill(template: str) -> str:
        return fill_words(template.replace("{0}", one).replace("{1}", other).replace("{p}", period), rng)

    if roll < 0.42:
        measure = rng.choice(["energy", "energy", "cost", "co2"])
        with_period = rng.random() < 0.6
        template = rng.choice(PAIRS[measure])
        with_period = with_period and "{p}" in template
        text = fill(template if with_period else template.replace("{p}", ""))
        plan_period = period if with_period else "default"
        if rng.random() < 0.12:
            third = fresh("a")
            named = rng.choice([period, period, ""])
            ask, measure = rng.choice([("how much did {} use", "energy"), ("how much did {} cost", "cost"), ("{} usage", "energy"), ("{} cost", "cost"), ("what did we spend on {}", "cost"), ("{}", "energy"), ("compare {}", "energy"), ("which used the most {}", "energy"), ("what did {} cost", "cost"), ("kwh of {}", "energy")])
            return f"{ask.format(f'{one} {other} and {third}')} {named}", " ; ".join(f"energy_use {name} {measure} none {named or 'default'}" for name in (one, other, third))
        return text, f"energy_use {one} {measure} none {plan_period} ; energy_use {other} {measure} none {plan_period}"
    if roll < 0.47:
        if rng.random() < 0.6:
            template, tool = rng.choice(STATES)
            return fill(template), f"{tool} {one} ; {tool} {other}"
        template, about = rng.choice(RUN_PAIRS)
        plan_period = period if "{p}" in template and rng.random() < 0.7 else "default"
        return fill(template if plan_period != "default" else template.replace("{p}", "")), f"runs {one} {about} {plan_period} ; runs {other} {about} {plan_period}"
    if roll < 0.52:
        subject, who = ("total", "") if rng.random() < 0.6 else (one, one)
        one_way, first, second = rng.choice([("use and spend", "energy", "cost"), ("spend and use", "cost", "energy"), ("use and pay", "energy", "cost")])
        text = rng.choice([f"how much did we {one_way} {who and f'on {who}'} {{p}}", f"what did we {one_way} {who and f'on {who}'} {{p}}", f"{who} {MEASURE_NAMES[first]} and {MEASURE_NAMES[second]} {{p}}", f"{who} {MEASURE_NAMES[first]} and {MEASURE_NAMES[second]} {{p}}", f"what is the {MEASURE_NAMES[first]} and {MEASURE_NAMES[second]} {who and f'of {who}'} {{p}}", f"{{p}} {who} {MEASURE_NAMES[first]} and {MEASURE_NAMES[second]}"])
        named = rng.random() < 0.7
        return text.replace("{p}", period if named else ""), " ; ".join(f"energy_use {subject} {measure} none {period if named else 'default'}" for measure in (first, second))
    if roll < 0.72:
        total = rng.random() < 0.35
        subject = "total" if total else one
        asks = {
            "energy": (f"how much [energy|electricity|] did [it|{one}] use", f"energy_use {subject} energy none P"), "cost": (f"[what did [it|{one}] cost|how much did [it|{one}] cost]", f"energy_use {subject} cost none P"), "count": (f"how often did [it|{one}] run", f"runs {subject} count P"), "duration": (f"how long did [it|{one}] run", f"runs {subject} duration P"),
            "last": (f"when did [it|{one}] last run", f"runs {subject} last P"), "long": (f"how long did it take", f"runs {subject} duration P"), "co2": (f"how much co2 did [it|{one}] cause", f"energy_use {subject} co2 none P"), "state": (f"is [it|{one}] [on|running|still on|ok|done]", f"appliance_state {subject}"), "power": (f"how much [power|] is [it|{one}] using [now|]", f"power_now {subject}"),
            "service": (f"does [it|{one}] need [a service|maintenance]", f"maintenance {subject}"), "saving": (f"[when should i run [it|{one}]|how can we save on [it|{one}]]", f"savings {subject}"), "why": (f"why does [it|{one}] use so much", f"compare_periods {subject} energy default vs before"),
        }
        if total:
            asks = {"energy": ("how much [energy|electricity|] did we use", asks["energy"][1]), "cost": ("[what did it cost|what did we pay|what did we spend|how much did it cost|how much did we spend|what did that cost|what was the cost]", asks["cost"][1]), "co2": ("how much co2 did [we|it|that] cause", asks["co2"][1]), "most": ("[what used the most|which appliance used the most]", "energy_use total energy appliance P"), "peak": ("[what was the peak|when was the peak|what was our peak load]", "peak_demand P"), "odd": ("[was anything unusual|anything unusual|did anything unusual happen]", "anomalies P"), "base": ("what is our base load", "always_on default"), "now": ("[how much are we using now|what is on now]", "power_now total"), "next": (f"[what will {(future := fresh('f'))} be like|what will {future} cost|how much will we use {future}|what about {future}]", f"forecast {future}")}
        first, second = rng.sample(list(asks), 2)
        first_text = asks[first][0] if total else asks[first][0].replace("[it|", "[").replace("did it", f"did {one}")
        timed = [name for name in (first, second) if asks[name][1].endswith(" P")]
        link = rng.choice(["and", "and", "and", "and also", "and then", "plus", ""])
        if not timed or rng.random() < 0.3:
            text, named = f"{first_text} {link} {asks[second][0]}", False
        elif asks[second][1].endswith(" P") and rng.random() < 0.5:
            text, named = f"{first_text} {link} {asks[second][0]} {period}", True
        elif asks[first][1].endswith(" P"):
            text, named = f"{first_text} {period} {link} {asks[second][0]}", True
        else:
            text, named = f"{first_text} {link} {asks[second][0]}", False
        chosen = period if named and not (first == "last" and second == "long") else "default"
        if chosen == "default":
            text = text.replace(period, "").strip()
        return fill_words(text, rng), " ; ".join(re.sub(r" P$", f" {chosen}", asks[name][1]) for name in (first, second))
    if roll < 0.82:
        second = fresh("p")
        subject, who = ("total", "we") if rng.random() < 0.5 else (one, one)
        verb, measure = rng.choice([("use", "energy"), ("cost" if subject != "total" else "spend", "cost")])
        text = rng.choice([f"how much did {who} {verb} {period} and {rng.choice(['', 'how much '])}{second}", f"what did {who} {verb} {period} and {rng.choice(['', 'what about ', 'what did we '+verb+' ' if subject=='total' else ''])}{second}", f"{who if subject != 'total' else ''} {'cost' if measure == 'cost' else 'usage'} {period} and {second}", f"how much did {who} {verb} {period} what about {second}", f"{who if subject != 'total' else 'usage' if measure == 'energy' else 'bill'} {period} {second}" if subject == "total" else f"{who} {verb if verb == 'cost' else 'usage'} {period} and also {second}"])
        return " ".join(text.split()), f"energy_use {subject} {measure} none {period} ; energy_use {subject} {measure} none {second}"
    first_text, first_plan = draw_call()
    second_text, second_plan = draw_call()
    if "vs" in first_plan.split() or "F" in first_plan or " ; " in first_plan or " ; " in second_plan:
        return first_text, first_plan
    first_plan, second_plan = _shared(first_plan, second_plan), _shared(second_plan, first_plan)
    return f"{first_text} {rng.choice(['and', 'and', 'and', 'and also', 'also', 'and then', 'plus', '', 'oh and', 'as well as', 'and by the way'])} {second_text}", f"{first_plan} ; {second_plan}"
