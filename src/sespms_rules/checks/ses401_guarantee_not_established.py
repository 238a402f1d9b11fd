"""Guarantees that a check does not prove."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.foundation.diagnostic import Diagnostic, note
from sespms_rules.language.model import System
from sespms_rules.language.syntax.words import PartKind

FINDING = note("SES401", "guarantee-not-established")


def check(system: System) -> Iterator[Diagnostic]:
    """Say once of a system with guarantees that checking it does not establish them."""
    part = system.part(PartKind.GUARANTEES)
    if part is None or not part.sentences:
        return
    count = len(part.sentences)
    them = "them" if count > 1 else "it"
    what = f"the {count} guarantees are stated" if count > 1 else "the guarantee is stated"
    yield FINDING.at(
        part.origin.span,
        f"{what}, but `check` neither proves nor refutes {them}",
        help=f"run `sespms prove` to have {them} proved or refuted for every possible appraisal",
    )
