"""How people say a formula: what is added or averaged, how much an element counts, how a value is rounded."""

from __future__ import annotations

import re
from decimal import Decimal

from sespms_rules.language.parsing.natural.ways import NAME, SHARE, Way, sure

_PLACES = r"(?:the nearest )?(?:(\d+) decimals?(?: places?)?|whole numbers?|(halves|half))(?: points?)?"
_TIES = r"(half up|half down|half even|up|down)"


def _rounding(found: re.Match[str]) -> str:
    places = f"{found[1]} decimal{'' if found[1] == '1' else 's'}" if found[1] else "whole numbers"
    return f"rounded {found[3]} to {'the nearest half' if found[2] else places}"


def _shares(found: re.Match[str]) -> str:
    return re.sub(r"(,? and|,| plus) (?=[0-9.]+%)", " + ", found[0])


_ANY = r"(?:the |all )*(?:points|ratings|elements|element (?:points|ratings))(?= |$)"
_TIMES = r" ?(?:\*|times|multiplied by|x|\u00d7) ?"
_ITS = r"(?:its|the|their|each|(?:the )?element|respective|corresponding|(?:its|their) (?:respective|corresponding|assigned))*"

FORMULAS = sure(
    (
        r"^(?:the |a )?(?:summary |total |overall |final )*score (?:is|are|equals) (?:calculated|computed|determined|obtained|derived|found|worked out) (?:as|by|from|by taking) ",
        "score is ",
    ),
    (
        rf"\b(?:by )?multiplying (?:each element's |the |the element |each )?(?:points|ratings|scores|rating|score) by {_ITS} ?weights? and (?:adding|summing|totaling)(?: up)?(?: (?:the )?(?:products|results|them|these))?(?: up)?$",
        "the sum of points times weight",
    ),
    (r", (?=rounded (?:half|up|down|to))", " "),
    (r"\b(\d+) decimal places?\b", lambda found: f"{found[1]} decimal{'' if found[1] == '1' else 's'}"),
    (
        r"\bsum of (?:the |all )*(?:element )?(points|scores|ratings) (?:times|multiplied by|x|\u00d7|\*) (?:the |their )?(?:element )?weights\b",
        r"sum of points times weight",
    ),
    (r"\b(average|sum|lowest|highest) of (?:the |all )*((?:non)?critical elements)\b", r"\1 of points of \2"),
    (r"\b(points|levels|scores) of (?:all |the |all the )(?=(?:(?:non)?critical )?elements)", r"\1 of "),
    (r"^(?:the )?score ?= ?", "score is "),
    (
        r"\b(?:a |the )?weighted (?:average|mean) of (?:all )?(?:the )?element scores\b",
        "the average of points by weight",
    ),
    (
        r"\b(?:a |the )?weighted (?:average|mean) of (?:all )?(?:the )?(?:element )?(points|levels|scores|ratings|elements)",
        r"the average of \1 by weight",
    ),
    (r"^(score is) (?:a |the )?weighted (?:average|mean)$", r"\1 the average of points by weight"),
    (r"^(score is) (?:a |the )?(?:simple |plain )?(?:average|mean)$", r"\1 the average of points"),
    (r"\b(?:a |the )?weighted sum of (?:the )?(points|levels|scores|ratings|elements)", r"the sum of \1 times weight"),
    (r"\b(?:the |a )?(?:simple |plain |arithmetic )*(?:mean|average) of\b", "the average of"),
    (r"\b(?:the )?total of\b", "the sum of"),
    (rf"\b(?:the )?min(?:imum)? of {_ANY}", "the lowest of points"),
    (rf"\b(?:the )?max(?:imum)? of {_ANY}", "the highest of points"),
    (r"(?<!the )\b(sum|lowest|highest) of (?=points|levels|scores)", r"the \1 of "),
    (
        r"\b(average|sum|lowest|highest) of (?:(?:all|the|each) (?:of the )?)+(?:element(?:s'|'s)? )?(points|levels|scores|ratings|elements)\b",
        r"\1 of \2",
    ),
    (
        r"\b(average|sum|lowest|highest) of (?:element )?(?:ratings|elements|element (?:points|scores))\b",
        r"\1 of points",
    ),
    (
        r"\bsum of (?:the )?weighted (?:element )?(?:points|scores)\b",
        "sum of points times weight",
    ),
    (
        r"\bsum of (?:each element's |the element )?points,? (?:times|multiplied by|\*|x|\u00d7) (?:its|the|their|each)?(?: element)? ?weights?",
        "sum of points times weight",
    ),
    (r"\bsum of \((points|levels|scores) (?:times|\*|x|\u00d7) weights?\)", r"sum of \1 times weight"),
    (r"\b(points|levels|scores) (?:multiplied by|x|\u00d7) (?:the )?weights?\b", r"\1 times weight"),
    (r"\b(points|levels|scores) times (?:the )?weights\b", r"\1 times weight"),
    (
        r"^multiply (?:the )?points by (?:the )?weights? and add (?:them|the products) up$",
        "score is the sum of points times weight",
    ),
    (r"^(?:the )?(?:element )?(?:points|ratings|scores) are averaged$", "score is the average of points"),
    (
        r"^(?:each element's |the )?(?:points|ratings|scores) are multiplied by (?:its|the|their) weights?(?: and added(?: up| together)?)?$",
        "score is the sum of points times weight",
    ),
    (r"\bpercent\b", "%"),
    (r"(\d) %", r"\1%"),
    (
        r'\bthe (?:lower|lesser|minimum) of (?=(?:score|(?:the points of )?"[^"]*")(?:, (?:score|(?:the points of )?"[^"]*"))* and (?:score|(?:the points of )?"))',
        "the smaller of ",
    ),
    (
        r'\bthe (?:higher|greater|maximum) of (?=(?:score|(?:the points of )?"[^"]*")(?:, (?:score|(?:the points of )?"[^"]*"))* and (?:score|(?:the points of )?"))',
        "the larger of ",
    ),
    (rf"\bthe (?:lower|lesser|minimum|smaller) of (.+) and {SHARE}$", r"\1 but no more than \2"),
    (rf"\bthe (?:lower|lesser|minimum|smaller) of {SHARE} and (.+)$", r"\2 but no more than \1"),
    (rf"\bthe (?:higher|greater|maximum|larger) of (.+) and {SHARE}$", r"\1 but no less than \2"),
    (rf"\bthe (?:higher|greater|maximum|larger) of {SHARE} and (.+)$", r"\2 but no less than \1"),
    (
        rf",? (?:but )?(?:must not exceed|not to exceed|not exceeding|no higher than|capped at|up to) {SHARE}$",
        r" but no more than \1",
    ),
    (rf",? (?:but )?(?:no lower than|not below) {SHARE}$", r" but no less than \1"),
)

