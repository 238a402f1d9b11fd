"""The cells of one row -> the elements of an appraisal, with a refusal for each cell that says nothing clear."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache

from sespms_rules.foundation.no_rating import NOT_APPLICABLE, NOT_IN_PLAN, NOT_RATED
from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.patterns import late
from sespms_rules.foundation.spelling import did_you_mean, nearest_name, shortened
from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.language.syntax.words import FederalLevel
from sespms_rules.program.ir import Kind, LevelScale, Program, Stage, WeightTotal
from sespms_rules.program.rating import Rated, Refusal
from sespms_rules.rosters.files.blanks import tidy, trimmed
from sespms_rules.rosters.files.columns import CRITICAL, RATING, WEIGHT, Column, Layout
from sespms_rules.rosters.files.numbers import ANY_NUMBER, read_number, share_of_a_whole
from sespms_rules.rosters.files.rows import CONTRADICTING_CELLS, NOT_A_NUMBER, NOT_YES_OR_NO, refused

_OF_THE_LAW = frozenset(level.value for level in FederalLevel)
_YES_AND_NO = {"yes": True, "no": False}
_MOST_DIGITS = 4


class Place(Frozen):
    """A column by its index in a row and its heading."""

    index: int
    heading: str


class MemberColumns(Frozen):
    """The columns of one element or requirement; `requirements` those of what it is worked out from.

    `on_levels` says that it is rated on levels, which have words, and not on a scale of numbers. `declared` is
    whether the policy says that the element is critical; None where it does not name the element.
    """

    name: str
    rating: Place | None
    weight: Place | None
    critical: Place | None
    further: tuple[tuple[str, Place], ...]
    requirements: tuple[MemberColumns, ...]
    is_critical: bool
    on_levels: bool
    declared: bool | None = field(default=None)
    total: Fraction | None = field(default=None)


def members_of(layout: Layout, program: Program) -> tuple[MemberColumns, ...]:
    """Gather the columns of each element: first the policy's own in its order, then others as they stand."""
    named = [element.name for element in program.summary.members]
    critical = {element.name: element.critical for element in program.summary.members}
    columns = [each for each in layout.columns if each[1].path]
    names = dict.fromkeys(named) | {tidy(column.path[0]): None for _, column in columns}
    by_tidy = {tidy(name): name for name in named}
    firsts: dict[str, str] = {}
    for name in names:
        first = next((column.path[0] for _, column in columns if tidy(column.path[0]) == tidy(name)), name)
        firsts.setdefault(tidy(name), by_tidy.get(tidy(name), first))
    scales = _number_scales(program)
    inner = {element.name: element.stage for element in program.summary.members}
    return tuple(
        _with_totals(
            replace(_gathered(key, 0, columns, critical.get(name), scales), name=name), program.summary, inner.get(name)
        )
        for key, name in firsts.items()
        if _has(key, columns)
    )


def _with_totals(columns: MemberColumns, stage: Stage, inner: Stage | None) -> MemberColumns:
    """The same with what the weights of elements total, and those of its requirements."""
    below = tuple(replace(each, total=_total(inner)) for each in columns.requirements)
    return replace(columns, total=_total(stage), requirements=below)


def _total(stage: Stage | None) -> Fraction | None:
    totals = [each.total for each in stage.limits if isinstance(each, WeightTotal)] if stage else []
    return totals[0] if len(totals) == 1 else None


def _number_scales(program: Program) -> frozenset[tuple[str, ...]]:
    """The paths of the elements and requirements that are rated on a scale of numbers."""
    found: list[tuple[str, ...]] = []
    for element in program.summary.members:
        inner = element.stage.members if element.stage else ()
        found += [(element.name,)] if not isinstance(element.scale, LevelScale) else []
        found += [(element.name, each.name) for each in inner if not isinstance(each.scale, LevelScale)]
    return frozenset(found)


def _has(key: str, columns: Sequence[tuple[int, Column]]) -> bool:
    return any(tidy(column.path[0]) == key for _, column in columns)


