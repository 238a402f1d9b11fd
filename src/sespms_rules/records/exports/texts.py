"""Texts and sums as other programs read them: one line, no formula, money in dollars and cents."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from fractions import Fraction

from sespms_rules.foundation.request import RequestError

_BEGINS_A_FORMULA = ("=", "+", "-", "@")


def money(amount: Fraction) -> str:
    """A sum in dollars and cents, such as `-15200.00`. Raises RequestError for part of a cent; nothing is rounded."""
    cents = amount * 100
    if cents.denominator != 1:
        raise RequestError(f"`{amount}` is no sum of dollars and cents")
    whole, rest = divmod(abs(cents.numerator), 100)
    return f"{'-' if cents < 0 else ''}{whole}.{rest:02}"


def plain_line(text: str, what: str, encoding: str) -> str:
    """A text that a user gives for a file of another program, as it is.

    Raises RequestError for what would end a cell or a line there, begins a formula, or has no letters in its encoding.
    """
    if not text.strip() or text != text.strip():
        raise RequestError(f"{what} is empty or has blanks around it")
    if any(sign in text for sign in '\t\r\n"\x00') or not text.isprintable():
        raise RequestError(f"{what} holds a tab, a quotation mark or a sign that cannot be printed: `{text!r}`")
    if text.startswith(_BEGINS_A_FORMULA):
        raise RequestError(f"{what} `{text}` begins like a formula; name it otherwise")
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        raise RequestError(f"{what} `{text}` holds letters that the other program cannot read") from None
    return text


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table as CSV; whoever gives a cell has seen to it that no spreadsheet takes it for a formula."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return target.getvalue()
