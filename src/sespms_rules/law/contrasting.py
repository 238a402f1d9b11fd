"""Where the choice of the edition turns a verdict: one sentence that cites both."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from sespms_rules.checks.analysis import chosen
from sespms_rules.foundation.values import cache_by_identity
from sespms_rules.language.model import Baseline, System
from sespms_rules.language.syntax.requirements import MayHave, MustNotHave
from sespms_rules.language.syntax.words import PartKind
from sespms_rules.law.editions import days_of


def contrasts(system: System, held: tuple[Baseline, ...], editions: tuple[Baseline, ...]) -> tuple[str, ...]:
    """Say of each part of the system that one edition of a held baseline forbids and another allows, what each says."""
    return tuple(
        sentence
        for edition in held
        for other in editions
        if other.name == edition.name and other is not edition
        for part in system.parts
        if part.sentences
        for sentence in _contrast(part.kind, edition, other)
    )


def _contrast(kind: PartKind, held: Baseline, other: Baseline) -> Iterator[str]:
    forbidden, forbidden_there = _forbids(held, kind), _forbids(other, kind)
    if (forbidden is None) == (forbidden_there is None):
        return
    if forbidden is not None:
        if _first(other) < _first(held) and not _speaks_of(other, kind):
            return  # what a rule of before did not yet say is no news
        yield (
            f"`{kind.value}` is forbidden by {forbidden}, in the edition of {_day(held)}, which this system is held "
            f"to; {_allowed(other, kind)}"
        )
    else:
        yield (
            f"`{kind.value}` is forbidden by {forbidden_there}, in the edition of {_day(other)}; "
            f"{_allowed(held, kind)}, which this system is held to"
        )


def _allowed(edition: Baseline, kind: PartKind) -> str:
    """What an edition that does not forbid a part says of it."""
    for requirement in edition.requirements:
        if any(each.part.kind is kind for each in chosen(requirement.sentences, MayHave)):
            return f"it is allowed by {requirement.citation}, in the edition of {_day(edition)}"
    return f"nothing forbids it in the edition of {_day(edition)}"


def _forbids(edition: Baseline, kind: PartKind) -> str | None:
    return _forbidden(edition).get(kind)


@cache_by_identity(64)
def _forbidden(edition: Baseline) -> dict[PartKind, str]:
    """The kinds of parts that an edition forbids, each with the first requirement that does."""
    found: dict[PartKind, str] = {}
    for requirement in edition.requirements:
        for each in chosen(requirement.sentences, MustNotHave):
            found.setdefault(each.part.kind, requirement.citation)
    return found


def _speaks_of(edition: Baseline, kind: PartKind) -> bool:
    return any(
        each.part.kind is kind
        for requirement in edition.requirements
        for each in chosen(requirement.sentences, MayHave)
    )


def _first(edition: Baseline) -> datetime.date:
    return days_of(edition.head.sentences)[0] or datetime.date.min


def _day(edition: Baseline) -> str:
    return str(days_of(edition.head.sentences)[0] or "no stated day")
