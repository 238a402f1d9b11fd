"""Rows of a sheet that are read by a pattern say what the parser of XML says of them, and break a file as they did."""

from __future__ import annotations

import random
import zipfile
from io import BytesIO

import pytest

from sespms_rules.rosters.files.workbook.cells import Cells, Reader
from sespms_rules.rosters.files.workbook.parts import (
    Book,
    BrokenWorkbookError,
    TooLargeWorkbookError,
    TwiceInWorkbookError,
)
from sespms_rules.rosters.files.workbook.plain_rows import PlainRows

PART = "xl/worksheets/sheet1.xml"
HEAD = '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
PLAIN = '<row r="2" spans="1:2"><c r="A2" t="inlineStr"><is><t>p-1</t></is></c><c r="B2" s="1"><v>40</v></c></row>'
NEXT = PLAIN.replace("2", "3")

SIGNS = (*'<>"&/ 5\x01', "<!--", "-->", "<c>", "</row>", '<row r="9">', "<?", "?>", 't="s"', "</v>", "</v></c><c><v>")
END = "</sheetData></worksheet>"


def sheet(*rows: str) -> str:
    """The part of a sheet with these rows."""
    return f"{HEAD}<sheetData>{''.join(rows)}{END}"


def cells(*given: str) -> str:
    """The second row, with these cells."""
    return f'<row r="2">{"".join(given)}</row>'


HIDDEN = PLAIN.replace("<row", '<row hidden="1"')
SHEETS = {
    "plain": sheet(PLAIN, NEXT),
    "without places": sheet('<row><c><v>1</v></c><c/><c s="1"><v>0.5</v></c></row>', NEXT),
    "other quotation marks": sheet("<row><c><v>1</v></c><c/><c t='s'><v>0</v></c></row>", NEXT),
    "every kind": sheet(
        cells(
            '<c r="A2" t="s"><v>1</v></c><c r="B2" t="b"><v>1</v></c><c r="C2" t="str"><v>_x0041_b</v></c>',
            '<c r="D2" t="n"><v>1e2</v></c><c r="E2"><v></v></c><c r="AB2" s="2"><v>45000</v></c>',
            '<c r="AC2" t="inlineStr"><is><t xml:space="preserve"> _x0041_ </t></is></c>',
            '<c r="AD2"><v>x y</v></c><c r="AE2" s="0"/><c r="AF2" t="inlineStr"><is><t></t></is></c>',
        )
    ),
    "a style there is not": sheet(cells('<c r="A2" s="9"><v>1</v></c>')),
    "a text there is not": sheet(cells('<c r="A2" t="s"><v>9</v></c>')),
    "a place in another row": sheet(cells('<c r="A3"><v>1</v></c>')),
    "a cell twice": sheet(cells('<c r="A2"><v>1</v></c><c r="A2"><v>5</v></c>')),
    "too far to the right": sheet(cells('<c r="ZZZ2"><v>1</v></c>')),
    "a row twice": sheet(PLAIN, PLAIN),
    "hidden": sheet(HIDDEN, NEXT),
    "an attribute twice": sheet(PLAIN.replace("<row", '<row r="2"')),
    "a prefix of no name": sheet(PLAIN.replace("<row", '<row q:a="2"')),
    "a comment": sheet(f"<!-- {PLAIN} -->", NEXT),
    "no markup": sheet(f"<![CDATA[{PLAIN}]]>", NEXT),
    "an instruction": sheet(f"<?sheet {PLAIN}?>", NEXT),
    "a document type": sheet(PLAIN).replace("<worksheet", '<!DOCTYPE w [<!ENTITY row "x">]><worksheet'),
    "in an attribute": f'{HEAD}<sheetData a="{PLAIN}"/></worksheet>',
    "a quotation mark too few": sheet(f'<row b="{PLAIN[4:]}" x="1"/>'),
    "behind the root": sheet(PLAIN) + NEXT,
    "before the root": PLAIN + sheet(NEXT)[38:],
    "not closed": sheet(PLAIN, NEXT).removesuffix(END),
    "the mark": sheet(PLAIN, '<row r="4" sespmsCut=""/>', NEXT),
    "the mark behind": sheet(PLAIN, NEXT, '<row r="4" sespmsCut=""/>'),
    "other letters": sheet(PLAIN).replace("UTF-8", "UTF-7"),
    "Latin letters": sheet(PLAIN, NEXT).replace("UTF-8", "ISO-8859-1"),
    "in a cell": sheet(f'<row r="1"><c r="A1"><v>7</v>{PLAIN}</c></row>'),
    "too deep": HEAD + "<a>" * 97 + PLAIN + "</a>" * 97 + "</worksheet>",
    "deep": HEAD + "<a>" * 95 + PLAIN + "</a>" * 95 + "</worksheet>",
    "an ampersand": sheet(PLAIN.replace("p-1", "p&amp;1"), NEXT),
    "a letter above plain ones": sheet(PLAIN.replace("p-1", "\u00e4"), NEXT),
    "a formula": sheet(cells('<c r="A2"><f>1+1</f><v>2</v></c>'), NEXT),
    "a kind there is not": sheet(cells('<c r="A2" t="q"><v>2</v></c>')),
}


