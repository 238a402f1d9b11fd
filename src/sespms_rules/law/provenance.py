"""What a report rests on: the files that were read, the editions of the law that bind, and the days these are of.

One type for every command. `checked_against` is for what was judged, `bound_by` for a report that judges nothing and
still names the law its systems are under, `of_editions` for reports on the law itself. `reports.provenance` says it as
JSON and text, `reports.provenance_html` on a page.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Protocol

from sespms_rules.checks.analysis import JudgedDays, judged_days, parts_of
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.language.model import Amendment, Baseline, System
from sespms_rules.language.resolution import Library
from sespms_rules.law.edition_index import editions_for
from sespms_rules.law.editions import choose
from sespms_rules.law.periods import days_of
from sespms_rules.law.verdict import Conformance, Held


class FileRead(Protocol):
    """A file that was read: what its user calls it, and the SHA-256 of its bytes in hexadecimal digits."""

    @property
    def name(self) -> str:
        """What its user calls it."""

    @property
    def sha256(self) -> str:
        """What `sha256sum` says of it."""


class EditionRead(Frozen):
    """An edition of the law that was read: its rules, its first and last day in force, and the text it stands in."""

    baseline: str
    first: datetime.date | None
    last: datetime.date | None
    source: Source = field(compare=False, default=Source("", ""))


class DaysUsed(Frozen):
    """By which days a system was judged, or would be."""

    system: str
    days: JudgedDays


class Provenance(Frozen):
    """What a report rests on; each file and each edition once.

    `judged` is false where the editions are those that bind the systems and the report compared nothing with them.
    """

    files: tuple[FileRead, ...] = field(default=(), compare=False)
    editions: tuple[EditionRead, ...] = field(default=())
    days: tuple[DaysUsed, ...] = field(default=())
    judged: bool = field(default=True)

    def and_read(self, files: Iterable[FileRead]) -> Provenance:
        """The same with more files: a roster, an amendment."""
        return Provenance(_once(*self.files, *files), self.editions, self.days, self.judged)


def checked_against(files: Iterable[FileRead], held: Iterable[Conformance]) -> Provenance:
    """What a check rests on: the files, and the editions and days that its systems were judged by."""
    systems = tuple(held)
    editions = tuple(_read(each) for one in systems for each in one.held)
    days = tuple(DaysUsed(each.system, each.days) for each in systems)
    return Provenance(_once(*files), tuple(dict.fromkeys(editions)), days)


def bound_by(
    files: Iterable[FileRead], systems: Iterable[System], law: Library, as_of: datetime.date | None = None
) -> Provenance:
    """What a report on systems rests on that judges none: the editions of the law that bind them, and by which day."""
    every = tuple(systems)
    chosen = (choose(each, editions_for(each, law, None, as_of), None, as_of).chosen for each in every)
    editions = tuple(_read(each.held) for one in chosen for each in one)
    days = tuple(DaysUsed(each.name, judged_days(each, as_of)) for each in every)
    return Provenance(_once(*files), tuple(dict.fromkeys(editions)), days, judged=False)


def held_against(
    files: Iterable[FileRead], system: System, editions: Iterable[Baseline], days: Iterable[JudgedDays]
) -> Provenance:
    """What a report rests on that holds a year on record, or the rules of states, against editions of the law."""
    read = (EditionRead(each.name, *days_of(each.head.sentences), each.origin.span.source) for each in editions)
    used = tuple(DaysUsed(system.name, each) for each in days)
    return Provenance(_once(*files), tuple(dict.fromkeys(read)), used)


def of_editions(editions: Iterable[Baseline], also: Provenance | None = None) -> Provenance:
    """What a report on editions of the law rests on; `also` is what it says of policies."""
    read = (EditionRead(each.name, *days_of(each.head.sentences), each.origin.span.source) for each in editions)
    more = also or Provenance()
    return Provenance(more.files, tuple(dict.fromkeys((*read, *more.editions))), more.days)


def texts_of(systems: Iterable[System], amendments: Iterable[Amendment] = ()) -> tuple[Source, ...]:
    """The texts that systems consist of, those they are based on among them, and those of the amendments."""
    spans = [each.origin.span for each in amendments]
    for system in systems:
        spans += [system.origin.span, *(each.origin.span for part in parts_of(system) for each in part.sentences)]
    return tuple({each.source.name: each.source for each in spans if each.source.name}.values())


def _read(held: Held) -> EditionRead:
    return EditionRead(held.baseline, held.first, held.last, held.span.source)


def _once(*files: FileRead) -> tuple[FileRead, ...]:
    known: dict[str, FileRead] = {}
    for each in files:
        if each.name:
            known.setdefault(each.name, each)
    return tuple(known.values())
