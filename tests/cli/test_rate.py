from __future__ import annotations

import csv
import io
import json
import os
import pty
from fractions import Fraction
from pathlib import Path

import pytest

from cli.running import BROKEN, FAILING, HEADINGS, OPM, ROSTER, SMALL, data, process, put, run
from sespms_rules.engines.confirmed import Engine, EnginesDisagreeError, answer, confirmed
from sespms_rules.engines.durable.engine import DurableEngine
from sespms_rules.engines.durable.host import why_unavailable
from sespms_rules.engines.reference import engine as reference
from sespms_rules.foundation.values import replace
from sespms_rules.program.ir import Program, ToLevel
from sespms_rules.program.rating import Appraisal, Outcome, Rated, Rating
from sespms_rules.rosters.files.cells import safe_cell
from systems import program_of
from workbooks import workbook_of

SMALL_ROSTER = HEADINGS + 'p-1,40,4,60,5\np-2,50,3,50,\np-3,"50,5",3,49,3\np-4,60,4,50,4\n'


def test_each_row_has_its_line_in_order(tmp_path: Path) -> None:
    result = run("rate", put(tmp_path, "p.sespms", SMALL), put(tmp_path, "r.csv", SMALL_ROSTER))
    assert result.exit_code == 1
    assert result.stderr == ""
    lines = result.stdout.splitlines()
    assert lines[:6] == [
        "id   score  level  term  refused",
        "p-1  460    5      Best  -",
        "p-2  -      -      -     SES608",
        "p-3  -      -      -     SES636",
        "p-4  -      -      -     SES602",
        "",
    ]
    assert f"{tmp_path / 'r.csv'}:3: error SES608 not-rated" in lines
    assert "  row 4, column `Leading People weight`: `50,5` is not a number written in plain digits" in lines
    assert lines[-1] == "4 rows: 1 rated, 0 not rated, 3 refused"


def test_everyone_rated_ends_with_0(tmp_path: Path) -> None:
    result = run("rate", put(tmp_path, "p.sespms", SMALL), put(tmp_path, "r.csv", HEADINGS + "p-1,40,4,60,5\n"))
    assert result.exit_code == 0
    assert result.stdout.endswith("\n\n1 row: 1 rated, 0 not rated, 0 refused\n")


def test_json_has_one_entry_a_row_and_scores_as_text(tmp_path: Path) -> None:
    found, code = data("rate", put(tmp_path, "p.sespms", SMALL), put(tmp_path, "r.csv", SMALL_ROSTER))
    assert code == 1
    assert (found["schema"], found["system"]) == ("sespms-rate/1", "Invented agency")
    assert [(each["id"], each["score"], each["level"], each["term"], each["refused"]) for each in found["ratings"]] == [
        ("p-1", "460", 5, "Best", []),
        ("p-2", None, None, None, ["SES608"]),
        ("p-3", None, None, None, ["SES636"]),
        ("p-4", None, None, None, ["SES602"]),
    ]
    assert found["counts"] == {"rated": 1, "not rated": 0, "refused": 3, "withheld": 0}
    assert found["ratings"][2]["reasons"][0]["help"] == "write `50.5`"
    assert found["ratings"][2]["row"] == 4


@pytest.mark.attack("cells that a spreadsheet changes")
def test_csv_is_safe_to_open_in_a_spreadsheet(tmp_path: Path) -> None:
    roster = put(tmp_path, "r.csv", HEADINGS + '"=HYPERLINK(""x"")",40,4,60,5\n@p,50,3,50,\n-p,40,1,60,1\n')
    result = run("rate", put(tmp_path, "p.sespms", SMALL), roster, "--format", "csv")
    rows = list(csv.reader(io.StringIO(result.stdout)))
    assert [row[:6] for row in rows] == [
        ["id", "outcome", "score", "level", "term", "refused"],
        ['\'=HYPERLINK("x")', "rated", "460", "5", "Best", ""],
        ["'@p", "refused", "", "", "", "SES608"],
        ["'-p", "rated", "100", "1", "Poor", ""],
    ]


def test_cells_that_a_spreadsheet_would_change() -> None:
    assert [safe_cell(each) for each in ("=1", "+1", "-1", "@a", "\tx", "13/3", "1/2/3")] == [
        "'=1", "'+1", "'-1", "'@a", "'\tx", "'13/3", "'1/2/3",
    ]  # fmt: skip
    assert [safe_cell(each) for each in ("a=1", "North/South", "", "400")] == ["a=1", "North/South", "", "400"]


