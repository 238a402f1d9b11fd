"""How a rating came about on record -> a document to the executive: each act, the ratings, the formula, the law."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.cli.cycle_reports import finding_as_text, open_as_text
from sespms_rules.cli.history_reports import by_whom, cited_by, details, plan_cells, rated, run_said, where
from sespms_rules.documents import (
    Bullets,
    Document,
    Heading,
    Paragraph,
    Part,
    Table,
    capital,
    derivation,
    plain,
    rests_on,
)
from sespms_rules.law.provenance import Provenance
from sespms_rules.studies.rating_history import RatingHistory, StepOnRecord

_WHAT_IT_IS = (
    "This letter says what is on record of your appraisal, act by act, and what the policy makes of the ratings of your"
    " elements. It decides nothing and changes no record: where an act was wrong, a later one corrects it, and both"
    " stand here."
)


def as_letter(told: RatingHistory, provenance: Provenance) -> Document:
    """The letter; its day is the one that the records are told as of."""
    start, end = told.year.period
    parts = (
        Heading(1, "What this letter is"),
        Paragraph(_WHAT_IT_IS),
        *_acts(told),
        *_elements(told),
        *_formula(told),
        *_open(told),
        *rests_on(provenance, "letter"),
    )
    subtitle = f"{told.system}: {told.year.executive.id}, for {start} to {end}, as of {told.day}"
    return Document("How your annual rating came about", subtitle, parts, told.day)


def _acts(told: RatingHistory) -> Iterator[Part]:
    yield Heading(1, "What is on record")
    plan = tuple(tuple(cell or "none" for cell in row) for row in plan_cells(told))
    if plan:
        yield Table("The plan", ("Element", "Weight", "Requirement", "Measure, goal and day"), plan)
    rows = tuple(
        (str(number), str(each.act.day), _what(each), capital(by_whom(each)), _details(each))
        for number, each in enumerate(told.steps, 1)
    )
    yield Table("The acts of the period, in order", ("Act", "Day", "What", "By whom", "On record"), rows)
    cited = {each.act.act: tuple(cited_by(each)) for each in told.steps}
    grounds = tuple(
        (capital(act), f"“{sentence}”", law or "the policy alone")
        for act, sentences in cited.items()
        for sentence, law in sentences
    )
    if grounds:
        yield Table("Under which sentence and law", ("Act", "Sentence", "Law"), grounds)
    earlier = tuple((str(each.act.period_end), *_rating(each)) for each in told.earlier)
    if earlier:
        yield Table("Annual ratings of other periods", ("Period to", "Rating", "Day", "By whom", "On record"), earlier)


def _what(each: StepOnRecord) -> str:
    part = f" of {each.part}" if each.part else ""
    return f"{capital(each.act.act)}{part}{rated(each)}"


def _details(each: StepOnRecord) -> str:
    return capital("; ".join(plain(line) for line in (*details(each), where(each))))


def _rating(each: StepOnRecord) -> tuple[str, str, str, str]:
    return (
        capital(rated(each).removeprefix(": ") or "no level"),
        str(each.act.day),
        capital(by_whom(each)),
        _details(each),
    )


def _elements(told: RatingHistory) -> Iterator[Part]:
    rows = tuple(
        (part, "final" if each.act.act == "annual rating" else "initial", *_rating(each))
        for part, steps in told.parts
        for each in steps
    )
    if rows:
        yield Heading(1, "The ratings of your elements")
        headings = ("Element", "Which", "Rating", "Day", "By whom", "On record")
        yield Table("Initial and final ratings", headings, rows)


def _formula(told: RatingHistory) -> Iterator[Part]:
    yield Heading(1, "The formula run again")
    yield Bullets(tuple(f"{capital(each.kind)}: {plain(run_said(each))}" for each in told.run_again))
    final = told.run_again[-1].explanation
    if final is not None:
        yield from derivation(final)


def _open(told: RatingHistory) -> Iterator[Part]:
    found = (*told.findings, *told.standing.findings)
    if found:
        yield Heading(1, "What is found")
    for each in found:
        first, *more = finding_as_text(each).splitlines()
        yield Heading(2, first.rpartition("/")[2])
        yield Bullets(tuple(capital(plain(line.strip())) for line in more))
    if told.standing.open:
        yield Heading(1, "What is open")
        yield Bullets(tuple(capital(plain(open_as_text(each))) for each in told.standing.open))
