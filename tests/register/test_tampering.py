"""Every flipped byte, cut tail and edited row is found."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import suppress
from pathlib import Path

import pytest

from nights import at_depth
from register.registers import changed, drafts, made
from sespms_rules.records.keeping.held import held_in
from sespms_rules.register import (
    Place,
    Register,
    RegisterError,
    export_lines,
    opened_register,
    place_of,
    read_keys,
    verified,
    verified_export,
)
from sespms_rules.review import cases

_COLUMNS = {
    "time": "'2026-01-01T00:00:00.000000Z'",
    "by": "'O-2'",
    "kind": "'reading'",
    "series": "'2025'",
    "subject": "'E-1'",
    "about": "1",
    "sealed": "1 - sealed",
    "body": "'' || body || ' '",
    "before": "digest",
    "digest": "before",
}


@pytest.mark.parametrize("column", _COLUMNS)
@pytest.mark.parametrize("number", [1, 4, 7])
def test_every_edited_row_is_found(column: str, number: int, place: Place, tmp_path: Path) -> None:
    with made(place, tmp_path) as register:
        register.add(drafts(6))
        changed(place, [f"UPDATE register_entries SET {column} = {_COLUMNS[column]} WHERE number = {number}"])
        told = verified(register).faults
        assert number in {each.number for each in told if each.code in ("SES713", "SES715")}


@pytest.mark.parametrize("first", [1, 2, 5, 7])
def test_every_cut_tail_is_found(first: int, place: Place, tmp_path: Path) -> None:
    with made(place, tmp_path) as register:
        register.add(drafts(6))
        changed(place, [f"DELETE FROM register_entries WHERE number >= {first}"])
        assert {"SES714"} <= {each.code for each in verified(register).faults}


def test_a_key_that_is_gone_without_a_destruction_is_not_taken_for_one(place: Place, tmp_path: Path) -> None:
    with made(place, tmp_path) as register:
        register.add(drafts(5))
        changed(place, ["DELETE FROM register_keys WHERE entry = 3"])
        with pytest.raises(RegisterError, match="the key of entry 3 is gone, and no destruction of it is entered"):
            register.refuse_incomplete()


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM register_entries WHERE number = 7",
        "DELETE FROM register_entries WHERE number = 3",
        "DELETE FROM register_entries WHERE number = 1",
        "UPDATE register_entries SET number = 4000 WHERE number = 3",
        "UPDATE register_head SET number = 6",
        "DELETE FROM register_entries",
    ],
    ids=["the last", "one amid", "the first", "moved away", "a head of less", "all"],
)
def test_of_a_register_with_entries_gone_nothing_is_judged(change: str, place: Place, tmp_path: Path) -> None:
    """What is left of it would be judged as if it were all: a rating that was taken out was never given."""
    with made(place, tmp_path) as register:
        register.add(drafts(6))
        register.refuse_incomplete()
        changed(place, [change])
        for read in (register.refuse_incomplete, lambda: held_in(register, "2026"), lambda: cases(register)):
            with pytest.raises(RegisterError, match=r"the register is not whole: .* entries were made, and"):
                read()


@pytest.mark.parametrize("column", ["register", "number", "digest", "signature"])
@pytest.mark.parametrize("value", ["x''", "'seven'", "NULL", "1.5"])
def test_a_head_of_another_kind_is_found(column: str, value: str, tmp_path: Path) -> None:
    place = place_of(str(tmp_path / "r.sqlite3"))
    with made(place, tmp_path) as register:
        register.add(drafts(3))
        # SQLite keeps any value in any column; what it would refuse is written where a byte stood before.
        with suppress(sqlite3.IntegrityError):
            changed(place, [f"UPDATE register_head SET {column} = {value}"])
            assert verified(register).faults


def test_rows_that_change_places_or_are_written_twice_are_found(place: Place, tmp_path: Path) -> None:
    with made(place, tmp_path) as register:
        register.add(drafts(6))
        swap = [
            "UPDATE register_entries SET number = 99 WHERE number = 3",
            "UPDATE register_entries SET number = 3 WHERE number = 4",
            "UPDATE register_entries SET number = 4 WHERE number = 99",
        ]
        changed(place, swap)
        assert {3, 4} <= {each.number for each in verified(register).faults}


def test_a_tail_cut_and_signed_anew_is_found_by_a_head_kept_elsewhere(tmp_path: Path) -> None:
    place = place_of(str(tmp_path / "r.sqlite3"))
    with made(place, tmp_path) as register:
        early = register.add(drafts(3))
    shutil.copy(tmp_path / "r.sqlite3", tmp_path / "copy")
    with opened_register(place, read_keys(tmp_path / "key")) as register:
        late = register.add(drafts(2))
    shutil.copy(tmp_path / "copy", tmp_path / "r.sqlite3")  # as it was before: nothing in it is wrong
    with opened_register(place, read_keys(tmp_path / "key")) as register:
        assert verified(register).faults == ()
        assert verified(register, early).faults == ()
        assert [each.code for each in verified(register, late).faults] == ["SES714"]
        register.add(drafts(2))  # others in their place
        assert [each.code for each in verified(register, late).faults] == ["SES715"]
        assert verified(register, early).faults == ()


def test_a_register_made_anew_is_not_the_one_whose_head_was_kept(tmp_path: Path) -> None:
    with made(place_of(str(tmp_path / "one.sqlite3")), tmp_path) as register:
        head = register.add(drafts(3))
    (tmp_path / "key").unlink()
    with made(place_of(str(tmp_path / "two.sqlite3")), tmp_path) as register:
        register.add(drafts(3))
        assert verified(register).faults == ()
        assert [each.code for each in verified(register, head).faults] == ["SES715"]


# ---- bytes -------------------------------------------------------------------------------------------


def _exported(register: Register, path: Path) -> bytes:
    path.write_text("".join(export_lines(register)), encoding="utf-8")
    return path.read_bytes()


def test_every_flipped_byte_of_an_export_is_found(tmp_path: Path) -> None:
    with made(place_of(str(tmp_path / "r.sqlite3")), tmp_path) as register:
        head = register.add(drafts(1))
        register.destroy([2], "O-1", "over")
        held = _exported(register, tmp_path / "e.jsonl")
    path = tmp_path / "e.jsonl"
    assert verified_export(path).faults == ()
    assert verified_export(path, head).faults == ()
    draw = random.Random(1)
    for place in range(len(held)):
        path.write_bytes(held[:place] + bytes([held[place] ^ draw.randrange(1, 256)]) + held[place + 1 :])
        assert verified_export(path).faults, f"byte {place}"


def test_every_cut_and_every_lengthened_export_is_found(tmp_path: Path) -> None:
    with made(place_of(str(tmp_path / "r.sqlite3")), tmp_path) as register:
        register.add(drafts(1))
        held = _exported(register, tmp_path / "e.jsonl")
    path = tmp_path / "e.jsonl"
    for length in range(len(held)):
        path.write_bytes(held[:length])
        assert verified_export(path).faults, f"cut at {length}"
    lines = held.splitlines(keepends=True)
    for changed_lines in ([*lines, lines[-1]], [*lines, b"\n"], [lines[0], *lines], [lines[0], lines[2]]):
        path.write_bytes(b"".join(changed_lines))
        assert verified_export(path).faults


def _content(register: Register) -> list[object]:
    return [(each.entry, each.wrapped, register.body(each)) for each in register.entries()]


def test_a_flipped_byte_of_the_file_is_found_or_is_none_that_holds_anything(tmp_path: Path) -> None:
    """What is free in a file of SQLite may hold anything; of all else a change shows in what is read, or is told."""
    path = tmp_path / "r.sqlite3"
    with made(place_of(str(path)), tmp_path) as register:
        register.add(drafts(40))
        whole, head = _content(register), register.head()
    held = path.read_bytes()
    keys = read_keys(tmp_path / "key")
    draw = random.Random(7)
    found = 0
    flipped = at_depth(80, 300, 20_000)
    for _ in range(flipped):
        where = draw.randrange(len(held))
        path.write_bytes(held[:where] + bytes([held[where] ^ (1 << draw.randrange(8))]) + held[where + 1 :])
        for left in tmp_path.glob("r.sqlite3-*"):
            left.unlink(missing_ok=True)
        try:
            with opened_register(place_of(str(path)), keys) as register:
                if verified(register, head).faults:
                    found += 1
                else:
                    assert _content(register) == whole, f"byte {where}"
                    assert register.head() == head, f"byte {where}"
        except RegisterError:
            found += 1
    assert found > flipped // 3
