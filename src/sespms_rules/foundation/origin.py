"""Where something comes from, and exact numbers as text: what every stage from text to trace needs of both."""

from __future__ import annotations

from fractions import Fraction

from sespms_rules.foundation.source import NOWHERE, Span
from sespms_rules.foundation.values import Frozen, field


class Origin(Frozen, often=True):
    """The words of the policy that something rests on, and the authority they name."""

    span: Span = field(compare=False, default=NOWHERE)
    authority: str | None = field(default=None)


NO_ORIGIN = Origin()
"""For programs that were not made from a policy."""


def exact(value: Fraction | int) -> str:
    """Return an exact number as text: a decimal where it ends (`4.25`, `400`), else a fraction (`13/3`)."""
    denominator = value.denominator
    if denominator == 1:
        return str(value.numerator)
    rest, places = denominator, 0
    for prime in (2, 5):
        power = 0
        while rest % prime == 0:
            rest //= prime
            power += 1
        places = max(places, power)
    if rest != 1:
        return f"{value.numerator}/{denominator}"
    digits = str(abs(value.numerator) * 10**places // denominator).rjust(places + 1, "0")
    return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"
