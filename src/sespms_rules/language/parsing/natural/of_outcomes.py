"""How people say what comes out of a plan's ratings: for whom, of which elements named together, of an average.

Tried before the other ways of what derives a rating, whose words these sentences are put into.
"""

from __future__ import annotations

import re
from typing import Final

from sespms_rules.language.parsing.natural.ways import Way, likely, sure

_WHERE: Final = r"((?:at|below) level \d(?: or better)?)"
_LIMIT: Final = r"(?:at least|at most|more than|less than) \d+(?:\.\d+)?"
_MAKES: Final = r"(?:makes|results in|gives|means|leads to)"
_UNRATED: Final = r"(?:not rated|unrated|without (?:a )?ratings?)"
_KIND: Final = r"(?:(?:non)?critical )?"
_QUOTED: Final = r'"[^"]*"'
_BOTH: Final = rf"(?:both )?({_QUOTED}(?:, {_QUOTED})*,? and {_QUOTED})"
_EITHER: Final = rf"(?:either )?({_QUOTED}(?:, {_QUOTED})*,? or {_QUOTED})"
_WEIGHTED: Final = r"weighted by (?:the |their |its )?(?:element )?weights?\b"
_SUMMARY: Final = r"the (?:summary|overall)(?: result| level| outcome)?"


def _each_there(found: re.Match[str]) -> str:
    """A condition on each of the elements that are named together, one behind the other."""
    names = re.findall(_QUOTED, found[2])
    return found[1] + " and ".join(f"{name} is {found[3]}" for name in names)


def _a_line_each(found: re.Match[str]) -> str:
    """A line for each of the elements of which one is enough; all of them give the same."""
    names = re.findall(_QUOTED, found[2])
    return "\n  ".join(f"{found[1]}{name} is {found[3]}" for name in names)


THE_AVERAGE: Final[tuple[Way, ...]] = likely(
    (
        r"\b(when|if|and) (?:the )?average of (?:the |all )*(?:points|ratings|elements|element ratings) "
        r"(?=is |at least |at most |more than |below \d)",
        r"\1 score ",
    ),
)
"""Tried where every score of the text is an average of its members' points, and nothing is done to it."""

OF_OUTCOMES: tuple[Way, ...] = (
    *sure(
        (rf"\b{_SUMMARY}(?= (?:is|shall|must|will|cannot|can not|may not)\b)", "the rating"),
        (rf"\b(makes?) {_SUMMARY}(?= level \d)", r"\1 the rating"),
        (
            rf"^an? (level 1) ({_KIND}element) {_MAKES} the (?:summary |overall )*rating (level \d)$",
            r"any \2 at \1 makes the rating \3",
        ),
        (
            r"^no (?:summary |overall )*rating (?:is )?(?:above|higher than|better than) (level \d) (?:if|when|where) "
            rf"(any .+?) (?:is |are )?{_WHERE}$",
            r"\2 \3 makes the rating no higher than \1",
        ),
        (
            rf"^executives? (?:with|who (?:has|have)) (any {_KIND}element) (?:rated )?{_WHERE} "
            r"(?:is|are|gets?|receives?) (?:rated )?(?:a |an )?(?:at )?(level \d)$",
            r"\1 \2 makes the rating \3",
        ),
        (
            rf"^(?:nobody|no one|no executive) (?:with|who has) an? ({_KIND}element) {_WHERE} (?:may|can|shall|must) "
            r"(?:be|get|receive) (?:rated )?(?:above|higher than|better than) (level \d)$",
            r"any \1 \2 makes the rating no higher than \3",
        ),
        (r"^(level \d) for (?:everyone|anyone|everybody|executives?|those|whoever) whose (?=score )", r"\1 when "),
        (rf"\b(?:at least )?(?:three|3)[- ]quarters of (?:the )?(?={_KIND}elements)", "at least 75% of the "),
        (rf"\bsum of (?:the |all )*(?:element scores|points) {_WEIGHTED}", "sum of points times weight"),
        (rf"\b(average|mean) of (?:the |all )*element scores {_WEIGHTED}", r"\1 of points by weight"),
        (
            rf"\b((?:average|mean) of (?:the |all )*(?:points|levels|scores|ratings|elements)) {_WEIGHTED}",
            r"\1 by weight",
        ),
        (rf"^(level \d) for (?=(?:a |all )?(?:total |summary )?scores? (?:of )?{_LIMIT})", r"\1 is for "),
        (rf"^(level \d (?:when|if) (?:.* and )?){_BOTH} (?:are|is) (?:both )?{_WHERE}$", _each_there),
        (
            rf"^(?:ignore|leave out|exclude|disregard|skip) (?:all |any |the )?{_UNRATED} ({_KIND}(?:elements|requirements))$",
            r"unrated \1 are left out",
        ),
        (
            rf"^if (?:an?|any) ({_KIND}(?:element|requirement)) (?:is {_UNRATED}|has no rating),? (?:then )?"
            r"(?:(?:leave|leaves) it out|(?:ignore|exclude|skip|disregard) it|it (?:does not count|is (?:left out|ignored|excluded)))$",
            r"unrated \1s are left out",
        ),
    ),
    *likely(
        (rf"^(unrated {_KIND}(?:elements|requirements)) (?:may|can) be left out$", r"\1 are left out"),
        (
            rf"^an? (level [2-5]) ({_KIND}element) {_MAKES} the (?:summary |overall )*rating (level \d)$",
            r"any \2 at \1 makes the rating \3",
        ),
    ),
    *THE_AVERAGE,
    Way(
        r"^(score is) (?:a |the )?weighted sum$",
        r"\1 the sum of points times weight",
        False,
        "where the lines are in points and not in points times weights, `score is the average of points by weight`",
    ),
    Way(
        rf"^score (?:must|has to|needs to|should) be ({_LIMIT}) (?:for|to (?:get|receive|earn|give)) (?:a |an )?(level \d)$",
        r"\2 presupposes score is \1",
        False,
    ),
    Way(
        rf"^(level \d (?:when|if) ){_EITHER} (?:is|are) {_WHERE}$",
        _a_line_each,
        False,
        "both may fit one appraisal, and both give the same",
    ),
)
"""Of the summary rating and of elements that are derived."""
