"""Which editions a system is checked against, and why.

A system is checked against every baseline that is not only for followers, against those it follows by name, and
against overlays it follows. The edition of each is that of the days the text is meant to be used (`judged_days`), or
of the day a reader names. `follows … as of` never takes a system back to an older edition, and never turns another
rule's; it may bind a system to a later one than it must keep. The law binds a system that follows nothing too.
"""

from __future__ import annotations

import datetime
from pathlib import PurePath

from sespms_rules.checks.analysis import (
    JudgedDays,
    chosen,
    is_outside_service,
    judged_days,
    under,
)
from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.language.model import Baseline, System
from sespms_rules.language.syntax.baselines import AppliesToFollowers
from sespms_rules.language.syntax.nodes import Day
from sespms_rules.language.syntax.system import Follows
from sespms_rules.language.syntax.words import PartKind
from sespms_rules.law.periods import Applying, days_of, edition_for, in_force, on_day
from sespms_rules.law.verdict import Held, NotFound, Older

__all__ = [
    "Choice",
    "Chosen",
    "choose",
    "days_of",
    "file_of",
    "followed_only",
    "follows_nothing",
    "in_force",
    "named",
    "on_day",
    "why_unaffected",
    "why_unbound",
]

_FIRST_DAY = datetime.date.min


class Chosen(Frozen):
    """An edition that binds a system, and how it came to be chosen: the day, and why."""

    edition: Baseline
    held: Held


class Choice(Frozen):
    """The editions a system is checked against, and the baselines that should have been read and were not found.

    `older` are editions that the system says it follows and that its days have left behind; `why_none` says why no
    edition was chosen, where none was and none is missing.
    """

    chosen: tuple[Chosen, ...]
    missing: tuple[NotFound, ...]
    why_none: str = field(default="")
    older: tuple[Older, ...] = field(default=())


def followed_only(edition: Baseline) -> str | None:
    """The system that must be followed for an edition to bind; None where it binds all."""
    stated = chosen(edition.head.sentences, AppliesToFollowers)
    return stated[0].name.text if stated else None


def follows_nothing(system: System) -> bool:
    """Whether a system names no baseline that it follows."""
    return not under(system, PartKind.SYSTEM, Follows)


def why_unbound(system: System) -> str:
    """Why no edition can be chosen for a system that follows nothing, as long as none is named; empty where one can."""
    if is_outside_service(system):
        return "it is outside the Senior Executive Service and follows none"
    if judged_days(system).day is None:
        return "it follows none and states no effective day"
    return ""


def choose(system: System, editions: tuple[Baseline, ...], baseline: str | None, as_of: datetime.date | None) -> Choice:
    """Choose the editions for a system; `baseline` names the only one to read, `as_of` the day."""
    follows = {each.baseline.text: each for each in under(system, PartKind.SYSTEM, Follows)}
    if baseline is not None:
        return _forced(system, editions, baseline, as_of)
    if not follows and as_of is None and why_unbound(system):
        return Choice((), (), why_unbound(system))
    days = judged_days(system, as_of)
    found: list[Chosen] = []
    missing: list[NotFound] = []
    older: list[Older] = []
    names = list(dict.fromkeys(each.name for each in editions))
    for name in names:
        of_name = tuple(each for each in editions if each.name == name)
        followed = follows.get(name)
        if followed is None and not _binds_all(system, of_name):
            continue
        chosen = _chosen(of_name, days, followed)
        if chosen is not None:
            found.append(chosen)
        if chosen is None and followed is not None:
            missing.append(NotFound(name, days.day, "no edition of it is in force on that day", followed.baseline.span))
        older += _left_behind(of_name, chosen, followed, days)
    for name, sentence in follows.items():
        if name not in names:
            missing.append(
                NotFound(name, _day_named(sentence), "there is no such baseline to read", sentence.baseline.span)
            )
    why_none = "" if found or missing else "none that binds it is in force on its day"
    return Choice(tuple(found), tuple(missing), why_none, tuple(older))


