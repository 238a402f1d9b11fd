"""A total of zero."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.sentences import sentences_of
from sespms_rules.foundation.diagnostic import Diagnostic, error
from sespms_rules.foundation.line_edits import instead
from sespms_rules.language.model import System
from sespms_rules.language.syntax.elements import RequirementTotal, WeightTotal

FINDING = error("SES226", "total-not-positive")


def check(system: System) -> Iterator[Diagnostic]:
    """Find totals of weights that are not above zero."""
    for _, sentence in sentences_of(system):
        if isinstance(sentence, WeightTotal | RequirementTotal) and sentence.total.value <= 0:
            yield FINDING.at(
                sentence.total.span,
                f"weights cannot total `{sentence.total.text}`; every weight is above zero",
                help="state a total above zero, for instance `total 100`",
                fixes=(instead(sentence.total.span, "100"),),
            )
