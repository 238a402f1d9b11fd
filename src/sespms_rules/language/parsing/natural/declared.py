"""What a text declares, and what may be a name that it does not: read off the text, which need not be read whole."""

from __future__ import annotations

import re
from functools import lru_cache

TEXTS = 4
"""Of how many texts is kept what they declare: each line that cannot be read asks for it again."""

_DECLARED = re.compile(r'^\s+level (\d) "([^"\n]+)"', re.MULTILINE | re.IGNORECASE)
_NAMES = re.compile(
    r'^(?:critical element|noncritical element|table) "([^"\n]+)"|^\s+"([^"\n]+)" is ', re.MULTILINE | re.IGNORECASE
)
_ELEMENTS = re.compile(r'^(?:non)?critical element "([^"\n]+)"', re.MULTILINE | re.IGNORECASE)
_SCORES = re.compile(r"^\s+score is (?!at |more |less |below |exactly )(.*?)\s*$", re.MULTILINE | re.IGNORECASE)
_AVERAGE = re.compile(
    r"the average of points(?: of (?:critical elements|elements|requirements))?(?: by weight)?", re.IGNORECASE
)
_FACTS = re.compile(r'^\s+"[^"\n]+" is one of (.*)$', re.MULTILINE)
FEDERAL = {
    "exceeds fully successful": "4",
    "fully successful": "3",
    "minimally satisfactory": "2",
    "outstanding": "5",
    "unsatisfactory": "1",
}
"""The terms of 5 CFR 430.305(a)(7), for a file that declares its levels under other names or elsewhere."""

NOBODY = ("nothing", "everything", "anything", "nobody", "everybody", "anybody", "everyone", "anyone", "none")
"""What stands for all or none of something, and names nothing by itself."""

_NO_NAMES = frozenset((
    "min", "max", "minimum", "maximum", "sum", "total", "average", "mean", "weight", "weights", "rating",
    "ratings", "score", "scores", "element", "elements", "level", "levels", "each", "all", "every", "any",
    "no", "the", "a", "an", "if", "when", "period", "plan", "plans",
    *NOBODY,
))  # fmt: skip
"""Words that formulas, limits and totals are made of: no name begins with one."""


def reads_as_a_name(words: str) -> bool:
    """Whether words in capitals may be a name: they begin with none of what formulas and limits are made of."""
    said = words.casefold().split()
    return said[0] not in _NO_NAMES and said[-1] not in ("of", "and", "the", "for", "to")


@lru_cache(maxsize=TEXTS)
def declared_names(text: str) -> frozenset[str]:
    """The names of elements, tables, values and facts that a text declares, and the words that facts are one of."""
    words = (each for line in _FACTS.findall(text) for each in re.findall(r'"([^"\n]+)"', line))
    return frozenset([*(one or other for one, other in _NAMES.findall(text)), *words])


@lru_cache(maxsize=TEXTS)
def declared_levels(text: str) -> frozenset[str]:
    """The numbers of the levels that a text declares, as digits; none where it takes over those of another text."""
    return frozenset(number for number, _ in _DECLARED.findall(text))


@lru_cache(maxsize=TEXTS)
def level_terms(text: str) -> frozenset[str]:
    """The terms of levels, in small letters: those that a text declares and those of the law."""
    return frozenset(FEDERAL) | {term.casefold() for _, term in _DECLARED.findall(text)}


def may_be_new(words: str, text: str) -> bool:
    """Whether words may be a name that a text does not declare: no term of a level, and not what formulas say."""
    return words not in level_terms(text) and reads_as_a_name(words)


@lru_cache(maxsize=TEXTS)
def declared_elements(text: str) -> frozenset[str]:
    """The names of the elements that a text has a block for."""
    return frozenset(_ELEMENTS.findall(text))


@lru_cache(maxsize=TEXTS)
def scores_are_averages(text: str) -> bool:
    """Whether each score that a text works out is the average of points, so that who says one means the other."""
    scores = _SCORES.findall(text)
    return bool(scores) and all(map(_AVERAGE.fullmatch, scores))


@lru_cache(maxsize=TEXTS)
def declared_values(text: str) -> frozenset[str]:
    """The names of values that a text works out."""
    return frozenset(value for _, value in _NAMES.findall(text) if value)


@lru_cache(maxsize=TEXTS)
def own_terms(text: str) -> dict[str, str]:
    """The terms that a text declares, in small letters, with the level of each; not to be changed."""
    return {term.casefold(): level for level, term in _DECLARED.findall(text)}
