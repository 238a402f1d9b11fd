"""The tokens of a text that is read after another one of its name are those of one that is read first."""

from __future__ import annotations

import random

import pytest

from edited import typed
from nights import at_depth
from sespms_rules.foundation.source import Source
from sespms_rules.language.parsing import lexing, lexing_again
from sespms_rules.language.parsing.lexing import lex
from sespms_rules.language.parsing.lexing_again import stream_of

_BITS = (
    '"',
    '"""',
    "#",
    "\n",
    " ",
    "  ",
    "level 5",
    "Level\n5",
    "2012-01-01",
    "4.5",
    "SES101",
    "_",
    "\u201c",
    "\r\n",
    "5",
)
_BITS_OF_TEXT = ('"""\nsystem\n', '\nsystem "A"\n', "\n  # a note\n", "\n\n", "Level ", "a\u2013b", "\f", "")


@pytest.mark.parametrize("seed", range(at_depth(3, 6, 60)))
def test_what_is_typed_has_the_tokens_of_a_text_seen_first(seed: int, texts: dict[str, str]) -> None:
    for text in typed(list(texts.values()), seed, 60):
        assert stream_of(Source("typed", text)) == lex(text), text


@pytest.mark.parametrize("seed", range(at_depth(60, 300, 4_000)))
def test_any_small_text_after_any_other(seed: int) -> None:
    draw = random.Random(seed)
    text = "".join(draw.choices(_BITS + _BITS_OF_TEXT, k=draw.randrange(30)))
    for _ in range(12):
        assert stream_of(Source("small", text)) == lex(text), text
        first = draw.randrange(len(text) + 1)
        behind = min(len(text), first + draw.choice((0, 0, 1, 3)))
        text = text[:first] + draw.choice(_BITS + _BITS_OF_TEXT) + text[behind:]


@pytest.mark.parametrize("end", ["# note", "\n# note 1\n", "", "\n", "  "])
def test_a_note_behind_or_amid_a_text(end: str, lighthouse: str) -> None:
    lines = lighthouse.split("\n")
    for at in (0, 1, len(lines) // 2, len(lines) - 1, len(lines)):
        for number in range(3):
            text = "\n".join([*lines[:at], f"{end}{number}", *lines[at:]])
            assert stream_of(Source("noted", text)) == lex(text), text


def test_only_lines_that_an_edit_touches_are_lexed(monkeypatch: pytest.MonkeyPatch, lighthouse: str) -> None:
    stream_of(Source("quick", lighthouse))
    match, kinds = lexing._matcher()
    matched: list[int] = []

    def counted(text: str, place: int) -> object:
        matched.append(place)
        return match(text, place)

    monkeypatch.setattr(lexing, "_matcher", lambda: (counted, kinds))
    stream_of(Source("quick", lighthouse.replace("  total 100\n", "  total 90\n", 1)))
    assert 0 < len(matched) <= 6
    stream_of(Source("another name", lighthouse))
    assert len(matched) > 100


def test_a_text_of_more_tokens_than_any_policy_is_read_as_at_first(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (lexing, lexing_again):
        monkeypatch.setattr(module, "MOST_TOKENS", 20)
    text = 'system "A"\n'
    for line in range(12):
        text += f"  total {line}\n"
        assert stream_of(Source("long", text)) == lex(text), text
        again = text.replace("system", "system ", 1)
        assert stream_of(Source("long", again)) == lex(again), again


def test_few_names_are_remembered() -> None:
    for number in range(20):
        stream_of(Source(f"name {number}", 'system "A"\n'))
    assert len(lexing_again._read_before) <= lexing_again._MOST_NAMES
