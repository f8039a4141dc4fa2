"""Ways of asking that the plain templates miss, by what they mean, in the form questions.py describes: CALLS ask for figures, OTHERS
for none."""

from __future__ import annotations

AWAY = "[while|when] we [was|were] [working|away|at work|asleep|cooking|out|in topic|on topic|at school|{U}]"
BUSY = "[when|while] we [was|were|had] [away|away most of the time|away half of the time|at work|in topic|on topic|working|{U}|topic]"
LOADS = "[loads|cycles|runs|rounds|sessions|washes|programmes|uses]"

CALLS: list[tuple[float, str, list[str]]] = [
    (4, "always_on p", [
        "what is it that never [goes off|stops|sleeps|turns off|rests]", "what [is never off|never goes off|never stops|never sleeps|never rests] [in watts|]", "which appliances [are never off|never stop|never go off]",
        "[the|our|what is the|what is our|] [constant|steady|permanent|background|continuous] [background|] [consumption|usage|use|draw|demand|power|load] {P}", "constant [draw|demand|use] {P}", "[the|our|] background [consumption|usage|use|draw] {P}",
        "[the|what is the|] [minimum|least|smallest amount|lowest load] [power|energy|electricity|] [that|] [the house|we|this house] [always|constantly] [needs|need|draws|draw|uses|use|takes|take]", "what is the [minimum|least|lowest] [load|draw|power|usage] {P}", "[minimum|lowest] [load|draw|power|usage] {P}",
        "what does the house [need|draw|use|take] as a minimum", "how low does [our|the] [load|usage|power] [go|get|drop] [at night|]", "what is [quietly|always|silently] [drawing|using|pulling] [power|electricity|{E}]", "what is drawn [day and night|all the time|without a break]", "[load|draw|power] at rest", "what does the house [use|draw] at rest"]),
    (3, "coverage p", [
        "how [fresh|recent|old|new|current|up to date] are [the|our|these|your|] [readings|numbers|figures|values|measurements|data]", "are [the|our|these|your] [readings|numbers|figures|values] [fresh|recent|current|up to date|old]", "how old is the [newest|latest|last] [reading|number|value|figure]",
        "[readings|values|data] [missing|lost|complete] {P}", "have we got all [the|] [readings|data|values] {P}", "from when is the [latest|newest|last] [reading|value]"]),
    (3, "devices all", [
        "[do|does|have] any [of our|] [things|appliances|devices|machines|] [have|got] [a meter|meters|a sensor|a meter each] of [their|its] own", "which [things|appliances|devices|of our things] have [a meter of their own|their own meter|their own meters]", "what has [a meter of its own|its own meter]",
        "which [appliances|things|devices] are [metered|measured] [on their own|separately|directly|one by one]", "is [anything|any appliance] [metered|measured] [separately|on its own|directly]", "how many meters [do we have|are there|have we got]", "what is measured directly", "everything you can [see|recognise|name|find] in [this|the|our] house"]),
    (4, "site_facts tariff", [
        "[what is the|the|] name of [our|the] [contract|tariff|plan]", "what is our [contract|plan|tariff] called", "which [contract|plan|tariff] [do we have|have we got|are we on]", "[our|the|what is in our|about our] contract", "since when [does|do|is] our [present|current|new|] [tariff|price|contract|rate] [apply|valid|in force|run|count]",
        "when did our [present|current|new|] [tariff|price|contract|rate] [start|begin|change|come in]", "how long have we [had|been on] [this|our|the] [tariff|contract|plan|price]", "[the|our|] [basic|standing|daily|fixed|monthly|base] [charge|fee|price] [per day|a day|per month|a month|each day|]", "how [much|high] is [the|our] [basic|standing|daily|fixed|monthly|base] [charge|fee|price] [per day|a day|per month|a month|]",
        "[the|our|] [basic|standing|daily|fixed] [charge|fee] [per day|a day|per month|] how [much|high] is it", "what [basic|standing|daily|fixed] [charge|fee] do we pay"]),
    (4, "energy_use total energy appliance p", [
        "[who|what|which] [are|were] the [top|biggest|main|heaviest|worst|largest] [consumers|users|eaters|hogs|loads] in [this|our|the] house {P}", "[top|biggest|main|heaviest|worst|largest] [consumers|users|eaters|hogs] [in|of] [this|our|the] house {P}", "{Q} " + BUSY + " what [used|drew|needed|took|ate] [the|] most", "[in|] {Q} " + BUSY + " which [appliance|device|thing] [used|drew|needed|took] [the|] most",
        "i mean which [appliance|device|thing] [drew|used|took|needed] [the|] most {P}", "who is the [UNK] i mean which [appliance|device|thing] [drew|used|took|needed] [the|] most {P}", "what used [the|] most {P}", "what [drew|took|needed|ate] the most {P}"]),
    (3, "energy_use other energy none p", [
        "what did [all|] [the|] [stuff|things|appliances|loads] you [do not|can not|could not|did not] [recognise|know|name|place] [use|draw|take|need] {P}", "how much did [all|] [the|] [stuff|things|appliances|loads|what] you [do not|can not|could not] [recognise|know|name|place] [use|draw|take|need] {P}",
        "[energy|usage|consumption|kwh] of [the|] [stuff|things|appliances] you [do not|can not] [recognise|know|name] {P}", "what did the [appliances|things|stuff] [without a name|nobody knows|you do not know] use {P}"]),
    (2.5, "energy_use total energy none p", [
        "[sum|add|tot|total] up {Q} [of {E}|] [for us|]", "{Q} [of {E}|] [summed up|added up|all added up|in one number]", "how much did we use {P} the day [when|] [we|they|the|our] [UNK] [UNK|]", "how much did we [use|need] {P} " + AWAY, "how much went on {P}", "how much {E} went on {P}", "how much went through {P}",
        "what did we need {P}", "usage for {Q}", "{E} for {Q}", "[we|they] need the kwh [of|for] {Q}", "how many kwh [we|did we] [took|take|drew|draw|need] {P}"]),
    (2, "energy_use a energy none p", ["how much did {A} [use|need|draw|take] {P} " + AWAY, "how much [{E}|] did {A} use " + AWAY + " {P}", "how many kwh did {A} cost us {P}", "how many kwh did [UNK] [UNK] cost us {P} [i mean|that is] {A}", "what has {A} [taken|used|needed|drawn|eaten] {P}", "what is {A} [taken|used|needed|drawn|eaten] {P}"]),
    (2.5, "energy_use total cost none p", ["how much was [the|our] [electricity|power|energy|leccy|current] {P}", "what was [the|our] [electricity|power|energy] {P} in {M}", "{Q} what did [that|it|it all] cost", "what did {Q} cost", "what did it [all|] cost {P}", "what have we paid {P}"]),
    (2.5, "energy_use a energy day p", ["when was {A} used [the|] most {P}", "when did we use {A} [the|] most {P}", "on which day was {A} used [the|] most {P}", "when did {A} [use|need|draw] [the|] most {P}"]),
    (1.5, "energy_use total energy none p ; energy_use total co2 none p", ["[the|] [kwh|energy|usage|consumption] and [the|] {C} {P}", "{Q} kwh and {Q} {C}", "how many kwh and how much {C} {P}", "{Q} [energy|kwh|usage] and [the|] {C}"]),
    (1.5, "energy_use total energy none p ; energy_use total cost none p", ["[the|] [kwh|energy|usage|consumption] and [the|] [cost|bill|{M}] {P}", "{Q} kwh and {Q} [cost|bill]", "how many kwh and how many {M} {P}"]),
    (4, "runs a cost p", [
        "[what is|how much is|] [the|] cost to [run|use] {A} [once|one time|a single time|just once]", "[what|how much] does it cost to [run|use|start] {A} [once|one time|a single time|each time]", "[what|how much] did the [last|latest|most recent] [run|cycle|load|wash|use|go] of {A} cost", "[what|how much] did the [last|latest] {N} [run|cycle|load|wash|session] cost",
        "[what|how much] did {A} cost [the last time|last time|when it last ran|on its last run]", "[what|how much] did running {A} [last|once] cost", "cost of the [last|latest|most recent] [run|cycle|load] of {A}", "cost of [one|a single|a] [run|cycle|load|wash] of {A}", "what do i pay [each time|every time|when] i [run|use] {A} [once|]"]),
    (4, "runs a count p", ["how many {N} " + LOADS + " {P}", "[number|count] of {N} " + LOADS + " {P}", "{N} " + LOADS + " {P} how many", "how many " + LOADS + " of {A} {P}", "how many " + LOADS + " did {A} do {P}", "how many " + LOADS + " of {N} [have we|did we] [done|do|had|have] {P}", "i mean how often was {A} on {P}", "did we use {A} every day i mean how often was it on {P}"]),
    (4, "appliance_state a", [
        "have we [forgotten|forgot] to turn {A} off", "have we [forgotten|forgot] to turn off {A}", "did we [forget|forgot] to turn {A} off", "has [anyone|someone|the wife|somebody] [forgotten|forgot] to turn {A} off", "was {A} [forgotten|left running|left on]", "have we [forgotten|forgot] {A}", "i think we forgot to turn off {A}", "we may have [forgotten|left] {A} on",
        "is {A} [boiling|heating|spinning|drying|cooking|cooling|washing|baking|going round|humming|playing] [now|right now|yet|]", "has {A} [boiled|boiled yet|finished boiling|stopped boiling|stopped spinning|stopped]", "is {A} [boiling|heating|spinning|drying|cooking|cooling|washing|baking]"]),
    (3, "compare_periods a energy p before", ["{Q} or onebefore when did {A} [take|use|need|draw] more", "when did {A} [take|use|need|draw] more {Q} or onebefore", "did {A} [take|use|need|draw] more {Q} or onebefore", "{A} {Q} [and|vs] onebefore", "compare {A} {Q} [and|with|to|vs] onebefore"]),
    (3, "compare_periods a energy p q", ["{Q} or {Q2} when did {A} [take|use|need|draw] more", "when did {A} [take|use|need|draw] more {Q} or {Q2}", "did {A} [take|use|need|draw] more {Q} or {Q2}"]),
    (3, "compare_periods total energy p q", ["{Q} or {Q2} when did we [use|need|take|draw] more", "was {Q} [heavier|bigger|larger|lighter|smaller|hungrier] than {Q2}", "did we do [better|worse] {Q} than {Q2}", "have we saved [anything|] [in|] {Q} [compared to|vs|against] {Q2}", "have we saved [anything|] vs {Q2} {P}", "contrast {Q} [with|and|to] {Q2}", "set {Q} against {Q2}", "put {Q} next to {Q2}", "what [changed|is different] {Q} [compared to|vs|against] {Q2}"]),
    (3, "compare_periods total energy default q", ["have we saved [anything|] [compared to|vs|against] {Q2}", "are we [better|worse] than {Q2}", "how are we doing [compared to|vs|against] {Q2}", "did we do [better|worse] than {Q2}"]),
    (2, "compare_periods total energy p before", ["{Q} or onebefore when did we [use|need|take] more", "contrast {Q} with onebefore", "was {Q} [heavier|bigger|lighter|smaller] than onebefore", "compare {Q} [and|with|to|vs] onebefore", "{Q} [vs|and] onebefore"]),
    (3, "peak_demand p", [
        "what is the most we [have|] {P} [drew|drawn|used|pulled|needed|took|taken] [at once|at one time|at a time|at the same time]", "what was the most we [have|] {P} [drew|drawn|used|pulled|needed|took|taken] [at once|at one time|at a time]", "the most we [have|] {P} [drew|drawn|pulled|used] at once", "the most we [drew|pulled|took] at once {P}",
        "when was the [strain|burden|stress|load|demand|pressure] on the [grid|connection|mains|grid connection|supply|wires|line] [largest|highest|biggest|greatest|heaviest|strongest] {P}", "[largest|highest|biggest|greatest|heaviest] [strain|burden|stress|load] on the [grid|connection|mains|grid connection|supply] {P}"]),
    (2, "electrical_quality thd p", ["[are|were] there [any|many|] harmonics [in|on] [our|the] [supply|mains|electricity|power|network|current] {P}", "harmonics [in|on] [our|the] [supply|mains|electricity|power] {P}", "how many harmonics [are there|] [in|on] [our|the] [supply|mains] {P}", "do we have harmonics {P}"]),
]

