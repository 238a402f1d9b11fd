"""The awards of one executive in a year as TXF V042, the last published form that TurboTax for the desktop read.

A worksheet and no W-2: TXF has no code for most of its boxes. The award stands in box 1 of the payroll's W-2 already,
so that importing both counts it twice; the command says so. Codes: the TXF specification V042 of 2011-11-30.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.values import Frozen
from sespms_rules.foundation.version import version
from sespms_rules.records.exports.awards import Award
from sespms_rules.records.exports.texts import money, plain_line

TXF_ENCODING: Final = "ascii"
_SALARY, _PAYER = 460, 466
_WITHHELD: Final = {"federal": 461, "social security": 462, "medicare": 480, "state": 464}


class Withheld(Frozen):
    """What was withheld from the awards, as the user states it; None for what is not stated."""

    federal: Fraction | None
    social_security: Fraction | None
    medicare: Fraction | None
    state: Fraction | None


def as_txf(awards: Sequence[Award], payer: str, withheld: Withheld, day: datetime.date) -> str:
    """The file: income positive, what was withheld negative, the payer last.

    Raises RequestError where there is no award, or more is withheld than was awarded.
    """
    if not awards:
        raise RequestError(
            "no performance award is on record for that executive in that year, so there is no worksheet"
        )
    total = sum((each.amount for each in awards), Fraction(0))
    taken = {name: getattr(withheld, name.replace(" ", "_")) for name in _WITHHELD}
    if sum((each or Fraction(0) for each in taken.values()), Fraction(0)) > total:
        raise RequestError(f"more would be withheld than the {money(total)} that was awarded")
    lines = [*_header(day), *_record(_SALARY, f"${money(total)}")]
    for name, code in _WITHHELD.items():
        if taken[name] is not None:
            lines += _record(code, f"${money(-taken[name])}")
    lines += _record(_PAYER, f"P{plain_line(payer, 'the payer', TXF_ENCODING)}")
    return "".join(f"{line}\r\n" for line in lines)


def _header(day: datetime.date) -> Iterator[str]:
    yield from ("V042", f"Asespms_rules {version()}", f"D{day.strftime('%m/%d/%Y')}", "^")


def _record(code: int, value: str) -> Iterator[str]:
    """A summary record: its code, the first copy, the first line, and its value."""
    yield from ("TS", f"N{code}", "C1", "L1", value, "^")
