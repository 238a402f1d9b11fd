"""What a register promises on both databases: what is entered stays, in order, once, and is read as it was."""

from __future__ import annotations

import multiprocessing
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from nights import NIGHTLY
from register.registers import changed, drafts, made, refused
from sespms_rules.register import (
    Draft,
    Place,
    RegisterError,
    Unseen,
    Which,
    made_keys,
    opened_register,
    place_of,
    read_keys,
    verified,
)


def test_what_is_entered_is_read_again_in_order(place: Place, tmp_path: Path) -> None:
    given = drafts(2_300)  # more than one page
    with made(place, tmp_path) as register:
        heads = [register.add(given[first : first + 500]) for first in range(0, len(given), 500)]
        assert [each.number for each in heads] == [501, 1001, 1501, 2001, 2301]
        stored = list(register.entries(Which(kind="record")))
        assert [register.body(each) for each in stored] == [each.body for each in given]
        assert [each.entry.number for each in stored] == list(range(2, 2302))
        of_one = list(register.entries(Which("2026", "E-103")))
        assert {each.entry.subject for each in of_one} == {"E-103"}
        assert len(of_one) == sum(each.subject == "E-103" for each in given)
    with opened_register(place, read_keys(tmp_path / "key")) as again:
        assert again.head() == heads[-1]
        assert verified(again, heads[1]).faults == ()


def test_without_the_keys_nothing_sealed_is_read_and_nothing_is_entered(place: Place, tmp_path: Path) -> None:
    with made(place, tmp_path) as register:
        register.add([*drafts(3), Draft("O-1", "note", {"says": "in the open"})])
    with opened_register(place) as register:
        *_, sealed, opened = register.entries()
        assert register.body(opened) == {"says": "in the open"}
        with pytest.raises(RegisterError, match="with its key file"):
            register.body(sealed)
        with pytest.raises(RegisterError, match="with its key file"):
            register.add(drafts(1))
        assert verified(register).faults == ()
        assert "row" not in sealed.entry.body
    with pytest.raises(RegisterError, match="not that of the register"):
        opened_register(place, made_keys(tmp_path / "another"))


def test_a_batch_is_entered_whole_or_not_at_all(place: Place, tmp_path: Path) -> None:
    with made(place, tmp_path) as register:
        with pytest.raises(RegisterError, match="no exact form"):
            register.add([*drafts(5), Draft("O-1", "record", {"score": 4.5})])
        with pytest.raises(RegisterError, match="one line"):
            register.add([*drafts(5), Draft("O-1\nO-2", "record", {})])
        with pytest.raises(RegisterError, match="needs its `by`"):
            register.add([Draft("", "record", {})])
        with pytest.raises(RegisterError, match="at most"):
            register.add([*drafts(5), Draft("O-1", "record", {"text": "a" * 1_000_001})])
        assert register.head().number == 1
        assert verified(register).faults == ()


def test_who_has_not_seen_what_another_entered_is_told_and_enters_nothing(place: Place, tmp_path: Path) -> None:
    with made(place, tmp_path) as register:
        seen = register.add(drafts(2)).number
        register.add([Draft("O-9", "record", {}, "2025")])  # another series is nothing to see
        register.add(drafts(1), since=seen)
        with pytest.raises(Unseen, match=r"`2026` was added to meanwhile, at .* by O-1: entry 5, a record"):
            register.add(drafts(1), since=seen)
        assert register.head().number == 5


def _write(url: str, key: Path, name: str, times: int) -> None:
    """Enter batch after batch; a process of its own."""
    with opened_register(place_of(url), read_keys(key)) as register:
        for turn in range(times):
            register.add([Draft(name, "record", {"turn": turn, "of": part}, "2026", sealed=True) for part in range(3)])


def test_two_writers_at_once_lose_nothing(place: Place, tmp_path: Path) -> None:
    url = place.name
    made(place, tmp_path).close()
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=_write, args=(url, tmp_path / "key", f"O-{each}", 25)) for each in (1, 2, 3)]
    for each in writers:
        each.start()
    for each in writers:
        each.join(60)
        assert each.exitcode == 0
    with opened_register(place, read_keys(tmp_path / "key")) as register:
        held = [(each.entry.by, register.body(each)) for each in register.entries(Which(kind="record"))]
        assert len(held) == 3 * 25 * 3
        for name in ("O-1", "O-2", "O-3"):
            own = [body for by, body in held if by == name]
            assert own == [{"turn": turn, "of": part} for turn in range(25) for part in range(3)]
        assert verified(register).faults == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE register_entries SET subject = 'E-999' WHERE number = 2",
        "DELETE FROM register_entries WHERE number = 2",
        "UPDATE register_keys SET entry = 9 WHERE entry = 2",
        "DELETE FROM register_keys WHERE entry = 2",
        "UPDATE register_head SET number = 1",
        "DELETE FROM register_head",
    ],
)
def test_the_database_itself_refuses_a_change(statement: str, place: Place, tmp_path: Path) -> None:
    with made(place, tmp_path) as register:
        register.add(drafts(3))
        assert "only added to" in (told := refused(place, statement)) or "destruction is entered" in told
        assert verified(register).faults == ()