OTHERS: list[tuple[float, str, list[str]]] = [
    (4, "refuse out_of_scope", [
        "how old is {A}", "how old are {A} and {A2}", "what age is {A}", "when [was|did] [{A}|we] [bought|built|made|installed|delivered]", "when did we [buy|get|install] {A}", "what [brand|make|model|colour|size|type] is {A}", "who [made|built|makes|sold us] {A}", "is {A} [under|still under] warranty", "how long is the warranty [of|on|for] {A}", "where did we buy {A}", "how [big|heavy|tall] is {A}", "what did we pay for {A} in the shop",
        "can you [fix|repair|mend|clean|paint|sell|replace|move|deliver|install] [{A}|toaster|the toaster|our toaster|our c%|the c%]", "[fix|repair|mend|clean] [{A}|our toaster|our c%]", "how do we [fix|repair|mend|clean|install|connect] [{A}|the toaster|our c%]", "our [c%|toaster|{N}] is [UNK] can you [fix|help with|repair] it"]),
    (2.5, "refuse private", [
        "who else [asked|has asked|asks|talks to|talked to|has talked to|uses|is using|wrote to] you [something|anything|questions|] {P}", "what did [someoneelse|others|other people|anyone else|someone else|the others] ask you {P}", "what have [someoneelse|others|other people|the others] asked [you|] {P}", "who [asked|uses|is using|has used|logged in to] [you|this|this app|the assistant] {P}", "which other [people|users] ask you", "show us [what others asked|the questions of others|other chats]"]),
]
