"""`sespms sql` and the plans of a table: a query rates the plans of a roster like it, or says why it cannot."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from cli.running import run
from sespms_rules.foundation.resources import policy_path

KIND = "queries for other plans"
TERMS = {5: "Best", 4: "Better", 3: "Good", 2: "Weak", 1: "Poor"}
LEVELS = "".join(f'  level {n} "{term}" {n} point{"s" * (n > 1)}\n' for n, term in TERMS.items())
LINES = """
summary rating
  score is the average of points
  take the first line that fits
  score at least 4.5 is level 5
  score at least 3.5 is level 4
  score at least 2.5 is level 3
  score at least 1.5 is level 2
  level 1 otherwise
  any critical element at level 1 makes the rating level 1
"""


def _policy(tmp_path: Path, *counts: str) -> Path:
    path = tmp_path / "policy.sespms"
    head = "".join(f"  {each}\n" for each in ("is outside the Senior Executive Service", *counts))
    text = f'system "Plans"\n{head}\ncritical element "Results"\n\nlevels\n{LEVELS}{LINES}'
    path.write_text(text, encoding="utf-8")
    return path


def _roster(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "roster.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _levels(policy: Path, roster: Path) -> list[tuple[str, int | None]]:
    """What the printed query gives the rows of a roster, loaded as they stand."""
    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE roster AS SELECT * FROM read_csv('{roster}')")
    text = run("sql", policy, "--like", roster).stdout
    return connection.execute(f"SELECT id, level FROM ({text}) ORDER BY id").fetchall()


BOTH = ("has 1 to 2 critical elements", "has at most 2 noncritical elements")


@pytest.mark.case(KIND)
@pytest.mark.parametrize("counts", [BOTH, ("has exactly 1 critical element", "has exactly 1 noncritical element")])
def test_what_the_rows_call_noncritical_is_so_in_the_query(tmp_path: Path, counts: tuple[str, ...]) -> None:
    """Taken for critical, a 1 in it made the rating level 1."""
    policy = _policy(tmp_path, *counts)
    roster = _roster(tmp_path, "id,Results level,Mentoring level,Mentoring critical", "a,5,1,no", "b,5,4,no")
    rated = run("rate", policy, roster, "--format", "csv", "--engine", "reference").stdout.splitlines()
    assert [line.split(",")[2:4] for line in rated[1:]] == [["3", "3"], ["4.5", "5"]]
    assert _levels(policy, roster) == [("a", 3), ("b", 5)]
    done = run("sql", policy, "--like", roster)
    assert done.stdout.startswith("-- `Mentoring` is taken for noncritical in every row\n")
    assert "sespms: `Mentoring` is taken for noncritical in every row\n" in done.stderr


@pytest.mark.case(KIND)
def test_what_no_row_calls_noncritical_stays_critical(tmp_path: Path) -> None:
    policy = _policy(tmp_path, *BOTH)
    roster = _roster(tmp_path, "id,Results level,Safety level", "a,5,1", "b,5,4")
    assert _levels(policy, roster) == [("a", 1), ("b", 5)]
    assert "noncritical" not in run("sql", policy, "--like", roster).output.splitlines()[0]


@pytest.mark.case(KIND)
@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (("id,Results level,X level,X critical", "a,5,4,no", "b,5,4,yes"), "`X` is critical in some rows of"),
        (("id,Results level,X level,X critical",), "says whether `X` is critical"),
        (
            ("id,Results level,X level,Y level", "a,5,4,not in plan", "b,5,not in plan,3"),
            "differ: that of row 2 has no `Y`",
        ),
        (
            ("id,Results level,X level,Y level", "a,5,4,5"),
            "at most `2` critical elements, and the table would have `3`",
        ),
    ],
)
def test_plans_that_one_query_cannot_rate_are_refused(tmp_path: Path, lines: tuple[str, ...], says: str) -> None:
    done = run("sql", _policy(tmp_path, *BOTH), "--like", _roster(tmp_path, *lines))
    assert done.exit_code == 2
    assert done.stdout == ""
    assert says in " ".join(done.stderr.split())


@pytest.mark.case(KIND)
@pytest.mark.parametrize(
    ("counts", "says"),
    [
        (
            ("has 2 to 4 critical elements",),
            "at least `2` critical elements, and the columns that are known are those of",
        ),
        (("has exactly 1 critical element", "has 1 to 2 noncritical elements"), "at least `1` noncritical element,"),
    ],
)
def test_elements_that_only_plans_have_are_asked_for(tmp_path: Path, counts: tuple[str, ...], says: str) -> None:
    """The query refused every row (SES611), and nothing said so."""
    done = run("sql", _policy(tmp_path, *counts))
    assert (done.exit_code, done.stdout) == (2, "")
    assert says in " ".join(done.stderr.split())
    assert "with `--like`" in done.stderr


@pytest.mark.case(KIND)
@pytest.mark.parametrize("name", ["10_nested", "14_adjusted_before_averaging"])
def test_requirements_that_only_plans_have_are_asked_for(name: str) -> None:
    done = run("sql", policy_path(f"shapes/shape_{name}.sespms"))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "leaves its requirements to each plan" in done.stderr


@pytest.mark.case(KIND)
def test_a_column_without_its_sort_is_led_to_say_it(tmp_path: Path) -> None:
    """A table reads an element of a plan's own as critical, and here a plan may bring none."""
    policy = _policy(tmp_path, "has exactly 1 critical element", "has at most 1 noncritical element")
    roster = _roster(tmp_path, "id,Results level,Mentoring level", "a,5,1")
    advice = "write `no` in a column `Mentoring critical`"
    assert advice in run("rate", policy, roster).stdout
    done = run("sql", policy, "--like", roster)
    assert (done.exit_code, done.stdout) == (2, "")
    assert advice in done.stderr
