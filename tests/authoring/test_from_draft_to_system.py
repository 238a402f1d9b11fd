"""Forty-nine hasty lines become a system that is clean, lawful and proved; what an author has to type is counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from authoring.drafts import HASTY, SPOKEN, TYPED
from cli.running import run

BY_HAND = {
    "hasty": (HASTY, "score 400 to 475", "score 400 to 474", 2),
    "spoken": (SPOKEN, '"Results Driven" rated 3', '"Results Driven" weight 40 rated 3', 10),
    "typed": (TYPED, "", "", 0),
}
"""What only the author knows, and the keys it takes: to which range a score of 475 belongs (a digit over another), and
the weight that her example leaves out. As it is typed in a word processor, all of it is read once its fixes are made.
"""

FIXES = {
    "hasty": ("7 fixes carried out", "SES215"),
    "spoken": ("20 fixes carried out", "SES501"),
    "typed": ("34 fixes carried out", ""),
}
"""What is carried out at once, and the one finding, beside those of the law, that is left to her."""

WRITTEN = {"hasty": (75, 19), "spoken": (75, 19), "typed": (72, 16)}
"""How many sentences the law asks for beside those of the draft, and how many of them are to be decided."""

KEYS = {"hasty": 156, "spoken": 164, "typed": 154}
"""Six commands with their ends of line, and what is typed by hand."""


@pytest.mark.slow
@pytest.mark.parametrize("which", list(BY_HAND))
def test_a_draft_becomes_clean_lawful_and_proved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, which: str) -> None:
    written, before, after, by_hand = BY_HAND[which]
    monkeypatch.chdir(tmp_path)
    draft = Path("a.sespms")
    draft.write_text(written, encoding="utf-8")
    assert len(written.splitlines()) == 49
    keys = 0

    def typed(*words: str) -> tuple[int, str]:
        nonlocal keys
        keys += len(" ".join(("sespms", *words))) + 1
        result = run(*words)
        return result.exit_code, result.output

    assert typed("check", "a.sespms")[0] == 1
    code, told = typed("check", "--fix", "--all", "a.sespms")
    assert code == 1, told  # the law is not met either
    text = draft.read_text(encoding="utf-8")
    done, own = FIXES[which]
    assert done in told
    if own:
        assert told.count(f"error {own}") == 1, told
        assert text.count(before) == 1
    assert not [line for line in told.split("\n") if " error SES0" in line], told  # all of it is read
    draft.write_text(text.replace(before, after) if own else text, encoding="utf-8")
    keys += by_hand
    code, told = typed("complete", "a.sespms", "--write")
    assert code == 0, told
    assert "{} sentences written, {} of them to be decided by you".format(*WRITTEN[which]) in told
    code, told = typed("check", "a.sespms")
    assert code == 0, told
    code, told = typed("prove", "a.sespms")
    assert code == 0, told
    assert "refuted" not in told.replace("0 refuted", "").replace("refuted (only advised)", "")
    assert typed("test", "a.sespms")[0] == 0
    assert keys == KEYS[which]
