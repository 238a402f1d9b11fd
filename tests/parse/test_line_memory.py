"""A line that is made again from one read before is the one that the automaton reads, places included."""

from __future__ import annotations

from typing import Any

import pytest

from edited import typed
from nights import NIGHTLY
from sespms_rules.foundation.source import Source, Span
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.parsing import line_memory, parse, parse_with_choices
from sespms_rules.language.parsing.build import Builder
from sespms_rules.language.parsing.line_memory import LineMemory
from sespms_rules.language.parsing.parsing import _memory


def whole(value: object) -> Any:
    """All that a value holds, what does not count in a comparison too."""
    if isinstance(value, Span):
        return (value.source.name, value.start, value.end)
    if isinstance(value, Source):
        return value.name
    if isinstance(value, Frozen):
        return (type(value), *(whole(getattr(value, name)) for name in value._fields))
    return tuple(map(whole, value)) if isinstance(value, tuple) else (type(value), value)


def read_anew(text: str) -> Any:
    """What is read of a text by one that remembers no line."""
    _memory.forget()
    return whole(parse_with_choices(Source("a", text)))


def test_every_sentence_is_made_again_as_it_was_read(texts: dict[str, str]) -> None:
    for name, text in texts.items():
        anew = read_anew(text)
        assert whole(parse_with_choices(Source("a", text))) == anew, name
        moved = f"# a note\n\n{text}"
        again = whole(parse_with_choices(Source("a", moved)))
        assert again == read_anew(moved), name
        assert again[0][1] == whole(parse(Source("a", moved))[0])[1], name


@pytest.mark.parametrize("seed", range(40 if NIGHTLY else 4))
def test_texts_that_are_typed_are_read_as_by_one_who_sees_them_first(seed: int, texts: dict[str, str]) -> None:
    states = typed(list(texts.values()), seed, 40)
    _memory.forget()
    warm = [whole(parse_with_choices(Source("a", each))) for each in states]
    for text, found in zip(states, warm, strict=True):
        assert found == read_anew(text), text


def test_a_line_is_remembered_by_the_part_that_it_stands_in() -> None:
    lines = "\n  total 100\n  are whole numbers\n"
    _memory.forget()
    both = f'system "A"\n\nweights{lines}\ncritical element "B"\n  requirements are rated{lines}'
    assert whole(parse_with_choices(Source("a", both))) == read_anew(both)


def test_a_line_in_which_something_is_found_is_read_anew_each_time() -> None:
    text = 'system "A"\n  effective 2026-02-30\n  agency ""\n'
    first = parse_with_choices(Source("a", text))
    again = parse_with_choices(Source("a", text))
    assert len(first[1]) == len(again[1]) == 2
    assert whole(first) == whole(again)


def test_lines_are_made_again_and_not_read(monkeypatch: pytest.MonkeyPatch, lighthouse: str) -> None:
    parse_with_choices(Source("a", lighthouse))
    begun: list[str] = []

    def line_begins(self: Builder, key: line_memory.Key, at: int) -> None:
        begun.append(key[1])

    monkeypatch.setattr(Builder, "line_begins", line_begins)
    parse_with_choices(Source("a", lighthouse.replace("  total 100\n", "  total 90\n", 1)))
    assert begun == ["total 90"]


def test_a_memory_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_memory, "_MOST_LINES", 20)
    _memory.forget()
    many = 'system "A"\n\nsummary rating\n' + "\n".join(f"  score {at} to {at} is level 1" for at in range(50)) + "\n"
    found = whole(parse_with_choices(Source("a", many)))
    assert 0 < len(_memory) <= 20
    assert found == read_anew(many)
    monkeypatch.setattr(line_memory, "_MOST_LETTERS", 8)
    read_anew('system "A"\n  agency "A long name"\n')
    assert len(_memory) == 0


def test_two_memories_know_nothing_of_each_other() -> None:
    assert len(LineMemory()) == 0
