"""Questions about runs, savings, what is to come and what wears out that lean on the plan before, in the form followups.py uses."""

from __future__ import annotations

IT = [
    ("[how long ago was that|when did it last do anything|and the last time it ran|when did we last bother with it|how many days ago did it run|when was it last in action|when was it last touched|how long has it not run]", "runs a0 last default"),
    ("[how many goes did it have|how often is it used|do we use it much|do we use it a lot|did it run at all|was it used at all|how many loads did it do|is it used often|how many times did it kick in|was it ever on|is it used every day|how often do we actually use it]", "runs a0 count same"),
    ("[how many hours did it do|how long does it go for|was it on long|was it on for ages|was it on all day|did it run all night|how long was it on in total|how long did it keep going|how many hours was it at it|how long does it usually take]", "runs a0 duration same"),
    ("[is it about to die|is it dying|has it had it is day|how long will it last|how many years has it got left|is it worth repairing|repair or replace it|do i need a new one|do we need a new one soon|should i get someone to look at it|does it need looking at|is it past it|is it past it is best|when will it break|when is it due a service|should i get it serviced|will it last the winter|is it going to fail soon|should i worry about it breaking|is it worn out|does it need cleaning or something|would a service help it]", "maintenance a0"),
    ("[what can i do about it|what can we do about that|how could it use less|how could it be cheaper|so when is it cheap|when would be better|should i wait with it|is it better at night|what if i used it less|is a new one worth it|would it pay to replace it|does it pay to wait|is it worth waiting|now or later|when do you suggest|what time would be cheapest|how do i bring that down|what would it save to use it less|am i using it wrong]", "savings a0"),
    ("[at what times was it on|which days was it on|when exactly was it on|what time was it on|show us each time|give me the times|list each run|which days did we use it|from when to when was it on]", "runs a0 list same"),
    ("[when will it run next|when will it run again|when will it come on again|will it run again soon|what will it do next]", "forecast 24"),
    ("[is it using too much|does it use too much|has it gone up|has it crept up|is it up on before|is it getting hungrier|has it got hungrier|does it eat more than it used to]", "compare_periods a0 energy default vs before"),
    ("[when will it be done|how much longer will it take|is it nearly done|how long till it is done|can i empty it yet|is it nearly there|how long has it got to go|has it gone off|has it cut out|is it at it again]", "appliance_state a0"),
    ("[how do i clean it|how do i descale it|how do i repair it|how do i clean the filter|who can repair it|which one should i buy|what does a new one cost in the shop|why does it smell|why does it leak|how do i defrost it|where is the filter]", "refuse out_of_scope"),
]
RUNS = [
    ("[dates please|the times please|give me the times|spell them out|one by one|itemise them|log please|which days|what days were they|which days was that|and when were they|which days exactly|on which days|the dates|start times]", "list"),
    ("[and how long each time|total hours|how many hours altogether|all together how long|the longest|which was the longest|and the length|average length|how many hours is that|how long is that in total|and all in all how long]", "duration"),
    ("[so how many|how many all in all|count them|what is the count|is that once or twice|total number|number please|how many in total|so how many is that]", "count"),
    ("[and the most recent|which was the last|the last one when|the latest|when did it go last|and the last was when]", "last"),
    ("[what is that per go|what was each in {M}|price for each|what did one cost me|how much money each time|per go|each one in {M}|what is one in {M}|most expensive one|which one was the most expensive|and per go in {M}|how much a go]", "cost"),
    ("[the earliest|the very first|which was the first|and the earliest one|when was the earliest]", "first"),
]
AGAIN = [
    ("[so what can i do|so what do we do|and how do i bring that down|then how do we pay less|that is too much what can we do|that is a lot how can we save|too much how do i cut it|help me get that down|give me some tips then|how do we knock that down|what should i do differently|what am i doing wrong]", "savings S"),
    ("[and where will it end F|at this rate what will it be F|how will that look F|and how much more F|and what should i expect F|will it get worse F|will it be more F|will it be less F|where are we heading F|what should i budget F]", "forecast F"),
    ("[did something odd happen|is something off|did something go wrong|is there a fault somewhere|did anything odd happen|was anything out of the ordinary]", "anomalies default"),
]
OWN = {
    "anomalies": [("[did it stop|is it over|should i worry|should i be worried|which day|which day was that|at what time|what caused that|what set it off|was it dangerous|list all of them|any others|were there more|how many|how many were there|do i have to do anything|is that bad|was it serious]", "anomalies same")],
    "maintenance": [("[how long have i got|how long has it got|how urgent is it|how soon|can it wait|should i get a new one|is it worth fixing|what are the signs|what did you notice|which one is worst|what comes first|what first|which one first|is it dangerous|what if i do nothing|when at the latest|what happens if i wait]", "maintenance X")],
    "savings": [("[is that all|is there more|what is the biggest|which saves the most|what should i do first|how much a year|what would that bring|how much in {M}|and without buying anything|which is the easiest|is it worth it|what time|which hour|how long is it cheap|what is that in {M}|go on what else|which one first|that is not much is there more]", "savings X")],
    "forecast": [("[what makes it so high|at what time|by hour|hour by hour|how high is the peak|which day is the worst|how much at most|at worst|best case|worst case|between what and what]", "forecast 24")],
}
