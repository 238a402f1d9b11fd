"""A text under review that does not say from which day it is meant to be used."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis import effective_day
from sespms_rules.foundation.diagnostic import Diagnostic, error
from sespms_rules.language.model import System

FINDING = error("SES308", "effective-day-missing")


def found(system: System) -> Iterator[Diagnostic]:
    """Find a system without an effective day."""
    if effective_day(system) is None:
        yield FINDING.at(
            system.origin.span,
            f"`{system.name}` states no effective day, so the text does not tell which law it is to be judged by",
            help="write `effective DATE` in its head, the first day on which it is meant to be used",
        )
