"""Many rows of a table at once, in columns: each distinct text of an element is read once, and by the reader of rows.

A long roster holds few different ratings and weights. A block says of each row which of them it has, so that engines
for populations take it as it stands. A row about which anything is to be said (a cell that says nothing clear, an id
met before, levels in words, someone whom the system does not cover) is read by the reader of rows, and stands among
`odd`.
"""

from __future__ import annotations

import operator
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import compress, count, repeat
from typing import TYPE_CHECKING, NamedTuple, cast

from sespms_rules.foundation.numbered import Numbered
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Appraisal, Rated, Refusal
from sespms_rules.rosters.files.blanks import is_blank, trimmed
from sespms_rules.rosters.files.columns import APPOINTMENT, ID, UNIT, Layout
from sespms_rules.rosters.files.coverage import Coverage
from sespms_rules.rosters.files.executives import PLAIN_KEYS, read_appointment
from sespms_rules.rosters.files.level_words import LevelWords
from sespms_rules.rosters.files.limits import LONGEST_CELL
from sespms_rules.rosters.files.lines import CellBlock, DividedLines, LinesOfBytes
from sespms_rules.rosters.files.members import MemberColumns, MemberReader, members_of
from sespms_rules.rosters.files.row_reader import RowReader, any_rating, placed
from sespms_rules.rosters.files.rows import NOT_AN_EXECUTIVE, RosterRow

if TYPE_CHECKING:
    from sespms_rules.rosters.files.quick_blocks import QuickBlocks

_COVERED = operator.itemgetter(0)
_MOST_KNOWN = 65_536
"""How many distinct readings of an element are kept from block to block."""
_MOST_FAULTY = 8_192
"""How many of these may be faulty, of which each holds sentences."""
_MOST_CHARACTERS = 10_000_000
"""How many characters their cells may have together."""


class MemberBlock(Frozen, often=True):
    """One element in all rows of a block: what was read, None where it is not in the plan, and which of it each has."""

    name: str
    distinct: Sequence[Rated | None]
    codes: Numbered


class Whom(NamedTuple):
    """An appointment and a unit as they were read, and whether the system is for this executive."""

    is_covered: bool
    appointment: str | None
    unit: str | None


ANYONE = Whom(True, None, None)


class FaultyCells(Frozen, often=True):
    """What is wrong with the cells of a row, where the elements they are of are all that refuses it.

    `faults` are what the reader of an element says, with the name of the element, and do not name the row.
    """

    faults: tuple[tuple[str, Refusal], ...]

    def refusals(self, number: int) -> tuple[Refusal, ...]:
        """The refusals of a row, as the reader of rows gives them."""
        return tuple([placed(fault, name, f"row {number}") for name, fault in self.faults])


class WrittenKeys(Sequence[str]):
    """Ids that can be written without a text being made of each: `quick_keys.KeyColumn`, known here by this."""

    def picked(self, places: Sequence[int]) -> list[str]:
        """The ids of some rows."""
        raise NotImplementedError

    def with_ends(self, ends: Sequence[bytes], codes: Numbered, instead: dict[int, bytes]) -> bytes:
        """Each id and behind it the text that its code names, one after another; by place what stands instead."""
        raise NotImplementedError


class RosterBlock(Frozen, often=True):
    """Rows of a roster in order: numbers, ids, elements.

    `odd` are by their places the rows that the reader of rows has judged, None where nothing stands in one, and
    `faulty` those that their cells alone refuse; what the columns say of either is of no account. `whom` says of each
    how appointed and in which unit. `row` gives any row with its appraisal. `plain_keys` says that every id, of `odd`
    apart where a block is `quick`, is of letters and digits that nothing has to be done about.
    """

    numbers: Sequence[int]
    keys: Sequence[str]
    members: tuple[MemberBlock, ...]
    odd: dict[int, RosterRow | None]
    plain_keys: bool
    whom: Sequence[Whom]
    row: Callable[[int], RosterRow] = field(compare=False, default=NotImplemented)
    faulty: Mapping[int, FaultyCells] = field(default={})
    quick: bool = field(default=False)

    def rows(self) -> Iterator[RosterRow]:
        """The rows one by one, as the reader of rows gives them."""
        given = [map(each.distinct.__getitem__, each.codes) for each in self.members]
        elements: Iterable[tuple[Rated | None, ...]] = zip(*given, strict=True) if given else repeat(())
        bare = any(None in each.distinct for each in self.members)
        facts = zip(self.numbers, self.keys, elements, self.whom, strict=False)  # there may be no elements
        for place, (number, key, found, whom) in enumerate(facts):
            if place in self.odd:
                if (row := self.odd[place]) is not None:
                    yield row
                continue
            if place in self.faulty:
                wrong = self.faulty[place].refusals(number)
                yield RosterRow(number, key, None, wrong, whom.unit, whom.appointment)
                continue
            rated = tuple([each for each in found if each is not None]) if bare else cast("tuple[Rated, ...]", found)
            yield RosterRow(number, key, Appraisal(key, rated, *whom[1:]), (), whom.unit, whom.appointment)


