"""Yes and no for each row of a block: a column of booleans, or one Python bool where all rows agree.

Also the codes of what could not be worked out: a column of small numbers, or one number where all rows agree.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Truth = Array | bool
"""Yes or no for each row."""

Codes = Array | int
"""For each row the last two digits of the refusal that keeps a value from being worked out; 0 where there is none."""

WAITS = 255
"""In the place of a code: the value asks for the level before there is one."""


def both(left: Truth, right: Truth) -> Truth:
    """Where both hold."""
    if isinstance(left, bool):
        return right if left else False
    if isinstance(right, bool):
        return left if right else False
    return np.logical_and(left, right)


def either(left: Truth, right: Truth) -> Truth:
    """Where at least one holds."""
    if isinstance(left, bool):
        return True if left else right
    if isinstance(right, bool):
        return True if right else left
    return np.logical_or(left, right)


def negated(truth: Truth) -> Truth:
    """Where it does not hold."""
    return not truth if isinstance(truth, bool) else np.logical_not(truth)


def anywhere(truth: Truth) -> bool:
    """Whether it holds in some row."""
    return truth if isinstance(truth, bool) else bool(truth.any())


def simple(truth: Truth) -> Truth:
    """The same, as one bool where all rows agree."""
    if isinstance(truth, bool):
        return truth
    if not truth.any():
        return False
    return True if truth.all() else truth


def as_column(truth: Truth, rows: int) -> Array:
    """The same as a column of booleans."""
    return np.full(rows, truth, dtype=np.bool_) if isinstance(truth, bool) else truth


def part(truth: Truth, index: Any) -> Truth:
    """The rows that `index` picks."""
    return truth if isinstance(truth, bool) else truth[index]


def code_where(truth: Truth, code: Codes) -> Codes:
    """The code where something holds, 0 elsewhere."""
    if isinstance(truth, bool):
        return code if truth else 0
    if isinstance(code, int) and code == 0:
        return 0
    made: Array = np.where(truth, np.uint8(code) if isinstance(code, int) else code, np.uint8(0))
    return made if made.any() else 0


def first_code(first: Codes, second: Codes) -> Codes:
    """The first code, or the second where the first is none."""
    if isinstance(first, int):
        return first or second
    if isinstance(second, int) and second == 0:
        return first
    second = np.uint8(second) if isinstance(second, int) else second  # type: ignore[assignment]
    made: Array = np.where(first != 0, first, second)
    return made


def has_code(codes: Codes) -> Truth:
    """Where there is a code."""
    return codes != 0 if isinstance(codes, int) else np.not_equal(codes, 0)


def is_code(codes: Codes, code: int) -> Truth:
    """Where the code is this one."""
    return codes == code if isinstance(codes, int) else np.equal(codes, code)


def with_bit(bits: Codes, truth: Truth, code: int) -> Codes:
    """Add a code to sets of codes, where something holds; a set has one bit for each code."""
    if isinstance(truth, bool):
        return bits | (1 << code) if truth else bits
    if not truth.any():
        return bits
    added: Array = np.where(truth, np.int32(1 << code), np.int32(0))
    made: Array = np.bitwise_or(added, np.int32(bits) if isinstance(bits, int) else bits)
    return made


def joined(left: Codes, right: Codes) -> Codes:
    """Both sets of codes together."""
    if isinstance(left, int) and isinstance(right, int):
        return left | right
    if isinstance(left, int):
        return right if left == 0 else joined(right, left)
    return np.bitwise_or(left, np.int32(right) if isinstance(right, int) else right)


def bits_where(truth: Truth, bits: Codes) -> Codes:
    """Sets of codes where something holds, empty sets elsewhere."""
    if isinstance(truth, bool):
        return bits if truth else 0
    if isinstance(bits, int) and bits == 0:
        return 0
    made: Array = np.where(truth, np.int32(bits) if isinstance(bits, int) else bits, np.int32(0))
    return made
