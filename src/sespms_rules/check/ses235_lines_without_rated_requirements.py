"""A derivation in an element that has nothing to derive its rating from."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.diagnostic import Diagnostic, error
from sespms_rules.model import System
from sespms_rules.syntax.derivation import (
    Band,
    MemberIs,
    NamedIs,
    Override,
    Row,
    RowOtherwise,
    ScoreIs,
)
from sespms_rules.syntax.elements import RequirementTotal, RequirementWhole

FINDING = error("SES235", "lines-without-rated-requirements")

_DERIVING = (ScoreIs, NamedIs, MemberIs, Band, Row, RowOtherwise, Override, RequirementTotal, RequirementWhole)


def check(system: System) -> Iterator[Diagnostic]:
    """Find elements that state formulas, lines or requirement weights while their requirements are not rated."""
    for element in system.elements:
        if element.requirements_rated:
            continue
        first = next((each.sentence for each in element.part.sentences if isinstance(each.sentence, _DERIVING)), None)
        if first is not None:
            yield FINDING.at(
                first.span,
                f"this line has no effect, because the requirements of `{element.name}` are not rated",
                help="add `requirements are rated` to its block, or take the line out",
            )
