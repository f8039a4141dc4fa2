"""Questions that ask for figures: templates with the plan each one means. Slots: {A} {A2} an appliance with its article, {N} {N2}
its bare name, {P} {P2} a period as an adverbial or nothing, {Q} {Q2} a period as a noun, {E} words for energy, {M} money, {C} CO2,
{U} a device nobody trained for. In a plan a, b stand for the appliances, p and q for the periods."""

from __future__ import annotations

USE = "[use|use|use|consume|draw|need|take|eat|burn|go through|pull|guzzle|use up]"
USED = "[used|used|consumed|drew|needed|took|burned|eaten|gone through|drawn|guzzled|pulled]"
USING = "[using|using|drawing|consuming|pulling|taking|eating|burning]"
COST = "[cost|cost|cost me|cost us|set me back|come to in {M}|run me|run up in {M}|cost in {M}]"
MOST = "[the most|most|the most|the highest amount of|more than anything else]"
DEVICE = "[device|appliance|thing|machine|gadget|item|consumer]"
EXPENSIVE = "[expensive|costly|pricey|high|dear]"

# (weight, plan, templates)
RULES: list[tuple[float, str, list[str]]] = [
    # ---- energy of an appliance
    (12, "energy_use a energy none p", [
        "how much [{E}|{E}|] [did|does|has|do] {A} " + USE + " {P}", "how much [{E}|] [has|have] {A} " + USED + " {P}", "{N} [usage|consumption|energy|{E}|kwh|use|total] {P}",
        "{P} how much [{E}|] did {A} " + USE, "what did {A} " + USE + " {P}", "[what is|what was|give me|get me|] [the|] {E} [of|for|used by|consumed by] {A} {P}",
        "how many [kwh|kilowatt hours|units|watt hours|kilowatts] [did|does|has] {A} [use|used|consume|consumed|burn|take] {P}",
        "{N} {P}", "how much {E} went [into|to|through] {A} {P}", "[what is|what was] the [energy|power|electricity|] [consumption|usage|use] of {A} {P}",
        "how hungry [was|is] {A} {P}", "how much was {A} " + USING + " {P}", "total [{E}|usage] [of|for] {A} {P}", "{A} {P} in kwh", "[show|display|fetch] {A} [usage|consumption|] {P}",
        "how much [{E}|] was used by {A} {P}", "{N} {P} how much", "i want the [usage|consumption|energy] of {A} {P}", "how much [does|did] {A} contribute {P}",
        "how thirsty is {A} {P}", "did {A} use [much|a lot|a lot of {E}|much {E}] {P}", "[{E}|] [used|consumed|needed|drawn] by {A} {P}", "{A} what did it [use|consume] {P}", "{A} how much did it [use|need|consume] {P}", "{P} what did {A} use", "[{N}|{A}] total {P}", "how much has {A} used {P}", "{N} {E} {P}", "[the|] [amount of|] {E} {A} used {P}", "how much went into {A} {P}", "{N} [usage|use|consumption] [for|of|on|in|] {P}"]),
    (9, "energy_use a cost none p", [
        "[how much|what] [did|does|has|do] {A} " + COST + " {P}", "{N} cost[s|] {P}", "[what is|what was|what are] the cost[s|] [of|for|of running] {A} {P}",
        "how much [money|] did [i|we] [spend|pay|waste] [on|for] {A} {P}", "{P} [how much|what] did {A} " + COST, "cost of {A} {P}", "how {X} [is|was] {A} [to run|] {P}",
        "how much [is|was|are] {A} costing [me|us|] {P}", "what [am|are|do] [i|we] [paying|pay|spending|spend] [for|on] {A} {P}", "{A} in {M} {P}", "{N} bill {P}",
        "how many {M} [did|has|does] {A} [cost|use|eat|burn|take] {P}", "running cost[s|] of {A} {P}", "how much of my bill [is|was|goes to|comes from] {A} {P}", "what do i pay to [run|use] {A} {P}",
        "how much {M} [did|does] {A} [burn|eat|swallow|take] {P}", "what does it cost to run {A} {P}", "price of running {A} {P}", "{N} expenses {P}", "how much do i owe for {A} {P}",
        "what is {A} costing [me|us] {P}", "is {A} [expensive|costly|cheap] [to run|] {P}", "{A} what did it cost {P}", "how [many|much] {M} went [on|to|into] {A} {P}", "[share|part|percentage] of the bill for {A} {P}", "what is the share of {A} in [my|the] bill {P}", "{A} [s|] share of [my|the] [bill|costs] {P}", "what did [i|we] [spend|pay] [on|for] {A} {P}", "{P} what did {A} cost", "has {A} cost [a lot|much] {P}", "how much {M} is {A} {P}", "what did [my|our|the] {N} cost [me|us|] {P}", "what did {A} set [me|us] back {P}", "{N} in {M} {P}", "{N} total cost {P}", "give me the [cost|price|costs] [of|for] {A} {P}", "what did [using|running] {A} cost {P}"]),
    (3, "energy_use a co2 none p", [
        "how much {C} did {A} [cause|produce|emit|make|create|generate] {P}", "{N} {C} {P}", "[what are|what is|what was] the {C} [of|from|for] {A} {P}", "{C} [of|from] {A} {P}",
        "how [dirty|green|climate friendly|polluting] [was|is] {A} {P}", "how many [kg|kilos|kilograms|grams] of {C} [did|does|has] {A} [cause|produce|emit|emitted] {P}", "climate impact of {A} {P}"]),
    (4, "energy_use a energy day p", [
        "how much did {A} " + USE + " [each|every|per|by] day {P}", "{N} [usage|consumption|] [per day|daily|by day|day by day|each day] {P}", "daily [usage|consumption|energy] of {A} {P}",
        "on which day did {A} " + USE + " [the|] most {P}", "which day did {A} " + USE + " [the|] most {P}", "break {A} down by day {P}", "{A} per day {P}", "average daily use of {A} {P}",
        "how much does {A} " + USE + " [a day|per day|daily|every day] {P}", "how did {A} do day by day {P}"]),
    (2, "energy_use a cost day p", [
        "how much did {A} cost [each|every|per|by] day {P}", "{N} cost [per day|daily|by day|day by day|each day] {P}", "daily cost of {A} {P}", "what does {A} cost [a day|per day|daily|every day] {P}",
        "how much does {A} cost [me|us|] [a day|per day|daily|each day] {P}"]),
    (2, "energy_use a energy hour p", [
        "{N} [usage|consumption|] [per hour|hourly|by hour|hour by hour] {P}", "at what [hour|hours] does {A} " + USE + " [the|] most {P}", "hourly [usage|consumption] of {A} {P}",
        "[which hour|what hour|what time of day] does {A} use [the|] most {P}"]),
    (2, "energy_use a energy month p", [
        "{N} [usage|consumption|] [per month|monthly|by month|month by month|each month] {P}", "how much does {A} " + USE + " [a month|per month|monthly|every month] {P}", "monthly [usage|consumption] of {A} {P}",
        "which month did {A} use [the|] most {P}"]),
    (1.5, "energy_use a cost month p", ["{N} cost [per month|monthly|by month|month by month|each month] {P}", "how much does {A} cost [me|us|] [a month|per month|monthly|every month] {P}", "monthly cost of {A} {P}"]),
    # ---- the whole meter
    (9, "energy_use total energy none p", [
        "how much [{E}|{E}|] did [i|we|{W}] " + USE + " {P}", "[total|overall|whole|entire|] [consumption|energy use|usage|electricity use|energy|kwh|power usage] {P}", "how much [{E}|] [have|has] [i|we|{W}] " + USED + " {P}",
        "how many [kwh|units|kilowatt hours] [did|have] [i|we] [use|used|consume|consumed|burn] {P}", "what [is|was] [my|our|the] [total|overall|] [consumption|usage|energy use|electricity use] {P}", "how much {E} was [used|consumed] {P}",
        "what did {W} " + USE + " {P}", "[my|our] [usage|consumption|energy|electricity|power] {P}", "{E} {P}", "how much {E} {P}", "how much did the [meter|mains] [count|run up|record|show] {P}", "meter reading {P}",
        "what have [i|we] used {P}", "how much [power|energy|electricity] does {W} [use|need] {P}", "how much {E} [went|flowed] [through|into] {W} {P}", "total {P}", "usage {P}", "consumption {P}", "{E} [used|consumed|drawn] {P}", "[usage|consumption|{E}] [of|for|on|in|at] {Q}", "what did [i|we] [use|consume|need] {P}", "how much did [i|we] [use|consume|need] {P}", "how much did {W} [use|consume|need|draw] {P}", "how much {P}", "what is the total {P}", "[usage|consumption|{E}|kwh] {P}", "how much {E} have [i|we] [used|needed|drawn|gone through] {P}", "{P} how much {E} did [i|we] use", "what [have|did] [i|we] [consume|consumed] {P}", "[my|our|] total [usage|consumption|{E}] [for|in|of|on|] {P}", "did [i|we] use [much|a lot of] {E} {P}"]),
    (8, "energy_use total cost none p", [
        "how much did [i|we] [spend|pay] {P}", "how much did [{E}|{W}] cost {P}", "what did [electricity|power|energy|it all|everything|{W}] cost [me|us|] {P}", "[what is|what was] [my|our|the] [electricity|energy|power|] [bill|cost|costs|spending|spend] {P}",
        "[electricity|energy|total|power|] [cost|costs|bill|spend|spending|expenses] {P}", "how much {M} did [i|we] [use|spend|burn|waste] [on {E}|] {P}", "[what do|how much do] [i|we] owe {P}", "how {X} was [electricity|the electricity|power|it|energy] {P}",
        "how many {M} [did|have] [i|we] [spend|spent|pay|paid] [on {E}|] {P}", "what have [i|we] [spent|paid] [on {E}|] {P}", "how much is [my|our] [electricity|energy|power|] bill {P}", "what did [i|we] pay [for {E}|] {P}",
        "how high [is|was] [my|our|the] bill {P}", "total cost {P}", "how much {M} {P}", "what am i spending on {E} {P}", "{E} cost {P}", "cost {P}", "bill {P}", "cost [of|for|in] {Q}", "[bill|spend|spending|costs] [of|for|in|on] {Q}", "what [did|does|has] {E} [cost|set] [me|us|] [back|] {P}", "what [was|is] the [bill|cost|damage|price] {P}", "how expensive [was|is] {Q}", "how much have [i|we] [spent|paid] [on {E}|for {E}|] {P}", "what do [i|we] [have to|need to] pay {P}", "{P} what did [i|we] pay", "[my|our|the] [bill|costs|spending] {P}", "how much has {E} cost [me|us] {P}"]),
    (3, "energy_use total cost none this month", [
        "what is [my|our|the] [current|] [electricity|energy|power|] bill", "how much is [my|our] bill [so far|right now|at the moment|]", "how high is [my|our] bill [so far|]", "what do i owe so far"]),
    (4, "energy_use total co2 none p", [
        "how much {C} did [i|we|{W}] [cause|produce|emit|make|create|generate] {P}", "[my|our|total|] {C} {P}", "[what is|what was] [my|our|the] {C} {P}", "how [dirty|green|clean|climate friendly] was [my electricity|our electricity|our usage|i|we] {P}",
        "how many [kg|kilos|kilograms|tons|grams] of {C} [did|have] [i|we] [cause|produce|emit|emitted] {P}", "how bad for the climate was {W} {P}", "{C} [of|for|from|in] {Q}", "[kg|kilos|tons] of {C} {P}", "what [was|is|were|are] [my|our|the] [total|] {C} {P}", "how [green|clean|dirty|climate friendly] [was|were|am|are|have] [i|we] [been|] {P}", "[my|our] environmental [impact|footprint] {P}", "how much {C} {P}"]),
    (2, "energy_use other energy none p", ["how much {E} [did|does] {R} " + USE + " {P}", "how much is {R} {P}", "{R} {P}", "how much of the [energy|usage|consumption] is [unknown|unexplained|unidentified|unaccounted for|a mystery] {P}", "how much can you not [explain|identify|assign|attribute] {P}",
                                            "how much of [the|my|our] [{E}|usage|consumption] [was|is|could not be|can not be] [identified|unidentified|explained|assigned|unknown|recognised] {P}", "[unknown|unexplained|unidentified|other] [share|part|usage|consumption|{E}] {P}", "how much did [other things|the rest|unknown devices] use {P}", "how much {E} is [missing|unaccounted for|unexplained|unassigned] {P}"]),
    (1, "energy_use other cost none p", ["[how much|what] [did|does] {R} cost {P}", "{R} {P} in {M}", "{R} in {M} {P}", "[bill|costs] for {R} {P}", "cost of {R} {P}"]),
    # ---- split
    (9, "energy_use total energy appliance p", [
        "what [used|uses|consumed|is using|has used|drew|eats|ate|consumes|is eating|burned] " + MOST + " [{E}|] {P}", "which " + DEVICE + " [used|uses|consumed|is using|drew|needs|needed|eats|takes|burns] " + MOST + " [{E}|] {P}",
        "[energy|usage|consumption|] [by|per|for each|for every] [appliance|device|machine|category] {P}", "[break down|split|split up|breakdown of] [my|our|the|] [usage|consumption|energy|electricity|power] [by appliance|by device|per device|] {P}",
        "where did [all|] [my|our|the] {E} go {P}", "[biggest|largest|top|greatest|main|heaviest] [consumer|consumers|user|users|energy hog|energy hogs|guzzler|guzzlers|hog] {P}", "what are [the|my|our] [biggest|largest|top|main] [consumers|users|loads|energy hogs|energy users|drains] {P}",
        "what is [using|eating|drawing|guzzling|burning] [all|] [my|our|the] {E} {P}", "rank [my|the|all|] [appliances|devices] [by usage|by consumption|by energy|] {P}", "top n% [consumers|appliances|devices] {P}", "{P} what used [the|] most",
        "list [consumption|usage|energy] [by|per|of all|of each] [appliance|device|appliances|devices] {P}", "how much did [each|every] [appliance|device|machine] " + USE + " {P}", "which [appliances|devices|things|machines] used [the|] [most|least] {P}",
        "what used [the|] least {P}", "share of each [appliance|device] {P}", "[appliance|device] [breakdown|ranking|shares|split|overview] {P}", "what is the biggest [drain|consumer|load] {P}", "who is the biggest [consumer|energy hog|power hog] {P}",
        "what was [the|our|my] [biggest|top|number one] [consumer|energy user|power eater] {P}", "[overview|summary] {P}", "give me [a|an] [overview|summary|report|breakdown] [of|for] {Q}", "what [happened|was going on] with [my|our] {E} {P}",
        "what percentage did each [appliance|device] use {P}", "what did [all|] [my|the|our] [appliances|devices] " + USE + " {P}", "which " + DEVICE + " [was|is] the [worst|hungriest|biggest|thirstiest] {P}", "what makes up [my|our] [usage|consumption] {P}", "what [were|are|was|is] [the|my|our] [main|top|biggest|largest|heaviest] [consumer|consumers|users|loads|power users] {P}", "which [appliance|device|machine] [consumed|used|needed|drew] the [most|least] {P}", "who [is|was] [eating|using|wasting] [all|the most of|] my {E} {P}", "worst [offender|appliance|device|consumer] {P}", "[show me|give me|] [a|the|] breakdown {P}", "[a|the|] breakdown [for|of] {Q}", "where [does|did|is] [all|] [the|my|our] {E} [go|going|went] {P}", "[appliances|devices] [sorted|ranked|ordered] by [consumption|usage|energy|kwh] {P}", "how is [my|the|our] [usage|consumption] split [up|by appliance|between appliances|] {P}", "all [appliances|devices] [by|with their] [consumption|usage] {P}", "which [appliance|device] uses [the|] [most|least] [{E}|]", "what [appliance|device] [used|uses|needs] [the|] most {P}"]),
    (6, "energy_use total cost appliance p", [
        "what cost [me|us|] [the|] most {P}", "which " + DEVICE + " [cost|costs|is costing|was costing] [me|us|] [the|] most [{M}|] {P}", "cost[s|] [by|per|of each|for each] [appliance|device] {P}", "most [expensive|costly] [appliance|device|machine|thing] {P}",
        "where [did|does|is] [all|] my money [go|going] {P}", "[break down|split|breakdown of] [my|the|our] [bill|costs|cost|spending] {P}", "what [is|was] the most expensive [appliance|device|thing] {P}", "what are my [biggest|largest|top] [costs|expenses] {P}",
        "how much did each [appliance|device] cost {P}", "which [appliances|devices] cost [me|us|] [the|] [most|least] {P}", "rank [my|the|] [appliances|devices] by cost {P}", "what made up [my|the|our] bill {P}", "what is driving my bill {P}",
        "what drives [up|] [my|our|the] [bill|costs] {P}", "what am i spending [the|] most on {P}", "what [device|appliance|thing] [costs|cost] [me|us|] [the|] [most|least] [money|] {P}", "what [is|was] the [priciest|dearest|costliest|most expensive] [thing|device|appliance] [to run|in my house|in the house|] {P}", "[split|break] [the|my|our] [bill|costs|cost] [for|of] {Q} [by|per] [appliance|device]", "[break down|split] [the|my|our] [bill|costs] {P} [by|per] [appliance|device]", "which appliance is [responsible for|behind] [most of|] [my|the] [bill|costs] {P}", "which " + DEVICE + " is [the most|] [expensive|dearest|priciest] [to run|] {P}"]),
    (2, "energy_use total co2 appliance p", ["which " + DEVICE + " [caused|causes|emits|produces] [the|] most {C} {P}", "{C} [by|per|of each] [appliance|device] {P}", "what causes [the|] most {C} {P}", "worst {C} [appliance|device|offender] {P}", "which [appliance|device] is responsible for [the|] most [of my|] {C} {P}", "who causes most [of my|] {C} {P}", "how much {C} did each [appliance|device] cause {P}"]),
    (3, "energy_use total energy room p", [
        "which room [used|uses|consumed|needs] [the|] most [{E}|] {P}", "[energy|usage|consumption|] [by|per|for each] room {P}", "how much did each room " + USE + " {P}", "split [usage|consumption|] by room {P}", "where in the house [was|is] the most {E} used {P}",
        "rooms ranked by [usage|consumption] {P}", "how much {E} does each room use {P}", "what rooms use [the|] most {P}", "[usage|consumption|{E}] [split|divided] [by|across|between] [the|] rooms {P}", "how is [usage|consumption|{E}] [split|spread|divided|distributed] [by|across|between|over] [the|] rooms {P}", "room by room {P}", "which room [is|was] the [worst|hungriest|biggest consumer] {P}"]),
    (1.5, "energy_use total cost room p", ["which room [cost|costs] [the|] most {P}", "cost[s|] [by|per] room {P}", "how much did each room cost {P}", "most expensive room {P}"]),
    (4, "energy_use total energy hour p", [
        "[which hour|what hour|what time of day|which time of day|at what hour] [did|do] [i|we] " + USE + " [the|] most {P}", "[energy|usage|consumption|] [per hour|by hour|hourly|hour by hour|each hour] {P}", "hourly [usage|consumption|energy|breakdown|profile] {P}",
        "when [did|do] [i|we] " + USE + " [the|] most [{E}|] {P}", "how [was|is] [my|our] [usage|consumption] spread over the day {P}", "when during the day do [i|we] use [the|] most {P}", "which hours are the [worst|busiest|heaviest] {P}", "at what time [do|did] [i|we] use [the|] [most|least] {P}", "[what|which] hour of the day [do|did] [i|we] use [the|] [most|least] [{E}|] {P}", "in which hour [was|is] [usage|consumption] [highest|lowest] {P}", "[what|which] hours [have|had] the highest [usage|consumption] {P}"]),
    (2, "energy_use total cost hour p", ["[cost|costs] [per hour|by hour|hourly|hour by hour] {P}", "[which hour|what hour|which hours|what time of day] [was|were|is|are] the most expensive {P}", "hourly cost[s|] {P}", "[which|what] hours cost [me|us|] [the|] most {P}", "when [was|is] it most expensive {P}"]),
    (5, "energy_use total energy day p", [
        "[which day|what day|on which day|on what day] [did|do] [i|we] " + USE + " [the|] [most|least] [{E}|] {P}", "[energy|usage|consumption|{E}|] [per day|by day|daily|day by day|each day] {P}", "daily [usage|consumption|energy|totals|average] {P}", "how much {E} [do|did] [i|we] use [a day|per day|each day|every day] {P}",
        "which [day|days] [was|were] the [worst|highest|heaviest|best|lowest] {P}", "average [usage|consumption|{E}] per day {P}", "show [me|] [each|every] day {P}", "how much do we [use|consume] [daily|on a typical day|on an average day]", "[which|what] day {P} [had|has|was|is] the [highest|lowest|most|biggest] [usage|consumption|]", "[which|what] day [had|has] the [highest|lowest|most] [usage|consumption] {P}", "on average how much [{E}|] do [i|we] use [a day|per day|daily]", "[usage|consumption|{E}|kwh] [for|on|of] [each|every] day {P}", "what was [my|our|the] [worst|best] day {P}", "what is our average daily [use|consumption|usage] {P}"]),
    (3, "energy_use total cost day p", [
        "[cost|costs|spending] [per day|by day|daily|day by day|each day] {P}", "[which day|what day] [was|is] the most expensive {P}", "daily cost[s|] {P}", "how much [do|did] [i|we] [spend|pay] [a day|per day|each day|every day] {P}", "what does a day cost [me|us|] {P}", "most expensive day {P}", "what was the [most expensive|cheapest|costliest|dearest] day {P}", "cost [for|of|on] [each|every] day {P}", "average [daily cost|cost per day] {P}",
        "which day cost [me|us|] [the|] most {P}"]),
    (3, "energy_use total energy month p", [
        "[which month|what month] [did|do] [i|we] " + USE + " [the|] most {P}", "[energy|usage|consumption|{E}|] [per month|by month|monthly|month by month|each month] {P}", "monthly [usage|consumption|energy|totals] {P}", "how much {E} do [i|we] use [a month|per month|each month|every month] {P}"]),
    (3, "energy_use total cost month p", [
        "[cost|costs|bill|bills] [per month|by month|monthly|month by month|each month] {P}", "[which month|what month] [was|is] the most expensive {P}", "monthly [cost|costs|bills|bill] {P}", "how much do [i|we] [spend|pay] [a month|per month|each month|every month] {P}"]),
]
