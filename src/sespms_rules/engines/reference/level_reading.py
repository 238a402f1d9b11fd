"""Where a formula or a condition asks for the level, so that it waits for it."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.program.ir import (
    Aggregate,
    All,
    Choice,
    Compare,
    Condition,
    Difference,
    Expression,
    Largest,
    LookUp,
    Named,
    OwnNamed,
    Product,
    Quotient,
    Rounded,
    Smallest,
    Sum,
    TheLevel,
    Within,
)


def reads_level(node: Expression | Condition, late: frozenset[str]) -> Iterator[bool]:
    """Each place where the level, or a value that waits for it, is asked for: whether it is asked for in any case."""
    yield from _reads(node, late, always=True)


def _reads(node: object, late: frozenset[str], *, always: bool) -> Iterator[bool]:
    match node:
        case TheLevel():
            yield always
        case Named(name) | OwnNamed(name) if name in late:
            yield always
        case Choice(condition, then, otherwise):
            yield from _reads(condition, late, always=always)
            yield from _reads(then, late, always=False)
            yield from _reads(otherwise, late, always=False)
        case All(parts):
            for place, part in enumerate(parts):
                yield from _reads(part, late, always=always and place == 0)
        case Aggregate(body=body):
            yield from _reads(body, late, always=False)  # nobody may be there of whom it is asked
        case Largest(operands) | Smallest(operands):
            for each in operands:
                yield from _reads(each, late, always=always)
        case Sum(left, right) | Difference(left, right) | Product(left, right) | Quotient(left, right):
            yield from _reads(left, late, always=always)
            yield from _reads(right, late, always=always)
        case Compare(left, _, right):
            yield from _reads(left, late, always=always)
            yield from _reads(right, late, always=always)
        case Rounded(operand) | LookUp(_, operand) | Within(operand):
            yield from _reads(operand, late, always=always)
