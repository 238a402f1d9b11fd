"""Phrases that sentences share: limits, frequencies, levels, places, quantities, moments."""

from __future__ import annotations

from fractions import Fraction

from sespms_rules.foundation.values import field
from sespms_rules.language.syntax.nodes import Node, Number, Percent
from sespms_rules.language.syntax.words import Act, Coverage, EventWord, Noun, Quantifier, Unit

NUMBER_WORDS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
"""How numbers are said in words, from 1 on."""

Amount = Number | Percent


class Negative(Node):
    """A number below zero; `number` is written without its sign."""

    number: Number


Signed = Number | Negative


def signed_value(signed: Signed) -> Fraction:
    """Return the exact value of a number that may carry a minus."""
    return -signed.number.value if isinstance(signed, Negative) else signed.value


class AtLeast(Node):
    """`at least 3`: the number and everything above it."""

    amount: Amount


class AtMost(Node):
    """`at most 5`: the number and everything below it."""

    amount: Amount


class Exactly(Node):
    """`exactly 2`: that number alone."""

    amount: Amount


class Between(Node):
    """`2 to 5`: both ends included."""

    low: Amount
    high: Amount


Limit = AtLeast | AtMost | Exactly | Between


def limit_ends(limit: Limit) -> tuple[Fraction | None, Fraction | None]:
    """Return the lowest and the highest number a limit allows; None where it has no end on that side."""
    low = limit.low if isinstance(limit, Between) else None if isinstance(limit, AtMost) else limit.amount
    high = limit.high if isinstance(limit, Between) else None if isinstance(limit, AtLeast) else limit.amount
    return _amount(low), _amount(high)


def _amount(amount: Amount | None) -> Fraction | None:
    if amount is None:
        return None
    return amount.number.value if isinstance(amount, Percent) else amount.value


def is_percent(limit: Limit) -> bool:
    """Say whether any end of a limit is written with `%`."""
    ends = (limit.low, limit.high) if isinstance(limit, Between) else (limit.amount,)
    return any(isinstance(end, Percent) for end in ends)


class EachPeriod(Node):
    """`at least 1 time each period`."""

    limit: Limit


class EachYear(Node):
    """`at least 1 time each year`."""

    limit: Limit


class EveryYears(Node):
    """`at least 1 time every 2 years`."""

    limit: Limit
    years: Number


Frequency = EachPeriod | EachYear | EveryYears


class Level(Node):
    """`level 5`: a summary level or an element's level by its number."""

    number: Number


class AnyLevel(Node):
    """`any level`: a hole for a level."""


LevelWord = Level | AnyLevel


def level_number(word: LevelWord) -> int | None:
    """The number of a level; None for `any level`. Whether there is such a level is asked elsewhere."""
    return int(word.number.value) if isinstance(word, Level) else None


class AtLevel(Node):
    """`at level 3`."""

    level: LevelWord


class AtOrBetter(Node):
    """`at level 3 or better`."""

    level: LevelWord


class BelowLevel(Node):
    """`below level 3`."""

    level: LevelWord


class IsRated(Node):
    """`rated`: a rating was given."""


class IsNotRated(Node):
    """`not rated`: no rating was given."""


Place = AtLevel | AtOrBetter | BelowLevel | IsRated | IsNotRated
Quantity = Quantifier | Limit


class Phrase(Node):
    """`no critical element below level 3`: how many, of what, where."""

    quantity: Quantity
    noun: Noun
    place: Place


class Phrases(Node):
    """Phrases joined by `and`: all of them hold."""

    parts: tuple[Phrase, ...]


Event = Act | EventWord


class Within(Node):
    """`within 30 days after period end`: a deadline for the one who acts."""

    number: Number
    unit: Unit
    event: Event


class Allowing(Node):
    """`with at least 7 days after initial rating`: time someone is given."""

    number: Number
    unit: Unit
    event: Event


class AtLeastAfter(Node):
    """`at least 90 days after plan`."""

    number: Number
    unit: Unit
    event: Event


class AtLeastBefore(Node):
    """`at least 10 days before board service`."""

    number: Number
    unit: Unit
    event: Event


class By(Node):
    """`by period start`: on or before it."""

    event: Event


class After(Node):
    """`after initial rating`."""

    event: Event


class Before(Node):
    """`before annual rating`."""

    event: Event


Timing = Within | Allowing | AtLeastAfter | AtLeastBefore | By | After | Before


class Repeat(Node):
    """`twice in 5 years`: two annual ratings within that many consecutive rating years."""

    years: Number


class Coverages(Node):
    """A list of kinds of appointment."""

    coverages: tuple[Coverage, ...]


class Timings(Node):
    """Moments joined by `and`: all of them hold."""

    parts: tuple[Timing, ...] = field(default=())
