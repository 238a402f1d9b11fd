"""A program's ratings of many appraisals beside those of a changed one: in which of them the two differ.

What counts as a difference is what an executive would see: whether there is a rating at all, its level, its score, the
values that the policy reports or its scenarios expect, and whether the plan is allowed. Which of several reasons
refuses a plan is no difference.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise
from typing import Any

from sespms_rules.engines.columnar import (
    ColumnarEngine,
    ColumnarError,
    ColumnResult,
    TooLargeError,
    Value,
    exact_numbers,
    of_appraisals,
)
from sespms_rules.engines.reference import rate
from sespms_rules.engines.refusals import OF_DERIVATIONS, RefusalKind
from sespms_rules.foundation.values import Frozen
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Appraisal, Outcome, Rating
from sespms_rules.studies.mutation.appraisals import Appraisals
from sespms_rules.studies.mutation.with_facts import tried_on

_OF_PLANS = sum(1 << kind.number for kind in RefusalKind if kind.code not in OF_DERIVATIONS)
_MOST = 2**62
_BY_REFERENCE = 3_000
"""So many appraisals are tried where only the reference engine can rate them."""


def differ(old: Rating, new: Rating, values: Iterable[str]) -> bool:
    """Whether two ratings of one appraisal differ in what an executive would see."""
    if old.outcome is not new.outcome:
        return True
    if old.outcome is Outcome.REFUSED:
        return _admitted(old) is not _admitted(new)
    if old.level != new.level or old.score != new.score:
        return True
    olds, news = dict(old.values), dict(new.values)
    return any(olds.get(name) != news.get(name) for name in values)


def _admitted(rating: Rating) -> bool:
    return all(each.code in OF_DERIVATIONS for each in rating.refused)


class Differing(Frozen):
    """The places of the appraisals that end differently; `complete` says that no others could."""

    places: tuple[int, ...]
    complete: bool


class Tried:
    """The appraisals of one program with its ratings; `values` are the names of the values that count.

    `appraisals` are those that it is tried on, where they are not to be made.
    """

    def __init__(self, program: Program, values: tuple[str, ...], appraisals: Appraisals | None = None) -> None:
        self.program = program
        self.values = values
        self.appraisals: Appraisals = appraisals or tried_on(program)
        self._result: ColumnResult | None = None
        self._columns: Any = None
        self._ratings: list[Rating] = []
        try:
            engine = ColumnarEngine(program)
            self._columns = of_appraisals(program, self.appraisals.made)
            self._result = engine.rate_columns(self._columns)
        except (ColumnarError, TooLargeError):
            self._ratings = [rate(program, each, trace=False) for each in self._few()]

    def _few(self) -> tuple[Appraisal, ...]:
        made = self.appraisals.made
        return made[:: max(1, len(made) // _BY_REFERENCE)] if len(made) > _BY_REFERENCE else made

    def differing(self, changed: Program) -> Differing:
        """The appraisals that a changed program rates differently, by readability."""
        if self._result is not None:
            try:
                result = ColumnarEngine(changed).rate_columns(self._columns)
                apart = _apart(self._result, result, self.values)
            except (ColumnarError, TooLargeError):
                return self._by_reference(changed, [rate(self.program, each, trace=False) for each in self._few()])
            return Differing(tuple(apart.nonzero()[0].tolist()), self.appraisals.complete)
        return self._by_reference(changed, self._ratings)

    def _by_reference(self, changed: Program, ratings: list[Rating]) -> Differing:
        step = max(1, len(self.appraisals.made) // max(1, len(ratings)))
        found = tuple(
            place * step
            for place, (each, old) in enumerate(zip(self._few(), ratings, strict=True))
            if differ(old, rate(changed, each, trace=False), self.values)
        )
        return Differing(found, self.appraisals.complete and step == 1)

    def score_step(self) -> Fraction | None:
        """The smallest difference between two scores that were met; None where there are no two."""
        met = sorted(set(self._scores()))
        return min((later - one for one, later in pairwise(met)), default=None)

    def _scores(self) -> list[Fraction]:
        if self._result is None:
            return [each.score for each in self._ratings if each.score is not None]
        result = self._result
        scores = exact_numbers(Value(result.score_numerator, result.score_denominator, (0, 0, 1)), len(result.scored))
        return [score for score, scored in zip(scores, result.scored.tolist(), strict=True) if scored]


# ---- columns -------------------------------------------------------------------------------------


def _apart(old: ColumnResult, new: ColumnResult, values: tuple[str, ...]) -> Any:
    """A column that says in which rows two results differ."""
    apart = (old.outcome != new.outcome) | (old.level != new.level)
    apart = apart | (((old.codes & _OF_PLANS) != 0) != ((new.codes & _OF_PLANS) != 0))
    ended = (old.outcome != 0) & (new.outcome != 0)
    pairs = [(_score(old), _score(new), old.scored, new.scored)]
    olds, news = ({name: (value, where) for name, value, where in each.values} for each in (old, new))
    both = [name for name in values if name in olds and name in news]
    pairs += [(olds[name][0], news[name][0], olds[name][1], news[name][1]) for name in both]
    for one, other, here, there in pairs:
        apart = apart | (ended & (here != there)) | (ended & here & there & _unequal(one, other))
    return apart


def _score(result: ColumnResult) -> Value:
    return Value(result.score_numerator, result.score_denominator, (0, 0, 1))


def _unequal(one: Value, other: Value) -> Any:
    """Where two columns of numbers differ, or of words of one table. Raises TooLargeError beyond 64 bits."""
    unequal = _product(one.numerator, other.denominator) != _product(other.numerator, one.denominator)
    if one.word is not None and other.word is not None:
        unequal = unequal | (one.word != other.word)
    return unequal


def _product(top: Any, under: Any) -> Any:
    if _largest(top) * _largest(under) > _MOST:
        raise TooLargeError
    return _wide(top) * _wide(under)


def _largest(column: Any) -> int:
    return abs(column) if isinstance(column, int) else int(abs(_wide(column)).max())


def _wide(column: Any) -> Any:
    return column if isinstance(column, int) else column.astype("int64")
