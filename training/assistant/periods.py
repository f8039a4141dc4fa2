"""Periods as people say them, with the plan words they mean. `noun` stands where a noun does ("compare yesterday with ..."),
`adverb` where an adverbial does ("... in march")."""

from __future__ import annotations

import random
from dataclasses import dataclass

WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
SHORT_DAYS = {"monday": ["mon"], "tuesday": ["tue", "tues"], "wednesday": ["wed"], "thursday": ["thu", "thurs"], "friday": ["fri"],
              "saturday": ["sat"], "sunday": ["sun"]}
MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
SHORT_MONTHS = {"january": "jan", "february": "feb", "april": "apr", "august": "aug", "september": "sept", "october": "oct",
                "november": "nov", "december": "dec"}
SEASONS = ["spring", "summer", "autumn", "winter"]
UNITS = ["minutes", "hours", "days", "weeks", "months", "years"]
UNIT_FORMS = {"minutes": ["minutes", "mins", "min", "minute"], "hours": ["hours", "hrs", "hour", "h", "hr"], "days": ["days", "day", "d"],
              "weeks": ["weeks", "wks", "week", "wk"], "months": ["months", "month", "mths"], "years": ["years", "year", "yrs"]}
WEEK = ["week", "week", "week", "wk"]


@dataclass(frozen=True)
class Period:
    noun: str
    adverb: str
    plan: str


def _same(text: str, plan: str | None = None) -> Period:
    return Period(text, text, plan or text)


def _weekday(rng: random.Random) -> tuple[str, str]:
    day = rng.choice(WEEKDAYS)
    return (rng.choice(SHORT_DAYS[day]) if rng.random() < 0.2 else day), day


def _month(rng: random.Random) -> tuple[str, str]:
    month = rng.choice(MONTHS)
    return (SHORT_MONTHS[month] if month in SHORT_MONTHS and rng.random() < 0.2 else month), month


def today(rng: random.Random) -> Period:
    text = rng.choice(["today"] * 8 + ["so far today", "today so far", "up to now today", "during today", "over the day today",
                                       "this day", "since this morning started", "since the day began", "till now today"])
    return _same(text, "today")


def yesterday(rng: random.Random) -> Period:
    return _same(rng.choice(["yesterday"] * 6 + ["yday", "the whole of yesterday", "all day yesterday", "during yesterday", "the previous day",
                                                 "over the whole day yesterday"]), "yesterday")


def ago(rng: random.Random) -> Period:
    roll = rng.random()
    if roll < 0.22:
        return _same(rng.choice(["the day before yesterday", "day before yesterday", "a couple of days ago", "a couple days ago"]),
                     "2 days ago")
    unit = rng.choice(["days", "days", "weeks", "months"])
    if roll < 0.42:
        article = "a"
        if unit == "weeks" and rng.random() < 0.5:
            return _same(rng.choice(["the week before last", "week before last", "a fortnight ago"]), "2 weeks ago")
        if unit == "months" and rng.random() < 0.5:
            return _same(rng.choice(["the month before last", "month before last", "a couple of months ago"]), "2 months ago")
        plan = {"days": "yesterday", "weeks": "1 weeks ago", "months": "1 months ago"}[unit]
        return _same(f"{article} {unit[:-1]} {rng.choice(['ago', 'back', 'ago'])}", plan)
    form = rng.choice(UNIT_FORMS[unit][:2])
    return _same(f"n# {form} {rng.choice(['ago', 'ago', 'back', 'earlier'])}", f"n# {unit} ago")


