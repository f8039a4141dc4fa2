"""Draws pairs of a question (as the application's normaliser leaves it) and its plan. `python -m training.assistant.corpus 20`
prints some."""

from __future__ import annotations

import random
import re
import sys

from training.assistant import followups, other_questions, questions, questions_more, words
from training.assistant.periods import Period, draw
from training.assistant.synonyms import replace_synonyms
from training.assistant.templates import sample

CALL_RULES = questions.RULES + questions_more.RULES
OTHER_RULES = other_questions.RULES
CALL_WEIGHTS = [weight for weight, _, _ in CALL_RULES]
OTHER_WEIGHTS = [weight for weight, _, _ in OTHER_RULES]
EXPENSIVE = ["expensive", "costly", "pricey", "dear", "cheap", "expensive"]
PLACEHOLDER = re.compile(r"\b([ndmytc])([#%])")
UNKNOWN = "[UNK]"

FORECASTS = [("tomorrow", "48"), ("tomorrow", "48"), ("tonight", "24"), ("today", "24"), ("for the rest of the day", "24"), ("later today", "24"), ("this evening", "24"), ("next", "24"), ("", "24"), ("", "24"),
             ("next week", "168"), ("this week", "168"), ("in the coming week", "168"), ("in the coming days", "72"), ("in the next few days", "72"), ("on the weekend", "168"), ("next month", "168"), ("this month", "168"),
             ("for the rest of the month", "168"), ("at the end of the month", "168"), ("next weekend", "168"), ("this weekend", "168"), ("the day after tomorrow", "72"), ("in the next n# hours", "n# hours"), ("next n# hours", "n# hours"),
             ("for the next n# hours", "n# hours"), ("in the next n# days", "n# days"), ("over the next n# days", "n# days"), ("next n# days", "n# days"), ("in the next hour", "1"), ("in the next couple of days", "48"), ("tomorrow morning", "48"),
             ("tomorrow evening", "48"), ("tomorrow night", "48"), ("n# days from now", "n# days"), ("in the future", "168"), ("soon", "24"), ("in the next week", "168"), ("in n# hours", "n# hours"), ("by the end of the week", "168"), ("in the next hours", "24")]


class Drawer:
    """Fills the slots of one question and remembers what they mean."""

    def __init__(self, rng: random.Random, period_probability: float, required_period: bool) -> None:
        self.rng = rng
        self.appliances: dict[str, tuple[str, str]] = {}
        self.plan_words: dict[str, str] = {}
        self.period_probability = 1.0 if required_period else period_probability

    def appliance(self, number: str) -> tuple[str, str]:
        if number not in self.appliances:
            taken = {plan for plan, _ in self.appliances.values()}
            plan = self.rng.choice([name for name in words.APPLIANCES if name not in taken])
            names = words.APPLIANCES[plan]
            word = self.rng.choice(names[: words.COMMON]) if self.rng.random() < 0.6 else self.rng.choice(names)
            self.appliances[number] = (plan, word)
            self.plan_words["a" if number == "1" else "b"] = plan
        return self.appliances[number]

    def period(self, number: str, noun: bool) -> str:
        key = "p" if number == "1" else "q"
        if not noun and number == "1" and self.rng.random() >= self.period_probability:
            self.plan_words[key] = "default"
            return ""
        period: Period = draw(self.rng)
        while period.plan in self.plan_words.values() and "#" not in period.plan:
            period = draw(self.rng)
        self.plan_words[key] = period.plan
        return period.noun if noun else period.adverb

    def __call__(self, name: str) -> str:
        rng = self.rng
        kind, number = name[0], name[1:] or "1"
        if kind == "A":
            word = self.appliance(number)[1]
            if rng.random() < 0.03:
                word = f"{rng.choice(['old', 'new', 'big', 'damn', 'little', 'kids', 'kitchen', 'bloody', UNKNOWN])} {word}"
            return f"{rng.choice(words.DETERMINERS)} {word}"
        if kind == "N":
            return self.appliance(number)[1]
        if kind == "P":
            return self.period(number, noun=False)
        if kind == "Q":
            return self.period(number, noun=True)
        if kind == "F":
            text, hours = rng.choice(FORECASTS)
            self.plan_words["F"] = hours
            return text
        choices = {"E": words.ENERGY_NOUNS, "M": words.MONEY, "C": words.CO2, "W": words.WHOLE, "R": words.REST, "U": words.UNKNOWN_DEVICES,
                   "T": words.TOPICS + [UNKNOWN, f"{UNKNOWN} {UNKNOWN}"] * 12, "S": words.SHOP, "K": words.ROOMS, "X": EXPENSIVE, "O": [UNKNOWN]}[kind]
        return rng.choice(choices)


