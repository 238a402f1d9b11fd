"""Which editions a system is checked against, and why.

A system is checked against every baseline in force that is not only for followers, against those it follows by name,
and against overlays it follows. An edition is chosen by the day the system names with `follows … as of`, else by
its effective day; where it follows something and states no day, the newest is taken. The law binds a system that
follows nothing too, from its effective day. Both the baseline and the day can be forced.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import PurePath

from sespms_rules.checks.analysis.applicable_law import is_outside_service
from sespms_rules.checks.analysis.sentences import chosen, under
from sespms_rules.foundation.source import NOWHERE, Span
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.language.model import Baseline, Stated, System
from sespms_rules.language.syntax.baselines import AppliesToFollowers, InForce
from sespms_rules.language.syntax.nodes import Day
from sespms_rules.language.syntax.system import Effective, Follows
from sespms_rules.language.syntax.words import PartKind
from sespms_rules.law.verdict import Held, NotFound

_LAST_DAY = datetime.date.max
_FIRST_DAY = datetime.date.min


class Chosen(Frozen):
    """An edition with how it came to be chosen; `rival` is the edition of the same baseline that was not."""

    edition: Baseline
    held: Held


class Choice(Frozen):
    """The editions a system is checked against, and the baselines that should have been read and were not found.

    `why_none` says why no edition was chosen, where none was and none is missing.
    """

    chosen: tuple[Chosen, ...]
    missing: tuple[NotFound, ...]
    why_none: str = field(default="")


def days_of(sentences: Iterable[Stated]) -> tuple[datetime.date | None, datetime.date | None]:
    """The first and last day in force that some sentences state."""
    stated = chosen(sentences, InForce)
    return (stated[0].first.value, stated[0].last.value if stated[0].last else None) if stated else (None, None)


def in_force(sentences: Iterable[Stated], day: datetime.date | None) -> bool:
    """Whether they are in force on a day; with no day, whether they have no last day."""
    first, last = days_of(sentences)
    if day is None:
        return last is None
    return (first or _FIRST_DAY) <= day <= (last or _LAST_DAY)


def followed_only(edition: Baseline) -> str | None:
    """The system that must be followed for an edition to bind; None where it binds all."""
    stated = chosen(edition.head.sentences, AppliesToFollowers)
    return stated[0].name.text if stated else None


def day_of(system: System) -> tuple[datetime.date | None, str]:
    """The day a system's text is judged by where a baseline is not named with a day of its own, and which day it is."""
    named = [each.as_of.value for each in under(system, PartKind.SYSTEM, Follows) if isinstance(each.as_of, Day)]
    if named:
        return max(named), "the day of the edition that the system follows"
    stated = [each.day.value for each in under(system, PartKind.SYSTEM, Effective) if isinstance(each.day, Day)]
    if stated:
        return stated[0], "the effective day of the system"
    return None, "the newest, because the system states no day"


def follows_nothing(system: System) -> bool:
    """Whether a system names no baseline that it follows."""
    return not under(system, PartKind.SYSTEM, Follows)


def why_unbound(system: System) -> str:
    """Why no edition can be chosen for a system that follows nothing, as long as none is named; empty where one can."""
    if is_outside_service(system):
        return "it is outside the Senior Executive Service and follows none"
    if day_of(system)[0] is None:
        return "it follows none and states no effective day"
    return ""


def choose(system: System, editions: tuple[Baseline, ...], baseline: str | None, as_of: datetime.date | None) -> Choice:
    """Choose the editions for a system; `baseline` names the only one to read, `as_of` the day."""
    follows = {each.baseline.text: each for each in under(system, PartKind.SYSTEM, Follows)}
    if baseline is not None:
        return _forced(system, editions, baseline, as_of)
    found: list[Chosen] = []
    missing: list[NotFound] = []
    if not follows and as_of is None and why_unbound(system):
        return Choice((), (), why_unbound(system))
    general, why_general = day_of(system)
    names = list(dict.fromkeys(each.name for each in editions))
    for name in names:
        of_name = tuple(each for each in editions if each.name == name)
        followed = follows.get(name)
        if followed is None and not _binds_all(system, of_name):
            continue
        day, why = general, why_general
        if followed is not None and isinstance(followed.as_of, Day):
            day, why = followed.as_of.value, "the system follows it as of that day"
        if as_of is not None:
            day, why = as_of, "the day was named"
        edition = on_day(of_name, day)
        if edition is not None:
            found.append(Chosen(edition, _held(edition, day, why)))
        elif followed is not None:
            missing.append(NotFound(name, day, "no edition of it is in force on that day", followed.baseline.span))
    for name, sentence in follows.items():
        if name not in names:
            day = sentence.as_of.value if isinstance(sentence.as_of, Day) else None
            missing.append(NotFound(name, day, "there is no such baseline to read", sentence.baseline.span))
    why_none = "" if found or missing else "none that binds it is in force on its day"
    return Choice(tuple(found), tuple(missing), why_none)


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


def on_day(of_name: tuple[Baseline, ...], day: datetime.date | None) -> Baseline | None:
    """The edition in force on a day: of several the one that came into force last; with no day, the newest."""
    fitting = [each for each in of_name if in_force(each.head.sentences, day)]
    if not fitting and day is None:
        fitting = list(of_name)
    return max(fitting, key=lambda each: days_of(each.head.sentences)[0] or _FIRST_DAY, default=None)


def _forced(system: System, editions: tuple[Baseline, ...], baseline: str, as_of: datetime.date | None) -> Choice:
    """The one edition that was named, by the baseline's name or by the name of its file."""
    of_name = named(editions, baseline)
    general, why = day_of(system)
    day, why = (as_of, "the day was named") if as_of is not None else (general, why)
    if len(of_name) == 1 and as_of is None:
        return Choice((Chosen(of_name[0], _held(of_name[0], None, "it was named")),), ())
    edition = on_day(of_name, day)
    if edition is None:
        reason = "no edition of it is in force on that day" if of_name else "there is no such baseline to read"
        return Choice((), (NotFound(baseline, day, reason, system.origin.span),))
    return Choice((Chosen(edition, _held(edition, day, f"it was named; {why}")),), ())


def named(editions: tuple[Baseline, ...], name: str) -> tuple[Baseline, ...]:
    """The editions of a baseline's name, or the ones in the file of that name."""
    by_name = tuple(each for each in editions if each.name == name)
    return by_name or tuple(
        each for each in editions if name in (file_of(each), PurePath(each.origin.span.source.name).name)
    )


def file_of(edition: Baseline) -> str:
    """The name of the file an edition stands in, without its folder and ending."""
    return PurePath(edition.origin.span.source.name).stem


def _held(edition: Baseline, day: datetime.date | None, why: str, span: Span = NOWHERE) -> Held:
    first, last = days_of(edition.head.sentences)
    return Held(edition.name, first, last, day, why, span)
