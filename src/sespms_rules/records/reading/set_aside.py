"""Acts and rows of plans that are on record and do not count: what they say may turn how a duty stands."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import Final

from sespms_rules.foundation.values import Frozen
from sespms_rules.records.findings import REPEATED, RecordFinding, RecordPlace
from sespms_rules.records.reading.acts import PlaceAnd
from sespms_rules.records.reading.parts import RATINGS
from sespms_rules.records.reading.rows import UnreadRow

_ACTS, _PLANS = "acts", "plans"
_TABLES: Final = (_ACTS, _PLANS)


class SetAside(Frozen):
    """A row of `acts` or `plans` that does not count; executive and act are empty where they cannot be told.

    `element` is the element that it speaks of, or else what it names of one; empty for the whole plan.
    """

    table: str
    executive: str
    act: str
    element: str
    place: RecordPlace

    @property
    def why_unclear(self) -> str:
        """Why no appraisal can be made of what is on record, as a clause; empty where the row does not matter to it."""
        if self.table == _PLANS:
            return f"{self.place.unit} {self.place.number} of the plan cannot be read"
        if self.element and self.act in ("", *RATINGS):
            return f"{self.place.unit} {self.place.number} may rate `{self.element}`, and does not count"
        return ""


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
            yield SetAside(row.table, row.executive, row.act or row.like, " ".join(row.element.split()), row.place)
    twice = {each.place.number for each in findings if each.code == REPEATED.code and each.column == "act"}
    for each in acts:
        if each.place.number not in counting and each.place.number not in twice:
            act = each.act
            part = act.about or act.requirement or act.additional_rating or ("a part" if act.value is not None else "")
            yield SetAside(_ACTS, act.executive, act.act, part, each.place)
