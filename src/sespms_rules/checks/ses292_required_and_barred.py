"""A consequence that one line requires or allows and another bars at the same level, or lets nobody come to."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.declarations import Contradiction, contradictions
from sespms_rules.foundation.diagnostic import Diagnostic, Label, error
from sespms_rules.foundation.line_edits import line_out_of_several
from sespms_rules.foundation.spelling import listed
from sespms_rules.language.model import System
from sespms_rules.language.syntax.uses import Bars, OneOf, Requires

FINDING = error("SES292", "required-and-barred")


def check(system: System) -> Iterator[Diagnostic]:
    """Find lines on consequences that cannot both be followed."""
    for each in contradictions(system):
        actions = listed([f"`{action}`" for action in each.actions])
        bars = isinstance(each.bar.sentence, Bars)
        against = "bars it there" if bars else "lets the executive stay there (`retention`)"
        yield FINDING.at(
            each.line.origin.span,
            f"the text {_verb(each)} {actions} at level {each.level} and {against}",
            help="take one of the two lines out, or name the levels so that they do not meet",
            labels=(Label(each.bar.origin.span, "this bars it" if bars else "this lets the executive stay"),),
            fixes=(
                line_out_of_several(f"take the {'bar' if bars else 'line on staying'} out", each.bar.origin.span),
                line_out_of_several("take this line out", each.line.origin.span),
            ),
        )


def _verb(each: Contradiction) -> str:
    said = each.line.sentence
    if not isinstance(said, Requires):
        return "allows"
    return (
        "offers a choice of"
        if isinstance(said.actions, OneOf) and len(said.actions.actions) > len(each.actions)
        else "requires"
    )
