"""Size of the planner and the words it knows."""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path

SPECIAL = ["<pad>", "</s>", "[UNK]"]
PAD, END, UNKNOWN = range(3)
MAX_SOURCE = 48
MAX_TARGET = 32

T5 = {
    "d_model": 128, "d_kv": 32, "num_heads": 4, "d_ff": 320, "num_layers": 3, "num_decoder_layers": 2, "relative_attention_num_buckets": 16,
    "relative_attention_max_distance": 48, "dropout_rate": 0.0, "feed_forward_proj": "relu", "tie_word_embeddings": True,
    "pad_token_id": PAD, "eos_token_id": END, "decoder_start_token_id": PAD,
}


def build_vocabulary(pairs: int, seed: int) -> list[str]:
    """Every word the grammar can say often enough to be learned, commonest first."""
    from training.assistant.corpus import draw_pair

    rng = random.Random(seed)
    counts: Counter[str] = Counter()
    for _ in range(pairs):
        for text in draw_pair(rng):
            counts.update(text.split())
    placeholders = ["a0", "a9"] + [f"{letter}{number}" for letter in "ndtcapf" for number in range(1, 5)]
    kept = [word for word, count in counts.most_common() if count >= 3 and word not in SPECIAL and word not in placeholders]
    return SPECIAL + placeholders + kept


class Words:
    """Word-level tokenizer: a word or the unknown token."""

    def __init__(self, vocabulary: list[str]) -> None:
        self.vocabulary = vocabulary
        self.index = {word: position for position, word in enumerate(vocabulary)}

    @classmethod
    def load(cls, path: Path) -> Words:
        return cls(json.loads(path.read_text()))

    def encode(self, text: str, limit: int) -> list[int]:
        return [self.index.get(word, UNKNOWN) for word in text.split()][: limit - 1] + [END]

    def decode(self, ids: list[int]) -> str:
        return " ".join(self.vocabulary[token] for token in ids if token not in (PAD, END))
