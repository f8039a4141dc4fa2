"""Questions that lean on the one before, and questions that are two in one."""

from __future__ import annotations

import random
from collections.abc import Callable

from training.assistant import words
from training.assistant.periods import Period, draw
from training.assistant.templates import sample

Draw = Callable[[], tuple[str, str]]
ENERGY_TOOLS = ("energy_use", "compare_periods")
PERIOD_START = {"energy_use": 4, "runs": 3, "peak_demand": 1, "always_on": 1, "electrical_quality": 2, "coverage": 1, "anomalies": 1}


def previous_text(plan: str) -> str:
    """What the model is told of the plan before: its calls, with every period that has a figure in it as "span"."""
    calls = []
    for call in plan.split(" ; ")[:2]:
        parts = call.split()
        tool = parts[0]
        if tool == "compare_periods":
            calls.append(" ".join(parts[:3]))
        elif tool in PERIOD_START:
            start = PERIOD_START[tool]
            period = " ".join(parts[start:])
            calls.append(" ".join(parts[:start] + ["span" if any(character.isdigit() or character == "#" for character in period) or len(parts) - start > 3 else period]))
        elif tool in ("forecast", "devices"):
            calls.append(tool)
        else:
            calls.append(call)
    return " ; ".join(calls)


def stands_alone(text: str) -> bool:
    """Whether a question means the same whatever was asked before."""
    parts = set(text.split())
    return len(parts) >= 3 and not parts & {"it", "that", "and", "then", "one", "why", "again", "them", "they", "also"}


def _appliance(rng: random.Random) -> tuple[str, str]:
    plan = rng.choice(list(words.APPLIANCES))
    return plan, rng.choice(words.APPLIANCES[plan])


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


FOLLOW = ["and {}", "what about {}", "how about {}", "{}", "and what about {}", "same for {}", "and for {}", "the same for {}", "now {}", "and now {}", "ok and {}", "then {}", "also {}", "and how about {}", "{} then", "and {} then", "{} too", "what of {}", "do {}", "same thing {}", "same again for {}", "try {}", "give me {}", "or {}", "same question for {}", "and in the case of {}"]


