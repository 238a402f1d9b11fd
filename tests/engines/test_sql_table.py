"""`sespms sql`: the text for a warehouse, run by DuckDB, and the query that looks for what is amiss."""

from __future__ import annotations

import itertools
from fractions import Fraction
from pathlib import Path

import duckdb
import pytest

from cli.running import OPM, run
from engines.test_agreement import ELEMENTS
from sespms_rules.engines.reference import engine as reference
from sespms_rules.engines.sql.table import OwnMember, WarehouseSql
from sespms_rules.engines.sql.text import NotInSqlError
from sespms_rules.foundation.resources import policy_path
from sespms_rules.foundation.values import replace
from sespms_rules.program import ir
from sespms_rules.program.rating import Appraisal, Rated
from shapes import FILES, programs
from systems import program_of

ROSTER = Path(__file__).resolve().parents[2] / "examples" / "roster.csv"


def _table(connection: duckdb.DuckDBPyConnection, kind: str = "INTEGER") -> None:
    columns = ", ".join(f'"{name} level" INTEGER, "{name} weight" {kind}' for name in ELEMENTS)
    connection.execute(f"CREATE TABLE roster (id VARCHAR, {columns})")


def _row(connection: duckdb.DuckDBPyConnection, key: str | None, *cells: object) -> None:
    connection.execute(f"INSERT INTO roster VALUES ({', '.join('?' * 11)})", [key, *cells])


def test_the_printed_query_rates_a_table_as_the_policy_says() -> None:
    connection = duckdb.connect()
    _table(connection)
    _row(connection, "a", 5, 20, 5, 20, 5, 20, 5, 20, 5, 20)
    _row(connection, "b", 1, 20, 5, 20, 5, 20, 5, 20, 5, 20)
    _row(connection, "c", 5, 20, 5, 20, 5, 20, 5, 20, None, 21)
    _row(connection, "d", 7, 4, 5, 20, 5, 20, 5, 20, 5, 36)
    text = run("sql", OPM).stdout
    assert connection.execute(f"SELECT * FROM ({text}) ORDER BY id").fetchall() == [
        ("a", "rated", 5, 500, 1, ""),
        ("b", "rated", 1, 400, 1, ""),
        ("c", "refused", None, None, None, "SES602 SES608"),
        ("d", "refused", None, None, None, "SES604 SES609"),
    ]


def test_weights_with_decimals_are_exact_and_finer_ones_are_not_guessed_at() -> None:
    connection = duckdb.connect()
    _table(connection, "DECIMAL(9, 3)")
    _row(connection, "a", 3, "20.5", 3, "19.5", 3, "20", 3, "20", 3, "20")
    _row(connection, "b", 3, "20.125", 3, "19.875", 3, "20", 3, "20", 3, "20")
    program = program_of("agencies/opm_basic.sespms")
    whole = connection.execute(WarehouseSql(program, "roster", "duckdb").rating()).fetchall()
    assert {row[-1] for row in whole} == {"too large or too fine"}
    tenths = connection.execute(
        WarehouseSql(program, "roster", "duckdb", decimals=1).rating() + " ORDER BY id"
    ).fetchall()
    cases = [("20.5", "19.5"), ("20.125", "19.875")]
    wanted = []
    for pair in cases:
        weights = [*map(Fraction, pair), *[Fraction(20)] * 3]
        rated = [Rated(name, Fraction(3), weight) for name, weight in zip(ELEMENTS, weights, strict=True)]
        refused = reference.rate(program, Appraisal("a", tuple(rated))).refused
        wanted.append(" ".join(sorted({each.code for each in refused})))
    assert tenths[0][-1] == wanted[0] != ""
    assert tenths[1][-1] == "too large or too fine"


def test_the_check_query_names_each_cell_and_each_repeated_id() -> None:
    connection = duckdb.connect()
    _table(connection)
    _row(connection, "a", 5, 20, 5, 20, 5, 20, 5, 20, 5, 20)
    assert connection.execute(run("sql", OPM, "--check").stdout).fetchall() == []
    _row(connection, "a", 9, None, 5, 20, 5, 20, 5, 20, None, 0)
    _row(connection, None, 5, 20, 5, 20, 5, 20, 5, 20, 5, 20)
    found = connection.execute(run("sql", OPM, "--check").stdout).fetchall()
    assert sorted(found, key=str) == [
        ("a", "Leading Change level", "not from 1 to 5", 1),
        ("a", "Leading Change weight", "no weight", 1),
        ("a", "Results Driven level", "not rated", 1),
        ("a", "Results Driven weight", "not more than 0", 1),
        ("a", "id", "the same id in several rows", 2),
        (None, "id", "no id", 1),
    ]


