"""Clipped, borrowed and sideways ways of asking that stand between two plans, with both sides of each. In the form questions.py
describes."""

from __future__ import annotations

SOUND = "[humming|buzzing|rattling|clicking|vibrating|whining|making a noise|making a funny noise|making noises|loud|rather loud|very loud|leaking|dripping|icing up|smelling|shaking]"
KIND = "[my love|love|darling|dear|mate|buddy|my friend|sir|madam]"

RULES: list[tuple[float, str, list[str]]] = [
    (4, "maintenance a", [
        "is {A} [ok|fine|normal] it [is|has been] " + SOUND, "is {A} [ok|fine] because it is " + SOUND, "{A} is " + SOUND + " is [that|it|everything] [ok|normal|fine|serious]", "{A} is " + SOUND + " should i worry",
        "{A} [has been|keeps|started] " + SOUND + " what is wrong with it", "{A} " + SOUND + " [is it dying|is it broken|does it need service|any idea why]", "how long will {A} [last|hold out|survive|live|keep going]",
        "when is [the toaster on|the motor of|the compressor of|the compressor in|the pump of|] {A} going to [give out|give up|die|go|break|fail]", "when will {A} [give out|give up|die|pack up|pack in|conk out|kick the bucket]",
        "does {A} need [a revision|an inspection|a check up|checking|an overhaul|to be looked at|to be seen to|a look over]", "is {A} due [a revision|an inspection|a check up|an overhaul]", "is {A} [near|at] the end of its life", "is {A} on [its|it is] last legs"]),
    (3, "maintenance all", ["some problem with [appliances|our appliances|the appliances]", "any problem with [the|our|] appliances", "[problems|trouble] with [the|our] appliances", "are [the|our] appliances [ok|healthy|fine|in order|in good shape]", "is there a problem with any of the appliances", "all appliances ok"]),
    (3, "anomalies p", ["some problem", "some problem {P}", "[any|some] problems {P}", "is there some problem", "problems {P}", "is all in order {P}", "everything in order {P}", "all normal {P}", "all good {P}", "something to worry about {P}", "was all normal {P}"]),
    (4, "compare_periods total energy default before", [
        "[week on week|month on month|day on day|period on period] change", "[change|development|difference] in [usage|total kwh|total usage|kwh|our usage]", "[week on week|month on month] change in [total|] [usage|kwh]", "has [our|the] usage [come down|gone down|fallen|improved|dropped|gone up|risen]",
        "are we [getting better|doing better|improving|getting worse]", "how is [our|the] usage [changing|developing|evolving]", "[usage|kwh] up or down", "trend of [our|the] usage"]),
    (4, "compare_periods total energy default q", [
        "did we beat {Q2}", "did we beat [our|the] {Q2} usage", "did we beat [our|the] usage of {Q2}", "have we beaten {Q2}", "are we [beating|under|below|above|over|ahead of|behind] {Q2}", "are we [better|lower|higher] than {Q2} [yet|so far]", "did we do better than {Q2}", "have we improved on {Q2}",
        "has [our|the] usage [come down|gone down|fallen|dropped|gone up|risen|improved] [on|from|against] {Q2}"]),
    (4, "compare_periods total cost p before", ["how is the bill so high {P}", "how come the bill is so [high|big] {P}", "how can the bill be so [high|big|massive] {P}", "why on earth is the bill so [high|big] {P}", "the bill is so high {P}", "how on earth did we get such a bill {P}", "what the hell happened to the bill {P}", "how did the bill get so [high|big] {P}", "bill is crazy {P} why"]),
    (3, "compare_periods total energy p before", ["how is usage so high {P}", "how come we used so much {P}", "how can we have used so much {P}", "how on earth did we use so much {P}", "why such a high usage {P}"]),
    (4, "runs a count p ; runs a count q", ["how many {N} [runs|loads|washes|cycles|goes] did we do {P} vs {Q2}", "how often did {A} run {P} vs {Q2}", "how many times was {A} on {P} and {Q2}", "how many [runs|loads|cycles] of {A} {P} vs {Q2}", "{N} [runs|loads|cycles] {P} vs {Q2}", "number of {N} runs {P} vs {Q2}", "did {A} run more often {P} than {Q2}", "was {A} on more often {P} than {Q2}"]),
    (3, "runs washer count p ; runs washer count q", ["how many washes did we do {P} vs {Q2}", "how many loads of washing {P} vs {Q2}", "washes {P} vs {Q2}", "did we wash more often {P} than {Q2}"]),
    (3, "runs washer count p", ["how many washes did we do {P}", "how often did we wash {P}", "number of washes {P}", "how many loads did we wash {P}"]),
    (3, "runs dryer count p", ["how often did we tumble the clothes {P}", "how many loads did we dry {P}", "how often did we dry [clothes|the clothes] {P}"]),
    (3, "energy_use dryer cost none p", ["cost of drying [all|] [those|the|our|her] [UNK] {P}", "what did drying [all|] [the|those|our] [clothes|{O}] cost {P}", "how much did we spend on drying [clothes|the clothes|{O}] {P}", "drying [clothes|the clothes|] cost {P}"]),
    (3, "energy_use washer cost none p", ["cost of washing [all|] [those|the|our|her] [clothes|{O}] {P}", "what did washing [the|our] [clothes|{O}] cost {P}", "how much did we spend on washing [clothes|the clothes|{O}] {P}"]),
    (3, "energy_use oven cost none p", ["cost of baking [all|] [those|the|our|her] [UNK] {P}", "what did baking cost [us|] {P}", "how much did we spend on baking {P}", "cost of cooking [the|] [{O}|] {P}"]),
    (4, "savings a", [
        "is {A} [more economic|more economical|cheaper|less expensive|better value] {P}", "is {A} [more economise|economise|more economic|cheaper] [in the night|at night|overnight|in the evening|at the weekend|during the day]", "[best|cheapest|good|right|ideal] [hour|time|moment|slot] to [start|run|use|put on] {A} [{P}|{F}|]",
        "which hour [is best|is cheapest|should i pick] for {A} [{P}|{F}|]", "at what hour should i [start|run|put on] {A} [{P}|{F}|]", "when to [start|run|put on] {A} [{P}|{F}|]", "is it [better|cheaper|smarter] to [run|use|start] {A} [at night|in the night|later|now|{F}]", "where can we reduce with {A}"]),
    (4, "energy_use a energy hour p", ["which hour did {A} use most {P}", "in which hour was {A} [busiest|hungriest] {P}", "{A} hour by hour {P}"]),
    (4, "savings all", ["where can we reduce [without [freezing|suffering|losing comfort|pain|sitting in the dark]|]", "how can we reduce without [freezing|losing comfort|suffering]", "where could we [reduce|save|trim|economise]", "n% ways to [save|spend less|use less|reduce]", "[give|tell] us n% [ways|ideas|tips|things|suggestions] [to spend less|to save|to use less|to get the bill down|to reduce|]", "n% [tips|ideas] please", "what n% things should we change"]),
    (4, "energy_use a cost none p", ["what cost {A} {P}", "what costs {A} {P}", "what cost {A} in one year", "what costs us {A} {P}", "how much cost {A} {P}", "how much costs {A} {P}", "{A} cost us how much {P}", "is the cost of {A} high {P}"]),
    (3, "energy_use total cost none p", ["we need {P} electricity cost for our report [please|]", "{P} electricity cost [please|]", "what was cost for wife {P}", "what was cost {P}", "what was the cost of having [wife|guests|visitors] {P}", "how much cost electricity {P}", "what cost electricity {P}"]),
    (3, "power_now total", ["what is on now in the [shop|office|flat|house|building|workshop|studio|barn|cottage|apartment|place]", "what is on in the [shop|office|flat|house|building|workshop|place] [now|right now|at the moment|]", "what is running in the [shop|office|flat|house|place] [now|right now|]", "which things are on in the [shop|flat|office] right now"]),
    (3, "appliance_state a", ["did we remember to [start|turn on|switch on|put on] {A}", "did i remember to [start|turn on|turn off|switch off|put on] {A}", "have i started {A}", "did we start {A}", "did anyone start {A}", "have we turned {A} on yet", "is {A} started", "is {A} started already", "did {A} start"]),
    (3, "runs a last p", ["when started {A} {P}", "when did {A} start {P}", "what time did {A} start {P}", "when was {A} started {P}", "when started {A} and when stopped it {P}"]),
    (3, "runs a duration p", ["did [i|we|wife] leave {A} [running|on] {Q}", "was {A} left [on|running] {Q}", "did someone leave {A} [on|running] {Q}", "was {A} [on|running] all {Q}", "was {A} [on|running] the whole {Q}"]),
]

