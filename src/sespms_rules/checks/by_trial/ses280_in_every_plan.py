"""An element that only some plans are to have, and that no allowed plan can do without."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.sentences import chosen, under
from sespms_rules.foundation.diagnostic import Diagnostic, Label, warning
from sespms_rules.foundation.line_edits import line_out
from sespms_rules.foundation.source import Span
from sespms_rules.language.model import System
from sespms_rules.language.syntax.elements import InSomePlans
from sespms_rules.language.syntax.system import ElementCount, NoncriticalCount
from sespms_rules.language.syntax.words import PartKind
from sespms_rules.program.ir import Program
from sespms_rules.program.plans import presence

FINDING = warning("SES280", "in-every-plan")


def check(system: System, program: Program, /) -> Iterator[Diagnostic]:
    """Find each line `is in some plans only` that lets no plan do without its element."""
    for name in presence(program.summary).always:
        span = some_plans_line(system, name)
        yield FINDING.at(
            span,
            f"`{name}` is in every plan: the policy allows no plan without it",
            help="take the line out, or let a plan have fewer elements or other weights",
            labels=tuple(counts_of(system, name)),
            fixes=(line_out("take the line out", span),),
        )


def some_plans_line(system: System, name: str) -> Span:
    """The line that says that plans may do without an element."""
    element = next(each for each in system.elements if each.name == name)
    return chosen(element.part.sentences, InSomePlans)[0].span


def counts_of(system: System, name: str) -> Iterator[Label]:
    """The lines that say how many elements like this one a plan has."""
    element = next(each for each in system.elements if each.name == name)
    for sentence in under(system, PartKind.SYSTEM, ElementCount if element.critical else NoncriticalCount):
        yield Label(sentence.span, "how many a plan has")
