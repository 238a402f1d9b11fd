"""Shipped policies that were read before are read again from what was kept, and are the same to the last span."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sespms_rules.foundation import resources as data_files
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.parsing import parse
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
    source = Source("a", "system\n")
    _, findings = parse_kept(source)
    assert findings
    assert parse_kept(source)[1] == findings
    assert kept_files(folder) == []


def changed(path: Path, **entries: Any) -> None:
    path.write_text(json.dumps(json.loads(path.read_text()) | entries))


@pytest.mark.parametrize("entries", [{"text": TEXT + "#"}, {"read by": "older code"}])
def test_another_text_or_another_reader_is_not_believed(folder: Path, entries: dict[str, Any]) -> None:
    source = Source("a", TEXT)
    document, _ = parse_kept(source)
    (path,) = kept_files(folder)
    changed(path, blocks=[-1], **entries)
    assert differences(parse_kept(source)[0], document) == []


def test_a_damaged_file_is_read_anew(folder: Path) -> None:
    source = Source("a", TEXT)
    document, _ = parse_kept(source)
    (path,) = kept_files(folder)
    path.write_text("{")
    assert differences(parse_kept(source)[0], document) == []
    assert json.loads(path.read_text())["text"] == TEXT


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
