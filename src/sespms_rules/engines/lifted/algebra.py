"""What an engine can do with truths, codes and numbers of all rows; what these are is its own affair.

A truth says yes or no of each row, a code why a row has no value, a number is exact and knows bounds that are proved.
Columns of numpy hold them as arrays (engines/columnar/algebra.py), SQL as pieces of text (engines/sql/algebra.py); for
one appraisal at a time they are lines of Python (engines/durable/algebra.py), which knows values alone. The meaning of
formulas, stages, members and admission stands beside this file and is written with these operations alone.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import reduce
from typing import Generic, Protocol, TypeVar

from sespms_rules.foundation.interval import Interval
from sespms_rules.program.ir import Fact, Relation, Stage, Tie

WAITS = 255
"""In the place of a code: the value asks for the level before there is one."""

OPEN, NOT_RATED_LINE = -1, 0
"""Which line holds, as a number: none, and one that gives `not rated`; else its level."""

T = TypeVar("T")
"""A truth that differs from row to row; one that does not is a Python bool."""
C = TypeVar("C")
"""Codes: for each row the last two digits of a refusal, 0 where there is none."""
V = TypeVar("V")
"""A number for each row, with the codes of the rows that have none (`failed`)."""
L = TypeVar("L")
"""For each row which line holds, as a number (`OPEN`, `NOT_RATED_LINE` or a level)."""


class ValueAlgebra(ABC, Generic[T, C, V]):
    """The operations that formulas and conditions are written with. Each works on all rows; none raises for a row."""

    # ---- truths ----------------------------------------------------------------------------------

    @abstractmethod
    def both(self, left: T | bool, right: T | bool) -> T | bool:
        """Where both hold."""

    @abstractmethod
    def either(self, left: T | bool, right: T | bool) -> T | bool:
        """Where at least one holds."""

    @abstractmethod
    def negated(self, truth: T | bool) -> T | bool:
        """Where it does not hold."""

    @abstractmethod
    def kept(self, truth: T | bool) -> T | bool:
        """The same truth, made ready to be asked more than once."""

    def any_of(self, truths: Iterable[T | bool]) -> T | bool:
        """Where at least one of these holds."""
        nowhere: T | bool = False
        return reduce(self.either, truths, nowhere)

    # ---- codes -----------------------------------------------------------------------------------

    @abstractmethod
    def always(self, code: int) -> C:
        """The same code in every row; 0 is none."""

    @abstractmethod
    def where(self, truth: T | bool, codes: C, /) -> C:
        """Codes where something holds, none elsewhere."""

    @abstractmethod
    def beside(self, choices: Sequence[tuple[T | bool, int]]) -> C:
        """The code beside the first truth that holds, none where none does."""

    @abstractmethod
    def first(self, one: C, other: C, /) -> C:
        """The first codes, and the others where these are none."""

    @abstractmethod
    def has(self, codes: C) -> T | bool:
        """Where there is a code."""

    @abstractmethod
    def is_code(self, codes: C, code: int) -> T | bool:
        """Where the code is this one."""

    @abstractmethod
    def may_be(self, codes: C, code: int) -> bool:
        """Whether some row may have this code; it is True where that is not known."""

    @abstractmethod
    def kept_codes(self, codes: C) -> C:
        """The same codes, made ready to be asked more than once."""

    def code_where(self, truth: T | bool, code: int) -> C:
        """A code where something holds."""
        return self.where(truth, self.always(code))

    # ---- numbers ---------------------------------------------------------------------------------

    @abstractmethod
    def constant(self, number: Fraction | int, failed: C | None = None) -> V:
        """The same number in every row."""

    @abstractmethod
    def over(self, numerator: int, denominator: int) -> V:
        """The same number in every row, over this denominator even where it could be reduced."""

    @abstractmethod
    def word(self, place: int) -> V:
        """A code from a table, by its place among the words of the program."""

    @abstractmethod
    def is_word(self, value: V) -> bool:
        """Whether it is a code from a table in some row."""

    @abstractmethod
    def failed(self, value: V) -> C:
        """The codes of rows that have no value."""

    @abstractmethod
    def failing(self, value: V, codes: C) -> V:
        """The same numbers with these codes instead."""

    @abstractmethod
    def plus(self, left: V, right: V) -> V:
        """The sum of two."""

    @abstractmethod
    def minus(self, left: V, right: V) -> V:
        """One less another."""

    @abstractmethod
    def times(self, left: V, right: V) -> V:
        """The product of two."""

    @abstractmethod
    def quotient(self, left: V, right: V, zero: int) -> V:
        """One by another; where that is 0, `zero` is the code of the failure. The divisor is asked first."""

    @abstractmethod
    def rounded(self, value: V, tie: Tie, per_one: int) -> V:
        """The number brought to whole steps, of which one holds `per_one`."""

    @abstractmethod
    def choose(self, truth: T | bool, then: V, otherwise: V) -> V:
        """`then` where it holds, else `otherwise`, with the codes of the one that is chosen."""

    def searched(self, key: V, reaches: Sequence[Interval], results: Sequence[V], otherwise: V) -> V | None:
        """The result of the first range that holds the key; None where one choice after another is as well."""
        del key, reaches, results, otherwise
        return None

    @abstractmethod
    def compared(self, left: V, relation: Relation, right: V) -> T | bool:
        """Where `left relation right` is true."""

    @abstractmethod
    def number_of(self, truths: Sequence[T | bool]) -> V:
        """How many of these hold."""

    @abstractmethod
    def folded(self, value: V) -> V:
        """The same, as one number where all rows are known to have the same."""

    @abstractmethod
    def possible(self, level: V, levels: frozenset[int], /) -> frozenset[int]:
        """Those of `levels` that a level may have in some row that is admitted, by what is known of it."""

    @abstractmethod
    def points(self, level: V, points: dict[int, Fraction]) -> V:
        """The points of levels; where a level has none the number means nothing."""

    def better(self, relation: Relation, left: V, right: V) -> V:
        """The larger of two, or the smaller: `relation` says how the right one wins."""
        failed = self.first(self.failed(left), self.failed(right))
        return self.failing(self.choose(self.compared(right, relation, left), right, left), failed)


class Algebra(ValueAlgebra[T, C, V], Generic[T, C, V, L]):
    """Beside them the operations that admission, and the line that holds, are written with."""

    @abstractmethod
    def anywhere(self, truth: T | bool) -> bool:
        """Whether it holds in some row; it is True where that is not known."""

    @abstractmethod
    def not_whole(self, value: V) -> T | bool:
        """Where it is no whole number."""

    @abstractmethod
    def lines(self, in_turn: Sequence[tuple[T | bool, int]], apart: Sequence[tuple[T | bool, int]]) -> L:
        """Which line holds: of `in_turn` the first that fits, else the one of `apart`, of which no two fit."""

    @abstractmethod
    def is_line(self, lines: L, line: int) -> T | bool:
        """Where this line holds."""

    @abstractmethod
    def level_of(self, lines: L, failed: C, highest: int) -> V:
        """The level of the line that holds, where it gives one and there is no code; else 0."""

    @abstractmethod
    def each_code(self, codes: C) -> Iterable[tuple[int, T | bool]]:
        """Each refusal that occurs among codes, and where."""


class Reasons(Generic[T, C, V, L]):
    """Why rows are refused, gathered code by code, so that a row carries all of its reasons."""

    def __init__(self, algebra: Algebra[T, C, V, L]) -> None:
        self._algebra = algebra
        self._where: dict[int, list[T | bool]] = {}

    def add(self, truth: T | bool, code: int) -> None:
        """Refuse rows for a reason."""
        if self._algebra.anywhere(truth):
            self._where.setdefault(code, []).append(truth)

    def within(self, truth: T | bool, others: Reasons[T, C, V, L]) -> None:
        """Take over reasons where something holds."""
        for code, truths in others._where.items():
            self.add(self._algebra.both(truth, self._algebra.any_of(truths)), code)

    def anywhere(self) -> T | bool:
        """Where there is any reason."""
        return self._algebra.any_of(self._algebra.any_of(truths) for truths in self._where.values())

    def by_code(self) -> dict[int, T | bool]:
        """For each code, in order, where it refuses."""
        algebra = self._algebra
        return {
            code: algebra.kept(algebra.any_of([algebra.kept(each) for each in truths]))
            for code, truths in sorted(self._where.items())
        }


class MemberFacts(Protocol[T, V]):
    """What was handed in of one member: `present`, `critical`, where it is `rated`, where it is `weighed`."""

    present: T | bool
    critical: T | bool
    rated: T | bool
    weighed: T | bool

    def level(self, levels: tuple[int, ...]) -> tuple[V, T | bool]:
        """Its rating as a level of this scale, 0 where it is none of these; and where it is one."""

    def between(self, low: Fraction, high: Fraction) -> tuple[V, T | bool]:
        """Its rating as a number; and where there is one that lies from `low` to `high`."""

    def further(self, name: str, low: Fraction, high: Fraction) -> tuple[V, T | bool, T | bool]:
        """An additional rating; where it lies from `low` to `high`; where there is one at all."""

    def weight(self, stage: Stage) -> tuple[V, T | bool]:
        """Its weight as it was given; and where it is larger than the engine reckons with."""

    def usable(self, stage: Stage, weight: V) -> V:
        """That weight as formulas use it, which means something only in rows that are admitted."""

    def inner(self) -> StageFacts[T, V]:
        """What was handed in of its requirements."""


class StageFacts(Protocol[T, V]):
    """What was handed in of one stage: the members it names, in its order, then others that some plans bring."""

    @property
    def named(self) -> Sequence[MemberFacts[T, V]]:
        """Of the members that the policy names."""

    @property
    def others(self) -> Sequence[MemberFacts[T, V]]:
        """Of members that only some plans have."""

    def fact(self, fact: Fact) -> tuple[V, T | bool]:
        """What is said of the executive or the unit, as formulas read it; and where that lies within its range."""

    def found(self) -> Iterable[tuple[int, T | bool]]:
        """The refusals that were met while the facts were read, and where."""
