"""How people bound what someone may get: a cap for whoever has such an element, and the ends of a range of scores."""

from __future__ import annotations

import re

from sespms_rules.language.parsing.natural.ways import NUMBER, Way, sure

_CANNOT = r",? (?:can ?not|may not|must not|shall not|will not|(?:is|are) not (?:allowed to|to))"
_CAN = r",? (?:can|may|shall|will|is to)"
_GET = r" (?:be rated|be given|receive|get|have|earn|be)(?: an?| the)?(?: (?:summary |overall |final )*rating(?: of)?)?"
_ABOVE = r" (?:(?:at )?(?:higher|better|more|greater) than|above|over) (?:an? )?(?P<most>level \d)$"
_NO_MORE = r",? (?:is|are|shall be|must be) (?:capped|limited) (?:at|to) (?:an? )?(?P<most>level \d)$"
_CAPS = (
    r" (?:limits?|caps?|holds?) (?:the |an? )?(?:summary |overall |final )*(?:rating|executive) (?:at|to) (?:an? )?"
    r"(?P<most>level \d)$"
)
_WHO = r"(?:(?:(?:an? |any )?(?:executive|employee|appointee|SES member)s?|anyone|those|whoever) )?"
_NOBODY = r"(?:nobody|no one|no 1|no executive|no employee) "
_WITH = r"(?:who (?:is|are) |(?:who|that) (?:has|have|receives?|gets?) |with |having |has )?"
_KIND = r"(?:any |an? |1 |one )?(?P<{}>(?:(?:non)?critical )?element)s?"
_SUCH = (
    rf"(?:{_KIND.format('one')} (?:is |are |rated |at )*(?P<at>(?:below )?level \d)"
    rf"|(?:rated |an? |any |rating of )*(?P<level>(?:below )?level \d)(?: ratings?)?(?: (?:on|in|for))? {_KIND.format('other')})"
)
"""An element at a level, or a level in an element."""


def _capped(found: re.Match[str]) -> str:
    """`any critical element at level 2 makes the rating no higher than level 3`, whichever was named first."""
    part = found.groupdict()
    where = part["at"] or part["level"]
    where = where if where.lower().startswith("below") else f"at {where}"
    return f"any {part['one'] or part['other']} {where} makes the rating no higher than {part['most']}"


CAPS: tuple[Way, ...] = sure(
    (f"^{_WHO}{_WITH}{_SUCH}{_CANNOT}{_GET}{_ABOVE}", _capped),
    (f"^{_NOBODY}{_WITH}{_SUCH}{_CAN}{_GET}{_ABOVE}", _capped),
    (f"^{_WHO}{_WITH}{_SUCH}{_NO_MORE}", _capped),
    (f"^{_SUCH}{_CAPS}", _capped),
)
"""Who has such an element gets no more than a level; each is said as what it makes of the rating."""

_BELOW = r"(?:below|under|less than|lower than)"
_BEYOND = r"(?:above|over|more than|greater than|higher than)"
_ITSELF = r"where \1 itself belongs to it"

THRU = sure((rf"{NUMBER}(%?) ?thru {NUMBER}", r"\1\2 to \3"))

ENDS: tuple[Way, ...] = (
    *THRU,
    *sure(
        (
            rf"^(?:score )?(?:{_BELOW} (?:or|and) equal(?: to)?|{_BELOW} or equals) {NUMBER} is (level \d)$",
            r"\2 when score is at most \1",
        ),
        (
            rf"^(?:score )?{_BELOW} {NUMBER},? or (?:equal|equals)(?: to it)? is (level \d)$",
            r"\2 when score is at most \1",
        ),
        (rf"^(?:score )?(?:{_BEYOND} (?:or|and) equal(?: to)?) {NUMBER} is (?=level)", r"score at least \1 is "),
        (rf"^(?:score )?{_BEYOND} {NUMBER},? or (?:equal|equals)(?: to it)? is (?=level)", r"score at least \1 is "),
    ),
    Way(
        rf"^(?:score )?{_BELOW} {NUMBER},? (?:or|and) (?:less|lower|below|under|fewer) is (level \d)$",
        r"score below \1 is \2",
        False,
        rf"`\2 when score is at most \1` {_ITSELF}",
        asks=True,  # by the one reading the number itself counts, by the other it does not
    ),
    Way(
        rf"^(?:score )?{_BEYOND} {NUMBER},? (?:or|and) (?:more|higher|above|over|up|better|greater) is (level \d)$",
        r"\2 when score is more than \1",
        False,
        rf"`score at least \1 is \2` {_ITSELF}",
        asks=True,
    ),
)
"""The ends of a range that are said twice, so that nobody can tell whether the number itself belongs to it."""
