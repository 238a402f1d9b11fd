"""More elements named for every plan than a plan may have."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sespms_rules.checks.analysis.sentences import number, under, within
from sespms_rules.foundation.diagnostic import Diagnostic, Fix, Label, error
from sespms_rules.foundation.line_edits import one_of_several
from sespms_rules.language.model import System
from sespms_rules.language.syntax.limits import Limit, limit_ends
from sespms_rules.language.syntax.nodes import Number
from sespms_rules.language.syntax.system import ElementCount, NoncriticalCount
from sespms_rules.language.syntax.words import PartKind

FINDING = error("SES230", "too-many-elements")


def check(system: System) -> Iterator[Diagnostic]:
    """Find a limit on elements below the number in every plan; fewer named is no fault, the plan adds its own."""
    critical = (each.limit for each in under(system, PartKind.SYSTEM, ElementCount))
    noncritical = (each.limit for each in under(system, PartKind.SYSTEM, NoncriticalCount))
    for limit, is_critical in (*((each, True) for each in critical), *((each, False) for each in noncritical)):
        named = [each for each in system.elements if each.critical is is_critical and not each.in_some_plans]
        _, most = limit_ends(limit)
        if most is not None and len(named) > most:
            word = "critical" if is_critical else "noncritical"
            yield FINDING.at(
                limit.span,
                f"the system names {len(named)} {word} elements, but a plan may have at most `{number(most)}`",
                help="raise the limit, or take an element out",
                labels=tuple(Label(element.origin.span, "beyond the limit") for element in named[int(most) :]),
                fixes=_raised(limit, most, len(named)),
            )


def _raised(limit: Limit, most: Fraction, named: int) -> tuple[Fix, ...]:
    """Let a plan have as many as are named; none where the number does not stand in the limit once."""
    written = [each.span for each in within(limit, Number) if each.value == most]
    if len(written) != 1:
        return ()
    return (one_of_several(written[0], str(named), "so that a plan may have all that the text names"),)