def relative(rng: random.Random) -> Period:
    unit = rng.choice(["week"] * 4 + ["month"] * 4 + ["weekend"] * 2 + ["year"] * 2 + ["quarter"])
    word = rng.choice(WEEK) if unit == "week" else unit
    if unit == "weekend" and rng.random() < 0.35:
        return Period("the weekend", f"{rng.choice(['over', 'during', 'on', 'at'])} the weekend", "last weekend")
    if rng.random() < 0.55:
        lead = rng.choice(["last", "last", "last", "past", "previous", "the previous", "the last", "the whole of last", "during last", "over last",
                           "in the last", "all of last", "over the past", "the preceding"])
        return _same(f"{lead} {word}", f"last {unit}")
    lead = rng.choice(["this", "this", "this", "the current", "current", "so far this", "during this", "over this", "in this", "for this",
                       "up to now this", "all"])
    text = f"{lead} {word}"
    if lead == "all":
        text = {"week": "all week", "weekend": "all weekend", "month": "all month", "year": "all year"}.get(unit, f"this {unit}")
    if rng.random() < 0.1:
        text = {"week": "week to date", "month": "month to date", "year": rng.choice(["year to date", "ytd"])}.get(unit, text)
    return _same(text, f"this {unit}")


def rolling(rng: random.Random) -> Period:
    roll = rng.random()
    if roll < 0.22:
        text, plan = rng.choice([
            ("the last hour", "last 1 hours"), ("the past hour", "last 1 hours"), ("the last few hours", "last 3 hours"), ("the last day", "last 24 hours"),
            ("the past day", "last 24 hours"), ("the last few days", "last 3 days"), ("the past few days", "last 3 days"), ("recent days", "last 3 days"),
            ("the last couple of days", "last 2 days"), ("the past couple of days", "last 2 days"), ("the last couple of weeks", "last 2 weeks"),
            ("the last fortnight", "last 2 weeks"), ("the past fortnight", "last 2 weeks"), ("the last few weeks", "last 3 weeks"),
            ("the past few weeks", "last 3 weeks"), ("the last few months", "last 3 months"), ("the past few months", "last 3 months"),
            ("the last couple of months", "last 2 months"), ("the last half hour", "last 30 minutes"), ("the past half hour", "last 30 minutes"),
            ("the last half year", "last 6 months"), ("the past half year", "last 6 months"), ("the last quarter of an hour", "last 15 minutes"),
            ("the last minute", "last 1 minutes"), ("the last few minutes", "last 5 minutes"),
            ("last few days", "last 3 days"), ("past few days", "last 3 days"), ("last hour", "last 1 hours"), ("last couple of days", "last 2 days"),
            ("last half hour", "last 30 minutes"), ("last fortnight", "last 2 weeks"), ("past hour", "last 1 hours"),
        ])
        adverb = text if text.startswith(("last", "past")) else f"{rng.choice(['in', 'over', 'during', 'for', 'within'])} {text}"
        return Period(text, adverb, plan)
    unit = rng.choice(["minutes", "hours", "hours", "days", "days", "days", "weeks", "months", "years"])
    form = rng.choice([UNIT_FORMS[unit][0]] * 4 + UNIT_FORMS[unit])
    noun = f"{rng.choice(['the last', 'the past', 'last', 'past', 'the previous', 'these last', 'the most recent'])} n# {form}"
    adverb = noun if noun.startswith(("last", "past")) and rng.random() < 0.8 else f"{rng.choice(['in', 'over', 'during', 'for', 'within'])} {noun}"
    return Period(noun, adverb, f"last n# {unit}")


def weekday(rng: random.Random) -> Period:
    word, day = _weekday(rng)
    roll = rng.random()
    if roll < 0.5:
        lead = rng.choice(["last", "last", "last", "the previous", "previous", "last weeks"])
        return Period(f"{lead} {word}", f"{rng.choice(['', '', '', 'on'])} {lead} {word}".strip(), f"last {day}")
    lead = rng.choice(["on", "on", "on", "", "this", "on this", "the whole of", "this past"])
    return Period(word, f"{lead} {word}".strip(), day)


def month(rng: random.Random) -> Period:
    word, name = _month(rng)
    roll = rng.random()
    if roll < 0.45:
        return Period(word, f"{rng.choice(['in', 'in', 'in', 'during', 'for', 'over'])} {word}", name)
    if roll < 0.55:
        noun = rng.choice(["the month of {}", "last {}", "this {}", "the whole of {}"]).format(word)
        return Period(noun, f"{rng.choice(['in', 'during', ''])} {noun}".strip(), name)
    return Period("m#", rng.choice(["in m#", "in m#", "during m#", "m#", "for m#", "for the month of m#"]), "m#")


