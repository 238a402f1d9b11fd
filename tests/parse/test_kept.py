"""Shipped policies that were read before are read again from what was kept, and are the same to the last span."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sespms_rules.foundation import resources as data_files
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.parsing import parse, saving
from sespms_rules.language.parsing import tree_cache as kept
from sespms_rules.language.parsing.tree_cache import parse_kept
from sespms_rules.language.syntax.nodes import Document

TEXT = """system "Invented agency"
  agency "Invented agency"  # a note
  has 3 to 5 critical elements

appraisal period
  runs October 1 to September 30
  lasts at least 90 days
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of the test's own."""
    monkeypatch.setenv("SESPMS_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def kept_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("policy-*.json"))


def never(source: Source) -> Any:
    raise AssertionError(f"{source.name} was parsed")


def differences(one: Any, two: Any, path: str = "") -> list[str]:
    """Where two trees differ, spans and kinds included, which equality leaves out."""
    if type(one) is not type(two):
        return [f"{path}: {type(one).__name__} and {type(two).__name__}"]
    if isinstance(one, Source):
        return [] if one is two else [f"{path}: another source"]
    if isinstance(one, Frozen):
        return [
            each
            for name in one._fields
            for each in differences(getattr(one, name), getattr(two, name), f"{path}.{name}")
        ]
    if isinstance(one, tuple):
        same = [] if len(one) == len(two) else [f"{path}: {len(one)} and {len(two)}"]
        return same + [each for a, b in zip(one, two, strict=False) for each in differences(a, b, f"{path}[]")]
    return [] if one == two else [f"{path}: {one!r} and {two!r}"]


@pytest.mark.parametrize("name", data_files.policy_names())
def test_what_was_kept_is_what_parse_returns(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    source = Source(name, data_files.policy_path(name).read_text(encoding="utf-8"))
    parsed, findings = parse(source)
    first, found = parse_kept(source)
    assert (first, found) == (parsed, findings)
    if findings:
        return
    monkeypatch.setattr(kept, "parse", never)
    again, none = parse_kept(source)
    assert none == ()
    assert differences(parsed, again) == []


def test_a_text_with_findings_is_not_kept(folder: Path) -> None:
    source = Source("a", 'system "Cut short\n')
    _, findings = parse_kept(source)
    assert findings
    assert parse_kept(source)[1] == findings
    assert kept_files(folder) == []


def held(path: Path) -> Any:
    return json.loads(path.read_bytes().partition(b"\n")[2])


def changed(path: Path, **entries: Any) -> None:
    """Change what a file says, checksum and all: it is whole, and yet not what it should be."""
    saving.save(held(path) | entries, path)


@pytest.mark.attack("kept files with a part missing")
def test_another_text_is_not_believed(folder: Path) -> None:
    source = Source("a", TEXT)
    document, _ = parse_kept(source)
    (path,) = kept_files(folder)
    changed(path, blocks=[-1], text=TEXT + "#")
    assert differences(parse_kept(source)[0], document) == []


def test_another_state_of_the_program_keeps_a_file_of_its_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = Source("a", TEXT)
    document, _ = parse_kept(source)
    (mine,) = kept_files(folder)
    changed(mine, blocks=[-1])
    monkeypatch.setattr(saving, "_state_of_the_program", lambda: "another")
    assert differences(parse_kept(source)[0], document) == []
    assert len(kept_files(folder)) == 2  # two installations do not undo each other's work


def _one_requirement_less(data: bytes) -> bytes:
    checksum, _, body = data.partition(b"\n")
    tree = json.loads(body)
    return checksum + b"\n" + json.dumps(tree | {"blocks": tree["blocks"][:-1]}, separators=(",", ":")).encode()


@pytest.mark.attack("kept files with a part missing")
@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"{",
        lambda data: b"",
        lambda data: data[:-1],
        lambda data: data[:100] + bytes([data[100] ^ 1]) + data[101:],
        _one_requirement_less,
        lambda data: data.partition(b"\n")[2],
    ],
)
def test_a_damaged_file_is_read_anew(folder: Path, damage: Callable[[bytes], bytes]) -> None:
    source = Source("a", TEXT)
    document, _ = parse_kept(source)
    (path,) = kept_files(folder)
    path.write_bytes(damage(path.read_bytes()))
    assert differences(parse_kept(source)[0], document) == []
    assert held(path)["text"] == TEXT


@pytest.mark.attack("links among kept files")
@pytest.mark.parametrize("what", ["file", "folder"])
def test_no_link_is_followed(folder: Path, tmp_path: Path, what: str) -> None:
    source = Source("a", TEXT)
    document, _ = parse_kept(source)
    (path,) = kept_files(folder)
    changed(path, blocks=[-1])
    precious = tmp_path / "precious"
    if what == "file":
        path.rename(precious)
        path.symlink_to(precious)
    else:
        folder.rename(precious)
        folder.symlink_to(precious)
    before = {each: each.read_bytes() for each in ([precious] if what == "file" else precious.iterdir())}
    assert differences(parse_kept(source)[0], document) == []
    assert {each: each.read_bytes() for each in before} == before
    assert what == "file" or len(list(precious.iterdir())) == 1


@pytest.mark.attack("links among kept files")
def test_a_pipe_in_place_of_a_file_is_not_waited_for(folder: Path) -> None:
    source = Source("a", TEXT)
    document, _ = parse_kept(source)
    (path,) = kept_files(folder)
    path.unlink()
    os.mkfifo(path)
    assert differences(parse_kept(source)[0], document) == []


@pytest.mark.attack("links among kept files")
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away")
def test_what_belongs_to_another_user_is_neither_read_nor_written(folder: Path) -> None:
    source = Source("a", TEXT)
    document, _ = parse_kept(source)
    (path,) = kept_files(folder)
    changed(path, blocks=[-1])
    os.chown(path, 65534, 65534)
    assert differences(parse_kept(source)[0], document) == []
    path.unlink()
    os.chown(folder, 65534, 65534)
    assert differences(parse_kept(source)[0], document) == []
    assert kept_files(folder) == []


def test_very_many_files_are_tidied(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    for number in range(saving._MOST_FILES + 10):
        path = folder / f"policy-1-{number:08x}.json"
        path.write_text("old")
        os.utime(path, (number, number))
    parse_kept(Source("a", TEXT))
    assert len(kept_files(folder)) == saving._MOST_FILES
    assert not (folder / "policy-1-00000000.json").exists()


@pytest.mark.attack("links among kept files")
def test_a_file_that_others_may_write_is_not_read(folder: Path) -> None:
    source = Source("a", TEXT)
    document, _ = parse_kept(source)
    (path,) = kept_files(folder)
    changed(path, blocks=[-1])
    path.chmod(0o666)
    assert differences(parse_kept(source)[0], document) == []


def test_without_a_folder_the_text_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "cache_folder", lambda: None)
    document, findings = parse_kept(Source("a", TEXT))
    assert isinstance(document, Document)
    assert findings == ()