def test_findings_do_not_mix_with_csv() -> None:
    assert "2 notes on the policy: `--notes` shows them" in run("rate", OPM, ROSTER, "--format", "csv").stderr
    result = run("rate", OPM, ROSTER, "--format", "csv", "--notes")
    assert "SES248" in result.stderr
    assert result.stdout.startswith("id,outcome,")


def test_a_file_gets_the_result_whole(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    result = run("rate", OPM, ROSTER, "--format", "json", "--output", out)
    assert result.stdout == ""
    assert len(json.loads(out.read_text(encoding="utf-8"))["ratings"]) == 12
    assert sorted(each.name for each in tmp_path.iterdir()) == ["out.json"]
    mask = os.umask(0)
    os.umask(mask)
    assert out.stat().st_mode & 0o777 == 0o666 & ~mask


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    for name in (tmp_path, tmp_path / "none" / "out.csv"):
        result = run("rate", OPM, ROSTER, "--output", name)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "folder" in result.stderr


@pytest.mark.parametrize("policy", [BROKEN, FAILING])
def test_a_policy_with_errors_rates_no_one(tmp_path: Path, policy: str) -> None:
    path, roster = put(tmp_path, "p.sespms", policy), put(tmp_path, "r.csv", SMALL_ROSTER)
    result = run("rate", path, roster)
    assert result.exit_code == 1
    assert "1 error" in result.stdout
    assert "p-1" not in result.output
    found, code = data("rate", path, roster)
    assert (code, found["ratings"], len(found["findings"])) == (1, [], 1)


def test_a_roster_without_a_needed_column_rates_no_one(tmp_path: Path) -> None:
    path, roster = (
        put(tmp_path, "p.sespms", SMALL),
        put(tmp_path, "r.csv", SMALL_ROSTER.replace("Driven level", "level")),
    )
    result = run("rate", path, roster)
    assert result.exit_code == 1
    assert "error SES632 missing-column" in result.stdout
    assert result.stdout.endswith("no row was rated, because the roster has errors\n")


def test_which_system(tmp_path: Path) -> None:
    both = put(tmp_path, "both.sespms", SMALL + "\n" + SMALL.replace("Invented agency", "Invented bureau"))
    roster = put(tmp_path, "r.csv", SMALL_ROSTER)
    result = run("rate", both, roster)
    assert result.exit_code == 2
    assert "holds several systems; choose one with `--system`: `Invented agency`, `Invented bureau`" in result.stderr
    assert data("rate", both, roster, "--system", "Invented bureau")[0]["system"] == "Invented bureau"
    result = run("rate", both, roster, "--system", "Invented bureua")
    assert result.exit_code == 2
    assert "did you mean `Invented bureau`?" in result.stderr


def test_a_file_without_a_system(tmp_path: Path) -> None:
    result = run("rate", put(tmp_path, "p.sespms", 'baseline "Invented rules"\n  in force from 2026-01-01\n'), ROSTER)
    assert result.exit_code == 2
    assert "has no system to rate by; it holds only: baseline" in result.stderr


def test_a_workbook_is_rated_like_the_table_it_was_made_of(tmp_path: Path) -> None:
    workbook_of(Path(ROSTER), tmp_path / "roster.xlsx")
    for engine in ("durable", "reference", "columnar", "sql"):
        by_table, code = data("rate", OPM, ROSTER, "--engine", engine)
        by_workbook, workbook_code = data("rate", OPM, tmp_path / "roster.xlsx", "--engine", engine)
        assert by_workbook | {"files": by_table["files"]} == by_table
        assert workbook_code == code


def test_a_roster_of_another_kind() -> None:
    result = run("rate", OPM, "roster.ods")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "sespms: `roster.ods` is an OpenDocument spreadsheet; "
        "rosters are read in CSV, Excel's .xlsx, JSON and Parquet\n"
        "  help: save it as CSV UTF-8 and give that file\n"
    )


def test_the_example_roster_shows_what_its_readme_says() -> None:
    found, code = data("rate", OPM, ROSTER)
    by_id = {each["id"]: each for each in found["ratings"]}
    assert (code, len(by_id)) == (1, 12)
    assert {key: each["refused"] for key, each in by_id.items() if each["refused"]} == {
        "invented-08": ["SES608"],
        "invented-09": ["SES603"],
    }
    assert [by_id[f"invented-0{number}"]["level"] for number in (5, 6, 7)] == [5, 4, 1]


# ---- engines ---------------------------------------------------------------------------------------

needs_durable = pytest.mark.skipif(why_unavailable() is not None, reason="durable-rules does not run here")