def _chosen(of_name: tuple[Baseline, ...], days: JudgedDays, followed: Follows | None) -> Chosen | None:
    """The edition of one baseline: that of the days judged, or a later one that the system says it follows."""
    due = edition_for(of_name, days)
    day = _day_named(followed)
    own = None if days.named or day is None else on_day(of_name, day)
    if own is not None and (due is None or _first(due.edition) < _first(own)):
        return Chosen(own, _held(own, day, "the system follows it as of that day"))
    return None if due is None else Chosen(due.edition, _held_for(due, days))


def _left_behind(
    of_name: tuple[Baseline, ...], chosen: Chosen | None, followed: Follows | None, days: JudgedDays
) -> list[Older]:
    """The edition that a system says it follows, where its days ask for a later one, or it is the only day they have.

    A system that states no effective day is judged by the edition it names; that a newer one is in force is told.
    """
    day = _day_named(followed)
    own = None if day is None else on_day(of_name, day)
    if followed is None or own is None or chosen is None:
        return []
    counts = chosen.edition
    if days.rests_on_follows:
        counts = on_day(of_name, None) or counts
    if _first(own) >= _first(counts):
        return []
    span = followed.as_of.span if followed.as_of is not None else followed.span
    return [Older(own, counts, day, span)]


def _day_named(followed: Follows | None) -> datetime.date | None:
    return followed.as_of.value if followed is not None and isinstance(followed.as_of, Day) else None


def _first(edition: Baseline) -> datetime.date:
    return days_of(edition.head.sentences)[0] or _FIRST_DAY


def why_unaffected(system: System, edition: Baseline) -> str:
    """Why an edition is not asked of a system, whatever the day; empty where it is."""
    if any(each.baseline.text == edition.name for each in under(system, PartKind.SYSTEM, Follows)):
        return ""
    if is_outside_service(system):
        return f"it is outside the Senior Executive Service and does not follow `{edition.name}`"
    if not _binds_all(system, (edition,)):
        return f"it does not follow `{edition.name}`"
    return ""


def _binds_all(system: System, of_name: tuple[Baseline, ...]) -> bool:
    """Whether a baseline binds every system for senior executives; an overlay binds where it is named."""
    baseline = all(each.kind is PartKind.BASELINE and followed_only(each) is None for each in of_name)
    return baseline and not is_outside_service(system)


def _forced(system: System, editions: tuple[Baseline, ...], baseline: str, as_of: datetime.date | None) -> Choice:
    """The one edition that was named, by the baseline's name or by the name of its file."""
    of_name = named(editions, baseline)
    days = judged_days(system, as_of)
    if len(of_name) == 1 and as_of is None:
        return Choice((Chosen(of_name[0], _held(of_name[0], None, "it was named")),), ())
    due = edition_for(of_name, days)
    if due is None:
        reason = "no edition of it is in force on that day" if of_name else "there is no such baseline to read"
        return Choice((), (NotFound(baseline, days.day, reason, system.origin.span),))
    held = _held_for(due, days)
    return Choice((Chosen(due.edition, replace(held, why=f"it was named; {held.why}")),), ())


def named(editions: tuple[Baseline, ...], name: str) -> tuple[Baseline, ...]:
    """The editions of a baseline's name, or the ones in the file of that name."""
    by_name = tuple(each for each in editions if each.name == name)
    return by_name or tuple(
        each for each in editions if name in (file_of(each), PurePath(each.origin.span.source.name).name)
    )


def file_of(edition: Baseline) -> str:
    """The name of the file an edition stands in, without its folder and ending."""
    return PurePath(edition.origin.span.source.name).stem


def _held_for(due: Applying, days: JudgedDays) -> Held:
    return _held(due.edition, days.day, due.why, by_period=days.period is not None)


def _held(edition: Baseline, day: datetime.date | None, why: str, *, by_period: bool = False) -> Held:
    first, last = days_of(edition.head.sentences)
    return Held(edition.name, first, last, day, why, edition.origin.span, by_period)
