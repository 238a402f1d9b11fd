"""`at level 4 or 5`, `not at level 4`: two levels of a group of elements, or all but one.

Only `any`, and what is said of one element by its name, may be cut into a line for each level. Of every, most or some of the elements each may be at another of the two,
and two lines would leave out whoever has both; what is meant then is one range of levels, with its ends.
"""

from __future__ import annotations

import re
from typing import Final

from sespms_rules.language.parsing.natural.ways import Way, sure

_TWO: Final = r"level (\d),? or (?:at )?(?:level )?(\d)(?! or (?:better|higher|above))"
_NOUN: Final = r"(?:(?:non)?critical )?(?:element|requirement)s?"
_SHARE: Final = r"(?:(?:more than|at least) half of the|at least \d+)"


def _a_line_each(found: re.Match[str]) -> str:
    """One line for each level; whichever element is at one of them is at that one."""
    return "\n  ".join(f"{found[1]}level {each}{found[4] or ''}" for each in (found[2], found[3]))


def _with_the_best(found: re.Match[str]) -> str:
    """Levels 4 and 5 are level 4 and all above it, for no level is above 5."""
    low, high = sorted((int(found[2]), int(found[3])))
    return f"{found[1]}level {low} or better" if (low, high) == (4, 5) else found[0]


def _no_others(found: re.Match[str]) -> str:
    """Every element at one of two levels that follow each other: none is below them, and none above."""
    low, high = sorted((int(found[3]), int(found[4])))
    if high - low != 1:
        return found[0]
    below = f"no {found[2]} is below level {low} and " if low > 1 else ""
    return f"{found[1]}{below}no {found[2]} is at level {high + 1}{' or better' if high < 4 else ''}"


def _none_of_both(found: re.Match[str]) -> str:
    return f"{found[1]} at level {found[2]} and {found[1]} at level {found[3]}"


EITHER: tuple[Way, ...] = (
    *sure(
        (r"^((?:level \d|not rated) when any .*? is at )level (\d) or (?:level )?(\d)()$", _a_line_each),
        (r'^((?:level \d|not rated) when "[^"]*" is at )level (\d) or (?:level )?(\d)((?: and .+)?)$', _a_line_each),
        (rf"^(any .*?{_NOUN} at )level (\d) or (?:level )?(\d)( makes .+)$", _a_line_each),
        (rf"\b((?:every|all|{_SHARE}) {_NOUN} (?:is |are )?at ){_TWO}", _with_the_best),
        (rf"\b(no {_NOUN} (?:is|are)) at {_TWO}", _none_of_both),
    ),
    Way(
        rf"\b()(?:every|all) ({_NOUN}) (?:is |are )?at {_TWO}",
        _no_others,
        False,
        "this says nothing of elements that have no rating",
    ),
)
"""Two levels of a group, tried once their words are those of the language."""

NOT_AT: tuple[Way, ...] = (
    Way(
        r"\b(is|are|elements?|requirements?) not (?:rated |at )+level (5)",
        r"\1 below level \2",
        False,
        "this says nothing of elements that have no rating",
    ),
    Way(
        r"\b(is|are|elements?|requirements?) not (?:rated |at )+level ([2-4])",
        r"\1 below level \2",
        False,
        r"says nothing of elements that have no rating, or one above level \2; where those are meant too, say so in a line "
        "of their own",
        advice=True,
    ),
)
"""A level that elements are not at: whoever is above it is not at it either, which no one line says."""