def number_placeholders(text: str, plan: str) -> tuple[str, str]:
    """Numbers the placeholders in reading order. The plan names those marked "#" in the same order; "%" marks what it leaves out."""
    counters: dict[str, int] = {}
    used: dict[str, list[str]] = {}

    def next_name(match: re.Match[str]) -> str:
        letter, mark = match.groups()
        counters[letter] = counters.get(letter, 0) + 1
        name = f"{letter}{counters[letter]}"
        if mark == "#":
            used.setdefault(letter, []).append(name)
        return name

    numbered = PLACEHOLDER.sub(next_name, text)
    return numbered, PLACEHOLDER.sub(lambda match: used[match.group(1)].pop(0), plan)


def substitute(plan: str, plan_words: dict[str, str]) -> str:
    parts = plan.split()
    filled = [plan_words.get(word, word) for word in parts]
    if parts[0] == "compare_periods":
        filled.insert(-1, "vs")
    return " ".join(filled)


def draw_from(rules: list[tuple[float, str, list[str]]], weights: list[float], rng: random.Random, period_probability: float = 0.8) -> tuple[str, str]:
    """Text and plan, with placeholders not yet numbered, "p" and "q" swapped in where the question names q first."""
    _, plan, templates = rng.choices(rules, weights)[0]
    template = rng.choice(templates)
    compares = " q" in f" {plan}"
    drawer = Drawer(rng, period_probability, required_period=compares or "before" in plan and " p " in plan)
    text = sample(template, drawer, rng)
    if " p" in plan and "p" not in drawer.plan_words:
        drawer.plan_words["p"] = "default"
    if "F" in plan and "F" not in drawer.plan_words:
        drawer.plan_words["F"] = "24"
    return text, substitute(plan, drawer.plan_words)


def dress(text: str, rng: random.Random) -> str:
    if rng.random() < 0.3:
        text = f"{rng.choice(words.OPENERS)} {text}"
    if rng.random() < 0.12:
        text = f"{text} {rng.choice(words.CLOSERS)}"
    return text


def roughen(text: str, rng: random.Random) -> str:
    """Words left out, unknown or doubled, as typing and a small vocabulary make them."""
    if rng.random() < 0.75:
        return text
    result = []
    for word in text.split():
        roll = rng.random()
        if roll < 0.02 and word in {"the", "my", "a", "did", "does", "is", "of", "i", "me", "us", "do", "in", "on"}:
            continue
        if roll < 0.035 and len(word) > 3:
            result.append(UNKNOWN)
            continue
        result.append(word)
        if 0.035 <= roll < 0.05:
            result.append(UNKNOWN)
    return " ".join(result) or text


def draw_pair(rng: random.Random) -> tuple[str, str]:
    """Model input and output."""
    roll = rng.random()
    previous = "none"
    if roll < 0.015:
        text, plan = followups.draw_against(rng)
        text = dress(text, rng)
    elif roll < 0.52:
        text, plan = draw_from(CALL_RULES, CALL_WEIGHTS, rng)
        text = dress(text, rng)
    elif roll < 0.72:
        text, plan = draw_from(OTHER_RULES, OTHER_WEIGHTS, rng)
        if rng.random() < 0.5:
            text = dress(text, rng)
    elif roll < 0.90:
        previous, text, plan = followups.draw_followup(rng, lambda: draw_from(CALL_RULES, CALL_WEIGHTS, rng))
    else:
        text, plan = followups.draw_several(rng, lambda: draw_from(CALL_RULES, CALL_WEIGHTS, rng, 0.6))
        text = dress(text, rng)
    if previous == "none" and rng.random() < 0.25 and roll < 0.9 and not plan.startswith("unclear") and followups.stands_alone(text):
        previous = followups.previous_text(draw_from(CALL_RULES, CALL_WEIGHTS, rng)[1])
    text, plan = number_placeholders(roughen(replace_synonyms(text), rng), plan)
    return (text if previous == "none" else f"prev {previous} ask {text}"), plan


if __name__ == "__main__":
    generator = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    for _ in range(int(sys.argv[1])):
        source, target = draw_pair(generator)
        print(f"{source}\n    -> {target}")
