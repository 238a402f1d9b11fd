"""The level and the score that requirements give their element, as if the element were a system of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from sespms_rules.engines.columnar import (
    ColumnarEngine,
    ColumnarError,
)
from sespms_rules.engines.reference import rate
from sespms_rules.program.ir import Program, Stage
from sespms_rules.program.rating import Appraisal, Rated


def ends_of(stage: Stage, filled: Sequence[tuple[Rated, ...]]) -> Iterator[tuple[int | None, Fraction | None]]:
    """The level and score that each set of requirements comes to; None for what it does not."""
    program = Program(stage.name, stage, (), ())
    appraisals = [Appraisal("requirements", each) for each in filled]
    try:
        ratings = ColumnarEngine(program).rate(appraisals)
    except ColumnarError:
        ratings = [rate(program, each, trace=False) for each in appraisals]
    for each in ratings:
        yield each.level, each.score
