"""A program as SQL for a table in a warehouse: the query that rates it, and the query that looks for what is amiss.

The table has the columns of a roster: `id`, and for each element `<element> level` and `<element> weight`, in whole
numbers or decimals. The text is plain SQL that DuckDB, PostgreSQL and Spark take as it is; sqlglot writes it for other
dialects.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sespms_rules.engines.sql.inputs import Cell, MemberCells, StageCells
from sespms_rules.engines.sql.query import NOT_RATED, RATED, Query, query_of
from sespms_rules.engines.sql.quoting import Names, dialect_of, table_name, word_in_sql
from sespms_rules.engines.sql.text import NotInSqlError
from sespms_rules.engines.sql.values import WIDE_TYPE
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.program import ir

_FOUND = "too_fine"
_BEYOND = "too large or too fine"
_WITHOUT_WIDE_NUMBERS = ("sqlite",)


class OwnMember(Frozen):
    """An element or requirement that the plans in the table bring themselves: its path of names, whether critical."""

    path: tuple[str, ...]
    critical: bool = field(default=True)


class Column(Frozen):
    """A column of the table: its name, what it holds (`level`, `number`, `weight`, `fact`, `word`), its ends.

    `words` are those that it may hold.
    """

    name: str
    holds: str
    low: str
    high: str
    decimals: int
    words: tuple[str, ...] = field(default=())


_MOST_PLACES = 9


def _places(rating: ir.Further) -> int:
    """How many decimals the steps of an additional rating have; 0 where it has none, or none that decimals write."""
    if rating.step is None:
        return 0
    numbers = (rating.low, rating.step)
    return next((n for n in range(_MOST_PLACES) if all((each * 10**n).denominator == 1 for each in numbers)), 0)


class WarehouseSql:
    """A program as text for one table; `decimals` is how many places weights and numbers may have.

    Raises NotInSqlError where SQL cannot hold the program, or a dialect cannot be written.
    """

    def __init__(
        self, program: ir.Program, table: str, dialect: str, own: Sequence[OwnMember] = (), decimals: int = 0
    ) -> None:
        self._program = program
        self._dialect = dialect_of(dialect)
        self._table = table_name(table, self._dialect)
        self._names = Names(self._dialect)
        self._results = Names(self._dialect)
        self._decimals = decimals
        self._selects: list[str] = []
        self._fine: list[str] = []
        self.columns: list[Column] = []
        cells = self._stage(program.summary, (), tuple(own))
        facts = tuple((fact.name, self._fact(fact)) for fact in program.facts)
        if not self.columns:
            raise NotInSqlError(
                f"`{program.name}` leaves its elements to each plan, so the columns of the table are not known",
                "name a roster that has them with `--like`",
            )
        found = " OR ".join(self._fine or ["1 = 0"])
        self._selects.append(f"CASE WHEN {found} THEN 1 ELSE 0 END AS {_FOUND}")
        self._query: Query = query_of(program, StageCells(cells.named, cells.others, _FOUND, facts))

    # ---- columns ---------------------------------------------------------------------------------

    def _stage(self, stage: ir.Stage, path: tuple[str, ...], own: tuple[OwnMember, ...]) -> StageCells:
        named = {each.name for each in stage.members}
        levels = ir.LevelScale(tuple(level for level, _ in stage.points))
        brought = [each for each in own if each.path[:-1] == path and each.path[-1] not in named]
        others = (ir.Member(each.path[-1], each.critical, levels, None) for each in brought)
        return StageCells(
            tuple(self._member(stage, each, path, own) for each in stage.members),
            tuple(self._member(stage, each, path, own) for each in others),
        )

    def _member(
        self, stage: ir.Stage, member: ir.Member, path: tuple[str, ...], own: tuple[OwnMember, ...]
    ) -> MemberCells:
        written = " / ".join((*path, member.name))
        if member.optional:
            raise NotInSqlError(
                f"`{written}` is in some plans only, and the columns of a table do not say in which",
                "rate a roster with `sespms rate`, where a cell says `not in plan`",
            )
        rating = inner = None
        if member.stage is not None:
            inner = self._stage(member.stage, (*path, member.name), own)
        elif isinstance(member.scale, ir.NumberScale):
            rating = self._cell(f"{written} rating", "number", str(member.scale.low), str(member.scale.high))
        else:
            levels = member.scale.levels
            rating = self._cell(f"{written} level", "level", str(min(levels)), str(max(levels)))
        weight = self._cell(f"{written} weight", "weight", "0", "") if stage.weighted else None
        further = tuple(
            (
                each.name,
                self._cell(
                    f"{written} {each.name}",
                    "number",
                    str(each.low),
                    str(each.high),
                    max(self._decimals, _places(each)),
                ),
            )
            for each in stage.further
        )
        return MemberCells(rating, weight, further, critical=member.critical, inner=inner)

    def _fact(self, fact: ir.Fact) -> Cell:
        """A column of numbers, or of words in the policy's spelling, which count from 1; another word counts 0."""
        if not fact.words:
            return self._cell(fact.name, "fact", str(fact.low), str(fact.high), len(str(fact.per_one)) - 1)
        self.columns.append(Column(fact.name, "word", "", "", 0, fact.words))
        name, made = self._names.written(fact.name), f"c{len(self.columns)}"
        cases = " ".join(f"WHEN {self._word(word)} THEN {place}" for place, word in enumerate(fact.words, start=1))
        self._selects.append(f"CASE WHEN {name} IS NULL THEN NULL ELSE CASE {name} {cases} ELSE 0 END END AS {made}")
        return Cell(made)

    def _cell(self, name: str, holds: str, low: str, high: str, decimals: int | None = None) -> Cell:
        if decimals is None:
            decimals = 0 if holds == "level" else self._decimals
        column = Column(name, holds, low, high, decimals)
        self.columns.append(column)
        number = self._number(column)
        made = f"c{len(self.columns)}"
        # What is not whole is no level of any policy; of a weight it is said so, and nothing else of the row.
        self._selects.append(
            f"CASE WHEN {number} = CAST({number} AS BIGINT) THEN CAST({number} AS BIGINT)"
            f" WHEN {number} IS NOT NULL THEN 0 END AS {made}"
        )
        if holds != "level":
            self._fine.append(f"coalesce({number} <> CAST({number} AS BIGINT), 1 = 0)")
        return Cell(made, 10**decimals)

    def _number(self, column: Column) -> str:
        name = self._names.written(column.name)
        return f"({name} * {10**column.decimals})" if column.decimals else name

    def _word(self, text: str) -> str:
        return word_in_sql(text, self._dialect)

    # ---- queries ---------------------------------------------------------------------------------

    def rating(self) -> str:
        """The query that rates the table: a row for each of its rows."""
        result = self._query.result
        codes = [f"CASE WHEN {where} THEN 'SES6{code:02} ' ELSE '' END" for code, where in result.codes if code]
        beyond = " OR ".join([f"{_FOUND} = 1", *(where for code, where in result.codes if not code)])
        refused = f"CASE WHEN {beyond} THEN '{_BEYOND}' ELSE trim({' || '.join(codes or [self._word('')])}) END"
        outcome = (
            f"CASE WHEN {result.outcome} = {RATED} THEN 'rated' WHEN {result.outcome} = {NOT_RATED} THEN 'not rated'"
            " ELSE 'refused' END"
        )
        columns = [
            "id",
            f"{outcome} AS outcome",
            f"CASE WHEN {result.level} > 0 THEN {result.level} END AS level",
            f"CASE WHEN {result.under} > 0 THEN {result.top} END AS score_numerator",
            f"CASE WHEN {result.under} > 0 THEN {result.under} END AS score_denominator",
            f"{refused} AS refused",
            *self._reported(),
            *self._asked(),
        ]
        selects = ",\n  ".join([f"{self._names.written('id')} AS id", *self._selects])
        given = f"SELECT {selects}\nFROM {self._table}"
        return self._written(self._query.text(given, columns, materialized=self._dialect.materialized))

    def _reported(self) -> Iterator[str]:
        for name, top, under, word in self._query.result.values:
            if name not in self._program.summary.reported:
                continue
            if word == "-1":
                yield f"CASE WHEN {under} > 0 THEN {top} END AS {self._results.written(name + ' numerator')}"
                yield f"CASE WHEN {under} > 0 THEN {under} END AS {self._results.written(name + ' denominator')}"
            else:
                words = " ".join(f"WHEN {n} THEN {self._word(each)}" for n, each in enumerate(self._query.words))
                yield f"CASE WHEN {under} > 0 THEN CASE {word} {words} END END AS {self._results.written(name)}"

    def _asked(self) -> Iterator[str]:
        """A column for each question for the reviewer: 1 where it is asked."""
        for number, (question, asked) in enumerate(self._query.result.asked, start=1):
            about = "" if question.about is None else f"{question.about}: "
            yield f"{asked} AS {self._results.written(f'question {number}: {about}{question.text}')}"

    def check(self) -> str:
        """The query that looks for what keeps rows from being rated: a row for each cell, and for each id met twice."""
        key = self._names.written("id")
        parts = [
            (
                "SELECT CAST(NULL AS VARCHAR(1000)) AS id, 'id' AS column_name, 'no id' AS problem, count(*) AS found"
                f"\n  FROM {self._table} WHERE {key} IS NULL HAVING count(*) > 0"
            ),
            (
                f"SELECT CAST({key} AS VARCHAR(1000)), 'id', 'the same id in several rows', count(*)"
                f"\n  FROM {self._table} WHERE {key} IS NOT NULL GROUP BY {key} HAVING count(*) > 1"
            ),
        ]
        for column in self.columns:
            for problem, where in self._problems(column):
                parts.append(
                    f"SELECT CAST({key} AS VARCHAR(1000)), {self._word(column.name)}, {self._word(problem)}, 1"
                    f"\n  FROM {self._table} WHERE {where}"
                )
        return self._written("\nUNION ALL\n".join(parts))

    def _problems(self, column: Column) -> Iterator[tuple[str, str]]:
        name, number = self._names.written(column.name), self._number(column)
        if column.words:
            words = ", ".join(map(self._word, column.words))
            yield "not said", f"{name} IS NULL"
            yield "none of the words of the policy", f"{name} NOT IN ({words})"
            return
        missing = {"weight": "no weight", "fact": "not said"}.get(column.holds, "not rated")
        yield missing, f"{name} IS NULL"
        fine = (
            "not a whole number"
            if not column.decimals
            else f"more than {column.decimals} decimal{'' if column.decimals == 1 else 's'}"
        )
        yield fine, f"{number} <> CAST({number} AS BIGINT)"
        if column.holds == "weight":
            yield "not more than 0", f"{name} <= 0"
        else:
            yield f"not from {column.low} to {column.high}", f"{name} < {column.low} OR {name} > {column.high}"

    def _written(self, text: str) -> str:
        """The text in the dialect, with what its names stand for above it where they had to be cut."""
        if self._dialect.name != "duckdb":
            text = text.replace(WIDE_TYPE, "DECIMAL(38, 0)")
        if not self._dialect.as_it_is:
            from sespms_rules.engines.sql.dialects import written

            if self._query.wide and self._dialect.name in _WITHOUT_WIDE_NUMBERS:
                says = (
                    f"`{self._dialect.name}` does not hold exactly the numbers of more than 18 digits that are needed"
                )
                raise NotInSqlError(says, "take another database, or rate with `sespms rate`")
            text = written(text, self._dialect.name)
        notes = (f"-- {cut} stands for {' '.join(name.split())}\n" for cut, name in self._names.cut + self._results.cut)
        return "".join(notes) + text
