"""Going through a tree of immutable values: what stands in it, and the same tree with something changed.

A part of a value is what its compared fields hold, inside tuples too. Where a thing stands in the text (`origin`,
`span`) is no part of what it says, so it is never visited, and a changed value keeps it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, TypeVar

from sespms_rules.foundation.values import Frozen, reading, replace

_T = TypeVar("_T")


def parts(node: object) -> Iterator[Frozen]:
    """The values directly inside a value, or a tuple of them, in order."""
    held = node if isinstance(node, tuple) else (getattr(node, name) for name in getattr(node, "_compared", ()))
    for each in held:
        if isinstance(each, Frozen):
            yield each
        elif isinstance(each, tuple):
            yield from parts(each)


def walk(node: object) -> Iterator[Frozen]:
    """A value and every value in it, each before what it holds, in order; of a tuple, those of its items."""
    waiting = [node]
    while waiting:  # not by a generator in each generator: every value would be handed up through all of them
        each = waiting.pop()
        if isinstance(each, Frozen):
            yield each
            waiting.extend(reversed(_held(type(each))(each)))
        elif isinstance(each, tuple):
            waiting.extend(reversed(each))


@cache
def _held(kind: type[Frozen]) -> Callable[[Any], tuple[object, ...]]:
    """What reads the compared fields of a value at once, in order."""
    return reading(kind._compared)


def named(node: object, path: str = "") -> Iterator[tuple[str, object]]:
    """All that a value holds, words and numbers too, each before what it holds, with the fields that lead to it.

    `limit.amount` leads over two fields; items of a tuple have the name of the field that holds them.
    """
    if isinstance(node, tuple):
        for each in node:
            yield from named(each, path)
        return
    if path:
        yield path, node
    for name in node._compared if isinstance(node, Frozen) else ():
        yield from named(getattr(node, name), f"{path}.{name}".lstrip("."))


def plain(value: object) -> Any:
    """A value as plain data: the values in it are mappings by their fields, tuples are lists."""
    if isinstance(value, Frozen):
        return {name: plain(getattr(value, name)) for name in value._fields}
    return [plain(each) for each in value] if isinstance(value, tuple) else value


def rewrite(node: _T, change: Callable[[Any], Any]) -> _T:
    """A tree with `change` applied to every value in it, to what it holds first, and then to itself.

    What nothing is changed in is the very same afterwards, not a copy of it.
    """
    made: Any = node
    if isinstance(node, tuple):
        items = tuple(rewrite(each, change) for each in node)
        made = node if all(new is old for new, old in zip(items, node, strict=True)) else items
    elif isinstance(node, Frozen):
        held = ((name, getattr(node, name)) for name in node._compared)
        changed = {name: new for name, old in held if (new := rewrite(old, change)) is not old}
        made = change(replace(node, **changed) if changed else node)
    return made  # type: ignore[no-any-return]
