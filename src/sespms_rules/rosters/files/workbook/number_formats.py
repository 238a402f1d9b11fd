"""What a sheet shows of a cell by its number format (ECMA-376, part 1, 18.8.31), where that is not what it holds.

A format is up to four sections: of numbers above zero, below zero, of zero, and of texts. Formats of days are not read
here. What is not sure to show the value counts as showing something else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final

from sespms_rules.foundation.patterns import late

__all__ = ["instead_of_number", "instead_of_text", "shows_shares"]

_TOKEN = late(r'"[^"]*"?|\\.?|_.?|\*.?|\[[^\]]*\]|General|E[+-]|.', re.DOTALL | re.IGNORECASE)
_CONDITION = late(r"\[(<=|>=|<>|<|>|=)(-?[0-9]+(?:\.[0-9]+)?)\]")
_CURRENCY = late(r"\[\$([^\]-]*)(-[^\]]*)?\]")
_LONGEST: Final = 255
"""Characters of a number format; a spreadsheet holds no more."""
_AS_IT_IS = ("General", "@", "")
_PLACES = frozenset("0#?")
_AROUND: Final = " \u00a0$€£¥+"
"""What may stand around a number and leave it the number it is."""
_EXACT = Context(prec=1_000, rounding=ROUND_HALF_UP)
_COMPARED = {
    "<": Decimal.__lt__, "<=": Decimal.__le__, "=": Decimal.__eq__,
    ">": Decimal.__gt__, ">=": Decimal.__ge__, "<>": Decimal.__ne__,
}  # fmt: skip

_Sections = tuple[tuple[str, ...], ...]


@lru_cache(maxsize=4096)
def instead_of_number(value: Decimal, code: str) -> str:
    """What a sheet does with a number of this format, as `shows ...`; empty where it shows the number itself."""
    if code in _AS_IT_IS:
        return ""
    otherwise = f"is shown in another way, by the format `{code[:_LONGEST]}`"
    sections = _sections(code)
    chosen = _section(sections, value) if len(code) <= _LONGEST else None
    if chosen is None:
        return otherwise
    section, number = chosen
    if any(token[0] in "0#?" for token in section) and any(token.upper() in ("E+", "E-", "/") for token in section):
        return "" if _is_kept(section, number) else otherwise
    shown = _shown(section, number)
    if shown is None:
        return otherwise
    return "" if _read(shown) == value else _shows(shown)


def instead_of_text(text: str, code: str) -> str:
    """What a sheet does with a text of this format, as `shows ...`; empty where it shows the text itself."""
    if '"' not in code and ";" not in code and "@" not in code:
        return ""
    sections = _sections(code)
    of_text = sections[3] if len(sections) > 3 else next((each for each in sections if "@" in each), None)
    if of_text is None or not text.strip():
        return ""
    shown = "".join(text if token == "@" else _literal(token) for token in of_text)  # noqa: S105 - a sign of a format
    return "" if shown.strip() == text.strip() else _shows(shown)


def shows_shares(code: str) -> bool:
    """Whether a number is shown a hundred times as large, with a percent sign."""
    return "%" in _TOKEN.findall(code)


def _shows(shown: str) -> str:
    return f"shows `{shown.strip()}`" if shown.strip() else "shows nothing"


@lru_cache(maxsize=256)
def _sections(code: str) -> _Sections:
    """The tokens of each section."""
    found: list[list[str]] = [[]]
    for token in _TOKEN.findall(code):
        if token == ";":  # noqa: S105
            found.append([])
        else:
            found[-1].append(token)
    return tuple(map(tuple, found))


def _section(sections: _Sections, value: Decimal) -> tuple[Sequence[str], Decimal] | None:
    """The section by which a number is shown, and what of the number it shows; None where that is not sure."""
    conditions = [_condition(each) for each in sections]
    if any(conditions):
        if value < 0:
            return None
        for section, condition in zip(sections, conditions, strict=True):
            if condition is None or _COMPARED[condition[0]](value, condition[1]):
                return section, value
        return None
    if len(sections) > 2 and value == 0:
        return sections[2], value
    if len(sections) > 1 and value < 0:
        return sections[1], -value
    return sections[0], value


def _condition(section: Sequence[str]) -> tuple[str, Decimal] | None:
    found = next(filter(None, map(_CONDITION.fullmatch, section)), None)
    return (found[1], Decimal(found[2])) if found else None


def _literal(token: str) -> str:
    """The text that stands in a section as it is."""
    match token[0]:
        case '"':
            return token.strip('"')
        case "\\":
            return token[1:]
        case "_":
            return " "
        case "*":
            return ""
        case "[":
            return found[1] if (found := _CURRENCY.fullmatch(token)) else ""
    return token


def _shown(section: Sequence[str], number: Decimal) -> str | None:
    """The text that a section shows of a number; None where it is not one of plain digits and words around them."""
    places = [at for at, token in enumerate(section) if token in _PLACES]
    if any(token.casefold() == "general" for token in section):
        if places:
            return None
        return "".join(f"{number:f}" if token.casefold() == "general" else _literal(token) for token in section)
    if not places:
        sign = "-" if number < 0 and section else ""
        whole = f"{abs(number):f}"
        return sign + "".join(whole if token == "@" else _literal(token) for token in section)  # noqa: S105
    first, last = places[0], places[-1]
    if not _PLACES.union(".,").issuperset(section[first : last + 1]):
        return None
    before = section[: first - 1] if first and section[first - 1] == "." else section[:first]
    end = next((at for at in range(last + 1, len(section)) if section[at] not in (".", ",")), len(section))
    digits, after = section[len(before) : end], section[end:]
    if digits.count(".") > 1:
        return None
    scaled = number.scaleb(2 * section.count("%"), _EXACT)
    shown = _digits("".join(digits), abs(scaled))
    sign = "-" if number < 0 else ""
    return f"{sign}{''.join(map(_literal, before))}{shown}{''.join(map(_literal, after))}"


def _digits(pattern: str, number: Decimal) -> str:
    """A number of no sign by places for digits, with a point and without the commas that only group."""
    whole, _, part = pattern.partition(".")
    thousands = len(whole) - len(whole.rstrip(","))
    part = part.rstrip(",")
    rounded = number.scaleb(-3 * thousands, _EXACT).quantize(Decimal(1).scaleb(-len(part)), context=_EXACT)
    left, _, right = f"{rounded:f}".partition(".")
    left = left.lstrip("0").rjust(whole.count("0"), "0")
    while right and part[len(right) - 1] != "0" and right.endswith("0"):
        right = right[:-1]
    return f"{left}.{right}" if right else left


def _read(shown: str) -> Decimal | None:
    """The number that a person reads in what is shown; None where words or nothing stand there."""
    text = shown.strip(_AROUND)
    negative = text.startswith("-") or (text.startswith("(") and text.endswith(")"))
    text = (text[1:] if text.startswith("-") else text[1:-1] if negative else text).strip(_AROUND)
    share = text.endswith("%")
    text = text.removesuffix("%").strip(_AROUND)
    if not re.fullmatch(r"[0-9]+(?:\.[0-9]+)?|\.[0-9]+", text, re.ASCII):
        return None
    number = Decimal(text).scaleb(-2 if share else 0, _EXACT)
    return -number if negative else number


def _is_kept(section: Sequence[str], number: Decimal) -> bool:
    """Whether a section of powers of ten or of fractions shows every digit of a number, and nothing beside it."""
    plain = [token for token in section if not (token[0] in "_*[" or token.isspace())]
    if any(
        token not in _PLACES and token.upper() not in (".", "/", "E+", "E-") and not token.isdecimal()
        for token in plain
    ):
        return False
    power = next((at for at, token in enumerate(plain) if token.upper() in ("E+", "E-")), None)
    if power is not None:
        mantissa = plain[:power]
        digits = len(mantissa) - mantissa.index(".") if "." in mantissa else 1
        return len(number.normalize().as_tuple().digits) <= digits
    below = "".join(plain[plain.index("/") + 1 :])
    exact = Fraction(number)
    if below.isdecimal() and below.strip("0"):
        return (exact * int(below)).denominator == 1
    return len(str(exact.denominator)) <= len(below)
