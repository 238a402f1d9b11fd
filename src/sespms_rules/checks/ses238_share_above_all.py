"""A share of more than everything."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sespms_rules.checks.analysis.sentences import everywhere, number
from sespms_rules.foundation.diagnostic import Diagnostic, error
from sespms_rules.language.model import System
from sespms_rules.language.syntax.nodes import Node, Percent
from sespms_rules.language.syntax.uses import OrShare

FINDING = error("SES238", "share-above-all")


def check(system: System) -> Iterator[Diagnostic]:
    """Find shares above 100%; factors in a formula may be larger, and are not looked at."""
    for node, value in _shares(system):
        if value > 100:
            yield FINDING.at(
                node.span,
                f"`{number(value)}%` is more than all of it",
                help="a share is at most 100%",
            )


def _shares(system: System) -> Iterator[tuple[Node, Fraction]]:
    for percent in everywhere(system, Percent):
        yield percent, percent.number.value
    for share in everywhere(system, OrShare):
        yield share, share.percent.value
