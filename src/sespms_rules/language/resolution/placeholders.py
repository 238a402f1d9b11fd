"""Holes: `any wording`, `any name`, `any date`, `any day`, `any official`, `any level`.

A hole stands for whatever an agency writes. It belongs after `must state` and its kin; a text that holds of
itself says what it means.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.source import Span
from sespms_rules.foundation.values import Frozen, cache_by_identity
from sespms_rules.language.model import Stated
from sespms_rules.language.resolution.findings import HOLE_OUTSIDE_REQUIREMENT
from sespms_rules.language.syntax.limits import AnyLevel
from sespms_rules.language.syntax.nodes import AnyDate, AnyName, AnyWording, Node, Sentence
from sespms_rules.language.syntax.planning import AnyDay
from sespms_rules.language.syntax.requirements import (
    MustGuarantee,
    MustNotContradict,
    MustNotState,
    MustState,
    ShouldGuarantee,
    ShouldState,
)
from sespms_rules.language.syntax.words import Role

_CURES: dict[type[Node], tuple[str, str]] = {
    AnyWording: ("any wording", "write the wording itself, between double quotes"),
    AnyName: ("any name", "write the name itself, between double quotes"),
    AnyDate: ("any date", "write the day itself, such as 2026-10-01"),
    AnyDay: ("any day", "write the day itself, such as October 1"),
    AnyLevel: ("any level", "write the level itself, such as level 3"),
}
_QUOTES_OTHERS = MustState | MustNotState | MustNotContradict | ShouldState | MustGuarantee | ShouldGuarantee


def holes(sentences: Iterable[Stated]) -> Iterator[Diagnostic]:
    """The holes in sentences that hold of themselves."""
    for stated in sentences:
        for span, words, cure in _holes_of(stated.sentence):
            yield HOLE_OUTSIDE_REQUIREMENT.at(
                span,
                f"`{words}` leaves open what this text itself must say",
                help=f"{cure}; `{words}` belongs after `must state` in a baseline",
            )


@cache_by_identity(16_384)
def _holes_of(sentence: Sentence) -> tuple[tuple[Span, str, str], ...]:
    """The holes of one sentence; those that it asks others to fill are none."""
    return () if isinstance(sentence, _QUOTES_OTHERS) else tuple(_holes_in(sentence, sentence.span))


def _holes_in(value: object, span: Span) -> Iterator[tuple[Span, str, str]]:
    """The holes in a node and below it; a role has no place of its own, so it is told at the sentence."""
    if value is Role.ANY_OFFICIAL:
        yield span, "any official", "name the official, such as rating official"
    elif isinstance(value, tuple):
        for each in value:
            yield from _holes_in(each, span)
    elif type(value) in _CURES and isinstance(value, Node):
        words, cure = _CURES[type(value)]
        yield value.span, words, cure
    elif isinstance(value, Frozen) and not isinstance(value, Span):
        for name in value._compared:
            yield from _holes_in(getattr(value, name), span)
