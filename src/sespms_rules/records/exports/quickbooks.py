"""Performance awards as journal entries for QuickBooks: IIF for the desktop, CSV for the online program.

An aid for accruals: agencies are paid through their payroll provider. Each award is one entry of two lines, a debit of
the expense and a credit of what is owed, which sum to zero. Accounts are the user's, letter for letter.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Final

from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.values import Frozen
from sespms_rules.records.exports.awards import Award
from sespms_rules.records.exports.texts import as_csv, money, plain_line
from sespms_rules.rosters.files import safe_cell

IIF_ENCODING: Final = "cp1252"
"""What the desktop program reads."""

_TYPE: Final = "GENERAL JOURNAL"
_COLUMNS: Final = ("TRNSTYPE", "DATE", "ACCNT", "AMOUNT", "MEMO", "DOCNUM")
_JOURNAL: Final = ("Journal No", "Journal Date", "Account Name", "Debits", "Credits", "Description", "Name")
_LONGEST_NUMBER: Final = 11


class Accounts(Frozen):
    """The accounts of the user's chart that awards go to, the payee that some accounts need, and the first number."""

    expense: str
    payable: str
    payee: str
    first: int


class _Line(Frozen):
    account: str
    amount: Fraction


class _Posting(Frozen):
    """An entry of the journal: its number, day, words, and lines; a debit is positive."""

    number: str
    day: datetime.date
    words: str
    lines: tuple[_Line, ...]


def _entries(awards: Sequence[Award], accounts: Accounts) -> Iterator[_Posting]:
    """An entry for each award. Raises RequestError for one that does not balance."""
    if accounts.expense == accounts.payable:
        raise RequestError(f"expense and payable are the same account, `{accounts.expense}`")
    for number, award in enumerate(awards, start=accounts.first):
        named = f"SES-{number}"
        if len(named) > _LONGEST_NUMBER:
            raise RequestError(f"the number `{named}` of a journal entry is too long; begin with a smaller one")
        act = f", act {award.number}" if award.number else ""
        lines = (_Line(accounts.expense, award.amount), _Line(accounts.payable, -award.amount))
        entry = _Posting(named, award.day, f"SES performance award {award.executive}{act}", lines)
        if sum(line.amount for line in entry.lines) != 0:
            raise RequestError(f"the journal entry `{named}` does not balance")
        yield entry


def as_iif(awards: Sequence[Award], accounts: Accounts) -> str:
    """The awards as IIF: tabs between cells, a debit positive, each block summing to zero.

    Raises RequestError for an account or a word that would end a cell there.
    """
    for what, text in (("the account of the expense", accounts.expense), ("the account payable", accounts.payable)):
        plain_line(text, what, IIF_ENCODING)
    lines = [("!TRNS", *_COLUMNS), ("!SPL", *_COLUMNS), ("!ENDTRNS",)]
    for entry in _entries(awards, accounts):
        words = plain_line(entry.words, "the memo", IIF_ENCODING)
        for place, line in enumerate(entry.lines):
            day = entry.day.strftime("%m/%d/%Y")
            cells = (_TYPE, day, line.account, money(line.amount), words, entry.number)
            lines.append(("SPL" if place else "TRNS", *cells))
        lines.append(("ENDTRNS",))
    return "".join("\t".join(line) + "\r\n" for line in lines)


def as_journal(awards: Sequence[Award], accounts: Accounts) -> str:
    """The awards as the CSV of a journal for QuickBooks Online; rows with one number are one entry."""
    for what, text in (
        ("the account of the expense", accounts.expense),
        ("the account payable", accounts.payable),
        *((("the payee", accounts.payee),) if accounts.payee else ()),
    ):
        plain_line(text, what, "utf-8")
    return as_csv(_JOURNAL, _rows(_entries(awards, accounts), accounts.payee))


def _rows(entries: Iterable[_Posting], payee: str) -> Iterator[tuple[str, ...]]:
    for entry in entries:
        for line in entry.lines:
            debit, credit = (money(line.amount), "") if line.amount > 0 else ("", money(-line.amount))
            day, words = entry.day.strftime("%m/%d/%Y"), safe_cell(entry.words)
            yield (entry.number, day, line.account, debit, credit, words, payee)
