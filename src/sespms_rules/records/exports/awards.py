"""A year on record -> its performance awards, with their sums; one without a sum is told and never taken as nothing."""

from __future__ import annotations

import datetime
from fractions import Fraction

from sespms_rules.foundation.values import Frozen
from sespms_rules.language.syntax.words import Reward
from sespms_rules.records.findings import INCOMPLETE, RecordFinding, of_record
from sespms_rules.records.reading import Year


class Award(Frozen):
    """A performance award of an executive: the act's number where it has one, the day and the sum."""

    executive: str
    unit: str
    number: str
    day: datetime.date
    amount: Fraction


def awards_of(
    year: Year, first: datetime.date, last: datetime.date
) -> tuple[tuple[Award, ...], list[RecordFinding], int]:
    """The awards that were given from one day to another, by day and executive; beside them those without a sum.

    Last how many have a sum of nothing, and so nothing to pay.
    """
    found: list[Award] = []
    of_nothing = 0
    wrong: list[RecordFinding] = []
    for each in year.years:
        for one in each.acts:
            act = one.act
            if act.act != Reward.PERFORMANCE_AWARD.value or not first <= act.day <= last:
                continue
            if act.amount is None:
                says = "the performance award has no amount"
                help = "write the sum, or leave the award out of the records until it is known"
                told = of_record(
                    INCOMPLETE, one.place, says, help, column="amount", executive=act.executive, day=act.day
                )
                wrong.append(told)
            elif act.amount:
                found.append(Award(act.executive, each.executive.unit, act.number, act.day, act.amount))
            else:
                of_nothing += 1
    return tuple(sorted(found, key=_in_order)), wrong, of_nothing


def _in_order(award: Award) -> tuple[datetime.date, str, str]:
    return (award.day, award.executive, award.number)
