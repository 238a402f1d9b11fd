"""What several rows of one plan say of one element: its weight, its sort, and a requirement once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from sespms_rules.foundation.diagnostic import Finding
from sespms_rules.foundation.origin import exact
from sespms_rules.records.findings import CONTRADICTING, REPEATED, RecordPlace
from sespms_rules.records.reading.border import PlanRow

_OF_ELEMENT: Final = ("weight", "critical")
_OF_REQUIREMENT: Final = ("requirement_weight",)
Wrong = tuple[Finding, str, str]


class Agreed:
    """What rows of one plan agree on. What two rows say differently counts for nothing: nobody can tell which holds."""

    def __init__(self) -> None:
        self._said: dict[tuple[str, ...], tuple[Any, RecordPlace]] = {}
        self._unclear: set[tuple[str, ...]] = set()
        self._rows: dict[tuple[str, str], RecordPlace] = {}

    def add(self, row: PlanRow, place: RecordPlace) -> Iterator[Wrong]:
        """Heed a row; tell what it contradicts, or where it stands already."""
        first = self._rows.setdefault((row.element, row.requirement), place)
        if first is not place:
            what = "requirement" if row.requirement else "element"
            yield REPEATED, f"the {what} stands in {first.unit} {first.number} already", "keep one of the two rows"
        for key, value in _said(row):
            if value is None:
                continue
            before, where = self._said.setdefault(key, (value, place))
            if before != value:
                self._unclear.add(key)
                name = key[-1].replace("_", " ")
                says = f"the {name} of `{row.element}` is {_shown(value)} here and {_shown(before)} in {where.unit}"
                says += f" {where.number}, so neither counts"
                yield CONTRADICTING, says, f"give the element, or the requirement, one {name}"

    def of(self, row: PlanRow) -> PlanRow:
        """A row with what all rows agree on."""
        told = {key[-1]: self._agreed(key) for key, _ in _said(row)}
        changed = {name: value for name, value in told.items() if value != getattr(row, name)}
        return row.model_copy(update=changed) if changed else row

    def _agreed(self, key: tuple[str, ...]) -> Any:
        return None if key in self._unclear or key not in self._said else self._said[key][0]


def _said(row: PlanRow) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name in _OF_ELEMENT:
        yield (row.element, name), getattr(row, name)
    for name in _OF_REQUIREMENT:
        yield (row.element, row.requirement, name), getattr(row, name)


def _shown(value: Any) -> str:
    return f"`{exact(value)}`" if not isinstance(value, bool) else f"`{'yes' if value else 'no'}`"
