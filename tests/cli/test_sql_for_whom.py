"""`sespms sql` rates every row of a table, and says so where the system is not for everyone."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from cli.running import SMALL, put, run

CAREER = "  covers career executives\n"
OFFICE = '  leaves out "Office of Inspector General" because "It runs its own."\n'


def policy(folder: Path, *sentences: str) -> Path:
    return put(folder, "policy.sespms", SMALL.replace("\n  has", "\n" + "".join(sentences) + "  has", 1))


@pytest.mark.parametrize("dialect", ["duckdb", "postgres", "spark", "snowflake"])
@pytest.mark.parametrize("check", [(), ("--check",)])
def test_the_text_says_whom_it_does_not_look_at(tmp_path: Path, dialect: str, check: tuple[str, ...]) -> None:
    result = run("sql", policy(tmp_path, CAREER, OFFICE), "--dialect", dialect, *check)
    choose = "the query rates every row, so choose the rows first"
    said = (
        f"`Invented agency` leaves out the unit `Office of Inspector General`; {choose}",
        f"`Invented agency` covers career executives alone; {choose}",
    )
    assert result.stdout.startswith("".join(f"-- {each}\n" for each in said))
    assert all(f"sespms: {each}\n" in result.stderr for each in said)


def test_the_text_runs_with_the_lines_above_it(tmp_path: Path) -> None:
    text = run("sql", policy(tmp_path, CAREER, OFFICE)).stdout
    with duckdb.connect() as database:
        database.execute(
            'CREATE TABLE roster AS SELECT \'a\' AS id, 50 AS "Leading People weight", 5 AS "Leading People level",'
            ' 50 AS "Results Driven weight", 5 AS "Results Driven level"'
        )
        assert database.execute(text).fetchone() is not None


@pytest.mark.parametrize("covers", ["", "  covers career, noncareer, limited term and limited emergency executives\n"])
def test_a_system_for_everyone_has_nothing_to_say(tmp_path: Path, covers: str) -> None:
    result = run("sql", policy(tmp_path, covers))
    assert "choose the rows" not in result.output
