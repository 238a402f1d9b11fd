"""A sum of two things that are not counted in the same way."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.decision_rows import derivations
from sespms_rules.checks.analysis.sentences import within
from sespms_rules.checks.analysis.units import Quantity, Units, formulas, unit_of, units_of
from sespms_rules.foundation.diagnostic import Diagnostic, Fix, Label, warning
from sespms_rules.foundation.line_edits import instead
from sespms_rules.language.model import System
from sespms_rules.language.syntax.formula import Add, Subtract

FINDING = warning("SES260", "units-mixed")

_LEVEL_OF = "the level of "

_APART = ({Quantity.LEVEL, Quantity.POINTS}, {Quantity.LEVEL, Quantity.SHARE}, {Quantity.LEVEL, Quantity.COUNT})
"""Units that are never added on purpose; a share or a count may be worth points as it stands."""


def check(system: System) -> Iterator[Diagnostic]:
    """Find sums and differences of a level with points, a share or a count."""
    for derivation in derivations(system):
        units = units_of(derivation.part)
        for formula in formulas(derivation.part):
            sums: tuple[Add | Subtract, ...] = (*within(formula, Add), *within(formula, Subtract))
            for each in sums:
                yield from _mixed(each, units)


def _mixed(formula: Add | Subtract, units: Units) -> Iterator[Diagnostic]:
    left, right = unit_of(formula.left, units), unit_of(formula.right, units)
    if left is None or right is None or {left, right} not in _APART:
        return
    word = "added to" if isinstance(formula, Add) else "taken from"
    first, second = (left, right) if isinstance(formula, Add) else (right, left)
    yield FINDING.at(
        formula.span,
        f"{first} is {word} {second} here" if first is not Quantity.POINTS else f"points are {word} {second} here",
        help="take the points of the element instead of its level, or leave one of the two out",
        labels=(Label(formula.left.span, left.value), Label(formula.right.span, right.value)),
        fixes=tuple(_in_points(formula, left, right)),
    )


def _in_points(formula: Add | Subtract, left: Quantity, right: Quantity) -> Iterator[Fix]:
    """Where points meet the level of one element: take its points."""
    for term, unit, other in ((formula.left, left, right), (formula.right, right, left)):
        if unit is Quantity.LEVEL and other is Quantity.POINTS and term.span.text.startswith(_LEVEL_OF):
            yield instead(term.span, f"the points of {term.span.text.removeprefix(_LEVEL_OF)}")
