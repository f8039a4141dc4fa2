"""Marks that stand in a drawn question for an appliance or a period until placeholders are numbered in reading order, as the
application's normaliser numbers what it lifts out of a question."""

from __future__ import annotations

import itertools
import re

from training.assistant import words

MARK = re.compile(r"\b([apf])§(\w+)")
_numbers = itertools.count()
SMALL = {"the", "our", "my", "your", "that", "this", "these", "those", "his", "her", "their"}
BEFORE_PERIOD = {"in", "on", "over", "during", "for", "at", "within", "throughout", "across", "the", "whole", "entire", "all", "just", "by", "from", "around", "so", "far"}
# Behind one of these "on" says that something runs, not when.
ON_STATE = set("was were is are it been be left anything something everything nothing stay stayed still had have turned come came go went that thing toaster".split())
# Periods that templates name themselves: the application lifts these out too.
LITERAL = re.compile(r"\b(today|yesterday|tonight|last night|overnight|(?:this|last) (?:week|month|year|weekend|morning|evening|afternoon)|the weekend|tomorrow(?: morning| night)?|next (?:week|month|year)|the day after tomorrow)(?![\w§])")


def fresh(kind: str) -> str:
    return f"{kind}§{next(_numbers)}"


def lift(text: str, plan: str) -> tuple[str, str]:
    """Marks the appliances and periods a template names itself, drops the small words the normaliser drops, numbers all marks."""
    text = LITERAL.sub(lambda hit: f"{'f' if re.match('tomorrow|next|the day after', hit[1]) else 'p'}§lit{hit[1].replace(' ', '')}", text)
    result: list[str] = []
    for word in text.split():
        mark = f"a§{word}" if word in words.APPLIANCES else word
        if mark.startswith("a§"):
            while result and result[-1] in SMALL:
                result.pop()
        elif mark[:2] in ("p§", "f§"):
            ties = False
            while result and (result[-1] in BEFORE_PERIOD or result[-1] == "of"):
                if result[-1] == "on" and len(result) > 1 and (result[-2] in ON_STATE or result[-2].startswith("a§")):
                    break
                ties = result.pop() == "of"
            while mark.startswith("f§") and result and result[-1] in ("by", "until", "till"):
                result.pop()
            if ties:
                result.append("of")
        result.append(mark)
    names: dict[str, str] = {}
    counts = {"a": 0, "p": 0, "f": 0}
    for word in result:
        hit = MARK.fullmatch(word)
        if hit and word not in names:
            counts[hit[1]] += 1
            names[word] = f"{hit[1]}{counts[hit[1]]}"
    named = [names.get(word, word) for word in result]
    return " ".join(named), " ".join(names.get(word, names.get(f"a§{word}", word)) for word in plan.split())

