"""What reading a roster gives, and the codes of what can be wrong with one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from sespms_rules.foundation.diagnostic import Diagnostic, Finding, error, note, warning
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.program.rating import Appraisal, Refusal
from sespms_rules.rosters.files.opening import RosterFile

if TYPE_CHECKING:
    from sespms_rules.rosters.files.block_reader import RosterBlock

UNKNOWN_COLUMN = warning("SES631", "unknown-column")
MISSING_COLUMN = error("SES632", "missing-column")
REPEATED_COLUMN = error("SES633", "repeated-column")
MISSING_ID = error("SES634", "missing-id")
REPEATED_ID = error("SES635", "repeated-id")
NOT_A_NUMBER = error("SES636", "not-a-number")
UNKNOWN_APPOINTMENT = error("SES637", "unknown-appointment")
ROW_OF_OTHER_LENGTH = error("SES638", "row-of-other-length")
BROKEN_TABLE = error("SES639", "broken-table")
CONTRADICTING_CELLS = error("SES640", "contradicting-cells")
COLUMN_OF_NO_ELEMENT = error("SES641", "column-of-no-element")
UNKNOWN_KEY = warning("SES642", "unknown-key")
NOT_A_RECORD = error("SES643", "not-a-record")
NOT_YES_OR_NO = error("SES644", "not-yes-or-no")
UNKNOWN_ELEMENT_KEY = error("SES645", "unknown-element-key")
HEADINGS_BELOW_THE_TOP = note("SES646", "headings-below-the-top")
NOTHING_RATED = error("SES647", "nothing-rated")
NOT_AN_EXECUTIVE = error("SES648", "not-an-executive")
LEVELS_IN_WORDS = note("SES649", "levels-in-words")
UNREAD_COLUMN_OF_LEVELS = error("SES650", "unread-column-of-levels")
ID_NOT_AS_SHOWN = error("SES651", "id-not-as-shown")
CELLS_BESIDE_THE_TABLE = warning("SES652", "cells-beside-the-table")
UNIT_SPELLED_IN_SEVERAL_WAYS = note("SES653", "unit-spelled-in-several-ways")
ROW_FOR_EACH_ELEMENT = note("SES654", "row-for-each-element")
ELEMENT_TWICE = error("SES655", "element-twice-for-an-executive")
ROWS_DISAGREE = error("SES656", "rows-of-one-executive-disagree")
ROWS_APART = note("SES657", "rows-of-one-executive-apart")
ROW_OF_NO_ELEMENT = error("SES658", "row-of-no-element")
CELL_NOT_AS_SHOWN = error("SES659", "cell-not-as-shown")
HIDDEN_CELLS = warning("SES660", "hidden-cells")
HEADINGS_IN_TWO_ROWS = error("SES661", "headings-in-two-rows")
TABLE_BESIDE = error("SES662", "table-beside-the-roster")
STRUCK_THROUGH = error("SES663", "struck-through")
ID_IN_SEVERAL_WAYS = warning("SES665", "id-in-several-ways")
CHANGED_BY_A_RULE = warning("SES666", "changed-by-a-rule")
COMMENTS_NOT_READ = warning("SES667", "comments-not-read")
UNIT_LIKE_ONE_LEFT_OUT = warning("SES668", "unit-like-one-left-out")
OTHER_HEADINGS = error("SES677", "other-headings")
UNDER_OTHER_HEADINGS = error("SES678", "under-other-headings")
SHEETS_NOT_READ = note("SES762", "sheets-not-read")
NOT_COVERED = error("SES675", "not-covered")
ELEMENTS_OF_PLANS = note("SES676", "elements-of-plans")

APPOINTMENTS = ("career", "noncareer", "limited term", "limited emergency")
"""How an executive can be appointed, in the words of the language."""

NOBODY_NOT_COUNTED = "rows of the roster that are not an executive and are not counted"
"""How every study tells of totals, notes and placeholders, before their number."""


class RosterRow(Frozen, often=True):
    """One row (or JSON record): its number, and the appraisal it holds or why it holds none.

    `number` is what a spreadsheet shows beside the row (the heading is row 1), or the record's place in a JSON
    list counted from 1. `id` is empty where the row gives none. `refusals` is empty exactly when `appraisal` is set.
    `unit`, `appointment` and `groups` (of the columns that were asked for) are as far as the row says them, also of one
    that is refused; None where it does not.
    """

    number: int
    id: str
    appraisal: Appraisal | None
    refusals: tuple[Refusal, ...] = field(default=())
    unit: str | None = field(default=None)
    appointment: str | None = field(default=None)
    groups: tuple[str | None, ...] = field(default=())

    @property
    def is_covered(self) -> bool:
        """Whether the system is for this executive at all, as far as the row says."""
        return all(each.code != NOT_COVERED.code for each in self.refusals)

    @property
    def is_nobody(self) -> bool:
        """Whether the row is no executive's: a total, a note, a placeholder, headings. No study counts it."""
        return of_nobody(self.refusals)


class Roster(Frozen):
    """All rows of a roster, in order, the findings about the file as a whole, and the file that was read.

    `apart` are the titles of the columns that the `groups` of each row are of.
    """

    rows: tuple[RosterRow, ...]
    findings: tuple[Diagnostic, ...]
    file: RosterFile | None = field(default=None, compare=False)
    apart: tuple[str, ...] = field(default=())


class OpenRoster(Frozen):
    """A roster whose rows are read as they are asked for, once; `lines` is at least about how many there are.

    There are no rows where a finding is an error: then no row could be understood. `told` gives what was found in the
    rows read so far and concerns the roster as a whole; `file` is what is open, `apart` as in `Roster`. `long` says
    that a row stands for an executive, who has several in the file. `blocks` gives all rows in columns, from the first,
    instead of `rows`, without their groups; None where they can only be read one by one.
    """

    rows: Iterator[RosterRow]
    findings: tuple[Diagnostic, ...] = field(default=())
    lines: int = field(default=0)
    told: Callable[[], tuple[Diagnostic, ...]] = field(default=tuple)
    file: RosterFile | None = field(default=None, compare=False)
    apart: tuple[str, ...] = field(default=())
    long: bool = field(default=False)
    blocks: Callable[[], Iterator[RosterBlock]] | None = field(default=None, compare=False)

    def told_later(self) -> tuple[Diagnostic, ...]:
        """What `told` gives and is not among the findings: it was met in rows read since."""
        return not_among(self.told(), self.findings)


def of_nobody(refusals: Iterable[Refusal]) -> bool:
    """Whether a row that is refused for these reasons is no executive's."""
    return any(each.code in (NOT_AN_EXECUTIVE.code, OTHER_HEADINGS.code) for each in refusals)


def not_among(found: Iterable[Diagnostic], told: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings that say something that was not told before."""
    before = {(each.code, each.message) for each in told}
    return tuple(each for each in found if (each.code, each.message) not in before)


def refused(finding: Finding, where: str, says: str, help: str = "", about: str | None = None) -> Refusal:
    """Make the refusal of a row; `where` names row and column."""
    return Refusal(finding.code, finding.name, f"{where}: {says}", help, about)
