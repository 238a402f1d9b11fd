"""What may come next: the automaton tried out on kinds of token, without making anything.

A stack is a list of states, the last on top. Nothing here changes a stack it is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from sespms_rules.language.parsing.grammar import tables
from sespms_rules.language.parsing.lexing import END, LINE, MARGIN

Stack = list[int]


def after(stack: Stack, kind: str) -> Stack | None:
    """The stack once a token of this kind was read; None when it cannot stand here."""
    states, symbols, lengths = tables().states, tables().symbols, tables().lengths
    stack = stack.copy()
    while True:
        action = states[stack[-1]].get(kind)
        if action is None:
            return None
        if action >= 0:
            stack.append(action)
            return stack
        length = lengths[~action]
        if length:
            del stack[-length:]
        state = states[stack[-1]][symbols[~action]]
        stack.append(state)
        if kind == END and state == tables().end:
            return stack


def follow(stack: Stack, kinds: Iterable[str]) -> tuple[Stack, int]:
    """Read tokens as far as they can stand: the stack then, and how many were read."""
    read = 0
    for kind in kinds:
        further = after(stack, kind)
        if further is None:
            break
        stack = further
        read += 1
    return stack, read


def acceptable(stack: Stack) -> frozenset[str]:
    """The kinds of token that may stand here."""
    kinds = (kind for kind in tables().states[stack[-1]] if kind in _terminals())
    return frozenset(kind for kind in kinds if after(stack, kind) is not None)


@cache
def _terminals() -> frozenset[str]:
    return frozenset(kind for row in tables().states for kind in row).difference(tables().symbols)


def may_end(stack: Stack) -> bool:
    """Whether a sentence may end here."""
    return after(stack, LINE) is not None or after(stack, MARGIN) is not None


def reads_whole(stack: Stack, kinds: Sequence[str]) -> bool:
    """Whether tokens can all stand here and make a whole sentence."""
    further, read = follow(stack, kinds)
    return read == len(kinds) and may_end(further)