def reads_in_blocks(layout: Layout) -> bool:
    """Whether the rows of a layout can be read many at once: not with columns of groups, or any not known here."""
    own = {column.holds for _, column in layout.columns if not column.path}
    return own <= {ID, APPOINTMENT, UNIT} and not (layout.apart or layout.is_long)


class BlockReader:
    """Reads blocks of one layout; `read` judges the rows about which something is to be said."""

    def __init__(self, layout: Layout, program: Program, read: RowReader) -> None:
        own = {column.holds: index for index, column in layout.columns if not column.path}
        self._width = layout.width
        self._unnamed = layout.unnamed
        self._id = own[ID]
        self._for_whom = tuple(own.get(each) for each in (APPOINTMENT, UNIT))
        self._read = read
        self._quick: QuickBlocks | None = None
        self._layout = layout
        self._program = program
        self._coverage = Coverage(program, "row")
        words = LevelWords(program)
        self._members = tuple(KnownMember(each, words) for each in members_of(layout, program))
        self._whom: dict[tuple[str, str], Whom] = {}

    def blocks(self, given: Iterator[CellBlock]) -> Iterator[RosterBlock]:
        """Read blocks of cells."""
        return map(self._block, given)

    def _block(self, given: CellBlock) -> RosterBlock:
        rows = given.rows
        if isinstance(rows, LinesOfBytes) and (quick := self._read_quickly(given)) is not None:
            return quick
        unread = self._of_other_shape(given)
        columns = self._columns(rows, unread)
        given_keys = columns[self._id]
        plain = not unread and PLAIN_KEYS.fullmatch("\n".join([*given_keys, ""])) is not None
        keys = list(given_keys) if plain else list(map(trimmed, given_keys))
        for place in unread:
            keys[place] = trimmed(rows[place][self._id]) if self._id < len(rows[place]) else ""
        odd = unread | self._read.identities.repeated(keys, given.numbers)
        plain = plain or PLAIN_KEYS.fullmatch("\n".join([*keys, ""])) is not None
        if not plain:
            known = self._read.identities
            wrong = {place: found for place, key in enumerate(keys) if (found := known.no_id(key, ""))}
            unread.update(place for place, found in wrong.items() if found.code == NOT_AN_EXECUTIVE.code)
            odd.update(wrong, (place for place, key in enumerate(keys) if not key))
        members = tuple(each.block(columns) for each in self._members)
        for each, block in zip(self._members, members, strict=True):
            odd.update(each.odd(block.codes))
        odd.update(_nothing_rated(members, len(rows)))
        under = self._under_other_headings(given, odd)
        odd |= under
        whom = self._whom_of(columns, unread | under)
        odd.update(compress(count(), map(operator.not_, map(_COVERED, whom))))

        row = partial(self.row, given)
        told = {place: self.judged(place, given) for place in sorted(odd)}
        return RosterBlock(given.numbers, keys, members, told, plain, whom, row)

    def row(self, given: CellBlock, place: int) -> RosterRow:
        """A row of a block, by the reader of rows."""
        found = self._read.row(given.numbers[place], given.rows[place], given.refused.get(place, ()))
        return self._coverage.of(found)

    def judged(self, place: int, given: CellBlock) -> RosterRow | None:
        """The same; None where nothing stands in it."""
        return None if place not in given.refused and is_blank(given.rows[place]) else self.row(given, place)

    def _read_quickly(self, given: CellBlock) -> RosterBlock | None:
        """A block of plain lines by the bytes of its cells; None where its rows have to be looked at as texts."""
        if self._quick is None:
            from sespms_rules.rosters.files.quick_blocks import QuickBlocks  # only long rosters wait for it

            self._quick = QuickBlocks(self, self._layout, self._program, self._read)
        return self._quick.block(given)

    def _under_other_headings(self, given: CellBlock, odd: set[int]) -> set[int]:
        """The places of rows below headings that are not those at the top; the rows of headings are among `odd`."""
        headings = self._read.headings
        for place in sorted(odd):
            headings.heading(given.numbers[place], given.rows[place])
        if not headings.any_other:
            return set()
        return {place for place, number in enumerate(given.numbers) if headings.of_row(number)}

    def _of_other_shape(self, given: CellBlock) -> set[int]:
        """The places of rows that cannot be read, are not as wide as the headings, or hold what stands under none."""
        rows = given.rows
        found = set(given.refused)
        if isinstance(rows, DividedLines | LinesOfBytes):
            alike = rows.all_have(self._width)
        else:
            alike = set(map(len, rows)) == {self._width}
        if not alike:
            # Blank cells at the end of a row do no harm.
            found.update(place for place, row in enumerate(rows) if len(row) < self._width)
            found.update(place for place, row in enumerate(rows) if not is_blank(row[self._width :]))
        if not 0 < given.longest <= LONGEST_CELL:
            found.update(place for place, row in enumerate(rows) if max(map(len, row), default=0) > LONGEST_CELL)
        for index in self._unnamed:
            found.update(place for place, row in enumerate(rows) if index < len(row) and trimmed(row[index]))
        return found

    def _columns(self, rows: Sequence[list[str]], unread: set[int]) -> Sequence[Sequence[str]]:
        """The cells by columns; those of rows that cannot be read are empty."""
        if isinstance(rows, DividedLines | LinesOfBytes) and not unread and rows.all_have(self._width):
            return rows.columns(self._width)
        if unread:
            empty = [""] * self._width
            rows = [empty if place in unread else row for place, row in enumerate(rows)]
        return list(zip(*rows, strict=False))[: self._width]

    def _whom_of(self, columns: Sequence[Sequence[str]], unread: set[int]) -> Sequence[Whom]:
        """The appointment and unit of each row; takes note of the units, in the order in which they stand."""
        appointments, units = (columns[index] if index is not None else None for index in self._for_whom)
        if units is not None:
            kept = (unit for place, unit in enumerate(units) if place not in unread) if unread else units
            for text in dict.fromkeys(kept):
                self._read.units.unit(trimmed(text))
        if appointments is None and units is None:
            return [ANYONE] * len(columns[self._id])
        given = list(zip(appointments or repeat(""), units or repeat(""), strict=False))
        if len(self._whom) > _MOST_KNOWN:
            self._whom.clear()
        for each in set(given) - self._whom.keys():
            self._whom[each] = self.whom(*each)
        return list(map(self._whom.__getitem__, given))

    def whom(self, appointment: str, unit: str) -> Whom:
        """What the cells of an appointment and a unit say."""
        kind, wrong = read_appointment(appointment, "")
        text = trimmed(unit)
        found = self._read.units.known(text) if text else None
        return Whom(wrong is None and self._coverage.covers(kind, found), kind, found)


