"""What states ask beside federal law, as text and as data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sespms_rules.cli.printing import provenance_as_data
from sespms_rules.foundation.spelling import listed
from sespms_rules.language.model import Baseline
from sespms_rules.law.editions import days_of, file_of
from sespms_rules.law.harmonizing import PlaceRow, Relation
from sespms_rules.law.provenance import Provenance
from sespms_rules.law.verdict import Confidence, VerdictKind
from sespms_rules.reports.findings import printable
from sespms_rules.studies.harmonizing import (
    WHY_ADVICE,
    Harmonized,
    HeldOnRecords,
    PlaceBeside,
    said_of_elsewhere,
)

SCHEMA = "sespms-harmonize/1"
_SAID = {
    Relation.ADDS: "the state adds it",
    Relation.STRICTER: "the state is stricter",
    Relation.SAME: "the same as federal law",
    Relation.LOOSER: "federal law is stricter",
    Relation.INCOMPARABLE: "not to be compared",
    Relation.DISPLACED: "displaced by federal law",
    Relation.PERSON: "asked of a person",
}

_POLICY = {VerdictKind.MET: "keeps it", VerdictKind.NOT_MET: "does not say so"}


# ---- text ------------------------------------------------------------------------------------------


def as_text(result: Harmonized) -> str:
    """The places one after another, each sentence with what federal law and the policy say of it."""
    day = f"the law of {result.day}" if result.day else "the newest law, for it states no effective day"
    head = [f"`{result.system}` under {day}, beside the states"]
    if not result.federal:
        head.append("no federal edition binds it, so there is nothing to hold the states beside")
    blocks = ["\n".join(head), *("\n".join(_place(each)) for each in result.places)]
    if told := said_of_elsewhere(result):
        blocks.append(told)
    if result.faults:
        faults = _counted(result.faults, "fault")
        blocks.append(f"{faults} in the records; `sespms cycle` tells them, and those rows count for nothing here")
    return printable("\n\n".join(blocks))


def _place(each: PlaceBeside) -> Iterator[str]:
    who = "" if each.executives is None else f": {_counted(each.executives, 'executive')} on record"
    yield f"{each.place}{who}"
    if kinds := each.advisory_for:
        yield f"  advice alone for {listed(one.value for one in kinds)} executives: {WHY_ADVICE}"
    for one in each.not_in_force:
        first, last = days_of(one.head.sentences)
        yield f"  `{one.name}` is not in force on that day, but from {first}{f' to {last}' if last else ''}"
    for row in each.rows:
        yield ""
        yield from _row(row)
    if each.on_records or each.not_judged:
        yield ""
    for held in each.on_records:
        yield from _held(held)
    for words, why in each.not_judged:
        yield f"  on record: `{words}` is not judged: {why}"


def _row(row: PlaceRow) -> Iterator[str]:
    yield f"  {row.citation}: {row.title}"
    yield f"    {row.words}"
    yield f"    {_SAID[row.relation]}: {row.why}"
    for one in row.federal:
        yield f"      {one.citation}: {one.words}"
        yield f"        {_SAID[one.relation]}: {one.why}"
    if row.policy is not None and row.relation is not Relation.PERSON:
        yield f"    the policy {_POLICY.get(row.policy.kind, row.policy.said)}: {row.policy.why}"
        yield from [f"      {row.cure}"] if row.cure else []
    remark = f": {row.remark}" if row.remark else ""
    yield f"    {row.confidence.value}{remark}"


def _held(held: HeldOnRecords) -> Iterator[str]:
    counts = f"held on {held.held}, broken on {held.broken}, open on {held.open}"
    yield f"  on record: `{held.words}` is {counts} ({held.citation}); advice, and no fault of the record"
    for key, since in held.broken_by:
        yield f"    {key}{f' since {since}' if since else ''}"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


# ---- data ------------------------------------------------------------------------------------------


def as_data(result: Harmonized, rests_on: Provenance) -> dict[str, Any]:
    """The same as a JSON document; a relation is one of the words of `Relation`."""
    return {
        "schema": SCHEMA,
        **provenance_as_data(rests_on),
        "system": result.system,
        "as_of": None if result.day is None else result.day.isoformat(),
        "changes_verdicts": False,
        "federal": [_edition(each) for each in result.federal],
        "states": [_place_data(each) for each in result.places],
        "elsewhere": [{"works_in": name or None, "executives": count} for name, count in result.elsewhere],
        "faults_in_records": result.faults,
    }


def _edition(each: Baseline) -> dict[str, Any]:
    first, last = days_of(each.head.sentences)
    return {
        "id": file_of(each),
        "name": each.name,
        "first": None if first is None else first.isoformat(),
        "last": None if last is None else last.isoformat(),
    }


def _place_data(each: PlaceBeside) -> dict[str, Any]:
    return {
        "state": each.place,
        "overlays": [_edition(one) for one in each.overlays],
        "not_in_force": [_edition(one) for one in each.not_in_force],
        "advisory_for": [one.value for one in each.advisory_for],
        "why_advisory": WHY_ADVICE if each.advisory_for else None,
        "executives": each.executives,
        "requirements": [_row_data(one) for one in each.rows],
        "on_records": [
            {
                "citation": one.citation,
                "sentence": one.words,
                "held": one.held,
                "broken": one.broken,
                "open": one.open,
                "broken_by": [
                    {"executive": key, "since": None if day is None else day.isoformat()} for key, day in one.broken_by
                ],
            }
            for one in each.on_records
        ],
        "not_judged": [{"sentence": words, "why": why} for words, why in each.not_judged],
    }


def _row_data(row: PlaceRow) -> dict[str, Any]:
    return {
        "overlay": row.overlay,
        "citation": row.citation,
        "title": row.title,
        "sentence": row.words,
        "relation": row.relation.value,
        "why": row.why,
        "federal": [
            {
                "edition": one.edition,
                "citation": one.citation,
                "sentence": one.words,
                "relation": one.relation.value,
                "why": one.why,
            }
            for one in row.federal
        ],
        "policy": None
        if row.policy is None
        else {"verdict": row.policy.kind.value, "why": row.policy.why, "cure": row.cure or None},
        "confidence": row.confidence.value,
        "confirmed": row.confidence is Confidence.CONFIRMED,
        "remark": row.remark or None,
    }
