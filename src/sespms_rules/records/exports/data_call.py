"""A year on record as the tables of OPM's data call, with the columns of Form 1558 of June 2005.

The workbook of today's call was not seen, so this is a list to copy from and not the submission. What records do not
hold (pay after, cash awards, rank awards, aggregate compensation) stays empty and is never filled with a zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Final

from sespms_rules.foundation.values import Frozen
from sespms_rules.records.exports.awards import Award
from sespms_rules.records.exports.rated import Rated
from sespms_rules.records.exports.texts import money
from sespms_rules.rosters.files import safe_cell

PEOPLE_OF_CALL: Final = (
    "id",
    "appointment (C, N or L)",
    "new appointee",
    "rating (5 to 1, or N)",
    "basic pay",
    "performance award",
    "performance award in percent of basic pay (to 0.01)",
    "basic pay after",
    "cash award",
    "distinguished rank award",
    "meritorious rank award",
    "aggregate compensation",
    "comment",
)
TOTALS_OF_CALL: Final = ("appointment", "executives", "rated", "not rated")
_LETTERS: Final = {"career": "C", "noncareer": "N", "limited term": "L", "limited emergency": "L"}
_NOT_RATED: Final = "N"
_NOT_ON_RECORD: Final = ("",) * 5


class Totals(Frozen):
    """Of a kind of appointment how many executives there are, and how many have a rating."""

    appointment: str
    executives: int
    rated: int

    @property
    def not_rated(self) -> int:
        """How many have none."""
        return self.executives - self.rated


def people_of_call(rated: Iterable[Rated], awards: Iterable[Award]) -> Iterator[tuple[str, ...]]:
    """A row for each executive, in the order of PEOPLE_OF_CALL."""
    sums: dict[str, Fraction] = {}
    for award in awards:
        sums[award.executive] = sums.get(award.executive, Fraction(0)) + award.amount
    for each in rated:
        given = sums.get(each.executive)
        pay = each.basic_pay
        yield (
            safe_cell(each.executive),
            _LETTERS[each.appointment],
            _new(each),
            _NOT_RATED if each.level is None else str(each.level),
            "" if pay is None else money(pay),
            "" if given is None else money(given),
            "" if given is None or not pay else _percent(given / pay),
            *_NOT_ON_RECORD,
            "",
        )


def _new(each: Rated) -> str:
    """Whether the executive entered in the period; empty where the day is not on record."""
    if each.entered is None:
        return ""
    return "yes" if each.entered >= each.period[0] else "no"


def _percent(share: Fraction) -> str:
    """A share in percent to a hundredth, halves up; the heading says so."""
    hundredths = (share * 10_000 + Fraction(1, 2)) // 1
    return f"{hundredths // 100}.{hundredths % 100:02}"


def totals_of_call(rated: Iterable[Rated]) -> tuple[Totals, ...]:
    """Career, noncareer and limited executives, each with those who have a rating, then all of them."""
    held = list(rated)
    found = []
    for letter, name in (("C", "career"), ("N", "noncareer"), ("L", "limited")):
        of_kind = [each for each in held if _LETTERS[each.appointment] == letter]
        found.append(Totals(name, len(of_kind), sum(each.level is not None for each in of_kind)))
    return (*found, Totals("all", len(held), sum(each.level is not None for each in held)))
