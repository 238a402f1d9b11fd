"""What is written for other systems, read back by readers of this test's own, which know only the published forms."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cli.running import OPM, ROOT, run

_HEADS = {
    "executives.csv": "id,appointment,unit,basic pay,entered",
    "plans.csv": "executive,period start,period end,element",
    "acts.csv": "number,executive,act,day,role,person,session,level,amount,corrects",
    "sessions.csv": "session,day,member,appointment,notice",
}
_ROWS = {
    "executives.csv": [
        "E-101,career,Harbors,200000.00,2019-01-06",
        "E-102,noncareer,Charts,190000.10,",
        "E-103,limited term,Charts,180000,2026-02-01",
        "=1+E-104,career,Charts,,",
    ],
    "plans.csv": [f"{each},2025-10-01,2026-09-30,Leading" for each in ("E-101", "E-102", "E-103", "=1+E-104")],
    "acts.csv": [
        "A-1,E-101,plan,2025-09-24,rating official,O-7,,,,",
        "A-2,E-101,annual rating,2026-12-01,appointing authority,O-2,S-1,4,,",
        "A-3,E-101,annual rating,2026-12-02,appointing authority,O-2,S-1,5,,A-2",
        "A-4,E-102,annual rating,2026-12-01,appointing authority,O-2,,3,,",
        "A-5,E-101,performance award,2026-12-15,agency head,O-2,,,15200.07,",
        "A-6,E-101,performance award,2027-01-15,agency head,O-2,,,0.01,",
        "A-7,=1+E-104,performance award,2026-12-15,agency head,O-2,,,1000,",
        "A-8,=1+E-104,development plan,2025-11-15,executive,=1+E-104,,,,",
    ],
    "sessions.csv": ["S-1,2026-11-16,M-1,career,2026-10-15"],
}


def _year(folder: Path, **more: str) -> Path:
    """A folder of records; `more` are further rows of a table."""
    for name, head in _HEADS.items():
        rows = [*_ROWS[name], *([more[name[:-4]]] if name[:-4] in more else [])]
        (folder / name).write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return folder


def _exported(folder: Path, *options: str | Path, code: int = 0) -> bytes:
    file = folder / "out"
    done = run("export", *options, "--output", file)
    assert done.exit_code == code, done.output
    return file.read_bytes() if code == 0 else b""


# ---- QuickBooks --------------------------------------------------------------------------------------


def _iif(held: bytes) -> Iterator[list[dict[str, str]]]:
    """The blocks of an IIF file, each line by its headings: a reader of its own."""
    assert held.endswith(b"ENDTRNS\r\n")
    heads: dict[str, list[str]] = {}
    block: list[dict[str, str]] = []
    for line in held.decode("cp1252").split("\r\n")[:-1]:
        word, *cells = line.split("\t")
        if word.startswith("!"):
            heads[word[1:]] = cells
        elif word == "ENDTRNS":
            assert cells == []
            yield block
            block = []
        else:
            assert (word == "TRNS") is (not block), "one TRNS, then SPL"
            assert len(cells) == len(heads[word])
            block.append(dict(zip(heads[word], cells, strict=True)))
    assert list(heads) == ["TRNS", "SPL", "ENDTRNS"]
    assert heads["TRNS"] == heads["SPL"]
    assert block == []


_ACCOUNTS = ("--expense", "Award Expense", "--payable", "Accrued Awards Payable")


def test_an_iif_file_balances_block_by_block_to_the_cent(tmp_path: Path) -> None:
    year = _year(tmp_path)
    blocks = list(_iif(_exported(tmp_path, "quickbooks", year, *_ACCOUNTS, "--as-of", "2027-02-01")))
    assert [[line["AMOUNT"] for line in block] for block in blocks] == [
        ["1000.00", "-1000.00"],
        ["15200.07", "-15200.07"],
        ["0.01", "-0.01"],
    ]
    for block in blocks:
        assert sum(Decimal(line["AMOUNT"]) for line in block) == 0
        assert [line["ACCNT"] for line in block] == ["Award Expense", "Accrued Awards Payable"]
        assert {line["TRNSTYPE"] for line in block} == {"GENERAL JOURNAL"}
    assert [block[0]["DATE"] for block in blocks] == ["12/15/2026", "12/15/2026", "01/15/2027"]
    assert len({block[0]["DOCNUM"] for block in blocks}) == 3


def test_a_journal_for_the_online_program_balances_entry_by_entry(tmp_path: Path) -> None:
    options = ("--online", "--payee", "Payroll", "--first", "41", "--year", "2026", "--as-of", "2027-02-01")
    held = _exported(tmp_path, "quickbooks", _year(tmp_path), *_ACCOUNTS, *options)
    rows = list(csv.DictReader(io.StringIO(held.decode(), newline="")))
    headings = ["Journal No", "Journal Date", "Account Name", "Debits", "Credits", "Description", "Name"]
    assert list(rows[0]) == headings
    entries: dict[str, list[Decimal]] = {}
    for row in rows:
        assert bool(row["Debits"]) is not bool(row["Credits"])
        entries.setdefault(row["Journal No"], []).append(Decimal(row["Debits"] or f"-{row['Credits']}"))
        assert row["Name"] == "Payroll"
        assert not row["Description"].startswith(("=", "+", "-", "@"))
    assert entries == {
        "SES-41": [Decimal("1000.00"), Decimal("-1000.00")],
        "SES-42": [Decimal("15200.07"), Decimal("-15200.07")],
    }


@pytest.mark.parametrize("account", ["=cmd|'x'!A1", "+1", "a\tb", 'a"b', "a\nb", " a", "", "@a", "-a", "日本"])
def test_an_account_that_would_break_the_file_is_refused(account: str, tmp_path: Path) -> None:
    options = ("--expense", account, "--payable", "Owed", "--as-of", "2027-02-01")
    _exported(tmp_path, "quickbooks", _year(tmp_path), *options, code=2)


def test_one_account_for_both_sides_is_refused(tmp_path: Path) -> None:
    _exported(tmp_path, "quickbooks", _year(tmp_path), "--expense", "A", "--payable", "A", code=2)


# ---- TurboTax ----------------------------------------------------------------------------------------


def _txf(held: bytes) -> tuple[list[str], list[dict[str, str]]]:
    """The header and the records of a TXF file, each field by its first letter: a reader of its own."""
    text = held.decode("ascii")
    assert text.endswith("^\r\n")
    header, *records = [part.split("\r\n") for part in text.removesuffix("^\r\n").split("^\r\n")]
    return header[:-1], [{line[0]: line[1:] for line in record[:-1]} for record in records]


def test_a_worksheet_holds_the_awards_of_a_year_and_what_was_withheld(tmp_path: Path) -> None:
    year = _year(tmp_path)
    options = ("--id", "e-101", "--payer", "U.S. Agency", "--as-of", "2027-02-01")
    withheld = ("--federal", "3344.00", "--medicare", "220.40", "--social-security", "0", "--state", "500")
    header, records = _txf(_exported(tmp_path, "turbotax", year, *options, "--year", "2026", *withheld))
    assert header[0] == "V042"
    assert header[1].startswith("Asespms_rules ")
    assert header[2] == "D02/01/2027"
    assert [(each["T"], each["N"], each["C"], each["L"]) for each in records] == [
        ("S", number, "1", "1") for number in ("460", "461", "462", "480", "464", "466")
    ]
    assert [each.get("$") for each in records] == ["15200.07", "-3344.00", "0.00", "-220.40", "-500.00", None]
    assert records[-1]["P"] == "U.S. Agency"
    _, later = _txf(_exported(tmp_path, "turbotax", year, *options, "--year", "2027"))
    assert [each.get("$") for each in later] == ["0.01", None]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--id", "E-101", "--year", "2025"), "no performance award is on record"),
        (("--id", "E-999", "--year", "2026"), "there is no executive `E-999`"),
        (("--id", "E-101", "--year", "2026", "--federal", "15200.08"), "more would be withheld"),
        (("--id", "E-101", "--year", "2026", "--federal", "1.005"), "takes dollars and cents"),
        (("--id", "E-101", "--year", "2026", "--federal", "-1"), "takes dollars and cents"),
        (("--id", "E-101", "--year", "2026", "--federal", "a lot"), "is not a number"),
        (("--id", "E-101", "--year", "2026", "--payer", "Agence d’État"), "letters that the other program cannot read"),
    ],
)
def test_what_no_worksheet_can_hold_is_refused(options: tuple[str, ...], says: str, tmp_path: Path) -> None:
    payer = () if "--payer" in options else ("--payer", "U.S. Agency")
    done = run("export", "turbotax", _year(tmp_path), *options, *payer, "--as-of", "2027-02-01")
    assert done.exit_code == 2
    assert says in done.output


def test_the_double_count_is_told(tmp_path: Path) -> None:
    done = run(
        "export",
        "turbotax",
        _year(tmp_path),
        "--id",
        "E-101",
        "--payer",
        "A",
        "--year",
        "2026",
        "--as-of",
        "2027-01-01",
    )
    assert "whoever imports both counts it twice" in done.stderr
    assert "N460" in done.stdout


# ---- EHRI and the data call --------------------------------------------------------------------------


def _table(held: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(held.decode(), newline="")))


def test_ratings_of_record_have_the_names_and_codes_of_ehri(tmp_path: Path) -> None:
    rows = _table(_exported(tmp_path, "ehri", OPM, _year(tmp_path), "--as-of", "2027-02-01"))
    assert [tuple(each.values()) for each in rows] == [
        ("E-101", "ES", "5", "H", "2025-10-01", "2026-09-30"),
        ("E-102", "ES", "3", "H", "2025-10-01", "2026-09-30"),
    ]
    assert list(rows[0])[2:4] == ["Rating of Record (Level)", "Rating of Record (Pattern)"]
    rows = _table(_exported(tmp_path, "ehri", OPM, tmp_path, "--as-of", "2027-02-01", "--not-rated"))
    assert [tuple(each.values())[2:] for each in rows[2:]] == [("X", "H", "", "")] * 2
    assert rows[3]["id"] == "'=1+E-104"


def test_who_is_left_out_is_told(tmp_path: Path) -> None:
    done = run("export", "ehri", OPM, _year(tmp_path), "--as-of", "2027-02-01")
    assert (
        "2 executives are in the file\nsespms: 2 without an annual rating up to 2027-02-01 are left out" in done.stderr
    )
    assert "unconfirmed" in done.stderr
    assert "on record, but none up to" not in done.stderr


@pytest.mark.parametrize("more", [(), ("--not-rated",)])
@pytest.mark.parametrize(("form", "policy"), [("ehri", (OPM,)), ("data-call", ())])
def test_who_is_rated_only_after_the_day_is_not_told_as_never_rated(
    tmp_path: Path, form: str, policy: tuple[str, ...], more: tuple[str, ...]
) -> None:
    done = run("export", form, *policy, _year(tmp_path), "--as-of", "2026-10-01", *more)
    assert "2 executives have an annual rating on record, but none up to 2026-10-01; `--as-of 202" in done.stderr
    if not more:
        assert "4 without an annual rating up to 2026-10-01 are left out" in done.stderr


def test_a_period_of_more_than_sixty_months_ago_is_refused(tmp_path: Path) -> None:
    done = run("export", "ehri", OPM, _year(tmp_path), "--as-of", "2030-10-02")
    assert done.exit_code == 2
    assert "does not lie in the 60 months before 2030-10-02 (edit 472.04)" in done.output
    assert run("export", "ehri", OPM, tmp_path, "--as-of", "2030-10-01").exit_code == 0


def test_a_system_of_three_levels_has_no_pattern_for_executives(tmp_path: Path) -> None:
    system = ROOT / "policies" / "beyond-ses" / "dod_acqdemo_quality_level.sespms"
    done = run("export", "ehri", system, _year(tmp_path), "--as-of", "2027-02-01")
    assert "are pattern B, which edit 471.03 bars for pay plan ES" in done.output, done.output


def test_the_list_for_the_data_call_holds_what_is_on_record_and_no_zero_for_the_rest(tmp_path: Path) -> None:
    options = ("--as-of", "2027-02-01", "--not-rated")
    rows = [tuple(each.values()) for each in _table(_exported(tmp_path, "data-call", _year(tmp_path), *options))]
    empty = ("",) * 6
    assert rows == [
        ("E-101", "C", "no", "5", "200000.00", "15200.08", "7.60", *empty),
        ("E-102", "N", "", "3", "190000.10", "", "", *empty),
        ("E-103", "L", "yes", "N", "180000.00", "", "", *empty),
        ("'=1+E-104", "C", "", "N", "", "1000.00", "", *empty),
    ]
    totals = [tuple(each.values()) for each in _table(_exported(tmp_path, "data-call", tmp_path, *options, "--totals"))]
    assert totals == [
        ("career", "2", "1", "1"),
        ("noncareer", "1", "1", "0"),
        ("limited", "1", "0", "1"),
        ("all", "4", "2", "2"),
    ]


def test_totals_of_a_call_are_of_everyone_or_refused(tmp_path: Path) -> None:
    """Whoever has no rating yet is an executive all the same, and is not known to be left unrated."""
    done = run("export", "data-call", _year(tmp_path), "--as-of", "2027-02-01", "--totals")
    assert done.exit_code == 2
    assert "2 executives have no annual rating up to 2027-02-01, and totals are of everyone" in done.output


def test_an_award_of_nothing_is_told_and_pays_nothing(tmp_path: Path) -> None:
    folder = _year(tmp_path, acts="A-9,E-103,performance award,2026-12-15,agency head,O-2,,,0,")
    accounts = ("--expense", "Awards", "--payable", "Owed", "--as-of", "2027-02-01")
    done = run("export", "quickbooks", folder, *accounts)
    assert "sespms: 1 award of $0 is on record, and not in the file: nothing is paid" in done.stderr
    assert "E-103" not in done.stdout


# ---- process mining ----------------------------------------------------------------------------------


def _log(held: bytes) -> Any:
    return json.loads(held)


def test_an_event_log_keeps_to_the_form_of_ocel(tmp_path: Path) -> None:
    log = _log(_exported(tmp_path, "ocel", _year(tmp_path)))
    assert set(log) == {"objectTypes", "eventTypes", "objects", "events"}
    kinds = {each["name"]: {one["name"]: one["type"] for one in each["attributes"]} for each in log["eventTypes"]}
    objects = {each["id"]: each["type"] for each in log["objects"]}
    assert len(objects) == len(log["objects"])
    assert set(objects.values()) <= {each["name"] for each in log["objectTypes"]}
    assert len({each["id"] for each in log["events"]}) == len(log["events"]) == len(_ROWS["acts.csv"])
    for event in log["events"]:
        assert {each["name"] for each in event["attributes"]} <= set(kinds[event["type"]])
        assert all(isinstance(each["value"], str) for each in event["attributes"])
        assert {each["objectId"] for each in event["relationships"]} <= set(objects)
        assert event["time"].endswith("T00:00:00Z")
    assert [each["time"] for each in log["events"]] == sorted(each["time"] for each in log["events"])
    counts = {
        each["id"]: next(one["value"] for one in each["attributes"] if one["name"] == "counts")
        for each in log["events"]
    }
    assert [number for number, word in counts.items() if word == "no"] == ["A-2"]
    assert objects["=1+E-104"] == "executive"  # who acts for themselves is one object


# ---- records with faults -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "acts",
    [
        "A-9,E-102,performance award,2026-12-15,agency head,O-2,,,,",
        "A-9,E-102,performance award,2026-12-15,agency head,O-2,,,12.345,",
        "A-4,E-102,annual rating,2026-12-05,appointing authority,O-2,,4,,",
        "A-9,E-999,annual rating,2026-12-05,appointing authority,O-2,,4,,",
    ],
)
def test_nothing_is_exported_from_records_with_a_fault(acts: str, tmp_path: Path) -> None:
    year = _year(tmp_path, acts=acts)
    for name, *options in (
        ("quickbooks", year, *_ACCOUNTS),
        ("data-call", year),
        ("ehri", OPM, year),
        ("turbotax", year, "--id", "E-101", "--payer", "A", "--year", "2026"),
    ):
        done = run("export", name, *options, "--as-of", "2027-02-01")
        assert done.exit_code == 1
        assert done.stdout == ""
        assert "nothing is exported from records with a fault" in done.stderr


def test_a_register_is_exported_as_its_folder_is(tmp_path: Path) -> None:
    year = tmp_path / "year"
    year.mkdir()
    _year(year)
    register = tmp_path / "r.sqlite3"
    run("register", "create", register, "--by", "O-1")
    assert run("register", "add", register, year, "--series", "2026", "--by", "O-1").exit_code == 0
    options = (*_ACCOUNTS, "--as-of", "2027-02-01")
    of_folder = _exported(tmp_path, "quickbooks", year, *options)
    assert _exported(tmp_path, "quickbooks", register, *options, "--by", "O-7") == of_folder
    assert run("export", "quickbooks", register, *options).exit_code == 2


def test_pm4py_reads_the_log_where_it_is_installed(tmp_path: Path) -> None:
    reader = pytest.importorskip("pm4py", reason="NO PROCESS MINER READ THE LOG: it is for an environment of its own")
    file = tmp_path / "log.json"
    run("export", "ocel", _year(tmp_path), "--output", file)
    assert len(reader.read_ocel2_json(str(file)).events) == len(_ROWS["acts.csv"])


@pytest.mark.parametrize(("level", "says"), [("9", "level 9 is none of the law's levels"), ("", "gives no level")])
@pytest.mark.parametrize("more", [(), ("--not-rated",)])
def test_a_rating_at_no_level_that_there_is_exports_nothing(
    level: str, says: str, more: tuple[str, ...], tmp_path: Path
) -> None:
    folder = _year(tmp_path, acts=f"A-9,E-103,annual rating,2026-12-01,appointing authority,O-2,,{level},,")
    result = run("export", "data-call", folder, "--as-of", "2027-01-31", *more)
    assert (result.exit_code, result.stdout) == (1, "")
    assert says in result.stderr
