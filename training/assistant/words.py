"""Words people use for what the meter knows. Every name is lower-case and free of punctuation, as the application's normaliser
leaves a question; digits stand as n1 (a number), d1 (a day), m1 (a month of a year), y1 (a year), t1 (a time of day), c1 (a
device cluster of the site)."""

APPLIANCES: dict[str, list[str]] = {
    "heatpump": ["heat pump", "heatpump", "heating", "heating system", "heater", "air conditioner", "air conditioning", "ac", "aircon",
                 "air con", "hvac", "heating unit", "air source heat pump", "central heating", "climate unit", "cooling", "hp"],
    "dishwasher": ["dishwasher", "dish washer", "dishes", "dishwashing machine", "dw"],
    "washer": ["washing machine", "washer", "clothes washer", "laundry machine", "washing", "laundry", "washmachine", "wash machine",
               "wm"],
    "dryer": ["dryer", "drier", "tumble dryer", "tumble drier", "clothes dryer", "tumbler", "tumble", "laundry dryer"],
    "freezer": ["freezer", "deep freezer", "chest freezer", "deep freeze", "upright freezer"],
    "fridge": ["fridge", "refrigerator", "fridge freezer", "icebox", "frig", "refrig", "cooler"],
    "oven": ["oven", "electric oven", "cooker", "stove", "range", "electric cooker", "hob", "cooktop", "electric stove"],
    "microwave": ["microwave", "microwave oven", "micro", "micro wave"],
    "kettle": ["kettle", "electric kettle", "water kettle", "tea kettle", "water boiler"],
    "computer": ["computer", "pc", "desktop", "laptop", "gaming pc", "workstation", "computers", "notebook", "mac", "desktop pc",
                 "gaming rig", "home office"],
    "tv": ["tv", "television", "telly", "tele", "tvs", "tv set", "television set"],
}
COMMON = 4  # the first names of an appliance are drawn more often than the rest

REST = ["everything else", "the rest", "the unknown part", "unidentified devices", "unknown devices", "what you can not identify",
        "unrecognised stuff", "unexplained consumption", "the unexplained part", "other devices", "other stuff", "other appliances",
        "the other things", "unknown loads", "unassigned usage", "the remainder", "miscellaneous", "all other devices",
        "what no appliance explains", "the unattributed part", "unrecognized devices", "the others", "other"]

WHOLE = ["the house", "the whole house", "my house", "the home", "my home", "our home", "the flat", "my flat", "our flat", "the apartment",
         "the building", "the whole building", "the place", "everything", "we", "the household", "our household", "my place", "the office",
         "the site", "all appliances together", "the entire house", "the property", "our house", "i", "the mains", "the meter"]

# What people name that no model here tells apart.
UNKNOWN_DEVICES = ["boiler", "water heater", "geyser", "immersion heater", "lights", "lighting", "lamp", "lamps", "light bulbs", "router", "wifi",
                   "modem", "toaster", "iron", "vacuum", "vacuum cleaner", "hoover", "hairdryer", "hair dryer", "ev", "car charger",
                   "electric car", "ev charger", "wallbox", "tesla", "car", "sauna", "hot tub", "jacuzzi", "pool", "pool pump", "pump",
                   "aquarium", "fish tank", "printer", "playstation", "xbox", "console", "games console", "speaker", "sound system",
                   "stereo", "fan", "fans", "dehumidifier", "humidifier", "shower", "electric shower", "coffee machine",
                   "coffee maker", "espresso machine", "air fryer", "airfryer", "slow cooker", "rice cooker", "blender", "mixer", "grill",
                   "bbq", "phone charger", "charger", "server", "nas", "monitor", "radio", "alarm clock", "electric blanket", "towel rail",
                   "underfloor heating", "garage door", "lawn mower", "drill", "welder", "e bike", "scooter", "solar panels", "battery",
                   "inverter", "doorbell", "camera", "cctv", "bread maker", "juicer", "waffle iron", "sewing machine", "treadmill", "lift",
                   "elevator", "bathroom fan", "extractor", "extractor hood", "wine cooler", "garden lights", "christmas lights"]

ROOMS = ["kitchen", "bathroom", "living room", "bedroom", "garage", "basement", "cellar", "office", "utility room", "hall", "attic"]

DETERMINERS = ["the", "the", "the", "my", "my", "our", "", "that", "this", "your"]