def _nothing_rated(members: tuple[MemberBlock, ...], rows: int) -> Iterable[int]:
    """The places of rows in which nothing is rated."""
    left: set[int] | None = None
    for each in members:
        bare = {code for code, one in enumerate(each.distinct) if one is None or not any_rating((one,))}
        if left is None:
            left = {place for place, code in enumerate(each.codes) if code in bare} if bare else set()
        else:
            left = {place for place in left if each.codes[place] in bare}
        if not left:
            return ()
    return range(rows) if left is None else left


class KnownMember:
    """The columns of one element, with what was read under them so far.

    `faults` are by its number what is wrong with a reading, `words` the words for levels that stand in one.
    """

    def __init__(self, columns: MemberColumns, words: LevelWords) -> None:
        self._reader = MemberReader(columns, words, remembers=False)
        self.name = columns.name
        self.indices = self._reader.indices
        self._words = words
        self._codes: dict[tuple[str, ...], int] = {}
        self._characters = 0
        self.distinct: list[Rated | None] = []
        self.faults: dict[int, tuple[Refusal, ...]] = {}
        self.words: dict[int, frozenset[str]] = {}

    def block(self, columns: Sequence[Sequence[str]]) -> MemberBlock:
        """The element in the rows of these columns."""
        if len(self._codes) > _MOST_KNOWN or self.has_many_faults or self._characters > _MOST_CHARACTERS:
            self._characters = 0
            self._codes, self.distinct, self.faults, self.words = {}, [], {}, {}
        own = [columns[index] for index in self._reader.indices]
        try:
            codes = array("i", map(self._codes.__getitem__, zip(*own, strict=True)))
        except KeyError:
            for texts in dict.fromkeys(zip(*own, strict=True)):
                if texts not in self._codes:
                    self._codes[texts] = self.learn(texts)
                    self._characters += sum(map(len, texts))
            codes = array("i", map(self._codes.__getitem__, zip(*own, strict=True)))
        return MemberBlock(self.name, self.distinct, codes)

    @property
    def has_many_faults(self) -> bool:
        """Whether more was met that says nothing clear than is kept from block to block."""
        return len(self.faults) > _MOST_FAULTY

    def learn(self, texts: tuple[str, ...]) -> int:
        """Read cells that were not met before; return the number of the reading."""
        code = len(self.distinct)
        row = dict(zip(self._reader.indices, texts, strict=True))
        self._words.used.clear()
        rated, faults = self._reader.read(row.__getitem__)
        self.distinct.append(None if faults else rated)
        if faults:
            self.faults[code] = faults
        if self._words.used:
            self.words[code] = frozenset(self._words.used)
        return code

    def odd(self, codes: Numbered) -> Iterator[int]:
        """The places of rows of which something is to be said."""
        odd = self.faults.keys() | self.words.keys()
        return (place for place, code in enumerate(codes) if code in odd) if odd else iter(())
