"""Acts and rows of plans that are on record and do not count: what they say may turn how a duty stands."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import Final

from sespms_rules.foundation.values import Frozen
from sespms_rules.records.findings import REPEATED, RecordFinding, RecordPlace
from sespms_rules.records.reading.acts import PlaceAnd
from sespms_rules.records.reading.tables import UnreadRow

_ACTS, _PLANS = "acts", "plans"
_TABLES: Final = (_ACTS, _PLANS)


class SetAside(Frozen):
    """A row of `acts` or `plans` that does not count; executive and act are empty where they cannot be told."""

    table: str
    executive: str
    act: str
    place: RecordPlace


def set_aside(
    acts: Iterable[PlaceAnd],
    counting: Container[int],
    findings: Iterable[RecordFinding],
    unread: Iterable[UnreadRow],
) -> Iterator[SetAside]:
    """The rows that could not be read, and those acts whose rows are not among the `counting`.

    Of an act that stands twice, in the same words, one counts and says all.
    """
    for row in unread:
        if row.table in _TABLES:
            yield SetAside(row.table, row.executive, row.act or row.like, row.place)
    twice = {each.place.number for each in findings if each.code == REPEATED.code and each.column == "act"}
    for each in acts:
        if each.place.number not in counting and each.place.number not in twice:
            yield SetAside(_ACTS, each.act.executive, each.act.act, each.place)
