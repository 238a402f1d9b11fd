"""Our machine runs Lark's tables as Lark does: the trees are the same, whichever of Lark's lexers reads.

`lark_tables` reads two things Lark does not document; a version of Lark that keeps them elsewhere fails here.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

import lark
import pytest
from lark import Lark, Token, Tree

from sespms_rules.foundation.resources import grammar_path
from sespms_rules.language.parsing import lark_tables, machine
from sespms_rules.language.parsing.build import VALUED
from sespms_rules.language.parsing.grammar import tables
from sespms_rules.language.parsing.lexing import lex
from sespms_rules.language.parsing.machine import Machine

Shape = tuple[str, tuple[Any, ...]]


@cache
def _lark(lexer: Literal["contextual", "basic"]) -> Lark:
    return lark_tables.lark_parser(grammar_path().read_text(encoding="utf-8"), lexer)


def _as_lark_sees_it(text: str, lexer: Literal["contextual", "basic"]) -> Any:
    return _plain(_lark(lexer).parse(text if text.endswith("\n") else text + "\n"))


def _plain(item: Tree[Token] | Token | None) -> Any:
    if item is None or isinstance(item, Token):
        return item if item is None else str(item)
    return (str(item.data), tuple(_plain(child) for child in item.children))


class _Texts:
    """Stands in for the builder: a token's value is its text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.diagnostics: list[Any] = []
        self.memory = None

    def value(self, kind: str, start: int, end: int) -> str:
        assert kind in VALUED
        return self.text[start:end]


def _as_we_see_it(text: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    def make(name: str) -> Any:
        return lambda _builder, children, _start, _end: (name, tuple(children))

    shaped = [machine._reduction(shape, make) for shape in tables().rules]
    monkeypatch.setattr(machine, "_reductions", lambda: shaped)
    stream = lex(text)

    def refuse(fault: machine.Fault) -> machine.Mended:
        raise AssertionError(stream.words(fault.first, fault.end))

    return Machine(stream, _Texts(stream.text), refuse).run()  # type: ignore[arg-type]


def test_both_lexers_of_lark_and_ours_give_the_same_trees(
    texts: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in texts.items():
        ours = _as_we_see_it(text, monkeypatch)
        assert ours[0] == "start"
        assert ours == _as_lark_sees_it(text, "contextual"), name
        assert ours == _as_lark_sees_it(text, "basic"), name


def test_the_tables_are_those_lark_itself_runs() -> None:
    table: Any = _lark("contextual").parser.parser._parse_table
    assert len(table.states) == len(tables().states)
    assert sum(len(row) for row in table.states.values()) == sum(len(row) for row in tables().states)
    assert len(tables().rules) == len(_lark("contextual").rules)


def test_lark_refuses_an_ambiguous_grammar() -> None:
    ambiguous = 'start: a | b\na: "x" STRING\nb: "x" STRING\nSTRING: /"[^"]+"/\nWORD: /[a-z]+/'
    with pytest.raises(lark.exceptions.GrammarError):
        lark_tables.lark_parser(ambiguous)
