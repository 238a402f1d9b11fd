"""An edition of rules that a system follows and that nothing has compared it with."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.check.reading_sentences import under
from sespms_rules.diagnostic import Diagnostic, note
from sespms_rules.model import System
from sespms_rules.syntax.nodes import Day
from sespms_rules.syntax.system import Follows
from sespms_rules.syntax.words import PartKind

FINDING = note("SES301", "baseline-not-held")


def check(system: System) -> Iterator[Diagnostic]:
    """Say of each edition the system follows that it was not held against it."""
    for sentence in under(system, PartKind.SYSTEM, Follows):
        day = f" as of {sentence.as_of.value}" if isinstance(sentence.as_of, Day) else ""
        yield FINDING.at(
            sentence.baseline.span,
            f"this version does not hold a system against `{sentence.baseline.text}`{day}; whether it conforms was "
            "not examined",
            help="compare the system with the edition by hand; the other findings speak of the system by itself",
        )
