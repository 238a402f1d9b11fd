"""A row of a table: one that was read, or one that could not be and was set aside."""

from __future__ import annotations

from typing import Any

from sespms_rules.foundation.values import Frozen, field
from sespms_rules.records.findings import RecordPlace


class ReadRow(Frozen, often=True):
    """A row that crossed the border, and where it stands."""

    place: RecordPlace
    values: Any


class UnreadRow(Frozen):
    """A row that was set aside: its table, and whose it is and which act where that could be read; else empty.

    `corrects` and `amount` say whether it may correct another row, and may name an amount; `session` and `element` are
    those it names, the element also in `about`. `like` is the act whose name is near what stands there. `apart` says
    whether its cells could be told apart: where not, it may speak of any part. `for_all` says that it named nobody.
    """

    table: str
    place: RecordPlace
    executive: str = field(default="")
    act: str = field(default="")
    corrects: bool = field(default=True)
    amount: bool = field(default=True)
    session: str = field(default="")
    element: str = field(default="")
    like: str = field(default="")
    apart: bool = field(default=True)
    for_all: bool = field(default=False)
