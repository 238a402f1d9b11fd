"""Two overrides on one condition."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.decision_rows import derivations
from sespms_rules.checks.analysis.levels import level_number
from sespms_rules.checks.analysis.sentences import number
from sespms_rules.foundation.diagnostic import Diagnostic, Label, warning
from sespms_rules.foundation.line_edits import line_out
from sespms_rules.language.model import System
from sespms_rules.language.syntax.derivation import Override

FINDING = warning("SES222", "override-outdone")


def check(system: System) -> Iterator[Diagnostic]:
    """Find overrides with the condition of another: the lower level holds, so the other never does."""
    for derivation in derivations(system):
        first: dict[object, Override] = {}
        for override in derivation.overrides:
            earlier = first.setdefault(override.phrases, override)
            one, two = level_number(earlier.level), level_number(override.level)
            if earlier is override or one is None or two is None:
                continue
            said = (
                f"two lines make the rating level {number(one)} on the same condition"
                if one == two
                else f"one condition makes the rating level {number(one)} and level {number(two)}; the lower one holds"
            )
            yield FINDING.at(
                override.span,
                said,
                help="keep one of the two lines",
                labels=(Label(earlier.span, "the other line"),),
                fixes=(line_out("take the line out that never holds", (earlier if one > two else override).span),),
            )
