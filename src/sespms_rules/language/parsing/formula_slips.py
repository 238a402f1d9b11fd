"""A line of a derivation that could not be read -> the finding for what spreadsheets and everyday speech would say.

Each slip here reads well and means something, only not in this language, so it is told by its fix and not by what
could stand at the place.
"""

from __future__ import annotations

import re

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.patterns import late
from sespms_rules.language.parsing import findings
from sespms_rules.language.parsing.fault_places import Place
from sespms_rules.language.parsing.lookahead import may_end
from sespms_rules.language.syntax.words import PartKind

_DERIVING = (PartKind.RATING, PartKind.CRITICAL_ELEMENT, PartKind.NONCRITICAL_ELEMENT)
_BEGIN_A_CLAUSE = frozenset({"STRING", "SCORE", "ANY", "NO", "EVERY", "MORE", "AT", "EXACTLY", "NUMBER"})

_FUNCTIONS = {
    "average": "the average of",
    "avg": "the average of",
    "mean": "the average of",
    "sum": "the sum of",
    "total": "the sum of",
    "max": "the larger of",
    "maximum": "the larger of",
    "larger": "the larger of",
    "min": "the smaller of",
    "minimum": "the smaller of",
    "smaller": "the smaller of",
    "highest": "the highest of",
    "lowest": "the lowest of",
    "count": "the number of",
    "number": "the number of",
    "share": "the share of",
}


def slip_in_formula(place: Place) -> Diagnostic | None:
    """Say what is wrong with a sentence of a derivation, where it is one of these slips."""
    if place.part not in _DERIVING or place.at >= place.end:
        return None
    return (
        _beyond_the_language(place) or _function(place) or _between(place) or _or(place) or _if(place) or _behind(place)
    )


def _beyond_the_language(place: Place) -> Diagnostic | None:
    """What no sentence says in these words: a median, a person who changes the rating."""
    written = " ".join(place.whole.text.split())
    span = place.span(place.at)
    if place.words(place.at) == "median":
        help = (
            "use `the average of`, `the lowest of` or `the highest of`, or count, as in "
            "`level 4 when more than half of the elements are at level 4 or better`"
        )
        return findings.UNKNOWN_WORD.at(span, "there is no median", help=help)
    if place.at <= place.first + 1 and _A_PERSON_CHANGES_IT.search(written):
        help = (
            "the summary rating derives one level; that a person may change it stands under `rating steps`, as in "
            "`annual rating may change the rating for written reasons`"
        )
        return findings.UNEXPECTED_WORDS.at(span, f"no sentence here begins with `{place.quoted(span)}`", help=help)
    return None


_A_PERSON_CHANGES_IT = late(r"\bmay (?:raise|lower|change|adjust|increase|reduce) the (?:summary )?rating")


def _function(place: Place) -> Diagnostic | None:
    """`AVERAGE(points)`: a function by its name, where a formula may begin."""
    word = place.words(place.at).casefold()
    if not {"THE", "POINTS"} <= place.acceptable:
        return None
    span = place.span(place.at)
    if word in ("round", "roundup", "rounddown"):
        help = "write the formula, and behind it for instance `rounded half up to 1 decimal`"
    elif word in _FUNCTIONS:
        help = f"write `{_FUNCTIONS[word]} …`"
    else:
        return None
    return findings.UNKNOWN_WORD.at(span, f"`{place.quoted(span)}` alone begins no formula", help=help)


def _between(place: Place) -> Diagnostic | None:
    """`score between 3 and 4`."""
    if place.words(place.at) != "between" or place.at == place.first or place.words(place.at - 1) != "score":
        return None
    help = "write both ends, as in `score 3 to 4`, or `score at least 3 and below 4` where the upper end is not meant"
    return findings.UNEXPECTED_WORDS.at(place.span(place.at), "a range is not said with `between`", help=help)


def _or(place: Place) -> Diagnostic | None:
    """Two conditions joined by `or`."""
    at = place.at if place.words(place.at) == "or" else place.at - 1
    follows = at + 1 < place.end and place.kinds[at + 1] in _BEGIN_A_CLAUSE
    if at <= place.first or place.words(at) != "or" or not follows:
        return None
    before = place.words(place.first, at)
    if re.fullmatch(r"level [1-5]", before):
        help = f"write a line for each level, the first for `{before}`"
        return findings.UNEXPECTED_WORDS.at(place.span(at), "a line is about one level", help=help)
    condition = re.split(r" (?:when|and) ", before)[-1]
    # Two lines say the same as `or` only where one element decides: several may differ in which they meet.
    if (found := _OF_SEVERAL.match(condition)) is not None:
        help = f"what is said of `{found[0]}` is not cut in two: name one range of levels, as in `at level 4 or better`"
    else:
        help = "write a line for each condition, both with the same outcome"
    return findings.UNEXPECTED_WORDS.at(place.span(at), "conditions are not joined by `or`", help=help)


_OF_SEVERAL = late(
    r"(?:every|all|no|more than half of|at least half of|at least \d+|at most \d+|exactly \d+) (?:of )?(?:the )?"
    r"(?:(?:non)?critical )?(?:element|requirement)s?(?= )"
)


def _if(place: Place) -> Diagnostic | None:
    """A line that begins with its condition."""
    if place.at != place.first or place.words(place.at).casefold() != "if":
        return None
    span = place.span(place.at)
    help = "begin with what follows from the condition, as in `level 5 when score is at least 4`"
    return findings.UNKNOWN_WORD.at(span, f"no sentence here begins with `{place.quoted(span)}`", help=help)


def _behind(place: Place) -> Diagnostic | None:
    """Words that belong further to the front: limits behind the rounding, `by weight` behind the elements."""
    if place.at == place.first or not may_end(place.stack):
        return None
    before = [place.words(each) for each in range(place.first, place.at)]
    if place.words(place.at) == "but" and "rounded" in before:
        span = place.span(place.at, place.end)
        message = f"`{place.quoted(span)}` stands behind the rounding"
        help = "put it before `rounded`: a value is held within its limits first, and rounded last"
        return findings.UNEXPECTED_WORDS.at(span, message, help=help)
    if place.at + 1 < place.end and place.words(place.at, place.at + 2) == "by weight" and "average" in before:
        span = place.span(place.at, place.at + 2)
        help = "put it before `of`, as in `the average of points by weight of …`"
        return findings.UNEXPECTED_WORDS.at(span, "`by weight` stands behind the elements", help=help)
    return None
