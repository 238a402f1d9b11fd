"""What goes into the columnar engine and what comes out: appraisals and ratings, a column for each fact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from sespms_rules.engines.columnar.masks import Array, Codes, Truth, part
from sespms_rules.engines.columnar.values import Numbers, Value
from sespms_rules.engines.refusals import RefusalKind, kinds_in
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.program.ir import Question

REFUSED, RATED, NOT_RATED = 0, 1, 2
"""The numbers in the column of outcomes."""


class ColumnarError(Exception):
    """The columnar engine cannot take a policy or its columns: `message` says why, `help` what to do."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


class NotInColumnsError(ColumnarError):
    """A policy says something that columns cannot hold exactly; the message names it."""


class ColumnsTooLargeError(ColumnarError):
    """Some number of the columns may need more than 64 bits."""


class MemberColumns(Frozen):
    """One element or requirement in all rows.

    `rating` and `weight` are None where no row has one; `rated` and `weighed` say which rows do. `further` are the
    additional ratings the policy declares, with the rows that have them. `present` says in which rows the member is
    there at all, `critical` where one that the policy does not name is critical. `inner` are its requirements.
    """

    rating: Value | None
    rated: Truth
    weight: Value | None = field(default=None)
    weighed: Truth = field(default=False)
    further: tuple[tuple[str, Value, Truth], ...] = field(default=())
    present: Truth = field(default=True)
    critical: Truth = field(default=True)
    inner: StageColumns | None = field(default=None)

    def at(self, index: Any) -> MemberColumns:
        """The rows that `index` picks."""
        return MemberColumns(
            None if self.rating is None else self.rating.at(index),
            part(self.rated, index),
            None if self.weight is None else self.weight.at(index),
            part(self.weighed, index),
            tuple((name, value.at(index), part(given, index)) for name, value, given in self.further),
            part(self.present, index),
            part(self.critical, index),
            None if self.inner is None else self.inner.at(index),
        )


class StageColumns(Frozen):
    """The members of one stage: those the policy names, in its order, then as many others as any row has.

    `found` are the refusals met while the columns were made, as sets: bit 9 stands for SES609. `facts` are those of
    the executive or the unit that some row gives, with the rows that do, for the summary alone.
    """

    named: tuple[MemberColumns, ...]
    others: tuple[MemberColumns, ...] = field(default=())
    found: Codes = field(default=0)
    facts: tuple[tuple[str, Value, Truth], ...] = field(default=())

    def at(self, index: Any) -> StageColumns:
        """The rows that `index` picks."""
        found = self.found if isinstance(self.found, int) else self.found[index]
        return StageColumns(
            tuple(each.at(index) for each in self.named),
            tuple(each.at(index) for each in self.others),
            found,
            tuple((name, value.at(index), part(given, index)) for name, value, given in self.facts),
        )


class ColumnResult(Frozen):
    """The answers of all rows.

    `outcome` is 0 for refused, 1 for rated, 2 for not rated; `level` 0 where there is none; `codes` the refusals as
    sets: bit 9 stands for SES609. The score is `score_numerator` over `score_denominator` where `scored`. `values` are
    the named values with the rows that have them, `asked` the questions for the reviewer with the rows that are asked.
    All columns hold whole numbers.
    """

    outcome: Array
    level: Array
    score_numerator: Array
    score_denominator: Numbers
    scored: Array
    codes: Array
    values: tuple[tuple[str, Value, Array], ...] = field(default=())
    asked: tuple[tuple[Question, Array], ...] = field(default=())

    def refusals(self, row: int) -> tuple[RefusalKind, ...]:
        """What refuses a row, in the order of the codes."""
        return kinds_in(int(self.codes[row]))

    def score(self, row: int) -> Fraction | None:
        """The exact score of a row, if it has one."""
        if not self.scored[row]:
            return None
        under = self.score_denominator
        return Fraction(int(self.score_numerator[row]), under if isinstance(under, int) else int(under[row]))

    def scores(self) -> Mapping[Fraction, int]:
        """How many rows have each score; each different one is made once."""
        where, under = self.scored, self.score_denominator
        if isinstance(under, int):
            tops, counts = np.unique(self.score_numerator[where], return_counts=True)
            pairs = zip(tops.tolist(), [under] * len(tops), strict=True)
        else:
            rows = np.stack([each[where].astype(np.int64) for each in (self.score_numerator, under)])
            both, counts = np.unique(rows, axis=1, return_counts=True)
            pairs = zip(*both.tolist(), strict=True)
        found = Counter[Fraction]()
        for (numerator, denominator), count in zip(pairs, counts.tolist(), strict=True):
            found[Fraction(numerator, denominator)] += count
        return found


def one_after_another(results: list[ColumnResult]) -> ColumnResult:
    """Join the results of blocks; named values are kept of a single block only."""
    if len(results) == 1:
        return results[0]
    under = {each.score_denominator if isinstance(each.score_denominator, int) else 0 for each in results}
    shared = under.pop() if len(under) == 1 else 0
    return ColumnResult(
        np.concatenate([each.outcome for each in results]),
        np.concatenate([each.level for each in results]),
        np.concatenate([each.score_numerator for each in results]),
        shared or np.concatenate([_filled(each) for each in results]),
        np.concatenate([each.scored for each in results]),
        np.concatenate([each.codes for each in results]),
        asked=tuple(
            (question, np.concatenate([each.asked[place][1] for each in results]))
            for place, (question, _) in enumerate(results[0].asked)
        ),
    )


def _filled(result: ColumnResult) -> Array:
    under = result.score_denominator
    return np.full(len(result.level), under, dtype=np.int64) if isinstance(under, int) else under


def exact_numbers(value: Value, rows: int) -> Iterator[Fraction]:
    """The numbers of a value, row by row, each distinct one made once."""
    made: dict[tuple[int, int], Fraction] = {}
    tops, unders = _listed(value.numerator, rows), _listed(value.denominator, rows)
    for pair in zip(tops, unders, strict=True):
        found = made.get(pair)
        if found is None:
            found = made[pair] = Fraction(*pair)
        yield found


def _listed(column: Numbers, rows: int) -> list[int]:
    return [column] * rows if isinstance(column, int) else column.tolist()