_PART = r"\d+(?:\.\d+)?%|0?\.\d+"
"""How much of an element counts: a share in percent, or below one in decimals."""

_ONE = r'(?:the points of )?"(?!points of )[^"]*"'


def _named_first(found: re.Match[str]) -> str:
    """Of elements the points are named before the larger or the smaller of them is taken: that reads names alone."""
    names = re.findall(r'"([^"]*)"', found[3])
    lines = [f'"points of {name}" is the points of "{name}"' for name in dict.fromkeys(names)]
    one, *others = (f'"points of {name}"' for name in names)
    listed = "".join(f", {each}" for each in others[:-1])
    return "\n  ".join((*lines, f"{found[1]}the {found[2]} of {one}{listed} and {others[-1]}"))


LARGER_OF_ELEMENTS = sure(
    (
        rf'^((?:score|"[^"]*") is )the (larger|smaller) of ({_ONE}(?:, {_ONE})*,? and {_ONE})$',
        _named_first,
    ),
)
"""Tried where the text declares all of these as elements, and none of the values that it names."""

_OF_ONE = r"(?:the )?points of "


def _in_percent(number: str) -> str:
    """A share as the language writes it: `0.4` is `40%`."""
    return number if number.endswith("%") else f"{(Decimal(number) * 100).normalize():f}%"


OF_NAMED_ELEMENTS = sure(
    Way(r'\bthe rating of (?=")', "the points of ", False),
    (
        rf"(?:{_OF_ONE})?{NAME}{_TIMES}({_PART})(?![\d.])",
        lambda found: f"{_in_percent(found[2])} of the points of {found[1]}",
    ),
    (
        rf"(?<![\d.])({_PART})(?:{_TIMES}| of )(?:{_OF_ONE})?{NAME}",
        lambda found: f"{_in_percent(found[1])} of the points of {found[2]}",
    ),
    (r'(%? of the points of "[^"]*") plus (?=[\d.]+%)', r"\1 + "),
)
"""How much one element counts; of a value with a name, no points are spoken of."""

SHARES = sure(
    (r'[\d.]+% of (?:the points of )?"[^"]*"(?:(?:,? and|,| plus) [\d.]+% of (?:the points of )?"[^"]*")+$', _shares),
)

ROUNDING = (
    *sure(
        (r"\bto the nearest 0?\.5\b", "to the nearest half"),
        (r"\bto the nearest (?:tenth|0?\.1)\b", "to 1 decimal"),
        (r"\bto the nearest (?:hundredth|0?\.01)\b", "to 2 decimals"),
        (rf"\brounded {_TIES} to (?:the nearest )?(?:halves|half)(?: points?)?$", r"rounded \1 to the nearest half"),
        (rf"\brounded to {_PLACES},? {_TIES}$", _rounding),
        (r"\bto (?:the nearest )?(\d+) decimal places?\b", r"to \1 decimals"),
        (r"\bto 1 decimals\b", "to 1 decimal"),
        (r"\bto (?:the nearest |a )?whole number\b", "to whole numbers"),
    ),
)