def draw_followup(rng: random.Random, draw_call: Draw) -> tuple[str, str, str]:
    """Previous plan text, question, plan."""
    while True:
        call = draw_call()[1]
        parts = call.split()
        tool = parts[0]
        has_period = tool in PERIOD_START
        if rng.random() < 0.04:
            return _pair_followup(rng)
        kind = rng.choices(["period", "appliance", "both", "measure", "by", "why", "before", "against", "it", "runs", "again", "no context"], [18, 18, 5, 14, 8, 8, 8, 6, 12, 6, 3, 10])[0]
        previous = previous_text(call)
        if kind == "period":
            period: Period = draw(rng)
            plan = _with_period(parts, period.plan)
            if plan:
                return previous, rng.choice(FOLLOW).format(rng.choice([period.noun, period.adverb])), plan
        elif kind == "appliance":
            roll = rng.random()
            if roll < 0.08 and tool in ENERGY_TOOLS + ("power_now",):
                return previous, rng.choice(FOLLOW).format(rng.choice(words.REST)), _with_appliance(parts, "other")
            if roll < 0.18 and tool in ENERGY_TOOLS + ("power_now",):
                whole = rng.choice(["the whole house", "everything", "the total", "in total", "overall", "all together", "the house", "total", "all of it", "everything together", "the entire house", "the home", "altogether"])
                return previous, rng.choice(FOLLOW).format(whole), _with_appliance(parts, "total")
            appliance, word = _appliance(rng)
            text = rng.choice(FOLLOW).format(f"{rng.choice(words.DETERMINERS)} {word}")
            return previous, " ".join(text.split()), _with_appliance(parts, appliance)
        elif kind == "both":
            period = draw(rng)
            appliance, word = _appliance(rng)
            if tool in ("energy_use", "runs"):
                plan = f"{' '.join(_with_appliance(parts, appliance).split()[:-1])} {period.plan}"
                return previous, rng.choice(FOLLOW).format(f"the {word} {period.adverb}"), plan
        elif kind == "measure" and tool in ENERGY_TOOLS + ("power_now", "runs"):
            measure = rng.choice(["cost", "cost", "cost", "energy", "co2"])
            text = {
                "cost": ["in [{M}|{M}|money]", "[and|] [the|in] cost[s|]", "[and|] [what|how much] [did|does|is|was] [that|it|this] [cost|costing] [me|]", "how much [is|was] that in {M}", "how much money [is that|was that]", "what [does|did] that cost", "and in {M}", "[and|] [how much|what] did it cost", "how expensive [was|is] [that|it]", "convert [it|that] to {M}", "as money", "how many {M} [is|was] that", "show [it|that] in {M}", "the cost please", "cost", "[and|] what did i pay for [that|it]", "give me that in {M}"],
                "energy": ["in [kwh|kilowatt hours|energy|units]", "and [the|in] [energy|kwh]", "how [much energy|many kwh|many kilowatt hours] [is|was] [that|it]", "and in kwh", "how much energy did [it|that] use", "convert to kwh", "kwh", "show kwh"],
                "co2": ["[and|in|as] {C}", "and [the|how much] {C}", "how much {C} [is|was] that", "what about {C}", "[and|] its {C}", "what {C} did that cause", "how about {C}", "and in {C}", "kg of {C}"],
            }[measure]
            if tool == "energy_use":
                plan = f"energy_use {parts[1]} {measure} {parts[3]} same"
            elif tool == "compare_periods":
                plan = f"compare_periods {parts[1]} {measure} same vs same"
            elif tool == "runs":
                if measure != "cost":
                    plan = f"energy_use {parts[1]} {measure} none same"
                else:
                    plan = f"runs {parts[1]} cost same"
            else:
                plan = f"energy_use {parts[1]} {measure} none today"
            return previous, _sample(rng.choice(text), rng), plan
        elif kind == "by" and tool == "energy_use":
            by, text = rng.choice([("day", "[per day|by day|daily|each day|day by day|a day|on which day|which day [was|is] [the worst|highest|most]|split by day|and per day]"), ("hour", "[per hour|by hour|hourly|at what time|which hour|at what hour|hour by hour|and when during the day|split by hour]"),
                                   ("month", "[per month|by month|monthly|a month|month by month|which month]"), ("appliance", "[by appliance|per appliance|by device|per device|split it up|break it down|break that down|which appliance[s|]|which device[s|]|what used [the|] most|where did it go|what is in that|what made that up|which one used [the|] most|breakdown|who used it|by what|what caused that]"),
                                   ("room", "[by room|per room|which room|in which room|split by room|and the rooms]")])
            if by != "appliance" or parts[1] == "total":
                subject = parts[1]
                return previous, _sample(f"[and|] {text} [please|]", rng), f"energy_use {subject} {parts[2]} {by} same"
        elif kind == "why" and tool in ENERGY_TOOLS:
            text = "[why|why is that|why so much|why so [high|low|expensive]|how come|why was [that|it] [so high|so much|]|what is the reason|what happened [there|]|is that [a lot|normal|much|high|low|good|more than usual|more than before]|why is it so [high|much|expensive]|and why|but why|why that much|compared to before|and compared to the one before|more than before|is that more than [usual|before]|reason|explain why|was it more than [before|usual]]"
            against = "same" if tool == "compare_periods" else "before"
            return previous, _sample(text, rng), f"compare_periods {parts[1]} {parts[2]} same vs {against}"
        elif kind == "before" and has_period:
            text = "[and|and|what about|how about|] the [day|week|month|year|one|night|period|weekend] before[ that|]" if rng.random() < 0.7 else "[and|] the previous [one|day|week|month|year|period]"
            plan = _with_period(parts, "before")
            if plan:
                return previous, _sample(text, rng), plan
        elif kind == "against" and tool == "energy_use":
            period = draw(rng)
            text = _sample("[compare [that|it|this] [with|to]|[vs|versus]|compared [to|with]|is that [more|less] than|how does that compare [to|with]|more than|against|was it [more|less] than|and compared to|is it [higher|lower] than]", rng)
            return previous, f"{text} {period.noun}", f"compare_periods {parts[1]} {parts[2]} same vs {period.plan}"
        elif kind == "it" and len(parts) > 1 and parts[1] in words.APPLIANCES:
            appliance = parts[1]
            period = draw(rng)
            text, plan = rng.choice([
                ("is it [on|running|off|still on|still running|ok|all right|on now|finished|done|normal|working|fine]", "appliance_state a"), ("how much [power|] is it [using|drawing] [now|right now|]", "power_now a"), ("when did it [last run|run last|last start]", "runs a last default"),
                ("how often did it run", "runs a count same"), ("how long did it run", "runs a duration same"), ("does it need [maintenance|service|repair]", "maintenance a"), ("when should i run it", "savings a"), ("how can i save [with it|on it|there]", "savings a"),
                ("how often did it run P", "runs a count P"), ("how long did it run P", "runs a duration P"), ("[how much|what] did it [use|consume] P", "energy_use a energy none P"), ("[how much|what] did it cost P", "energy_use a cost none P"), ("when was it last [on|used]", "runs a last default"),
                ("is it [broken|wearing out|failing]", "maintenance a"), ("when is it cheapest to run it", "savings a"), ("list its runs P", "runs a list P"), ("when did it [run|start|come on] P", "runs a list P"), ("does it use more than before", "compare_periods a energy default before"), ("what does it cost per [run|cycle|load]", "runs a cost same"),
            ])
            if " same" in plan and not has_period:
                plan = plan.replace(" same", " default")
            return previous, _sample(text, rng).replace(" P", f" {period.adverb}"), plan.replace(" a", f" {appliance}", 1).replace(" P", f" {period.plan}")
        elif kind == "runs" and tool == "runs":
            text, about = rng.choice([("[when|and when|when was that|when were they|at what times|list them|show them|show me them|which ones]", "list"), ("[how long|and how long|for how long|how long each|how long did they take|how long was that]", "duration"), ("[how often|how many times|and how often|how many]", "count"),
                                      ("[when was the last one|the last one|and the last|and the last time|the most recent one]", "last"), ("[what did they cost|how much per run|cost per run|what did each cost|what does one cost|and the cost per run]", "cost"), ("[the first one|when was the first one|and the first]", "first")])
            return previous, _sample(text, rng), f"runs {parts[1]} {about} same"
        elif kind == "again" and tool in ENERGY_TOOLS:
            text, plan = rng.choice([("[how can i save [there|on that]|how do i [reduce|lower|cut] [it|that|this]|what can i do about [it|that]|how do i bring that down]", f"savings {parts[1] if parts[1] not in ('total', 'other') else 'all'}"), ("[and|] [tomorrow|in the future|what about tomorrow|how about tomorrow]", "forecast 48"), ("what about next week", "forecast 168"), ("[and|] [now|right now|at the moment|currently]", f"power_now {parts[1]}")])
            return previous, _sample(text, rng), plan
        elif kind == "no context":
            appliance, word = _appliance(rng)
            period = draw(rng)
            text, plan = rng.choice([(rng.choice(FOLLOW).format(f"the {word}"), f"energy_use {appliance} energy none default"), (rng.choice(FOLLOW).format(period.noun), f"energy_use total energy none {period.plan}"), (f"the {word} {period.adverb}", f"energy_use {appliance} energy none {period.plan}"),
                                     (_sample("in {M}", rng), "unclear everything"), ("why", "unclear everything"), (word, f"energy_use {appliance} energy none default"), (period.noun, f"energy_use total energy none {period.plan}")])
            return "none", text, plan


