"""What the author of a text under review wishes to be quiet about; a reviewer's reading heeds no such wish."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis import under
from sespms_rules.foundation.diagnostic import Diagnostic, note
from sespms_rules.language.model import System
from sespms_rules.language.syntax.nodes import AnyWording
from sespms_rules.language.syntax.system import Accepts
from sespms_rules.language.syntax.words import PartKind

FINDING = note("SES404", "acceptance-not-heeded")


def found(system: System) -> Iterator[Diagnostic]:
    """List each `accepts` with the author's reason."""
    for each in under(system, PartKind.SYSTEM, Accepts):
        reason = "no reason" if isinstance(each.reason, AnyWording) else f"this reason: {each.reason.text}"
        yield FINDING.at(
            each.span,
            f"the author accepts {each.code.text} and gives {reason}",
            help="in a review this quiets nothing; what it speaks of is told as it is found",
        )
