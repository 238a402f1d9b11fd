"""Ratings, and what a report rests on, as sheets of a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from sespms_rules.foundation.version import version
from sespms_rules.law.provenance import Provenance
from sespms_rules.reports.findings import file_name
from sespms_rules.reports.provenance import rows as texts_of
from sespms_rules.reports.rating_json import asked_words
from sespms_rules.reports.ratings import RatedRow, as_data
from sespms_rules.reports.workbook import Cell, Sheet

_HEADINGS = ("id", "outcome", "score", "level", "term", "refused", "reasons")


def ratings_sheet(
    rows: Iterable[RatedRow], reported: Sequence[str], *, questions: bool = False, apart: Sequence[str] = ()
) -> Sheet:
    """Ratings as the columns of the CSV, a row each in their order; scores are numbers where a workbook keeps them."""
    headings = (*_HEADINGS, *(["questions"] if questions else []), *reported, *apart)
    made = ((*_cells(each, reported, questions), *(each.groups or [None] * len(apart))) for each in rows)
    return Sheet("Ratings", headings, made)


def _cells(row: RatedRow, reported: Sequence[str], questions: bool) -> Iterator[Cell]:
    data = as_data(row)
    yield data["id"]
    yield data["outcome"]
    yield None if data["score"] is None else Fraction(data["score"])
    yield data["level"]
    yield data["term"]
    yield " ".join(data["refused"])
    yield data["withheld"] or "; ".join(each["message"] for each in data["reasons"])
    if questions:
        yield "; ".join(asked_words(each) for each in data["questions"])
    values = dict(row.rating.reported) if row.rating is not None and not row.rating.refused else {}
    yield from (values.get(name) for name in reported)


def provenance_sheet(provenance: Provenance) -> Sheet:
    """What a report rests on: the version, each file (without its folders) and edition with its digest."""
    files = len(provenance.files)
    rows: list[tuple[Cell, ...]] = [(f"sespms {version()}", "")]
    for place, (what, read) in enumerate(texts_of(provenance)):
        rows.append((file_name(what) if place < files else what, read.sha256))
    return Sheet("What this rests on", ("text", "SHA-256"), rows)
