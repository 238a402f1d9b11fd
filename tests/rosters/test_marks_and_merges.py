"""Marks of notes in cells of a workbook, merged headings, ids in the signs of a text: what is told, and once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.worksheet.worksheet import Worksheet

from cli.running import put
from rosters.every_engine import in_every_way, program_of
from rosters.office_rosters import WEIGHED
from rosters.programs import TWO
from sespms_rules.cli import rating_in_sql
from sespms_rules.rosters.files import Roster, read_roster
from workbooks import workbook

HEADINGS = ("id", "Leading People weight", "Leading People level", "Results Driven weight", "Results Driven level")
ROWS = (("p-0", 40, 4, 60, 5), ("p-1", 40, 4, 60, 5))


def _read(path: Path, change: Callable[[Worksheet], object]) -> Roster:
    return read_roster(workbook(path / "r.xlsx", HEADINGS, *ROWS, change=change), TWO)


def _marked(place: str, *parts: tuple[str, Any]) -> Callable[[Worksheet], object]:
    def change(sheet: Worksheet) -> None:
        texts = [TextBlock(InlineFont(vertAlign=align), text) for text, align in parts]
        sheet[place] = CellRichText(*texts)

    return change


@pytest.mark.parametrize(
    ("place", "parts", "says"),
    [
        ("C2", (("4", None), ("1", "superscript")), "Leading People level`: the cell holds `41` and shows `1`"),
        ("B2", (("4", None), ("0", "subscript")), "Leading People weight`: the cell holds `40` and shows `0`"),
        ("B2", (("40", None), (" (2)", "superscript")), "Leading People weight`: the cell holds `40 (2)`"),
        ("A2", (("p-", None), ("0", "superscript")), "row 2: the cell of the id holds `p-0` and shows `0` of it above"),
    ],
)
def test_the_mark_of_a_note_is_no_figure(
    tmp_path: Path, place: str, parts: tuple[tuple[str, str | None], ...], says: str
) -> None:
    first, second = _read(tmp_path, _marked(place, *parts)).rows
    assert first.refusals[0].message.removeprefix("row 2, column `").startswith(says)
    assert first.refusals[0].code in ("SES659", "SES651")
    assert second.appraisal is not None


@pytest.mark.parametrize(
    ("place", "parts"),
    [
        ("A2", (("p-0", "superscript"),)),
        ("A2", (("p-0", None), ("th", "superscript"))),
        ("A2", (("p-", None), ("0", "baseline"))),
        ("C2", (("4", None), (" ", "superscript"))),
        ("F2", (("a remark", None), ("1", "superscript"))),
    ],
    ids=["all of it", "letters", "on the line", "a blank", "not read"],
)
def test_what_is_no_mark_of_a_note_is_read(
    tmp_path: Path, place: str, parts: tuple[tuple[str, str | None], ...]
) -> None:
    assert all(each.appraisal for each in _read(tmp_path, _marked(place, *parts)).rows)


@pytest.mark.parametrize("cells", ["B1:C1", "A1:B1", "D1:E1", "A1:A2"])
def test_merged_headings_are_told_by_one_finding(tmp_path: Path, cells: str) -> None:
    """That the column below has no heading is what the merging does, and nothing to be mended by itself."""
    found = _read(tmp_path, lambda sheet: sheet.merge_cells(cells)).findings
    assert [each.code for each in found] == ["SES639"]
    assert f"the cells `{cells}` are merged" in found[0].message


@pytest.mark.parametrize(
    ("one", "other"), [("00012", '="00012"'), ("N-1", '="n-1"'), ("N 1", "='N 1"), ("00012", '= "00012"')]
)
def test_an_id_in_the_signs_of_a_text_is_the_id(
    tmp_path: Path, one: str, other: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rating_in_sql, "CONFIRMED_LINES", 0)
    for first, second in ((one, other), (other, one)):
        quoted = [each.replace('"', '""') for each in (first, second)]
        rows = "".join(f'"{each}",40,4,60,5\n' for each in quoted)
        (_, wanted), *others = in_every_way(
            put(tmp_path, "r.csv", f"{','.join(HEADINGS)}\n{rows}"), program_of(WEIGHED)
        )
        alike = [["SES635"]] if '"' in other else [[]]
        assert [each["refused"] for each in wanted] == [[], *alike]
        assert all(found == wanted for _, found in others)


ABROAD = (
    "Gesamt",
    "M\u00e9dia geral",
    "Moyenne g\u00e9n\u00e9rale",
    "Totale",
    "Totaal:",
    "Razem",
    "M\u00e9dia",
    "\u0418\u0442\u043e\u0433\u043e",
    "\u5408\u8a08",
)


@pytest.mark.parametrize("key", ["Promedio", "Suma:", "Moyenne", "Durchschnitt", "Summe (6)", "PROMEDIO", *ABROAD])
def test_a_total_in_another_language_is_nobody(tmp_path: Path, key: str) -> None:
    roster = read_roster(put(tmp_path, "r.csv", f"{','.join(HEADINGS)}\n{key},40,4,60,5\n"), TWO)
    assert [each.is_nobody for each in roster.rows] == [True]
