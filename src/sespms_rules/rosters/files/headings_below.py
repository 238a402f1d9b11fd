"""Rows of headings below the first, and whom the rows under them speak of.

A sheet may hold a block for each office, each with its headings. Where these are the headings at the top, the rows
below are read by them. Where they are others, every row below would be read under headings that are not its own: such
rows are refused, down to where the headings at the top stand again.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from sespms_rules.foundation.no_rating import is_no_rating
from sespms_rules.foundation.patterns import late
from sespms_rules.foundation.spelling import backticked
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Refusal
from sespms_rules.rosters.files.blanks import seen, tidy, trimmed
from sespms_rules.rosters.files.columns import APPOINTMENT, CRITICAL, ID, RATING, UNIT, WEIGHT, Layout, known_columns
from sespms_rules.rosters.files.headings_told import as_csv
from sespms_rules.rosters.files.level_words import LevelWords
from sespms_rules.rosters.files.limits import LONGEST_CELL
from sespms_rules.rosters.files.not_executives import HEADING, no_executive
from sespms_rules.rosters.files.numbers import read_number
from sespms_rules.rosters.files.other_headings import names_people, own_column
from sespms_rules.rosters.files.rows import OTHER_HEADINGS, UNDER_OTHER_HEADINGS, refused

_OF_LONG: Final = ("element", "requirement", "level", RATING, WEIGHT, CRITICAL)
_ENDS: Final = late(r".*[a-z].* (level|rating|weight|critical)", re.DOTALL)
_FIGURE: Final = late(r"\d")
_LABELS: Final = 3
"""From how many texts in the place of figures on a row is taken for one of headings, though none of them is known.

