"""The editions a library holds, read only where they can matter: parsing one takes longer than judging by it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from functools import lru_cache

from sespms_rules.checks.analysis import (
    JudgedDays,
    judged_days,
    under,
)
from sespms_rules.foundation.patterns import late
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.model import Baseline, System
from sespms_rules.language.resolution import FolderLibrary, Library, find_editions
from sespms_rules.language.syntax.nodes import Day, Document
from sespms_rules.language.syntax.system import Follows
from sespms_rules.language.syntax.words import PartKind
from sespms_rules.law.editions import follows_nothing, why_unbound
from sespms_rules.law.periods import days_of

_HEAD = late(r'^(?:baseline|overlay)[ \t]+"([^"\n]+)"[^\n]*\n((?:(?:[ \t#][^\n]*)?\n)*)', re.MULTILINE)
_DAYS = late(r"^[ \t]+in\s+force\s+from\s+(\d{4}-\d\d-\d\d)(?:\s+to\s+(\d{4}-\d\d-\d\d))?", re.MULTILINE)
_FOLLOWERS = late(r"^[ \t]+applies\s+to\s+systems\s+that\s+follow\b", re.MULTILINE)
_FORBIDS = late(r"^[ \t]+must\s+not\s+have\s+([a-z ]+)", re.MULTILINE)


class _Head(Frozen):
    """What the lines of an edition's head say, read without parsing: enough to pass it over."""

    name: str
    first: datetime.date
    last: datetime.date
    followers: bool


def editions_for(
    system: System, law: Library, baseline: str | None = None, as_of: datetime.date | None = None
) -> tuple[Baseline, ...]:
    """The editions from which those of a system are chosen; none where no day could choose among them.

    `law` holds the texts that the reader trusts. Nothing that comes with the system is ever looked into here.
    """
    if baseline is None and as_of is None and follows_nothing(system) and why_unbound(system):
        return ()
    if baseline is None and isinstance(law, FolderLibrary):
        law = _that_matter(system, law, as_of)
    return every_edition(law)


def every_edition(law: Library) -> tuple[Baseline, ...]:
    """All editions and overlays among trusted texts; of two for one baseline and first day, the nearer one alone."""
    first: dict[tuple[str, datetime.date | None], Baseline] = {}
    for edition in find_editions(None, Document(()), law):
        first.setdefault((edition.name, days_of(edition.head.sentences)[0]), edition)
    return tuple(first.values())


# ---- passing files over --------------------------------------------------------------------------


def _that_matter(system: System, library: FolderLibrary, as_of: datetime.date | None) -> FolderLibrary:
    """The library without files that hold no edition a system could be checked against.

    An edition of another day is kept where one edition of its baseline forbids a part that the system has, so that
    both can be cited, and where the system says that it follows the edition of that day.
    """
    follows = {each.baseline.text: each for each in under(system, PartKind.SYSTEM, Follows)}
    days = judged_days(system, as_of)
    has = {part.kind.value for part in system.parts if part.sentences}
    texts = library.source_texts()
    heads = {text: _heads(text) for text in texts}
    contested = {head.name for text in texts if not _forbidden(text).isdisjoint(has) for head in heads[text]}

    def fits(head: _Head) -> bool:
        named = follows[head.name].as_of if head.name in follows else None
        return _may_count(head, days) or (isinstance(named, Day) and head.first <= named.value <= head.last)

    fitting = {head.name for text in texts for head in heads[text] if fits(head)}

    def matters(head: _Head) -> bool:
        if head.name in follows and head.name not in fitting:
            return True  # so that it can be said that there is one, of another day
        return (fits(head) or head.name in contested) and (not head.followers or head.name in follows)

    return library.holding(lambda text: any(map(matters, heads[text])))


def _may_count(head: _Head, days: JudgedDays) -> bool:
    """Whether an edition could be that of some days: it is in force on the day, or for a part of the period."""
    if days.day is None or days.rests_on_follows:
        return True
    return head.first <= days.day and head.last >= (days.period.start if days.period else days.day)


@lru_cache(maxsize=400)
def _forbidden(text: str) -> frozenset[str]:
    """The parts that editions of a text forbid; asked of the same texts for every system that is judged."""
    return frozenset(part.strip() for part in _FORBIDS.findall(text))


@lru_cache(maxsize=400)
def _heads(text: str) -> tuple[_Head, ...]:
    return tuple(_heads_in(text))


def _heads_in(text: str) -> Iterator[_Head]:
    for name, lines in _HEAD.findall(text):
        days = _DAYS.search(lines)
        first = days.group(1) if days else None
        last = days.group(2) if days else None
        yield _Head(
            " ".join(name.split()),
            _day(first, datetime.date.min),
            _day(last, datetime.date.max),
            _FOLLOWERS.search(lines) is not None,
        )


def _day(written: str | None, otherwise: datetime.date) -> datetime.date:
    """The day that is written; a day that there is not is left to the parser, so the edition is not passed over."""
    try:
        return datetime.date.fromisoformat(written) if written else otherwise
    except ValueError:
        return otherwise
