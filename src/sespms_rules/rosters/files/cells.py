"""Texts as cells of a table that a spreadsheet opens without running or changing anything."""

from __future__ import annotations

from sespms_rules.foundation.patterns import late

_STARTS_A_FORMULA = late("(^|[;|\t\r\n])([ \u00a0]*[=+\\-@\uff1d\uff0b\uff0d\uff20])")
_PLAIN = late("[A-Za-z0-9][A-Za-z0-9 ._-]*")
"""What nearly every text is, and what no spreadsheet makes anything of."""


def safe_cell(text: str) -> str:
    """Return a text cell of which no spreadsheet makes a formula, nor of a fraction such as `13/3` a day."""
    if _PLAIN.fullmatch(text):
        return text
    if "/" in text and text.replace("/", "").isdecimal():
        return f"'{text}"
    if text.isalnum():
        return text
    text = _STARTS_A_FORMULA.sub(r"\1'\2", text)
    if text.startswith(("\t", "\r")):
        text = f"'{text}"
    return text if text.isprintable() else text.encode("utf-8", "replace").decode("utf-8")


def number_cell(text: str | None) -> str:
    """A number as it is, also below zero; anything else as a safe text."""
    if text is None:
        return ""
    return text if text.removeprefix("-").replace(".", "", 1).isdecimal() else safe_cell(text)
