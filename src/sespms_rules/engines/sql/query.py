"""ir.Program -> one SQL query over whole numbers.

The query has a row for each row of its table, with the level, the score as a numerator over a denominator, and the
refusals as a set of bits (bit 9 stands for SES609, bit 0 for a weight too large to reckon with). It holds no division,
no fraction, no float and no null in any sum: nulls are asked for first.
"""

from __future__ import annotations

from collections.abc import Sequence

from sespms_rules.engines.lifted.admission import Admission
from sespms_rules.engines.lifted.algebra import Reasons
from sespms_rules.engines.lifted.derivation import Answer, derived
from sespms_rules.engines.sql.algebra import SqlAlgebra, StageOfCells
from sespms_rules.engines.sql.inputs import StageCells
from sespms_rules.engines.sql.text import (
    Codes,
    NotInSqlError,
    Number,
    Piece,
    Steps,
    Truth,
    any_of,
    both,
    case,
    either,
    has_code,
    joined,
    negated,
    text_of,
)
from sespms_rules.engines.sql.values import WIDE_TYPE, Value, constant, whole
from sespms_rules.foundation.values import Frozen
from sespms_rules.program import ir

REFUSED, RATED, NOT_RATED = 0, 1, 2
"""The numbers in the column of outcomes."""

_Reasons = Reasons[Piece, Codes, Value, Number]
_Answer = Answer[Piece, Codes, Value, Number]


class Result(Frozen):
    """The columns of a query's result, as SQL over its last step; a denominator of 0 says that there is no number.

    `codes` say of each code where it refuses. `values` are the named values: name, numerator, denominator and, for
    codes of a table, the word's number or -1. `asked` are the questions for the reviewer, each with a column that is 1
    where it is asked.
    """

    outcome: str
    level: str
    top: str
    under: str
    bits: str
    codes: tuple[tuple[int, str], ...]
    values: tuple[tuple[str, str, str, str], ...]
    asked: tuple[tuple[ir.Question, str], ...]


class Query(Frozen):
    """A program as SQL: the steps, the name of the last, and the columns of the result.

    `words` are the codes of tables in the order in which results number them; `wide` says whether some number may
    need more than 64 bits.
    """

    steps: tuple[str, ...]
    last: str
    result: Result
    words: tuple[str, ...]
    wide: bool

    def text(self, given: str, columns: Sequence[str], *, materialized: bool = False) -> str:
        """The whole query: `given` is the SELECT that the steps start from, `columns` what it gives back.

        `materialized` has each step worked out once, for planners that would put the steps into one another: each
        names several of the one before, so that the expressions would grow beyond any memory.
        """
        indented = "\n".join(f"  {line}" for line in given.splitlines())
        made = [f"given AS (\n{indented}\n)", *self.steps]
        if materialized:
            made = [each.replace(" AS (", " AS MATERIALIZED (", 1) for each in made]
        steps = ",\n".join(made)
        return f"WITH {steps}\nSELECT " + ",\n  ".join(columns) + f"\nFROM {self.last}"


def why_not_in_sql(program: ir.Program) -> str:
    """Say in plain words what of a program SQL cannot hold; empty where it can hold all."""
    from sespms_rules.engines.columnar.scope import why_not_in_columns

    return why_not_in_columns(program).replace("columns", "SQL")


def query_of(program: ir.Program, cells: StageCells) -> Query:
    """Make the query of a program; raise NotInSqlError where SQL cannot hold it exactly."""
    why = why_not_in_sql(program)
    if why:
        raise NotInSqlError(why)
    steps = Steps()
    algebra = SqlAlgebra(steps)
    results = (each for table in program.tables for each in (*(row.result for row in table.rows), table.otherwise))
    words = sorted({each for each in results if isinstance(each, str)})
    admission = Admission(algebra, program.summary, StageOfCells(cells, algebra), program.facts)
    tables = {table.name: table for table in program.tables}
    answer = derived(admission, tables, words)
    codes = _codes(admission.reasons, answer.reasons, cells.found, steps)
    result = _result(program, answer, codes, cells.found, algebra)
    made, last = steps.rendered("given")
    return Query(tuple(made), last, result, tuple(words), any(WIDE_TYPE in each for each in made))


def _codes(before: _Reasons, after: _Reasons, found: str | None, steps: Steps) -> dict[int, Truth]:
    """Where each code refuses: those of admission, or where there are none those of what was worked out."""
    first, second = before.by_code(), after.by_code()
    refused = any_of(first.values())
    if found is not None:
        refused = either(refused, Piece(f"({found} <> 0)"))
    admitted = steps.truth(negated(steps.truth(refused)))
    later = {code: steps.truth(both(admitted, truth)) for code, truth in second.items()}
    codes = sorted(first.keys() | later.keys())
    return {code: steps.truth(either(first.get(code, False), later.get(code, False))) for code in codes}


def _bits(codes: dict[int, Truth], algebra: SqlAlgebra) -> Number:
    total = constant(0)
    for code, truth in codes.items():
        bit = algebra.steps.number(case([(truth, 1 << code)], 0))
        total = algebra.plus(total, whole(bit, 0, 1 << code))
    return total.top


def _result(
    program: ir.Program, answer: _Answer, codes: dict[int, Truth], found: str | None, algebra: SqlAlgebra
) -> Result:
    steps, bits = algebra.steps, _bits(codes, algebra)
    refused: Truth = bits != 0 if isinstance(bits, int) else joined("({} <> 0)", bits)
    if found is not None:
        refused = either(refused, Piece(f"({found} <> 0)"))
    refused = steps.truth(refused)
    outcome = steps.number(case([(refused, REFUSED), (answer.not_rated, NOT_RATED)], RATED))
    level = steps.number(case([(refused, 0), (answer.not_rated, 0)], answer.level.top))
    score = answer.formulas.score
    top, under = ("0", "0") if score is None else _shown(score, refused, steps)
    names = [each.name for each in program.summary.definitions if isinstance(each, ir.Definition)]
    found_values = [(name, answer.formulas.values[name]) for name in names if name in answer.formulas.values]
    values = [
        (name, *_shown(value, refused, steps), text_of(-1 if value.word is None else value.word))
        for name, value in found_values
    ]
    where = tuple((code, text_of(truth)) for code, truth in codes.items() if truth is not False)
    asked = tuple(
        (question, text_of(steps.number(case([(steps.truth(both(negated(refused), there)), 1)], 0))))
        for question, there in answer.asked()
    )
    return Result(text_of(outcome), text_of(level), top, under, text_of(bits), where, tuple(values), asked)


def _shown(value: Value, refused: Truth, steps: Steps) -> tuple[str, str]:
    there = steps.truth(both(negated(refused), negated(has_code(value.failed))))
    kind = WIDE_TYPE if max(abs(value.low), abs(value.high), value.most) >= 1 << 63 else "BIGINT"
    top, under = (steps.number(case([(there, each)], 0), kind) for each in (value.top, value.under))
    return text_of(top), text_of(under)