def _gathered(
    key: str,
    depth: int,
    columns: Sequence[tuple[int, Column]],
    declared: bool | None,
    scales: frozenset[tuple[str, ...]],
) -> MemberColumns:
    """The columns whose path has `key` at `depth`; the name is as the first of them writes it."""
    inside = [each for each in columns if len(each[1].path) > depth and tidy(each[1].path[depth]) == key]
    own = [(Place(index, column.heading), column) for index, column in inside if len(column.path) == depth + 1]
    below = [each for each in inside if len(each[1].path) > depth + 1]
    keys = dict.fromkeys(tidy(column.path[depth + 1]) for _, column in below)

    def place(holds: str) -> Place | None:
        return next((place for place, column in own if column.holds == holds and not column.further), None)

    return MemberColumns(
        inside[0][1].path[depth],
        place(RATING),
        place(WEIGHT),
        place(CRITICAL),
        tuple((column.holds, place) for place, column in own if column.further),
        tuple(_gathered(each, depth + 1, below, declared, scales) for each in keys),
        declared is not False or depth > 0,
        inside[0][1].path[: depth + 1] not in scales,
        declared,
    )


_LONGEST_TERM = 60
MOST_USED = 1_000
"""How many different words for levels are noted in a roster."""
_NUMBER_BESIDE = (
    late(r"(?:l|lv|lvl|lev|level)[ .:#-]{0,3}(?P<number>[0-9])", re.ASCII | re.IGNORECASE),
    late(r"(?:level )?(?P<number>[0-9]) {0,3}[-\u2013\u2014:=(.,] {0,3}(?P<term>[^()]{1,60})\)?", re.IGNORECASE),
    late(r"(?P<term>[^()]{1,60}?) {0,3}[-\u2013\u2014:=(,] {0,3}(?:level )?(?P<number>[0-9])\)?", re.IGNORECASE),
)
"""A level's number with a letter before it, or with a term beside it."""
_MARKED = late(
    "(?P<before>[*\u2020\u2021\u00a7\u00b6#^]{0,3}) ?(?:level )?(?P<number>[0-9]) {0,3}"
    "(?P<mark>(?:[*\u2020\u2021\u00a7\u00b6#^\u00b9\u00b2\u00b3\u2070-\u2079]{1,3}"
    r"|[(\[](?:note |fn )?(?:[0-9]{1,2}|[a-z*])[)\]])?)",
    re.IGNORECASE,
)
"""A level's number with the mark of a note before or behind it."""


def no_level(text: str) -> str:
    """What is wrong with a text that stands where a level does."""
    return f"`{text}` is neither a number nor the term of a level"


