"""What people go on to ask after a question about what is on, the peak, the supply, the devices, the facts or the data, in the form of
followup_phrases.OWN and .IT: X stands for what the question before was about, "same" for its period."""

from __future__ import annotations

CONTROL = "[turn it off|turn it off then|can you turn it off|can you turn it off then|well turn it off|ok turn it off|please turn it off|then turn it off please|so turn it off for us|could you turn it off from there|turn it on|turn it on then|can you turn it on|stop it then|start it then|can you stop it]"
IT = [
    (CONTROL, "refuse control"),
    ("[did it finish|has it stopped|has it stopped by now|has it come on again|is it really off|is it really on|so is it off now|so is it still on|did i turn it off|did i forget to turn it off|have i left it on|can you check that it is off|make sure it is off|is it off or not|is it on or not|how much longer will it take|how long has it got left|when will it be done|can i empty it yet|why is it on|why is it still on|it should be off by now is it|is it stuck|does it seem ok to you|anything the matter with it|is it still the same as ever]", "appliance_state a0"),
    ("[how hard is it pulling now|how many watts does it pull now|what wattage is it at|is it using anything now|how much of the load now is it|is it using a lot now]", "power_now a0"),
    ("[when did it stop|when did it finish|at what time did it stop|what time was it when it finished|when was it done|when did it go quiet|how long ago did it stop|how long since it was on]", "runs a0 last default"),
    ("[which room is it in|where is it|in what room is it|where does it stand]", "site_facts rooms"),
]
QUANTITIES = [
    ("[and|what about|how about|] [the voltage|the volts|volts|voltage]", "electrical_quality voltage same"), ("[and|what about|how about|] [the frequency|the hz|hertz|frequency]", "electrical_quality frequency same"),
    ("[and|what about|how about|] [the power factor|cos phi|the pf|reactive power]", "electrical_quality power_factor same"), ("[and|what about|how about|] [the thd|harmonics|the harmonics|distortion]", "electrical_quality thd same"),
    ("[and all the rest of it|and the other values|what about the other values|and the rest of the values|all the values please|show all of the values]", "electrical_quality all same"),
]
FACTS = [
    ("[and|what about|how about] [the tariff|the price per kwh|the unit price|our rate]", "site_facts tariff"), ("[and|what about|how about] [the rooms|rooms]", "site_facts rooms"),
    ("[and|what about|how about] [the time zone|the address|the location]", "site_facts location"), ("[and|what about|how about] [the buildings|buildings]", "site_facts buildings"), ("[and everything else you know|what else do you know about the site|anything else about the site|and the rest of the facts]", "site_facts all"),
]
OWN = {
    "power_now": [("[and which of those is the biggest|who is behind that|what makes that up|what is pulling all that|so what is on then|why is it so high now|where does that come from|is that a lot|what is on then|and who is using it|which ones are on]", "power_now X"), ("[is that always there|how much of that is always on|how much of it never goes off|is that just standby]", "always_on default"),
                  ("[can you turn it off|turn that off|turn it all off|can you turn those off|turn them off then]", "refuse control")],
    "appliance_state": [("[since what time|from when|from what time on|when did it come on|when did it go on|how long already|so it is off|so it is off then|so it is still on|definitely off|so i did leave it on|so i did not leave it on|so it has finished|how much longer|how long until it is done]", "appliance_state X"),
                        ("[and what is it pulling|how many watts then|how much is it taking|at how many watts]", "power_now X"), ("[when did it stop|when did it finish|and when did it finish|when was that]", "runs X last default"), (CONTROL, "refuse control"), (CONTROL, "refuse control")],
    "peak_demand": [("[what was on at that time|who caused that|who is to blame|which quarter of an hour was it|what drove it|what was running at the time|what ran together then|is that over our limit|how many kilowatts was it|in kilowatts|what day was that]", "peak_demand same"), ("[how do we get it down|how can we get the peak down|how do we flatten it|how do we avoid it]", "savings all")],
    "always_on": [("[which ones are they|what is in there|what makes it up|can you name them|how many watts is that|what is that a month|what does that come to a month|what is that a year in {M}|is that much for a house|who are they|which appliances are behind it]", "always_on same"), ("[how do we get it down|how can we get that lower|how do we get rid of it|what can we turn off then|what could we unplug]", "savings all")],
    "coverage": [("[which bits|which days are missing|which hours are missing|where are they|how come|how long was the gap|how big was the gap|how many hours is that|is it back|is it sending again|and is it complete now|where is the hole]", "coverage same")],
    "electrical_quality": [("[is that dangerous|is that within the norm|how bad is that|did it stay like that|and the worst value|and the average|min and max|can that harm our appliances|what was the worst|should it be like that|on which day was it worst]", "electrical_quality Q same"), *QUANTITIES],
    "devices": [("[is that all|is that all of them|that is all|is that everything|any others|what else|and what are they called|only those|no more than that|how come only those]", "devices all")],
    "site_facts": [("[when does it change|when did it change|how much is it|and how much is it|what does it say|until when|from when to when|is it the same at night|does that include everything|is that all|since when is that|what is it exactly|what are they called|tell us the rest]", "site_facts X"), *FACTS],
}
