"""Word documents of a few kilobytes that stand for very much: merged cells, and styles that rest one on another."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable

import docx
import pytest

from sespms_rules.documents.marked_documents import marked_text
from sespms_rules.documents.word_text import Grid, pieces_of
from sespms_rules.foundation.request import RequestError

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_P = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
_STYLED = '<w:p><w:pPr><w:pStyle w:val="S0"/></w:pPr><w:r><w:t>The board has at least 3 members.</w:t></w:r></w:p>'


def document(body: str, styles: str = "") -> bytes:
    """A Word document with a body, and with styles of its own."""
    plain, made = io.BytesIO(), io.BytesIO()
    docx.Document().save(plain)
    with zipfile.ZipFile(plain) as given, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as written:
        for name in given.namelist():
            text = given.read(name)
            if name == "word/document.xml":
                text = f"<w:document {_W}><w:body>{body}</w:body></w:document>".encode()
            if name == "word/styles.xml" and styles:
                text = f"<w:styles {_W}>{styles}</w:styles>".encode()
            written.writestr(name, text)
    return made.getvalue()


def _cell(text: str, span: int = 1, merged: str = "") -> str:
    across = f'<w:gridSpan w:val="{span}"/>' if span != 1 else ""
    return f"<w:tc><w:tcPr>{across}{merged}</w:tcPr>{_P.format(text)}</w:tc>"


def _table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{each}</w:tr>' for each in rows)}</w:tbl>"


def _down(rows: int, span: int = 1) -> str:
    begins, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    return _table(_cell("a", span, begins), *[_cell("b", span, goes_on)] * (rows - 1))


def _resting(many: int) -> str:
    made = (
        f'<w:style w:type="paragraph" w:styleId="S{n}"><w:basedOn w:val="S{n + 1}"/></w:style>' for n in range(many)
    )
    return "".join(made)


_CELLS = "`d.docx` has a table of more than 100,000 cells, a merged one counted for each that it takes; give its parts"
_STYLES = "`d.docx` has a style that rests on more than 100 others, one on another; save a copy with its text alone"


@pytest.mark.attack("documents that stand for more")
@pytest.mark.parametrize(
    ("read", "given", "says"),
    [
        (pieces_of, document(_table(_cell("a", 2_000_000_000))), _CELLS),
        (pieces_of, document(_table(_cell("a", 60_000), _cell("a", 60_000))), _CELLS),
        (pieces_of, document(_down(3_000, 50)), _CELLS),
        (pieces_of, document(_table(_cell("a", 2_000_000_000), _cell("b", -1_999_999_999))), _CELLS),
        (pieces_of, document(_STYLED * 100, _resting(20_000)), _STYLES),
        (marked_text, document(_STYLED * 100, _resting(20_000)), _STYLES),
    ],
    ids=["one cell", "two", "down and across", "less than none", "styles", "styles of a marked copy"],
)
def test_what_stands_for_more_than_is_read_is_refused_at_once(
    read: Callable[[str, bytes], object], given: bytes, says: str
) -> None:
    """A cell over two thousand million columns took a minute and all memory."""
    begun = time.process_time()
    with pytest.raises(RequestError) as fault:
        read("d.docx", given)
    assert str(fault.value).startswith(says)
    assert time.process_time() - begun < 10


@pytest.mark.attack("documents that stand for more")
def test_a_cell_merged_over_thousands_of_rows_is_read() -> None:
    """It took two minutes, and was a fault of the program."""
    (grid,) = pieces_of("d.docx", document(_down(3_000)))
    assert isinstance(grid, Grid)
    assert grid.rows == (("a",),) * 3_000
    assert "merged cells" in grid.unread


def test_a_merged_cell_stands_in_each_place_that_it_takes() -> None:
    begins, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = (
        _cell("a") + _cell("b", 2, begins) + _cell("c"),
        _cell("d") + _cell("e", 2, goes_on) + _cell("f"),
        _cell("g", 3) + _cell("h"),
    )
    (grid,) = pieces_of("d.docx", document(_table(*rows)))
    assert isinstance(grid, Grid)
    assert grid.rows == (("a", "b", "b", "c"), ("d", "b", "b", "f"), ("g", "g", "g", "h"))


@pytest.mark.parametrize("above", ["", _cell("a", 2)])
def test_a_cell_merged_with_none_above_it_is_damaged(above: str) -> None:
    rows = [each for each in (above, _cell("x") * bool(above) + _cell("b", 1, "<w:vMerge/>")) if each]
    with pytest.raises(RequestError, match="is damaged"):
        pieces_of("d.docx", document(_table(*rows)))


def test_styles_that_rest_on_some_others_are_followed() -> None:
    assert len(pieces_of("d.docx", document(_STYLED, _resting(90)))) == 1
    in_a_circle = _resting(2) + '<w:style w:type="paragraph" w:styleId="S2"><w:basedOn w:val="S0"/></w:style>'
    assert len(pieces_of("d.docx", document(_STYLED, in_a_circle))) == 1