ENERGY_NOUNS = ["energy", "electricity", "power", "kwh", "current", "juice", "energy use", "power consumption", "electricity usage",
                "kilowatt hours", "energy consumption", "units", "watt hours"]
MONEY = ["euros", "euro", "dollars", "pounds", "money", "quid", "bucks", "cents", "pence", "cash", "eur", "gbp", "usd"]
CO2 = ["co2", "carbon", "carbon dioxide", "emissions", "co2 emissions", "carbon emissions", "greenhouse gas", "greenhouse gases", "co2e",
       "carbon footprint"]

OPENERS = ["hey", "hi", "hello", "please", "can you tell me", "could you tell me", "tell me", "i want to know", "i would like to know",
           "just curious", "quick question", "so", "ok", "okay", "do you know", "can you show me", "show me", "could you please tell me",
           "i was wondering", "any idea", "well", "um", "erm", "hmm", "now", "and", "but", "also", "one more thing", "pls", "plz",
           "would you tell me", "can you say", "i wonder", "be honest", "right", "look", "listen", "out of interest", "remind me",
           "do me a favour", "good morning", "good evening", "sorry", "actually", "then", "oh", "wait", "dear assistant", "assistant",
           "may i ask", "could i know", "let me know", "i need to know", "my wife wants to know", "my husband asks", "can i ask"]
CLOSERS = ["please", "thanks", "thank you", "pls", "plz", "lol", "mate", "exactly", "roughly", "approximately", "do you know", "again", "then",
           "in total", "altogether", "by the way", "btw", "if you can", "at all", "actually", "for me", "cheers", "overall", "about", "buddy",
           "in our house", "at home", "here", "in this house", "at my place", "you think", "would you say", "so far", "thx", "ta"]

# Subjects of sentences that have nothing to do with a meter.
TOPICS = ["football", "soccer", "tennis", "cricket", "the olympics", "the election", "the president", "the prime minister", "politics",
          "the war", "love", "god", "religion", "philosophy", "history", "rome", "paris", "london", "berlin", "france", "germany", "america",
          "china", "the moon", "mars", "space", "black holes", "dinosaurs", "cats", "dogs", "horses", "music", "movies", "a film", "netflix",
          "books", "a novel", "shakespeare", "poetry", "art", "painting", "fashion", "shoes", "clothes", "cars", "bikes", "planes", "trains",
          "travel", "holidays", "flights", "hotels", "restaurants", "pizza", "pasta", "bread", "cake", "cookies", "soup", "chicken", "rice",
          "curry", "salad", "coffee", "tea", "beer", "wine", "chocolate", "bitcoin", "crypto", "stocks", "the stock market", "shares",
          "mortgages", "taxes", "insurance", "loans", "jobs", "a cv", "my boss", "my girlfriend", "my boyfriend", "dating", "marriage", "kids",
          "school", "homework", "maths", "algebra", "physics", "chemistry", "biology", "medicine", "headaches", "a cold", "covid", "vitamins",
          "diets", "fitness", "yoga", "running", "sleep", "dreams", "python", "javascript", "java", "html", "sql", "code", "a website", "an app",
          "excel", "word", "windows", "linux", "iphone", "android", "facebook", "instagram", "tiktok", "youtube", "google", "amazon", "apple",
          "microsoft", "elon musk", "taylor swift", "the beatles", "harry potter", "star wars", "chess", "poker", "video games", "gardening",
          "roses", "tomatoes", "lawns", "birds", "fish", "bees", "spiders", "snakes", "elephants", "whales", "trees", "the rainforest",
          "earthquakes", "volcanoes", "time zones", "latin", "spanish", "french", "japanese", "grammar", "a poem", "a story", "a song",
          "a joke", "an essay", "an email", "a letter", "a speech", "a recipe", "a haiku", "lunch", "dinner", "breakfast", "the news",
          "the weather", "rain", "snow", "the temperature outside", "the forecast for rain", "nuclear power", "fusion", "gas prices",
          "petrol", "oil", "water bills", "my water usage", "gas usage", "my gas bill", "internet speed", "my phone bill", "rent"]
SHOP = ["kettle", "new kettle", "fridge", "new fridge", "dryer", "tumble dryer", "washing machine", "new oven", "tv", "new tv", "laptop",
        "dishwasher", "microwave", "heat pump", "new heat pump", "freezer", "computer", "gaming pc", "new washing machine"]
