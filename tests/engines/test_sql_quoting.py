"""Whatever a policy says, the text made of it is one query: every dialect's text is read back by sqlglot."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
import sqlglot
from hypothesis import given
from hypothesis import strategies as st
from sqlglot.expressions import Identifier, Select, Union

from cli.running import put, run
from engines.test_columnar import average_of_products
from sespms_rules.engines.sql.quoting import DIALECTS, Names, dialect_of, table_name, word_in_sql
from sespms_rules.engines.sql.table import WarehouseSql
from sespms_rules.engines.sql.text import NotInSqlError
from sespms_rules.foundation.values import replace
from sespms_rules.program import ir
from shapes import programs
from systems import program_of

PLAIN = ("duckdb", "postgres", "spark", "databricks")
DROP = r"\' END END AS x; DROP TABLE y; --"
HOSTILE = [
    DROP,
    "' END END AS x; DROP TABLE y; --",
    "\\",
    "''\\'",
    "`; DROP TABLE y; --",
    '"; DROP TABLE y; --',
    "]; DROP TABLE y; --",
    "*/ DROP TABLE y; /*",
    "-- \\\\\\'",
    "$$; DROP TABLE y; $$",
    "{{ x }} @y :z ?",
    "plain",
]
ONE_ELEMENT = """system "T"
  has exactly 1 critical elements

critical element "A"

levels
  level 5 "Outstanding"               5 points
  level 4 "Exceeds Fully Successful"  4 points
  level 3 "Fully Successful"          3 points
  level 2 "Minimally Satisfactory"    2 points
  level 1 "Unsatisfactory"            1 point

summary rating
  score is the sum of points
  score exactly 5 is level 5
  score exactly 4 is level 4
  score exactly 3 is level 3
  score exactly 2 is level 2
  score exactly 1 is level 1
  "w" is the "W" for level
  also report "w"

table "W"
  level 5 gives "WORD"
  otherwise gives "n"
