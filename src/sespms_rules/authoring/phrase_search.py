"""Words as people use them -> the sentences of the language that speak of them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sespms_rules.language.phrasebook import Phrase

# What people say -> words that the language's own sentences use for it.
_SYNONYMS = {
    "allowed": ("may",),
    "appeal": ("appealable", "review", "response"),
    "assessment": ("appraisal", "rating"),
    "bonus": ("award",),
    "bonuses": ("award",),
    "boss": ("supervisor", "rating official"),
    "cap": ("no higher", "at most", "none above", "distribution"),
    "ceiling": ("no higher", "at most", "none above"),
    "comment": ("response", "feedback"),
    "criterion": ("standard", "requirement"),
    "curve": ("forced distribution", "distribution"),
    "cutoff": ("score",),
    "cut": ("score",),
    "deadline": ("within", "by", "days"),
    "definition": ("means", "is"),
    "employee": ("executive",),
    "evaluation": ("appraisal", "evaluation"),
    "example": ("scenario", "expect"),
    "feedback": ("progress review", "tells", "advice"),
    "fired": ("removal",),
    "floor": ("at least", "no lower"),
    "formula": ("score", "sum", "average"),
    "goal": ("goal", "toward"),
    "grade": ("level", "rating"),
    "grievance": ("appealable", "response"),
    "limit": ("at most", "at least", "no higher", "none above"),
    "mean": ("average",),
    "midyear": ("progress review",),
    "mid-year": ("progress review",),
    "minimum": ("at least",),
    "maximum": ("at most", "none above"),
    "objective": ("requirement", "goal", "element"),
    "panel": ("board",),
    "percentage": ("percent", "%", "weight"),
    "performance plan": ("performance plan",),
    "prb": ("performance review board", "board"),
    "promotion": ("pay",),
    "quota": ("distribution", "forced"),
    "raise": ("pay", "no lower"),
    "reconsideration": ("higher-level review",),
    "rollup": ("summary rating", "score"),
    "salary": ("pay",),
    "sign": ("certified", "approved"),
    "threshold": ("score", "at least"),
    "weighted": ("weight",),
    "weighting": ("weight",),
}


def searched(book: Iterable[Phrase], words: str) -> tuple[Phrase, ...]:
    """The sentences that hold each of the words, in any of its meanings; where no sentence holds all, those with most.

    The order of the book is kept. A word is found at its beginning: `review` finds `reviewed`.
    """
    wanted = [_meanings(each) for each in re.findall(r"[\w%-]+", words.casefold())]
    held = [(phrase, sum(any(_speaks(phrase, each) for each in meanings) for meanings in wanted)) for phrase in book]
    most = max((count for _, count in held), default=0)
    return tuple(phrase for phrase, count in held if most and count == most)


def _meanings(word: str) -> tuple[str, ...]:
    single = word[:-1] if word.endswith("s") and not word.endswith("ss") else word
    return (single, *_SYNONYMS.get(word, _SYNONYMS.get(single, ())))


def _speaks(phrase: Phrase, words: str) -> bool:
    text = " ".join((phrase.part.value, phrase.name, phrase.means, *phrase.examples)).casefold()
    return re.search(rf"(?<!\w){re.escape(words)}", text) is not None
