"""The page on the overview's 43 statements: each command is run, and shows what the page says that it shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scripts_as_modules import script

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "overview-statements.md"
_ROW = re.compile(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \| `(sespms [^`]+)` \| ([^|]*) ?\|$", re.MULTILINE)

ROWS = _ROW.findall(PAGE.read_text(encoding="utf-8"))


def test_every_statement_has_a_row() -> None:
    assert [int(number) for number, *_ in ROWS] == list(range(1, 44))
    for number, words, does, far, _, shows in ROWS:
        assert len(shows) >= 6, number
        assert len(words.split()) >= 5, number
        assert len(does.split()) >= 5, number
        assert far in ("does it", "advisory") or re.fullmatch(r"in part: \w.{12,}", far), f"{number}: {far}"


def test_each_command_shows_what_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill_pages = script("fill_pages")
    for name in ("policies", "examples"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    for block in fill_pages.fences(PAGE.read_text(encoding="utf-8")):
        fill_pages.put(tmp_path, block)
    known: dict[str, str] = {}
    missing = []
    for number, _, _, _, command, shows in ROWS:
        if command not in known:
            known[command], code = fill_pages.run(command)
            assert code in (0, 1), f"{number}: {command}\n{known[command][-500:]}"
        output = " ".join(known[command].split())
        if shows.strip() not in output:
            missing.append((number, command, output[:600]))
    assert missing == []
