"""How a rating came about on record, as text and as data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TextIO

from sespms_rules.cli.cycle_reports import finding_as_data, finding_as_text, open_as_data, open_as_text
from sespms_rules.cli.printing import provenance_as_data, write_json, write_provenance
from sespms_rules.foundation.origin import exact
from sespms_rules.law.provenance import Provenance
from sespms_rules.records.obligations import Ground
from sespms_rules.reports.findings import file_name, printable
from sespms_rules.studies.rating_history import RatingHistory, RunAgain, StepOnRecord

SCHEMA = "sespms-rating-history/1"
_NOT_STATED = "nobody named"


def write_history(file: TextIO, told: RatingHistory, rests_on: Provenance, form: str, *, tells: bool) -> None:
    """Write it as `text` or `json`; with `tells` a text says at its end what it rests on."""
    if form == "json":
        write_json(file, {"schema": SCHEMA, **provenance_as_data(rests_on), **_as_data(told)})
        return
    file.write(printable("\n\n".join(each for each in _blocks(told) if each)) + "\n")
    if tells:
        write_provenance(file, rests_on)


# ---- text ------------------------------------------------------------------------------------------


def _blocks(told: RatingHistory) -> Iterator[str]:
    yield "\n".join(_head(told))
    yield "\n".join(_plan(told))
    first: dict[str, int] = {}
    for number, each in enumerate(told.steps, 1):
        yield "\n".join(_step(number, each, first.setdefault(each.act.act, number)))
    yield "\n".join(_parts(told))
    yield from ("\n".join(_run(each)) for each in told.run_again)
    yield "\n".join(_earlier(told))
    final = told.run_again[-1].explanation
    if final is not None:
        yield "the formula on the final ratings, step by step:\n" + final.as_text()
    yield from (finding_as_text(each) for each in (*told.findings, *told.standing.findings))
    if told.standing.open:
        yield "\n".join(("what is open:", *(f"  {open_as_text(each)}" for each in told.standing.open)))


def _head(told: RatingHistory) -> Iterator[str]:
    who = told.year.executive
    start, end = told.year.period
    yield f"{told.system}: {who.id}, for {start} to {end}, as of {told.day}"
    yield ", ".join(each for each in (who.appointment, who.unit) if each)
    yield f"{len(told.steps)} acts are on record, of which {sum(not each.why_not for each in told.steps)} count"


def _plan(told: RatingHistory) -> Iterator[str]:
    if told.year.plan:
        yield "the plan as it stands on record:"
    for element, weight, requirement, measured in plan_cells(told):
        weighs = f", weight {weight}" if weight else ""
        yield f"  {element}{weighs}{f': {requirement}' if requirement else ''}{f' ({measured})' if measured else ''}"


def plan_cells(told: RatingHistory) -> Iterator[tuple[str, str, str, str]]:
    """Each row of the plan: the element, its weight, the requirement, and how, to what and by when it is measured."""
    for row in told.year.plan:
        weight = "" if row.weight is None else exact(row.weight)
        more = (row.measure, row.goal, f"by {row.due}" if row.due else "")
        weighs = "" if row.requirement_weight is None else f" of weight {exact(row.requirement_weight)}"
        yield row.element, weight, f"{row.requirement}{weighs}", "; ".join(each for each in more if each)


def _step(number: int, each: StepOnRecord, first: int) -> Iterator[str]:
    """An act; what is said of such acts stands at the `first` of them."""
    act = each.act
    part = f" of {each.part}" if each.part else ""
    yield f"{number}. {act.day}: {act.act}{part}{rated(each)}, by {by_whom(each)} ({where(each)})"
    yield from (f"   {line}" for line in details(each))
    if number != first and each.grounds:
        yield f"   under the sentences of act {first}"
        return
    yield from (f"   under `{sentence}`{f' ({cited})' if cited else ''}" for sentence, cited in cited_by(each))


def rated(each: StepOnRecord) -> str:
    """The level, number or sum that an act gives, behind a colon; empty where it gives none."""
    if each.act.level is not None:
        return f": level {each.act.level}"
    if each.act.value is not None:
        return f": {exact(each.act.value)}"
    return "" if each.act.amount is None else f": {exact(each.act.amount)} dollars"


def by_whom(each: StepOnRecord) -> str:
    """Who acted: the role and the opaque id, as far as they are on record."""
    return " ".join(part for part in (each.act.role, each.act.person) if part) or _NOT_STATED


def where(each: StepOnRecord) -> str:
    """Where an act stands: its file, sheet and row, and its number."""
    place, number = each.place, f"`{each.act.number}`" if each.act.number else ""
    parts = (file_name(place.file), place.sheet, f"{place.unit} {place.number}", number)
    return ", ".join(part for part in parts if part)


def details(each: StepOnRecord) -> Iterator[str]:
    """What else is on record of an act: whether it counts, the reason, the document, the session, the correction."""
    act = each.act
    if each.why_not:
        yield f"does not count: {each.why_not}"
    if act.corrects:
        yield f"corrects `{act.corrects}`, which stays on record"
    if act.reason:
        yield f"reason: {act.reason}"
    if act.session:
        yield f"session `{act.session}`"
    if not each.part and act.about:
        yield f"about `{act.about}`"
    if act.recorded:
        yield f"written down on {act.recorded}"
    yield f"document: sha256 {act.document}" if act.document else "no document is on record"


def cited_by(each: StepOnRecord) -> Iterator[tuple[str, str]]:
    """The sentences that speak of such acts, each once with the law it is under; unconfirmed law says so."""
    told: dict[str, dict[str, None]] = {}
    for ground in each.grounds:
        told.setdefault(ground.sentence, {}).update(dict.fromkeys(_cited(ground)))
    for sentence, citations in told.items():
        yield sentence, "; ".join(citations)


def _cited(ground: Ground) -> tuple[str, ...]:
    if not ground.citation:
        return ()
    return (ground.citation if ground.confirmed else f"{ground.citation}, unconfirmed",)


def _parts(told: RatingHistory) -> Iterator[str]:
    if told.parts:
        yield "the ratings of elements, initial and final:"
    for part, steps in told.parts:
        yield f"  {part}"
        for each in steps:
            kind = "final" if each.act.act == "annual rating" else "initial"
            why = f"; {each.act.reason}" if each.act.reason else ""
            off = f"; does not count: {each.why_not}" if each.why_not else ""
            yield f"    {kind}{rated(each)}, {each.act.day}, by {by_whom(each)}{why}{off}"


def _run(each: RunAgain) -> Iterator[str]:
    final = "final" if each.kind == "annual rating" else "initial"
    yield f"the formula run again on the {final} ratings of elements, for the {each.kind}:"
    yield f"  {run_said(each)}"


def run_said(each: RunAgain) -> str:
    """What the formula gives beside what is on record, in words."""
    gives = f"the formula gives level {each.derived}" if each.derived else f"the formula gives none: {each.why_none}"
    if each.on_record is None:
        return f"{gives}; no {each.kind} with a level is on record"
    if not each.derived:
        return f"{gives}; the {each.kind} on record is level {each.on_record}, and cannot be compared"
    if not each.differs:
        return f"{gives}, and so is the {each.kind} on record"
    why = f"the reason on record is: {each.reason}" if each.reason else "no reason is on record"
    return f"{gives}; the {each.kind} on record is level {each.on_record}, which differs, and {why}"


def _earlier(told: RatingHistory) -> Iterator[str]:
    if told.earlier:
        yield "annual ratings of other periods:"
    for each in told.earlier:
        off = f"; does not count: {each.why_not}" if each.why_not else ""
        yield f"  for the period to {each.act.period_end}{rated(each)}, {each.act.day}, by {by_whom(each)}{off}"


# ---- data ------------------------------------------------------------------------------------------


def _as_data(told: RatingHistory) -> dict[str, Any]:
    who = told.year.executive
    return {
        "as_of": told.day.isoformat(),
        "system": told.system,
        "executive": {"id": who.id, "appointment": who.appointment, "unit": who.unit or None},
        "period": {"start": told.year.period[0].isoformat(), "end": told.year.period[1].isoformat()},
        "plan": [
            {"element": element, "weight": weight or None, "requirement": requirement or None, "measured": more or None}
            for element, weight, requirement, more in plan_cells(told)
        ],
        "acts": [_step_data(each) for each in told.steps],
        "elements": [{"part": part, "ratings": [_step_data(each) for each in steps]} for part, steps in told.parts],
        "formula": [_run_data(each) for each in told.run_again],
        "earlier": [_step_data(each) for each in told.earlier],
        "findings": [finding_as_data(each) for each in (*told.findings, *told.standing.findings)],
        "open": [open_as_data(each) for each in told.standing.open],
    }


def _step_data(each: StepOnRecord) -> dict[str, Any]:
    act = each.act
    return {
        "act": act.act,
        "part": each.part or None,
        "day": act.day.isoformat(),
        "recorded": act.recorded.isoformat() if act.recorded else None,
        "role": act.role or None,
        "person": act.person or None,
        "number": act.number or None,
        "record": each.place.file,
        "sheet": each.place.sheet or None,
        "row": each.place.number,
        "given": None if each.rating is None else exact(each.rating),
        "amount": None if act.amount is None else exact(act.amount),
        "about": act.about or None,
        "session": act.session or None,
        "reason": act.reason or None,
        "document": act.document or None,
        "counts": not each.why_not,
        "why_not": each.why_not or None,
        "corrects": act.corrects or None,
        "corrected_by": each.corrected_by or None,
        "grounds": [
            {"sentence": one.sentence, "text": one.text, "law": one.citation or None, "confirmed": one.confirmed}
            for one in each.grounds
        ],
    }


def _run_data(each: RunAgain) -> dict[str, Any]:
    return {
        "for": each.kind,
        "on_record": each.on_record,
        "derived": each.derived,
        "why_none": each.why_none or None,
        "differs": bool(each.differs),
        "reason": each.reason or None,
        "explanation": None if each.explanation is None else each.explanation.as_json(),
    }