def test_sqlite_lets_no_row_take_the_place_of_another(tmp_path: Path) -> None:
    place = place_of(str(tmp_path / "r.sqlite3"))
    with made(place, tmp_path) as register:
        register.add(drafts(3))
        for table, where in (("entries", "number = 2"), ("keys", "entry = 2"), ("head", "one = 1")):
            statement = f"INSERT OR REPLACE INTO register_{table} SELECT * FROM register_{table} WHERE {where}"
            assert "only added to" in refused(place, statement)
        assert verified(register).faults == ()


# ---- destruction -------------------------------------------------------------------------------------


def test_what_is_destroyed_can_be_read_by_nobody_and_the_chain_is_whole(place: Place, tmp_path: Path) -> None:
    with made(place, tmp_path) as register:
        register.add(drafts(6))
        before = {each.entry.number: each.wrapped for each in register.entries() if each.wrapped}
        register.destroy([3, 5], "O-2", "its time is over")
        bodies = {each.entry.number: register.body(each) for each in register.entries(Which(kind="record"))}
        assert [number for number, body in bodies.items() if body is None] == [3, 5]
        told = list(register.entries(Which(kind="destruction")))
        assert [(each.entry.about, each.entry.by, each.entry.subject) for each in told] == [
            (3, "O-2", "E-103"),
            (5, "O-2", "E-105"),
        ]
        assert register.body(told[0]) == {"because": "its time is over"}
        assert verified(register).faults == ()
        for number, says in ((3, "can be destroyed, or no more"), (1, "nothing that can be"), (99, "is not there")):
            with pytest.raises(RegisterError, match=says):
                register.destroy([4, number], "O-2", "again")
        assert register.body(next(register.entries(Which(after=3)))) is not None
    if place.is_file:
        held = b"".join(each.read_bytes() for each in tmp_path.glob("records.sqlite3*"))
        assert not any(key in held for number, key in before.items() if number in (3, 5))
        assert all(key in held for number, key in before.items() if number not in (3, 5))


def test_a_key_that_goes_or_comes_back_without_a_word_is_found(place: Place, tmp_path: Path) -> None:
    with made(place, tmp_path) as register:
        register.add(drafts(4))
        changed(place, ["DELETE FROM register_keys WHERE entry = 3"])
        told = [each for each in verified(register).faults if each.code == "SES717"]
        assert [each.message for each in told] == ["the key of entry 3 is gone, and no destruction of it is entered"]
    with opened_register(place) as register:
        assert [each.number for each in verified(register).faults if each.code == "SES717"] == [3]


def test_a_key_put_back_after_its_destruction_is_found(tmp_path: Path) -> None:
    place = place_of(str(tmp_path / "r.sqlite3"))
    with made(place, tmp_path) as register:
        register.add(drafts(2))
        kept = next(register.entries(Which(after=2))).wrapped
        assert kept is not None
        register.destroy([3], "O-1", "over")
        changed(place, [f"INSERT INTO register_keys VALUES (3, x'{kept.hex()}')"])
        assert "counts as destroyed" in " ".join(each.message for each in verified(register).faults)


# ---- places, keys and files --------------------------------------------------------------------------


def test_a_register_is_made_once(place: Place, tmp_path: Path) -> None:
    made(place, tmp_path).close()
    with pytest.raises(RegisterError, match=r"there already|is at .* already"):
        made(place, tmp_path / "..")
    (tmp_path / "twice").mkdir()
    with pytest.raises(RegisterError, match=r"there already|is at .* already"):
        made(place, tmp_path / "twice")
    with opened_register(place) as register:
        assert verified(register).faults == ()


