"""Blocks of plain lines read by the bytes of their cells: no text is made of what was met before.

Whatever is not plain is left to the other way of reading blocks (`block_reader.py`), block by block, or to the reader
of rows, row by row. All say the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import overload

import numpy as np

from sespms_rules.program.ir import Program
from sespms_rules.rosters.files.blanks import trimmed
from sespms_rules.rosters.files.block_reader import (
    ANYONE,
    BlockReader,
    FaultyCells,
    KnownMember,
    MemberBlock,
    RosterBlock,
    Whom,
)
from sespms_rules.rosters.files.columns import APPOINTMENT, ID, UNIT, Layout
from sespms_rules.rosters.files.lines import CellBlock
from sespms_rules.rosters.files.members import members_of
from sespms_rules.rosters.files.quick_cells import Array, QuickCells
from sespms_rules.rosters.files.quick_ids import QuickIds
from sespms_rules.rosters.files.quick_keys import KeyColumn
from sespms_rules.rosters.files.quick_readings import QuickMember, Readings, WordColumns
from sespms_rules.rosters.files.row_reader import RowReader


class Coded(Sequence[Whom]):
    """What few different values say of many rows, by their codes."""

    def __init__(self, values: Sequence[Whom], codes: Array) -> None:
        self._values = values
        self._codes = codes

    def __len__(self) -> int:
        return len(self._codes)

    @overload
    def __getitem__(self, place: int) -> Whom: ...

    @overload
    def __getitem__(self, place: slice) -> Coded: ...

    def __getitem__(self, place: int | slice) -> Whom | Coded:
        if isinstance(place, slice):
            return Coded(self._values, self._codes[place])
        return self._values[int(self._codes[place])]

    def __iter__(self) -> Iterator[Whom]:
        return map(self._values.__getitem__, self._codes.tolist())


class QuickBlocks:
    """Reads the plain blocks of one layout; what it leaves undone `reader` does."""

    def __init__(self, reader: BlockReader, layout: Layout, program: Program, read: RowReader) -> None:
        own = {column.holds: index for index, column in layout.columns if not column.path}
        self._reader = reader
        self._read = read
        self._unnamed = layout.unnamed
        self._id = own[ID]
        self._ids = QuickIds(read.identities)
        self._members = [QuickMember(each, program, read.headings) for each in members_of(layout, program)]
        self._whom = _WhomColumns(reader, read, [own.get(each) for each in (APPOINTMENT, UNIT)])
        self._alike: dict[tuple[int, ...], FaultyCells] = {}
        self._of: list[KnownMember] = []

    def block(self, given: CellBlock) -> RosterBlock | None:
        """Read a block; None where it is not plain, and then nothing but ids and headings was noted."""
        cells = given.rows
        if not isinstance(cells, QuickCells) or self._read.headings.any_other or self._has_unnamed(cells):
            return None
        read = [found for each in self._members if (found := each.block(cells)) is not None]
        of_whom = self._whom.words(cells)
        if len(read) < len(self._members) or of_whom is None:
            return None
        ids = self._ids.read(cells, self._id, given.numbers)
        if ids is None or (ids.of_nobody and self._whom.of_units):  # whose units are not noted
            return None
        odd = ids.odd | _everywhere([each.bare for each in read], len(cells))
        faulty = _somewhere([each.faulty for each in read], len(cells))
        # A row without any figure may be one of headings.
        odd |= faulty & ~_somewhere([each.figures for each in read], len(cells))
        for each in read:
            odd[each.first_with_words(odd, self._read.words_told)] = True
        if self._has_other_headings(given, np.flatnonzero(odd).tolist()):
            return None
        whom, left_out = self._whom.read(cells, of_whom)
        odd |= left_out
        told = {place: self._reader.judged(place, given) for place in np.flatnonzero(odd).tolist()}
        members = tuple(MemberBlock(each.member.name, each.member.distinct, each.codes) for each in read)
        keys = KeyColumn(cells, self._id, ids.words)
        row = partial(self._reader.row, given)
        alike = self._faulty(read, np.flatnonzero(faulty & ~odd))
        return RosterBlock(given.numbers, keys, members, told, True, whom, row, alike, True)

    def _has_other_headings(self, given: CellBlock, places: Sequence[int]) -> bool:
        """Whether one of these rows is of headings that are not those at the top."""
        for place in places:
            self._read.headings.heading(given.numbers[place], given.rows[place])
        return self._read.headings.any_other

    def _has_unnamed(self, cells: QuickCells) -> bool:
        """Whether something stands under no heading."""
        bounds = (cells.bounds(index, index) for index in self._unnamed)
        return any(bool((starts != ends).any()) for starts, ends in bounds)

    def _faulty(self, read: Sequence[Readings], places: Array) -> dict[int, FaultyCells]:
        """What is wrong with rows that their cells alone refuse; those of which the same is wrong share it."""
        if (now := [each.member for each in read]) != self._of:
            self._of = now
            self._alike.clear()
        wrong = [np.where(each.faulty[places], each.codes[places], -1).tolist() for each in read]
        found: dict[int, FaultyCells] = {}
        for place, codes in zip(places.tolist(), zip(*wrong, strict=True), strict=False):  # there may be no elements
            known = self._alike.get(codes)
            if known is None:
                pairs = ((each.member, code) for each, code in zip(read, codes, strict=True) if code >= 0)
                faults = tuple((member.name, fault) for member, code in pairs for fault in member.faults[code])
                known = self._alike[codes] = FaultyCells(faults)
            found[place] = known
        return found


def _everywhere(truths: Sequence[Array], rows: int) -> Array:
    found = np.ones(rows, dtype=np.bool_)
    for each in truths:
        found &= each
    return found


def _somewhere(truths: Sequence[Array], rows: int) -> Array:
    found = np.zeros(rows, dtype=np.bool_)
    for each in truths:
        found |= each
    return found


class _WhomColumns:
    """The columns that say how executives are appointed and in which unit, as far as there are any."""

    def __init__(self, reader: BlockReader, read: RowReader, indices: Sequence[int | None]) -> None:
        self._reader = reader
        self._read = read
        self._indices = indices
        self._columns = WordColumns([(each, each) for each in indices if each is not None])
        self._values: list[Whom] = []
        self.of_units = indices[-1] is not None

    def words(self, cells: QuickCells) -> list[list[Array]] | None:
        """The cells of these columns as words; None where one is too long."""
        return self._columns.of(cells)

    def read(self, cells: QuickCells, words: Sequence[Sequence[Array]]) -> tuple[Sequence[Whom], Array]:
        """What each row says, and which rows are refused for it; units are noted in the order of the rows."""
        rows = len(cells)
        if not self._columns:
            return Coded([ANYONE], np.zeros(rows, dtype=np.int8)), np.zeros(rows, dtype=np.bool_)
        if self._columns.begin_anew(words):
            self._values = []
        codes, new = self._columns.codes(words)
        for place in new:
            appointment, unit = ("" if each is None else cells.text(each, place) for each in self._indices)
            self._read.units.unit(trimmed(unit))
            self._values.append(self._reader.whom(appointment, unit))
        return Coded(self._values, codes), ~np.array([each.is_covered for each in self._values])[codes]
