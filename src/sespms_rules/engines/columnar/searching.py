"""Long tables in columns: what each key gives is written down once, and looked up by the key."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from sespms_rules.engines.columnar.masks import Codes
from sespms_rules.engines.columnar.values import Value, type_for
from sespms_rules.foundation.interval import Interval

_FEW = 8
"""So many rows are as well chosen one after another."""

_WIDEST = 1 << 20
"""Keys of more different numerators than this are chosen so, too."""


def searched(key: Value, reaches: Sequence[Interval], results: Sequence[Value], otherwise: Value) -> Value | None:
    """What the first range that holds the key gives, else `otherwise`; None where it is not looked up here.

    Looked up are keys over one denominator, in tables whose results are over one denominator.
    """
    ends = [*results, otherwise]
    under = results[0].denominator if results else 1
    if len(results) <= _FEW or isinstance(key.numerator, int) or not isinstance(key.denominator, int):
        return None
    if key.high - key.low >= _WIDEST or not isinstance(under, int):
        return None
    tops = [each.numerator for each in ends]
    if any(not isinstance(each, int) for each in tops) or any(each.denominator != under for each in results):
        return None
    if otherwise.denominator != under and otherwise.numerator != 0:
        return None
    rows = _rows_of(key, key.denominator, reaches)
    places = key.numerator.astype(np.int64) - key.low
    whole = [int(each) for each in tops if isinstance(each, int)]
    low, high = min(whole), max(whole)
    found = np.array(whole, dtype=type_for(low, high))[rows][places]
    word = None
    if any(each.word is not None for each in ends):
        words = [-1 if each.word is None else each.word for each in ends]
        word = np.array(words, dtype=np.int32)[rows][places]
    failed: Codes = 0
    if isinstance(otherwise.failed, int) and otherwise.failed and (rows == len(results)).any():
        failed = (rows == len(results)).astype(np.uint8)[places] * np.uint8(otherwise.failed)
    return Value(found, under, (low, high, under), failed, word)


def _rows_of(key: Value, under: int, reaches: Sequence[Interval]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The row for each numerator that the key may have, from its lowest on; behind the last where none holds it."""
    rows = np.full(key.high - key.low + 1, len(reaches), dtype=np.int64)
    for place in range(len(reaches) - 1, -1, -1):
        first, last = _numerators(reaches[place], under, key)
        if first <= last:
            rows[first - key.low : last - key.low + 1] = place
    return rows


def _numerators(reach: Interval, under: int, key: Value) -> tuple[int, int]:
    """The first and the last numerator over `under` that lies in a range, of those that the key may have."""
    first, last = key.low, key.high
    if reach.low is not None:
        edge = Fraction(reach.low) * under
        first = max(first, -(-edge // 1) if reach.low_in else edge // 1 + 1)
    if reach.high is not None:
        edge = Fraction(reach.high) * under
        last = min(last, edge // 1 if reach.high_in else -(-edge // 1) - 1)
    return first, last
