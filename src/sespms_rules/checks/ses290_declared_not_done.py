"""A declaration that each part of a plan has something, beside a part in the same text that has none."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.declarations import Lack, how_to_add, lacks, lacks_in_element
from sespms_rules.checks.analysis.sentences import chosen, under
from sespms_rules.foundation.diagnostic import Diagnostic, Label, error
from sespms_rules.foundation.line_edits import line_out_of_several
from sespms_rules.language.model import System
from sespms_rules.language.syntax.elements import RequirementHas
from sespms_rules.language.syntax.planning import EachHas
from sespms_rules.language.syntax.words import PartKind, PlanItem

FINDING = error("SES290", "declared-not-done")


def check(system: System) -> Iterator[Diagnostic]:
    """Find each declaration that the text itself denies, and the places that deny it."""
    for declared in under(system, PartKind.PLAN, EachHas):
        yield from _told(declared, lacks(system, declared))
    for element in system.elements:
        for declared_there in chosen(element.part.sentences, RequirementHas):
            yield from _told(declared_there, lacks_in_element(element, declared_there))


def _told(declared: EachHas | RequirementHas, found: tuple[Lack, ...]) -> Iterator[Diagnostic]:
    if not found:
        return
    what = "element" if declared.item is PlanItem.REQUIREMENT else "requirement"
    first, *others = found
    more = f", and {len(others)} more {what}{'s' if len(others) > 1 else ''} has none" if others else ""
    more = more.replace("s has none", "s have none")
    where = f"`{first.name}`" if what == "element" else f"the requirement of `{first.name}`"
    yield FINDING.at(
        first.span,
        f"{where} has no {declared.item}, though the text says that each {what} has{more}",
        help=f"{how_to_add(declared.item)}; or take the sentence out that says so",
        labels=(
            Label(declared.span, "this says that each has"),
            *(Label(each.span, "none here") for each in others[:4]),
        ),
        fixes=(line_out_of_several("take the sentence out that says so", declared.span),),
    )
