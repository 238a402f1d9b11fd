"""Amendments that say when they are in force, and behind which others each is carried out."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from sespms_rules.language.model import Amendment, Contents
from sespms_rules.language.syntax.baselines import InForce

Days = tuple[datetime.date, datetime.date]
_Place = tuple[str, int]


def in_force_days(amendment: Amendment) -> Days | None:
    """The first and the last day of an amendment, the last for ever where it is not stated; None where none is."""
    stated = [each.sentence for each in amendment.head.sentences if isinstance(each.sentence, InForce)]
    return (stated[0].first.value, stated[0].last.value if stated[0].last else datetime.date.max) if stated else None


def behind(amendment: Amendment, others: Iterable[Amendment]) -> tuple[tuple[Amendment, ...], ...]:
    """What is carried out before an amendment, of those of its file: on its first day, and where that is over later.

    On a day the amendments in force are carried out in the order of their first days, so that one may change what an
    earlier one says. One that does not say when it is in force is carried out on the text as it is written.
    """
    mine = in_force_days(amendment)
    if mine is None:
        return ((),)
    dated = [(each, days) for each in others if each.amends == amendment.amends and (days := in_force_days(each))]
    dated.sort(key=lambda each: each[1][0])
    place = next((n for n, (each, _) in enumerate(dated) if _place(each) == _place(amendment)), 0)
    earlier = dated[:place]
    over = {last + datetime.timedelta(1) for _, (_, last) in earlier if mine[0] <= last < mine[1]}
    turns = (mine[0], *sorted(over))
    chains = (tuple(each for each, (_, last) in earlier if last >= day) for day in turns)
    return tuple(dict.fromkeys(chains))


def behind_in(policy: Contents, amendment: Amendment) -> tuple[Amendment, ...]:
    """What is carried out before an amendment on its first day, where the text it amends stands in the same file."""
    of_file = any(each.name == amendment.amends for each in policy.systems)
    return behind(amendment, policy.amendments)[0] if of_file else ()


def sets_by_day(amendments: Sequence[Amendment]) -> Iterator[tuple[list[Amendment], Days | None]]:
    """Which amendments of one system are carried out together: those on each day that one begins or has ended.

    With their first and last day; behind them each amendment that does not say when it is in force, alone.
    """
    dated = [(each, days) for each in amendments if (days := in_force_days(each)) is not None]
    begins = {first for _, (first, _) in dated}
    over = {last + datetime.timedelta(1) for _, (_, last) in dated if last < datetime.date.max}
    for day, until in pairwise([*sorted(begins | over), datetime.date.max]):
        together = sorted((each for each in dated if each[1][0] <= day <= each[1][1]), key=lambda each: each[1][0])
        if together:
            last_day = until - datetime.timedelta(until < datetime.date.max)
            yield [each for each, _ in together], (day, last_day)
    for each in amendments:
        if in_force_days(each) is None:
            yield [each], None


def _place(amendment: Amendment) -> _Place:
    span = amendment.origin.span
    return span.source.name, span.start
