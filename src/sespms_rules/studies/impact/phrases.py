"""The words of a report: who, how many, which line; ids only where they were asked for."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.program.rating import Outcome
from sespms_rules.reports.charts import count_text
from sespms_rules.rosters.files import RosterRow
from sespms_rules.rosters.population import CohortVerdict, Pseudonyms, State
from sespms_rules.studies.impact.reasons import Line, said

NOT_COMPARED = "It cannot be compared: it has errors, or the roster does not fit it. The findings say why."
"""What stands in the place of an amendment's report."""


class Told(Frozen):
    """How much a report says of single executives: nothing, or with `details` who they are.

    With `pseudonyms` they are named by these, and by nothing else that points at a row.
    """

    details: bool = field(default=False)
    pseudonyms: Pseudonyms | None = field(default=None, compare=False)

    def who(self, row: RosterRow) -> str:
        """Name the executive of a row."""
        if self.pseudonyms is not None:
            return f"`{self.pseudonyms.of(row.id)}`"
        return f"row {row.number}" + (f", `{row.id}`" if row.id else "")

    def everyone(self, places: Sequence[int], rows: Sequence[RosterRow]) -> str:
        """Name the executives at these places, in the order of the file (of their names, where these are others)."""
        if self.pseudonyms is not None:
            return ", ".join(sorted(self.who(rows[place]) for place in places))
        return "; ".join(self.who(rows[place]) for place in places)


def file_name(name: str) -> str:
    """The last part of a path: where a file lies on someone's machine is nobody's business."""
    return name.replace("\\", "/").rsplit("/", 1)[-1]


def limit_said(verdict: CohortVerdict) -> str:
    """How a limit over the population stands, and why."""
    return f"{verdict.about}, `{verdict.rule.origin.span.words}`: {verdict.standing.value}; {verdict.why}"


def people(count: int, noun: str = "executive") -> str:
    """`1 executive`, `3,464 executives`."""
    return f"{count_text(count)} {noun}{'' if count == 1 else 's'}"


def signed(change: int) -> str:
    """A change of a count: `+2`, `-1,052`, `0`."""
    return f"{change:+,}" if change else "0"


def level_said(state: State, terms: Sequence[tuple[int, str]]) -> str:
    """`level 5, Outstanding`; `not rated`; `refused`."""
    term = "" if isinstance(state, Outcome) else dict(terms).get(state, "")
    return said(state) + (f", {term}" if term else "")


def line_said(line: Line) -> str:
    """``line 128 of opm.sespms, `score 475 to 500 is level 5` ``; a refusal as it is."""
    if not line.file:
        return line.words if line.codes else f"`{line.words}`"
    under = f" (under {line.authority})" if line.authority and line.authority not in line.words else ""
    return f"line {line.number} of {file_name(line.file)}, `{line.words}`{under}"


def score_said(before: Fraction | None, after: Fraction | None) -> str:
    """`score 480 before and after`, `score 474 before, 476 after`; empty where there is none."""
    if before is None and after is None:
        return ""
    if before == after and before is not None:
        return f"score {exact(before)} before and after"
    old, new = ("none" if each is None else exact(each) for each in (before, after))
    return f"score {old} before, {new} after"
