"""Acts and rows of plans that are on record and do not count: what they say may turn how a duty stands."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import Final

from sespms_rules.foundation.letters import as_one_id
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.records.findings import REPEATED, RecordFinding, RecordPlace
from sespms_rules.records.reading.acts import PlaceAnd
from sespms_rules.records.reading.parts import RATINGS
from sespms_rules.records.reading.rows import UnreadRow
from sespms_rules.records.vocabulary import FOR_ALL

_ACTS, _PLANS = "acts", "plans"
_TABLES: Final = (_ACTS, _PLANS)


class SetAside(Frozen):
    """A row of `acts` or `plans` that does not count; executive and act are empty where they cannot be told.

    `element` is the element that it speaks of, or else what it names of one; empty for the whole plan. `anything` says
    that it may speak of the whole or of any part, `corrects` that it may stand in the place of another act, and
    `for_all` that it is an act which concerns everyone, if of no known kind.
    """

    table: str
    executive: str
    act: str
    element: str
    place: RecordPlace
    anything: bool = field(default=False)
    corrects: bool = field(default=False)
    for_all: bool = field(default=False)

    @property
    def may_be_anyones(self) -> bool:
        """Whether it may be of any one executive: it names none, and is no act that concerns everyone."""
        return not (self.executive or self.for_all or self.act in FOR_ALL)

    @property
    def why_unclear(self) -> str:
        """Why no appraisal can be made of what is on record, as a clause; empty where the row does not matter to it."""
        where = f"{self.place.unit} {self.place.number}"
        whose = ", and whose it is cannot be told" if self.may_be_anyones else ""
        if self.table == _PLANS:
            return f"{where} of {'a' if whose else 'the'} plan cannot be read{whose}"
        if (self.element or self.anything) and not self.for_all and self.act in ("", *RATINGS):
            what = f"`{self.element}`" if self.element else "an element"
            return f"{where} may rate {what}, and does not count{whose}"
        return ""


class Unclear:
    """Why no appraisal can be made, executive by executive; a row that may be anyone's makes everyone unclear."""

    def __init__(self, aside: Iterable[SetAside]) -> None:
        said = [(each, why) for each in aside if (why := each.why_unclear)]
        self._own = {as_one_id(each.executive): why for each, why in reversed(said) if each.executive}
        self._everyones = next((why for each, why in said if each.may_be_anyones), "")

    def of(self, executive: str) -> str:
        """Why no appraisal can be made of an executive; empty where one can."""
        return self._own.get(as_one_id(executive), self._everyones) if self._own else self._everyones


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
            said = (row.executive, row.act or row.like, " ".join(row.element.split()), row.place)
            yield SetAside(row.table, *said, not row.apart, row.corrects, row.for_all)
    twice = {each.place.number for each in findings if each.code == REPEATED.code and each.column == "act"}
    for each in acts:
        if each.place.number not in counting and each.place.number not in twice:
            act = each.act
            part = act.about or act.requirement or act.additional_rating or ("a part" if act.value is not None else "")
            yield SetAside(_ACTS, act.executive, act.act, part, each.place, corrects=bool(act.corrects))
