"""Level terms inside running text: where an author writes of a level by its word.

A term is told from common words by how it stands: `Minimally Successful` with capital letters inside a sentence,
`rated minimally successful`, `a minimally successful rating`. Where it stands otherwise, at the start of a sentence
or in small letters, it may be plain English and is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from sespms_rules.checks.analysis.levels import folded
from sespms_rules.foundation.patterns import late
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.language.syntax.words import FederalLevel

_QUALIFIERS = frozenset({
    "above", "achieved", "achieves", "below", "does", "exceed", "exceeded", "exceeds", "far", "fully", "highly",
    "marginally", "meet", "meets", "met", "minimally", "needs", "not", "partially", "significantly", "substantially",
})  # fmt: skip
_FINAL = frozenset({
    "acceptable", "commendable", "distinguished", "exceptional", "excellence", "excellent", "expectations",
    "improvement", "marginal", "meritorious", "outstanding", "satisfactory", "successful", "superior", "unacceptable",
    "unsatisfactory", "unsuccessful",
})  # fmt: skip
_VERBS = frozenset({"above", "achieved", "achieves", "below", "exceed", "exceeded", "exceeds", "meet", "meets", "met"})
_PLAIN = frozenset({
    "commendable", "distinguished", "exceptional", "excellence", "excellent", "improvement", "meritorious", "superior",
})  # fmt: skip
"""Words that are no term when they stand alone with a capital letter: a rank, a court, an award."""

_LEVEL_WORDS = _QUALIFIERS | _FINAL

MEANINGS = {
    "outstanding": 5, "exceptional": 5, "distinguished": 5, "achieved excellence": 5, "exceeds fully successful": 4,
    "exceeds expectations": 4, "exceeded expectations": 4, "superior": 4, "meritorious": 4, "commendable": 4,
    "fully successful": 3, "successful": 3, "meets expectations": 3, "achieved expectations": 3, "satisfactory": 3,
    "fully meets expectations": 3, "met expectations": 3, "acceptable": 3, "meets fully successful": 3,
    "minimally satisfactory": 2, "minimally successful": 2, "minimally acceptable": 2, "marginal": 2,
    "marginally successful": 2, "needs improvement": 2, "partially meets expectations": 2, "partially successful": 2,
    "unsatisfactory": 1, "unacceptable": 1, "unsuccessful": 1, "does not meet expectations": 1,
}  # fmt: skip
"""Terms that agencies and the law use, with the level each commonly stands for: only ever a suggestion."""

_NEAR = 40
"""How many characters before and behind a term are looked at."""

_TEXTS = 2_048
"""Of how many texts it is kept what stands in them."""

_LAW = frozenset(level.value for level in FederalLevel)

_WORD = late(r"[A-Za-z]+(?:['’-][A-Za-z]+)*|[.!?:;•]")
_RATED = late(r"\b(?:rated|rated\s+as|rated\s+at|rating\s+of|level\s+of)\s+[\"'“‘]?$", re.IGNORECASE)
_RATING = late(r"^[\"'”’]?\s+(?:level|rating|summary\s+rating|summary\s+level)s?\b", re.IGNORECASE)
_NUMBER_BEFORE = late(r"\blevel\s+([1-5])\s*(?:,|:|\(|-|–|—)?\s*[\"'“‘]?$", re.IGNORECASE)
_NUMBER_BEHIND = late(r"^[\"'”’]?\s*(?:\(|,|-|–|—)\s*level\s+([1-5])\b", re.IGNORECASE)


class Mention(Frozen):
    """A level term in a text: from `start` to `end`, and the number of the level that the text puts beside it."""

    words: str
    start: int
    end: int
    number: int | None = field(default=None)


class _Word(Frozen, often=True):
    text: str
    start: int
    end: int
    opens: bool
    joined: bool


@lru_cache(maxsize=256)
def terms_in(label: str) -> frozenset[str]:
    """What counts as one term: a label as it is written, and the level words it holds (`Category 1, Distinguished`)."""
    runs = (" ".join(each.text for each in run) for run in _runs(_words(label)))
    return frozenset({folded(label), *map(folded, runs)})


@lru_cache(maxsize=_TEXTS)
def mentions(text: str, declared: frozenset[str]) -> tuple[Mention, ...]:
    """Every place in a text that speaks of a level by a term; `declared` are the system's own terms, folded."""
    return tuple(_mentioned(text, declared))


