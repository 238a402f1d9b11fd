"""An acceptance of a finding that is not there, or that cannot be accepted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sespms_rules.checks.analysis.sentences import under
from sespms_rules.foundation.diagnostic import Diagnostic, Severity, note
from sespms_rules.foundation.line_edits import line_out
from sespms_rules.language.model import System
from sespms_rules.language.syntax.system import Accepts
from sespms_rules.language.syntax.words import PartKind

FINDING = note("SES244", "acceptance-without-effect")


def check(system: System, found: Iterable[Diagnostic], codes: frozenset[str]) -> Iterator[Diagnostic]:
    """Find acceptances that change nothing.

    `found` are the findings about this system, `codes` those that could have been found; of any other code this
    stage cannot say whether it occurs.
    """
    severities = {finding.code: finding.severity for finding in found}
    for sentence in under(system, PartKind.SYSTEM, Accepts):
        code = sentence.code.text
        if code in codes and code not in severities:
            yield FINDING.at(
                sentence.code.span,
                f"`{code}` is accepted, but it is not found in this system",
                help="take the line out",
                fixes=(line_out("take the line out", sentence.span),),
            )
        elif severities.get(code) is Severity.ERROR:
            yield FINDING.at(
                sentence.code.span,
                f"`{code}` is an error, and an error cannot be accepted",
                help="only a warning can be accepted; fix the finding instead",
            )
