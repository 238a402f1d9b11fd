"""Counts of people -> counts that may be shared: small cells withheld so that none can be worked out, ids replaced.

A cell from 1 to one less than a stated size could tell of a person. It is withheld, and with it as many others, totals
included, as keep it from being found by subtraction: whoever knows the table's sums and that counts are never below 0
is left with several possible values for each withheld cell, and for a small one with values up to the stated size.
A nought is always shown, and hides nothing: where a policy and its amendment rate nobody from one level to another,
whoever knows both knows that nobody moved so. That nobody stands somewhere can tell something too; whether it may be
shared is for a person to say.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from pathlib import Path

from sespms_rules.foundation.files_read import note_read, opened_regular
from sespms_rules.foundation.values import Frozen

LEAST = 10
"""The smallest count that is shared where nothing else is asked: our default, not a rule of OPM."""

SHORTEST_KEY = 16
"""How many bytes a key for pseudonyms has at least."""

_LONGEST_KEY = 1_000_000

_Cell = tuple[int, int]
_COST_OF_TOTAL, _COST_OF_ALL = 10**12, 10**15


class Shared(Frozen):
    """A table fit for sharing; None is a count that is withheld."""

    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int | None

    @property
    def withheld(self) -> int:
        """How many counts are withheld, totals included."""
        listed = (*(each for row in self.cells for each in row), *self.row_totals, *self.column_totals, self.total)
        return sum(each is None for each in listed)


def shared(counts: Sequence[Sequence[int]], least: int = LEAST) -> Shared:
    """Withhold what a table's small cells could be known by, when its totals are shared too.

    `counts` are rows of equal length, never below 0; cells from 1 to `least` - 1 are small. Raises ValueError for
    another shape or a count below 0.
    """
    table = _Table(counts, least)
    for cell in sorted(table.small(), key=lambda each: (-table.value(each), each)):
        table.protect(cell)
    shown = [
        [None if (i, j) in table.hidden else each for j, each in enumerate(row)] for i, row in enumerate(table.values)
    ]
    *rows, totals = shown
    return Shared(
        tuple(tuple(row[:-1]) for row in rows), tuple(row[-1] for row in rows), tuple(totals[:-1]), totals[-1]
    )


def shared_row(counts: Sequence[int], least: int = LEAST) -> tuple[tuple[int | None, ...], int | None]:
    """The same for one row of counts and its total."""
    found = shared([counts], least)
    return found.cells[0], found.row_totals[0]


def shared_variants(rows: Sequence[Sequence[int]], least: int = LEAST) -> list[tuple[int | None, ...] | None]:
    """Withhold what several counts of the same people, under one variant each, could be known by when compared.

    Columns with a small cell in any row are withheld in all, and with them the smallest others, until what is withheld
    of a row is of two columns at least and nobody or at least `least` people. Then a row is shown, first ones first,
    where each of its shown counts, and what is withheld of it, is equal to that of every row shown before it or
    differs by at least `least`; None stands for a row that is not. All rows must count the same number of people.
    """
    if len({sum(row) for row in rows}) > 1:
        raise ValueError("variants to share need to count the same people")
    return shared_variants_apart([rows], least)[0]


def shared_variants_apart(
    groups: Sequence[Sequence[Sequence[int]]], least: int = LEAST
) -> list[list[tuple[int | None, ...] | None]]:
    """The same for several groups of people under the same variants, so that their sums may be shown as well.

    A column that is withheld of one group is withheld of all, and a row that is not shown of one is shown of none: no
    count of a group is then the difference between a sum and the other groups. `groups` are rows of counts for each
    group, alike in number and length.
    """
    columns = sorted({column for rows in groups for column in _hidden_columns(rows, least)})
    made: list[list[tuple[int | None, ...] | None]] = [[] for _ in groups]
    seen: list[list[list[int]]] = []
    for number in range(len(groups[0]) if groups else 0):
        facts = [_facts(rows[number], columns) for rows in groups]
        fine = all(_differ_enough(mine, [before[place] for before in seen], least) for place, mine in enumerate(facts))
        if fine:
            seen.append(facts)
        for rows, found in zip(groups, made, strict=True):
            found.append(_without(rows[number], columns) if fine else None)
    return made


def _facts(row: Sequence[int], hidden: Sequence[int]) -> list[int]:
    """What a row tells: its counts that are shown, and how many are withheld."""
    facts = [each for column, each in enumerate(row) if column not in hidden]
    return [*facts, sum(row) - sum(facts)]


def _without(row: Sequence[int], hidden: Sequence[int]) -> tuple[int | None, ...]:
    return tuple(None if column in hidden else each for column, each in enumerate(row))


def _differ_enough(facts: Sequence[int], seen: Sequence[Sequence[int]], least: int) -> bool:
    """Whether each fact is equal to that of every row seen, or differs from it by at least `least`."""
    pairs = (pair for before in seen for pair in zip(facts, before, strict=True))
    return all(one == other or abs(one - other) >= least for one, other in pairs)


def _hidden_columns(rows: Sequence[Sequence[int]], least: int) -> set[int]:
    columns = list(zip(*rows, strict=True))
    hidden = {number for number, column in enumerate(columns) if any(0 < each < least for each in column)}
    shown = [number for number in range(len(columns)) if number not in hidden]
    others = sorted((not any(columns[number]), sum(columns[number]), number) for number in shown)
    while hidden and others:
        sums = [sum(columns[number][place] for number in hidden) for place in range(len(rows))]
        if len(hidden) > 1 and all(each == 0 or each >= least for each in sums):
            break
        hidden.add(others.pop(0)[-1])
    return hidden


class _Table:
    """A table with its totals as a last row and a last column, and the cells hidden so far."""

    def __init__(self, counts: Sequence[Sequence[int]], least: int) -> None:
        rows = [list(row) for row in counts]
        if not rows or not rows[0] or any(len(row) != len(rows[0]) for row in rows):
            raise ValueError("a table to share needs rows of counts, all of one length")
        if any(each < 0 for row in rows for each in row):
            raise ValueError("a count cannot be below 0")
        with_sums = [[*row, sum(row)] for row in rows]
        self.values: list[list[int]] = [*with_sums, [sum(column) for column in zip(*with_sums, strict=True)]]
        self.least = least
        self.last = (len(rows), len(rows[0]))
        self.hidden: set[_Cell] = set()

    def value(self, cell: _Cell) -> int:
        """The count in a cell."""
        return self.values[cell[0]][cell[1]]

    def small(self) -> Iterator[_Cell]:
        """The cells that could tell of a person."""
        for i, row in enumerate(self.values):
            for j, each in enumerate(row):
                if 0 < each < self.least:
                    yield i, j

    def protect(self, cell: _Cell) -> None:
        """Hide a cell, and the cheapest ring of others through which its value could be as much as `least`.

        Along the ring some counts grow and others shrink by the same number, so that every sum stays as it is: for
        those who see the sums, each cell of the ring has another possible value. The last resort is the ring of the
        cell, its two totals and the total of all, in which all grow; so there always is one. No ring passes through a
        nought: to a reader who knows that nobody can stand there, it would hide nothing.
        """
        self.hidden.add(cell)
        self.hidden.update(self._ring(cell, self.least - self.value(cell)))

    def _ring(self, cell: _Cell, more: int) -> list[_Cell]:
        """The cells other than this one whose counts change with it, from the end of its column to its row."""
        start, goal = (1, cell[1]), (0, cell[0])
        best: dict[tuple[int, int], int] = {start: 0}
        came: dict[tuple[int, int], tuple[tuple[int, int], _Cell]] = {}
        queue = [(0, start, self._sign(cell, 1))]
        while queue:
            cost, line, change = heappop(queue)
            if line == goal:
                break
            if cost > best[line]:
                continue
            for other in self._cells(line):
                grows = -change * self._sign(other, line[0]) > 0
                if other == cell or not self.value(other) or (not grows and self.value(other) < more):
                    continue
                across = 1 - line[0]
                following = (across, other[across])
                price = cost + self._cost(other)
                if price < best.get(following, price + 1):
                    best[following] = price
                    came[following] = (line, other)
                    heappush(queue, (price, following, self._sign(other, across) * (1 if grows else -1)))
        ring, line = [], goal
        while line != start:
            line, other = came[line]
            ring.append(other)
        return ring

    def _cells(self, line: tuple[int, int]) -> Iterator[_Cell]:
        """The cells of a row (0, number) or a column (1, number)."""
        kind, number = line
        for other in range(self.last[1 - kind] + 1):
            yield (number, other) if kind == 0 else (other, number)

    def _sign(self, cell: _Cell, kind: int) -> int:
        """How a cell stands in the sum of its row (0) or column (1): -1 as its total, else 1."""
        return -1 if cell[1 - kind] == self.last[1 - kind] else 1

    def _cost(self, cell: _Cell) -> int:
        """What hiding a cell loses: nothing twice, little for a small count, much for a total."""
        if cell in self.hidden:
            return 0
        if cell == self.last:
            return _COST_OF_ALL
        if cell[0] == self.last[0] or cell[1] == self.last[1]:
            return _COST_OF_TOTAL
        return self.value(cell) + 1


# ---- ids -------------------------------------------------------------------------------------------


class KeyRefusedError(Exception):
    """A key cannot be used; `message` says why without telling any of it, `help` what to do."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


