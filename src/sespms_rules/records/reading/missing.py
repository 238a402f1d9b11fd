"""Who is missing where everyone on record is counted, for a row or a table that could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from sespms_rules.foundation.values import Frozen, field
from sespms_rules.records.reading.rows import ReadRow, UnreadRow

_OF_WHOM: Final = "executives"


class NotCounted(Frozen):
    """One on record of whom nothing can be counted; appointment and unit are None where no row says them."""

    id: str
    appointment: str | None = field(default=None)
    unit: str | None = field(default=None)


def not_counted(
    executives: Mapping[str, ReadRow], unjudged: Iterable[str], strangers: Iterable[str], unread: Iterable[UnreadRow]
) -> Iterator[NotCounted]:
    """Those not judged, those with no row of their own (any more), and rows of executives that name nobody."""
    for key in unjudged:
        row = executives[key].values if key in executives else None
        yield NotCounted(key, row.appointment, row.unit or None) if row is not None else NotCounted(key)
    yield from (NotCounted(key) for key in strangers)
    yield from (NotCounted("") for each in unread if each.table == _OF_WHOM and not each.executive)
