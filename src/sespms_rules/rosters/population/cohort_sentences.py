"""What the words of a limit over a population mean for one executive, and how a report says them."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from sespms_rules.foundation.origin import exact
from sespms_rules.language.syntax.limits import (
    AtLevel,
    AtOrBetter,
    BelowLevel,
    Coverages,
    IsNotRated,
    IsRated,
    Place,
    level_number,
)
from sespms_rules.language.syntax.words import Coverage
from sespms_rules.program.arithmetic import rounded
from sespms_rules.program.ir import Tie
from sespms_rules.program.rating import Outcome
from sespms_rules.rosters.population.level_distribution import State

APPOINTMENTS_ALL = frozenset(each.value for each in Coverage)
"""Every kind of appointment; a limit on all of them does not ask how anyone is appointed."""


def needs_a_level(place: Place) -> bool:
    """Whether a limit looks at levels, so that only executives with one can be counted."""
    return not isinstance(place, IsRated | IsNotRated)


def fits(place: Place, state: State) -> bool:
    """Whether an executive stands where a limit looks."""
    level = None if isinstance(state, Outcome) else state
    match place:
        case IsRated():
            return level is not None
        case IsNotRated():
            return state is Outcome.NOT_RATED
        case AtLevel() | AtOrBetter() | BelowLevel():
            return level is not None and _fits_level(place, level)
        case _:
            assert_never(place)


def _fits_level(place: AtLevel | AtOrBetter | BelowLevel, level: int) -> bool:
    number = level_number(place.level)
    if number is None:
        return False
    if isinstance(place, AtLevel):
        return level == number
    return level >= number if isinstance(place, AtOrBetter) else level < number


def place_said(place: Place) -> str:
    """`at level 4 or better`."""
    match place:
        case IsRated():
            return "rated"
        case IsNotRated():
            return "not rated"
        case AtLevel():
            return f"at level {level_number(place.level)}"
        case AtOrBetter():
            return f"at level {level_number(place.level)} or better"
        case BelowLevel():
            return f"below level {level_number(place.level)}"
        case _:
            assert_never(place)


def who_said(coverages: Coverages) -> str:
    """`career executives`, `noncareer or limited term executives`, `executives`."""
    kinds = [each.value for each in coverages.coverages]
    if set(kinds) >= APPOINTMENTS_ALL:
        return "executives"
    first = f"{', '.join(kinds[:-1])} or {kinds[-1]}" if len(kinds) > 1 else kinds[0]
    return f"{first} executives"


def number_said(value: Fraction) -> str:
    """An exact number where it ends; else its fraction and, for the eye, a rounded decimal: `11/3 (about 3.67)`."""
    said = exact(value)
    if "/" not in said:
        return said
    return f"{said} (about {exact(Fraction(rounded(value, Tie.HALF_UP, per_one=100)))})"
