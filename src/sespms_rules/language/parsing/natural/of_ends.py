"""How people say both ends of a limit in one sentence, an end behind a formula, and a share of what weights total.

No end that was written is lost: a floor and a cap become one range, a largest value is said of the formula.
"""

from __future__ import annotations

import re
from fractions import Fraction

from sespms_rules.foundation.origin import exact
from sespms_rules.language.parsing.natural.ways import NAME, NUMBER, SHARE, Way, sure


def _range(found: re.Match[str]) -> str:
    """`at most 60 and at least 40` as `40 to 60`; two floors, or a floor above the cap, stay as they are."""
    one, low, other, high = found[1].lower(), found[2], found[3].lower(), found[4]
    if one == other:
        return found[0]
    if one == "at most":
        low, high = high, low
    return f"{low} to {high}" if Fraction(low) <= Fraction(high) else found[0]


BOTH_ENDS = sure(
    (rf"\b(at least|at most) {NUMBER} ?%?,? ?(?:and |but )?(at least|at most) {NUMBER} ?%?$", _range),
    (rf'^("[^"]*"|all|the others) from {NUMBER} to {NUMBER}$', r"\1 \2 to \3"),
)
"""A floor and a cap of a weight, in either order."""

_MOST = r"(?:max(?:imum)?\.?(?: of)?|at most|(?:not|no) (?:more|higher|greater) than|capped at|limited to|with a (?:cap|maximum) of)"
_LEAST = r"(?:min(?:imum)?\.?(?: of)?|at least|(?:not|no) (?:less|lower) than|with a (?:floor|minimum) of)"

LIMITED_FORMULAS = sure(
    (
        rf'^((?:score|"[^"]*") is (?!.*\brounded\b).*?[^,\s]),? (?:but |and )?{_MOST} {SHARE}$',
        r"\1 but no more than \2",
    ),
    (
        rf'^((?:score|"[^"]*") is (?!.*\brounded\b).*?[^,\s]),? (?:but |and )?{_LEAST} {SHARE}$',
        r"\1 but no less than \2",
    ),
    (rf'^((?:score|"[^"]*") is ){NAME} for (?=score$|"[^"]*"$)', r"\1the \2 for "),
)
"""The largest or smallest value behind a formula, and a table that is looked up."""


def _next_level(found: re.Match[str]) -> str:
    return f"below level {int(found[1]) + 1}"


OR_BELOW = Way(r"\b(?:at |rated )?level ([1-4]),? or (?:lower|below|less|worse|under)\b", _next_level)
"""Level 5 has no better level beside it: whatever is at it or below it is any rating at all, which no line asks."""

_RATING = r"(?:summary |overall |final )*rating"

AT_OR_BEYOND: tuple[Way, ...] = (
    *sure(
        (r"\b(?:at or below|at or under|at or lower than|below or at) level ([1-4])\b", _next_level),
        (r"\b(?:at or above|at or over|at or higher than|above or at) level (\d)\b", r"at level \1 or better"),
        (
            rf"^(?:(?:cap|limit|hold) (?:the {_RATING} )?|(?:the )?{_RATING} is (?:capped|limited) )(?:at|to) (level \d) "
            r"(?:if|when|where) (any .+?) (?:is |are )?((?:at|below) level \d(?: or better)?)$",
            r"\2 \3 makes the rating no higher than \1",
        ),
        (rf"\b(when|and) score (?:is )?(?:below|less than|under) (?={NUMBER})", r"\1 score is less than "),
        (rf"\b(when|and) score (?=(?:at least|at most|more than|exactly) {NUMBER})", r"\1 score is "),
        (
            rf"^score (?:of )?{NUMBER} (?:or|and) (?:more|higher|above|greater|up),? (?:and|but) (?:below|less than|under) (?=\d)",
            r"score at least \1 and below ",
        ),
        (r'^(score|"[^"]*") from (?=\d+(?:\.\d+)?%? to \d)', r"\1 "),
        (rf"^score from {NUMBER}(?: up| upwards?)?(?= is level)", r"score at least \1"),
        (
            rf"^(level \d when )(?:a )?score (?:of |is )?{NUMBER} to {NUMBER}$",
            r"\1score is at least \2 and score is at most \3",
        ),
    ),
    Way(r"\btruncated (?=to )", "rounded down ", False, "below zero the two differ"),
)
"""A level itself and what lies beyond it; a cap said as an order; ends of a score in a condition."""

WHICHEVER = Way(
    r"^each (?=(?:(?:non)?critical )?(?:element|requirement) (?:(?:that )?is |rated )*(?:at|below) level \d)",
    "any ",
    False,
    "begin with `every` where all of them must be so",
)
"""`each element at level 1 makes the rating level 1`: one of them is enough, as a rule; `every` would ask all of them."""


def of_the_total(written: str, text: str) -> tuple[str, bool]:
    """A weight in percent as the number it is of the total that a text states; whether that is sure.

    Where nothing is said of the total the number stands as it is: a proposal.
    """
    shares = re.compile(r'("[^"]*")|(\d+(?:\.\d+)?) ?(?:%|(?:percent|per cent|pct)\b)', re.IGNORECASE)
    if re.match(r"(?:the )?(?:sum|total)|.*\b(?:totals?|add|adds|sum|sums) ", written, re.IGNORECASE):
        return written, True
    of_whole = re.search(r"\bwhole percent", written, re.IGNORECASE) is not None  # a hundredth of the total each
    if not of_whole and not any(found[2] for found in shares.finditer(written)):
        return written, True
    totals = set(re.findall(r"^\s+total (\d+(?:\.\d+)?)\s*(?:#.*)?$", text, re.MULTILINE))
    total = Fraction(totals.pop()) if len(totals) == 1 else None
    if total is None or total == 100:
        return written, total is not None
    told = shares.sub(lambda found: found[1] or exact(Fraction(found[2]) * total / 100), written)
    return told, "/" not in told and not of_whole