def year(rng: random.Random) -> Period:
    return Period(rng.choice(["y#", "y#", "the year y#"]), rng.choice(["in y#", "in y#", "during y#", "for y#", "in the year y#", "y#"]), "y#")


def date(rng: random.Random) -> Period:
    return Period(rng.choice(["d#", "d#", "the d#"]), rng.choice(["on d#", "on d#", "d#", "on the d#", "for d#", "for the d#"]), "d#")


def part_of_day(rng: random.Random) -> Period:
    part = rng.choice(["morning", "afternoon", "evening", "night"])
    roll = rng.random()
    if roll < 0.2:
        return _same(rng.choice(["last night", "last night", "overnight", "during the night", "over night", "in the night", "while i was asleep",
                                 "while we slept", "in last night"]), "last night")
    if roll < 0.26:
        return _same(rng.choice(["the night before", "the night before last"]), "the night before")
    if roll < 0.5:
        text = {"night": rng.choice(["tonight", "this night"])}.get(part, rng.choice([f"this {part}", f"this {part}", f"earlier this {part}",
                                                                                     f"today in the {part}", f"in the {part} today"]))
        return _same(text, f"today {part}")
    if roll < 0.7:
        return _same(rng.choice([f"yesterday {part}", f"yesterday {part}", f"in the {part} yesterday", f"last {part}" if part == "evening" else
                                 f"yesterday in the {part}", f"yesterday at {part}"]), f"yesterday {part}")
    if roll < 0.93:
        word, day = _weekday(rng)
        last = rng.choice(["", "", "last "])
        text = rng.choice([f"{last}{word} {part}", f"{last}{word} {part}", f"the {part} of {last}{word}", f"in the {part} of {last}{word}"])
        return Period(text, text if text.startswith("in") else f"{rng.choice(['on', 'on', ''])} {text}".strip(), f"{last}{day} {part}")
    return Period(f"d# {part}", f"on {rng.choice(['', 'the '])}{part} of d#" if rng.random() < 0.5 else f"on d# in the {part}", f"d# {part}")


def season(rng: random.Random) -> Period:
    name = rng.choice(SEASONS)
    word = "fall" if name == "autumn" and rng.random() < 0.3 else name
    roll = rng.random()
    if roll < 0.3:
        return Period(f"{word} y#", f"{rng.choice(['in', 'in the', 'during'])} {word} {rng.choice(['', 'of '])}y#", f"{name} y#")
    lead = rng.choice(["the", "last", "this", "the past", "last"])
    return Period(f"{lead} {word}", f"{rng.choice(['in', 'during', 'over', ''])} {lead} {word}".strip(), name)


def holiday(rng: random.Random) -> Period:
    name = rng.choice(["easter", "christmas"])
    word = rng.choice(["christmas", "xmas", "christmas day"]) if name == "christmas" else rng.choice(["easter", "easter", "easter sunday"])
    roll = rng.random()
    if roll < 0.2:
        word = rng.choice(["new year", "new years", "new years eve", "new years day"])
        return Period(word, f"{rng.choice(['at', 'on', 'over', 'around'])} {word}", "new year")
    if roll < 0.5:
        return Period(f"{word} y#", f"{rng.choice(['at', 'over', 'during', 'on'])} {word} y#", f"{name} y#")
    return Period(word, f"{rng.choice(['at', 'over', 'during', 'on', 'last', 'around'])} {word}", name)


def start(rng: random.Random) -> tuple[str, str]:
    """Where "since" begins: text and plan words."""
    word, day = _weekday(rng)
    name, calendar_month = _month(rng)
    return rng.choice([("yesterday", "yesterday"), (word, day), (word, day), (f"last {word}", f"last {day}"), (name, calendar_month), (name, calendar_month), ("m#", "m#"),
                       ("y#", "y#"), ("d#", "d#"), ("d#", "d#"), ("the d#", "d#"), ("easter", "easter"), ("christmas", "christmas"), ("xmas", "christmas"),
                       ("last week", "last week"), ("last month", "last month"), ("last year", "last year"), ("last weekend", "last weekend"), ("new year", "new year"),
                       ("the summer", "summer"), ("the winter", "winter"), ("spring", "spring"), ("last summer", "summer"), ("autumn", "autumn"), ("the new year", "new year"),
                       ("the weekend", "last weekend"), ("last night", "last night"), ("the morning", "today morning"), ("this morning", "today morning"),
                       ("n# days ago", "n# days ago"), ("n# weeks ago", "n# weeks ago"), ("n# months ago", "n# months ago"), ("t#", "t#"), ("t# today", "t#"),
                       ("t# this morning", "t#"), ("the start of the week", "this week"), ("the start of the month", "this month"),
                       ("the beginning of the year", "this year"), ("the start of the year", "this year"), ("the beginning of the month", "this month"),
                       ("the start of y#", "y#"), ("the beginning of m#", "m#")])


