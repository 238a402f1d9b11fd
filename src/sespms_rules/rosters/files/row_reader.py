"""A row of any table -> an appraisal, or the reasons why it holds none: the one place where rows are judged."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from sespms_rules.engines.reference import rate
from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.source import Source, Span
from sespms_rules.foundation.spelling import backticked
from sespms_rules.foundation.values import replace
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Appraisal, Outcome, Rated, Refusal
from sespms_rules.rosters.files.blanks import tidy, trimmed
from sespms_rules.rosters.files.breakdowns import Groups
from sespms_rules.rosters.files.columns import APPOINTMENT, ID, UNIT, Layout
from sespms_rules.rosters.files.coverage import units_like_those_left_out
from sespms_rules.rosters.files.executives import Identities, Units, read_appointment
from sespms_rules.rosters.files.facts import FactColumns
from sespms_rules.rosters.files.headings_below import HeadingsBelow
from sespms_rules.rosters.files.level_words import MOST_USED, LevelWords
from sespms_rules.rosters.files.limits import LONGEST_CELL
from sespms_rules.rosters.files.members import MemberReader, members_of
from sespms_rules.rosters.files.rows import (
    BROKEN_TABLE,
    LEVELS_IN_WORDS,
    NOT_AN_EXECUTIVE,
    NOTHING_RATED,
    ROW_OF_OTHER_LENGTH,
    UNIT_LIKE_ONE_LEFT_OUT,
    UNIT_SPELLED_IN_SEVERAL_WAYS,
    RosterRow,
    refused,
)

_MOST_TOLD = 5

Places = Mapping[tuple[str, ...], int]
"""The row in which each element stands, by its path of tidied names."""


class RowReader:
    """Reads rows of one layout; `identities` know the ids met before, `name` is what messages call the roster by.

    `apart` are the titles of the columns that the groups of a row are of.
    """

    def __init__(self, layout: Layout, program: Program, name: str, identities: Identities | None = None) -> None:
        self._program = program
        self._name = name
        self._width = layout.width
        self._unnamed = layout.unnamed
        own = {column.holds: index for index, column in layout.columns if not (column.path or column.is_fact)}
        self._id = own[ID]
        self._appointment = own.get(APPOINTMENT)
        self._unit = own.get(UNIT)
        self._words = LevelWords(program)
        self._members = tuple(MemberReader(each, self._words) for each in members_of(layout, program))
        self._facts = FactColumns(layout, program)
        self.identities = identities or Identities()
        self.units = Units()
        self._apart = tuple(index for index, _ in layout.apart)
        self.apart = tuple(title for _, title in layout.apart)
        self._groups = Groups(self.apart)
        self.headings = HeadingsBelow(layout, program)

    def row(self, number: int, cells: Sequence[str], refusals: tuple[Refusal, ...] = ()) -> RosterRow:
        """Return the row of these cells; `refusals` say why it cannot be read, if so.

        Rows are read in their order the first time, so that rows of headings below the first are known.
        """
        under = self.headings.of_row(number)
        if under and self.headings.heading(number, cells) is not None:
            under = ()
        found = self._row(number, cells, (*refusals, *under))
        if found.appraisal is None and (other := self.headings.heading(number, cells)):
            return RosterRow(number, found.id, None, other)
        return found

    def _row(self, number: int, cells: Sequence[str], refusals: tuple[Refusal, ...]) -> RosterRow:
        """The row of these cells, if it is none of headings."""
        where = f"row {number}"
        key = trimmed(cells[self._id]) if self._id < len(cells) else ""
        if refusals and not key:
            return RosterRow(number, "", None, refusals)
        unnamed = self.identities.refusal(key, number, where, "row")
        if unnamed and unnamed.code == NOT_AN_EXECUTIVE.code and not refusals:
            return RosterRow(number, key, None, (unnamed,))
        found = [unnamed] if unnamed else []
        if wrong := refusals or misshapen(cells, where, self._width, self._unnamed):
            return RosterRow(number, key, None, (*found, *wrong))
        return self._read(number, cells, found, where)

    def executive(
        self, numbers: str, number: int, cells: Sequence[str], refusals: Sequence[Refusal], places: Places
    ) -> RosterRow:
        """Return the executive of several rows of a long table, of which `number` is the first.

        `numbers` names them all, `refusals` are what is wrong with them, `places` the row of each element.
        """
        return self._read(number, cells, [*refusals], numbers, places)

    def _read(
        self, number: int, cells: Sequence[str], found: list[Refusal], where: str, places: Places | None = None
    ) -> RosterRow:
        """The row of cells that can be told apart; `found` is what was found wrong before."""
        key = trimmed(cells[self._id])
        elements = []
        for member in self._members:
            rated, faults = member.read(cells.__getitem__)
            found += [placed(fault, member.name, where, places) for fault in faults]
            elements += [rated] if rated else []
        appointment = None
        if self._appointment is not None:
            appointment, wrong_word = read_appointment(cells[self._appointment], f"{where}, column `{APPOINTMENT}`")
            found += [wrong_word] if wrong_word else []
        facts, unclear = self._facts.read(cells.__getitem__, where)
        found += unclear
        unit = None if self._unit is None else self.units.unit(trimmed(cells[self._unit]))
        groups = self._groups.read([cells[place] for place in self._apart]) if self._apart else ()
        appraisal = None if found else Appraisal(key, tuple(elements), appointment, unit, facts)
        if appraisal is not None and (wrong := nothing_rated(appraisal, self._program, where)):
            appraisal, found = None, [*wrong]
        return RosterRow(number, key, appraisal, tuple(found), unit, appointment, groups)

    @property
    def words_told(self) -> Collection[str]:
        """The words for levels that were met in the rows read so far."""
        return self._words.used.keys()

    def told(self) -> tuple[Diagnostic, ...]:
        """What was found in the rows read so far and concerns the whole roster."""
        return told_of(self._name, self._words, self.units, self._groups, self._program)


_APART: Final = "give the column a heading if it belongs to the roster; a table beside it needs a file of its own"
_BEHIND: Final = (
    "put a value that holds the sign between columns (such as a comma) between quotation marks; otherwise give the "
    "column a heading, or empty it"
)


def misshapen(cells: Sequence[str], where: str, width: int, unnamed: Sequence[int]) -> tuple[Refusal, ...]:
    """Refuse a row that is cut off or has a value under no heading; blank cells at its end do no harm."""
    if len(cells) < width:
        says = f"it has {len(cells)} cells and the row of headings {width}"
        help = "give it a cell under every heading, empty where nothing is known"
        return (refused(ROW_OF_OTHER_LENGTH, where, says, help),)
    for index in (*unnamed, *range(width, len(cells))):
        if text := trimmed(cells[index]):
            shown = text if len(text) <= LONGEST_CELL else text[:20] + "…"
            says = f"`{shown}` stands in column {index + 1}, which has no heading"
            apart = index > 0 and not trimmed(cells[index - 1]) and (index - 1 >= width or index - 1 in unnamed)
            help = _APART if apart else _BEHIND
            return (refused(ROW_OF_OTHER_LENGTH, where, says, help),)
    for index, text in enumerate(cells):
        if len(text) > LONGEST_CELL:
            says = f"column {index + 1}: a cell has more than {LONGEST_CELL:,} characters"
            return (refused(BROKEN_TABLE, where, says, "shorten it"),)
    return ()


def placed(fault: Refusal, member: str, where: str, places: Places | None = None) -> Refusal:
    """A fault of a cell with the row it stands in."""
    if places is None:
        return replace(fault, message=f"{where}, {fault.message}")
    path = (tidy(member),) if fault.about in (None, member) else (tidy(member), tidy(fault.about or ""))
    number = places.get(path)
    at = where if number is None else f"row {number}"
    return replace(fault, message=f"{at}, {fault.message}", row=number)


def told_of(name: str, words: LevelWords, units: Units, groups: Groups, program: Program) -> tuple[Diagnostic, ...]:
    """What is told of words for levels and of units and groups in a roster."""
    place = Span(Source(name, ""), 0, 0)
    found = []
    if words.used:
        pairs = [f"`{text}` as {level}" for text, level in words.used.items()]
        says = f"levels are given in words, which are read by the policy's own terms: {_some(pairs)}"
        found.append(LEVELS_IN_WORDS.at(place, says, help="see that each word means the level that is named"))
    for first, others in units.spelled_otherwise:
        says = f"the unit `{first}` is also written {backticked(others[:_MOST_TOLD])}, and is read as one unit"
        help = "write it in one way; give units that differ names that differ in more than capitals or blanks"
        found.append(UNIT_SPELLED_IN_SEVERAL_WAYS.at(place, says, help=help))
    for title, first, others in groups.spelled_otherwise:
        also = backticked(others[:_MOST_TOLD])
        says = f"`{first}` in the column `{title}` is also written {also}, and is counted as one"
        help = "write it in one way; give groups that differ names that differ in more than capitals or blanks"
        found.append(UNIT_SPELLED_IN_SEVERAL_WAYS.at(place, says, help=help))
    found += _told_zeros(units, groups, place)
    for unit, left_out in units_like_those_left_out(units.all, program):
        says = f"the unit `{unit}` is rated, and `{program.name}` leaves out `{left_out}`, which may be the same unit"
        help = "where it is, write it as the policy does: its executives are then not rated here"
        found.append(UNIT_LIKE_ONE_LEFT_OUT.at(place, says, help=help))
    return tuple(found)


def _told_zeros(units: Units, groups: Groups, place: Span) -> Iterator[Diagnostic]:
    """Tell of units and groups that differ in zeros alone: a spreadsheet may have taken them, a code may have them."""
    of_units = (("the units", each) for each in units.apart_by_zeros)
    of_groups = ((f"in the column `{title}`", each) for title, each in groups.apart_by_zeros)
    for where, values in (*of_units, *of_groups):
        which = backticked(values[:_MOST_TOLD])
        named = f"{where} {which}" if where == "the units" else f"{which} {where}"
        help = "write them in one way if they are one, with the cells formatted as text"
        says = f"{named} differ in zeros alone, and are counted apart"
        yield UNIT_SPELLED_IN_SEVERAL_WAYS.at(place, says, help=help)


def _some(words: list[str]) -> str:
    more = len(words) - _MOST_TOLD
    others = f" and {more} or more others" if len(words) >= MOST_USED else f" and {more} more"
    return ", ".join(words[:_MOST_TOLD]) + (others if more > 0 else "")


def nothing_rated(appraisal: Appraisal, program: Program, where: str) -> tuple[Refusal, ...]:
    """Refuse an appraisal in which nobody rated anything and that would yet get a level.

    What a policy that gives no level states for such a one rests on its own words.
    """
    if any_rating(appraisal.elements) or program.summary.of_nothing:
        return ()
    if rate(program, appraisal, trace=False).outcome is not Outcome.RATED:
        return ()
    says = "nothing is rated, so that a level would rest on no rating at all"
    return (refused(NOTHING_RATED, where, says, "give the ratings, or remove the row if it is no executive"),)


def any_rating(members: Iterable[Rated]) -> bool:
    """Whether anything is rated in these elements or their requirements."""
    return any(each.rating is not None or each.further or any_rating(each.requirements) for each in members)
