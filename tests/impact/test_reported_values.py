"""A value that is reported beside the level is never changed in silence: not by a headline, a table or a file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import pytest

from cli.running import HEADINGS, SMALL, put, run
from cli.test_tables_out import made
from sespms_rules.engines.confirmed import EnginesDisagreeError
from sespms_rules.engines.reference import CompiledReference
from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import compile_source
from sespms_rules.program.rating import Appraisal, Rated
from sespms_rules.studies.impact.reported import confirm_reported

TABLE = """table "Bonus"
  475 to 500 gives 8%
  400 to 474 gives 5%
  otherwise gives 0

"""
LAST = "any critical element at level 1 makes the rating level 1\n"
REPORT = (
    LAST
    + """  "bonus" is the "Bonus" for score
  also report "bonus"
"""
)
POLICY = SMALL.replace("summary rating\n", TABLE + "summary rating\n").replace(LAST, REPORT)
ROSTER = HEADINGS + "A,50,5,50,5\nB,50,4,50,4\nC,50,3,50,4\n"
STRUCK = ("strike 475 to 500 gives 8%", "strike 400 to 474 gives 5%", "strike otherwise gives 0")
HIGHER = ("strike 400 to 474 gives 5%", "insert 400 to 474 gives 6%")


def amendment(*lines: str, part: str = 'table "Bonus"', name: str = "Change") -> str:
    return "\n  ".join([f'amendment "{name}"\n  amends "Invented agency"\n\n{part}', *lines]) + "\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path, Path]:
    """The system, its roster, and the amendment that raises the payout of level 4."""
    return (
        put(tmp_path, "p.sespms", POLICY),
        put(tmp_path, "r.csv", ROSTER),
        put(tmp_path, "a.sespms", amendment(*HIGHER)),
    )


def said(*arguments: str | Path) -> str:
    return " ".join(run("impact", *arguments).stdout.split())


def test_a_payout_that_changes_at_the_same_level_stands_in_the_headline(files: tuple[Path, Path, Path]) -> None:
    system, roster, change = files
    told = said(system, roster, "--with", change)
    assert (
        "0 of 3 executives would be at another level: 0 higher, 0 lower. 1 of 3 executives would have another reported"
        " value, 1 of them at the level they have now: `bonus` for 1." in told
    )
    assert "1 executive from 0.05 to 0.06" in told
    assert "1 executive from 0.05 to 0.06: row 3, `B`" in said(system, roster, "--with", change, "--details")


@pytest.mark.parametrize(
    ("lines", "part", "expected"),
    [
        (
            ['strike also report "bonus"', 'strike "bonus" is the "Bonus" for score'],
            "summary rating",
            "from 0.08 to nothing",
        ),
        (['insert "half" is score / 2', 'insert also report "half"'], "summary rating", "from nothing to 250"),
        (
            [*STRUCK, 'insert 475 to 500 gives "gold"', 'insert otherwise gives "none"'],
            'table "Bonus"',
            "from 0 to none",
        ),
    ],
    ids=["no longer reported", "newly reported", "a word for a number"],
)
def test_what_is_reported_on_one_side_alone_and_words_are_told(
    files: tuple[Path, Path, Path], tmp_path: Path, lines: Sequence[str], part: str, expected: str
) -> None:
    system, roster, _ = files
    assert f"1 executive {expected}" in said(
        system, roster, "--with", put(tmp_path, "b.sespms", amendment(*lines, part=part))
    )


def test_values_that_stay_are_said_to_stay(files: tuple[Path, Path, Path], tmp_path: Path) -> None:
    system, roster, _ = files
    idle = put(tmp_path, "b.sespms", amendment("strike otherwise gives 0", "insert 0 to 399 gives 0"))
    assert "The reported value `bonus` would stay as it is for everyone." in said(system, roster, "--with", idle)


def test_the_data_tell_what_the_text_tells(files: tuple[Path, Path, Path], tmp_path: Path) -> None:
    system, roster, change = files
    data = json.loads(run("impact", system, roster, "--with", change, "--details", "--format", "json").stdout)
    (told,) = data["amendments"][0]["reported"]
    assert (told["name"], told["count"], told["at_the_same_level"]) == ("bonus", 1, 1)
    assert told["changes"] == [{"from": "0.05", "to": "0.06", "count": 1, "rows": [{"row": 3, "id": "B"}]}]
    table = run("impact", system, roster, "--with", change, "--format", "csv").stdout
    assert table.splitlines()[0].endswith("executives,with another reported value")
    assert "Change,all,,level 4,level 4,2,1" in table
    named = run("impact", system, roster, "--with", change, "--details", "--format", "csv").stdout
    assert named.splitlines()[0].endswith("bonus before,bonus after")
    assert "Change,B,,,level 4,400,level 4,400,0.05,0.06" in named
    rows = made(tmp_path, "impact", system, roster, "--with", change)["Reported values"]
    assert rows[1] == ["Change", "bonus", 0.05, 0.06, 1]
    page = run("impact", system, roster, "--with", change, "--format", "html").stdout
    assert "would have another reported value" in page


def test_amendments_side_by_side_say_how_many(files: tuple[Path, Path, Path], tmp_path: Path) -> None:
    system, roster, change = files
    other = put(
        tmp_path, "b.sespms", amendment("strike 475 to 500 gives 8%", "insert 475 to 500 gives 9%", name="Other")
    )
    told = run("impact", system, roster, "--with", change, "--with", other).stdout
    assert "another reported value" in told.split("Each amendment alone")[1].split("\n")[1]


def test_what_is_shared_says_that_it_leaves_them_out(files: tuple[Path, Path, Path]) -> None:
    system, roster, change = files
    assert "values reported beside the level" in said(system, roster, "--with", change, "--share")
    assert "another" not in run("impact", system, roster, "--with", change, "--share", "--format", "csv").stdout


def test_the_reference_confirms_each_value_that_changes() -> None:
    (program,) = compile_source(Source("p.sespms", POLICY)).programs.values()
    elements = tuple(Rated(name, Fraction(5), Fraction(50)) for name in ("Leading People", "Results Driven"))
    one = Appraisal("A", elements)
    right = {0: dict(CompiledReference(program).rate(one).reported)}
    confirm_reported(program, {0: one}, right)
    with pytest.raises(EnginesDisagreeError):
        confirm_reported(program, {0: one}, {0: {"bonus": Fraction(7)}})
