"""Weights with no total."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.weights import weight_rules
from sespms_rules.foundation.diagnostic import Diagnostic, warning
from sespms_rules.language.model import System
from sespms_rules.language.syntax.words import PartKind

FINDING = warning("SES225", "total-missing")


def check(system: System) -> Iterator[Diagnostic]:
    """Find a part `weights` that does not say what the weights of a plan add up to."""
    part = system.part(PartKind.WEIGHTS)
    if part is not None and part.sentences and weight_rules(system).total is None:
        yield FINDING.at(
            part.origin.span,
            "the weights have no total, so the same ratings can give any score",
            help="say what the weights of a plan add up to, for instance `total 100`",
        )