def _pair_followup(rng: random.Random) -> tuple[str, str, str]:
    """Another period or measure for two appliances asked about at once."""
    one, other = rng.sample(list(words.APPLIANCES), 2)
    measure, (asked, meant) = rng.choice(["energy", "cost", "co2"]), rng.choice([("in {M}", "cost"), ("and the cost", "cost"), ("in kwh", "energy"), ("and {C}", "co2")])
    previous = " ; ".join(f"energy_use {name} {measure} none last week" for name in (one, other))
    if rng.random() < 0.4:
        return previous, _sample(asked, rng), f"energy_use {one} {meant} none same ; energy_use {other} {meant} none same"
    period = draw(rng)
    second = "same" if "#" in period.plan else period.plan
    return previous, rng.choice(FOLLOW).format(period.adverb), f"energy_use {one} {measure} none {period.plan} ; energy_use {other} {measure} none {second}"


def _sample(template: str, rng: random.Random) -> str:
    lists = {"M": words.MONEY, "C": words.CO2}
    return sample(template, lambda name: rng.choice(lists[name]), rng)


REFERENCES = [("yesterday", "today vs yesterday"), ("last week", "this week vs last week"), ("last month", "this month vs last month"), ("last year", "this year vs last year"), ("last weekend", "this weekend vs last weekend"),
              ("a year ago", "this month vs year_before"), ("the same month last year", "this month vs year_before"), ("this time last year", "this month vs year_before"), ("the week before", "this week vs last week"), ("the month before", "this month vs last month")]


