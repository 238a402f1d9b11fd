"""What the cells of one element say in many rows: each distinct text of it read once, the rest known by its bytes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np

from sespms_rules.engines.columnar import DistinctRows
from sespms_rules.program.ir import Program
from sespms_rules.rosters.files.block_reader import KnownMember
from sespms_rules.rosters.files.headings_below import HeadingsBelow
from sespms_rules.rosters.files.level_words import MOST_USED, LevelWords
from sespms_rules.rosters.files.members import MemberColumns
from sespms_rules.rosters.files.quick_cells import Array, QuickCells
from sespms_rules.rosters.files.row_reader import any_rating

_MOST_KNOWN = 65_536
"""How many distinct readings are kept from block to block."""


class WordColumns:
    """Some columns whose cells are compared as words: `runs` are the first and last of those that stand together."""

    def __init__(self, runs: Sequence[tuple[int, int]]) -> None:
        self._runs = runs
        self._wide = [1] * len(runs)
        self._distinct = DistinctRows(len(runs))

    def __bool__(self) -> bool:
        return bool(self._runs)

    def of(self, cells: QuickCells) -> list[list[Array]] | None:
        """The words of each run; None where a cell is too long for that."""
        found = [cells.words(*run) for run in self._runs]
        return None if None in found else [each for each in found if each is not None]

    def begin_anew(self, words: Sequence[Sequence[Array]], *, needed: bool = False) -> bool:
        """Forget everything where longer cells came, too much was met, or that is `needed`; say whether that was so."""
        wide = [max(each) for each in zip(self._wide, map(len, words), strict=True)]
        if wide == self._wide and len(self._distinct) <= _MOST_KNOWN and not needed:
            return False
        self._wide = wide
        self._distinct = DistinctRows(sum(wide))
        return True

    def codes(self, words: Sequence[Sequence[Array]]) -> tuple[Array, list[int]]:
        """The number of what each row has, and where what was not met before stands first."""
        full: list[Array] = []
        for found, wide in zip(words, self._wide, strict=True):
            full += [*found, *([np.zeros_like(found[0])] * (wide - len(found)))]
        return self._distinct.codes(full)


class Readings(NamedTuple):
    """One element in the rows of a block.

    `faulty` says where a cell says nothing clear, `bare` where nothing is rated, `figures` where a cell holds what no
    row of headings has.
    """

    member: KnownMember
    codes: Array
    faulty: Array
    bare: Array
    figures: Array

    def first_with_words(self, apart: Array, told: Collection[str]) -> list[int]:
        """The first rows, those `apart` left out, in which words for levels stand that are not told yet."""
        if len(told) >= MOST_USED:
            return []
        waiting = [code for code, words in self.member.words.items() if not words.issubset(told)]
        found = (np.flatnonzero((self.codes == code) & ~apart)[:1] for code in waiting)
        return [int(each[0]) for each in found if len(each)]


class QuickMember:
    """The columns of one element."""

    def __init__(self, columns: MemberColumns, program: Program, headings: HeadingsBelow) -> None:
        self._columns = columns
        self._program = program
        self._headings = headings
        self._begin()
        self._words = WordColumns(_runs(self._member.indices))

    def _begin(self) -> None:
        """Know nothing of any reading."""
        words = LevelWords(self._program)
        self._member = KnownMember(self._columns, words)
        self._said: list[tuple[bool, bool, bool]] = []
        self._facts: list[Array] = []

    def block(self, cells: QuickCells) -> Readings | None:
        """The element in the rows of a block; None where a cell is too long."""
        words = self._words.of(cells)
        if words is None:
            return None
        if self._words.begin_anew(words, needed=self._member.has_many_faults):
            self._begin()
        codes, new = self._words.codes(words)
        for place in new:
            self._learn(cells.texts(self._member.indices, place))
        if new:
            self._facts = [np.array(each) for each in zip(*self._said, strict=True)]
        return Readings(self._member, codes, *(each[codes] for each in self._facts))

    def _learn(self, texts: tuple[str, ...]) -> None:
        member = self._member
        code = member.learn(texts)
        rated = member.distinct[code]
        bare = rated is None or not any_rating((rated,))
        self._said.append((code in member.faults, bare, self._headings.has_a_figure(member.indices, texts)))


def _runs(indices: Sequence[int]) -> list[tuple[int, int]]:
    """The first and last of columns that stand together."""
    found: list[tuple[int, int]] = []
    for index in sorted(indices):
        if found and found[-1][1] == index - 1:
            found[-1] = (found[-1][0], index)
        else:
            found.append((index, index))
    return found
