"""The ten orders: when what a system says is at least as strict as what is asked.

Each is told in docs/language/strictness.md. `number`, `threshold`, `time_given`, `duty_list`, `option_list`, `same`
stand here; `moment` in timing_order.py, `plans` in plans.py, `function` in functions.py; `present` asks for nothing
but that a sentence of the kind is there. Every argument named `said` is the system's, `asked` the edition's.
"""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from math import ceil, floor

from sespms_rules.checks.analysis import (
    fewest_days,
    length,
)
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.syntax.limits import (
    AnyLevel,
    EachPeriod,
    EachYear,
    Frequency,
    Level,
    Limit,
    is_percent,
    limit_ends,
)
from sespms_rules.language.syntax.nodes import AnyDate, AnyName, AnyWording, Day, Node, Prose, Quoted
from sespms_rules.language.syntax.planning import AnyDay, MonthDay
from sespms_rules.language.syntax.words import Role, Unit

Ends = tuple[Fraction | None, Fraction | None]

_HOLES: dict[type[Node], tuple[type[Node], ...]] = {
    AnyWording: (Quoted, Prose),
    AnyName: (Quoted,),
    AnyDate: (Day,),
    AnyDay: (MonthDay,),
    AnyLevel: (Level,),
}


def same(said: object, asked: object) -> bool:
    """Whether two parts of a sentence are equal, a hole of `asked` being filled by whatever the system writes.

    A hole is filled by the same hole too, so that every sentence satisfies itself.
    """
    if isinstance(asked, Role):
        return isinstance(said, Role) and is_by(said, asked)
    for hole, fillings in _HOLES.items():
        if isinstance(asked, hole):
            return isinstance(said, (hole, *fillings))
    if isinstance(asked, Quoted | Prose):
        return isinstance(said, Quoted | Prose) and said.text.split() == asked.text.split()
    if isinstance(asked, tuple):
        return isinstance(said, tuple) and len(said) == len(asked) and all(map(same, said, asked))
    if isinstance(asked, Frozen):
        if type(said) is not type(asked):
            return False
        return all(same(getattr(said, name), getattr(asked, name)) for name in asked._compared)
    return said == asked


def is_by(said: Role, asked: Role) -> bool:
    """Whether the official a system names is the one that is asked for, by the definitions of 5 CFR 430.303.

    The agency head is an appointing authority. `any official` is never the executive who is appraised.
    """
    if asked is Role.ANY_OFFICIAL:
        return said is not Role.EXECUTIVE
    return said is asked or (asked is Role.APPOINTING_AUTHORITY and said is Role.AGENCY_HEAD)


def inside(said: Ends, asked: Ends) -> bool:
    """Whether all numbers between the ends of `said` lie between those of `asked`; None is no end."""
    low, high = asked
    return (low is None or (said[0] is not None and said[0] >= low)) and (
        high is None or (said[1] is not None and said[1] <= high)
    )


def number(said: Limit, asked: Limit) -> bool:
    """The order *number*: the numbers `said` allows are among those `asked` allows; percents apart from numbers."""
    return is_percent(said) == is_percent(asked) and inside(limit_ends(said), limit_ends(asked))


def number_of_units(said: tuple[Limit, Unit], asked: tuple[Limit, Unit]) -> bool:
    """The order *number* for lengths of time; months beside days by the fewest and the most days they can have."""
    (low, high), (asked_low, asked_high) = limit_ends(said[0]), limit_ends(asked[0])
    long_enough = asked_low is None or (low is not None and at_least_as_long((low, said[1]), (asked_low, asked[1])))
    short_enough = asked_high is None or (
        high is not None and at_least_as_long((asked_high, asked[1]), (high, said[1]))
    )
    return long_enough and short_enough


def at_least_as_long(said: tuple[Fraction, Unit], asked: tuple[Fraction, Unit]) -> bool:
    """The order *time given*: as much time or more, whatever the month in which it begins."""
    (days, months), (asked_days, asked_months) = length(*said), length(*asked)
    return fewest_days(days - asked_days, months - asked_months) >= 0


def threshold(said: tuple[Fraction, Unit] | None, asked: tuple[Fraction, Unit] | None) -> bool:
    """The order *threshold*: the duty begins at or below what is asked; with no threshold, from the first day."""
    return said is None or (asked is not None and at_least_as_long(asked, said))


def frequency(said: Frequency, asked: Frequency) -> bool:
    """The order *number* for how often: true in every run of years that `asked` speaks of.

    `at least 2 times every 2 years` may leave one year empty, so it does not satisfy `at least 1 time each year`.
    """
    (low, high), years = limit_ends(said.limit), _years(said)
    asked_low, asked_high = limit_ends(asked.limit)
    runs = _years(asked) / years
    enough = asked_low is None or (low is not None and low * floor(runs) >= asked_low)
    few = asked_high is None or (high is not None and high * ceil(runs) <= asked_high)
    return enough and few


def _years(frequency: Frequency) -> Fraction:
    return Fraction(1) if isinstance(frequency, EachPeriod | EachYear) else frequency.years.value


def duty_list(said: Collection[object], asked: Collection[object]) -> bool:
    """The order *duty list*: `said`, taken over all sentences of the family, contains `asked`."""
    return set(asked) <= set(said)


def option_list(said: Collection[object], asked: Collection[object]) -> bool:
    """The order *option list*: there are options, and none that is not among `asked`."""
    return bool(said) and set(said) <= set(asked)