def draw_against(rng: random.Random) -> tuple[str, str]:
    """A comparison that names only what it compares with: the running day, week, month or year is meant."""
    reference, periods = rng.choice(REFERENCES)
    measure, template = rng.choice([
        ("energy", "[are we|am i] using [more|less] [energy|electricity|power|] than {Q}"), ("energy", "[did|has] [my|our] [usage|consumption] [go up|gone up|go down|gone down|rise|risen|change|changed|fall|fallen] [compared to|since|against|from] {Q}"),
        ("energy", "[are we|am i] [doing|] [better|worse] than {Q}"), ("energy", "compare with {Q}"), ("energy", "more than {Q}"), ("energy", "how [are we doing|do we compare|is it going] [compared to|against|vs] {Q}"), ("energy", "is [usage|consumption|my usage] [higher|lower] than {Q}"),
        ("cost", "[are we|am i] [paying|spending] [more|less] than {Q}"), ("cost", "is [my|our|the] bill [higher|lower|bigger|smaller|up|down] [than|compared to|from|on] {Q}"), ("cost", "[did|has] [my|our|the] [bill|cost|spending] [go up|gone up|rise|fall|gone down] [compared to|since|against] {Q}"),
        ("cost", "why is [my|our|the] bill [higher|lower|more] than {Q}"), ("co2", "[did|have|are] [my|our|the|] emissions [gone up|gone down|higher|lower|go down|go up|fall|rise] [than|compared to|since] {Q}"), ("energy", "why [are we|am i] using more than {Q}"),
    ])
    subject = "total"
    if measure == "energy" and rng.random() < 0.3:
        subject, word = _appliance(rng)
        template = f"[is|has] the {word} [using|used] [more|less] than {{Q}}"
    return sample(template, lambda _: reference, rng), f"compare_periods {subject} {measure} {periods}"


