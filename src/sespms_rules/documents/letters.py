"""An explanation of one rating -> a letter to the executive: the result, its steps, and how near another level is."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator

from sespms_rules.documents.model import Bullets, Document, Heading, Paragraph, Part, Table
from sespms_rules.documents.resting import rests_on
from sespms_rules.documents.spoken import capital
from sespms_rules.documents.tables import ratings_table
from sespms_rules.foundation.origin import exact
from sespms_rules.law.provenance import Provenance
from sespms_rules.program.rating import Appraisal, Asked, Outcome, Refusal, Step
from sespms_rules.reports.rating_json import value_text
from sespms_rules.studies.explanation import Explanation, cited_line

_IN_BACKTICKS = re.compile(r"`([^`]*)`")
_WHAT_IT_IS = (
    "This letter says what the policy makes of the ratings of your elements, step by step. It decides nothing: your"
    " annual rating is the one that you are given by whoever the policy names for it."
)


def letter(told: Explanation, appraisal: Appraisal, provenance: Provenance, day: datetime.date | None) -> Document:
    """The letter; `day` is the one that its reader named, if any."""
    parts = (
        *_opening(told),
        *_ratings(told, appraisal),
        *derivation(told),
        *_near(told),
        *rests_on(provenance, "letter"),
    )
    as_of = f", as of {day}" if day else ""
    return Document("How your rating comes about", f"{told.policy}: {told.rating.id}{as_of}", parts, day)


def _opening(told: Explanation) -> Iterator[Part]:
    rating = told.rating
    yield Heading(1, "The result")
    yield Paragraph(_WHAT_IT_IS)
    if rating.outcome is Outcome.REFUSED:
        yield Paragraph("Your appraisal cannot be rated as it stands. No rating is assumed in its place.", marked=True)
        yield refusals(rating.refused)
        return
    rows = [("Score", "no score" if rating.score is None else exact(rating.score))]
    rows.append(("Level", str(rating.level) if rating.level is not None else "no level"))
    rows += [("Term", rating.term)] if rating.term else []
    rows += [(name, value_text(value)) for name, value in rating.reported]
    yield Table("Your summary rating as the policy derives it", ("What", "Result"), tuple(rows))
    if rating.asked:
        yield Paragraph("Questions that a reviewer has to answer:")
        yield Bullets(tuple(map(question, rating.asked)))


def _ratings(told: Explanation, appraisal: Appraisal) -> Iterator[Part]:
    yield Heading(1, "The ratings it rests on")
    yield ratings_table(f"Ratings of {told.rating.id}", appraisal)


def derivation(told: Explanation) -> Iterator[Part]:
    """Every step with its number, and the line of the policy it rests on."""
    if not told.steps:
        return
    yield Heading(1, "How it was derived")
    rows = [row for place, each in enumerate(told.steps, 1) for row in _rows(each, str(place))]
    yield Table("The steps, in order", ("Step", "What was done", "Line of the policy"), tuple(rows))


def _rows(step: Step, number: str) -> Iterator[tuple[str, ...]]:
    yield number, capital(plain(step.says)), cited_line(step) or "none of its own"
    for place, inner in enumerate(step.steps, 1):
        yield from _rows(inner, f"{number}.{place}")


def _near(told: Explanation) -> Iterator[Part]:
    yield Heading(1, "How near another level is")
    for paragraph in told.near():
        ways = tuple(capital(plain(each.removeprefix("- "))) for each in paragraph if each.startswith("- "))
        said = [capital(plain(each)) for each in paragraph if not each.startswith("- ")]
        yield from map(Paragraph, said[:1])
        yield from [Bullets(ways)] if ways else []
        yield from map(Paragraph, said[1:])


def refusals(refused: Iterable[Refusal]) -> Bullets:
    """Why an appraisal cannot be rated, a line for each reason."""
    return Bullets(tuple(f"{plain(each.message)} ({each.code})" for each in refused))


def question(asked: Asked) -> str:
    """A question for the reviewer, and why it is asked."""
    return f"{' '.join(asked.text.split())} (asked because {plain(asked.reason)})"


def plain(text: str) -> str:
    """Words of a message with what stood in backticks in quotation marks."""
    return _IN_BACKTICKS.sub("“\\1”", " ".join(text.split()))
