"""What is amiss with ratings on record: a level that the policy does not have, no level, or one given too early."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from sespms_rules.foundation.diagnostic import Finding
from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.spelling import backticked, did_you_mean, listed, nearest_name
from sespms_rules.foundation.values import replace
from sespms_rules.language.syntax.record_words import RecordThing
from sespms_rules.language.syntax.words import Act
from sespms_rules.program.ir import Program
from sespms_rules.records.findings import (
    NO_SUCH_LEVEL,
    NOT_UNDERSTOOD,
    POINTS_NOWHERE,
    RATED_BEFORE_THE_END,
    RATING_WITHOUT_LEVEL,
    RecordFinding,
    of_record,
)
from sespms_rules.records.reading import ExecutiveYear, PlaceAnd
from sespms_rules.rosters.files import tidy

_ANNUAL, _INITIAL = Act.ANNUAL_RATING.value, Act.INITIAL_RATING.value
_OF_LAW: Final = frozenset(range(1, 6))
"""The levels of the law, of which each policy has some."""
_EARLY_END: Final = RecordThing.EARLY_END.value


def without_strange_levels(
    year: ExecutiveYear, levels: frozenset[int], today: datetime.date
) -> tuple[ExecutiveYear, tuple[RecordFinding, ...]]:
    """The year with no level that its policy does not have, and what is amiss with its ratings by a day.

    Annual ratings of other periods may be at any level of the law, for they may be by another policy. Where the policy
    has no levels, nothing is asked of them.
    """
    own = (None, year.period[1])
    found: list[RecordFinding] = []
    acts: list[PlaceAnd] = []
    for each in year.acts:
        act = each.act
        is_own = act.period_end in own
        if levels and act.day <= today and (is_own or (act.act == _ANNUAL and not act.about)):
            fault = _unlike(each, levels) if is_own else _unlike(each, _OF_LAW, "law")
            if fault is not None:
                found.append(fault)
                each = PlaceAnd(each.place, act.model_copy(update={"level": None}))
        acts.append(each)
    found += _too_early(year, today)
    return (replace(year, acts=tuple(acts)) if found else year), tuple(found)


def annual_ratings_unlike_law(year: ExecutiveYear, today: datetime.date) -> Iterator[RecordFinding]:
    """Annual ratings of the period by a day at no level, or at one that the law does not have."""
    for each in year.acts:
        act = each.act
        if act.act == _ANNUAL and not act.about and act.day <= today and act.period_end in (None, year.period[1]):
            fault = _unlike(each, _OF_LAW, "law")
            if fault is not None:
                yield fault


def _unlike(each: PlaceAnd, levels: frozenset[int], whose: str = "policy") -> RecordFinding | None:
    """What is wrong with the level of an act: it is none of these, or a rating has none; None where nothing is."""
    act = each.act
    if act.level is not None and act.level not in levels:
        has = listed([str(level) for level in sorted(levels, reverse=True)])
        says = f"level {act.level} is none of the {whose}'s levels {has}, and does not count"
        return _told(NO_SUCH_LEVEL, each, says, "write the level that was given", "level")
    if act.act in (_INITIAL, _ANNUAL) and not act.about and act.level is None:
        says = f"the {act.act} gives no level"
        return _told(RATING_WITHOUT_LEVEL, each, says, "write the number of the level", "level")
    return None


def strange_additional_ratings(year: ExecutiveYear, program: Program, today: datetime.date) -> Iterator[RecordFinding]:
    """Additional ratings by a day that the policy does not ask of what they rate, or that are out of its range.

    While one stands the formula gives no level: it cannot be told what it was meant for.
    """
    own = (None, year.period[1])
    stages = {member.name: member.stage for member in program.summary.members}
    for each in year.acts:
        act = each.act
        if not (act.additional_rating and act.about and act.day <= today and act.period_end in own):
            continue
        stage = stages.get(act.about) if act.requirement else program.summary
        declared = {tidy(one.name): one for one in (() if stage is None else stage.further)}
        of = "a requirement" if act.requirement else "an element"
        given = act.value if act.level is None else Fraction(act.level)
        rule = declared.get(tidy(act.additional_rating))
        if rule is None:
            near = nearest_name(act.additional_rating, declared)
            shown = f"`{act.additional_rating}`" if near else "of the name that stands here"
            says = f"the policy asks no additional rating {shown} of {of} like this, and the formula gives no level"
            help = did_you_mean(near, _NONE_OF_IT if not declared else f"it asks for {backticked(declared)}")
            yield _told(POINTS_NOWHERE, each, says, help, "additional rating")
        elif given is not None and not rule.admits(given):
            says = f"`{exact(given)}` is not a `{rule.name}` of `{exact(rule.low)}` to `{exact(rule.high)}`"
            steps = "" if rule.step is None else f" in steps of `{exact(rule.step)}`"
            yield _told(NOT_UNDERSTOOD, each, f"{says}{steps}", "write the number that was given", "value")


_NONE_OF_IT: Final = "remove the row, or name in `about` and `requirement` what it rates"


def _too_early(year: ExecutiveYear, today: datetime.date) -> Iterator[RecordFinding]:
    """Annual ratings before the period ended of who did not leave, where no early end is on record."""
    end = year.period[1]
    if year.executive.left is not None or any(each.act.act == _EARLY_END for each in year.acts):
        return
    for each in year.acts:
        act = each.act
        if act.act == _ANNUAL and not act.about and act.period_end in (None, end) and act.day < min(end, today):
            says = f"it comes before the period ends on {end}, and no early end is on record"
            help = "correct the day, or record the early end with its reasons"
            yield _told(RATED_BEFORE_THE_END, each, says, help, "day")


def _told(kind: Finding, each: PlaceAnd, says: str, help: str, column: str) -> RecordFinding:
    act = each.act
    return of_record(kind, each.place, says, help, column=column, executive=act.executive, act=act.act, day=act.day)
