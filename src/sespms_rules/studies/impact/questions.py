"""Whom the policy asks the reviewer about, before and after: how many, and with details who and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sespms_rules.engines import reference
from sespms_rules.engines.confirmed import EnginesDisagreeError
from sespms_rules.program.rating import Asked
from sespms_rules.reports.charts import count_text
from sespms_rules.studies.impact.assessing import Case
from sespms_rules.studies.impact.phrases import Told, people
from sespms_rules.studies.impact.sheet import Item, listing

_HEADING = "Questions for the reviewer"


def questions_asked(before: Case, after: Case | None, told: Told) -> tuple[Item, ...]:
    """Each question with how many it is asked about; with details who, and why, by the text that is tried."""
    old, new = _by_question(before), _by_question(after or before)
    items: list[tuple[str, Sequence[str]]] = []
    for question in dict.fromkeys((*old, *new)):
        about = "" if question.about is None else f"{question.about}: "
        counts = people(len(new.get(question, ())))
        if after is not None:
            counts = f"{people(len(old.get(question, ())))} before, {count_text(len(new.get(question, ())))} after"
        who = list(_told_of(after or before, question, new.get(question, ()), told)) if told.details else []
        items.append((f'{about}"{" ".join(question.text.split())}": {counts}', who))
    return listing(_HEADING, items)


def _by_question(case: Case) -> dict[Asked, tuple[int, ...]]:
    return {Asked.of(question): places for question, places in case.answers.asked}


def _told_of(case: Case, question: Asked, places: Sequence[int], told: Told) -> Iterator[str]:
    rows = case.answers.reading.rows
    if question.always or told.pseudonyms is not None:  # a reason holds ratings, which could tell who it is
        if places:
            yield told.everyone(places, rows)
        return
    for place in places:
        yield f"{told.who(rows[place])}: {reason_of(case, question, place)}"


def reason_of(case: Case, question: Asked, place: int) -> str:
    """Why a question is asked about the row at a place; EnginesDisagreeError where the reference does not ask it."""
    row = case.answers.reading.rows[place]
    if case.variant.program is not None and row.appraisal is not None:
        for asked in reference.rate(case.variant.program, row.appraisal, trace=False).asked:
            if asked == question:
                return asked.reason
    raise EnginesDisagreeError(
        f"the engines disagree about `{row.id}`, so nothing is reported: columnar asks a question, reference does not"
    )
