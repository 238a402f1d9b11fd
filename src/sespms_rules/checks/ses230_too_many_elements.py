"""More critical elements named than a plan may have."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.sentences import number, under
from sespms_rules.foundation.diagnostic import Diagnostic, Label, error
from sespms_rules.language.model import System
from sespms_rules.language.syntax.limits import limit_ends
from sespms_rules.language.syntax.system import ElementCount
from sespms_rules.language.syntax.words import PartKind

FINDING = error("SES230", "too-many-elements")


def check(system: System) -> Iterator[Diagnostic]:
    """Find a limit on critical elements below the number named; fewer named is no fault, the plan adds its own."""
    named = [element for element in system.elements if element.critical]
    for sentence in under(system, PartKind.SYSTEM, ElementCount):
        _, most = limit_ends(sentence.limit)
        if most is not None and len(named) > most:
            yield FINDING.at(
                sentence.limit.span,
                f"the system names {len(named)} critical elements, but a plan may have at most `{number(most)}`",
                help="raise the limit, or take an element out",
                labels=tuple(Label(element.origin.span, "beyond the limit") for element in named[int(most) :]),
            )