def draw_several(rng: random.Random, draw_call: Draw) -> tuple[str, str]:
    roll = rng.random()
    if roll < 0.4:
        pair = rng.sample(list(words.APPLIANCES), 2)
        names = [rng.choice(words.APPLIANCES[name]) for name in pair]
        period = draw(rng)
        measure = rng.choice(["energy", "energy", "cost", "co2"])
        with_period = rng.random() < 0.7
        text = rng.choice({
            "energy": ["how much did the {0} and the {1} use {p}", "compare the {0} [and|with|to] the {1} {p}", "{0} [vs|versus|or|and] {1} {p}", "does the {0} use more than the {1} {p}", "what uses more the {0} or the {1} {p}", "did the {0} use more [energy|electricity|] than the {1} {p}", "{0} and {1} usage {p}", "how much do [my|the] {0} and {1} [use|consume] {p}", "which used more {p} the {0} or the {1}", "energy of {0} and {1} {p}", "the {0} [compared to|against|versus] the {1} {p}", "how much for the {0} and how much for the {1} {p}", "is the {0} worse than the {1} {p}", "which one uses more {0} or {1} {p}"],
            "cost": ["how much did the {0} and the {1} cost {p}", "compare the cost of [the|] {0} and [the|] {1} {p}", "is the {0} more expensive than the {1} {p}", "{0} and {1} cost[s|] {p}", "what costs more the {0} or the {1} {p}", "did the {0} cost more than the {1} {p}", "which is [cheaper|more expensive] [the|] {0} or [the|] {1} {p}", "what did i pay for the {0} and the {1} {p}", "what do the {0} and {1} cost [me|] {p}"],
            "co2": ["how much co2 did the {0} and the {1} cause {p}", "co2 of {0} and {1} {p}", "which causes more co2 the {0} or the {1} {p}"],
        }[measure]).replace("{0}", names[0]).replace("{1}", names[1]).replace("{p}", period.adverb if with_period else "")
        plan_period = period.plan if with_period else "default"
        if "#" in plan_period:
            # one period of the question stands in both calls: the second call takes the first's
            return _sample(text, rng), f"energy_use {pair[0]} {measure} none {plan_period} ; energy_use {pair[1]} {measure} none same"
        return _sample(text, rng), f"energy_use {pair[0]} {measure} none {plan_period} ; energy_use {pair[1]} {measure} none {plan_period}"
    if roll < 0.6:
        appliance, word = _appliance(rng)
        period = draw(rng)
        asks = {
            "energy": ("how much [energy|electricity|] did the {0} use", f"energy_use {appliance} energy none"), "cost": ("what did [it|the {0}] cost", f"energy_use {appliance} cost none"), "count": ("how often did [it|the {0}] run", f"runs {appliance} count"), "duration": ("how long did [it|the {0}] run", f"runs {appliance} duration"),
            "co2": ("how much co2 did [it|the {0}] cause", f"energy_use {appliance} co2 none"),
        }
        first, second = rng.sample(list(asks), 2)
        text = f"{asks[first][0].replace('it|', '')} {{p}} and {asks[second][0]}" if rng.random() < 0.5 else f"{asks[first][0].replace('it|', '')} and {asks[second][0]} {{p}}"
        text = _sample(text.replace("{0}", word).replace("{p}", period.adverb), rng)
        return text, f"{asks[first][1]} {period.plan} ; {asks[second][1]} {'same' if '#' in period.plan else period.plan}"
    if roll < 0.72:
        period, other = draw(rng), draw(rng)
        who, subject = rng.choice([("we", "total"), ("i", "total"), (f"the {(drawn := _appliance(rng))[1]}", drawn[0])])
        verb, measure = rng.choice([("use", "energy"), ("cost" if subject != "total" else "spend", "cost")])
        text = f"how much did {who} {verb} {period.adverb} and {rng.choice(['', 'how much '])}{other.adverb}"
        return " ".join(text.split()), f"energy_use {subject} {measure} none {period.plan} ; energy_use {subject} {measure} none {other.plan}"
    first_text, first_plan = draw_call()
    second_text, second_plan = draw_call()
    if "before" in first_plan or "vs" in first_plan.split():
        return first_text, first_plan
    return f"{first_text} {rng.choice(['and', 'and', 'and also', 'also', 'and then', 'plus', '', 'oh and', 'as well as', 'and by the way'])} {second_text}", f"{first_plan} ; {second_plan}"
