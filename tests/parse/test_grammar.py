"""The saved tables: the same as fresh ones, and never trusted when they should not be."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sespms_rules.foundation.resources import grammar_path
from sespms_rules.language.parsing import grammar, lark_tables, saving


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder that does not exist yet."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("SESPMS_CACHE", str(folder))
    return folder


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    """What Lark makes of the grammar."""
    return lark_tables.tables_of(grammar_path().read_text(encoding="utf-8"))


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch, made: dict[str, Any]) -> list[str]:
    """The grammars that tables were built from; empty while only saved tables were read."""
    built: list[str] = []

    def counted(text: str) -> dict[str, Any]:
        built.append(text)
        return made

    monkeypatch.setattr(lark_tables, "tables_of", counted)
    return built


def test_tables_are_built_once_and_then_read(folder: Path, builds: list[str]) -> None:
    fresh = grammar.load_tables()
    assert len(builds) == 1
    (saved,) = folder.iterdir()
    assert saved.stat().st_mode & 0o077 == 0
    again = grammar.load_tables()
    assert len(builds) == 1
    assert again.states == fresh.states
    assert again.words == fresh.words
    assert [tuple(map(repr, rule)) for rule in again.rules] == [tuple(map(repr, rule)) for rule in fresh.rules]


@pytest.mark.parametrize("damage", ["", "{", "[]", "null", '{"grammar": "start: "}', "[" * 100_000])
def test_damaged_tables_are_made_anew(folder: Path, builds: list[str], damage: str) -> None:
    grammar.load_tables()
    (saved,) = folder.iterdir()
    saved.write_text(damage)
    assert grammar.load_tables().states
    assert len(builds) == 2
    assert json.loads(saved.read_bytes().partition(b"\n")[2])["grammar"] == grammar_path().read_text(encoding="utf-8")


@pytest.mark.parametrize("others_may_write", ["folder", "file"])
def test_tables_that_others_may_write_are_not_trusted(folder: Path, builds: list[str], others_may_write: str) -> None:
    grammar.load_tables()
    (saved,) = folder.iterdir()
    (saved if others_may_write == "file" else folder).chmod(0o777)
    assert grammar.load_tables().states
    assert len(builds) == 2


def test_a_folder_that_cannot_be_made_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, builds: list[str]
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("SESPMS_CACHE", str(tmp_path / "file" / "cache"))
    assert grammar.load_tables().states
    assert len(builds) == 1


def test_no_home_folder_is_no_fault(monkeypatch: pytest.MonkeyPatch, builds: list[str]) -> None:
    monkeypatch.delenv("SESPMS_CACHE", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)

    def homeless() -> Path:
        raise RuntimeError("no home")

    monkeypatch.setattr(Path, "home", homeless)
    assert saving.cache_folder() is None
    assert grammar.load_tables().states
    assert len(builds) == 1


def test_reading_a_policy_imports_lark_only_to_build_the_tables(folder: Path, builds: list[str]) -> None:
    grammar.load_tables()
    assert builds
    code = (
        "import sys; from sespms_rules.language.parsing import parse; "
        "from sespms_rules.foundation.source import Source; "
        "assert parse(Source('x', 'levels\\n'))[1] == (); "
        "print([each for each in ('lark', 'interegular', 'tempfile', 'difflib') if each in sys.modules])"
    )
    source = Path(grammar.__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=source)
    assert "lark" not in done.stdout
    assert "interegular" not in done.stdout
