"""Straight lines of Python, written once for a program and run for each appraisal.

No word of a policy enters the text: names are numbered, and what is known beforehand stands beside it. A line is
written once however often it is asked for, and one whose result nobody asks for not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any

_SHORT = 10**6
"""Whole numbers up to this size, either side of zero, stand in the text; all else beside it."""


class Line:
    """One result: `template` with the names of its `operands` put in; operands are lines, or known beforehand."""

    __slots__ = ("number", "operands", "template")

    def __init__(self, template: str, operands: tuple[object, ...], number: int) -> None:
        self.template = template
        self.operands = operands
        self.number = number


class Listing:
    """The lines written so far. `beside` are the functions that templates call, by their names there."""

    def __init__(self, beside: dict[str, Callable[..., object]]) -> None:
        self.beside = beside
        self._written: dict[tuple[object, ...], Line] = {}

    def line(self, template: str, *operands: object) -> Line:
        """The line with this template and these operands: the one that is there, or a new one."""
        key = (template, *map(_identity, operands))
        found = self._written.get(key)
        if found is None:
            found = self._written[key] = Line(template, operands, len(self._written))
        return found

    def function(self, taking: str, results: Sequence[object]) -> Callable[..., tuple[Any, ...]]:
        """A function of the names in `taking` that gives these results, each a line or known beforehand."""
        names: dict[str, object] = dict(self.beside)

        def named(operand: object) -> str:
            if isinstance(operand, Line):
                return f"v{operand.number}"
            if isinstance(operand, int) and -_SHORT < operand < _SHORT:
                return f"({operand})"
            name = f"k{len(names)}"
            names[name] = operand
            return name

        body = [
            f"    v{line.number} = {line.template.format(*map(named, line.operands))}" for line in _asked_for(results)
        ]
        end = f"    return ({' '.join(f'{named(each)},' for each in results)})"
        exec("\n".join([f"def work({taking}):", *body, end]), names)  # noqa: S102 - templates of ours, numbered names
        work: Callable[..., tuple[Any, ...]] = names["work"]  # type: ignore[assignment]
        return work


def _identity(operand: object) -> object:
    """What tells operands apart: equal numbers of unlike types are not the same text, nor `True` the number 1."""
    return (type(operand), operand) if isinstance(operand, int | Fraction | str) else id(operand)


def _asked_for(results: Sequence[object]) -> Iterator[Line]:
    """The lines that results need, each behind its operands: in the order in which they were written."""
    found: dict[int, Line] = {}
    open_lines = [each for each in results if isinstance(each, Line)]
    while open_lines:
        line = open_lines.pop()
        if line.number not in found:
            found[line.number] = line
            open_lines.extend(each for each in line.operands if isinstance(each, Line))
    return (found[number] for number in sorted(found))
