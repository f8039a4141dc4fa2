import random
import re
import unittest

from training.assistant import corpus, voices_followups, voices_other, voices_stories
from training.assistant.templates import parse

PLACEHOLDER = re.compile(r"\b[apfc]\d\b")


class VoicesTest(unittest.TestCase):
    def test_every_template_parses(self):
        rules = voices_other.CALLS + voices_other.OTHERS + voices_followups.SEVERAL
        for _, _, templates in rules:
            for template in templates:
                parse(template)
        for template in voices_stories.BEFORE + voices_stories.BEHIND + voices_stories.AT_THAT_TIME:
            parse(template)

    def test_a_plan_names_only_what_its_question_names(self):
        rng = random.Random(1)
        for _ in range(3000):
            text, plan = corpus.draw_pair(rng)
            self.assertNotRegex(f"{text} {plan}".replace("[UNK]", ""), r"[§{}|\[\]]")
            self.assertLessEqual(set(PLACEHOLDER.findall(plan)), set(PLACEHOLDER.findall(text)), (text, plan))
            for call in plan.split(" ; "):
                self.assertEqual(call.startswith("compare_periods"), " vs " in call, plan)

    def test_what_happened_says_when_where_the_question_does_not(self):
        rng = random.Random(2)
        plans = set()
        for _ in range(400):
            text, plan = voices_stories.tell_story("how much did we use", "energy_use total energy none default", rng, False)
            plans.add(plan.split()[-1][:2])
            if plan.endswith("default"):
                starts = [event.split("{P}")[0] for event in voices_stories.AT_THAT_TIME if event.endswith("{P}") and "[" not in event]
                self.assertFalse(any(text.startswith(start) for start in starts))
        self.assertEqual(plans, {"de", "p§"})


if __name__ == "__main__":
    unittest.main()
