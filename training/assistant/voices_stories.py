"""What people tell before and behind a question: who wants to know and why, what else is going on. {O} a word the tokenizer does not
know, {P} a period that says when something happened, {F} one to come, {A} an appliance the question is not about."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from training.assistant.names import fresh
from training.assistant.templates import sample

WHO = "[our wife|the wife|my wife|our neighbour|the neighbour|the landlord|the tenant|our supplier|the council|our accountant|the office|{O}|a man from {O}|the lady from the office]"
# Says nothing of when the question is about.
BEFORE = [
    WHO + " is visiting {F} [and i wonder|so|and we want to know|]", WHO + " is coming over {F} [so|and i wonder|and wants to know|]", WHO + " is here and [asks|wants to know|i would like to show her]", WHO + " keeps [asking|nagging|complaining] [so|and now i wonder|]", WHO + " does not believe us [so|]", WHO + " thinks we [waste|use|spend] too much [so|]", WHO + " said something and now i wonder", WHO + " is on the phone and [asks|wants to know|needs to know]", WHO + " wrote us a letter and wants to know", WHO + " will not stop going on about it so", "i promised " + WHO + " [i would find out|to find out|an answer|to ask]", "i had a row with " + WHO + " about this", WHO + " and i have a bet", "we are arguing about this at home", "settle an argument for us",
    "i am doing our tax return and need to know", "i am filling in a form and they ask", "i have to fill in a form and need to know", "i am sitting here with the bill in front of me and wonder", "i am sitting at the kitchen table with all our papers and i wonder", "for our tax return", "for the insurance", "i am writing a report and need to know", "i have to present this {F} and need to know", "i am doing the accounts", "we have a meeting {F} and i need to know", "i am making a list", "i am planning our budget [for {F}|]", "we are thinking of moving so", "we just moved in and", "we just moved in [and have no idea|and are curious|]", "we only moved in {P} and", "we bought the house {P} and are curious", "i started here {P} and want to know",
    "i read that prices go up so", "i read something in the paper and now i wonder", "i saw something about this on the news", "prices are going mad so", "everything gets more expensive so", "money is tight so", "money is a bit short {P} so", "times are hard so", "i just lost our job and have to watch every penny", "i live on a small pension and want to know", "now that it is getting cold", "now that the nights are longer", "since it got colder", "with this cold", "with all this rain", "as i am home alone", "i could not sleep and got thinking", "i was lying awake wondering", "i was in the shower and suddenly wondered", "i was looking out of the window wondering",
    "i am an old man and not good with these things but", "i am not good with numbers but", "i am not technical at all but", "sorry if this is a silly question but", "this may sound silly but", "stupid question maybe but", "maybe i am blind but", "sorry to bother you but", "sorry to bother you again", "sorry me again", "i hope you do not mind me asking but", "i do not want to be a pain but", "forgive our english", "sorry for our bad english", "excuse our english", "i am not from here so sorry for our english", "i can not find it anywhere", "i have looked everywhere and can not find it", "i looked at the chart but can not see it", "i clicked everywhere and can not find it", "i am new to this but", "i am new here and would like to know", "bear with us", "i am in a hurry so quickly", "quick one before i leave", "before i go to bed", "before we leave for the airport", "before i forget", "before i forget it again", "just got home and", "i am standing in the kitchen and wonder", "i am on the train and wonder", "i am at work and wonder", "i am in the shop and wonder", "i am typing this with wet hands", "ok so here is the thing", "so here is our question", "here is what i want to know", "right here goes", "listen up", "let me put it like this", "let me ask you this", "now tell us one thing", "explain one thing to us", "riddle me this", "here is one for you", "this one is for you", "i have been meaning to ask", "i always wanted to ask", "i have wondered for ages", "it has been bugging us", "it has been on our mind", "what i really want to know is", "all i want to know is", "the only thing i want to know is", "what interests me is", "what would interest us", "what i do not get is", "what i was wondering is", "thing is i need to know", "basically what i need is", "the question is", "the big question is", "our question would be", "my question is as follows", "i have a doubt", "one doubt i am having", "kindly help with this", "kindly tell", "kindly let me know", "please be so kind and tell us", "would you be so kind and tell us", "could i trouble you to tell us", "could i bother you for", "any chance you could dig out", "any chance you can see", "would you happen to know", "would it be possible to see", "is it possible to know", "is there a way to see", "is there any way to find out", "it would be great if you could tell us", "it would be lovely to know", "i would be grateful if you could tell us", "be a love and tell us", "be a star and tell us", "go on tell us", "spill the beans", "give it to us straight", "without beating about the bush", "no excuses now", "if you are so clever tell us", "since you know everything", "you who knows everything", "let us see if you can answer this", "i bet you can not tell us", "not that i care but", "not that it matters but", "just out of nosiness", "purely out of interest", "for a laugh", "asking for a wife",
]
# Tells of something else that happened: a question without a period is about that time.
AT_THAT_TIME = ["we had guests {P}", "we had " + WHO + " staying with us {P}", "our wife stayed with us {P}", "the wife was home {P}", "the wife was sick at home {P}", "i was in bed with a cold {P}", "i worked from home {P}", "we were away {P}", "we were all at home {P}", "nobody was home {P}", "it was freezing {P}", "it was so hot {P}", "it was bitterly cold {P}", "it rained all the time {P}", "we had a party {P}", "we had a houseful {P}", "we had the builders in {P}", "there was a storm {P}", "we were in {O} {P}", "we were on the road {P}", "i tried to save {P}", "we tried to be careful {P}", "i was careless {P}", "the wife had the house to herself {P}", "we lent the house to {O} {P}", "we cooked for n% {P}", "i did nothing but housework {P}", "we celebrated {P}", "it was a long day {P}"]
AFTER_EVENT = ["", "so", "and", "and now i wonder", "so i wonder", "and i want to know", "so tell us", "and would like to know", "now", "and am curious", "so i am curious"]
# About another appliance, for questions that name their own.
OTHER_APPLIANCE = ["i just put on {A} and wonder", "while {A} is running", "{A} is running and i wonder", "i am standing in front of {A} and wonder", "we are thinking of a new {A} but first", "we just got a new {A} and now i wonder", "{A} is fine but", "never mind {A}", "i know about {A} already but", "leave {A} out of it", "not {A} this time", "{A} is not the problem but", "i do not think it is {A} but", "forget {A}", "{A} i know", "enough of {A}", "apart from {A}"]
BEHIND = [
    "because " + WHO + " thinks it is too much", "because " + WHO + " keeps asking", "because i do not know", "because i have no idea", "because i want to save", "because we want to reduce it", "because the bill is so high", "because i can not find it", "because i am curious", WHO + " wants to know", WHO + " is asking", WHO + " asked me", "i promised " + WHO, "to show " + WHO, "so i can tell " + WHO, "so that i can tell " + WHO, "i have to tell " + WHO, "i need to give it to " + WHO,
    "i need it for our tax return", "i need it for the tax", "it is for the tax", "it is for the insurance", "i need it for a form", "for a form i have to fill in", "i need it for a report", "i need it by {F}", "so i can plan", "so that i can sleep", "since prices went up", "it has been bugging us", "it has been on our mind", "been wondering for ages", "i was wondering", "i have always wondered", "i am worried it is too much", "i worry a bit", "we try to save", "we are trying to use less", "money is tight", "times are hard", "if it is not too much trouble", "if it is not too much to ask", "if that is something you can see", "if you can see that", "if you do not mind", "if you would be so kind", "if you would", "when you get a minute", "whenever you have time", "no rush", "take your time", "in one sentence", "in a few words", "in short", "keep it short", "just the number", "just a number please", "no long story please", "in simple words", "in plain english", "please in simple words", "explain it simply", "i am not technical", "i am old", "it would help us a lot", "that would help", "would be lovely to know", "that would be great", "that is all i want to know", "that is our question", "that is the question", "that is what i want to know", "i bet you know", "you must know that", "you should know", "surely you know", "go on tell us", "come on", "and be honest", "be honest", "no lies", "thanks in advance", "cheers in advance", "many thanks in advance", "kindly tell", "kindly do the needful", "tell no", "only asking", "asking for " + WHO, "do not tell the wife", "sorry for asking", "sorry for the trouble", "sorry for our english", "you know what i mean", "if you get our drift", "i mean", "i guess", "i suppose", "mind you", "or is that a stupid question", "or is that not possible", "or can you not see that", "or do you not know", "or so", "or thereabouts", "ballpark", "a rough number is fine", "roughly is fine", "to the nearest whole number", "to the penny",
]
# Turns to something else in a conversation.
CHANGES = ["different question", "a different question", "different thing", "on another note", "totally different thing", "something completely different", "unrelated but", "changing the subject", "to change the subject", "start over", "let us start over", "fresh start", "forget all that", "enough of that", "now something else", "one other thing", "another thing", "next thing", "ok next", "and now for something else", "by the way", "that reminds me", "while i have you here", "while i am here", "since you are here", "new question", "here is another", "got another one", "last one i promise", "one last thing", "ok back to business", "thanks now tell us", "great now", "good now", "right so next"]



def tell_story(text: str, plan: str, rng: random.Random, has_previous: bool) -> tuple[str, str]:
    """A question with what a talkative person says around it."""
    if len(text.split()) > 20:
        return text, plan
    name = _namer(rng)
    parts = plan.split()
    roll = rng.random()
    if has_previous and roll < 0.4:
        return f"{rng.choice(CHANGES)} {text}", plan
    if roll < 0.17 and parts[0] in ("energy_use", "runs", "peak_demand", "anomalies") and parts[-1] == "default" and ";" not in parts and "last" not in parts:
        period = fresh("p")
        event = rng.choice(AT_THAT_TIME).replace("{P}", period)
        return sample(f"{event} {rng.choice(AFTER_EVENT)} {{text}}", lambda slot: text if slot == "text" else name(slot), rng), f"{' '.join(parts[:-1])} {period}"
    if roll < 0.25 and any(part.startswith("a§") for part in parts):
        return sample(f"{rng.choice(OTHER_APPLIANCE)} {{text}}", lambda slot: text if slot == "text" else name(slot), rng), plan
    if roll < 0.7:
        return sample(f"{rng.choice(BEFORE)} {{text}}", lambda slot: text if slot == "text" else name(slot), rng), plan
    return sample(f"{{text}} {rng.choice(BEHIND)}", lambda slot: text if slot == "text" else name(slot), rng), plan


def _namer(rng: random.Random) -> Callable[[str], str]:
    kinds = {"A": "a", "P": "p", "F": "f"}
    return lambda slot: fresh(kinds[slot]) if slot in kinds else "[UNK]" if rng.random() < 0.7 else "[UNK] [UNK]"


def story_only(rng: random.Random) -> tuple[str, str]:
    """What happened, and no question."""
    return sample(rng.choice(AT_THAT_TIME), _namer(rng), rng), "refuse out_of_scope"
