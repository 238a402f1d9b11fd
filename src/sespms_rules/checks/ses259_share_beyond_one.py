"""A share that is compared with a number no share can reach."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.decision_rows import derivations
from sespms_rules.checks.analysis.sentences import number, within
from sespms_rules.checks.analysis.units import Quantity, units_of
from sespms_rules.foundation.diagnostic import Diagnostic, Fix, error
from sespms_rules.language.model import System
from sespms_rules.language.syntax.formula import ClauseOfName, ClauseOfScore, Comparison
from sespms_rules.language.syntax.limits import Negative
from sespms_rules.language.syntax.nodes import Number

FINDING = error("SES259", "share-beyond-one")


def check(system: System) -> Iterator[Diagnostic]:
    """Find comparisons of a share with a number below 0 or above 1."""
    for derivation in derivations(system):
        units = units_of(derivation.part)
        for stated in derivation.part.sentences:
            for clause in within(stated.sentence, ClauseOfName):
                if units.get(clause.name.text) is Quantity.SHARE:
                    yield from _beyond(clause.name.text, clause.comparison)
            for of_score in within(stated.sentence, ClauseOfScore):
                if units.get(None) is Quantity.SHARE:
                    yield from _beyond("score", of_score.comparison)


def _beyond(name: str, comparison: Comparison) -> Iterator[Diagnostic]:
    operand = comparison.operand
    if not isinstance(operand, Number | Negative):
        return
    value = -operand.number.value if isinstance(operand, Negative) else operand.value
    if 0 <= value <= 1:
        return
    percent = value / 100
    sensible = 1 < value <= 100
    yield FINDING.at(
        operand.span,
        f"`{name}` is a share, which lies from 0 to 1, and it is compared with `{number(value)}`",
        help=f"write `{number(percent)}` for {number(value)} percent"
        if sensible
        else "compare it with a number from 0 to 1",
        fixes=(Fix(f"write `{number(percent)}`", operand.span, number(percent), sure=False),) if sensible else (),
    )
