"""Exact numbers -> the one way they are written, in pictures and in tables alike."""

from __future__ import annotations

from fractions import Fraction

from sespms_rules.foundation.origin import exact

NOTHING = "–"
"""What stands where there is no number: a share of nobody, a cell that is not shown."""


def count_text(count: int | None) -> str:
    """A count with its thousands parted, `3,464`; None is a cell that is not shown."""
    return NOTHING if count is None else f"{count:,}"


def share_text(part: int | None, whole: int | None) -> str:
    """A share in hundredths to one decimal, a half rounded up: `51.7 %`; a dash where it is a share of nobody."""
    if part is None or not whole:
        return NOTHING
    tenths = (2000 * part + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10} %"


def both_text(part: int | None, whole: int | None) -> str:
    """A count with its share: `3,464 (51.7 %)`."""
    return f"{count_text(part)} ({share_text(part, whole)})" if part is not None and whole else count_text(part)


def number_text(number: Fraction | int) -> str:
    """Any exact number: `474.5`, `1,000`, `13/3`."""
    return f"{int(number):,}" if number.denominator == 1 else exact(number)


def scaled(number: Fraction | int, largest: Fraction | int, length: int) -> int:
    """How long `number` is drawn where `largest` is `length` long; something is never drawn as nothing."""
    if not number or not largest:
        return 0
    return max(1, int(Fraction(number) * length / Fraction(largest)))


def ticks(largest: int, most: int = 5) -> list[int]:
    """Round numbers from 0 up, the last at least `largest`, at most `most` of them beside 0."""
    step, factors = 1, (2, 5, 10)
    while step * most < largest:
        power = 10 ** (len(str(step)) - 1)
        step = next(power * each for each in factors if power * each > step)
    return list(range(0, max(step, -(-largest // step) * step) + 1, step))
