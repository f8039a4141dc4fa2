"""Questions that lean on the one before, and questions that are two in one."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from training.assistant import voices_energy_followups, voices_followups as voices, voices_runs_followups, voices_state_followups, words
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


LEAD = "[and|what about|how about|and what about|and how about|ok and|now|and now|then|also|what of|so what about|ok what about|ok now|right and|so and|hmm and|oh and|and also|well what about|do|try|same for|the same for|and the same for|same again for|same question for|and for|give us|show us|tell us about|what is it for|and what is it for|or|no i meant|i meant|sorry i meant|no|actually|ok|and do you know|or what about|can you do|can we see|let us see|]"
TAIL = "[|||||then|too|as well|please|instead|thanks]"


def _follow(what: str, rng: random.Random, frames: list[str] | None = None) -> str:
    """Names what the follow-up is about; `frames`: other ways of it, {X} standing for it."""
    if frames and rng.random() < 0.45:
        return sample(rng.choice(frames), lambda _: what, rng)
    return sample(f"{LEAD} {what} {TAIL}", lambda name: name, rng)


def _correct(meant: str, other: str, rng: random.Random) -> str:
    return sample(rng.choice(voices.CORRECTIONS), {"X": meant, "Y": other}.__getitem__, rng)


MEASURE_WORDS = {
    "cost": ["in {M}", "in money", "in {M} please", "[and|] [the|] cost", "[and|] in {M}", "[and|] [what|how much] [did|does|is|was|will] [that|it|this] [cost|costing|come to] [us|]", "how much [is|was] [that|it] in {M}", "what is [that|it|this] in {M}", "what is that in money", "what would that be in {M}", "how much money [is|was] [that|it]", "and what did [that|it] cost [us|]", "how expensive [was|is] [that|it]", "convert [it|that|] to {M}", "as money", "as {M}", "how many {M} [is|was] [that|it]", "show [it|that|us] in {M}", "the cost please", "cost", "cost please", "and cost", "what did [i|we] pay for [that|it]", "what does that come to", "give us [that|it|the cost] in {M}", "can [you|we] [do|have|get|see] [that|it] in {M}", "{M}", "{M} please", "what about [the cost|cost|{M}]", "how about [the cost|cost|{M}|in {M}]", "that in {M}", "and in money", "and what did we [pay|spend]", "how much did we [pay|spend] for [it|that]", "what about in {M}", "put [it|that] in {M}", "was [it|that] expensive", "what was the cost", "what was the bill", "and the bill", "what did [that|it] set us back", "how much does [that|it] cost us", "so how much [is|was] that in {M}"],
    "energy": ["in kwh", "in {K}", "in units", "in energy", "[and|] the [energy|kwh|usage]", "[and|] in kwh", "how [much energy|much electricity|many kwh] [is|was] [that|it]", "how much is that in kwh", "how much energy did [it|that] use", "how much did [it|that] use", "convert [it|that|] to kwh", "kwh", "kwh please", "show [it|us|] [in|] kwh", "what is [that|it] in kwh", "and how much did [it|we] use", "how about [kwh|in kwh]", "what about [kwh|in kwh|usage|the usage]", "and what did [it|we] use", "how many kwh"],
    "co2": ["[and|in|as] {C}", "[and|] [the|how much] {C}", "how much {C} [is|was] [that|it]", "what about {C}", "what about the {C}", "[and|] it is {C}", "what {C} did [that|it] cause", "how about {C}", "how about the {C}", "and in {C}", "kg of {C}", "{C}", "{C} please", "what is [that|it] in {C}", "how green [is|was] that", "and the environment", "how bad is that for the planet", "and how much {C} was that", "and for the climate"],
}
BY_WORDS = {
    "day": "[per day|by day|daily|each day|day by day|a day|on which day|which day|which day was [the worst|worst|highest|lowest|the most]|split by day|and per day|what is that per day|what is that a day|how much is that a day|how much per day|on average per day|average per day|what day was worst|show each day|for each day|on a daily basis|broken down by day|which day was it|how much a day|every day]",
    "hour": "[per hour|by hour|hourly|at what time|which hour|at what hour|hour by hour|when during the day|split by hour|which hours|what time of day|when was it highest|for each hour|at what time of day|broken down by hour|each hour|what time was worst]",
    "month": "[per month|by month|monthly|a month|month by month|which month|each month|split by month|what is that per month|what is that a month|how much per month|for each month|how much a month|average per month|broken down by month]",
    "appliance": "[by appliance|per appliance|split it up|split that|break it down|break that down|which appliance|which appliances|what used the most|where did it go|where did it all go|what is in that|what made that up|which one used the most|breakdown|breakdown please|who used it|by what|what caused that|which appliance used most of that|which appliance used the most|which appliance was it|what was it|what used it|what used that|what used it all|what did we use it on|what was the biggest|what was the biggest part|what was that made up of|can you break it down|can you break that down|can you split that|and by appliance|each appliance|show us the appliances|for each appliance|broken down by appliance|who is the culprit|what is to blame|what was to blame|which appliance is to blame|and which was the worst|which was the worst|top n%|top n% appliances|list the appliances|what are the biggest|which ones|which one was the most|what is responsible|what was responsible]",
    "room": "[by room|per room|which room|in which room|split by room|and the rooms|for each room|which room was worst|broken down by room|where in the house|which room used the most]",
}
WHY = "[why|why is that|why was that|why so much|why so [high|low|expensive|little|massive]|why was [that|it] [so high|so much|so low|so expensive|]|why is [it|that] so [high|low|expensive|much|massive]|what is the reason|what happened|what happened there|what happened then|is that [a lot|normal|much|high|low|good|bad|more than usual|more than before|less than usual|too much|ok|unusual|typical|average]|is it [normal|high|a lot|more than usual|unusual]|and why|but why|why that much|vs before|and vs onebefore|vs onebefore|more than before|more than onebefore|is that more than [usual|before|onebefore]|is it more than onebefore|reason|the reason|explain why|explain that|was it more than [before|usual|onebefore]|was that more than onebefore|any idea why|do you know why|and why is that|tell us why|can you tell us why|why the increase|why the jump|why did it go up|why did it go down|why has it gone up|has it gone [up|down]|did it go [up|down]|is that up or down|is it going up|is it up|how does that compare|how does it compare|how does that compare with onebefore|compare that with onebefore|compare it with onebefore|compare with onebefore|is that better or worse|better or worse|more or less than before|what changed|what is different|what is behind that|what is behind it|that seems high|that seems a lot|that is a lot|that is high|wow that is a lot|wow why|really that much|so much|was that normal|is this normal]"
BEFORE = "[and|what about|how about|and what about|ok and|show us|and for|] onebefore [please|then|]"
AGAINST = "[compare [that|it|this] with|compare [that|it|this] to|vs|is that [more|less] than|is it [more|less] than|how does that compare with|how does it compare with|more than|less than|was it [more|less] than|was that [more|less] than|and vs|is it [higher|lower] than|is that [higher|lower] than|is that [better|worse] than|compare with|compare to|and compared with|how is that vs|what about vs|was it [higher|lower] than|was it [better|worse] than|did we use more than|and compare with|can you compare that with|can you compare it with]"

for _measure, _phrases in voices_energy_followups.MEASURES.items():
    MEASURE_WORDS[_measure] += _phrases
for _by, _phrases in voices_energy_followups.BY.items():
    BY_WORDS[_by] = f"[{BY_WORDS[_by]}|{_phrases}]"
WHY = f"[{WHY}|{voices_energy_followups.WHY}]"
AGAINST = f"[{AGAINST}|{voices_energy_followups.AGAINST}]"

# Questions about the appliance of the plan before. P: a period, named or not.
IT = [
    ("is it [on|running|off|still on|still running|ok|on now|finished|done|normal|working|fine|running now|all right|still going|done yet|behaving|in use|healthy]", "appliance_state a0"), ("[how is it doing|how is it|since when|since when is it on|how long has it been on|how long has it been running|is something wrong with it|what is wrong with it|what is up with it|did i leave it on|did we leave it on|is it still on now|and is it on|and is it on now|is it on at all|has it finished|has it stopped|is it acting up|anything wrong with it|did i turn it off|and now is it on]", "appliance_state a0"),
    ("how much [power|] is it [using|taking] [now|]", "power_now a0"), ("[how many watts|how many watts is that|how many watts is it using|and how much is it using now|what is it using|what is it using now|and now|now|what about now|how about now|it is load now|watts]", "power_now a0"),
    ("when did it [last run|run last|last come on|last start|last go on]", "runs a0 last default"), ("[when was it last on|when was it last used|last time it ran|when was the last time|when was the last time it ran|when did we last use it|when was it used last]", "runs a0 last default"),
    ("[how often did it run|how often was it on|how often was it used|how many times|how many times did it run|how often did we use it|and how often did it run|how often|and how often]", "runs a0 count same"), ("[how long did it run|how long was it on|how long for|for how long|how long did it take|how many hours was it on|and how long was it on|and for how long|how long]", "runs a0 duration same"),
    ("[does it need maintenance|does it need a service|does it need a repair|does it need repair|does it need cleaning|is it broken|is it wearing out|is it failing|is it getting old|should i replace it|should i service it|do i need to replace it|is it time to replace it|is it losing efficiency|is it faulty|is it due a service|do i need to descale it|do i need to service it|is it about to break|is it less efficient now|will it last]", "maintenance a0"),
    ("[when should i run it|when should i use it|when is it cheapest to run it|when is the cheapest time|when is the best time|when is the best time to run it|best time to run it|cheapest time to run it|how can we save on it|how can we save on that|how can we save with it|how can we save there|how do i make it cheaper|how can we reduce it|how can we reduce that|is it cheaper at night|should i run it at night|should i run it later|would a new one save us money|is it worth replacing it|should i wait|can we save on it|any tips for it|tips|any tips]", "savings a0"),
    ("[how often did it run|how often was it on|how often was it used] P", "runs a0 count P"), ("[how long did it run|how long was it on|for how long did it run] P", "runs a0 duration P"), ("[how much|what] did it use P", "energy_use a0 energy none P"), ("and [how much|what] did it use P", "energy_use a0 energy none P"), ("[how much|what] did it cost P", "energy_use a0 cost none P"), ("and [how much|what] did it cost [us|] P", "energy_use a0 cost none P"),
    ("[list it is runs|show it is runs|list all runs|when did it run|when was it on|when did it come on|what times did it run|when did we use it] P", "runs a0 list P"), ("did it run P", "runs a0 count P"), ("was it [on|used] P", "runs a0 count P"), ("[does it use more than before|is it using more than before|is it using more than usual|has it been using more]", "compare_periods a0 energy default vs before"), ("why does it use so much", "compare_periods a0 energy default vs before"), ("[what does it cost per run|what does it cost each time|cost per run|how much per run|how much is one run|what does one run cost|how much is it each time|what does it cost every time]", "runs a0 cost same"),
    ("[turn it off|can you turn it off|turn it on|can you turn it on|stop it|start it|turn that off|please turn it off|turn it off then|ok turn it off|can you stop it|can you start it|turn it down|can you turn it down|turn it off please|well turn it off]", "refuse control"),
    ("[how do you know|how do you know it is on|how do you know that|how can you tell|are you sure|is that right|is that accurate|how sure are you|how accurate is that|how did you work that out]", "reply how_it_works"), ("what [does|did] it use [on average|] per day", "energy_use a0 energy day same"), ("[and|] how much {C} did it cause", "energy_use a0 co2 none same"), ("[and|] how much did it use", "energy_use a0 energy none same"), ("[and|] [what|how much] did it cost", "energy_use a0 cost none same"),
    ("[and|] the first time", "runs a0 first same"), ("[when did it first come on|when did it first run|when was it first on]", "runs a0 first same"), ("where is it", "site_facts rooms"), ("which room is it in", "site_facts rooms"),
]
RUNS = [
    ("[when|and when|when was that|when were they|when were those|at what times|list them|show them|show us them|which ones|what times|when exactly|and when was that|and at what time|when was it|what time|what time was that]", "list"), ("[how long|and how long|for how long|how long each|how long did they take|how long was that|how long did that take|how long was it|and for how long|how long did it take|how long were they|how long did each take]", "duration"), ("[how often|how many times|and how often|how many|how many were there|how many is that|how many times was that|and how many]", "count"),
    ("[when was the last one|the last one|last one|and the last|and the last time|the most recent one|when was the last|and when was the last one|when was the last time|and the latest|latest one]", "last"), ("[what did they cost|how much per run|cost per run|what did each cost|what does one cost|and the cost per run|what does each one cost|how much is one|how much each|what did each one cost|cost each|price per run|how much is each]", "cost"), ("[the first one|when was the first one|and the first|first one|when was the first|and when was the first one]", "first"),
]
AGAIN = [
    ("[how can we save|how can we save there|how can we save on that|how do i reduce it|how can we reduce that|what can we do about it|what can we do about that|how do i get that down|how can we get it down|how do i bring it down|any tips|any tips to reduce that|how can we use less|how can we pay less|how do i spend less|what should i change|what can we do|can we save|how to save]", "savings S"),
    ("[and|what about|how about|and what about|] F [then|]", "forecast F"), ("[what will it be F|how much will it be F|what will F be|what will F be like|and what will F cost|what will it cost F|what do you expect for F|what do you expect F|how about F then|what will we use F|how much F]", "forecast F"), ("[and what next|what next|what is next|what will it be|what will happen next|and in the future|and after that]", "forecast 24"),
    ("[and|] [now|what about now|how about now|and how much now|how much now|what is it now|what is it at now]", "power_now T"), ("[anything unusual|was anything unusual|is anything unusual|was there anything unusual|anything wrong|is something wrong|any anomalies]", "anomalies default"), ("[anything unusual then|was anything unusual then|anything unusual in that time]", "anomalies same"),
]
OWN = {
    "peak_demand": [("[when was that|when was it|what time|what time was that|what caused it|what caused that|what was it|what was on|what was on then|what was running|why|why was that|what was running then|which appliance was it|how high was it|how high|how much was it|what made it so high|what was that]", "peak_demand same")],
    "always_on": [("[what is that in {M}|how much does that cost|what does that cost us|in {M}|what is it|what is in it|which appliances|which appliances are they|what causes that|what is always on|why|is that high|is that a lot|is that normal|what uses that]", "always_on same")],
    "anomalies": [("[when|when was that|when was it|what was it|what happened|tell us more|more|details|which appliance|which appliance was it|why|what caused it|show them|list them|how bad|is it serious]", "anomalies same")],
    "coverage": [("[when|when was that|why|which hours|how long|how much is missing|what is missing|since when|when were they|how long was it]", "coverage same")],
    "electrical_quality": [("[is that ok|is that normal|is that good|is that bad|what was the lowest|what was the highest|when|when was that|is it stable|why|how low did it go|how high did it go|is that within limits]", "electrical_quality Q same")],
    "forecast": [("[why|why so much|when|when is the peak|when is it highest|how sure are you of it]", "forecast 24"), ("[how sure are you|are you sure|how do you know|how accurate is that|how accurate is it|how do you know that]", "reply how_it_works"), ("[how can we reduce that|how do i reduce that|how can we save|can we reduce it|how can we avoid that]", "savings all")],
    "power_now": [("[by appliance|which appliances|what is it|what is using it|what is using that|what is on|what is running|which ones|which appliance|break it down|what is using the most|why|why so much|what is that|where is it going]", "power_now X"), ("[what is that in {M}|in {M}|how much is that an hour|what does that cost|what is it costing us]", "energy_use X cost none today")],
    "maintenance": [("[why|how bad is it|when|how do you know|is it urgent|what is wrong with it|what should i do|how much time do i have|and the others|anything else|is it bad]", "maintenance X")],
    "savings": [("[how much|how much would that save|how much could we save|how much would we save|what would that save|how much is that|when|when exactly|why|anything else|what else|how|and how much|what would i save|any more tips|more tips]", "savings X")],
    "devices": [("[how many|how many are there|list them|which ones|show them|anything else|all of them]", "devices all")],
    "site_facts": [("[when|when does it start|and at night|how much|what is it|tell us more|which ones|list them|how many]", "site_facts X")],
    "appliance_state": [("[since when|for how long|how long|how long has it been|when did it start|why|is that normal|is that ok|are you sure it is]", "appliance_state X")],
}
IT += voices_state_followups.IT
for _tool, _pairs in voices_state_followups.OWN.items():
    OWN[_tool] += _pairs

IT += voices_runs_followups.IT
RUNS += voices_runs_followups.RUNS
AGAIN += voices_runs_followups.AGAIN
OWN = {tool: own + voices_runs_followups.OWN.get(tool, []) for tool, own in OWN.items()}


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
            text = _sample(rng.choice(MEASURE_WORDS[measure] if rng.random() < 0.55 else voices.MEASURES[measure]), rng)
            if has_period and tool == "energy_use" and rng.random() < 0.15:
                period = fresh("p")
                return previous, f"{text} {period}", f"{plan.rsplit(' ', 1)[0]} {period}"
            return previous, text, plan
        elif kind == "by" and tool == "energy_use":
            by = rng.choice(["day", "day", "day", "hour", "month", "appliance", "appliance", "appliance", "room"])
            if by not in ("appliance", "room") or parts[1] == "total":
                asked = BY_WORDS[by] if rng.random() < 0.55 else rng.choice(voices.BY[by])
                return previous, _sample(f"[and|ok||||] {asked} [please||||]", rng), f"energy_use {parts[1]} {parts[2]} {by} same"
        elif kind == "why" and tool in ENERGY_TOOLS:
            against = "same" if tool == "compare_periods" else "before"
            return previous, _sample(WHY if rng.random() < 0.55 else rng.choice(voices.WHY), rng), f"compare_periods {parts[1]} {parts[2]} same vs {against}"
        elif kind == "before" and has_period:
            plan = _with_period(parts, "before")
            if plan:
                if rng.random() < 0.45:
                    return previous, rng.choice(voices.BEFORE), plan
                lead = rng.choice(["", "", "", "how much was it ", "how much was ", "how much did it use ", "what was ", "what was it "]) if tool == "energy_use" else ""
                return previous, f"{lead}{_sample(BEFORE, rng)}", plan
        elif kind == "against" and tool == "energy_use":
            period = fresh("p") if rng.random() < 0.9 else "yearago"
            if period == "yearago" and rng.random() < 0.5:
                return previous, rng.choice(voices.YEARAGO), f"compare_periods {parts[1]} {parts[2]} same vs year_before"
            return previous, f"{_sample(AGAINST if rng.random() < 0.55 else rng.choice(voices.AGAINST), rng)} {period}", f"compare_periods {parts[1]} {parts[2]} same vs {'year_before' if period == 'yearago' else period}"
        elif kind == "it" and len(parts) > 1 and parts[1] == "a0":
            text, plan = rng.choice(IT if rng.random() < 0.6 else voices.IT)
            if " same" in plan and not has_period:
                plan = plan.replace(" same", " default")
            period = fresh("p")
            named = rng.random() < 0.9 or "P" not in plan.split()
            text = f"{rng.choice(['', '', '', '', 'and ', 'ok ', 'so '])}{_sample(re.sub(r' P$', '', text), rng)}{f' {period}' if ' P' in f' {text}' and named else ''}"
            return previous, text, re.sub(r" P$", f" {period if named else ('same' if has_period else 'default')}", plan)
        elif kind == "runs" and tool == "runs":
            text, about = rng.choice(RUNS if rng.random() < 0.6 else voices.RUNS)
            return previous, _sample(text, rng), f"runs a0 {about} same"
        elif kind == "again" and tool in ENERGY_TOOLS:
            text, plan = rng.choice(AGAIN if rng.random() < 0.6 else voices.AGAIN)
            future = fresh("f")
            plan = plan.replace(" S", f" {parts[1] if parts[1] == 'a0' else 'all'}").replace(" T", f" {parts[1]}").replace(" F", f" {future}")
            return previous, re.sub(r"\bF\b", future, _sample(text, rng)), plan
        elif kind == "own" and tool in OWN:
            text, plan = rng.choice(OWN[tool] if rng.random() < 0.5 else voices.OWN[tool])
            return previous, _sample(text, rng), plan.replace(" X", f" {parts[1] if len(parts) > 1 else 'all'}").replace(" Q", f" {parts[1] if len(parts) > 1 else 'all'}")
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
        text = _sample(rng.choice(voices.MEASURES[rng.choice(["cost", "co2", "energy"])]), rng)
        return (text, "unclear everything") if "that" in text.split() else _lost(rng)
    text, plan = rng.choice(voices.IT)
    text = _sample(text, rng)
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
        return previous, _sample(f"[and|ok||||] {rng.choice(voices.BY[by]) if rng.random() < 0.5 else BY_WORDS[by]}", rng), both(by, "same", "same")
    if roll < 0.2:
        return previous, rng.choice(voices.BEFORE) if rng.random() < 0.5 else _sample(BEFORE, rng), both("none", "before", "same")
    if pair[0][0] != pair[1][0] and roll < 0.5:
        meant = rng.choice(["cost", "cost", "energy", "co2"])
        pair = [(subject, meant) for subject, _ in pair]
        return previous, _sample(rng.choice(MEASURE_WORDS[meant] if rng.random() < 0.55 else voices.MEASURES[meant]), rng), both("none", "same", "same")
    if pair[0][0] == pair[1][0] and roll < 0.5:
        appliance = fresh("a")
        pair = [(appliance, measured) for _, measured in pair]
        return previous, _follow(appliance, rng, voices.APPLIANCE_FRAMES), both("none", "same", "same")
    period = fresh("p")
    return previous, _follow(period, rng, voices.PERIOD_FRAMES), both("none", period, period)


def _sample(template: str, rng: random.Random) -> str:
    lists = {"E": words.ENERGY_NOUNS, "M": words.MONEY, "C": words.CO2, "K": ["kwh", "units", "watt hours"]}
    return sample(template, lambda name: rng.choice(lists[name]), rng)


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
        return _sample(template.replace("{0}", one).replace("{1}", other).replace("{p}", period), rng)

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
        return _sample(text, rng), " ; ".join(re.sub(r" P$", f" {chosen}", asks[name][1]) for name in (first, second))
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
