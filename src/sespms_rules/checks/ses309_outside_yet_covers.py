"""A system that says it is outside the Senior Executive Service, and covers executives of it."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.sentences import under
from sespms_rules.foundation.diagnostic import Diagnostic, Label, error
from sespms_rules.foundation.line_edits import line_out_of_several
from sespms_rules.language.model import System
from sespms_rules.language.syntax.system import Covers, OutsideService
from sespms_rules.language.syntax.words import PartKind

FINDING = error("SES309", "outside-yet-covers", "5 USC 3132(a)")


def check(system: System) -> Iterator[Diagnostic]:
    """Find the two sentences side by side: the first would take from the system all law that the second brings."""
    outside = under(system, PartKind.SYSTEM, OutsideService)
    for covers in under(system, PartKind.SYSTEM, Covers) if outside else ():
        kinds = " and ".join(each.value for each in covers.coverages)
        yield FINDING.at(
            covers.span,
            f"the system covers {kinds} executives, and says that it is outside the Senior Executive Service",
            help="a system for senior executives leaves out `is outside the Senior Executive Service`; one for other "
            "employees leaves out `covers …`, which names kinds of appointment in the service",
            labels=(Label(outside[0].span, "here it says it is outside the service"),),
            fixes=(
                line_out_of_several("take out that it is outside the service", outside[0].span),
                line_out_of_several("take this out", covers.span),
            ),
        )
