"""A change of one line of a policy, as somebody might have misread or mistyped it, and how numbers and lines change.

Every change names the line it is in and says in a few words what is read instead of what stands there.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from fractions import Fraction
from typing import Generic, TypeVar

from sespms_rules.foundation.origin import Origin, exact
from sespms_rules.foundation.values import Frozen
from sespms_rules.program.ir import Program

_T = TypeVar("_T")
_Part = TypeVar("_Part", covariant=True)

_HUNDREDTH = Fraction(1, 100)
_MOST_DECIMALS = 6


class Touches(StrEnum):
    """What a change can have an effect on, the derivation apart."""

    PLANS = "plans"
    LEVELS = "levels"
    VALUES = "values"


class Change(Frozen):
    """One line read otherwise: `says` is what is read, `program` what then rates.

    `touches` bounds the effect: PLANS changes only which plans are allowed, LEVELS no score and no value.
    """

    origin: Origin
    says: str
    program: Program
    touches: Touches


class Variant(Generic[_Part]):
    """A part of a program read otherwise, in words and as the part."""

    __slots__ = ("part", "says")

    def __init__(self, says: str, part: _Part) -> None:
        self.says = says
        self.part = part


def instead(new: str, old: str) -> str:
    """`new` where `old` stands, in words."""
    return f"{new} instead of {old}"


# ---- numbers -------------------------------------------------------------------------------------


def shifted(number: Fraction, text: str, steps: tuple[Fraction, ...] = ()) -> Iterator[Variant[Fraction]]:
    """A number a little smaller and a little larger: by one unit of its last written place, and by other steps.

    `text` is the line it stands in: a share that is written as a percent moves by one percent.
    """
    percent = f"{exact(number * 100)}%" in text.replace(" %", "%")
    sizes = dict.fromkeys((_HUNDREDTH if percent else last_place(number), *(each for each in steps if each > 0)))
    for size in sizes:
        for moved in (number - size, number + size):
            yield Variant(instead(_told(moved, percent), _told(number, percent)), moved)


def last_place(number: Fraction) -> Fraction:
    """One unit of the last place of a decimal; a hundredth where it has no end."""
    for places in range(_MOST_DECIMALS + 1):
        if (number * 10**places).denominator == 1:
            return Fraction(1, 10**places)
    return _HUNDREDTH


def _told(number: Fraction, percent: bool) -> str:
    return f"{exact(number * 100)}%" if percent else exact(number)


# ---- sequences -----------------------------------------------------------------------------------


def at(items: tuple[_T, ...], place: int, item: _T) -> tuple[_T, ...]:
    """The same items with another one in one place."""
    return (*items[:place], item, *items[place + 1 :])


def without(items: tuple[_T, ...], place: int) -> tuple[_T, ...]:
    """The items without the one in a place."""
    return (*items[:place], *items[place + 1 :])