def test_no_other_database_or_file_is_taken_for_a_register(tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite3"
    with sqlite3.connect(other) as database:
        database.execute("CREATE TABLE register_entries (number)")
    database.close()
    (tmp_path / "text").write_text("id,appointment\n")
    for name, says in (
        (other, "is no register"),
        (tmp_path / "text", "is no register"),
        (tmp_path / "x", "no register"),
    ):
        with pytest.raises(RegisterError, match=says):
            opened_register(place_of(str(name)))
    with pytest.raises(RegisterError, match="no place for a register"):
        place_of("mysql://host/records")
    with pytest.raises(RegisterError, match="cannot be used"):
        opened_register(place_of(f"postgresql://nobody:secret@/none?host={tmp_path}"))


def test_a_password_is_never_shown(tmp_path: Path) -> None:
    place = place_of("postgres://records:s3cret@db.example:5432/ses")
    assert place.name == "postgres://records@db.example:5432/ses"
    assert place.url == "postgresql+psycopg://records:s3cret@db.example:5432/ses"
    with pytest.raises(RegisterError) as fault:
        opened_register(place_of(f"postgresql://records:s3cret@/ses?host={tmp_path}"))
    assert "s3cret" not in str(fault.value)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("postgresql://h/db?password=s3cret&user=u", "postgresql://h/db?user=u"),
        ("postgresql://h/db?sslmode=require&sslpassword=s3cret", "postgresql://h/db?sslmode=require"),
        ("postgresql://u:a/s3cret@h/db", "postgresql://u@h/db"),
        ("postgresql://u:a@s3cret@h/db", "postgresql://u@h/db"),
        ("postgresql://u:a?s3cret@h/db", "postgresql://u@h/db"),
        ("postgresql://:s3cret@h/db", "postgresql://h/db"),
        ("postgresql://s3%63ret/@h/db", "postgresql://h/db"),
        ("postgresql:///db?host=/run/postgresql", "postgresql:///db?host=/run/postgresql"),
        ("postgresql://u@h:5432/db", "postgresql://u@h:5432/db"),
    ],
)
def test_no_way_of_writing_a_password_is_shown(url: str, name: str) -> None:
    assert place_of(url).name == name


def test_a_key_file_is_its_owner_s_alone(tmp_path: Path) -> None:
    path = tmp_path / "key"
    keys = made_keys(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert read_keys(path).public == keys.public
    with pytest.raises(RegisterError, match="never written over"):
        made_keys(path)
    path.chmod(0o640)
    with pytest.raises(RegisterError, match="may be read by others"):
        read_keys(path)
    path.chmod(0o600)
    text = path.read_text()
    for wrong in ("", "[]", "{}", text.replace("key/1", "key/2"), text[:-40], "[" * 9_000):
        path.write_text(wrong)
        with pytest.raises(RegisterError, match="is no key file"):
            read_keys(path)
    path.unlink()
    with pytest.raises(RegisterError, match="there is no key file"):
        read_keys(path)


def test_the_file_of_a_register_is_its_owner_s_alone(tmp_path: Path) -> None:
    place = place_of(str(tmp_path / "r.sqlite3"))
    with made(place, tmp_path) as register:
        register.add(drafts(2))
        assert {each.stat().st_mode & 0o777 for each in tmp_path.glob("r.sqlite3*")} == {0o600}
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        "key",
        "r.sqlite3",
    ]  # when closed, all stands in the one file


@pytest.mark.parametrize("body", [{"é": 1}, {"a": 2**53}, {"a": 1.0}, {"a": "\ud800"}, {"a": {1}}, {"a": [{"b": b""}]}])
def test_what_has_no_single_form_is_not_entered(body: dict[str, Any], tmp_path: Path) -> None:
    with made(place_of(str(tmp_path / "r.sqlite3")), tmp_path) as register, pytest.raises(RegisterError):
        register.add([Draft("O-1", "record", body)])


_LONG = """
import resource, sys
from itertools import islice
from pathlib import Path
from sespms_rules.register import Draft, created, export_lines, made_keys, place_of, verified, verified_export
folder = Path(sys.argv[1])
body = {"text": "x" * 200}
drafts = (Draft("O-1", "record", body, "2026", "E-1", sealed=True) for each in range(int(sys.argv[2])))
with created(place_of(str(folder / "r.sqlite3")), made_keys(folder / "key"), "O-1") as register:
    while together := list(islice(drafts, 1000)): head = register.add(together)
    assert verified(register).faults == ()
    with open(folder / "e.jsonl", "w", encoding="utf-8") as file: file.writelines(export_lines(register))
assert verified_export(folder / "e.jsonl").reached == head.number
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.skipif(not NIGHTLY, reason="a night's: it enters 60,000 records")
def test_a_long_register_takes_no_more_memory_than_a_short_one(tmp_path: Path) -> None:
    most = []
    for count in (2_000, 60_000):
        folder = tmp_path / str(count)
        folder.mkdir()
        command = [sys.executable, "-c", _LONG, str(folder), str(count)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        most.append(int(done.stdout))
    assert most[1] - most[0] < 10_000  # KiB; the records alone are more than 40,000