Of a table with fewer columns of figures, but at least two, all of them hold such a text.
"""
_LONGEST: Final = 200
_ROWS_KEPT_IN_MIND: Final = 400_000
"""More than are read at once, so that nobody looks twice at a row in which other cells stand than in those before."""
_DISTINCT_KEPT_IN_MIND: Final = 1_000
_SIGNS_KEPT_IN_MIND: Final = 1_000_000
_NOT_THESE: Final = "give each block of the table a file of its own, or move its columns under the headings at the top"


class HeadingsBelow:
    """Knows the rows of headings below the first that were met, and which rows stand under others than the first.

    A row that can be read as an executive's is none of headings, so that only rows that cannot need to be looked at.
    """

    def __init__(self, layout: Layout, program: Program) -> None:
        self._keys = known_columns(program)
        self._own = dict(enumerate(layout.headings))
        self._id = next((index for index, each in layout.columns if each.holds == ID and not each.path), 0)
        columns = [*layout.columns, *layout.long]
        self._read = tuple(sorted({index for index, _ in columns} | {index for index, _ in layout.apart}))
        plain = (ID, APPOINTMENT, UNIT, *_OF_LONG[:2])
        self._figures = tuple(
            index for index, each in columns if each.holds not in plain and not each.is_fact and each.holds != CRITICAL
        )
        self._words = LevelWords(program)
        self._known = frozenset((*self._keys, *_OF_LONG, *(tidy(each) for each in layout.headings if trimmed(each))))
        if not layout.is_long:
            self._known |= frozenset(_names(program))
        self._starts: list[int] = []
        self._others: dict[int, tuple[Refusal, ...]] = {}
        self._no_headings: set[int] = set()
        self._cells_of_none: set[tuple[str, ...]] = set()
        self._signs_of_none = 0

    @property
    def any_other(self) -> bool:
        """Whether headings were met that are not those at the top."""
        return any(self._others.values())

    def of_row(self, number: int) -> tuple[Refusal, ...]:
        """Why a row cannot be read: it stands under other headings, as far as rows of headings were met."""
        if not self.any_other:
            return ()
        place = bisect_right(self._starts, number)
        start = self._starts[place - 1] if place else number
        if start == number or not self._others[start]:
            return ()
        says = f"it stands under the headings of row {start}, which are not those at the top, so that it is not read"
        return (refused(UNDER_OTHER_HEADINGS, f"row {number}", says, _NOT_THESE),)

    def heading(self, number: int, cells: Sequence[str]) -> tuple[Refusal, ...] | None:
        """Why a row that cannot be read is one of other headings; empty where of the same, None where of none."""
        known = self._others.get(number)
        if known is not None or number in self._no_headings or tuple(cells) in self._cells_of_none:
            return known
        texts = {index: trimmed(cells[index]) for index in self._read if index < len(cells)}
        texts = {index: text for index, text in texts.items() if text}
        if not texts or not self._are_headings(texts):
            self._keep_in_mind(number, cells)
            return None
        self._others[number] = found = tuple(self._other(number, texts))
        self._starts.insert(bisect_right(self._starts, number), number)
        return found

    def _keep_in_mind(self, number: int, cells: Sequence[str]) -> None:
        """Know a row for none of headings, and each other one with the same cells: they may be a million."""
        if len(self._no_headings) >= _ROWS_KEPT_IN_MIND:
            self._no_headings.clear()
        self._no_headings.add(number)
        signs = sum(map(len, cells))
        if len(self._cells_of_none) >= _DISTINCT_KEPT_IN_MIND or self._signs_of_none + signs > _SIGNS_KEPT_IN_MIND:
            self._cells_of_none.clear()
            self._signs_of_none = 0
        self._cells_of_none.add(tuple(cells))
        self._signs_of_none += signs

    def _are_headings(self, texts: Mapping[int, str]) -> bool:
        """Whether the texts of a row, by column, are headings."""
        if any(len(text) > min(_LONGEST, LONGEST_CELL) for text in texts.values()):
            return False
        figures = [texts[index] for index in self._figures if index in texts]
        if any(self._is_value(text) for text in figures):
            return False
        known = sum(self._reads_so(text) for text in texts.values())
        key = texts.get(self._id, "")
        names = no_executive(key) == HEADING or names_people(key) or own_column(key) == ID
        if not (figures or names):
            return False
        if known >= 2 or (names and figures):
            return True
        enough = min(_LABELS, len(self._figures))
        return enough > 1 and len(texts) > enough and len(figures) >= enough and _are_labels(texts.values())

    def has_a_figure(self, indices: Sequence[int], texts: Sequence[str]) -> bool:
        """Whether some of these cells hold what no row of headings has: what may stand where a figure or level does."""
        given = {index: trimmed(text) for index, text in zip(indices, texts, strict=True)}
        return any(given.get(index) and self._is_value(given[index]) for index in self._figures)

    def _is_value(self, text: str) -> bool:
        """Whether a text may stand where a figure or level does."""
        return (
            text.isdigit()
            or is_no_rating(text)
            or self._words.level(text) is not None
            or isinstance(read_number(text), Fraction)
        )

    def _reads_so(self, text: str) -> bool:
        small = tidy(text)
        return small in self._known or _ENDS.fullmatch(small) is not None

    def _other(self, number: int, texts: Mapping[int, str]) -> Iterator[Refusal]:
        """The refusal of a row of headings that are not those at the top."""
        differ = [index for index in self._read if not self._is_same(index, texts.get(index, ""))]
        if not differ:
            return
        place = differ[0]
        here, top = (seen(each) for each in (texts.get(place, ""), trimmed(self._own.get(place, ""))))
        stands = f"{backticked([here])} stands" if here else "nothing stands"
        says = (
            f"it holds headings that are not those at the top: {stands} under `{top}`; the rows below it are not read"
        )
        help = f"{_NOT_THESE}; without this row they would be read under headings that are not theirs"
        if not any(self._reads_so(text) for text in texts.values()):
            whole = as_csv([text for text in self._own.values() if trimmed(text)])
            help = (
                f"the headings at the top are `{whole}`; {help}; if it is an executive's row, write the ratings in it"
            )
        yield refused(OTHER_HEADINGS, f"row {number}", says, help)

    def _is_same(self, index: int, text: str) -> bool:
        here, top = tidy(text), tidy(self._own.get(index, ""))
        return here == top or (here in self._keys and self._keys[here] == self._keys.get(top))


def _are_labels(texts: Iterable[str]) -> bool:
    """Whether texts are names of columns: words without figures, each another."""
    small = [tidy(each) for each in texts]
    return len(set(small)) == len(small) and all(each[:1].isalpha() and not _FIGURE.search(each) for each in small)


def _names(program: Program) -> Iterator[str]:
    """The names of elements and requirements."""
    for element in program.summary.members:
        yield tidy(element.name)
        yield from (tidy(each.name) for each in (element.stage.members if element.stage else ()))
