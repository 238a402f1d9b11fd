"""The grammar -> parser tables, by Lark.

Lark reads `grammars/sespms.lark`, refuses any ambiguity and works out the LALR(1) automaton; what comes out is
plain data that needs no Lark to be run. This is the one module that touches Lark, and it reads two things Lark
does not document: the parse table and the shaping options of a rule. tests/parse/test_lark.py holds the result
against Lark's own parser and fails when a new version keeps them elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Literal

from lark import Lark, Token
from lark.grammar import Rule
from lark.lark import PostLex
from lark.lexer import PatternStr, TerminalDef
from lark.parsers.lalr_analysis import Shift


class KeepWords(PostLex):
    """Keeps the WORD terminal alive everywhere, so that a misspelled word is one token."""

    always_accept = ("WORD",)

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """Pass the tokens on."""
        return stream


def lark_parser(grammar: str, lexer: Literal["contextual", "basic"] = "contextual") -> Lark:
    """Let Lark build its parser, strictly: any ambiguity is an error of the grammar."""
    return Lark(
        grammar,
        parser="lalr",
        lexer=lexer,
        strict=True,
        postlex=KeepWords(),
        propagate_positions=True,
        maybe_placeholders=True,
    )


def tables_of(grammar: str) -> dict[str, Any]:
    """Return the tables as JSON can hold them; `grammar.Tables` says what each entry is."""
    made = lark_parser(grammar, "basic")  # the automaton is the same, without a lexer for each of its states
    table: Any = made.parser.parser._parse_table
    rules: list[Rule] = made.rules
    number = {id(rule): place for place, rule in enumerate(rules)}
    place = {state: index for index, state in enumerate(table.states)}
    states = [
        {
            str(symbol): place[target] if action is Shift else ~_number_of(target, rules, number)
            for symbol, (action, target) in row.items()
        }
        for row in table.states.values()
    ]
    words, patterns = _terminals(made.terminals)
    return {
        "grammar": grammar,
        "states": states,
        "start": place[table.start_states["start"]],
        "end": place[table.end_states["start"]],
        "rules": [_shape(rule) for rule in rules],
        "words": words,
        "patterns": patterns,
    }


def _number_of(rule: Rule, rules: list[Rule], number: dict[int, int]) -> int:
    """The place of a rule among all; Lark's table may hold an equal copy of it."""
    return number[id(rule)] if id(rule) in number else rules.index(rule)


def _shape(rule: Rule) -> list[Any]:
    """How a reduction of the rule shapes what it has read.

    `[symbol, length, class name, whether a lone child takes its place, [[child, inlined, gaps before], …],
    gaps at the end]`; a gap is an optional phrase that was not written.
    """
    options = rule.options
    gaps = [len(run) for run in "".join("1" if empty else "0" for empty in options.empty_indices).split("0")]
    if not options.empty_indices:
        gaps = [0] * (len(rule.expansion) + 1)
    kept: list[list[Any]] = []
    waiting = 0
    for place, symbol in enumerate(rule.expansion):
        waiting += gaps[place]
        if options.keep_all_tokens or not (symbol.is_term and symbol.filter_out):  # type: ignore[attr-defined]
            kept.append([place, not symbol.is_term and symbol.name.startswith("_"), waiting])
            waiting = 0
    name = rule.alias or options.template_source or rule.origin.name
    alone = options.expand1 and not rule.alias
    return [str(rule.origin.name), len(rule.expansion), str(name), alone, kept, waiting + gaps[-1]]


def _terminals(terminals: Collection[TerminalDef]) -> tuple[dict[str, str], list[list[str]]]:
    """Fixed words by their spelling, and the patterns in the order in which Lark's own lexer tries them."""
    words = {each.pattern.value: each.name for each in terminals if isinstance(each.pattern, PatternStr)}
    others = [each for each in terminals if not isinstance(each.pattern, PatternStr)]
    others.sort(key=lambda each: (-each.priority, -each.pattern.max_width, -len(each.pattern.value), each.name))
    return words, [[each.name, each.pattern.value] for each in others if not each.name.startswith("__IGNORE")]
