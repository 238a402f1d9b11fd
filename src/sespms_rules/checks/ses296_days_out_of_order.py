"""A text in force before OPM approved it, or a certification that ends before it begins."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.edits import words_instead
from sespms_rules.checks.analysis.sentences import under
from sespms_rules.foundation.diagnostic import Diagnostic, Label, warning
from sespms_rules.language.model import System
from sespms_rules.language.syntax.nodes import Day
from sespms_rules.language.syntax.system import Approved, Certified, Effective, Submitted
from sespms_rules.language.syntax.words import PartKind

FINDING = warning("SES296", "days-out-of-order", "5 CFR 430.314(a)")


def check(system: System) -> Iterator[Diagnostic]:
    """Find an effective day before submission or approval, and a last day before the first."""
    for effective in under(system, PartKind.SYSTEM, Effective):
        approved = [(each.day, "OPM approved it") for each in under(system, PartKind.SYSTEM, Approved)]
        submitted = [(each.day, "it went to OPM") for each in under(system, PartKind.SYSTEM, Submitted)]
        begins = effective.day
        for earlier, done in approved or submitted:
            if isinstance(begins, Day) and isinstance(earlier, Day) and begins.value < earlier.value:
                yield FINDING.at(
                    begins.span,
                    f"the text is in force from `{begins.value}`, before {done} on `{earlier.value}`",
                    help=f"let it begin on `{earlier.value}` or later, or correct the other day",
                    labels=(Label(earlier.span, f"the day {done}"),),
                    fixes=words_instead(begins.span.text, str(earlier.value), begins.span),
                )
    for certified in under(system, PartKind.SYSTEM, Certified):
        first, last = certified.first, certified.last
        if isinstance(first, Day) and isinstance(last, Day) and last.value < first.value:
            yield FINDING.at(
                last.span,
                f"the certification ends on `{last.value}`, before it begins on `{first.value}`",
                help="correct one of the two days",
                labels=(Label(first.span, "its first day"),),
                citations=("5 USC 5307(d)(3)(B)",),
            )
