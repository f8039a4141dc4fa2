"""Words people use for what the meter knows. Every name is lower-case and free of punctuation, as the application's normaliser
leaves a question."""

from __future__ import annotations

# What the application lifts out of a question as a1, a2; what else people call them stands in synonyms.py.
APPLIANCES = ("heatpump", "dishwasher", "washer", "dryer", "freezer", "fridge", "oven", "microwave", "kettle", "computer", "tv")

REST = ["everything else", "the rest", "the unknown part", "unidentified devices", "unknown devices", "what you can not identify",
        "unrecognised stuff", "unexplained consumption", "the unexplained part", "other devices", "other stuff", "other appliances",
        "the other things", "unknown loads", "unassigned usage", "the remainder", "miscellaneous", "all other devices",
        "what no appliance explains", "the unattributed part", "unrecognized devices", "the others", "other"]

WHOLE = ["the house", "the whole house", "my house", "the home", "my home", "our home", "the flat", "my flat", "our flat", "the apartment",
         "the building", "the whole building", "the place", "everything", "we", "the household", "our household", "my place", "the office",
         "the site", "all appliances together", "the entire house", "the property", "our house", "i", "the mains", "the meter"]

ROOMS = ["kitchen", "bathroom", "living room", "bedroom", "garage", "basement", "cellar", "office", "utility room", "hall", "attic"]

DETERMINERS = ["the", "the", "the", "my", "my", "our", "", "that", "this", "your"]

ENERGY_NOUNS = ["energy", "electricity", "power", "kwh", "current", "juice", "energy use", "power consumption", "electricity usage",
                "kilowatt hours", "energy consumption", "units", "watt hours"]
MONEY = ["euros", "euro", "dollars", "pounds", "money", "quid", "bucks", "cents", "pence", "cash", "eur", "gbp", "usd"]
CO2 = ["co2", "carbon", "carbon dioxide", "emissions", "co2 emissions", "carbon emissions", "greenhouse gas", "greenhouse gases", "co2e",
       "carbon footprint"]

OPENERS = ["hello", "please", "can you tell us", "tell us", "i want to know", "i would like to know", "just curious", "quick question", "so", "ok", "do you know", "can you show us", "show us", "can you please tell us", "i was wondering", "any idea", "well", "um",
           "hmm", "now", "and", "but", "also", "one more thing", "can you say", "i wonder", "be honest", "right", "look", "listen", "out of interest", "remind us", "do us a favour", "good morning", "good evening", "sorry", "actually", "then", "oh", "wait", "dear assistant",
           "assistant", "may i ask", "can i know", "let us know", "i need to know", "our wife wants to know", "our wife asks", "neighbour asks", "our neighbour asks", "neighbour wants to know", "our neighbour wants to know", "our [UNK] asks", "can i ask", "can you work out", "can you check", "can you give us", "can you find out", "could you please check", "work out", "find out", "have a look", "have a guess", "let us see",
           "hello there", "hello can you tell us", "ok so", "right so", "well then", "so tell us", "just wondering", "wondering", "curious", "question", "a question", "another question", "next question", "i have a question", "i am curious", "i am interested in", "i am wondering", "i am trying to find out", "i am trying to understand",
           "it would be good to know", "it would be nice to know", "i would love to know", "would be nice to know", "i need", "i want", "give us", "we want to know", "we would like to know", "i was just wondering", "do you happen to know", "do you have any idea", "any chance you know", "any clue", "got any idea", "have you any idea", "have you got an idea", "can you see",
           "can you figure out", "can you calculate", "can you say roughly", "could you tell us roughly", "roughly", "approximately", "about", "exactly", "tell us roughly", "for our records", "for our tax", "honestly", "seriously", "by the way", "btw", "oh and", "ah", "er", "erm", "yo", "hello assistant", "thanks", "thanks and", "great", "great and", "cool", "cool so",
           "forget that", "never mind", "no", "ok thanks", "ok now", "anyway", "moving on", "lastly", "finally", "first", "first of all", "in that case", "speaking of which", "while you are at it", "i bet you know", "i keep forgetting", "i forgot", "not sure", "i am not sure", "i do not know", "i have no idea", "no idea", "like", "basically", "wow", "mate", "dude", "buddy", "sir", "hey so", "[UNK]"]
CLOSERS = ["please", "thanks", "lol", "mate", "wife", "exactly", "roughly", "approximately", "do you know", "again", "then", "in total", "altogether", "by the way", "btw", "if you can", "at all", "actually", "for us", "overall", "about", "buddy", "in our house", "at house", "here", "in this house", "at our house",
           "you think", "would you say", "so far", "do you think", "if i may ask", "please and thanks", "if possible", "if you know", "any idea", "i wonder", "i forgot", "i am curious", "just curious", "just asking", "asking for a wife", "right", "ok", "eh", "huh", "love", "dear", "man", "bro", "dude", "sir", "haha", "roughly speaking", "more or less", "give or take", "ish",
           "on average", "in our flat", "in the house", "in our place", "round here", "in all", "all in", "all told", "all together", "can you tell us", "can you see", "can you check", "tell us", "let us know", "i need to know", "i want to know", "quickly", "now please", "asap", "for our wife", "like", "or what", "or not", "by any chance", "perhaps", "maybe", "exactly please", "then please", "though"]

SHOP = ["kettle", "new kettle", "fridge", "new fridge", "dryer", "tumble dryer", "washing machine", "new oven", "tv", "new tv", "laptop",
        "dishwasher", "microwave", "heat pump", "new heat pump", "freezer", "computer", "gaming pc", "new washing machine"]