def since(rng: random.Random) -> Period:
    text, plan = start(rng)
    if plan.startswith("this "):
        return _same(f"since {text}", plan)
    return _same(f"{rng.choice(['since', 'since', 'since', 'starting', 'from'])} {text} {rng.choice(['', '', '', 'on', 'until now', 'till today'])}".strip()
                 if rng.random() < 0.35 else f"since {text}", f"since {plan}")


def span(rng: random.Random) -> Period:
    first_text, first, last_text, last = rng.choice([
        ("d#", "d#", "d#", "d#"), ("d#", "d#", "d#", "d#"), ("m#", "m#", "m#", "m#"), ("y#", "y#", "y#", "y#"), ("the d#", "d#", "the d#", "d#"),
        (*_weekday(rng), *_weekday(rng)), (*_weekday(rng), *_weekday(rng)), (*_month(rng), *_month(rng)), (*_month(rng), *_month(rng)),
        ("last " + (day := _weekday(rng))[0], "last " + day[1], "yesterday", "yesterday"), (*_weekday(rng), "today", "today"),
        (*_weekday(rng), "yesterday", "yesterday"), ("n# days ago", "n# days ago", "yesterday", "yesterday"), ("easter", "easter", "d#", "d#"),
    ])
    noun = rng.choice(["from {} to {}", "from {} to {}", "between {} and {}", "{} to {}", "from {} until {}", "from {} till {}", "{} through {}",
                       "from {} through {}", "{} until {}", "from {} up to {}"]).format(first_text, last_text)
    return _same(noun, f"from {first} to {last}")


def clock(rng: random.Random) -> Period:
    word, day = _weekday(rng)
    when, plan = rng.choice([("yesterday", "yesterday"), ("yesterday", "yesterday"), ("today", "today"), (f"on {word}", day), (f"last {word}", f"last {day}"), ("on d#", "d#"),
                             ("this morning", "today"), ("this evening", "today")])
    if rng.random() < 0.3:
        text = rng.choice(["at t#", "at around t#", "around t#", "about t#"])
        return _same(rng.choice([f"{when} {text}", f"{text} {when}"]), f"{plan} at t#")
    text = rng.choice(["from t# to t#", "between t# and t#", "from t# until t#", "from t# till t#", "t# to t#"])
    if rng.random() < 0.12 and plan == "today":
        return _same(text, "today from t# to t#")
    if "d#" in when and rng.random() < 0.5:
        return _same(f"{when} {text}", f"{plan} from t# to t#")
    return _same(rng.choice([f"{when} {text}", f"{text} {when}"]), f"{plan} from t# to t#")


def ever(rng: random.Random) -> Period:
    return _same(rng.choice(["ever", "of all time", "in all time", "all time", "so far in total", "since the beginning", "since the start", "since you started measuring",
                             "since we started", "in the whole history", "since installation", "since recording began", "over all time",
                             "since measurements began", "from the very beginning", "to date", "since day one"]), "all time")


KINDS = [(today, 12), (yesterday, 12), (relative, 20), (rolling, 11), (weekday, 8), (month, 7), (ago, 6), (date, 5), (part_of_day, 8), (since, 7),
         (span, 6), (clock, 5), (season, 2), (holiday, 3), (year, 2), (ever, 2)]


def draw(rng: random.Random) -> Period:
    return rng.choices([kind for kind, _ in KINDS], [weight for _, weight in KINDS])[0](rng)