def _mentioned(text: str, declared: frozenset[str]) -> Iterator[Mention]:
    for run in _runs(_words(text)):
        start, end = run[0].start, run[-1].end
        words = folded(text[start:end])
        before, behind = text[max(start - _NEAR, 0) : start], text[end : end + _NEAR]
        all_capital = all(each.text[0].isupper() for each in run)
        beside, is_spoken_of = None, False
        near = f"{before}\n{behind}".lower()
        if "level" in near or "rat" in near:  # as `rated` and `rating` begin
            beside = (_NUMBER_BEFORE.search(before) or _NUMBER_BEHIND.search(behind)) if all_capital else None
            is_spoken_of = bool(_RATED.search(before) or _RATING.search(behind))
        shortened = folded(text[run[1].start : end]) if len(run) > 1 else ""
        if run[0].opens and folded(run[0].text) in _VERBS and shortened in declared and beside is None:
            continue  # `Exceeds Fully Successful standards` may be a verb and a term
        is_term = is_spoken_of or _is_term(run, behind) if all_capital else is_spoken_of and len(run) > 1
        if beside or (is_term and (all_capital or words not in _LAW)):
            yield Mention(" ".join(text[start:end].split()), start, end, int(beside[1]) if beside else None)


@lru_cache(maxsize=_TEXTS)
def misspellings(text: str, labels: tuple[str, ...]) -> tuple[tuple[Mention, str], ...]:
    """Every place with as many capital words as a label and almost its letters, and the label."""
    return tuple(_misspelled(_words(text), labels))


def _misspelled(words: tuple[_Word, ...], labels: tuple[str, ...]) -> Iterator[tuple[Mention, str]]:
    capital = [each.text[0].isupper() for each in words]
    for label in labels:
        count = len(label.split())
        for place in range(len(words) - count + 1 if count > 1 else 0):
            if not all(capital[place : place + count]):
                continue
            run = words[place : place + count]
            if not all(each.joined for each in run[1:]):
                continue
            said = " ".join(each.text for each in run)
            if said.casefold() != folded(label) and _almost(said.casefold(), folded(label)):
                yield Mention(said, run[0].start, run[-1].end), label


def _almost(one: str, other: str) -> bool:
    """Whether two terms differ by a slip of the pen: at most two letters, in one of their words."""
    differing = [pair for pair in zip(one.split(), other.split(), strict=False) if pair[0] != pair[1]]
    if len(one.split()) != len(other.split()) or len(differing) != 1:
        return False
    said, meant = differing[0]
    if min(len(said), len(meant)) < 5:
        return False
    from difflib import SequenceMatcher  # few texts come so near to a term

    blocks = SequenceMatcher(None, said, meant, autojunk=False).get_matching_blocks()
    return max(len(said), len(meant)) - sum(each.size for each in blocks) <= 2


def _is_term(run: list[_Word], behind: str) -> bool:
    """Whether capital letters make a run a term, and are not only those of a sentence's start or of a name."""
    if len(run) > 1:
        return True
    follows = re.match(r"\s+[A-Z]", behind)
    return not run[0].opens and folded(run[0].text) not in _PLAIN and not follows


@lru_cache(maxsize=_TEXTS)
def _words(text: str) -> tuple[_Word, ...]:
    """The words of a text.

    `opens` is set where a sentence, an item or the text itself begins, `joined` where only blanks part a word from
    the one before it.
    """
    found: list[_Word] = []
    opens, last = True, 0
    for match in _WORD.finditer(text):
        if not match[0][0].isalpha():
            opens = True
            continue
        found.append(_Word(match[0], match.start(), match.end(), opens, text[last : match.start()].isspace()))
        opens, last = False, match.end()
    return tuple(found)


def _runs(words: Iterable[_Word]) -> Iterator[list[_Word]]:
    """The longest runs of level words that end in a word that can end a term."""
    run: list[_Word] = []
    for each in words:
        if run and not (each.joined and each.text.casefold() in _LEVEL_WORDS):
            yield from _ended(run)
            run = []
        if each.text.casefold() in _LEVEL_WORDS:
            run.append(each)
    yield from _ended(run)


def _ended(run: list[_Word]) -> Iterator[list[_Word]]:
    while run and run[-1].text.casefold() not in _FINAL:
        run = run[:-1]
    if run:
        yield run
