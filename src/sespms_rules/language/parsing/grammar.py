"""The parser tables of the language, built once and kept.

Building them from `grammars/sespms.lark` takes most of a second and needs Lark; reading saved ones takes some
hundredths and needs only JSON, which cannot execute anything. They are saved in the user's cache folder beside
the grammar they were made from, and are used only while that is the grammar.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, overload

from sespms_rules.foundation.resources import grammar_path
from sespms_rules.language.parsing.saving import cache_folder, read_saved, save, saved_name


class Reduction(NamedTuple):
    """How a reduction shapes what it has read: `lark_tables` says what each entry means."""

    symbol: str
    length: int
    name: str
    alone: bool
    kept: list[tuple[int, bool, int]]
    gaps: int


class Rules(Sequence[Reduction]):
    """The rules by their number, each made when it is asked for: a text reads by a third of them."""

    def __init__(self, shapes: list[list[Any]]) -> None:
        self._shapes = shapes

    def __len__(self) -> int:
        return len(self._shapes)

    @overload
    def __getitem__(self, place: int) -> Reduction: ...
    @overload
    def __getitem__(self, place: slice) -> list[Reduction]: ...
    def __getitem__(self, place: int | slice) -> Reduction | list[Reduction]:
        if isinstance(place, slice):
            return [Reduction(*each) for each in self._shapes[place]]
        return Reduction(*self._shapes[place])


class Tables(NamedTuple):
    """The LALR(1) automaton of the language.

    `states`: for each state, what a terminal or symbol leads to: a state (0 or more) or the reduction of a rule
    (`~rule`). `symbols` and `lengths` are those of all rules. `words`: the terminal of each fixed word and sign.
    `patterns`: name and regular expression of the other terminals, in the order they are tried.
    """

    states: list[dict[str, int]]
    start: int
    end: int
    rules: Rules
    symbols: list[str]
    lengths: list[int]
    words: dict[str, str]
    patterns: list[tuple[str, str]]


@cache
def tables() -> Tables:
    """Return the tables, read or built once a process: states are numbered anew whenever they are built."""
    return load_tables()


def load_tables() -> Tables:
    """Read the tables from the saved file where there is one for this grammar, else build and save them."""
    grammar = grammar_path().read_text(encoding="utf-8")
    path = _saved_at(grammar)
    found = _saved(path, grammar) if path else None
    if found is None:
        from sespms_rules.language.parsing.lark_tables import tables_of  # Lark takes longer to import than all else

        found = tables_of(grammar)
        if path:
            save(found, path)
    return _as_tables(found)


def _as_tables(found: dict[str, Any]) -> Tables:
    shapes: list[list[Any]] = found["rules"]
    symbols, lengths = [each[0] for each in shapes], [each[1] for each in shapes]
    states, start, end = found["states"], found["start"], found["end"]
    return Tables(states, start, end, Rules(shapes), symbols, lengths, found["words"], found["patterns"])


def _saved_at(grammar: str) -> Path | None:
    folder = cache_folder()
    # The checksum only names the file; what decides is the grammar inside it.
    return folder / saved_name("tables", grammar) if folder else None


def _saved(path: Path, grammar: str) -> dict[str, Any] | None:
    """Read saved tables; None when they are absent, another's, damaged, or of another grammar."""
    found = read_saved(path)
    return found if isinstance(found, dict) and found.get("grammar") == grammar else None


def fixed_words() -> tuple[str, ...]:
    """Every word and sign of the language, in the order of the grammar."""
    return tuple(tables().words)
