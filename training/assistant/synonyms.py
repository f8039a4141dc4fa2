"""Words that always mean the same, by the word that stands for them in what the model reads. The application replaces them before
the model sees a question (models/assistant/synonyms.json), so the model need not learn each of them. Words whose meaning hangs on
their sentence ("heating", "dishes", "range") are left to the model."""

from __future__ import annotations

SYNONYMS: dict[str, list[str]] = {
    "heatpump": ["heat pump", "heating system", "air conditioner", "air conditioning", "aircon", "air con", "hvac", "heating unit", "air source heat pump", "central heating", "climate unit", "heat pumps",
                 "ground source heat pump", "airconditioning", "air conditioners"],
    "dishwasher": ["dish washer", "dishwashing machine", "dishwashers"],
    "washer": ["washing machine", "clothes washer", "laundry machine", "washmachine", "wash machine", "washingmachine", "washing machines"],
    "dryer": ["drier", "tumble dryer", "tumble drier", "clothes dryer", "clothes drier", "laundry dryer", "tumbler", "dryers", "tumbledryer", "tumble driers"],
    "freezer": ["deep freezer", "chest freezer", "deep freeze", "upright freezer", "freezers"],
    "fridge": ["refrigerator", "fridge freezer", "icebox", "refrig", "frig", "fridges", "refrigerators"],
    "oven": ["electric oven", "cooker", "stove", "electric cooker", "cooktop", "electric stove", "hob", "ovens"],
    "microwave": ["microwave oven", "micro wave", "microwaves"],
    "kettle": ["electric kettle", "water kettle", "tea kettle", "kettles", "electrical kettle"],
    "computer": ["pc", "desktop", "laptop", "gaming pc", "workstation", "computers", "notebook", "desktop pc", "gaming rig", "macbook", "pcs", "laptops", "desktop computer"],
    "tv": ["television", "telly", "tele", "tvs", "tv set", "television set", "televisions"],
    "co2": ["carbon dioxide", "co2 emissions", "carbon emissions", "greenhouse gas", "greenhouse gases", "co2e", "carbon footprint", "emissions", "carbon", "greenhouse gas emissions", "co2 footprint"],
    "kwh": ["kilowatt hours", "kilowatt hour", "kilowatthours", "kw hours"],
    "euros": ["euro", "dollars", "dollar", "pounds", "pound", "quid", "bucks", "eur", "gbp", "usd", "cents", "pence", "cent"],
    "usage": ["consumption", "energy use", "energy consumption", "power consumption", "electricity usage", "electricity consumption", "energy usage", "electricity use", "power usage"],
    "appliance": ["device", "gadget"], "appliances": ["devices", "gadgets"], "cost": ["costs"], "bill": ["bills"],
    "now": ["right now", "at the moment", "currently", "at this moment", "just now", "presently", "this very moment", "this second", "this minute", "at present", "this very second", "this instant"],
    "monday": ["mon"], "tuesday": ["tue", "tues"], "wednesday": ["wed"], "thursday": ["thu", "thurs", "thur"], "friday": ["fri"], "saturday": ["sat"], "sunday": ["sun"],
    "january": ["jan"], "february": ["feb"], "april": ["apr"], "august": ["aug"], "september": ["sept"], "october": ["oct"], "november": ["nov"], "december": ["dec"],
    "week": ["wk"], "weeks": ["wks"], "hours": ["hrs", "hr", "h"], "minutes": ["mins", "min"], "months": ["mths"], "years": ["yrs"], "christmas": ["xmas"], "yesterday": ["yday"], "the day before yesterday": ["day before yesterday"],
    "neighbour": ["neighbor"], "neighbours": ["neighbors"], "recognise": ["recognize"], "recognised": ["recognized"], "please": ["pls", "plz"], "thanks": ["thx", "ty", "thank you"], "ok": ["okay", "alright", "all right"],
    "vs": ["versus", "against", "compared to", "compared with", "in comparison to", "in comparison with", "relative to"], "last": ["previous", "past", "the last", "the past", "the previous", "preceding"],
    "hello": ["hi", "hey", "hiya"], "can you": ["could you"], "we": ["i"], "our": ["my"], "us": ["me"], "repair": ["fix"], "use": ["consume"], "used": ["consumed"], "using": ["consuming"], "standby": ["stand by"],
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
