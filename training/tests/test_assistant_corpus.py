import random
import re
import unittest

from training.assistant import corpus, words
from training.assistant.names import lift
from training.assistant.synonyms import replace_synonyms

# As lib/assistant/planner/plan-grammar.ts has it.
MOST_CALLS = 3
APPLIANCE = f"(?:a\\d|{'|'.join(words.APPLIANCES)})"
SUBJECT = f"(?:{APPLIANCE}|other|total)"
PERIOD = r"(?:default|same|before|now|today|this month|p\d)"
CALL = re.compile("|".join([
    f"power_now {SUBJECT}", f"energy_use {SUBJECT} (?:energy|cost|co2) (?:none|appliance|room|hour|day|month) {PERIOD}",
    f"compare_periods {SUBJECT} (?:energy|cost|co2) {PERIOD} vs (?:{PERIOD}|year_before)", f"peak_demand {PERIOD}",
    f"runs {APPLIANCE} (?:count|duration|last|first|list|cost) {PERIOD}", f"always_on {PERIOD}", f"appliance_state {APPLIANCE}",
    f"electrical_quality (?:all|voltage|frequency|power_factor|thd) {PERIOD}", r"devices (?:all|c\d)",
    "site_facts (?:all|tariff|location|buildings|rooms)", f"coverage {PERIOD}", r"forecast (?:1|6|12|24|48|72|168|f\d|p\d)",
    f"anomalies {PERIOD}", f"maintenance (?:{APPLIANCE}|all)", f"savings (?:{APPLIANCE}|all)",
]))
OTHER = re.compile(
    "reply (?:greeting|thanks|goodbye|capabilities|identity|how_it_works)|refuse (?:out_of_scope|control|private)|"
    "unclear (?:appliance|period|everything)"
)
PLACEHOLDER = re.compile(r"\b[apfc]\d\b")


def is_valid(plan):
    calls = plan.split(" ; ")
    return OTHER.fullmatch(plan) is not None or (len(calls) <= MOST_CALLS and all(map(CALL.fullmatch, calls)))


class AssistantCorpusTest(unittest.TestCase):
    def test_every_template_means_a_plan_of_the_grammar(self):
        rng = random.Random(1)
        for rules in (corpus.CALL_RULES, corpus.OTHER_RULES):
            for _, meant, templates in rules:
                for template in templates:
                    for probability in (0, 1):
                        text, plan = corpus.draw_from([(1, meant, [template])], [1], rng, probability)
                        text, plan = corpus.number_placeholders(*lift(replace_synonyms(text), plan))
                        self.assertTrue(is_valid(plan), f"{template!r} means {plan!r}")
                        self.assertLessEqual(set(PLACEHOLDER.findall(plan)), set(text.split()), f"{template!r} means {plan!r}")

    def test_what_is_drawn_is_a_plan_of_the_grammar(self):
        rng = random.Random(2)
        for _ in range(5000):
            text, plan = corpus.draw_pair(rng)
            self.assertTrue(is_valid(re.sub(r"\ba[09]\b", "a1", plan)), f"{text!r} means {plan!r}")


if __name__ == "__main__":
    unittest.main()
