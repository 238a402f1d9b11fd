"""An amendment that adds or drops an element, over a roster that has its column or has it not."""

from __future__ import annotations

from pathlib import Path

from cli.running import data, put, run

POLICY = """system "Example Pier Office"
  is outside the Senior Executive Service
  has exactly 2 critical elements

critical element "Leading People"

critical element "Results"

levels
  level 5 "Outstanding" 5 points
  level 3 "Full" 3 points
  level 1 "Unsatisfactory" 1 point

summary rating
  score is the average of points
  score at least 4 is level 5
  score at least 2 and below 4 is level 3
  score below 2 is level 1
"""
HEAD = 'amendment "{}"\n  amends "Example Pier Office"\n  because "A trial."\n\nsystem\n'
HEAD += "  strike has exactly 2 critical elements\n"
ADDED = f'{HEAD.format("A third element")}  insert has exactly 3 critical elements\n\ncritical element "Stewardship"\n'
DROPPED = f'{HEAD.format("One element")}  insert has exactly 1 critical element\n\nstrike critical element "Results"\n'
TWO = "id,Leading People level,Results level,Remark\na,5,3,x\nb,5,5,y\n"
THREE = "id,Leading People level,Results level,Stewardship level,Remark\na,5,3,3,x\nb,5,5,1,y\n"


def told(folder: Path, roster: str, amendment: str) -> tuple[list[tuple[str, str]], int]:
    """What an impact finds of the roster, by code and message, and how it ends."""
    policy, given = put(folder, "pier.sespms", POLICY), put(folder, "roster.csv", roster)
    found, code = data("impact", policy, given, "--with", put(folder, "change.sespms", amendment))
    return [(each["code"], each["message"]) for each in found["findings"] if each["code"].startswith("SES6")], code


def test_a_column_that_the_amendment_reads_is_not_called_unread(tmp_path: Path) -> None:
    assert told(tmp_path, THREE, ADDED) == ([("SES631", "the column `Remark` is not read")], 0)


def test_a_column_that_the_amendment_needs_is_asked_for_in_its_name(tmp_path: Path) -> None:
    says = "under `A third element`, the roster has no column `Stewardship level`"
    assert told(tmp_path, TWO, ADDED) == ([("SES631", "the column `Remark` is not read"), ("SES632", says)], 1)
    shown = run(
        "impact", tmp_path / "pier.sespms", tmp_path / "roster.csv", "--with", tmp_path / "change.sespms"
    ).stdout
    assert "It cannot be compared: it has errors, or the roster does not fit it." in shown


def test_a_column_that_the_amendment_no_longer_reads_is_read_as_it_is(tmp_path: Path) -> None:
    assert told(tmp_path, TWO, DROPPED) == ([("SES631", "the column `Remark` is not read")], 0)
