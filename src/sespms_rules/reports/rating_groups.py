"""How many of each group of a roster came to which level, counted while its rows are written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sespms_rules.foundation.spelling import in_order
from sespms_rules.reports.ratings import RatedRow

if TYPE_CHECKING:
    from sespms_rules.reports.workbook import Cell, Sheet

NOT_GIVEN = "not given"
_OUTCOMES = ("not rated", "refused", "withheld")


class Groups:
    """Counts the executives of each group by level, or by why they have none; rows of nobody are not counted.

    `titles` are the columns by which the roster is broken down.
    """

    def __init__(self, titles: Sequence[str]) -> None:
        self.titles = tuple(titles)
        self._counts: tuple[dict[str | None, Counter[int | str]], ...] = tuple({} for _ in self.titles)

    def counted(self, rows: Iterable[RatedRow]) -> Iterator[RatedRow]:
        """The rows as they are, each counted as it passes."""
        for row in rows:
            if self.titles and not row.is_nobody:
                level = row.rating.level if row.rating is not None and row.outcome == "rated" else None
                for place, counts in enumerate(self._counts):
                    key = row.groups[place] if row.groups else None
                    counts.setdefault(key, Counter())[row.outcome if level is None else level] += 1
            yield row

    def _ends(self) -> list[int | str]:
        """The levels that anyone has, best first, and the other outcomes that there are."""
        met = {end for counts in self._counts for each in counts.values() for end in each}
        levels = sorted((each for each in met if isinstance(each, int)), reverse=True)
        return [*levels, *(each for each in _OUTCOMES if each in met)]

    def tables(self) -> Iterator[tuple[str, list[tuple[Cell, ...]]]]:
        """For each column its title and a table, the headings first; groups as people sort them, none given last."""
        ends = self._ends()
        shown = [f"level {each}" if isinstance(each, int) else each for each in ends]
        for title, counts in zip(self.titles, self._counts, strict=True):
            rows: list[tuple[Cell, ...]] = [(title, "executives", *shown)]
            rows += [
                (key or NOT_GIVEN, counts[key].total(), *(counts[key][end] for end in ends)) for key in _sorted(counts)
            ]
            yield title, rows

    def sheets(self) -> Iterator[Sheet]:
        """The same as sheets of a workbook."""
        from sespms_rules.reports.workbook import Sheet  # who wants no workbook waits for none

        for number, (_, (headings, *rows)) in enumerate(self.tables(), 1):
            yield Sheet(f"Groups {number}" if len(self.titles) > 1 else "Groups", tuple(map(str, headings)), rows)

    def as_data(self) -> list[dict[str, Any]]:
        """The same for JSON."""
        return [
            {
                "column": title,
                "groups": [
                    {
                        "group": key,
                        "executives": counts[key].total(),
                        "counts": {str(end): counts[key][end] for end in self._ends()},
                    }
                    for key in _sorted(counts)
                ],
            }
            for title, counts in zip(self.titles, self._counts, strict=True)
        ]


def _sorted(keys: Iterable[str | None]) -> list[str | None]:
    """Groups as people sort them; None (not given) comes last."""
    return sorted(keys, key=lambda key: (key is None, in_order(key or "")))
