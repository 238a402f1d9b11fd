"""Numbers of a roster: text -> exact fraction, or why not and what to write."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.patterns import late
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.rosters.files.blanks import trimmed

_PLAIN = late(r"[+-]?[0-9]+(?:\.[0-9]+)?", re.ASCII)
_EXPONENT = late(r"[+-]?[0-9]*\.?[0-9]+[eE][+-]?[0-9]{1,2}", re.ASCII)
_THOUSANDS = late(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", re.ASCII)
_COMMA = late(r"[+-]?[0-9]+,[0-9]+", re.ASCII)
_OPEN_POINT = late(r"[+-]?(?:[0-9]+\.|\.[0-9]+)", re.ASCII)
_DIVISION = late(r"([+-]?[0-9]+) */ *([0-9]*[1-9][0-9]*)", re.ASCII)
_LONGEST = 40
FORMULA = "="
"""Begins a cell that holds a formula and no result."""

ANY_NUMBER = "write a number such as `4` or `12.5`"
"""What is said where nothing tells which number was meant."""

NEARLY = "\N{ALMOST EQUAL TO}"
"""Begins a number that a file holds only nearly."""

_MINUS = str.maketrans({"\N{MINUS SIGN}": "-", "\N{EN DASH}": "-", "\N{NO-BREAK SPACE}": " "})


class NumberFault(Frozen):
    """Why a text is not read as a number, and what to do."""

    says: str
    help: str = field(default="")


def read_number(text: str) -> Fraction | NumberFault:
    """Read a number written out in plain digits, exactly; `4.0` is 4. Blanks around it do not matter."""
    if len(text) > _LONGEST and len(text := trimmed(text)) > _LONGEST:
        return NumberFault(f"`{text[:20]}…` has {len(text)} characters, too many for a number", "write fewer digits")
    return _read(text)


@lru_cache(maxsize=8192)
def _read(text: str) -> Fraction | NumberFault:
    """The same of a text that is not too long."""
    text = trimmed(text)
    if _PLAIN.fullmatch(text):
        return Fraction(text)
    if text.startswith(FORMULA):
        says = f"`{text}` is a formula whose result the file does not hold"
        return NumberFault(says, "open the file in a spreadsheet program, let it compute, and save it again")
    if text.startswith(NEARLY):
        says = f"`{text.removeprefix(NEARLY)}` is the result of a computation and may stand only near the number meant"
        return NumberFault(says, "round it where it was computed (in a sheet, `=ROUND(A1, 2)`), or type the number")
    return NumberFault(f"`{text}` is not a number written in plain digits", _cure(text))


def share_of_a_whole(text: str) -> Fraction | None:
    """The share that a text names as a percentage or as a division (`25%`, `1/4`); None for any other text."""
    tidy = trimmed(text).translate(_MINUS)
    if division := _DIVISION.fullmatch(tidy):
        return Fraction(int(division[1]), int(division[2]))
    number = tidy.removesuffix("%").rstrip()
    number = number.replace(",", ".") if _COMMA.fullmatch(number) and not _THOUSANDS.fullmatch(number) else number
    return Fraction(number) / 100 if tidy.endswith("%") and _PLAIN.fullmatch(number) else None


def _cure(text: str) -> str:
    """What to write instead, where it can be told."""
    tidy = text.translate(_MINUS)
    if tidy.startswith("#"):
        return "mend the formula that ends in this error"
    if (share := share_of_a_whole(text)) is not None and tidy.endswith("%"):
        return f"write `{exact(share * 100)}`, or `{exact(share)}` where the whole counts as 1"
    if tidy.endswith("%"):
        tidy = tidy[:-1].rstrip()
    if all(character.isdecimal() or character in "+-.," for character in tidy):
        tidy = "".join(str(unicodedata.decimal(each, each)) for each in tidy)
    if _THOUSANDS.fullmatch(tidy):
        whole = tidy.replace(",", "")
        other = f", or `{tidy.replace(',', '.')}` if the comma is a decimal point" if tidy.count(",") == 1 else ""
        return f"write `{whole}`{other if '.' not in tidy else ''}"
    if _COMMA.fullmatch(tidy):
        return f"write `{tidy.replace(',', '.')}`"
    if _EXPONENT.fullmatch(tidy):
        return f"write `{Decimal(tidy):f}`"
    if _OPEN_POINT.fullmatch(tidy):
        return f"write `{exact(Fraction(tidy))}`"
    if division := _DIVISION.fullmatch(tidy):
        value = Fraction(int(division[1]), int(division[2]))
        return f"write `{exact(value)}`" if "/" not in exact(value) else "write a decimal number"
    if _PLAIN.fullmatch(tidy):
        return f"write `{tidy}`"
    return ANY_NUMBER
