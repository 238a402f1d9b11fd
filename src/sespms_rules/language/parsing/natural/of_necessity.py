"""What a level needs, and what gives it: `requires`, `only when` and `unless` name what must be so, not what is enough.

Whoever says that level 5 requires no element below level 4 bars from level 5 whoever has one. It does not say that all
others get level 5. So a cap is proposed, never as sure, and beside it the line that would give the level.
"""

from __future__ import annotations

import re
from typing import Final

from sespms_rules.language.parsing.natural.ways import Way, sure

_GIVEN = r"(?:given|assigned|awarded|allowed|possible|available|reserved|granted)"
_LEADS_TO: Final = (
    r"(?:(?:shall |must |will )?(?:requires?|demands?|presupposes|have|has to have)"
    rf"|(?:(?:is|are|may be|can be|shall be|must be|will be) )?(?:{_GIVEN} )?only (?:{_GIVEN} )?(?:if|when|where|for)"
    r"|,? ?(?:but )?(?:provided(?: that)?|on condition that|as long as|so long as))"
)
_UNLESS: Final = r",? (?:unless|except (?:when|where|if))"
_WHOM: Final = (
    r"(?:(?:the )?(?:summary |overall |final |annual )*rating (?:is|shall be|must be|may be|can be|will be) "
    r"|(?:an? |the )?(?:executive|employee)s? (?:is|are|shall be|must be|may be|can be|will be) (?:rated )?(?:at )?)?"
)
_GROUP: Final = r"((?:non)?critical )?(element|requirement)s?"

NEEDED: tuple[Way, ...] = (
    Way(rf"^{_WHOM}(level \d)(?: rating)? ?{_LEADS_TO}(?: that)? (?=\S)", r"\1 presupposes ", False),
    Way(
        rf"^{_WHOM}(level \d){_UNLESS} (?:any|an|a|one) (.+?) (?:is |are )?((?:at|below) level \d(?: or better)?)$",
        r"\1 presupposes no \2 is \3",
        False,
    ),
    Way(
        rf'^{_WHOM}(level \d){_UNLESS} ("[^"]*") (?:is |are )?below (level \d)$',
        r"\1 presupposes \2 is at \3 or better",
        False,
    ),
    Way(
        r"^(.+?) (?:is|are) (?:required|needed|necessary) for (?:a |an )?(?:summary )?(?:rating of )?(level \d)$",
        r"\2 presupposes \1",
        False,
    ),
    Way(
        r"\bpresupposes (?:an? |the )?(?:total |overall |summary |average )*(?:score|average|sum) of (\d+(?:\.\d+)?)$",
        r"presupposes score is at least \1",
        False,
    ),
)
"""Every way to say what a level needs, put as `level 5 presupposes …`; tried before all others."""


BESIDE_ANOTHER: tuple[Way, ...] = sure(
    (
        rf"^(level \d) (?:if|when) (.+?){_UNLESS} (?:any|an|a|one) (.+?) (?:is |are )?((?:at|below) level \d(?: or better)?)$",
        r"\1 when \2 and no \3 is \4",
    ),
    (
        rf"^(score .+?) is (level \d){_UNLESS} (?:any|an|a|one) (.+?) (?:is |are )?((?:at|below) level \d(?: or better)?)$",
        r"\1 with no \3 \4 is \2",
    ),
    (
        r"^(score .+?) is (level \d),? (?:but )?(?:only (?:if|when|where)|provided(?: that)?|as long as) "
        r"(no|every|any|at least \d+) (.+?) (?:is |are )?((?:at|below) level \d(?: or better)?)$",
        r"\1 with \3 \4 \5 is \2",
    ),
)
"""What is needed beside a condition or a range of scores: both together are what gives the level."""


def _capped(group: str, level: str) -> str:
    plural = not group.startswith(("any ", "no ", "at most 1 "))
    return f"{group} make{'' if plural else 's'} the rating no higher than level {int(level) - 1}"


def _any(found: re.Match[str]) -> str:
    return _capped(f"any {found[2] or ''}{found[3]} {found[4]}", found[1])


def _any_below(found: re.Match[str]) -> str:
    return _capped(f"any {found[2] or ''}{found[3]} below level {found[4]}", found[1])


def _too_few(found: re.Match[str]) -> str:
    most = int(found[2]) - 1
    group = f"{found[3] or ''}{found[4]}"
    return _capped(f"at most {most} {group}{'' if most == 1 else 's'} {found[5]}", found[1])


_BARS = (
    Way(
        rf"^level ([2-5]) presupposes no {_GROUP} (?:is |are )?((?:at|below) level \d(?: or better)?)$",
        _any,
        False,
        r"`level \1 when no \2\3 is \4` where that alone gives level \1",
    ),
    Way(
        rf"^level ([2-5]) presupposes every {_GROUP} (?:is )?at level (\d) or better$",
        _any_below,
        False,
        r"`level \1 when every \2\3 is at level \4 or better` where that alone gives level \1",
    ),
    Way(
        rf"^level ([2-5]) presupposes every {_GROUP} (?:is )?at level (5)$",
        _any_below,
        False,
        r"`level \1 when every \2\3 is at level 5` where that alone gives level \1",
    ),
    Way(
        rf"^level ([2-5]) presupposes (?:at least 1|any) {_GROUP} (?:is |are )?(at level \d(?: or better)?)$",
        lambda found: _capped(f"no {found[2] or ''}{found[3]} {found[4]}", found[1]),
        False,
        r"`level \1 when any \2\3 is \4` where that alone gives level \1",
    ),
    Way(
        rf"^level ([2-5]) presupposes at least ([2-9]) {_GROUP} (?:is |are )?(at level \d(?: or better)?)$",
        _too_few,
        False,
        r"`level \1 when at least \2 \3\4s are \5` where that alone gives level \1",
    ),
)
"""What bars from a level, for what it needs of elements."""

AS_BAR: tuple[Way, ...] = (
    *_BARS,
    Way(
        r"^(level \d) presupposes (?:that )?(?=(?:an? |the )?(?:total |overall |summary )*(?:score|average|sum|\d))",
        r"\1 when ",
        False,
        r"this gives \1 to whoever meets it: where more is asked for, add it behind `and`",
        asks=True,  # what a level needs is not what is enough for it
    ),
    Way(
        r"^(level \d) presupposes (?:that )?",
        r"\1 when ",
        False,
        r"gives \1 to whoever meets it; where \1 only needs it, write what gives \1 in the same line, and this behind `and`",
        advice=True,
    ),
)
"""`level 5 presupposes …` as a line that the language has; tried once the words of its condition are those of the language."""
