"""A judged year as text and as JSON."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, TextIO

from sespms_rules.cli.printing import provenance_as_data, write_json
from sespms_rules.law.provenance import Provenance
from sespms_rules.records.cycle import AgencyStanding, Cycle, DutyCount, ExecutiveStanding, OpenDuty
from sespms_rules.records.findings import RecordFinding, RecordPlace
from sespms_rules.records.reading import FOR_WANT_OF_A_PERIOD
from sespms_rules.reports.findings import on_one_line
from sespms_rules.studies.cycle import YearJudged

_NO_DAY = "no day is set"


def write_as_text(file: TextIO, result: YearJudged) -> None:
    """Findings, then whose move it is, then the units, the duties that are broken, and what no record is judged by."""
    cycle = result.cycle
    blocks = [
        *(finding_as_text(each) for each in cycle.every_finding),
        "\n".join(_moves(cycle)),
        "\n".join(_units(cycle)),
        "\n".join(agency_lines(cycle)),
        "\n".join(_duties(cycle)),
        "\n".join(closing_lines(result)),
    ]
    file.write("\n\n".join(each for each in blocks if each) + "\n")


def finding_as_text(found: RecordFinding) -> str:
    """A finding about records, with its place, its fix, and the duty and law it rests on."""
    who = " ".join(each for each in (f"`{found.executive}`" if found.executive else "", _act(found)) if each)
    column = f"column `{found.column}`" if found.column else ""
    where = ", ".join(each for each in (who, column) if each)
    lines = [
        f"{_place(found.place)}: {found.severity.value} {found.code} {found.name}",
        on_one_line(f"  {where}: {found.message}" if where else f"  {found.message}"),
        on_one_line(f"  help: {found.help}"),
    ]
    if found.sentence:
        lines.append(f"  duty: {found.sentence}")
    if found.citations:
        lines.append(f"  law: {'; '.join(found.citations)}")
    if found.note:
        lines.append(f"  note: {found.note}")
    return "\n".join(lines)


def _act(found: RecordFinding) -> str:
    if not found.act:
        return ""
    if found.day is None:
        return found.act
    return f"{found.act}, missing since {found.day}" if found.missing else f"{found.act} of {found.day}"


def _place(place: RecordPlace) -> str:
    file = on_one_line(f"{place.file} ({place.sheet})" if place.sheet else place.file)
    return f"{file}:{place.number}" if place.number else file


# ---- whose move it is ------------------------------------------------------------------------------


def _moves(cycle: Cycle) -> Iterator[str]:
    due = [each for each in cycle.executives if each.open]
    if not due:
        return
    yield "whose move it is:"
    for executive in due:
        first, *others = executive.open
        yield f"  {who_is_open(executive)}: {open_as_text(first)}"
        yield from (f"    also open: {open_as_text(each)}" for each in others)


def who_is_open(executive: ExecutiveStanding) -> str:
    """Of whom something is open; of one who left, with the day, for what was due later stays open."""
    return executive.id if executive.left is None else f"{executive.id}, who left on {executive.left}"


def open_as_text(duty: OpenDuty) -> str:
    """What must yet happen: by whom, by when, under which sentence and law."""
    return f"{duty.by or 'the agency'} {until_said(duty)}: {duty.what}{under_said(duty)}"


def until_said(duty: OpenDuty) -> str:
    """By when a duty is to be kept."""
    return f"by {duty.until}" if duty.until else f"({_NO_DAY})"


def under_said(duty: OpenDuty) -> str:
    """Under which sentence, and which law."""
    grounds = duty.obligation.grounds
    cited = next((each.citation for each in grounds if each.citation), "")
    return f", under `{grounds[0].sentence}`" + (f" ({cited})" if cited else "")


def units_counted(cycle: Cycle) -> dict[str, Counter[str]]:
    """Of each unit how many executives it has, how many with a broken duty, how many with something open."""
    rows: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for each in cycle.executives:
        row = rows[each.unit or "no unit"]
        row["executives"] += 1
        row["with a broken duty"] += bool(each.findings)
        row["with something open"] += bool(each.open)
    return dict(sorted(rows.items()))


def _units(cycle: Cycle) -> Iterator[str]:
    rows = units_counted(cycle)
    if not rows:
        return
    yield "by unit:"
    for unit, row in rows.items():
        yield f"  {unit}: " + ", ".join(_of_unit(name, row[name]) for name in row)


def _of_unit(name: str, number: int) -> str:
    return _count(number, "executive") if name == "executives" else f"{number} {name}"


def agency_lines(cycle: Cycle) -> Iterator[str]:
    """What is counted over all ratings of a period, and what is open for the agency as a whole."""
    for each in cycle.agency:
        if not each.distribution and not each.open:
            continue
        yield f"the agency as a whole, for the period to {each.period_end}:"
        for one in each.distribution:
            cited = f" ({one.ground.citation})" if one.ground.citation else ""
            yield f"  {one.state.value}, {one.about}: {one.why}, under `{one.ground.sentence}`{cited}"
        yield from (f"  open: {open_as_text(duty)}" for duty in each.open)


def _duties(cycle: Cycle) -> Iterator[str]:
    broken = [each for each in cycle.sentences if each.broken]
    if broken:
        yield "duties that are broken:"
    for each in broken:
        cited = f" ({each.citation})" if each.citation else ""
        yield f"  held on {each.held} of {_count(each.records, 'record')}: {each.sentence}{cited}"


def closing_lines(result: YearJudged) -> Iterator[str]:
    """Where the whole year stands, and what was judged by whom."""
    cycle = result.cycle
    broken = sum(bool(each.findings) for each in cycle.executives)
    is_open = sum(bool(each.open) for each in cycle.executives)
    yield (
        f"{_count(len(cycle.executives), 'executive')} as of {cycle.day}: {broken} with a broken duty, "
        f"{is_open} with something open, {_count(len(cycle.findings), 'fault')} of records"
    )
    yield from in_want(cycle.unjudged)
    if cycle.unjudged and not cycle.agency:
        yield "limits over all executives are not judged: no executive on record can be"
    confirmed = "durable-rules confirmed each judgement" if result.confirmed else "by the plain evaluator alone"
    judged = sum(bool(each.records) for each in cycle.duties)
    yield f"{_count(judged, 'duty', 'duties')} were judged on records; {confirmed}"
    if cycle.not_lowered:
        yield (
            f"{_count(len(cycle.not_lowered), 'sentence')} of the policy and the law are judged by no record "
            "(`--format json` lists them, each with the reason)"
        )


def in_want(unjudged: Mapping[str, str]) -> Iterator[str]:
    """The executives who are not judged, in one line for each thing that is wanting."""
    for wanting in dict.fromkeys(unjudged.values()):
        yield f"not judged for want of {wanting}: {', '.join(_in_want_of(unjudged, wanting))}"


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


# ---- JSON ------------------------------------------------------------------------------------------


def write_as_json(file: TextIO, result: YearJudged, rests_on: Provenance) -> None:
    """One document, `sespms-cycle/1`."""
    cycle = result.cycle
    document = {
        "schema": "sespms-cycle/1",
        **provenance_as_data(rests_on),
        "as_of": cycle.day.isoformat(),
        "confirmed_by": "durable-rules" if result.confirmed else None,
        "executives": [_executive(each) for each in cycle.executives],
        "agency": [_of_agency(each) for each in cycle.agency],
        "findings": [finding_as_data(each) for each in cycle.findings],
        "duties": [_duty(each) for each in cycle.duties],
        "not_judged": [
            {"sentence": each.sentence, "text": each.text, "law": each.citation, "why": each.why}
            for each in cycle.not_lowered
        ],
        "without_a_period": _in_want_of(cycle.unjudged, FOR_WANT_OF_A_PERIOD),
        "executives_not_judged": in_want_as_data(cycle.unjudged),
    }
    write_json(file, document)


def in_want_as_data(unjudged: Mapping[str, str]) -> list[dict[str, str]]:
    """The executives who are not judged, each with what is wanting for it."""
    return [{"id": key, "for_want_of": wanting} for key, wanting in unjudged.items()]


def _in_want_of(unjudged: Mapping[str, str], wanting: str) -> list[str]:
    return [key for key, each in unjudged.items() if each == wanting]


def _executive(each: ExecutiveStanding) -> dict[str, Any]:
    return {
        "id": each.id,
        "unit": each.unit or None,
        "appointment": each.appointment,
        "left": None if each.left is None else each.left.isoformat(),
        "next": None if each.next is None else open_as_data(each.next),
        "open": [open_as_data(one) for one in each.open],
        "findings": [finding_as_data(one) for one in each.findings],
        "held": each.held,
    }


def _of_agency(each: AgencyStanding) -> dict[str, Any]:
    return {
        "period_end": each.period_end.isoformat(),
        "distribution": [
            {
                "sentence": one.ground.sentence,
                "law": one.ground.citation or None,
                "confirmed": one.ground.confirmed,
                "among": one.about,
                "state": one.state.value,
                "why": one.why,
                "waived": one.waived,
                "notes": list(one.notes),
            }
            for one in each.distribution
        ],
        "open": [open_as_data(one) for one in each.open],
        "findings": [finding_as_data(one) for one in each.findings],
        "held": each.held,
    }


def open_as_data(duty: OpenDuty) -> dict[str, Any]:
    """What must yet happen, as data."""
    grounds = duty.obligation.grounds
    return {
        "what": duty.what,
        "by": duty.by or None,
        "until": _day(duty.until),
        "sentence": grounds[0].sentence,
        "law": list(dict.fromkeys(each.citation for each in grounds if each.citation)),
    }


def _duty(each: DutyCount) -> dict[str, Any]:
    grounds = [{"sentence": one.sentence, "text": one.text, "law": one.citation} for one in each.obligation.grounds]
    return {
        "grounds": grounds,
        "confirmed": any(one.confirmed for one in each.obligation.grounds),
        "held": each.held,
        "broken": each.broken,
        "open": each.open,
        "records": each.records,
    }


def finding_as_data(found: RecordFinding) -> dict[str, Any]:
    """The same as data."""
    return {
        "code": found.code,
        "name": found.name,
        "severity": found.severity.value,
        "record": found.place.file,
        "sheet": found.place.sheet or None,
        "row": found.place.number or None,
        "column": found.column or None,
        "executive": found.executive or None,
        "act": found.act or None,
        "day": _day(found.day),
        "message": found.message,
        "help": found.help,
        "sentence": found.sentence or None,
        "citations": list(found.citations),
        "note": found.note or None,
    }


def _day(day: datetime.date | None) -> str | None:
    return None if day is None else day.isoformat()