def book(part: str) -> BytesIO:
    """A workbook of one sheet with two texts and three styles."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("xl/workbook.xml", '<workbook><sheets><sheet name="S" q:id="a" xmlns:q="q"/></sheets></workbook>')
        made.writestr(
            "xl/_rels/workbook.xml.rels",
            '<R><Relationship Id="a" Type="x/worksheet" Target="worksheets/sheet1.xml"/></R>',
        )
        made.writestr("xl/sharedStrings.xml", "<sst><si><t>first</t></si><si><t>second</t></si></sst>")
        made.writestr("xl/styles.xml", '<s><cellXfs><x numFmtId="0"/><x numFmtId="9"/><x numFmtId="14"/></cellXfs></s>')
        made.writestr(PART, part)
    return file


def outcome(part: str) -> Cells | tuple[str, str]:
    """What is read, or how it is refused."""
    try:
        return Reader(Book(book(part))).cells(PART)
    except (BrokenWorkbookError, TooLargeWorkbookError, TwiceInWorkbookError) as fault:
        return type(fault).__name__, "" if isinstance(fault, BrokenWorkbookError) else str(fault)


def by_the_parser(part: str, monkeypatch: pytest.MonkeyPatch) -> Cells | tuple[str, str]:
    """The same where nothing is cut out."""
    with monkeypatch.context() as patched:
        patched.setattr(PlainRows, "fed", lambda _rows, piece: piece)
        return outcome(part)


@pytest.mark.parametrize("name", SHEETS)
def test_a_row_says_the_same_however_it_is_read(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert outcome(SHEETS[name]) == by_the_parser(SHEETS[name], monkeypatch)


def test_drawn_and_broken_sheets_are_read_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    draw, ends = random.Random(15), set()
    for _ in range(600):
        part = SHEETS[draw.choice(["plain", "every kind", "without places", "hidden"])]
        for _ in range(draw.randint(0, 2)):
            at = draw.randrange(len(HEAD), len(part))
            part = part[:at] + draw.choice(SIGNS) + part[at + draw.choice((0, 0, 1, 2)) :]
        found = outcome(part)
        assert found == by_the_parser(part, monkeypatch), part
        ends.add(found[0] if isinstance(found, tuple) else "read")
    assert {"read", "BrokenWorkbookError"} <= ends


def test_plain_rows_are_cut_in_pieces_of_any_size() -> None:
    part = sheet(PLAIN, *(NEXT.replace("3", str(number)) for number in range(3, 200)))
    for size in (1, 7, 100, 1_000_000):
        rows, text = PlainRows(), part.encode()
        given = [rows.fed(text[at : at + size]) for at in range(0, len(text), size)]
        assert b"".join([*given, rows.fed(b"")]).count(b'sespmsCut=""') == 198
