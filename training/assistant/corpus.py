"""Draws pairs of a question (as the application's normaliser leaves it) and its plan. `python -m training.assistant.corpus 20`
prints some."""

from __future__ import annotations

import random
import re
import sys

from training.assistant import (
    followups, idioms, joined_questions, other_phrases, other_questions, phrases, questions, questions_more, voices_context_phrases,
    voices_energy, voices_followups, voices_frames, voices_other, voices_runs_advice_phrases, voices_runs_indirect, voices_runs_phrases,
    voices_short_phrases, voices_site_phrases, voices_state_phrases, voices_stories, words,
)
from training.assistant.names import fresh, lift
from training.assistant.synonyms import replace_synonyms
from training.assistant.templates import sample

CALL_RULES = (
    questions.RULES + questions_more.RULES + phrases.RULES + idioms.CALLS + voices_energy.RULES + voices_state_phrases.CALLS
    + voices_site_phrases.CALLS + voices_context_phrases.CALLS + voices_runs_phrases.RULES + voices_runs_advice_phrases.RULES
    + voices_runs_indirect.RULES + voices_other.CALLS + voices_short_phrases.RULES
)
OTHER_RULES = (
    other_questions.RULES + other_phrases.RULES + idioms.OTHERS + voices_state_phrases.OTHERS + voices_context_phrases.OTHERS
    + voices_runs_advice_phrases.OTHERS + voices_other.OTHERS + voices_short_phrases.OTHERS
)
EXPENSIVE = ["expensive", "cheap", "expensive"]
UNKNOWN = "[UNK]"
# How much a rule of many phrases is drawn more often than one of few.
SIZE_POWER = 0.35
CALL_WEIGHTS = [weight * len(templates) ** SIZE_POWER for weight, _, templates in CALL_RULES]
OTHER_WEIGHTS = [weight * len(templates) ** SIZE_POWER for weight, _, templates in OTHER_RULES]
SEVERAL_WEIGHTS = [weight for weight, _, _ in voices_followups.SEVERAL]
# How often a question comes with a story around it.
STORY_PROBABILITY = 0.14
NUMBER = re.compile(r"\b([ndtc])([#%])")
# How often somebody tells how they come to ask, and what they need the answer for.
FRAMED = 0.06
ADJECTIVES = ["old", "new", "big", "damn", "little", "kitchen", "bloody", "stupid", "ancient", "lovely", "trusty", UNKNOWN]


class Drawer:
    """Fills the slots of one question and remembers what they mean."""

    def __init__(self, rng: random.Random, period_probability: float) -> None:
        self.rng = rng
        self.appliances: dict[str, str] = {}
        self.plan_words: dict[str, str] = {}
        self.period_probability = period_probability

    def appliance(self, number: str) -> str:
        if number not in self.appliances:
            self.appliances[number] = fresh("a")
            self.plan_words["a" if number == "1" else "b"] = self.appliances[number]
        return self.appliances[number]

    def period(self, number: str, noun: bool) -> str:
        key = "p" if number == "1" else "q"
        if key in self.plan_words:
            return "" if self.plan_words[key] == "default" else self.plan_words[key]
        if not noun and number == "1" and self.rng.random() >= self.period_probability:
            self.plan_words[key] = "default"
            return ""
        self.plan_words[key] = fresh("p")
        return self.plan_words[key]

    def __call__(self, name: str) -> str:
        rng = self.rng
        kind, number = name[0], name[1:] or "1"
        if kind == "A":
            adjective = f"{rng.choice(ADJECTIVES)} " if rng.random() < 0.03 else ""
            return f"{rng.choice(words.DETERMINERS) if adjective else ''} {adjective}{self.appliance(number)}"
        if kind == "N":
            return self.appliance(number)
        if kind == "P":
            return self.period(number, noun=False)
        if kind == "Q":
            return self.period(number, noun=True)
        if kind == "F":
            self.plan_words["F"] = fresh("p" if rng.random() < 0.22 else "f")
            return self.plan_words["F"]
        choices = {"E": words.ENERGY_NOUNS, "M": words.MONEY, "C": words.CO2, "W": words.WHOLE, "R": words.REST, "U": ["toaster", "toaster", "toaster", UNKNOWN],
                   "T": ["topic", "topic", "topic", UNKNOWN, f"{UNKNOWN} {UNKNOWN}", f"{UNKNOWN} topic"], "S": words.SHOP, "K": words.ROOMS, "X": EXPENSIVE, "O": [UNKNOWN]}[kind]
        return rng.choice(choices)


