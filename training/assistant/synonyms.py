"""Words that always mean the same, by the word that stands for them in what the model reads. The application replaces them before
the model sees a question (models/assistant/synonyms.json), so the model need not learn each of them. Words whose meaning hangs on
their sentence ("heating", "dishes", "range") are left to the model."""

from __future__ import annotations

# What people name that no model here tells apart.
TOASTERS = [
    "boiler", "water heater", "geyser", "immersion heater", "immersion", "lights", "light", "lighting", "lamp", "lamps", "light bulbs", "light bulb", "bulb", "bulbs", "router", "wifi", "wi fi", "modem", "iron", "steam iron", "vacuum", "vacuum cleaner", "hoover", "robot vacuum",
    "hairdryer", "hair dryer", "hair drier", "hairdrier", "straighteners", "hair straightener", "ev", "car charger", "electric car", "ev charger", "wallbox", "wall box", "tesla", "electric vehicle", "car charging", "charge point", "charging point", "charging station",
    "sauna", "hot tub", "jacuzzi", "swimming pool", "pool", "pool pump", "pump", "sump pump", "well pump", "heat lamp", "aquarium", "fish tank", "printer", "3d printer", "playstation", "ps5", "xbox", "console", "games console", "game console", "nintendo", "speaker", "speakers", "sound system", "soundbar",
    "stereo", "fan", "fans", "ceiling fan", "dehumidifier", "humidifier", "air purifier", "shower", "electric shower", "power shower", "coffee machine", "coffee maker", "espresso machine", "espresso maker", "air fryer", "airfryer", "slow cooker", "rice cooker", "pressure cooker",
    "blender", "mixer", "grill", "bbq", "barbecue", "phone charger", "charger", "phone", "server", "nas", "monitor", "screen", "radio", "alarm clock", "electric blanket", "towel rail", "underfloor heating", "floor heating", "space heater", "fan heater", "patio heater", "storage heater",
    "storage heaters", "oil radiator", "radiator", "radiators", "garage door", "lawn mower", "lawnmower", "drill", "welder", "e bike", "ebike", "scooter", "battery", "home battery", "powerwall", "inverter", "doorbell", "camera", "cctv", "bread maker",
    "juicer", "waffle iron", "sandwich toaster", "sewing machine", "treadmill", "exercise bike", "lift", "elevator", "bathroom fan", "extractor", "extractor fan", "extractor hood", "cooker hood", "wine cooler", "wine fridge", "garden lights", "christmas lights", "fairy lights", "security lights", "outside lights",
    "aquarium heater", "aquarium pump", "fish tank heater", "pool heater", "greenhouse heater", "towel heater", "panel heater", "infrared heater", "sauna heater", "sauna oven", "sauna stove", "terrarium", "heating pad", "heating blanket", "heated blanket", "heat mat", "ice maker",
    "toasters", "food processor", "curling iron", "set top box", "sky box", "projector", "baby monitor", "water pump", "water softener", "chainsaw", "hedge trimmer", "kiln", "motor", "compressor", "tumble fan", "plug", "smart plug", "alexa", "echo", "google home", "smart speaker", "pond pump", "greenhouse", "grow lights",
]

