"""Yes-or-no formulas for the solver, with what is already certain folded away.

A formula is a Python truth value where it is certain and a z3 Boolean where it is not, so that what a question
fixes costs the solver nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import z3

Formula = Any
"""`True`, `False`, or a z3 Boolean."""

Term = Any
"""A z3 number, whole or real."""


class NotEncodable(Exception):
    """A question that is not one of linear arithmetic; the text says in plain words what makes it so."""


def both(*parts: Formula) -> Formula:
    """All of them hold."""
    return all_of(parts)


def all_of(parts: Iterable[Formula]) -> Formula:
    """All of them hold; of none: yes."""
    open_parts = []
    for part in parts:
        if part is False:
            return False
        if part is not True:
            open_parts.append(part)
    if not open_parts:
        return True
    return open_parts[0] if len(open_parts) == 1 else _joined(z3.Z3_mk_and, open_parts)


def either(*parts: Formula) -> Formula:
    """At least one of them holds."""
    return any_of(parts)


def any_of(parts: Iterable[Formula]) -> Formula:
    """At least one of them holds; of none: no."""
    open_parts = []
    for part in parts:
        if part is True:
            return True
        if part is not False:
            open_parts.append(part)
    if not open_parts:
        return False
    return open_parts[0] if len(open_parts) == 1 else _joined(z3.Z3_mk_or, open_parts)


def _joined(make: Callable[..., Any], parts: Sequence[Formula]) -> Formula:
    """Formulas joined without asking each what it is, which takes z3's own `And` most of its time."""
    if len(parts) == 2 and parts[0].eq(parts[1]):
        return parts[0]  # else what reads one value twice, again and again, is written out a billion times
    context = parts[0].ctx
    held = (z3.Ast * len(parts))(*(part.as_ast() for part in parts))
    return z3.BoolRef(make(context.ref(), len(parts), held), context)


def negated(part: Formula) -> Formula:
    """It does not hold."""
    return (not part) if isinstance(part, bool) else z3.Not(part)


def exactly_one(parts: Sequence[Formula]) -> Formula:
    """One of them holds, and no other."""
    pairs = (negated(both(one, two)) for place, one in enumerate(parts) for two in parts[:place])
    return both(any_of(parts), *pairs)


class Count:
    """How many of some formulas hold: asked for a range, or for its value."""

    def __init__(self, parts: Iterable[Formula]) -> None:
        given = [part for part in parts if part is not False]
        self.certain = sum(part is True for part in given)
        self.open = [part for part in given if part is not True]

    @property
    def most(self) -> int:
        """The most that can hold."""
        return self.certain + len(self.open)

    def at_least(self, number: int) -> Formula:
        """Whether at least so many hold."""
        wanted = number - self.certain
        if wanted <= 0:
            return True
        if wanted > len(self.open):
            return False
        return any_of(self.open) if wanted == 1 else z3.AtLeast(*self.open, wanted)

    def at_most(self, number: int) -> Formula:
        """Whether at most so many hold."""
        return negated(self.at_least(number + 1))

    def exactly(self, number: int) -> Formula:
        """Whether just so many hold."""
        return both(self.at_least(number), self.at_most(number))