class LevelWords:
    """The words for levels that the policy has: its own terms, `level` before a number, and both (`4 - Exceeds`).

    A number and a term in one cell are read where they name one level. What else stands beside a number is not.
    `used` are those that were read so far, with the level each stands for, up to `MOST_USED` of them.
    """

    def __init__(self, program: Program) -> None:
        numbers: dict[str, set[int]] = {}
        for number, term in program.terms:
            numbers.setdefault(tidy(term), set()).add(number)
        self._terms = tuple(dict.fromkeys(term for _, term in program.terms))
        self._levels = {words: found.pop() for words, found in numbers.items() if len(found) == 1}
        self._numbers = frozenset(number for number, _ in program.terms)
        self.used: dict[str, int] = {}

    def level(self, text: str) -> int | None:
        """The level that a text names; None where it names none, or more than one."""
        words = tidy(text)
        if (plain := self._plain(words)) is not None:
            return plain
        beside = self._number_beside(words)
        # One of each: the first figure of `4.4 - Exceeds` is beside a number that is no level.
        return beside[0] if beside is not None and beside[1] and beside[0] == self._plain(beside[1]) else None

    def _plain(self, words: str) -> int | None:
        """The level that words name by its term or by its number, and by nothing beside that."""
        if (own := self._levels.get(words)) is not None:
            return own
        number = words.removeprefix("level ")
        if number != words and number.isascii() and number.isdecimal() and len(number) < _MOST_DIGITS:
            return int(number)
        return self._levels.get(number)

    def reads_as_one(self, text: str) -> bool:
        """Whether a text that names no level here reads as one: the regulation's term, or the first words of a term.

        Initials do not: `MS` is a degree and a state too.
        """
        words = tidy(text)
        return words in _OF_THE_LAW or any(tidy(each).startswith(f"{words} ") for each in self._terms)

    def is_term(self, text: str) -> bool:
        """Whether a text is the whole term of a level, of the policy or the regulation, and holds no figure."""
        words = tidy(text)
        whole = words in _OF_THE_LAW or any(words == tidy(each) for each in self._terms)
        return whole and not any(sign.isdigit() for sign in words)

    def may_be_short(self, text: str) -> bool:
        """Whether a text may be the initials of a term, of the policy or the regulation, or its first letter."""
        terms = _OF_THE_LAW.union(map(tidy, self._terms))
        if len(text) == 1:
            return any(tidy(each).startswith(tidy(text)) for each in terms)
        return shortened(text, terms) is not None

    def instead(self, text: str, besides: str = "") -> str:
        """What to write for a text that names no level; `besides` is said behind it, where it is no slip of a term."""
        short = self.beside(text) or self.short_for(text)
        near = nearest_name(text, self._terms) if short is None and len(text) <= _LONGEST_TERM else None
        if near is not None and any(each.isdigit() and each not in near for each in text):
            near = None  # no slip of a term: the figure beside it may be what is meant
        return did_you_mean(near, f"{short or 'write the level as a number, such as `4`, or as its term'}{besides}")

    def short_for(self, text: str) -> str | None:
        """What a text may be short for: a term of which it is the initials, the first letter or the first words."""
        initial = [each for each in self._terms if len(text) == 1 and each.casefold().startswith(text.casefold())]
        term = initial[0] if len(initial) == 1 else shortened(text, self._terms)
        level = None if term is None else self.level(term)
        return None if level is None else f"write `{level}` if `{text}` stands for `{term}`"

    def beside(self, text: str) -> str | None:
        """What to write for a text that names a level by its number with something beside it (`4 - Exc.`, `4*`)."""
        if (marked := _MARKED.fullmatch(text)) and (mark := marked["mark"] or marked["before"]):
            number = int(marked["number"])
            known = number in self._numbers
            return f"write `{number}` if the note at `{mark}` leaves level {number} as it is" if known else None
        found = self._number_beside(text)
        if found is None:
            return None
        number, term = found
        named = (self._short(term) if (level := self._plain(tidy(term))) is None else level) if term else number
        if named is None:
            return None
        if named != number:
            return f"it names level {number} and, by `{term}`, level {named}: write the one that is meant"
        return f"write `{number}` if level {number} is meant"

    def _number_beside(self, text: str) -> tuple[int, str] | None:
        """The number of a level and the term beside it, empty where a letter stands there; None for other texts."""
        found = next((each for pattern in _NUMBER_BESIDE if (each := pattern.fullmatch(text))), None)
        if found is None or (number := int(found["number"])) not in self._numbers:
            return None
        return number, found.groupdict().get("term") or ""

    def _short(self, text: str) -> int | None:
        """The level for whose term a text is short; None where it is short for none, or may be for several."""
        term = shortened(text, self._terms)
        return None if term is None else self.level(term)

    def read(self, text: str) -> Fraction | None:
        """The level that a text names, which is then one that was used."""
        level = self.level(text)
        if level is None:
            return None
        if len(self.used) < MOST_USED:
            self.used.setdefault(text, level)
        return Fraction(level)

    def number(self, value: object) -> object:
        """The level that a text names, as digits; any other value as it is."""
        level = self.read(trimmed(value)) if isinstance(value, str) else None
        return value if level is None else str(level)


_MOST_READ = 4_096
"""How many readings of a member are remembered."""
_LONGEST_READ = 1_000
"""Of cells with more characters together nothing is remembered."""


