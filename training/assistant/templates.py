"""A small template language: `[a|b|]` picks one of the choices (nested), `{name}` asks for a slot, the rest is text."""

from __future__ import annotations

import functools
import random
from collections.abc import Callable

Node = tuple  # ('text', str) | ('slot', str) | ('choice', list[list[Node]])


@functools.lru_cache(maxsize=None)
def parse(template: str) -> tuple[Node, ...]:
    position = 0

    def sequence(stop: str) -> tuple[Node, ...]:
        nonlocal position
        nodes: list[Node] = []
        text = ""
        while position < len(template) and template[position] not in stop:
            character = template[position]
            if character in "[{":
                if text:
                    nodes.append(("text", text))
                    text = ""
                position += 1
                if character == "{":
                    end = template.index("}", position)
                    nodes.append(("slot", template[position:end]))
                    position = end + 1
                    continue
                choices = [sequence("|]")]
                while template[position] == "|":
                    position += 1
                    choices.append(sequence("|]"))
                position += 1
                # "[UNK]" is a word that the model does not know, no choice.
                nodes.append(("text", "[UNK]") if choices == [(("text", "UNK"),)] else ("choice", tuple(choices)))
            else:
                text += character
                position += 1
        if text:
            nodes.append(("text", text))
        return tuple(nodes)

    nodes = sequence("")
    if position != len(template):
        raise ValueError(f"unbalanced template: {template!r}")
    return nodes


def sample(template: str, slot: Callable[[str], str], rng: random.Random) -> str:
    """Text of one random expansion; `slot` is asked in reading order."""

    def expand(nodes: tuple[Node, ...]) -> str:
        parts = []
        for kind, value in nodes:
            if kind == "text":
                parts.append(value)
            elif kind == "slot":
                parts.append(slot(value))
            else:
                parts.append(expand(rng.choice(value)))
        return "".join(parts)

    return " ".join(expand(parse(template)).split())
