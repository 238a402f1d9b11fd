"""What `accepts SES… because "…"` does to findings: a warning becomes a note that keeps the reason, as a note does."""

from __future__ import annotations

from collections.abc import Iterable

from sespms_rules.checks.analysis.sentences import under
from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.values import replace
from sespms_rules.language.model import System
from sespms_rules.language.syntax.nodes import AnyWording
from sespms_rules.language.syntax.system import Accepts
from sespms_rules.language.syntax.words import PartKind


def accepted(system: System, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return findings about a system with its accepted warnings as notes; errors stay errors.

    Findings of any stage may be given, as long as they speak of this system.
    """
    reasons = {
        sentence.code.text: "" if isinstance(sentence.reason, AnyWording) else sentence.reason.text
        for sentence in under(system, PartKind.SYSTEM, Accepts)
    }
    return tuple(_accepted(finding, reasons) for finding in found)


def without_accepts(system: System) -> System:
    """The system without its `accepts` lines, so that nothing it accepts is quieted."""
    kept = tuple(each for each in system.head.sentences if not isinstance(each.sentence, Accepts))
    return replace(system, head=replace(system.head, sentences=kept))


def _accepted(finding: Diagnostic, reasons: dict[str, str]) -> Diagnostic:
    if finding.severity is Severity.ERROR or finding.code not in reasons:
        return finding
    words = f"accepted by the system, because: {' '.join(reasons[finding.code].split())}"
    help = f"{finding.help}; {words}" if finding.help else words
    return replace(finding, severity=Severity.NOTE, help=help)
