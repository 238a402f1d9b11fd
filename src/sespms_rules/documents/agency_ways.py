"""How agencies say what the language says in other words -> its sentences, each way known by a whole sentence.

A way is one pattern over all of a sentence, so that nothing of it is lost unseen; what it adds is said to be a guess.
A sentence that says two things of one subject is taken only where both are understood, and one that stands below
another heading only where its own subject names the part it is of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from sespms_rules.documents.spoken import subject_of
from sespms_rules.documents.understanding import Understood, bare, is_whole, understood
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.syntax.limits import NUMBER_WORDS
from sespms_rules.language.syntax.words import PartKind

_COUNT: Final = r"(\d+|" + "|".join(NUMBER_WORDS) + ")"
_MUST: Final = r"(?:must be|shall be|will be|are|is)"


class _Way(Frozen):
    kind: PartKind
    pattern: re.Pattern[str]
    sentence: str
    guessed: bool


def _way(kind: PartKind, pattern: str, sentence: str, *, guessed: bool = False) -> _Way:
    return _Way(kind, re.compile(pattern, re.IGNORECASE), sentence, guessed)


_WAYS: Final = (
    _way(PartKind.SYSTEM, r"the purpose of (?:the|this) system is (to [^“”\"]+)", 'purpose "{0}"'),
    _way(
        PartKind.PERIOD,
        r"if the minimum(?: appraisal)? period is not met, the appraisal period is extended",
        "is extended until the minimum is met",
        guessed=True,
    ),
    _way(
        PartKind.REVIEW,
        rf"there {_MUST} at least {_COUNT} progress reviews? (?:during|in) (?:the|each|every) (?:appraisal )?period",
        "happens at least {0} times each period",
    ),
    _way(
        PartKind.REVIEW,
        r"the rating official (?:provides|gives) advice and (?:assistance|help)",
        "gives advice and help",
    ),
    _way(
        PartKind.RATING,
        r"an executive rated level (\d) on any critical element receives a summary rating of level (\d)",
        "any critical element at level {0} makes the rating level {1}",
    ),
    _way(
        PartKind.STEPS,
        r"the (?:performance review )?board makes (?:a|its) recommendation after the initial rating",
        "board recommendation by board after initial rating",
    ),
    _way(
        PartKind.STEPS,
        rf"the executive may respond in writing within {_COUNT} days after the initial rating",
        "written response by executive with at least {0} days after initial rating",
        guessed=True,
    ),
    _way(
        PartKind.BOARD,
        r"(?:board )?members (?:do|may|must|shall) not take part in (?:deliberations on|discussions of) their own"
        r" appraisals?",
        "excludes members from their own appraisal",
    ),
    _way(
        PartKind.BOARD,
        r"the (?:performance review )?board makes its recommendations? in writing",
        "recommends in writing",
    ),
    _way(
        PartKind.BOARD,
        rf"(?:a|the) majority of (?:the|its) members {_MUST} career appointees when a career executive is appraised",
        "has a career majority for career executives",
    ),
    _way(
        PartKind.REWARDS,
        r"a rating of level (\d) or (?:higher|better|above) is required for a performance award",
        "performance award needs level {0} or better",
    ),
    _way(
        PartKind.RECORDS,
        rf"records are kept for {_COUNT} years from the annual rating",
        "are kept at least {0} years from annual rating",
        guessed=True,
    ),
    _way(
        PartKind.EVALUATION,
        rf"the agency evaluates (?:the|this|its) system every {_COUNT} years",
        "happens at least 1 time every {0} years",
    ),
)
_COUNTS_FOR: Final = re.compile(r"(.+?) counts for (.+? (?:percent|%).*)", re.IGNORECASE)
_SHARE: Final = re.compile(r"(\d+(?:\.\d+)?) ?(?:percent|%)(?: of the (?:rating|score|total))?", re.IGNORECASE)
_OF_EACH: Final = re.compile(r",? and (?=.+? for \d)|, (?=.+? for \d)")
_TWO_THINGS: Final = re.compile(r"(?P<subject>[^,“”]+?) (?P<one>(?:is|are) [^,“”]+?) and (?P<other>(?:is|are) [^,“”]+)")


_NAMED_BY_SUBJECT: Final = (
    PartKind.SYSTEM,
    PartKind.PERIOD,
    PartKind.PLAN,
    PartKind.REVIEW,
    PartKind.APPRAISAL,
    PartKind.BOARD,
    PartKind.RECORDS,
    PartKind.TRAINING,
)
"""The parts whose subject names them wherever it stands; `weights` may be those of requirements, a limit any limit."""


class Known(Frozen):
    """What the document has said before: the names of elements, and the levels by their terms, in small letters."""

    elements: tuple[str, ...]
    terms: Mapping[str, str]


def all_understood(kind: PartKind | None, text: str, known: Known) -> tuple[Understood, ...]:
    """The sentences that a sentence below the heading of a part says, none where it is not understood as a whole."""
    whole = understood(kind, text) if kind is not None else None
    if whole is not None and not whole.guessed:
        return (whole,)
    for ways in (_two_things(kind, text, known), _said_otherwise(text, known), _by_subject(kind, text)):
        found = tuple(ways)
        if found:
            return found
    in_levels = _in_levels(text, known.terms)
    if in_levels != text and (found := all_understood(kind, in_levels, Known(known.elements, {}))):
        return found
    return () if whole is None else (whole,)


def _said_otherwise(text: str, known: Known) -> Iterator[Understood]:
    said, authority = bare(text)
    under = f' under "{authority}"' if authority else ""
    for way in _WAYS:
        found = way.pattern.fullmatch(said)
        if found is not None:
            sentence = way.sentence.format(*map(_number, found.groups())).replace(" 1 times ", " 1 time ") + under
            if is_whole(way.kind, sentence):
                yield Understood(way.kind, sentence, way.guessed)
                return
    yield from _weights(said, known.elements)


def _weights(said: str, elements: Iterable[str]) -> Iterator[Understood]:
    """`A counts for 60 percent, and B for 40 percent`: the weight of each, where every name is that of an element."""
    whole = _COUNTS_FOR.fullmatch(said)
    if whole is None:
        return
    first, *more = _OF_EACH.split(f"{whole[1]} for {whole[2]}")
    names = {each.casefold(): each for each in elements}
    made = []
    for each in (first, *more):
        name, _, share = each.rpartition(" for ")
        number = _SHARE.fullmatch(share.strip())
        if number is None or name.strip(" “”").casefold() not in names:
            return
        made.append(Understood(PartKind.WEIGHTS, f'"{names[name.strip(" “”").casefold()]}" exactly {number[1]}', False))
    if all(is_whole(each.kind, each.sentence) for each in made):
        yield from made


def _two_things(kind: PartKind | None, text: str, known: Known) -> Iterator[Understood]:
    said, authority = bare(text)
    found = _TWO_THINGS.fullmatch(said)
    if found is None or kind is None or authority:
        return
    halves = [all_understood(kind, f"{found['subject']} {found[each]}.", known) for each in ("one", "other")]
    if all(halves) and not any(each.guessed for half in halves for each in half):
        yield from (each for half in halves for each in half)


def _by_subject(kind: PartKind | None, text: str) -> Iterator[Understood]:
    """A sentence whose own subject names another part than the heading above it."""
    said = bare(text)[0].casefold()
    for other in _NAMED_BY_SUBJECT:
        subject = subject_of(other)
        if other is kind:
            continue
        if said.startswith((f"{subject} ", f"the purpose of {subject} ")):
            found = understood(other, text)
            if found is not None and not found.guessed:
                yield found
                return


def _in_levels(text: str, terms: Mapping[str, str]) -> str:
    """The same with the terms of levels, where they are written with a capital, as the levels that they are."""
    for term in sorted(terms, key=len, reverse=True):
        pieces = re.split(rf"\b({re.escape(term)})\b", text, flags=re.IGNORECASE)
        instead = (f"level {terms[term]}" if each[:1].isupper() else each for each in pieces[1::2])
        text = "".join(each for pair in zip(pieces[::2], [*instead, ""], strict=True) for each in pair)
    return text


def _number(text: str) -> str:
    words = {word: str(place) for place, word in enumerate(NUMBER_WORDS, 1)}
    return words.get(text.lower(), text)
