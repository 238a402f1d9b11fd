"""What days do to a requirement that is missed: only a later copy was read, or a savings clause gives time."""

from __future__ import annotations

import datetime

from sespms_rules.checks.analysis import (
    chosen,
    under,
)
from sespms_rules.language.model import Baseline, Requirement, System
from sespms_rules.language.syntax.baselines import InForce, ReadAsOf, Savings
from sespms_rules.language.syntax.nodes import Day
from sespms_rules.language.syntax.system import Effective, Follows
from sespms_rules.language.syntax.words import PartKind


def read_later(requirement: Requirement, day: datetime.date | None) -> str:
    """Why a miss is no more than a note where only a later copy was read; empty where one of the day was.

    The words may be younger than the day judged, and they may as well be older: so the requirement is asked, and never
    said not to apply.
    """
    read = [each.day.value for each in chosen(requirement.sentences, ReadAsOf)]
    if not read or day is None or day >= read[0] or chosen(requirement.sentences, InForce):
        return ""
    return f"it was read as of {read[0]}; whether it stood so on {day} was not compared"


def spared_until(system: System, edition: Baseline, day: datetime.date | None) -> datetime.date | None:
    """The last day that an edition gives a system to conform; None where it gives none, or that day is over."""
    if day is None:
        return None
    effective = [each.day.value for each in under(system, PartKind.SYSTEM, Effective) if isinstance(each.day, Day)]
    follows = {each.baseline.text for each in under(system, PartKind.SYSTEM, Follows)}
    for each in chosen(edition.head.sentences, Savings):
        spared = each.unless is None or each.unless.name.text not in follows
        if spared and effective and effective[0] < each.before.value and day <= each.last.value:
            return each.last.value
    return None


__all__ = ["read_later", "spared_until"]
