"""A value that cannot be worked out for some appraisals that the policy admits."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.decided.deciding import Decision, lacks
from sespms_rules.checks.decided.telling import refused
from sespms_rules.engines.refusals import RefusalKind
from sespms_rules.foundation.diagnostic import Diagnostic, error
from sespms_rules.language.model import System

FINDING = error("SES274", "value-not-worked-out")

_REFUSALS = frozenset({RefusalKind.NOTHING_TO_AVERAGE.code, RefusalKind.DIVISION_BY_ZERO.code})


def check(_system: System, decisions: tuple[Decision, ...], _before: tuple[Diagnostic, ...]) -> Iterator[Diagnostic]:
    """Find averages over nobody, divisions by zero, elements that a plan lacks, each with an appraisal."""
    for decision in decisions:
        for appraisal, rating in decision.gaps:
            if rating.refused[0].code in _REFUSALS or lacks(appraisal, rating):
                yield refused(FINDING, decision, appraisal, rating.refused[0])
