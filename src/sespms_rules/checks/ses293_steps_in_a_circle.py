"""Steps of the rating year that each come after the other."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.step_order import circle
from sespms_rules.foundation.diagnostic import Diagnostic, Label, error
from sespms_rules.language.model import System

FINDING = error("SES293", "steps-in-a-circle")


def check(system: System) -> Iterator[Diagnostic]:
    """Find an order of steps that nobody can keep."""
    lines = circle(system)
    if lines:
        first, *others = lines
        yield FINDING.at(
            first.origin.span,
            "nobody can keep this order of steps: followed line by line it puts a step behind itself",
            help="change the timing of one of these lines, so that each step comes after those it needs",
            labels=tuple(Label(each.origin.span, "this line is part of it") for each in others[:5]),
        )
