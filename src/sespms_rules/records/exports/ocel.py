"""All acts of a year as an object-centric event log, OCEL 2.0 in JSON, for tools that look at processes.

Acts that others correct are in it too, and say that they no longer count. Levels and sums are texts, for the format has
approximate numbers alone. Days have no hour; each stands at midnight UTC.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any, Final

from sespms_rules.foundation.origin import exact
from sespms_rules.records.reading import PlaceAnd, ReadTables, Year

_EXECUTIVE, _OFFICIAL, _SESSION = "executive", "official", "session"
_SAID: Final = (
    *("role", "about", "requirement", "additional_rating", "level", "value", "amount", "until", "period_end"),
    "document",
)
_OF_EVENTS: Final = ("counts", *(name.replace("_", " ") for name in _SAID))
_ALWAYS: Final = "1970-01-01T00:00:00Z"
"""The time from which the attributes of an object hold, in the form of the format."""


def ocel_log(tables: ReadTables, year: Year) -> dict[str, Any]:
    """The log as JSON data: objects are executives, officials and sessions; events are acts, by kind."""
    counting = {(each.place.file, each.place.number) for one in year.years for each in one.acts}
    counting |= {(each.place.file, each.place.number) for each in year.for_all}
    acts = sorted((PlaceAnd(each.place, each.values) for each in tables.rows["acts"]), key=_in_time)
    executives = {each.values.id: each.values for each in tables.rows["executives"]}
    events = [_event(each, counts=(each.place.file, each.place.number) in counting, known=executives) for each in acts]
    kinds = sorted({each.act.act for each in acts})
    return {
        "objectTypes": [
            {"name": _EXECUTIVE, "attributes": [_text("appointment"), _text("unit")]},
            {"name": _OFFICIAL, "attributes": []},
            {"name": _SESSION, "attributes": []},
        ],
        "eventTypes": [{"name": kind, "attributes": [_text(name) for name in _OF_EVENTS]} for kind in kinds],
        "objects": [*_executives(executives.values()), *_others(acts, executives)],
        "events": events,
    }


def _in_time(each: PlaceAnd) -> tuple[datetime.date, int]:
    return (each.act.day, each.place.number)


def _text(name: str) -> dict[str, str]:
    return {"name": name, "type": "string"}


def _executives(rows: Iterable[Any]) -> Iterator[dict[str, Any]]:
    for row in rows:
        told = [{"name": name, "time": _ALWAYS, "value": getattr(row, name)} for name in ("appointment", "unit")]
        yield {"id": row.id, "type": _EXECUTIVE, "attributes": [each for each in told if each["value"]]}


def _others(acts: Iterable[PlaceAnd], known: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The officials and the sessions that acts name; an executive who acts is one object."""
    executives = set(known)
    held = list(acts)
    for name in sorted({each.act.person for each in held if each.act.person} - executives):
        yield {"id": _official(name, executives), "type": _OFFICIAL, "attributes": []}
    for name in sorted({each.act.session for each in held if each.act.session}):
        yield {"id": f"{_SESSION} {name}", "type": _SESSION, "attributes": []}


def _official(name: str, executives: Iterable[str]) -> str:
    return name if name in executives else f"{_OFFICIAL} {name}"


def _event(each: PlaceAnd, *, counts: bool, known: Iterable[str]) -> dict[str, Any]:
    act = each.act
    told = {name.replace("_", " "): _value(getattr(act, name)) for name in _SAID}
    said = [{"name": "counts", "value": "yes" if counts else "no"}]
    said += [{"name": name, "value": text} for name, text in told.items() if text]
    related = []
    if act.executive:
        related.append({"objectId": act.executive, "qualifier": "is about"})
    if act.person:
        related.append({"objectId": _official(act.person, known), "qualifier": "is done by"})
    if act.session:
        related.append({"objectId": f"{_SESSION} {act.session}", "qualifier": "rests on"})
    return {
        "id": act.number or f"{each.place.unit} {each.place.number}",
        "type": act.act,
        "time": f"{act.day.isoformat()}T00:00:00Z",
        "attributes": said,
        "relationships": related,
    }


def _value(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Fraction | int):
        return exact(value)
    return value.isoformat() if isinstance(value, datetime.date) else str(value)