def _case(*levels: int) -> Appraisal:
    names = ("Leading Change", "Leading People", "Business Acumen", "Building Coalitions", "Results Driven")
    made = zip(names, levels, (10, 10, 10, 10, 60), strict=True)
    return Appraisal("p", tuple(Rated(name, Fraction(level), Fraction(weight)) for name, level, weight in made))


def _with_other_band(program: Program) -> Program:
    """The same program, but one row gives another level."""
    first, *rest = program.summary.rows
    assert isinstance(first.outcome, ToLevel)
    changed = replace(first, outcome=ToLevel(1))
    return replace(program, summary=replace(program.summary, rows=(changed, *rest)))


@needs_durable
def test_durable_rates_and_reference_confirms() -> None:
    found, _ = data("rate", OPM, ROSTER)
    assert (found["engine"], found["confirmed_by"]) == ("durable", "reference")
    alone, _ = data("rate", OPM, ROSTER, "--engine", "reference")
    assert (alone["engine"], alone["confirmed_by"]) == ("reference", None)
    assert alone["ratings"] == found["ratings"]


@needs_durable
def test_a_difference_between_engines_withholds_the_rating_and_names_both_answers() -> None:
    program = program_of("agencies/opm_basic.sespms")
    other = _with_other_band(program)
    with DurableEngine(program) as durable:
        with pytest.raises(EnginesDisagreeError) as difference:
            confirmed(durable.rate, lambda case: reference.rate(other, case), _case(5, 5, 5, 5, 5))
        assert confirmed(durable.rate, lambda case: reference.rate(other, case), _case(3, 3, 3, 3, 3)).level == 3
    assert str(difference.value) == (
        "the engines disagree, so no rating is given: durable says score 500, level 5, "
        "reference says score 500, level 1"
    )


@needs_durable
def test_refusals_are_told_in_the_words_of_the_reference() -> None:
    program = program_of("agencies/opm_basic.sespms")
    case = Appraisal("p", _case(3, 3, 3, 3, 3).elements[:-1])
    with Engine(program, "durable") as engine:
        rating = engine.rate(case)
    assert rating.outcome is Outcome.REFUSED
    assert rating.refused == reference.rate(program, case).refused


def test_an_answer_is_more_than_a_level() -> None:
    rated = Rating("p", Outcome.RATED, Fraction(400), 4, "Exceeds")
    for other in (
        replace(rated, score=Fraction(401)),
        replace(rated, level=3),
        replace(rated, term="Good"),
        replace(rated, reported=(("bonus", Fraction(1)),)),
        replace(rated, outcome=Outcome.NOT_RATED),
    ):
        assert answer(other) != answer(rated)


def test_where_durable_cannot_be_imported_the_reference_rates_and_it_is_said() -> None:
    code = (
        "import sys; sys.modules['durable'] = None\n"  # as where it is not installed
        "from sespms_rules.cli import main\n"
        f"sys.argv = ['sespms', 'rate', {OPM!r}, {ROSTER!r}, '--format', 'json']; main()"
    )
    done = process(code=code)
    found = json.loads(done.stdout)
    assert (found["engine"], found["confirmed_by"], found["counts"]["rated"]) == ("reference", None, 10)
    assert "the reference engine rates instead, with the same results" in done.stderr
    assert done.returncode == 1


# ---- long rosters ----------------------------------------------------------------------------------


def _long(tmp_path: Path, rows: int) -> Path:
    lines = (f"p-{number},40,{number % 5 + 1},60,{number % 3 + 3}\n" for number in range(rows))
    return put(tmp_path, "long.csv", HEADINGS + "".join(lines))


def test_progress_is_shown_on_a_terminal_only_and_never_among_the_results(tmp_path: Path) -> None:
    policy, roster = put(tmp_path, "p.sespms", SMALL), _long(tmp_path, 6_000)
    out = tmp_path / "out.csv"
    arguments = ("rate", policy, roster, "--format", "csv", "--output", out, "--engine", "reference")
    assert process(*arguments).stderr == ""
    ours, theirs = pty.openpty()
    try:
        import subprocess
        import sys

        from cli.running import ROOT

        subprocess.run(
            [sys.executable, "-m", "sespms_rules", *map(str, arguments)],
            stderr=theirs,
            env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
            check=True,
        )
        assert b"rating" in os.read(ours, 65_536)
    finally:
        os.close(ours)
        os.close(theirs)
    assert len(out.read_text(encoding="utf-8").splitlines()) == 6_001
