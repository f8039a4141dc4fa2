"""Questions of energy, cost and CO2 and of comparisons in many voices: the templates of voices_*.py together."""

from __future__ import annotations

from training.assistant import voices_compare_phrases, voices_energy_house_phrases, voices_energy_phrases, voices_energy_split_phrases, voices_why_phrases

RULES = voices_energy_phrases.RULES + voices_energy_house_phrases.RULES + voices_energy_split_phrases.RULES + voices_compare_phrases.RULES + voices_why_phrases.RULES
