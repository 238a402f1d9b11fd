"""The goals of speed, each with what it is measured by, in one table that says met or missed."""

from __future__ import annotations

from typing import NamedTuple

GOALS: list[Goal] = []
"""The goals that were measured so far in this run."""

_WHY = {
    "`check` cold, to importing click and lark": "beyond the two libraries some 300 modules of our own are loaded, the "
    "policy is read, held to the law by its editions, and tried over its appraisals; loading later what is not "
    "called would give a tenth of it",
    "`rate` 8,000 rows, default engine, to a plain Python script": "half of it is the start, the policy and its "
    "checks, which the script has none of; the other half rates each row twice, by durable-rules and by the reference",
    "`rate` with 7 % of rows refused, to none": "70,000 rows more are judged by the reference, which has to agree with "
    "the columns, and their lines, three times as long as those of rated rows, are put in one by one",
    "one appraisal, every step told, to business-rules": "the peer tells nothing; ours makes the rating, its admission "
    "and its steps, each checked in its kind, and untold it meets the goal",
    "sweep of 8,000 under 1,000 variants, to a polars histogram": "the peer is handed the weight at each level and "
    "checks nothing; one that does all of it is beside `sweep` from CSV to CSV",
    "`sweep` of 8,000 executives under 1,000 variants, CSV to CSV, to polars": "the start and the checks of the policy "
    "are two thirds of it",
}
"""Why a goal is missed, in the runs in which it is."""


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
        why = "" if self.is_met else _WHY.get(self.job, "")
        return f"{said} {'; '.join(each for each in (self.remark, why) if each)} |"

    def _factor(self, bound: float) -> float:
        return self.measured / bound if self.most is not None else bound / self.measured


def reached(goal: Goal) -> Goal:
    """Take note of a goal that was measured."""
    GOALS.append(goal)
    print(("met     " if goal.is_met else "MISSED  ") + goal.row, flush=True)
    return goal


def goal_table() -> str:
    """All goals that were measured."""
    head = "| job | measured | goal | verdict | remark, and why it is missed |\n|---|---|---|---|---|"
    return "\n".join([head, *(goal.row for goal in GOALS)])
