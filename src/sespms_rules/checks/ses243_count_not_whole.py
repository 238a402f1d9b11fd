"""A count that is no whole number."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor

from sespms_rules.checks.analysis.sentences import everywhere, number, sentences_of
from sespms_rules.foundation.diagnostic import Diagnostic, Fix, error
from sespms_rules.foundation.line_edits import instead
from sespms_rules.language.model import System
from sespms_rules.language.syntax.elements import RequirementHas
from sespms_rules.language.syntax.limits import AtLeast, AtMost, EachPeriod, EachYear, EveryYears, Limit
from sespms_rules.language.syntax.nodes import Number
from sespms_rules.language.syntax.steps import BoardSize, CapFrom

FINDING = error("SES243", "count-not-whole")


def check(system: System) -> Iterator[Diagnostic]:
    """Find counts of people, measures, goals or times with a fraction.

    Counts of elements and requirements are judged where formulas are read.
    """
    for written, limit in _counts(system):
        if written.value.denominator != 1:
            yield FINDING.at(
                written.span,
                f"`{number(written.value)}` cannot be a count",
                help="write a whole number",
                fixes=_whole(written, limit),
            )


def _whole(written: Number, limit: Limit | None) -> tuple[Fix, ...]:
    """The whole number that asks for the same: 3 for `at least 2.5`, 2 for `at most 2.5`; else none."""
    if isinstance(limit, AtLeast):
        return (instead(written.span, str(ceil(written.value))),)
    return (instead(written.span, str(floor(written.value))),) if isinstance(limit, AtMost) else ()


def _counts(system: System) -> Iterator[tuple[Number, Limit | None]]:
    """The numbers that count something, each with the limit it stands in; shares of a whole are none."""
    for _, sentence in sentences_of(system):
        if isinstance(sentence, BoardSize | RequirementHas):
            yield from _numbers(sentence.limit)
        if isinstance(sentence, CapFrom):
            yield sentence.number, None
    frequencies: list[EachPeriod | EachYear | EveryYears] = [
        *everywhere(system, EachPeriod),
        *everywhere(system, EachYear),
        *everywhere(system, EveryYears),
    ]
    for frequency in frequencies:
        yield from _numbers(frequency.limit)


def _numbers(limit: Limit) -> Iterator[tuple[Number, Limit | None]]:
    ends = [getattr(limit, name) for name in limit._fields if name != "span"]
    yield from ((end, limit) for end in ends if isinstance(end, Number))
