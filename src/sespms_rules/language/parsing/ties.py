"""A rounding that does not say how ties go -> the finding that asks for it; the author chooses, nothing is put in."""

from __future__ import annotations

import re

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.line_edits import one_of_several
from sespms_rules.language.parsing import findings
from sespms_rules.language.parsing.fault_places import Place
from sespms_rules.language.parsing.natural.saying import read_as
from sespms_rules.language.parsing.vocabulary import spelling
from sespms_rules.language.syntax.words import PartKind

_WAYS = {
    "rounded half up": "so that what lies halfway goes up",
    "rounded half down": "so that what lies halfway goes down",
    "rounded half even": "so that what lies halfway goes to the even figure",
    "rounded up": "so that all that lies between goes up",
    "rounded down": "so that all that lies between goes down",
}

_SAY_THE_TIE = "say how ties go: `half up`, `half down`, `half even`, `up` or `down`"


def no_tie(place: Place) -> Diagnostic | None:
    """`rounded` or `rounded half` behind which the parser waits for how ties go; None elsewhere."""
    ties = {"half", "up", "down", "even"}
    words = {spelling().get(kind) for kind in place.acceptable}
    if not words or not words <= ties or "rounded" not in place.words(place.first, place.at).split()[-2:]:
        return None
    begin = place.at - 2 if place.words(place.at - 1) == "half" else place.at - 1
    span = place.span(begin, place.at)
    message = f"`{place.quoted(span)}` does not say how ties go"
    return findings.NO_TIE.at(span, message, help=_SAY_THE_TIE)


def untold_tie(place: Place) -> Diagnostic | None:
    """Ties that are not said in a sentence that is said otherwise too, where to say them is all that is left to do."""
    at = next((each for each in range(place.sentence, place.sentence_end) if place.words(each) == "rounded"), None)
    if (
        at is None
        or place.words(at + 1) != "to"
        or place.part not in (PartKind.RATING, PartKind.CRITICAL_ELEMENT, PartKind.NONCRITICAL_ELEMENT)
    ):
        return None
    untold = findings.NO_TIE.at(place.span(at), "`rounded` does not say how ties go", help=_SAY_THE_TIE)
    return None if without_a_choice(place, untold) is untold else untold


def without_a_choice(place: Place, found: Diagnostic) -> Diagnostic:
    """The finding of ties that are not said, with an example in which they go up; the author chooses."""
    whole = place.span(place.sentence, place.sentence_end)
    going_up = re.sub(r"\brounded(?: half)?\b", "rounded half up", whole.words, count=1)
    tied = read_as(place, going_up)
    if tied is None:
        return found
    ways = () if tied != going_up else tuple(one_of_several(found.span, *each) for each in _WAYS.items())
    return findings.NO_TIE.at(found.span, found.message, help=f"{found.help}, as in `{tied}`", fixes=ways)
