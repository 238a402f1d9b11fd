"""The year's performance agreement: a form that executive, rating official, board and appointing authority fill in.

Its parts are those of the form of 2012; which steps are signed, which elements are rated and which ranges stand in it
comes from the system. Of an executive whose row of a roster is given, what the row says stands in it already.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from fractions import Fraction
from math import ceil

from sespms_rules.documents import tables
from sespms_rules.documents.model import Blank, Bullets, Document, Form, Heading, Paragraph, Part, Table
from sespms_rules.documents.resting import rests_on
from sespms_rules.documents.spoken import capital, spoken
from sespms_rules.documents.timeline import in_order
from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.language.model import System
from sespms_rules.language.syntax.elements import RequiresText
from sespms_rules.language.syntax.limits import limit_ends
from sespms_rules.language.syntax.planning import Happens
from sespms_rules.language.syntax.steps import Step
from sespms_rules.language.syntax.words import Act, PartKind
from sespms_rules.law.provenance import Provenance
from sespms_rules.program.ir import Further, Program, Stage
from sespms_rules.program.rating import Rated
from sespms_rules.reports.rating_json import value_text

_NOT_OF_ONE = (Act.PLAN, Act.PROGRESS_REVIEW, Act.GUIDELINES, Act.MID_YEAR_REVIEW, Act.FEEDBACK, Act.TRAINING_NEEDS)
"""Steps that have a place of their own in the form, or that concern nobody alone."""

_ELEMENTS = (PartKind.CRITICAL_ELEMENT, PartKind.NONCRITICAL_ELEMENT)
_OWN_REQUIREMENTS = "Performance requirements of this executive"
_MOST_REVIEWS = 12


class Executive(Frozen):
    """What a row of a roster says of an executive; empty texts where it does not say it."""

    id: str
    appointment: str = field(default="")
    unit: str = field(default="")
    elements: tuple[Rated, ...] = field(default=())
    facts: tuple[tuple[str, Fraction | str], ...] = field(default=())


def agreement(
    system: System,
    program: Program,
    provenance: Provenance,
    executive: Executive | None = None,
    day: datetime.date | None = None,
) -> Document:
    """The form for one executive, or an empty one; `program` is what the system computes."""
    parts = (
        *_people(program, executive),
        *_reviews(system),
        *_steps(system),
        *_elements(system, program, executive),
        *_standards(system, executive),
        *_narrative(),
        *rests_on(provenance, "form"),
    )
    whose = f": {executive.id}" if executive else ""
    as_of = f", as of {day}" if day else ""
    return Document("Executive performance agreement", f"{system.name}{whose}{as_of}", parts, day)


def _people(program: Program, executive: Executive | None) -> Iterator[Part]:
    yield Heading(1, "Part 1. The executive and the agreement")
    if executive is not None:
        known = (("Id", executive.id), ("Appointment", executive.appointment), ("Organization", executive.unit))
        facts = tuple((name, value_text(value)) for name, value in executive.facts)
        rows = tuple((name, value or tables.NOT_STATED) for name, value in (*known, *facts))
        yield Table("What the roster says of the executive", ("What", "Value"), rows)
    asked = ["Name of the executive", "Title", *([] if executive and executive.unit else ["Organization"])]
    asked += [] if executive and executive.appointment else ["Appointment (career, noncareer, limited)"]
    given = {name for name, _ in executive.facts} if executive else set()
    asked += [capital(each.name) for each in program.facts if each.name not in given]
    asked += ["First day of the appraisal period", "Last day of the appraisal period", "Name of the rating official"]
    yield Form("About the agreement", tuple(map(Blank, asked)))
    yield _signed("The agreement is signed", "Executive", "Rating official")


def _signed(caption: str, *people: str) -> Form:
    blanks = [Blank(f"{who}: {what}") for who in people for what in ("signature", "date")]
    return Form(caption, tuple(blanks))


def _reviews(system: System) -> Iterator[Part]:
    """A place for each progress review that the system asks for, at least one."""
    yield Heading(1, "Part 2. Progress reviews")
    said = system.part(PartKind.REVIEW)
    asked = [each.sentence for each in said.sentences if isinstance(each.sentence, Happens)] if said else []
    least = max((ceil(limit_ends(each.frequency.limit)[0] or 1) for each in asked), default=1)
    if least > _MOST_REVIEWS:
        yield Paragraph(f"The system asks for {least} progress reviews; there is room for {_MOST_REVIEWS} here.")
    for number in range(1, min(least, _MOST_REVIEWS) + 1):
        yield _signed(f"Progress review {number}", "Executive", "Rating official", "Reviewing official (optional)")


def _steps(system: System) -> Iterator[Part]:
    """The steps of the rating, each with who takes it, in an order that their times allow."""
    yield Heading(1, "Part 3. The summary rating")
    steps = [each for each in in_order(system) if each.act not in _NOT_OF_ONE]
    if not steps:
        yield Paragraph("The system states no step of the rating.", marked=True)
    for step in steps:
        yield _step(step)


def _step(step: Step) -> Form:
    who = capital(step.role.value)
    asked = ("Asked for by the executive: initials and date",) if step.on_request else ()
    rates = step.act in (Act.INITIAL_RATING, Act.BOARD_RECOMMENDATION, Act.ANNUAL_RATING)
    result = (Blank("Level that is given"), Blank("Written reasons", 3)) if rates else (Blank("What is said", 3),)
    chair = f"{who} (the chair)" if step.act is Act.BOARD_RECOMMENDATION else who
    blanks = (*map(Blank, asked), *result, *_signed("", chair).blanks)
    return Form(capital(step.act.value), blanks)


def _elements(system: System, program: Program, executive: Executive | None) -> Iterator[Part]:
    yield Heading(1, "Part 4. The elements")
    yield _ratings(program, executive.elements if executive else ())
    weights = system.part(PartKind.WEIGHTS)
    if weights is not None:
        yield Bullets(tuple(spoken(weights, each) for each in weights.sentences))
    rating = system.part(PartKind.RATING)
    if rating is not None:
        yield from tables.lines_of(rating)


def _ratings(program: Program, given: tuple[Rated, ...]) -> Table:
    """A row for each element and requirement of the system or the plan, and a column for each additional rating."""
    by_path = {path: each for each in given for path, each in _with_requirements(each)}
    paths = dict.fromkeys((*_paths(program.summary), *by_path))
    further = list(dict.fromkeys(each.name for each in _further(program)))
    headings = ["Element", "Weight", "Initial rating", "Final rating, if changed", "Initial score", "Final score"]
    order = sorted(paths, key=lambda path: list(paths).index(path[:1]))
    rows = []
    for path in order:
        rated = by_path.get(path)
        values = {} if rated is None else dict(rated.further)
        more = (exact(values[name]) if name in values else "" for name in further)
        rows.append((" / ".join(path), _weight(rated), "", "", "", "", *more))
    total = ("Total", _total(given), *[""] * (4 + len(further)))
    return Table("Ratings of the elements", (*headings, *map(capital, further)), (*rows, total))


def _paths(stage: Stage) -> Iterator[tuple[str, ...]]:
    """Each element that the system names, behind it each of its requirements that it names."""
    for element in stage.members:
        yield (element.name,)
        yield from ((element.name, one.name) for one in (element.stage.members if element.stage else ()))


def _with_requirements(rated: Rated) -> Iterator[tuple[tuple[str, ...], Rated]]:
    yield (rated.name,), rated
    yield from (((rated.name, one.name), one) for one in rated.requirements)


def _further(program: Program) -> Iterator[Further]:
    """The additional ratings of elements, then those of requirements."""
    yield from program.summary.further
    for element in program.summary.members:
        yield from element.stage.further if element.stage else ()


def _weight(rated: Rated | None) -> str:
    return "" if rated is None or rated.weight is None else exact(rated.weight)


def _total(given: tuple[Rated, ...]) -> str:
    weights = [each.weight for each in given if each.weight is not None]
    return exact(sum(weights[1:], weights[0])) if weights else ""


def _standards(system: System, executive: Executive | None) -> Iterator[Part]:
    """The standards of the system, and of each element what the policy requires, with room for the executive's own."""
    yield Heading(1, "Part 5. Standards and requirements")
    for part in (each for each in system.parts if each.kind is PartKind.STANDARDS):
        yield from _if_any(tables.standards_table(part))
    named = [each for each in system.parts if each.kind in _ELEMENTS]
    for part in named:
        yield Heading(2, f"{capital(part.kind.value)} “{part.name}”")
        required = tuple(spoken(part, each) for each in part.sentences if isinstance(each.sentence, RequiresText))
        yield from _if_any(Bullets(required) if required else None)
        yield Form(_OWN_REQUIREMENTS, (Blank("Requirements, measures, goals", 4),))
        yield from _if_any(tables.standards_table(part))
    brought = [
        each for each in (executive.elements if executive else ()) if each.name not in {one.name for one in named}
    ]
    for each in brought:
        kind = PartKind.CRITICAL_ELEMENT if each.critical else PartKind.NONCRITICAL_ELEMENT
        yield Heading(2, f"{capital(kind.value)} “{each.name}”")
        yield Form(_OWN_REQUIREMENTS, (Blank("Requirements, measures, goals", 4),))
    if not named and not brought:
        yield Form(_OWN_REQUIREMENTS, (Blank("Elements, each with requirements, measures, goals", 12),))


def _if_any(part: Part | None) -> tuple[Part, ...]:
    return () if part is None else (part,)


def _narrative() -> Iterator[Part]:
    yield Heading(1, "Part 6. Narrative")
    asked = (Blank("The executive on the year's results", 10), Blank("Summary narrative of the rating official", 10))
    yield Form("Narratives", asked)
