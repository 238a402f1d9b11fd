"""The board book: what a performance review board has before it, and where it writes down what it recommends.

Each executive has a page: the ratings, what the policy derives from them or why nothing is derived, and places for the
recommendation. The derived level stands beside what the board recommends and is never put in its place.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence

from sespms_rules.documents.agreements import Executive
from sespms_rules.documents.letters import question, refusals
from sespms_rules.documents.model import Blank, Bullets, Document, Form, Heading, Paragraph, Part, Table
from sespms_rules.documents.resting import rests_on
from sespms_rules.documents.spoken import capital, spoken
from sespms_rules.documents.tables import NOT_STATED, ratings_table
from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.model import System
from sespms_rules.language.syntax.words import PartKind
from sespms_rules.law.provenance import Provenance
from sespms_rules.program.rating import Appraisal, Rating, Refusal
from sespms_rules.reports.rating_json import value_text

MOST_EXECUTIVES = 1_000
"""How many executives a book has room for: beyond it nobody reads it, and a roster is rated as a table."""


class Considered(Frozen):
    """An executive before the board; `rating` is None where the row holds no appraisal, and `refused` says why."""

    executive: Executive
    rating: Rating | None
    refused: tuple[Refusal, ...]


class BeforeTheBoard(Frozen):
    """The executives of a roster in its order, and what was told of it in sentences: rows and columns left out."""

    executives: tuple[Considered, ...]
    told: tuple[str, ...]


def board_book(
    system: System, before: BeforeTheBoard, provenance: Provenance, day: datetime.date | None = None
) -> Document:
    """The book for the executives of a roster."""
    parts = (
        *_rules(system),
        *_summary(before.executives),
        *_told(before.told),
        *(part for each in before.executives for part in _one(each)),
        *rests_on(provenance, "book"),
    )
    return Document("Board book", system.name + (f", as of {day}" if day else ""), parts, day)


def _rules(system: System) -> Iterator[Part]:
    yield Heading(1, "What the system says of the board")
    part = system.part(PartKind.BOARD)
    if part is None:
        yield Paragraph("The system says nothing of its board.", marked=True)
        return
    yield Bullets(tuple(spoken(part, each) for each in part.sentences))


def _summary(considered: Sequence[Considered]) -> Iterator[Part]:
    yield Heading(1, "The executives")
    reported = tuple(dict.fromkeys(name for each in considered for name, _ in _reported(each)))
    rows = tuple(_row(each, reported) for each in considered)
    headings = ("Executive", "Appointment", "Score", "Derived level", "Term", *map(capital, reported))
    yield Table("Each executive with what the policy derives", headings, rows)
    counts = Counter(row[3] for row in rows)
    counted = tuple((level, str(counts[level])) for level in sorted(counts, reverse=True))
    yield Table("How many executives have each level", ("Derived level", "Executives"), counted)


def _told(told: Sequence[str]) -> Iterator[Part]:
    """What whoever decides by the book must know of the roster that it was made of."""
    if told:
        yield Heading(1, "What was told of the roster")
        yield Bullets(tuple(told))


def _row(each: Considered, reported: tuple[str, ...]) -> tuple[str, ...]:
    values = dict(_reported(each))
    more = (values.get(name, "none") for name in reported)
    return each.executive.id, each.executive.appointment or NOT_STATED, *_result(each), *more


def _reported(each: Considered) -> tuple[tuple[str, str], ...]:
    """The values that the policy reports beside the level."""
    return tuple((name, value_text(value)) for name, value in each.rating.reported) if each.rating else ()


def _result(each: Considered) -> tuple[str, str, str]:
    """Score, level and term, or that there is none."""
    rating = each.rating
    if rating is None or rating.refused:
        return "none", "refused", "none"
    level = f"level {rating.level}" if rating.level is not None else "no level"
    return "none" if rating.score is None else exact(rating.score), level, rating.term or "none"


def _one(each: Considered) -> Iterator[Part]:
    executive = each.executive
    yield Heading(1, f"Executive {executive.id}")
    known = (("Appointment", executive.appointment), ("Organization", executive.unit))
    yield Table("From the roster", ("What", "Value"), tuple((name, value or NOT_STATED) for name, value in known))
    if executive.elements:
        yield ratings_table("The ratings", Appraisal(executive.id, executive.elements, facts=executive.facts))
    refused = (*each.refused, *(each.rating.refused if each.rating else ()))
    if refused:
        yield Paragraph("This appraisal cannot be rated as it stands; no level is assumed.", marked=True)
        yield refusals(refused)
    else:
        score, level, term = _result(each)
        derived = (("Score", score), ("Level", level), ("Term", term), *_reported(each))
        yield Table("What the policy derives", ("What", "Result"), derived)
    if each.rating and each.rating.asked:
        yield Bullets(tuple(f"Question for the reviewer: {question(one)}" for one in each.rating.asked))
    asked = (Blank("Recommended level"), Blank("Written reasons", 4), Blank("Chair: signature"), Blank("Date"))
    yield Form("What the board recommends", asked)
