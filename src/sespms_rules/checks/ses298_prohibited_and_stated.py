"""A system that prohibits a forced distribution and states one."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.sentences import under
from sespms_rules.foundation.diagnostic import Diagnostic, Label, error
from sespms_rules.foundation.line_edits import line_out_of_several
from sespms_rules.language.model import System
from sespms_rules.language.syntax.planning import ProhibitsDistribution
from sespms_rules.language.syntax.words import PartKind

FINDING = error("SES298", "prohibited-and-stated")


def check(system: System) -> Iterator[Diagnostic]:
    """Find a part `distribution` beside the sentence that prohibits one."""
    part = system.part(PartKind.DISTRIBUTION)
    for said in under(system, PartKind.APPRAISAL, ProhibitsDistribution):
        if part is not None and part.sentences:
            yield FINDING.at(
                part.origin.span,
                "the text states a distribution of levels and prohibits one",
                help="take the part `distribution` out, or the sentence that prohibits it",
                labels=(Label(said.span, "this prohibits it"),),
                fixes=(line_out_of_several("take the prohibition out", said.span),),
            )
