"""What a moved figure does, beside other amendments, and the report of it that can be kept."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from cli.running import process
from workbench_server import Served, serving, words_of

NAME = "opm_basic.sespms"
ROSTER = "example/invented-roster.csv"
RAISED = """amendment "A higher bar"
  amends "Basic SES Appraisal System"
  because "An invented reason."

summary rating
  strike score 475 to 500 is level 5
  insert score 480 to 500 is level 5
  strike score 400 to 474 is level 4
  insert score 400 to 479 is level 4
"""
VARIANT = """system "An invented bureau" based on "Basic SES Appraisal System"
  agency "An invented bureau"
  effective 2026-10-01
"""


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A workbench on the example, an amendment of it, and a system that rests on the one beside it."""
    root = tmp_path_factory.mktemp("example")
    with serving(root) as found:
        found.ask("/example", {})
        (root / "example" / "higher.sespms").write_text(RAISED, encoding="utf-8")
        (root / "example" / "bureau.sespms").write_text(VARIANT, encoding="utf-8")
        yield found


def _tried(served: Served, do: str, policy: str = NAME, **more: str) -> tuple[int, str]:
    sent = {"roster": ROSTER, "figure cut of level 5": "450", "name": "A lower bar", "do": do} | more
    found = served.ask(f"/what-if?policy=example/{policy}", sent)
    return found.status, found.text


def test_amendments_stand_side_by_side_as_the_command_sets_them(example: Served) -> None:
    status, text = _tried(example, "try", beside="its:example/higher.sespms")
    assert status == 200
    words = words_of(text)
    told = process(
        "impact", f"example/{NAME}", ROSTER, "--with", "example/higher.sespms", "--format", "json", cwd=example.folder
    )
    (compared,) = json.loads(told.stdout)["amendments"]
    assert "A lower bar" in words
    assert "A higher bar" in words
    assert "Cut of level 5 475 450 −25" in words
    higher, lower = compared["directions"]["higher"], compared["directions"]["lower"]
    assert lower > 0
    assert f"A higher bar {higher + lower} {higher} {lower}" in words
    same = _tried(example, "try", beside="its:example/higher.sespms", name="A higher bar")
    assert "n amendment A higher bar stands beside this one" in words_of(same[1])


def test_the_report_is_kept_as_page_table_and_workbook(example: Served) -> None:
    _, page = _tried(example, "html")
    assert page.startswith("<!DOCTYPE html>")
    assert str(example.folder) not in page
    assert "invented-roster.csv" in page
    _, table = _tried(example, "csv")
    rows = table.strip().splitlines()
    sent = {"roster": ROSTER, "figure cut of level 5": "450", "name": "A lower bar", "do": "xlsx"}
    book = example.raw(f"/what-if?policy=example/{NAME}", sent)
    made = openpyxl.load_workbook(io.BytesIO(book), read_only=True)
    assert len(list(made.worksheets[0].rows)) == len(rows)
    assert len(rows) > 5
    assert str(example.folder).encode() not in book


@pytest.mark.parametrize("beside", ["its:../higher.sespms", "its:no.sespms", "own:Nothing", f"its:example/{NAME}"])
def test_what_cannot_stand_beside_is_said(example: Served, beside: str) -> None:
    status, text = _tried(example, "try", beside=beside)
    assert status in (404, 422)
    assert str(example.folder) not in text


def test_every_appraisal_is_counted_of_a_system_that_rests_on_one_beside_it(example: Served) -> None:
    status, text = _tried(example, "domain", "bureau.sespms", roster="")
    assert status == 200, words_of(text)
    assert "What it does to every possible appraisal" in text
    assert Path(example.folder / "example" / "bureau.sespms").read_text(encoding="utf-8") == VARIANT


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "empty"),
        ("no,roster\n1,2\n", "id"),
        ("\x00\x01", ""),
    ],
)
def test_a_broken_roster_is_said_and_changes_nothing(example: Served, content: str, says: str) -> None:
    (example.folder / "broken.csv").write_text(content, encoding="utf-8")
    status, text = _tried(example, "try", roster="broken.csv")
    words = words_of(text)
    assert status == 422
    assert says in words
    assert "Traceback" not in text
    assert str(example.folder) not in text
    (example.folder / "broken.csv").unlink()


def test_a_row_with_a_broken_cell_is_refused_and_counted_as_that(example: Served) -> None:
    rows = (example.folder / ROSTER).read_text(encoding="utf-8").splitlines()
    place = next(number for number, each in enumerate(rows[0].split(",")) if each.endswith(" level"))
    cells = rows[1].split(",")
    cells[place] = "nine"
    (example.folder / "one.csv").write_text("\n".join([rows[0], ",".join(cells), *rows[2:]]) + "\n", encoding="utf-8")
    _, text = _tried(example, "try", roster="one.csv")
    (example.folder / "one.csv").unlink()
    words = words_of(text)
    assert "refused 1 1 0 all 60 60" in words, "nobody is given a level whose rating cannot be read"
    assert str(example.folder) not in text


def test_a_folder_without_policies_says_what_to_do(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        words = words_of(served.ask("/").text)
    assert "There is no policy in this folder yet" in words
    assert "Take the example" in words
