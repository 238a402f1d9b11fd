"""Lines as they were read before: a text that is read at each pause of typing differs from the last in a line or two.

What a line is read as depends on its words and on the part that it stands in, which the state of the automaton before
it tells, and on nothing else. So the tree of a line is made again from that of the same line read before, with its own
places; a line in which anything was found is always read anew.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sespms_rules.foundation.source import Source, Span
from sespms_rules.foundation.values import Frozen, maker
from sespms_rules.language.syntax.nodes import Line, Node
from sespms_rules.language.syntax.words import Word

Key = tuple[int, str, tuple[str, ...]]
"""The state before a line, its words as they were lexed, and their kinds with that of the line end behind them."""

Chosen = list[tuple[Word, int, int]]
_Put = Callable[[Any, Any], None]
_Shape = tuple[Any, int, int, tuple[tuple[_Put, Any], ...], tuple[tuple[_Put, Any], ...]]
"""The class of a node, its first character and the one behind its last, counted from the first of its line, its fields
without nodes, and its fields with them: a shape, or a list of what a tuple holds."""

_MOST_LINES = 8_192
_MOST_LETTERS = 2_000

_new = object.__new__
_set_span: _Put = vars(Node)["span"].__set__


class LineMemory:
    """Lines by what they are read from; with too many of them all are let go."""

    def __init__(self) -> None:
        self._known: dict[Key, tuple[_Shape, Chosen]] = {}

    def __len__(self) -> int:
        return len(self._known)

    def forget(self) -> None:
        """Let go of all lines."""
        self._known.clear()

    def line(self, key: Key, source: Source, at: int, chosen: Chosen) -> Frozen | None:
        """The line whose first character is `at`, made again; its words of closed lists go to `chosen`."""
        found = self._known.get(key)
        if found is None:
            return None
        shape, words = found
        for word, start, end in words:
            chosen.append((word, at + start, at + end))
        return _made(shape, source, at, maker(Span))

    def keep(self, key: Key, line: Line, source: Source, at: int, chosen: Chosen) -> None:
        """Remember a line in which nothing was found, and the words of closed lists that were read in it."""
        shape = _shape(line, source, at) if len(key[1]) <= _MOST_LETTERS else None
        if shape is not None:
            if len(self._known) >= _MOST_LINES:
                self.forget()
            self._known[key] = shape, [(word, start - at, end - at) for word, start, end in chosen]


def _shape(node: Node, source: Source, at: int) -> _Shape | None:
    """What a node is made again from; None where a place in it is not one of this line."""
    span, kind = node.span, type(node)
    if span.source is not source or span.start < at:
        return None
    plain: list[tuple[_Put, Any]] = []
    inner: list[tuple[_Put, Any]] = []
    for name in kind._fields:
        if name == "span":
            continue
        value, put = getattr(node, name), getattr(kind, name).__set__
        items = value if isinstance(value, tuple) else (value,)
        if not any(isinstance(each, Frozen | tuple) for each in items):
            plain.append((put, value))
            continue
        made = [_shape(each, source, at) if isinstance(each, Node) else None for each in items]
        if None in made:
            return None
        inner.append((put, made if isinstance(value, tuple) else made[0]))
    return kind, span.start - at, span.end - at, tuple(plain), tuple(inner)


def _made(shape: _Shape, source: Source, at: int, span: Callable[[Source, int, int], Span]) -> Frozen:
    kind, start, end, plain, inner = shape
    node: Frozen = _new(kind)
    _set_span(node, span(source, at + start, at + end))
    for put, value in plain:
        put(node, value)
    for put, held in inner:
        if type(held) is tuple:
            put(node, _made(held, source, at, span))
        else:
            put(node, tuple([_made(each, source, at, span) for each in held]))
    return node
