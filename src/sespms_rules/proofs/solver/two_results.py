"""Two programs x one appraisal's unknowns -> can they end with another level, score or value."""

from __future__ import annotations

from fractions import Fraction

from sespms_rules.foundation.values import field, replace
from sespms_rules.program.ir import Program, Relation, Table
from sespms_rules.proofs.solver.encoding import Derived
from sespms_rules.proofs.solver.inputs import Input
from sespms_rules.proofs.solver.logic import Formula, NotEncodable, any_of, both, either, negated
from sespms_rules.proofs.solver.properties import Question
from sespms_rules.proofs.solver.solving import ProofResult
from sespms_rules.proofs.solver.two_programs import Both, JointCase, TwoPrograms, Way
from sespms_rules.proofs.solver.values import Value, compared


def results_differ(old: Program, new: Program, values: tuple[str, ...], *, seconds: int = 20) -> ProofResult:
    """Decide whether an appraisal allowed under both ends with another level, score, or value of one of these names.

    PROVED: none does. REFUTED: `shown` is the most readable one, as each program takes it. Raises NotComparableError
    where the two do not rate the same elements.
    """
    return _TwoResults(old, new, values, seconds).differ(Way.OTHERWISE)


_Worked = tuple[Value | None, Formula]
"""A value, and where it cannot be worked out."""


class _TwoResults(TwoPrograms):
    """Two programs of which more than the levels counts."""

    def __init__(self, old: Program, new: Program, values: tuple[str, ...], seconds: int) -> None:
        super().__init__(old, new, seconds)
        self.values = values

    def _encoded(
        self, joint: JointCase, olds: tuple[Input, ...], news: tuple[Input, ...], admitted: tuple[Formula, ...]
    ) -> Both:
        made = super()._encoded(joint, olds, news, admitted)
        return _BothResults(made.old, made.new, made.admitted, self.values)


class _BothResults(Both):
    """One appraisal's unknowns, how they end under each program, and the values that count."""

    values: tuple[str, ...] = field(default=())

    def question(self, way: Way) -> Question:
        """What must not happen for the two to give the same results."""
        asked = super().question(way)
        old, new = self.old.derived, self.new.derived
        ended = both(_ended(old), _ended(new))
        pairs = [(old.reader.score, new.reader.score)]
        olds, news = old.reader.values, new.reader.values
        pairs += [(olds[name], news[name]) for name in self.values if name in olds and name in news]
        apart = any_of(_unequal(one, other) for one, other in pairs)
        return Question(asked.sides, asked.granted, either(asked.against, both(ended, apart)))


def _ended(derived: Derived) -> Formula:
    return either(derived.has_level, derived.not_rated)


def _unequal(one: _Worked | None, other: _Worked | None) -> Formula:
    """One is worked out and the other is not, or both are and differ.

    Where a value fails, as the average of requirements of which none is rated, what the solver holds for it means
    nothing: an appraisal that ends without a rating has then no score, whatever is asked of it.
    """
    if one is None or other is None:
        return one is not other
    (here, missing), (there, lacking) = one, other
    if here is None or there is None:
        return here is not there
    only_one = either(both(missing, negated(lacking)), both(lacking, negated(missing)))
    differ = both(negated(missing), negated(lacking), negated(compared(here, Relation.EQUAL, there)))
    return either(only_one, differ)


def value_differs(old: Program, new: Program, name: str, *, seconds: int = 20) -> ProofResult:
    """Decide whether an appraisal allowed under both ends under both, and with another value of this name.

    Levels and scores may differ or not. Words that a table gives are told apart as numbers are. PROVED: none does.
    REFUTED: `shown` is the most readable one. Raises NotComparableError where the two do not rate the same elements.
    """
    numbers = _numbers_for_words((old, new))
    return _TwoValues(_in_numbers(old, numbers), _in_numbers(new, numbers), (name,), seconds).differ(Way.OTHERWISE)


class _TwoValues(_TwoResults):
    """Two programs of which one named value counts, and not the levels."""

    def _encoded(
        self, joint: JointCase, olds: tuple[Input, ...], news: tuple[Input, ...], admitted: tuple[Formula, ...]
    ) -> Both:
        made = super()._encoded(joint, olds, news, admitted)
        return _BothValues(made.old, made.new, made.admitted, self.values)


class _BothValues(Both):
    """One appraisal's unknowns, how they end under each program, and the values that alone count."""

    values: tuple[str, ...] = field(default=())

    def question(self, way: Way) -> Question:
        """What must not happen for the two to give the same values."""
        asked = super().question(way)
        old, new = self.old.derived, self.new.derived
        pairs = [(old.reader.values[name], new.reader.values[name]) for name in self.values]
        if any(value is None for pair in pairs for value, _ in pair):
            raise NotEncodable("a value is a word and no number")
        apart = any_of(_unequal(one, other) for one, other in pairs)
        return Question(asked.sides, asked.granted, both(_ended(old), _ended(new), apart))


def _numbers_for_words(programs: tuple[Program, ...]) -> dict[str, Fraction]:
    """A number for each word that a table gives, above every number that one gives: words are looked up and no more."""
    results = [each for program in programs for table in program.tables for each in _results(table)]
    top = max([abs(each) for each in results if not isinstance(each, str)], default=Fraction(0)).__ceil__()
    words = dict.fromkeys(each for each in results if isinstance(each, str))
    return {word: Fraction(top + place) for place, word in enumerate(words, 1)}


def _results(table: Table) -> list[Fraction | str]:
    last = [] if table.otherwise is None else [table.otherwise]
    return [*(row.result for row in table.rows), *last]


def _in_numbers(program: Program, numbers: dict[str, Fraction]) -> Program:
    """A program whose tables give numbers for words."""

    def given(result: Fraction | str) -> Fraction:
        return numbers[result] if isinstance(result, str) else result

    tables = tuple(
        replace(
            table,
            rows=tuple(replace(row, result=given(row.result)) for row in table.rows),
            otherwise=None if table.otherwise is None else given(table.otherwise),
        )
        for table in program.tables
    )
    return replace(program, tables=tables)