def test_requirements_and_elements_of_each_plan_stand_in_columns_of_their_own() -> None:
    program = programs()["Shape 10, nested derivation"]
    (nest,) = (member for member in program.summary.members if member.stage)
    plain = [member.name for member in program.summary.members if not member.stage]
    own = [OwnMember((nest.name, name)) for name in ("Safety", "Permits")]
    connection = duckdb.connect()
    query = WarehouseSql(program, "roster", "duckdb", own)
    columns = [column.name for column in query.columns]
    connection.execute(
        f"CREATE TABLE roster (id INTEGER, {', '.join(f'{chr(34)}{name}{chr(34)} INTEGER' for name in columns)})"
    )
    cases = []
    for number, levels in enumerate(itertools.product((1, 3, 4, 5), repeat=len(plain) + 2)):
        rated = {name: Rated(name, Fraction(level)) for name, level in zip(plain, levels, strict=False)}
        inner = [
            Rated(name, Fraction(level), Fraction(50))
            for name, level in zip(("Safety", "Permits"), levels[-2:], strict=True)
        ]
        rated[nest.name] = Rated(nest.name, requirements=tuple(inner))
        cases.append(Appraisal(str(number), tuple(rated[member.name] for member in program.summary.members)))
        values = {f"{name} level": level for name, level in zip(plain, levels, strict=False)}
        values |= {f"{nest.name} / {each.name} level": int(each.rating or 0) for each in inner}
        values |= {f"{nest.name} / {each.name} weight": 50 for each in inner}
        connection.execute(
            f"INSERT INTO roster VALUES ({', '.join('?' * (len(columns) + 1))})",
            [number, *(values[name] for name in columns)],
        )
    found = connection.execute(f"SELECT * FROM ({query.rating()}) ORDER BY id").fetchall()
    for case, row in zip(cases, found, strict=True):
        wanted = reference.rate(program, case, trace=False)
        score = None if row[3] is None else Fraction(row[3], row[4])
        assert (row[2], score) == (wanted.level, wanted.score)
        assert (row[1] == "refused") is bool(wanted.refused)


def test_a_policy_that_leaves_everything_to_plans_asks_for_a_roster_like_the_table() -> None:
    program = next(each for each in programs().values() if each.summary.open and not each.summary.members)
    with pytest.raises(NotInSqlError) as refused:
        WarehouseSql(program, "roster", "duckdb")
    assert "`--like`" in refused.value.help
    query = WarehouseSql(program, "roster", "duckdb", [OwnMember(("Safety",))])
    assert "Safety level" in [column.name for column in query.columns]


@pytest.mark.parametrize("dialect", ["spark", "postgres", "snowflake", "bigquery", "tsql", "databricks"])
def test_other_dialects_hold_the_same_constants(dialect: str) -> None:
    result = run("sql", OPM, "--dialect", dialect, "--table", "hr.appraisals")
    text = result.stdout
    assert ("no test runs this text in" in result.stderr) is (dialect not in ("spark", "postgres"))
    for part in ("475", "hr.appraisals", "SES602", "Results Driven weight"):
        assert part in text
    assert "HUGEINT" not in text


def test_an_unknown_dialect_is_refused_in_words() -> None:
    result = run("sql", OPM, "--dialect", "klingon")
    assert result.exit_code == 2
    assert "there is no dialect `klingon`; take `duckdb`, `postgres`, `spark`, " in " ".join(result.stderr.split())


def test_a_name_with_a_quotation_mark_stays_a_name() -> None:
    member = ir.Member('The "A" team', True, ir.LevelScale((5, 4, 3)), None)
    program = programs()["Shape 01, weighted sum"]
    _, *rest = program.summary.members
    odd = replace(program, summary=replace(program.summary, members=(member, *rest), limits=()))
    connection = duckdb.connect()
    query = WarehouseSql(odd, "roster", "duckdb")
    quoted = ", ".join('"' + column.name.replace('"', '""') + '" INTEGER' for column in query.columns)
    connection.execute(f"CREATE TABLE roster (id INTEGER, {quoted})")
    assert connection.execute(query.rating()).fetchall() == []
    assert connection.execute(query.check()).fetchall() == []


def test_a_roster_says_which_columns_plans_bring(tmp_path: Path) -> None:
    (name,) = (each for each in FILES if "10" in each)
    roster = tmp_path / "roster.csv"
    program = programs()["Shape 10, nested derivation"]
    columns = [
        f"{member.name} level" if member.stage is None else f"{member.name} / {what}"
        for member in program.summary.members
        for what in (
            ("",) if member.stage is None else ("Safety level", "Safety weight", "Staff level", "Staff weight")
        )
    ]
    roster.write_text(",".join(["id", *columns]) + "\n", encoding="utf-8")
    text = run("sql", policy_path(name), "--like", roster).stdout
    assert "/ Safety level" in text
    assert "/ Safety level" not in run("sql", policy_path(name)).stdout
    roster.write_text("id,nothing level\n", encoding="utf-8")
    assert "the columns of" in run("sql", policy_path(name), "--like", roster).output