def number_placeholders(text: str, plan: str) -> tuple[str, str]:
    """Numbers what stays a number, day, time or cluster in reading order; the plan names those marked "#" in the same order."""
    counters: dict[str, int] = {}
    used: dict[str, list[str]] = {}

    def next_name(match: re.Match[str]) -> str:
        letter, mark = match.groups()
        counters[letter] = counters.get(letter, 0) + 1
        name = f"{letter}{counters[letter]}"
        if mark == "#":
            used.setdefault(letter, []).append(name)
        return name

    numbered = NUMBER.sub(next_name, text)
    return numbered, NUMBER.sub(lambda match: used[match.group(1)].pop(0), plan)


def draw_from(rules: list[tuple[float, str, list[str]]], weights: list[float], rng: random.Random, period_probability: float = 0.7) -> tuple[str, str]:
    """Text and plan, their appliances and periods still marks."""
    _, plan, templates = rng.choices(rules, weights)[0]
    template = rng.choice(templates)
    parts = plan.split()
    drawer = Drawer(rng, 1.0 if parts[0] == "compare_periods" else period_probability)
    text = sample(template, drawer, rng)
    filled = [drawer.plan_words.get(word, {"p": "default", "F": "24"}.get(word, word)) for word in parts]
    if parts[0] == "compare_periods":
        filled.insert(-1, "vs")
    return text.replace("d%", ""), " ".join(filled)


def dress(text: str, rng: random.Random) -> str:
    if rng.random() < 0.32:
        text = f"{rng.choice(words.OPENERS)} {text}"
    if rng.random() < 0.14:
        text = f"{text} {rng.choice(words.CLOSERS)}"
    if rng.random() < FRAMED:
        text = f"{_frame(voices_frames.BEFORE + voices_frames.CALLS_ON, rng)} {text}"
    if rng.random() < FRAMED:
        text = f"{text} {_frame(voices_frames.AFTER, rng)}"
    return text


def _frame(frames: list[str], rng: random.Random) -> str:
    return sample(rng.choice(frames), lambda name: name, rng)


LEFT_OUT = {"the", "our", "a", "did", "does", "is", "of", "we", "us", "do", "in", "on", "are", "to", "for", "what", "it"}


def roughen(text: str, rng: random.Random) -> str:
    """Words left out, unknown or doubled, as typing and a small vocabulary make them."""
    if rng.random() < 0.6:
        return text
    result = []
    for word in text.split():
        roll = rng.random()
        if roll < 0.05 and word in LEFT_OUT:
            continue
        if 0.05 <= roll < 0.075 and len(word) > 3 and "§" not in word:
            result.append(UNKNOWN)
            continue
        if 0.075 <= roll < 0.085:
            result.append(rng.choice(["in", "on", "for", "of", "at", "the", "so", "then", "like", "just", "really", "actually", "please"]))
        result.append(word)
        if 0.085 <= roll < 0.1:
            result.append(UNKNOWN)
    return " ".join(result) or text


def call(rng: random.Random, period_probability: float = 0.7) -> tuple[str, str]:
    return draw_from(CALL_RULES, CALL_WEIGHTS, rng, period_probability)


def draw_pair(rng: random.Random) -> tuple[str, str]:
    """Model input and output."""
    roll = rng.random()
    previous = "none"
    if roll < 0.50:
        text, plan = call(rng)
        text = dress(text, rng)
        if rng.random() < 0.25 and followups.stands_alone(text):
            previous = followups.previous_text(call(rng)[1])
        if rng.random() < STORY_PROBABILITY:
            text, plan = voices_stories.tell_story(text, plan, rng, previous != "none")
    elif roll < 0.504:
        text, plan = voices_stories.story_only(rng)
    elif roll < 0.72:
        text, plan = draw_from(OTHER_RULES, OTHER_WEIGHTS, rng)
        unclear = plan.startswith("unclear")
        if rng.random() < (0.25 if unclear else 0.4):
            text = dress(text, rng)
        names_thing = "toaster" in text or set(text.split()) <= {UNKNOWN}
        if rng.random() < 0.45 and (not unclear or names_thing) and "it" not in text.split() and plan != "reply how_it_works":
            previous = followups.previous_text(call(rng)[1])
        if plan.startswith("refuse") and len(text.split()) > 3 and rng.random() < STORY_PROBABILITY:
            text, plan = voices_stories.tell_story(text, plan, rng, previous != "none")
    elif roll < 0.91:
        previous, text, plan = followups.draw_followup(rng, lambda: call(rng))
    else:
        if rng.random() < 0.3:
            text, plan = draw_from(voices_followups.SEVERAL, SEVERAL_WEIGHTS, rng)
        else:
            text, plan = joined_questions.draw_several(rng, lambda: call(rng, 0.6))
        text = dress(text, rng)
    text, plan = lift(replace_synonyms(roughen(text, rng)), plan)
    text, plan = number_placeholders(text, plan)
    return (text if previous == "none" else f"prev {previous} ask {text}"), plan


if __name__ == "__main__":
    generator = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    for _ in range(int(sys.argv[1])):
        source, target = draw_pair(generator)
        print(f"{source}\n    -> {target}")
