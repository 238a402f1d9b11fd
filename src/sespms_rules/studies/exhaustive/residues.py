"""Arrays of whole numbers of any size, held as what they leave after division: exact however many appraisals there are.

A number below the product of moduli that have no common divisor is known by its remainders (the Chinese remainder
theorem). Where 64 bits hold all numbers, they are held as they are.
"""

from __future__ import annotations

from math import gcd, prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

_LARGEST = 1 << 50
_MOST_ADDED = 1 << 12
"""So many numbers below the largest modulus may be added up before 64 bits might not hold the sum."""


class Residues:
    """Numbers up to `bound`; arrays have one more axis in front, for the remainders."""

    def __init__(self, bound: int) -> None:
        self._moduli = () if bound < 1 << 62 else _moduli(bound)
        self._added = 0

    @property
    def size(self) -> int:
        """How many numbers are held for each."""
        return max(1, len(self._moduli))

    def zeros(self, shape: tuple[int, ...]) -> Array:
        """An array of zeros."""
        return np.zeros((self.size, *shape), dtype=np.int64)

    def added(self, array: Array) -> None:
        """Take note that an array was added to this one, and keep it small enough."""
        self._added += 1
        if self._added >= _MOST_ADDED:
            self.reduced(array)

    def reduced(self, array: Array) -> Array:
        """The same array, each remainder below its modulus again."""
        self._added = 0
        for row, modulus in zip(array, self._moduli, strict=False):
            row %= modulus
        return array

    def anywhere(self, array: Array) -> Array:
        """Where a number is not 0."""
        found: Array = (array != 0).any(axis=0)
        return found

    def whole(self, array: Array, places: Array) -> list[int]:
        """The numbers at some places, as Python's."""
        picked = [row[tuple(places.T)].tolist() for row in array]
        if not self._moduli:
            return list(picked[0])
        product = prod(self._moduli)
        parts = [product // each for each in self._moduli]
        factors = [part * pow(part, -1, each) for part, each in zip(parts, self._moduli, strict=True)]
        return [
            sum(one * factor for one, factor in zip(row, factors, strict=True)) % product
            for row in zip(*picked, strict=True)
        ]


def _moduli(bound: int) -> tuple[int, ...]:
    """Moduli without common divisors whose product is above a number."""
    found: list[int] = []
    candidate = _LARGEST
    while prod(found) <= bound:
        if all(gcd(candidate, each) == 1 for each in found):
            found.append(candidate)
        candidate -= 1
    return tuple(found)
