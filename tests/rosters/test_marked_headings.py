"""Headings that differ by the mark of a note alone are one column twice, whatever the policy names."""

from __future__ import annotations

from pathlib import Path

import pytest

from rosters.programs import PLAIN, leaf, program, stage
from sespms_rules.foundation.diagnostic import Severity
from sespms_rules.program.ir import Program
from sespms_rules.rosters.files import read_roster

OPEN = program(stage(leaf("Leading People", critical=False), is_open=True, weighted=False))


def _told(path: Path, headings: str, rated: Program) -> list[tuple[str, str, str]]:
    roster = path / "r.csv"
    count = headings.count(",")
    roster.write_text(f"id,{headings}\nn-1{',4' * (count + 1)}\n", encoding="utf-8")
    found = read_roster(roster, rated)
    return [(each.code, each.message, each.help) for each in found.findings if each.severity is not Severity.NOTE]


@pytest.mark.parametrize("marked", ["Leading People* level", "Leading People level*", "Leading People level \u2020",
                                    "leading people\u00b9 LEVEL", "Leading People** level\u2021",
                                    "*Leading People level", "\u2020 Leading *People level"])  # fmt: skip
@pytest.mark.parametrize("rated", [PLAIN, OPEN])
def test_a_column_and_itself_with_a_mark(tmp_path: Path, marked: str, rated: Program) -> None:
    for headings in (f"Leading People level,{marked}", f"{marked},Leading People level"):
        ((code, says, help),) = _told(tmp_path, f"{headings},Results Driven level", rated)
        assert code == "SES633"
        assert says.endswith("differ by the mark of a note alone, and only one can hold")
        assert "without the mark" in help


def test_elements_of_the_plans_own(tmp_path: Path) -> None:
    headings = "Leading People level,Audit level,Audit* level"
    assert [each[0] for each in _told(tmp_path, headings, OPEN)] == ["SES633"]
    assert [each[0] for each in _told(tmp_path, "Leading People level,Audit* level,Audit\u2020 level", OPEN)] == [
        "SES633"
    ] * 2


def test_what_nobody_reads_may_have_marks(tmp_path: Path) -> None:
    headings = "Leading People level,Results Driven level,Remarks,Remarks*"
    assert [each[0] for each in _told(tmp_path, headings, PLAIN)] == ["SES631"] * 2


def test_a_marked_column_alone_is_not_taken_for_another(tmp_path: Path) -> None:
    ((code, _, help),) = _told(tmp_path, "Leading People* level,Results Driven level", PLAIN)
    assert code == "SES632"
    assert "give that column the heading `Leading People level`" in help


@pytest.mark.parametrize(
    ("heading", "meant"),
    [("Audit level*", "Audit"), ("Audit*", "Audit"), ("Audit level (2)", "Audit (2)"), ("Level of Audit", "Audit"),
     ("Audit", "Audit")],
)  # fmt: skip
def test_the_help_on_an_unread_column_of_levels_makes_no_odd_element(tmp_path: Path, heading: str, meant: str) -> None:
    ((code, _, help),) = _told(tmp_path, f"Leading People level,{heading}", OPEN)
    assert code == "SES650"
    assert help == (
        f"if `{meant}` is an element, give the column the heading `{meant} level`; otherwise remove the column"
    )
