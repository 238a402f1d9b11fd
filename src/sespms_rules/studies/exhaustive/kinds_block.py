"""The kinds of appraisals of a shape of plan as a block: one of each in columns, and how many it stands for."""

from __future__ import annotations

from fractions import Fraction
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sespms_rules.engines.columnar import StageColumns
from sespms_rules.program.rating import Appraisal, Rated
from sespms_rules.studies.exhaustive.joint import JointStage
from sespms_rules.studies.exhaustive.running_totals import Kinds
from sespms_rules.studies.exhaustive.walk import Domain, stage_columns

Array = NDArray[Any]


class BlockOfKinds:
    """Read as a block of a walk is: `columns` are for the first program of the shape, `for_programs` for each."""

    def __init__(self, shape: JointStage, kinds: Kinds) -> None:
        self._shape = shape
        self._kinds = kinds
        self.rows = len(kinds.times)
        facts: dict[tuple[tuple[str, ...], bool], tuple[Array, int]] = {
            ((name,), False): (column, 1) for name, column in kinds.levels.items()
        }
        facts |= {((name,), True): (column, kinds.denominator) for name, column in kinds.weights.items()}
        places = range(len(shape.stages)) if self.rows else ()
        self.for_programs: tuple[StageColumns, ...] = tuple(stage_columns(shape, place, facts) for place in places)

    @property
    def columns(self) -> StageColumns:
        """The columns for the first program."""
        return self.for_programs[0]

    @property
    def critical(self) -> list[str]:
        """The names of the critical elements."""
        return [each.name for each in self._shape.members if each.critical]

    def count(self, truth: Array | bool) -> int:
        """How many appraisals the rows in which something holds stand for."""
        if isinstance(truth, bool):
            return sum(self._kinds.times) if truth else 0
        return sum(self._kinds.times[row] for row in np.flatnonzero(truth).tolist())

    def ratings(self) -> dict[str, Array]:
        """The columns of ratings by the names of the elements."""
        return self._kinds.levels

    def appraisal(self, row: int) -> Appraisal:
        """The appraisal of a row."""
        kinds, made = self._kinds, []
        for member in self._shape.members:
            weight = Fraction(int(kinds.weights[member.name][row]), kinds.denominator) if self._shape.weighted else None
            made.append(
                Rated(member.name, Fraction(int(kinds.levels[member.name][row])), weight, critical=member.critical)
            )
        return Appraisal("counted", tuple(made))

    def added_to(self, total: Domain) -> Domain:
        """Totals with the plans, ways to rate, and appraisals of this shape added."""
        appraisals, vectors = sum(self._kinds.times), prod(len(each.levels) for each in self._shape.members)
        plans, left = divmod(appraisals, vectors)
        if left:
            raise AssertionError("the kinds of appraisals do not make up whole plans")
        return Domain(total.plans + plans, total.vectors + vectors * (plans > 0), total.appraisals + appraisals)