class Pseudonyms:
    """Other names for ids: the same id always gets the same one under a key, and nobody without it can go back.

    The key is in no text that this object gives of itself. Whoever holds it can find out whose pseudonym is whose, by
    trying the ids; so it is kept apart from what is shared.
    """

    __slots__ = ("_key",)

    def __init__(self, key: bytes) -> None:
        if len(key) < SHORTEST_KEY:
            raise KeyRefusedError(
                f"the key for pseudonyms has `{len(key)}` bytes, and a short key can be guessed",
                f"give a file with at least {SHORTEST_KEY} bytes from a source of chance",
            )
        self._key = key

    def __repr__(self) -> str:
        return "Pseudonyms(key not shown)"

    def of(self, key: str) -> str:
        """The pseudonym of an id: `p-` and 16 letters and digits, 80 bits of HMAC-SHA-256."""
        made = hmac.new(self._key, key.encode("utf-8"), hashlib.sha256).digest()[:10]
        return f"p-{base64.b32encode(made).decode('ascii').lower()}"


def pseudonyms_from(path: Path) -> Pseudonyms:
    """Read a key from a file; blanks and line ends around it do not count.

    Raises KeyRefusedError for one that is too short, and OSError where the file cannot be read.
    """
    note_read(path)
    with opened_regular(path) as file:
        key = file.read(_LONGEST_KEY + 1)
    if len(key) > _LONGEST_KEY:
        raise KeyRefusedError(
            f"`{path}` has more than {_LONGEST_KEY:,} bytes, and no key has so many", "name the key file"
        )
    return Pseudonyms(key.strip())
