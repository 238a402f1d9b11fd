"""Each field of each file for another program, held to what the published form says of it: none is without a rule.

The rules are this test's own: they know the awards and ratings on record as rows of text, and nothing of the exporters.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from cli.running import OPM, run

Field = Callable[[str, "Entry", int], bool]
"""Whether a cell is right: the cell, what is on record, and which line of the entry it stands in."""
Entry = dict[str, str]

_YEAR = {
    "executives": "id,appointment,unit,basic pay\nE-101,career,Harbors,200000.00\nE-102,career,Charts,150000\n",
    "plans": "executive,period start,period end,element\n"
    "E-101,2025-10-01,2026-09-30,Leading\nE-102,2025-10-01,2026-09-30,Leading\n",
    "acts": "number,executive,act,day,role,level,amount\n"
    "A-1,E-101,annual rating,2026-12-01,appointing authority,5,\n"
    "A-2,E-102,annual rating,2026-12-02,appointing authority,2,\n"
    "A-3,E-101,performance award,2026-12-05,agency head,,15200.07\n"
    "A-4,E-102,performance award,2026-12-15,agency head,,1234567\n",
}
_ACTS = list(csv.DictReader(io.StringIO(_YEAR["acts"])))
_AWARDS: list[Entry] = [each for each in _ACTS if each["act"] == "performance award"]
_RATINGS: list[Entry] = [each for each in _ACTS if each["act"] == "annual rating"]
_ACCOUNTS = ("Award Expense:SES", "Accrued Awards Payable")


def _money(cell: str, amount: str) -> bool:
    return re.fullmatch(r"-?[0-9]+\.[0-9]{2}", cell) is not None and Decimal(cell) == Decimal(amount)


def _day(cell: str, entry: Entry) -> bool:
    month, day, year = cell.split("/")
    return f"{year}-{month}-{day}" == entry["day"]


def _words(cell: str, entry: Entry) -> bool:
    return {"SES performance award", entry["executive"], entry["number"]} <= {
        *re.findall(r"[A-Z]-[0-9]+", cell),
        cell[:21],
    } and cell.isprintable()


def _own_number(cell: str, entry: Entry) -> bool:
    return cell == f"SES-{1 + _AWARDS.index(entry)}" and len(cell) <= 11


IIF: dict[str, Field] = {
    "TRNSTYPE": lambda cell, _, __: cell == "GENERAL JOURNAL",
    "DATE": lambda cell, entry, _: _day(cell, entry),
    "ACCNT": lambda cell, _, line: cell == _ACCOUNTS[line],
    "AMOUNT": lambda cell, entry, line: _money(cell, ("" if line == 0 else "-") + entry["amount"]),
    "MEMO": lambda cell, entry, _: _words(cell, entry),
    "DOCNUM": lambda cell, entry, _: _own_number(cell, entry),
}
ONLINE: dict[str, Field] = {
    "Journal No": lambda cell, entry, _: _own_number(cell, entry),
    "Journal Date": lambda cell, entry, _: _day(cell, entry),
    "Account Name": lambda cell, _, line: cell == _ACCOUNTS[line],
    "Debits": lambda cell, entry, line: _money(cell, entry["amount"]) if line == 0 else cell == "",
    "Credits": lambda cell, entry, line: _money(cell, entry["amount"]) if line == 1 else cell == "",
    "Description": lambda cell, entry, _: _words(cell, entry),
    "Name": lambda cell, _, __: cell == "Payroll",
}
EHRI: dict[str, Field] = {
    "id": lambda cell, entry, _: cell == entry["executive"],
    "Pay Plan": lambda cell, _, __: cell == "ES",
    "Rating of Record (Level)": lambda cell, entry, _: cell == entry["level"] and len(cell) == 1,
    "Rating of Record (Pattern)": lambda cell, _, __: cell == "H",
    "Rating of Record Period Start Date": lambda cell, _, __: cell == "2025-10-01",
    "Rating of Record Period End Date": lambda cell, _, __: cell == "2026-09-30",
}
_CODES = {"460": "15200.07", "461": "-3344", "462": "-942.40", "480": "-220.40", "464": "-500", "466": ""}
TXF: dict[str, Field] = {
    "V": lambda cell, _, __: cell == "042",
    "A": lambda cell, _, __: re.fullmatch(r"sespms_rules [0-9]\S*", cell) is not None,
    "D": lambda cell, _, __: cell == "02/01/2027",
    "T": lambda cell, _, __: cell == "S",
    "N": lambda cell, _, line: cell == list(_CODES)[line],
    "C": lambda cell, _, __: cell == "1",
    "L": lambda cell, _, __: cell == "1",
    "$": lambda cell, _, line: _money(cell, list(_CODES.values())[line]),
    "P": lambda cell, _, line: cell == "U.S. Agency" and list(_CODES)[line] == "466",
}


# ---- readers of this test's own -----------------------------------------------------------------------

Line = tuple[dict[str, str], Entry, int]
"""A line by its fields, what is on record of it, and its place."""


def _iif(text: str) -> Iterator[Line]:
    rows = [line.split("\t") for line in text.split("\r\n")]
    head = next(row[1:] for row in rows if row[0] == "!TRNS")
    kinds = [row[0] for row in rows]
    assert kinds == ["!TRNS", "!SPL", "!ENDTRNS", *["TRNS", "SPL", "ENDTRNS"] * len(_AWARDS), ""]
    for number, row in enumerate(row for row in rows if row[0] in ("TRNS", "SPL")):
        yield dict(zip(head, row[1:], strict=True)), _AWARDS[number // 2], number % 2


def _online(text: str) -> Iterator[Line]:
    for number, row in enumerate(csv.DictReader(io.StringIO(text, newline=""))):
        yield row, _AWARDS[number // 2], number % 2


def _ehri(text: str) -> Iterator[Line]:
    for number, row in enumerate(csv.DictReader(io.StringIO(text, newline=""))):
        yield row, _RATINGS[number], 0


def _txf(text: str) -> Iterator[Line]:
    header, *records = [part.split("\r\n")[:-1] for part in text.split("^\r\n")[:-1]]
    assert [line[0] for line in header] == ["V", "A", "D"]
    yield {line[0]: line[1:] for line in header}, {}, 0
    assert len(records) == len(_CODES)
    for number, record in enumerate(records):
        assert "".join(line[0] for line in record) in ("TNCL$", "TNCLP")
        yield {line[0]: line[1:] for line in record}, {}, number


_JOURNAL = ("--expense", _ACCOUNTS[0], "--payable", _ACCOUNTS[1])
_TAKEN = ("--federal", "3344", "--social-security", "942.40", "--medicare", "220.40", "--state", "500")
_WORKSHEET = ("--id", "E-101", "--payer", "U.S. Agency", "--year", "2026", *_TAKEN)
FORMS: dict[str, tuple[tuple[str, ...], dict[str, Field], Callable[[str], Iterator[Line]], str]] = {
    "iif": (("quickbooks", "YEAR", *_JOURNAL), IIF, _iif, "cp1252"),
    "online": (("quickbooks", "YEAR", *_JOURNAL, "--online", "--payee", "Payroll"), ONLINE, _online, "utf-8"),
    "ehri": (("ehri", str(OPM), "YEAR"), EHRI, _ehri, "utf-8"),
    "txf": (("turbotax", "YEAR", *_WORKSHEET), TXF, _txf, "ascii"),
}


@pytest.mark.parametrize("form", FORMS)
def test_each_field_of_each_line_is_what_the_form_and_the_record_say(form: str, tmp_path: Path) -> None:
    options, fields, lines, encoding = FORMS[form]
    for name, text in _YEAR.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    file = tmp_path / "written"
    given = [str(tmp_path) if each == "YEAR" else each for each in options]
    done = run("export", *given, "--as-of", "2027-02-01", "--output", file)
    assert done.exit_code == 0, done.output
    met: set[str] = set()
    for cells, entry, place in lines(file.read_bytes().decode(encoding)):
        met |= cells.keys()
        for name, cell in cells.items():
            assert name in fields, f"nothing is said here of `{name}`"
            assert fields[name](cell, entry, place), (name, cell, entry)
    assert met == set(fields), "a field that the form has is not written"
