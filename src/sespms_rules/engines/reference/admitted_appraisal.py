"""An appraisal made ready for a program: each member in its place, its rating checked, missing ratings settled."""

from __future__ import annotations

from sespms_rules.foundation.values import Frozen, field
from sespms_rules.program.arithmetic import Exact
from sespms_rules.program.ir import Kind, Stage, UnratedRule


class Place(Frozen):
    """Where a stage stands: `element` is the element whose requirements it rates, None for the summary."""

    element: str | None
    kind: Kind

    def said(self, name: str) -> str:
        """Name a member in a message."""
        return f"`{name}`" if self.element is None else f"`{name}` of `{self.element}`"

    def about(self, name: str) -> str:
        """Name a member for `Refusal.about`, as rosters name their columns."""
        return name if self.element is None else f"{self.element} / {name}"

    @property
    def holder(self) -> str:
        """What holds the members: the appraisal, or an element."""
        return "the appraisal" if self.element is None else f"`{self.element}`"


SUMMARY_PLACE = Place(None, Kind.ELEMENT)


class CaseMember(Frozen, often=True):
    """One element or requirement, ready to be derived from.

    `level` or `number` is what counts: the rating given, or the level that a missing rating counts as; both are
    None where it is left out, and where `nested` derives it. `rated` says whether a rating was given (of a derived
    one: None, its own stage will say). `unrated` is the rule that holds if it is not rated; None: it stops the
    rating. `weight` is None where the stage uses none.
    """

    name: str
    critical: bool
    level: int | None
    number: Exact | None
    rated: bool | None
    unrated: UnratedRule | None
    weight: Exact | None
    further: tuple[tuple[str, Exact], ...]
    nested: Case | None


class Case(Frozen, often=True):
    """One stage of a program with an executive's members: those the policy names first, in its order.

    `facts` are the numbers that formulas read for what the appraisal says of the executive or the unit.
    """

    place: Place
    stage: Stage
    members: tuple[CaseMember, ...]
    facts: tuple[tuple[str, Exact], ...] = field(default=())
