"""A count that is no whole number."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.sentences import everywhere, number, sentences_of
from sespms_rules.foundation.diagnostic import Diagnostic, error
from sespms_rules.language.model import System
from sespms_rules.language.syntax.elements import RequirementHas
from sespms_rules.language.syntax.limits import EachPeriod, EachYear, EveryYears, Limit
from sespms_rules.language.syntax.nodes import Number
from sespms_rules.language.syntax.steps import BoardSize, CapFrom

FINDING = error("SES243", "count-not-whole")


def check(system: System) -> Iterator[Diagnostic]:
    """Find counts of people, measures, goals or times with a fraction.

    Counts of elements and requirements are judged where formulas are read.
    """
    for written in _counts(system):
        if written.value.denominator != 1:
            yield FINDING.at(
                written.span,
                f"`{number(written.value)}` cannot be a count",
                help="write a whole number",
            )


def _counts(system: System) -> Iterator[Number]:
    """The numbers that count something; shares of a whole are none."""
    for _, sentence in sentences_of(system):
        if isinstance(sentence, BoardSize | RequirementHas):
            yield from _numbers(sentence.limit)
        if isinstance(sentence, CapFrom):
            yield sentence.number
    frequencies: list[EachPeriod | EachYear | EveryYears] = [
        *everywhere(system, EachPeriod),
        *everywhere(system, EachYear),
        *everywhere(system, EveryYears),
    ]
    for frequency in frequencies:
        yield from _numbers(frequency.limit)


def _numbers(limit: Limit) -> Iterator[Number]:
    ends = [getattr(limit, name) for name in limit._fields if name != "span"]
    yield from (end for end in ends if isinstance(end, Number))