# Subjects of sentences that have nothing to do with a meter.
TOPICS = [
    "football", "soccer", "tennis", "cricket", "rugby", "golf", "basketball", "baseball", "hockey", "boxing", "formula one", "the olympics", "olympics", "the election", "election", "the president", "president", "the prime minister", "prime minister", "politics", "politicians", "government", "brexit", "trump", "biden", "putin", "the king", "king", "queen", "the pope", "pope", "parliament", "war", "the war", "army", "love", "god", "jesus", "religion", "bible", "philosophy", "rome", "paris", "london", "berlin", "madrid", "vienna", "tokyo", "sydney", "moscow", "dublin", "munich", "hamburg", "manchester", "france", "germany", "spain", "italy", "portugal", "poland", "greece", "turkey", "england", "scotland", "wales", "ireland", "america", "usa", "canada", "mexico", "brazil", "argentina", "chile", "peru", "china", "japan", "india", "australia", "africa", "europe", "asia", "russia", "ukraine", "egypt", "norway", "sweden", "denmark", "finland", "iceland", "switzerland", "austria", "holland", "belgium", "the moon", "moon", "mars", "planets", "planet", "stars", "the sun", "venus", "jupiter", "space", "universe", "galaxy", "black holes", "black hole", "dinosaurs", "dinosaur", "cats", "cat", "dogs", "dog", "horses", "horse", "music", "movies", "movie", "film", "films", "netflix", "books", "book", "novel", "shakespeare", "poetry", "art", "painting", "fashion", "shoes", "trousers", "dress", "bikes", "bike", "planes", "plane", "aeroplane", "trains", "train", "bus", "taxi", "travel", "flights", "flight", "hotels", "hotel", "restaurants", "restaurant", "pub", "pizza", "pasta", "spaghetti", "lasagne", "lasagna", "carbonara", "bread", "cake", "cakes", "cookies", "biscuits", "soup", "chicken", "rice", "curry", "salad", "burger", "burgers", "sushi", "steak", "beef", "lamb", "pork", "bacon", "sausages", "chips", "fries", "potatoes", "potato", "eggs", "egg", "omelette", "pancakes", "pancake", "cheese", "butter", "milk", "tea bags", "coffee", "beer", "wine", "whisky", "vodka", "gin", "cocktail", "cocktails", "chocolate", "ice cream", "pudding", "pie", "sauce", "gravy", "garlic", "onions", "tomatoes", "tomato", "lemon", "apples", "apple", "banana", "bananas", "strawberries", "vegetables", "vegan", "turkey dinner", "roast dinner", "sourdough", "flour", "sugar", "salt", "bitcoin", "crypto", "ethereum", "stocks", "stock market", "the stock market", "shares", "dow jones", "mortgages", "mortgage", "taxes", "tax", "pension", "insurance", "loans", "loan", "jobs", "job", "cv", "salary", "dating", "marriage", "wedding", "birthday", "school", "homework", "university", "exam", "maths", "algebra", "calculus", "geometry", "physics", "chemistry", "biology", "medicine", "medication", "doctor", "dentist", "headaches", "headache", "flu", "covid", "vitamins", "diets", "diet", "calories", "weight", "fitness", "gym", "yoga", "dreams", "dream", "python", "javascript", "typescript", "java", "html", "css", "sql", "rust", "cpp", "code", "script", "function", "website", "excel", "spreadsheet", "word document", "powerpoint", "windows", "linux", "ubuntu", "iphone", "android", "samsung", "facebook", "instagram", "tiktok", "youtube", "twitter", "whatsapp", "snapchat", "reddit", "google", "amazon", "ebay", "microsoft", "apple pie", "elon musk", "taylor swift", "ronaldo", "messi", "beyonce", "the beatles", "beatles", "harry potter", "star wars", "star trek", "lord of the rings", "james bond", "batman", "superman", "pokemon", "minecraft", "fortnite", "chess", "poker", "video games", "games", "puzzle", "sudoku", "crossword", "gardening", "garden", "flowers", "roses", "lawns", "lawn", "grass", "birds", "bird", "fish", "bees", "spiders", "spider", "snakes", "elephants", "elephant", "whales", "sharks", "trees", "tree", "rainforest", "forest", "mountain", "mount everest", "eiffel tower", "great wall", "ocean", "sea", "river", "earthquakes", "earthquake", "volcanoes", "volcano", "hurricane", "climate change", "global warming", "rain", "snow", "rainfall", "sunshine", "weather", "the weather", "the temperature outside", "humidity", "wind", "storm", "thunderstorm", "sunrise", "sunset", "latin", "spanish", "french", "german", "english", "italian", "chinese", "japanese", "grammar", "poem", "poems", "story", "stories", "song", "songs", "lyrics", "joke", "jokes", "riddle", "essay", "essays", "email", "emails", "letter", "speech", "recipe", "recipes", "haiku", "limerick", "rap", "sonnet", "sonnets", "fairy tale", "lunch", "dinner", "breakfast", "supper", "the news", "news", "headlines", "newspaper", "horoscope", "lottery", "lotto", "traffic", "petrol", "diesel", "gasoline", "oil", "nuclear power", "nuclear fusion", "fusion", "wind turbines", "coal", "gas prices", "gas bill", "water bill", "water bills", "water usage", "water consumption", "gas usage", "gas consumption", "internet speed", "broadband", "phone bill", "rent", "council tax", "capital city", "population", "language", "flag", "square root", "fibonacci", "prime numbers", "equation", "meaning of life", "bus timetable", "train times", "cinema", "theatre", "concert", "tickets", "party", "barbecue party", "haircut", "makeup", "tattoo", "guitar", "piano", "drums", "violin", "singing", "dancing", "world cup", "champions league", "premier league", "super bowl", "wimbledon", "world war", "napoleon", "hitler", "einstein", "newton", "darwin", "mozart", "beethoven", "picasso", "leonardo",
]

