"""Workbooks that say one thing twice, or say where a cell stands in no way there is: no program makes one by itself.

Which of the two another program shows is its own affair; so neither is rated.
"""

from __future__ import annotations

import warnings
import zipfile
from pathlib import Path

import pytest

from cli.running import HEADINGS, SMALL
from rosters.every_engine import in_every_way, program_of
from sespms_rules.language.parsing import UnreadableFileError
from sespms_rules.rosters.files import read_roster
from workbooks import workbook

PROGRAM = program_of(SMALL)
SHEET = "xl/worksheets/sheet1.xml"
BOOK = "xl/workbook.xml"
KEYS = "xl/_rels/workbook.xml.rels"
LEVEL = '<c r="C2" t="n"><v>5</v></c>'
ANOTHER = '<c r="A2" t="inlineStr"><is><t>p-2</t></is></c><c r="B2"><v>40</v></c><c r="C2"><v>1</v></c>'


def made(path: Path, part: str, old: str, new: str, beside: str = "") -> Path:
    """A workbook with one executive in which one part was changed; `beside` is the name of a copy of the part."""
    workbook(path, tuple(HEADINGS.strip().split(",")), ("p-1", 40, 5, 60, 5))
    with zipfile.ZipFile(path) as given:
        parts = {name: given.read(name).decode() for name in given.namelist()}
    assert old in parts[part]
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        warnings.simplefilter("ignore")
        for name, text in parts.items():
            packed.writestr(name, text.replace(old, new) if name == part and not beside else text)
        if beside:
            packed.writestr(beside, parts[part].replace(old, new))
    return path


@pytest.mark.attack("cells twice")
@pytest.mark.parametrize(
    ("part", "old", "new", "beside", "says"),
    [
        (SHEET, LEVEL, f'<c r="C2"><v>1</v></c>{LEVEL}', "", "holds the cell C2 twice"),
        (SHEET, LEVEL, f'{LEVEL}<c r="C2"><v>1</v></c>', "", "holds the cell C2 twice"),
        (SHEET, LEVEL, '<c r="C2"><v>1</v><v>5</v></c>', "", "holds the value of the cell C2 twice"),
        (SHEET, LEVEL, '<c r="C2" t="inlineStr"><is><t>1</t></is><is><t>5</t></is></c>', "", "value of the cell C2"),
        (SHEET, "</sheetData>", f'<row r="2">{ANOTHER}</row></sheetData>', "", "holds row 2 of a sheet twice"),
        (SHEET, "</sheetData>", '<row r="2"/></sheetData>', "", "holds row 2 of a sheet twice"),
        (SHEET, LEVEL, LEVEL.replace("5", "1"), SHEET, f"holds the part `{SHEET}` twice"),
        (SHEET, LEVEL, LEVEL.replace("5", "1"), SHEET.upper(), f"holds the part `{SHEET.upper()}` twice"),
        (BOOK, "visible", "hidden", BOOK, f"holds the part `{BOOK}` twice"),
        (KEYS, "rId1", "rId1", KEYS.replace("book", "Book"), "twice"),
        (KEYS, 'Id="rId2"', 'Id="rId2" ', "", ""),
    ],
)
def test_what_is_said_twice_is_not_chosen_between(
    tmp_path: Path, part: str, old: str, new: str, beside: str, says: str
) -> None:
    roster = made(tmp_path / "r.xlsx", part, old, new, beside)
    if not says:  # the way in which the others are made changes nothing by itself
        assert {rows[0]["level"] for _, rows in in_every_way(roster, PROGRAM)} == {5}
        return
    with pytest.raises(UnreadableFileError) as fault:
        read_roster(roster, PROGRAM)
    assert says in fault.value.message
    assert fault.value.message.endswith("which is meant cannot be told")


def test_two_sheets_of_one_key_are_not_chosen_between(tmp_path: Path) -> None:
    roster = made(tmp_path / "r.xlsx", KEYS, "</Relationships>", "KEY</Relationships>")
    with zipfile.ZipFile(roster) as given:
        parts = {name: given.read(name).decode() for name in given.namelist()}
    second = '<Relationship Type="x/worksheet" Target="worksheets/other.xml" Id="rId1"/>'
    with zipfile.ZipFile(roster, "w") as packed:
        for name, text in parts.items():
            packed.writestr(name, text.replace("KEY", second))
    with pytest.raises(UnreadableFileError, match="has two sheets with the key `rId1`"):
        read_roster(roster, PROGRAM)


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="ZZZZ2"><v>5</v></c>',
        '<c r="C3"><v>5</v></c>',
        '<c r="C02"><v>5</v></c>',
        '<c r=""><v>5</v></c>',
        '<c r="C2" t="x"><v>5</v></c>',
        '<c r="C2" t="s"><v>-1</v></c>',
        '<c r="C2" t="s"><v>0_0</v></c>',
        '<c r="C2" t="s"><v>7</v></c>',
        '<c r="C2" s="999"><v>5</v></c>',
        '<c r="C2" s="-1"><v>5</v></c>',
    ],
)
def test_a_cell_that_stands_nowhere_or_is_of_no_kind_is_not_guessed(tmp_path: Path, cell: str) -> None:
    """A place that could not be read counted as the next one; a text before the first was the last."""
    roster = made(tmp_path / "r.xlsx", SHEET, LEVEL, cell)
    with pytest.raises(UnreadableFileError, match="cannot be read as an Excel workbook"):
        read_roster(roster, PROGRAM)


@pytest.mark.parametrize(
    ("old", "new"),
    [(' r="C2"', ""), (' t="n"', ""), ('<row r="2">', '<row r="7">'), (LEVEL, LEVEL + '<c r="F2" s="0"/>')],
)
def test_what_a_file_may_leave_out_or_leave_empty_is_read(tmp_path: Path, old: str, new: str) -> None:
    roster = made(tmp_path / "r.xlsx", SHEET, old, new)
    if "7" in new:  # its cells say row 2
        with pytest.raises(UnreadableFileError):
            read_roster(roster, PROGRAM)
        return
    assert {rows[0]["level"] for _, rows in in_every_way(roster, PROGRAM)} == {5}


def test_of_many_sheets_a_message_names_some(tmp_path: Path) -> None:
    prefix = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    more = "".join(f'<sheet {prefix} name="s{each}" sheetId="{each}" r:id="rId1" />' for each in range(2, 400))
    roster = made(tmp_path / "r.xlsx", BOOK, "</sheets>", f"{more}</sheets>")
    with pytest.raises(UnreadableFileError) as fault:
        read_roster(roster, PROGRAM)
    assert "has 399 sheets that could be the roster" in fault.value.message
    assert len(fault.value.message) < 200 + len(str(roster))
