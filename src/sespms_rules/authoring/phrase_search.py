"""Words as people use them -> the sentences of the language that speak of them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sespms_rules.language.phrasebook import Phrase

# What people say -> words that the language's own sentences use for it.
_TOGETHER = {
    "due date": "due",
    "self assessment": "self-assessment",
    "mid year": "midyear",
    "not rated": "unrated",
    "performance improvement plan": "pip",
    "rating of record": "annual rating",
}
"""Words that mean something together, and the one word they are looked up by."""

_SYNONYMS = {
    "allowed": ("may",),
    "appeal": ("appealable", "higher-level review", "written response"),
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
    "deadline": ("within", "with at least", "by period start"),
    "definition": ("means", "is"),
    "due": ("within", "with at least", "by period start", "at least 10 days"),
    "edp": ("development plan",),
    "employee": ("executive",),
    "evaluation": ("appraisal", "evaluation"),
    "example": ("scenario", "expect"),
    "feedback": ("progress review", "tells", "advice"),
    "fail": ("at level 1", "below level"),
    "failing": ("at level 1", "below level"),
    "failure": ("at level 1", "below level"),
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
    "outstanding": ("level 5", "outstanding"),
    "panel": ("board",),
    "pass": ("rated on levels", "at level"),
    "percentage": ("percent", "%", "weight"),
    "pip": ("requires",),
    "prb": ("performance review board", "board"),
    "promotion": ("pay",),
    "quota": ("distribution", "forced"),
    "raise": ("pay", "no lower"),
    "rater": ("rating official",),
    "reconsideration": ("higher-level review",),
    "response": ("written response", "respond", "on request"),
    "retention": ("kept", "retention"),
    "rollup": ("summary rating", "score"),
    "round": ("rounded",),
    "rounding": ("rounded",),
    "salary": ("pay",),
    "self-assessment": ("executive narrative", "includes a summary narrative"),
    "sign": ("certified", "approved", "in writing"),
    "signature": ("certified", "approved", "in writing"),
    "supervisor": ("rating official", "gaining supervisor"),
    "threshold": ("score", "at least"),
    "tie": ("rounded",),
    "unsatisfactory": ("level 1", "at level 1", "unsatisfactory"),
    "weighted": ("weight",),
    "weighting": ("weight",),
}


LONGEST = 200
"""Letters of what is looked for; each word is compared with every sentence."""

_NAMES = re.compile(r'"[^"]*"')


def searched(book: Iterable[Phrase], words: str) -> tuple[Phrase, ...]:
    """The sentences that hold each of the words, in any of its meanings; where no sentence holds all, those with most.

    The order of the book is kept. A word is found at its beginning: `review` finds `reviewed`.
    """
    asked = " ".join(words.casefold().split())
    for together, one in _TOGETHER.items():
        asked = asked.replace(together, one)
    wanted = [_meanings(each) for each in re.findall(r"[\w%-]+", asked)]
    held = [(phrase, sum(any(_speaks(phrase, each) for each in meanings) for meanings in wanted)) for phrase in book]
    most = max((count for _, count in held), default=0)
    return tuple(phrase for phrase, count in held if most and count == most)


def _meanings(word: str) -> tuple[str, ...]:
    single = word[:-1] if word.endswith("s") and not word.endswith("ss") else word
    return (single, *_SYNONYMS.get(word, _SYNONYMS.get(single, ())))


def _speaks(phrase: Phrase, words: str) -> bool:
    said = _NAMES.sub('""', " ".join(phrase.examples))  # the wording of an agency is no word of the language
    text = " ".join((phrase.part.value, phrase.name, phrase.means, said)).casefold()
    return re.search(rf"(?<!\w){re.escape(words)}", text) is not None
