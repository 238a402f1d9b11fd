"""An element that some plans are to have, and that no allowed plan has room for."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.by_trial.ses280_in_every_plan import counts_of, some_plans_line
from sespms_rules.foundation.diagnostic import Diagnostic, warning
from sespms_rules.language.model import System
from sespms_rules.program.ir import Program
from sespms_rules.program.plans import presence

FINDING = warning("SES281", "in-no-plan")


def check(system: System, program: Program, /) -> Iterator[Diagnostic]:
    """Find each element in some plans only that the elements in every plan leave no room for."""
    for name in presence(program.summary).never:
        yield FINDING.at(
            some_plans_line(system, name),
            f"`{name}` is in no plan: the policy allows no plan that has it beside the other elements",
            help="let a plan have more elements or other weights, or take the element out",
            labels=tuple(counts_of(system, name)),
        )
