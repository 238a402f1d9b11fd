"""A sum of two things that are not counted in the same way."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.decision_rows import derivations
from sespms_rules.checks.analysis.sentences import within
from sespms_rules.checks.analysis.units import Quantity, Units, formulas, unit_of, units_of
from sespms_rules.foundation.diagnostic import Diagnostic, Label, warning
from sespms_rules.language.model import System
from sespms_rules.language.syntax.formula import Add, Subtract

FINDING = warning("SES260", "units-mixed")

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
    )