class MemberReader:
    """Reads the cells of one member; cells that were read before are not read again.

    A million rows hold few different pairs of weight and level, so that most rows cost one look-up an element. Whoever
    remembers them himself, and has to know which words were read in each, says `remembers=False`.
    """

    def __init__(self, columns: MemberColumns, words: LevelWords, *, remembers: bool = True) -> None:
        self._columns = columns
        self.name = columns.name
        self._below = tuple(MemberReader(each, words, remembers=remembers) for each in columns.requirements)
        self._words = words
        places = [columns.rating, columns.weight, columns.critical, *(place for _, place in columns.further)]
        self._indices = tuple(place.index for place in places if place)
        self.indices: tuple[int, ...] = self._indices + tuple(i for each in self._below for i in each.indices)
        self._remembers = remembers
        self._read = lru_cache(maxsize=_MOST_READ)(self._read_cells)
        self._as_written: dict[tuple[str, ...], tuple[Rated | None, tuple[Refusal, ...]]] = {}

    def read(self, cell: Callable[[int], str]) -> tuple[Rated | None, tuple[Refusal, ...]]:
        """Return the member, None where it is not in this plan, and what is wrong (without naming the row).

        `cell` gives the text of a cell of the row by its index.
        """
        written = tuple([cell(index) for index in self.indices])
        found = self._as_written.get(written)
        if found is None:
            if not self._remembers or sum(map(len, written)) > _LONGEST_READ:
                return self._read_cells(tuple(map(trimmed, written)))
            found = self._read(tuple(map(trimmed, written)))
            if len(self._as_written) < _MOST_READ:
                self._as_written[written] = found
        return found

    def _read_cells(self, cells: tuple[str, ...]) -> tuple[Rated | None, tuple[Refusal, ...]]:
        row = dict(zip(self.indices, cells, strict=True))
        faults: list[Refusal] = []
        requirements = []
        for reader in self._below:
            rated, wrong = reader.read(row.__getitem__)
            faults += wrong
            requirements += [rated] if rated else []
        here = {tidy(row[index]) for index in self._indices}
        left_out = NOT_IN_PLAN in here or (bool(self._below) and not requirements and not faults)
        if left_out:
            whole = not requirements and here <= {NOT_IN_PLAN, ""}
            return None, tuple(faults) if whole else (*faults, self._contradiction())
        columns = self._columns
        rating = self._number(columns.rating, row, faults, rating=True)
        weight = self._number(columns.weight, row, faults)
        further = [(name, self._number(place, row, faults, rating=True)) for name, place in columns.further]
        given = tuple((name, value) for name, value in further if value is not None)
        critical = self._yes(columns.critical, row, faults)
        return Rated(columns.name, rating, weight, given, tuple(requirements), critical), tuple(faults)

    def _contradiction(self) -> Refusal:
        name = self._columns.name
        says = f"some say `{NOT_IN_PLAN}` and others hold a value"
        return refused(
            CONTRADICTING_CELLS, f"columns of `{name}`", says, f"empty the others, or replace `{NOT_IN_PLAN}`", name
        )

    def _number(
        self, place: Place | None, row: dict[int, str], faults: list[Refusal], *, rating: bool = False
    ) -> Fraction | None:
        if place is None:
            return None
        text = row[place.index]
        if not text or (rating and tidy(text) == NOT_RATED):
            return None
        value = read_number(text)
        if isinstance(value, Fraction):
            return value
        on_levels = place is self._columns.rating and self._columns.on_levels
        if on_levels:
            level = self._words.read(text)
            if level is not None:
                return level
        named = self._words.level(text) if place is self._columns.rating else None
        told = self._cure(place, text, value.help)
        help = told if named is None else f"write `{named}`"
        if tidy(text) in NOT_APPLICABLE:
            help = f"write `{NOT_IN_PLAN}` where the plan does not have it" + (
                "; leave it empty for not rated" if rating else ""
            )
        elif place is self._columns.rating and help == ANY_NUMBER:
            empty = "; leave it empty for not rated"
            help = self._words.instead(text, empty) if on_levels else f"{help}{empty}"
        says = no_level(text) if on_levels and told == ANY_NUMBER else value.says
        faults.append(refused(NOT_A_NUMBER, f"column `{place.heading}`", says, help, self._columns.name))
        return None

    def _cure(self, place: Place, text: str, help: str) -> str:
        """What to write for a share: a weight by what the weights total (`25%` of a total of 1 is 0.25), no level."""
        # `4/5` is a level out of five, or two levels; the fraction that it would be is neither. Nor is that of `4,5`.
        on_levels = place is self._columns.rating and self._columns.on_levels
        if on_levels and (any(sign in text for sign in "/,") or text.endswith("%")):
            return ANY_NUMBER
        share, total = share_of_a_whole(text), self._columns.total
        if share is None or total is None or place is not self._columns.weight:
            return help
        written = exact(share * total)
        return help if "/" in written else f"write `{written}`, as the weights total `{exact(total)}`"

    def _yes(self, place: Place | None, row: dict[int, str], faults: list[Refusal]) -> bool:
        if place is None:
            return self._columns.is_critical
        text = tidy(row[place.index])
        said = _YES_AND_NO.get(text) if text else self._columns.is_critical
        if said is None:
            says = f"`{row[place.index]}` does not say whether the element is critical"
            faults.append(refused(NOT_YES_OR_NO, f"column `{place.heading}`", says, "write `yes` or `no`"))
        elif self._columns.declared is not None:
            if text and said is not self._columns.declared:
                faults.append(self._not_as_declared(place, row[place.index]))
            return self._columns.is_critical
        return said is not False

    def _not_as_declared(self, place: Place, text: str) -> Refusal:
        sort = (Kind.CRITICAL if self._columns.declared else Kind.NONCRITICAL).value
        name = self._columns.name
        says = f"it says `{text}` of `{name}`, which the policy names among its {sort}s"
        help = "empty the cell, or correct it; what is critical is for the policy to say"
        return refused(CONTRADICTING_CELLS, f"column `{place.heading}`", says, help, name)