SYNONYMS: dict[str, list[str]] = {
    # ---- appliances: these words are then lifted out of the question
    "heatpump": ["heat pump", "heating system", "heating", "air conditioner", "air conditioning", "aircon", "air con", "ac", "a c", "ac unit", "hvac", "heating unit", "air source heat pump",
                 "central heating", "climate unit", "heat pumps", "ground source heat pump", "airconditioning", "air conditioners", "heater", "heaters", "air conditioning unit", "aircon unit", "heatpumps", "ashp",
                 "climate control", "hp", "hvac system", "heating pump", "electric heating", "air con unit", "acs", "aircons", "reverse cycle", "mini split", "cooling system"],
    "dishwasher": ["dish washer", "dishwashing machine", "dishwashers", "dishes", "the washing up", "washing up", "dish washing machine", "dishwashing", "dw", "dish machine", "dishwash"],
    "washer": ["washing machine", "clothes washer", "laundry machine", "washmachine", "wash machine", "washingmachine", "washing machines", "laundry", "the laundry", "washing", "washers", "clothes washing machine",
               "wm", "clothes washing", "front loader", "top loader", "laundry washer"],
    "dryer": ["drier", "tumble dryer", "tumble drier", "clothes dryer", "clothes drier", "laundry dryer", "tumbler", "dryers", "tumbledryer", "tumble driers", "tumble", "driers", "tumble dryers", "drying machine",
              "condenser dryer", "tumbledrier", "tumble drying"],
    "freezer": ["deep freezer", "chest freezer", "deep freeze", "upright freezer", "freezers", "deepfreezer", "deepfreeze", "garage freezer"],
    "fridge": ["refrigerator", "fridge freezer", "icebox", "ice box", "refrig", "frig", "fridges", "refrigerators", "fridgefreezer", "refridgerator", "kitchen fridge", "beer fridge", "american fridge"],
    "oven": ["electric oven", "cooker", "stove", "electric cooker", "cooktop", "electric stove", "hob", "ovens", "electric range", "range cooker", "stovetop", "cook top", "cookers", "induction hob", "hobs"],
    "microwave": ["microwave oven", "micro wave", "microwaves", "micro", "microwave ovens"],
    "kettle": ["electric kettle", "water kettle", "tea kettle", "kettles", "electrical kettle", "water boiler", "tea maker"],
    "computer": ["pc", "desktop", "laptop", "gaming pc", "workstation", "computers", "notebook", "desktop pc", "gaming rig", "macbook", "pcs", "laptops", "desktop computer", "mac", "imac", "rig", "gaming computer",
                 "home office pc", "work pc", "work laptop", "chromebook", "computer setup", "gaming setup"],
    "tv": ["television", "telly", "tele", "tvs", "tv set", "television set", "televisions", "smart tv", "big tv", "flatscreen", "flat screen", "tellies", "big screen"],
    # ---- classes of words that mean the same to a meter
    "toaster": TOASTERS, "solar": ["solar panels", "solar panel", "pv", "photovoltaics", "solar power", "solar energy", "solar system"], "topic": TOPICS, "kitchen": ["bathroom", "living room", "bedroom", "garage", "basement", "cellar", "utility room", "hall", "attic", "lounge", "dining room", "study", "loft", "hallway",
                                                       "kids room", "guest room", "spare room", "conservatory", "porch", "nursery", "toilet", "sitting room", "front room", "laundry room", "upstairs", "downstairs", "office"],
    "neighbour": ["neighbor", "neighbours", "neighbors", "landlord", "tenant", "tenants", "landlady", "flatmate", "family next door", "people next door", "house next door", "flat next door", "guy next door",
                  "lady next door", "couple next door", "folks next door", "people upstairs", "family upstairs", "people across the street", "people down the road", "neighbours house", "family across the road",
                  "ex", "ex wife", "ex husband", "next door", "mother in law", "neighbour house"],
    "someoneelse": ["someone else", "somebody else", "other people", "another person", "other user", "other users", "another user", "other customers", "another customer", "other households", "other household", "other account", "another account",
                    "other accounts", "another house", "another household", "other homes", "other tenants", "the other tenant", "different user", "different account", "other peoples", "anyone else", "anybody else", "other families",
                    "everyone else", "everybody else", "similar homes", "similar households", "other houses"],
    "co2": ["carbon dioxide", "co2 emissions", "carbon emissions", "greenhouse gas", "greenhouse gases", "co2e", "carbon footprint", "emissions", "carbon", "greenhouse gas emissions", "co2 footprint", "ghg", "carbon output", "carbons",
            "co2 output", "carbon impact", "climate footprint", "emission"],
    "kwh": ["kilowatt hours", "kilowatt hour", "kilowatthours", "kw hours", "kilowatthour", "kw h"],
    "euros": ["euro", "dollars", "dollar", "pounds", "pound", "quid", "bucks", "eur", "gbp", "usd", "cents", "pence", "cent", "buck", "fiver", "tenner", "francs", "chf", "dosh", "moolah", "wonga", "dough", "sterling", "readies", "money wise", "moneywise", "money terms"],
    "watts": ["watt", "kilowatts", "kilowatt", "wattage", "kw"],
    "electricity": ["leccy", "juice", "electric", "elec", "electrical energy", "electric power", "electrical power", "mains electricity"],
    "usage": ["consumption", "energy use", "energy consumption", "power consumption", "electricity usage", "electricity consumption", "energy usage", "electricity use", "power usage", "power use", "consumptions", "electrical consumption"],
    "appliance": ["device", "gadget", "machine", "consumer", "gizmo", "bit of kit", "piece of equipment", "unit of equipment"],
    "appliances": ["devices", "gadgets", "machines", "consumers", "gizmos"],
    "cost": ["costs", "set back", "costed"], "bill": ["bills"], "spend": ["shell out", "fork out", "cough up", "splash out", "lay out", "fork over", "pay out", "dish out"],
    "spent": ["shelled out", "forked out", "coughed up", "paid out", "blown", "splashed out"], "spending": ["shelling out", "forking out", "blowing", "expenditure", "spendings", "outlay", "spend on"],
    "expensive": ["costly", "pricey", "dear", "steep", "pricy"], "most expensive": ["priciest", "dearest", "costliest", "most costly", "most pricey"], "cheapest": ["least expensive"],
    # ---- verbs
    "use": ["consume", "draw", "guzzle", "burn", "eat", "swallow", "suck", "gobble", "devour", "munch", "chew", "use up", "burn through", "get through", "go through", "eat up", "suck up", "chew through", "gobble up", "suck down", "pull", "guzzle up", "chomp through"],
    "used": ["consumed", "drew", "drawn", "guzzled", "burned", "burnt", "eaten", "ate", "swallowed", "sucked", "gobbled", "devoured", "munched", "used up", "burned through", "burnt through", "got through", "gone through", "went through", "gotten through",
             "eaten up", "sucked up", "chewed", "chewed through", "chewed up", "pulled", "racked up", "clocked up", "run through", "ran through", "hogged", "slurped", "inhaled", "wolfed", "scoffed"],
    "using": ["consuming", "drawing", "guzzling", "burning", "eating", "swallowing", "sucking", "gobbling", "devouring", "munching", "using up", "burning through", "getting through", "going through", "eating up", "sucking up", "chewing", "chewing through", "pulling", "hogging", "slurping", "inhaling", "wolfing down", "scoffing"],
    "uses": ["consumes", "draws", "guzzles", "burns", "eats", "swallows", "sucks", "gobbles", "devours", "munches", "gets through", "goes through", "uses up", "eats up", "sucks up", "chews", "pulls", "slurps", "inhales", "wolfs down"],
    "use a lot": ["use loads", "use tons", "use heaps", "use lots", "use a ton", "use plenty"], "used a lot": ["used loads", "used tons", "used heaps", "used lots"], "shaping up": ["shape up", "turning out", "panning out", "coming along"],
    "turn off": ["switch off", "shut off", "power off", "power down", "shut down", "turn down off", "put off", "turn of", "switch of"], "turn on": ["switch on", "power on", "power up", "fire up", "put on", "flip on", "flick on", "stick on", "pop on", "whack on"],
    "turned off": ["switched off", "powered off", "powered down"], "turned on": ["switched on", "powered on", "powered up"],
    "turning off": ["switching off", "shutting off", "shutting down"], "turning on": ["switching on", "firing up"],
    "come on": ["kick in", "kick off", "start up", "go on", "kick on"], "came on": ["kicked in", "kicked off", "started up", "kicked on"],
    "still running": ["still heating", "still washing"], "warming up": ["heating up"], "oh": ["oh dear", "oh dear me", "dear me", "dear oh dear"],
    "outage": ["power cut", "power cuts", "blackout", "blackouts", "power outage", "power outages", "power failure", "power failures", "outages"],
    "repair": ["fix", "mend"], "unusual": ["strange", "weird", "odd", "abnormal", "out of the ordinary", "funny", "peculiar", "suspicious", "fishy", "bizarre", "iffy", "dodgy", "unexpected", "unusually", "oddly", "untoward", "strangely", "weirdly", "abnormally", "suspiciously", "funnily", "off kilter", "amiss", "out of whack", "irregular"],
    "anomalies": ["anomaly", "irregularities", "irregularity", "oddities", "abnormalities", "outliers", "outlier"], "alerts": ["alarms", "warnings", "alert", "warning", "alarm", "notifications", "red flags"],
    "reduce": ["cut", "cut down", "cut down on", "bring down", "slash", "shrink", "cut back", "cut back on", "decrease", "minimise", "minimize", "trim", "drive down", "get down", "knock down", "reducing"],
    "tips": ["tip", "pointers", "pointer", "hints", "hint", "suggestions", "suggestion", "advice", "ideas", "recommendations", "recommendation", "tricks"],
    "service": ["servicing", "serviced", "servicing done", "a service done", "check up", "checkup", "mot", "overhaul", "tune up", "seeing to"],
    "maintenance": ["upkeep"], "wearing out": ["wearing down", "pack in", "pack up", "give up the ghost", "conk out", "conking out", "wear out", "croak", "bite the dust", "on its last legs", "on it is last legs", "on it is way out", "on the way out", "on the blink", "packing up", "packing in", "giving up the ghost", "dying", "kaput", "knackered", "worn out", "past it", "clapped out", "going bad", "on its way out"],
    "forecast": ["prediction", "projection", "outlook", "prognosis", "forecasts", "predictions", "projections"], "predict": ["project", "foresee"],
    "biggest": ["largest", "greatest", "heaviest"], "highest": ["maximum", "max", "top"], "lowest": ["minimum"],
    "energy hog": ["power hog", "energy hogs", "power hogs", "guzzler", "guzzlers", "energy guzzler", "energy guzzlers", "power guzzler", "hog", "hogs", "power eater", "energy eater", "culprit", "culprits", "offender", "offenders", "villain", "energy vampire"],
    # ---- small words
    "now": ["right now", "at the moment", "currently", "at this moment", "just now", "presently", "this very moment", "this second", "this minute", "at present", "this very second", "this instant", "right this second", "right this minute", "as we speak", "at this very moment",
            "at this point in time", "in this moment", "at this time", "right at this moment", "this moment", "at the minute", "at the mo", "atm", "rn", "this very minute"],
    "lately": ["recently", "of late", "in recent times", "these days", "nowadays"],
    "monday": ["mon", "mondays"], "tuesday": ["tue", "tues", "tuesdays"], "wednesday": ["wed", "weds", "wednesdays"], "thursday": ["thu", "thurs", "thur", "thursdays"], "friday": ["fri", "fridays"], "saturday": ["sat", "saturdays"], "sunday": ["sun", "sundays"],
    "january": ["jan"], "february": ["feb"], "april": ["apr"], "august": ["aug"], "september": ["sept"], "october": ["oct"], "november": ["nov"], "december": ["dec"],
    "week": ["wk"], "weeks": ["wks"], "hours": ["hrs", "hr", "h"], "minutes": ["mins", "min"], "months": ["mths"], "years": ["yrs"], "christmas": ["xmas", "crimbo"], "yesterday": ["yday", "yesterdays", "all day yesterday", "the whole day yesterday"], "today": ["todays", "all day today", "the whole day today"], "tomorrow": ["tomorrows"],
    "the day before yesterday": ["day before yesterday", "the day before yesterday"], "boxing day": ["boxing day"], "week before last": ["the week before last"], "month before last": ["the month before last"], "night before last": ["the night before last"], "last": ["previous", "past", "the last", "the past", "the previous", "preceding", "the preceding"], "last night": ["lastnight"], "forever": ["for ever"],
    "yearago": ["the same month last year", "same month last year", "the same week last year", "same week last year", "the same time last year", "same time last year", "this time last year", "this time a year ago", "the same period last year",
                "same period last year", "the same day last year", "same day last year", "a year ago", "one year ago", "the same month a year ago", "the same time a year ago", "the year before", "the same month the year before", "a year earlier",
                "the same period a year ago", "the same month of last year", "the same period the year before", "same as last year", "12 months ago", "twelve months ago"],
    "onebefore": ["the one before", "the day before", "the week before", "the month before", "the period before", "the weekend before", "the previous one", "the day before that", "the week before that", "the month before that",
                  "the year before that", "the one before that", "the previous day", "the previous period", "the period before that", "the weekend before that", "the preceding one",
                  "the day prior", "the week prior", "the month prior", "the preceding day", "the evening before", "the time before"],
    "recognise": ["recognize", "identify", "detect", "tell apart", "make out", "pick out", "spot"], "recognised": ["recognized", "identified", "detected", "picked out"],
    "please": ["be a dear and", "be an angel and", "be a darling and", "pls", "plz", "plse"], "thanks": ["thx", "ty", "thank you", "thank u", "cheers", "ta", "tysm", "thankyou", "thnx", "tnx", "thanx"], "ok": ["okay", "alright", "all right", "okey", "okay then", "righto", "okey dokey"],
    "vs": ["versus", "against", "compared to", "compared with", "in comparison to", "in comparison with", "relative to", "stack up against", "measure up to", "measure up against", "as opposed to", "next to"],
    "hello": ["hi", "hey", "hiya", "howdy", "heya", "yo", "hallo", "greetings", "g day", "gday", "hullo"], "bye": ["goodbye", "good bye", "cya", "see ya", "see you", "cheerio", "ciao", "bye bye", "ta ta", "toodle pip", "farewell", "tata", "ttyl", "so long"],
    "can you": ["could you", "would you", "can u", "could u", "will you"], "can we": ["could we", "can i", "could i"], "tell us": ["tell me"],
    "we": ["i"], "our": ["my"], "us": ["me"], 
    "almost nothing": ["next to nothing"], "standby": ["stand by", "idle"], "base load": ["baseload", "always on load", "background load", "minimum load", "constant load", "phantom load", "vampire power", "vampire load", "idle load", "standby load", "ghost load", "basic load", "always on power", "idle power", "background power",
                               "background consumption", "background use", "background draw", "constant background consumption", "constant background load", "constant consumption", "continuous load", "permanent load", "steady load"],
    "standing charge": ["basic charge", "base charge", "basic fee", "base fee", "daily charge", "daily fee", "service charge", "fixed charge", "fixed fee"], "tariff": ["contract", "energy contract", "electricity contract", "supply contract"], "forgot": ["forgotten"],
    "nobody": ["no one", "noone", "no body", "nobodys"], "asleep": ["sleeping", "in bed", "fast asleep"], "away": ["out of the house", "on holiday", "on vacation", "not home", "not at home"],
    "why": ["how come", "for what reason", "why on earth", "why the hell", "why the heck", "what is the reason", "what is the reason that", "why oh why"], "how": ["how on earth", "how the hell", "how the heck"], "what": ["what on earth", "what the hell", "what the heck"],
    "would like": ["d like", "would love", "fancy"], "want": ["wanna", "wish"], "how much": ["how mutch", "howmuch"], "how often": ["how many times", "how frequently", "how many time"],
    "house": ["home", "flat", "apartment", "place", "household", "property", "building", "gaff", "pad", "crib", "digs", "condo", "maisonette", "bungalow", "cottage"], "meter": ["metre", "smart meter", "mains meter"],
    "think": ["reckon", "guess", "suppose"], "massive": ["huge", "enormous", "sky high", "through the roof", "astronomical", "insane", "crazy", "ridiculous", "eye watering", "extortionate", "outrageous"],
    "wife": ["husband", "partner", "missus", "girlfriend", "boyfriend", "mum", "mom", "dad", "son", "daughter", "brother", "sister", "kids", "kid", "children", "family", "grandma", "grandad", "uncle", "aunt", "hubby", "spouse", "roommate", "boss", "friend", "mate", "guests", "lads", "nan"],
}
PHRASES: dict[tuple[str, ...], str] = {tuple(phrase.split()): word for word, phrases in SYNONYMS.items() for phrase in phrases}
LONGEST = max(map(len, PHRASES))


def replace_synonyms(text: str) -> str:
    """The longest phrase at every place, from left to right, once."""
    parts, result, at = text.split(), [], 0
    while at < len(parts):
        for length in range(min(LONGEST, len(parts) - at), 0, -1):
            word = PHRASES.get(tuple(parts[at : at + length]))
            if word is not None:
                result.append(word)
                at += length
                break
        else:
            result.append(parts[at])
            at += 1
    return " ".join(result)
