"""A lowest weight above the highest weight of the same element."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sespms_rules.checks.analysis.sentences import number
from sespms_rules.checks.analysis.weights import weight_rules
from sespms_rules.checks.analysis.weights_by_facts import in_each_case
from sespms_rules.foundation.diagnostic import Diagnostic, Fix, Label, error
from sespms_rules.foundation.line_edits import one_of_several
from sespms_rules.language.model import System
from sespms_rules.language.syntax.limits import AtLeast, AtMost, Limit, limit_ends

FINDING = error("SES213", "floor-above-ceiling")


def check(system: System) -> Iterator[Diagnostic]:
    """Find elements whose floor and ceiling, said in two sentences, contradict each other."""
    yield from in_each_case(system, _of_one_case)


def _of_one_case(system: System) -> Iterator[Diagnostic]:
    rules = weight_rules(system)
    found = set()
    for limits in (*rules.members, rules.others):
        floor, ceiling = limits.floor(), limits.ceiling()
        if floor is None or ceiling is None or floor is ceiling:
            continue
        low, high = limit_ends(floor.limit)[0], limit_ends(ceiling.limit)[1]
        if low is None or high is None or low <= high or (floor.span, ceiling.span) in found:
            continue
        found.add((floor.span, ceiling.span))
        whose = f"`{limits.name}`" if limits.name else "each element that the plan adds"
        yield FINDING.at(
            floor.limit.span,
            f"{whose} must weigh at least `{number(low)}` and at most `{number(high)}`",
            help="ask for less at least, or allow more at most",
            labels=(Label(ceiling.limit.span, "the ceiling"),),
            fixes=tuple(_cures(floor.limit, low, ceiling.limit, high)),
        )


def _cures(floor: Limit, low: Fraction, ceiling: Limit, high: Fraction) -> Iterator[Fix]:
    """The floor down to the ceiling, or the ceiling up to the floor."""
    if isinstance(floor, AtLeast):
        yield one_of_several(floor.span, f"at least {number(high)}", "which asks for less")
    if isinstance(ceiling, AtMost):
        yield one_of_several(ceiling.span, f"at most {number(low)}", "which allows more")
