"""Files that strangers name as registers, keys or heads: nothing in them is waited for or carried out."""

from __future__ import annotations

import os
import re
import sqlite3
from pathlib import Path

import pytest

from cli.running import process, run
from register.registers import drafts, made
from sespms_rules.foundation.files_written import made_together
from sespms_rules.register import RegisterError, opened_register, place_of, read_keys

_ENDLESS = "WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r)"
_ELSEWHERE = "ALTER TABLE register_entries RENAME TO elsewhere"


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A register with a few entries, whose keys stand in the file `key`."""
    path = tmp_path / "r.sqlite3"
    with made(place_of(str(path)), tmp_path) as opened:
        opened.add(drafts(3))
    return path


def _change(register: Path, *statements: str) -> None:
    database = sqlite3.connect(register, isolation_level=None)
    for statement in ("PRAGMA legacy_alter_table = ON", *statements):
        database.execute(statement)
    database.close()


_MAY_NOT_END = re.compile("RECURSIVE|zeroblob").search


def _ended(*arguments: str | Path, apart: bool) -> tuple[int, str, str]:
    """The exit code of a command, what it prints, and all it says; as a process that is ended, where it may wait."""
    if apart:
        done = process(*arguments, seconds=60)
        return done.returncode, done.stdout, done.stdout + done.stderr
    result = run(*arguments)
    return result.exit_code, result.stdout, result.output


@pytest.mark.attack("registers of strangers")
@pytest.mark.parametrize(
    ("statements", "says"),
    [
        ((_ELSEWHERE, "CREATE VIEW register_entries AS SELECT * FROM elsewhere"), "`register_entries` in it is a view"),
        (
            (_ELSEWHERE, f"CREATE VIEW register_entries AS {_ENDLESS} SELECT elsewhere.* FROM elsewhere, r"),
            "`register_entries` in it is a view",
        ),
        (("DROP TABLE register_keys", f"CREATE VIEW register_keys AS {_ENDLESS} SELECT x, x FROM r"), "is a view"),
        (("ALTER TABLE register_head ADD COLUMN more",), "`register_head` in it has other columns"),
        (
            ("ALTER TABLE register_entries ADD COLUMN heavy AS (hex(zeroblob(1000000000)))",),
            "`register_entries` in it has other columns",
        ),
        (("DROP TABLE register_entries",), "no register was made"),
    ],
    ids=["a view", "an endless view", "endless keys", "one more column", "a column that is reckoned", "no table"],
)
def test_what_stands_in_the_place_of_a_table_is_not_read(
    register: Path, statements: tuple[str, ...], says: str
) -> None:
    _change(register, *statements)
    for command in ("verify", "list", "export", "head"):
        key = ["--key", str(register.parent / "key")] if command == "verify" else []
        code, _, told = _ended("register", command, register, *key, apart=any(map(_MAY_NOT_END, statements)))
        assert code in (1, 2), told
        assert says in " ".join(told.split())
        assert "fault of the program" not in told


@pytest.mark.attack("registers of strangers")
@pytest.mark.parametrize(
    "trigger",
    [
        f"AFTER INSERT ON register_entries BEGIN INSERT INTO more {_ENDLESS} SELECT x FROM r; END",
        "AFTER INSERT ON register_keys BEGIN INSERT INTO more SELECT NEW.wrapped; END",
        "AFTER UPDATE ON register_head BEGIN SELECT RAISE(ROLLBACK, 'gone'); END",
        "BEFORE INSERT ON register_entries BEGIN SELECT RAISE(IGNORE); END",
    ],
    ids=["endless", "keys kept elsewhere", "taken back", "passed over in silence"],
)
def test_no_entry_is_made_where_a_strange_trigger_would_be_carried_out(register: Path, trigger: str) -> None:
    _change(register, "CREATE TABLE more (x)", f"CREATE TRIGGER evil {trigger}")
    with opened_register(place_of(str(register)), read_keys(register.parent / "key")) as opened:
        with pytest.raises(RegisterError, match="has a trigger `evil`, which no register has"):
            opened.add(drafts(1))
        assert opened.head().number == 4
    told = run("register", "verify", register, "--key", register.parent / "key")
    assert told.exit_code == 1
    assert "SES716" in told.output
    assert "the database has a trigger `evil`" in " ".join(told.output.split())


@pytest.mark.attack("registers of strangers")
@pytest.mark.parametrize("what", ["a pipe", "a device", "a folder", "a link to itself"])
@pytest.mark.parametrize("place", ["register", "key", "head"])
def test_only_regular_files_are_opened(register: Path, what: str, place: str) -> None:
    """A named pipe was waited for, for ever."""
    strange = register.parent / "strange"
    match what:
        case "a pipe":
            os.mkfifo(strange)
        case "a device":
            strange.symlink_to("/dev/zero")
        case "a folder":
            strange.mkdir()
        case _:
            strange.symlink_to(strange)
    key = register.parent / "key"
    commands: dict[str, list[str | Path]] = {
        "register": ["register", "verify", strange],
        "key": ["register", "verify", register, "--key", strange],
        "head": ["register", "verify", register, "--key", key, "--head", strange],
    }
    code, printed, told = _ended(*commands[place], apart=what in ("a pipe", "a device"))
    assert (code, printed) == (2, "")
    assert "fault of the program" not in told


@pytest.mark.attack("values in values")
@pytest.mark.parametrize(
    ("body", "number"), [("[" * 100_000, 1), ('{"a":' * 100_000, 1), ("9" * 5_000, 2), ("[" * 100_000, 2), ("none", 2)]
)
def test_a_body_that_is_no_json_of_ours_is_told(register: Path, body: str, number: int) -> None:
    """The first entry is read by every command; the second where its body is asked for."""
    database = sqlite3.connect(register, isolation_level=None)
    for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        database.execute(f"DROP TRIGGER {name}")
    database.execute("DELETE FROM register_keys")
    database.execute("UPDATE register_entries SET body = ?, sealed = 0 WHERE number = ?", (body, number))
    database.close()
    assert run("register", "list", register).exit_code == 0
    assert run("register", "verify", register, "--key", register.parent / "key").exit_code in (1, 2)
    with opened_register(place_of(str(register))) as opened:
        stored = next(each for each in opened.entries() if each.entry.number == number)
        with pytest.raises(RegisterError, match="says nothing that can be read"):
            opened.body(stored)


# ---- made whole or not at all ------------------------------------------------------------------------


@pytest.mark.parametrize("nameless", [True, False], ids=["without a name", "with a hidden name"])
@pytest.mark.parametrize("taken", ["r.sqlite3", "r.sqlite3.key"])
def test_a_register_and_its_keys_appear_together_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nameless: bool, taken: str
) -> None:
    if not nameless:
        monkeypatch.setattr("sespms_rules.foundation.files_written.NAMELESS", 0)
    (tmp_path / taken).write_text("what stood there")
    result = run("register", "create", tmp_path / "r.sqlite3", "--by", "O-1")
    assert result.exit_code == 2
    assert "is there already" in result.output
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {taken: b"what stood there"}
    (tmp_path / taken).unlink()
    assert run("register", "create", tmp_path / "r.sqlite3", "--by", "O-1").exit_code == 0
    assert {each.name: each.stat().st_mode & 0o777 for each in tmp_path.iterdir()} == {
        "r.sqlite3": 0o600,
        "r.sqlite3.key": 0o600,
    }
    assert run("register", "verify", tmp_path / "r.sqlite3").exit_code == 0


def test_of_files_that_are_made_together_none_is_left_where_one_cannot_be(tmp_path: Path) -> None:
    with pytest.raises(FileExistsError):
        made_together([(tmp_path / "a", b"1"), (tmp_path / "b", b"2"), (tmp_path / "a", b"3")])
    with pytest.raises(OSError, match="No such file"):
        made_together([(tmp_path / "a", b"1"), (tmp_path / "none" / "b", b"2")])
    assert [*tmp_path.iterdir()] == []
