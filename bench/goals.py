"""The goals of speed, each with what it is measured by, in one table that says met or missed."""

from __future__ import annotations

from typing import NamedTuple

GOALS: list[Goal] = []
"""The goals that were measured so far in this run."""


class Goal(NamedTuple):
    """A goal: `measured` must be at most `most`, or at least `least`; `unit` follows both."""

    job: str
    measured: float
    unit: str
    most: float | None = None
    least: float | None = None
    remark: str = ""

    @property
    def is_met(self) -> bool:
        """Whether it is met in this run."""
        return self.measured <= self.most if self.most is not None else self.measured >= (self.least or 0)

    @property
    def row(self) -> str:
        """The goal as a row of a table."""
        bound, word = (self.most, "at most") if self.most is not None else (self.least, "at least")
        verdict = "met" if self.is_met else f"**missed** by a factor of {self._factor(bound or 0):.2f}"
        said = f"| {self.job} | {self.measured:,.2f} {self.unit} | {word} {bound:g} {self.unit} | {verdict} |"
        return f"{said} {self.remark} |"

    def _factor(self, bound: float) -> float:
        return self.measured / bound if self.most is not None else bound / self.measured


def reached(goal: Goal) -> Goal:
    """Take note of a goal that was measured."""
    GOALS.append(goal)
    print(("met     " if goal.is_met else "MISSED  ") + goal.row, flush=True)
    return goal


def goal_table() -> str:
    """All goals that were measured."""
    head = "| job | measured | goal | verdict | |\n|---|---|---|---|---|"
    return "\n".join([head, *(goal.row for goal in GOALS)])
