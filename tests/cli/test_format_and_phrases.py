from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import BROKEN, SMALL, data, put, run
from sespms_rules.foundation.source import Source
from sespms_rules.language.parsing import parse
from sespms_rules.language.phrasebook import EDITS

UNTIDY = SMALL.replace("  total 100", "      total   100")


def test_a_policy_is_laid_out_in_place(tmp_path: Path) -> None:
    path = put(tmp_path, "p.sespms", UNTIDY)
    path.chmod(0o640)
    result = run("format", path)
    assert (result.output, result.exit_code) == (f"{path} is laid out anew\n", 0)
    assert "\n  total 100\n" in path.read_text(encoding="utf-8")
    assert path.stat().st_mode & 0o777 == 0o640
    assert run("format", path).output == "nothing to change\n"


def test_checking_changes_nothing(tmp_path: Path) -> None:
    path = put(tmp_path, "p.sespms", UNTIDY)
    result = run("format", "--check", path)
    assert (result.output, result.exit_code) == (f"{path} would be laid out anew\n", 1)
    assert path.read_text(encoding="utf-8") == UNTIDY
    run("format", path)
    assert run("format", "--check", path).exit_code == 0


def test_a_policy_with_errors_is_left_as_it_is(tmp_path: Path) -> None:
    path = put(tmp_path, "p.sespms", BROKEN)
    result = run("format", path)
    assert result.exit_code == 1
    assert "1 error" in result.output
    assert path.read_text(encoding="utf-8") == BROKEN


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    path = put(tmp_path, "p.sespms", UNTIDY)
    link = tmp_path / "link.sespms"
    link.symlink_to(path)
    run("format", link)
    assert link.is_symlink()
    assert path.read_text(encoding="utf-8") != UNTIDY


def test_the_phrase_book() -> None:
    result = run("phrases", "summary", "rating")
    assert result.exit_code == 0
    assert "score is the sum of points times weight" in result.output
    found, _ = data("phrases", "weights")
    assert found["schema"] == "sespms-phrases/1"
    assert {each["part"] for each in found["phrases"]} == {"weights"}
    assert len(data("phrases")[0]["phrases"]) > 100


def test_a_part_there_is_not() -> None:
    result = run("phrases", "wieghts")
    assert result.exit_code == 2
    assert "did you mean `weights`?" in result.stderr


@pytest.mark.parametrize("words", [("amendment",), ("strike",), ("insert",), ("--find", "strike")])
def test_how_a_part_is_changed_is_shown_with_amendments(words: tuple[str, ...]) -> None:
    shown = run("phrases", *words).output
    assert "  strike score at least 4.5 is level 5\n" in shown
    assert "  insert score at least 4.6 is level 5\n" in shown


def test_the_ways_to_change_a_part_are_read() -> None:
    lines = "\n".join(f"  {says}" for says, _ in EDITS[:2])
    text = f'amendment "A"\n  amends "Example"\n\nsummary rating\n{lines}\n\n{EDITS[2][0]}\n'
    assert parse(Source("a.sespms", text))[1] == ()


def test_a_word_that_is_no_part_leads_to_the_sentences_that_speak_of_it() -> None:
    assert "`sespms phrases --find cap` shows what speaks of it" in run("phrases", "cap").stderr
    assert "did you mean" in run("phrases", "weigts").stderr
    assert "the parts are" in run("phrases", "nonsensexyz").stderr
    assert run("phrases", "--find", "strike", "--format", "json").exit_code == 2
