"""A consequence that one line requires or allows and another bars at the same level."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.declarations import contradictions
from sespms_rules.foundation.diagnostic import Diagnostic, Label, error
from sespms_rules.foundation.spelling import listed
from sespms_rules.language.model import System
from sespms_rules.language.syntax.uses import Requires

FINDING = error("SES292", "required-and-barred")


def check(system: System) -> Iterator[Diagnostic]:
    """Find lines on consequences that cannot both be followed."""
    for each in contradictions(system):
        verb = "requires" if isinstance(each.line.sentence, Requires) else "allows"
        actions = listed([f"`{action}`" for action in each.actions])
        yield FINDING.at(
            each.line.origin.span,
            f"the text {verb} {actions} at level {each.level} and bars it there",
            help="take one of the two lines out, or name the levels so that they do not meet",
            labels=(Label(each.bar.origin.span, "this bars it"),),
        )
