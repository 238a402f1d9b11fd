"""Ratings as rows of a table, and as CSV that a spreadsheet opens without running or changing anything."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from typing import Any, TextIO

from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.program.rating import Outcome, Rating, Refusal

WITHHELD = "withheld"
"""The outcome of a row whose rating two engines disagree on."""

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class RatedRow(Frozen, often=True):
    """One row of a roster with what became of it.

    Either `rating` is set, or `refused` says why the row could not be read, or `withheld` why two engines
    disagree on it. `number` is the row's (or record's) number in the roster.
    """

    number: int
    id: str
    rating: Rating | None = field(default=None)
    refused: tuple[Refusal, ...] = field(default=())
    withheld: str = field(default="")

    @property
    def outcome(self) -> str:
        """`rated`, `not rated`, `refused` or `withheld`."""
        if self.rating is not None:
            return self.rating.outcome.value
        return WITHHELD if self.withheld else "refused"

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """Why it is refused, by the reader of the roster or by the engine."""
        return self.rating.refused if self.rating is not None else self.refused


def as_data(row: RatedRow) -> dict[str, Any]:
    """One row for a JSON document; scores and other numbers are exact text."""
    rating = row.rating
    # How far a refused derivation came is no result.
    shown = rating if rating is not None and rating.outcome is not Outcome.REFUSED else None
    return {
        "id": row.id,
        "row": row.number,
        "outcome": row.outcome,
        "score": None if shown is None or shown.score is None else exact(shown.score),
        "level": shown.level if shown else None,
        "term": shown.term if shown else None,
        "refused": [refusal.code for refusal in row.refusals],
        "reasons": [
            {"code": each.code, "name": each.name, "message": each.message, "help": each.help, "about": each.about}
            for each in row.refusals
        ],
        "withheld": row.withheld or None,
        "reported": {
            name: value if isinstance(value, str) else exact(value) for name, value in (shown.reported if shown else ())
        },
    }


def safe_cell(text: str) -> str:
    """Return a text cell that no spreadsheet takes for a formula, nor a fraction such as `13/3` for a day."""
    if text.startswith(_STARTS_A_FORMULA) or ("/" in text and text.replace("/", "").isdecimal()):
        return f"'{text}"
    return text


def write_csv(rows: Iterable[RatedRow], reported: tuple[str, ...], file: TextIO) -> None:
    """Write ratings as CSV, a row each in their order, with a column for each name in `reported`."""
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(["id", "outcome", "score", "level", "term", "refused", "reasons", *map(safe_cell, reported)])
    ends = lru_cache(maxsize=65_536)(partial(_end, reported))
    for row in rows:
        rating = row.rating
        if rating is None or rating.refused:
            writer.writerow(_cells(as_data(row), reported))
        else:
            found = ends(rating.outcome.value, rating.score, rating.level, rating.term, rating.reported)
            writer.writerow((safe_cell(row.id), *found))


def _end(reported: tuple[str, ...], *found: Any) -> tuple[str, ...]:
    """The cells behind the id of a row that was not refused: a million rows hold few different ones."""
    outcome, score, level, term, values = found
    rating = Rating("", Outcome(outcome), score, level, term, reported=values)
    return tuple(_cells(as_data(RatedRow(0, "", rating)), reported))[1:]


def _cells(data: dict[str, Any], reported: tuple[str, ...]) -> Iterator[str]:
    yield safe_cell(data["id"])
    yield data["outcome"]
    yield _number(data["score"])
    yield "" if data["level"] is None else str(data["level"])
    yield safe_cell(data["term"] or "")
    yield " ".join(data["refused"])
    yield safe_cell(data["withheld"] or "; ".join(each["message"] for each in data["reasons"]))
    for name in reported:
        value = data["reported"].get(name)
        yield _number(value)


def _number(text: str | None) -> str:
    """A number as it is, also below zero; anything else as a safe text."""
    if text is None:
        return ""
    return text if text.removeprefix("-").replace(".", "", 1).isdecimal() else safe_cell(text)