OTHERS: list[tuple[float, str, list[str]]] = [
    (3, "reply capabilities", ["give us a summary of what you can [help with|do|tell us|answer]", "[short|quick|] [summary|overview|list] of what you can [do|help with|answer]", "sum up what you can do", "an overview of your [abilities|functions|features]", "what [features|functions] have you got", "list your [features|functions|abilities]"]),
    (3, "reply thanks", ["thanks " + KIND, "thanks " + KIND + " that is ever so helpful", "thanks that is [ever so|very|really|so] [helpful|kind|useful]", "[ever so|very] [helpful|kind] thanks", "thanks a [bunch|million|lot] " + KIND, "thanks topic that is ever so helpful", "much obliged", "you have been [very|so|] helpful"]),
    (3, "refuse out_of_scope", ["please [topic|send|forward|print|fax] these [figures|numbers] to our [manager|boss|landlord|wife|{O}]", "[send|topic|forward|mail] [this|that|it|the report|these figures|these numbers] to [wife|our manager|our boss|{O}]", "can you [topic|send|mail|print|fax] us [this|that|a report|the figures]", "print [this|that|it]", "save [this|that] as a [pdf|file|{O}]"]),
    (3, "refuse control", ["can you turn {A} off for us we are [already|] [asleep|in bed|in the car|out]", "turn {A} off for us [please|] i am [in bed|asleep|not at house|in the car|at work]", "please turn {A} off we have left", "switch {A} off i am in bed", "can you turn {A} off i forgot", "i am in bed turn {A} off"]),
]