"""


def _hostile(texts: list[str]) -> ir.Program:
    """A shipped program that reports a word of a table: a member more for each text, and the texts in its words."""
    program = programs()["Shape 19, tables"]
    tables = tuple(
        replace(
            table,
            rows=tuple(
                replace(row, result=f"{row.result}{texts[place % len(texts)]}") if isinstance(row.result, str) else row
                for place, row in enumerate(table.rows)
            ),
        )
        for table in program.tables
    )
    scale = ir.LevelScale((5, 4, 3, 2, 1))
    members = (*program.summary.members, *(ir.Member(each, True, scale, None) for each in texts))
    return replace(program, tables=tables, summary=replace(program.summary, members=members, limits=()))


def _read(text: str, dialect: str) -> Any:
    (query,) = sqlglot.parse(text, read=dialect)
    assert isinstance(query, Select | Union)
    return query


@pytest.mark.attack("statements in SQL")
@pytest.mark.parametrize("dialect", list(DIALECTS))
def test_the_text_of_every_dialect_is_one_query_of_the_same_names(dialect: str) -> None:
    query = WarehouseSql(_hostile(HOSTILE), "roster", dialect)
    for made in (query.rating(), query.check()):
        names = {each.name for each in _read(made, dialect).find_all(Identifier)}
        assert {f"{each} level" for each in HOSTILE} <= names


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12), st.sampled_from(PLAIN))
def test_any_word_stays_one_value_and_any_name_one_name(text: str, dialect: str) -> None:
    known = dialect_of(dialect)
    name = Names(known).written(f"{text} level")
    query = _read(f"SELECT {word_in_sql(text, known)} AS a, {name} AS b FROM t", dialect)
    assert len(query.expressions) == 2
    assert query.expressions[1].this.name == f"{text} level"
    if dialect == "duckdb":
        assert duckdb.execute(f"SELECT {word_in_sql(text, known)}").fetchall() == [(text,)]


@pytest.mark.attack("statements in SQL")
@pytest.mark.parametrize("dialect", ["spark", "databricks", "postgres", "duckdb", "mysql", "bigquery", "snowflake"])
def test_a_table_s_word_does_not_close_its_string(tmp_path: Path, dialect: str) -> None:
    """In Spark a backslash before a quotation mark kept the string open, and DROP TABLE became a statement."""
    policy = put(tmp_path, "p.sespms", ONE_ELEMENT.replace("WORD", DROP))
    result = run("sql", policy, "--dialect", dialect)
    assert result.exit_code == 0, result.stderr
    _read(result.stdout, dialect)


@pytest.mark.attack("signs for a terminal")
@pytest.mark.parametrize("sign", ["\x1b[31m", "\x9b31m", "\u202e", "\u2066"], ids=ascii)
def test_no_text_is_printed_that_could_read_otherwise_than_it_runs(tmp_path: Path, sign: str) -> None:
    policy = put(tmp_path, "p.sespms", ONE_ELEMENT.replace("WORD", f"a{sign}b"))
    result = run("sql", policy)
    assert result.exit_code in (0, 2)  # 0 where the reader of policies has taken the sign out already
    assert sign not in result.stdout + result.stderr


# ---- the name of the table ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("roster", "roster"),
        ("hr.appraisals_2026", "hr.appraisals_2026"),
        ('hr."Appraisals 2026"', "hr.`Appraisals 2026`"),
        ('a."b""c`d".e', 'a.`b"c``d`.e'),
        ("[my table]", "`my table`"),
        ("`x``y`", "`x``y`"),
    ],
)
def test_a_table_s_name_is_written_in_the_dialect(given: str, written: str) -> None:
    assert table_name(given, dialect_of("spark")) == written


@pytest.mark.parametrize("given", ["x; DROP TABLE y", "x y", "", "a..b", "a.", '"open', "x--", "1x", "x)", '""'])
def test_what_is_no_name_of_a_table_is_refused(tmp_path: Path, given: str) -> None:
    result = run("sql", put(tmp_path, "p.sespms", ONE_ELEMENT), "--table", given)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"`{given}` is no name of a table" in " ".join(result.stderr.split())


# ---- long names --------------------------------------------------------------------------------------

LONG = "Leading People through a change of the whole agency and all of its bureaus"


def test_long_names_are_cut_as_postgresql_cuts_them_and_stay_apart() -> None:
    names = Names(dialect_of("postgres"))
    made = [names.known_as(f"{LONG}{end}") for end in (" level", " weight", ", abroad level")]
    assert all(len(each.encode()) <= 63 for each in made)
    assert made == [LONG[:63], f"{LONG[:61]}~2", f"{LONG[:61]}~3"]
    assert names.known_as(f"{LONG} level") == made[0]
    assert names.known_as("short") == "short"
    assert [full for _, full in names.cut] == [f"{LONG}{end}" for end in (" level", " weight", ", abroad level")]


def test_no_letter_is_cut_in_two_and_no_short_name_is_taken() -> None:
    names = Names(dialect_of("postgres"))
    assert names.known_as("a" + "é" * 40) == "a" + "é" * 31
    taken = names.known_as("A" * 63)
    assert names.known_as("a" * 70) == "a" * 61 + "~2"
    assert taken == "A" * 63
    assert Names(dialect_of("duckdb")).known_as("a" * 5_000) == "a" * 5_000


def test_the_text_says_what_a_cut_name_stands_for(tmp_path: Path) -> None:
    policy = put(tmp_path, "p.sespms", ONE_ELEMENT.replace('element "A"', f'element "{LONG}"'))
    text = run("sql", policy, "--dialect", "postgres").stdout
    assert text.startswith(f"-- {LONG[:63]} stands for {LONG} level\nWITH ")
    _read(text, "postgres")
    assert run("sql", policy).stdout.startswith("WITH ")


def test_numbers_that_a_database_holds_as_floats_only_are_refused() -> None:
    wide = average_of_products(2)
    assert "HUGEINT" in WarehouseSql(wide, "roster", "duckdb").rating()
    assert "DECIMAL(38, 0)" in WarehouseSql(wide, "roster", "postgres").rating()
    with pytest.raises(NotInSqlError, match="does not hold exactly"):
        WarehouseSql(wide, "roster", "sqlite").rating()
    assert "CASE" in WarehouseSql(program_of("agencies/opm_basic.sespms"), "roster", "sqlite").rating()
