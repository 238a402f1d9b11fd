"""A row of headings and a Program -> which column holds what, with findings for headings that fit nothing.

Capitals and blanks in a heading do not matter. A heading that is only nearly right is never taken for the right
one: it is named beside the column that is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from sespms_rules.foundation.diagnostic import Diagnostic, Label
from sespms_rules.foundation.source import Span
from sespms_rules.foundation.spelling import backticked, did_you_mean, nearest_name
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.program.ir import LevelScale, Member, Program, Stage
from sespms_rules.rosters.files.blanks import seen, tidy, trimmed
from sespms_rules.rosters.files.cells import safe_cell
from sespms_rules.rosters.files.headings_told import as_csv, is_of_a_kind, none_known, row_an_element, second_table
from sespms_rules.rosters.files.marked_headings import alike_but_for_marks
from sespms_rules.rosters.files.not_elements import no_element
from sespms_rules.rosters.files.other_headings import means, names_people, own_column, said_with_more
from sespms_rules.rosters.files.rows import (
    COLUMN_OF_NO_ELEMENT,
    ELEMENTS_OF_PLANS,
    MISSING_COLUMN,
    REPEATED_COLUMN,
    UNKNOWN_COLUMN,
)

ID, APPOINTMENT, UNIT = "id", "appointment", "unit"
RATING, WEIGHT, CRITICAL = "rating", "weight", "critical"
SLASH = " / "
_CLOSE = Fraction(4, 5)
_NO_NAMES = "; a number in place of names keeps reports free of them"
_TOLD_APART = 2
"""So many columns that are missing are told one by one; of more, the whole line of headings is offered."""


class Column(Frozen):
    """What a column holds: one of the words above, or the name of an additional rating (`further`), of `path`.

    `path` is empty for the executive's own columns, else the element and, below it, the requirement; `further` with an
    empty path is a fact of that name. `heading` is how it is written out.
    """

    holds: str
    path: tuple[str, ...]
    heading: str
    further: bool = field(default=False)

    @property
    def is_fact(self) -> bool:
        """Whether it holds a fact about the executive or the unit that the policy declares."""
        return self.further and not self.path

    @property
    def key(self) -> tuple[str, bool, tuple[str, ...]]:
        """What two columns that hold the same have in common."""
        return (self.holds, self.further, tuple(tidy(name) for name in self.path))


class Heading(Frozen):
    """A cell of the row of headings: its place in the row, its text, and where it stands."""

    index: int
    text: str
    span: Span


class Layout(Frozen):
    """The columns that are read, by index; `unnamed` are those without a heading, `width` is how many there are.

    `unread` are the headings of those that have one and are not read. `apart` are those by which a study breaks the
    roster down, by index, as the roster writes them. `long` are the columns that say what a row of a long table is of;
    `columns` are then those of the executive. `headings` are all headings as they stand in the table.
    """

    columns: tuple[tuple[int, Column], ...]
    unnamed: tuple[int, ...]
    width: int
    unread: tuple[Heading, ...] = field(default=())
    apart: tuple[tuple[int, str], ...] = field(default=())
    long: tuple[tuple[int, Column], ...] = field(default=())
    headings: tuple[str, ...] = field(default=())

    @property
    def is_long(self) -> bool:
        """Whether the table has a row for each element of each executive."""
        return bool(self.long)


class _There(Frozen):
    """Of the columns that were found: whether all that are needed are there, and which of the executive's own."""

    all_needed: bool
    own: frozenset[str]


def executives_own(program: Program) -> Iterator[Column]:
    """The columns that are of the executive, and of no element."""
    return (column for column, _ in _expected(program) if not column.path)


def expected_columns(program: Program) -> Iterator[tuple[Column, bool]]:
    """Every column with a fixed heading, and whether a roster must have it."""
    return ((column, _is_needed(column, program)) for column, _ in _expected(program))


def known_headings(program: Program) -> frozenset[str]:
    """Every heading the program knows, tidied: what the delimiter of a table is recognized by."""
    return frozenset(_known(program))


def known_columns(program: Program) -> dict[str, tuple[str, bool, tuple[str, ...]]]:
    """What the column of every heading the program knows holds, by the heading, tidied."""
    return {heading: column.key for heading, column in _known(program).items()}


def _known(program: Program) -> dict[str, Column]:
    return {tidy(spelling): column for column, spellings in _expected(program) for spelling in _written(spellings)}


def lay_out(program: Program, headings: tuple[Heading, ...], row: Span) -> tuple[Layout, tuple[Diagnostic, ...]]:
    """Find what each column holds. `row` is the place of the whole row of headings.

    The layout is only of use where no finding is an error.
    """
    known = _known(program)
    needed = {column.key: column for column, _ in _expected(program) if _is_needed(column, program)}
    idle = {column.key for column, _ in _expected(program) if column.holds == WEIGHT} - needed.keys()  # refuse rows
    written = tuple(each.text for each in headings)
    if beside := second_table(written, [each.span for each in headings], frozenset(known)):
        return Layout((), (), len(headings)), (beside,)
    found, repeated, strangers = _sorted_out(known, headings)
    marked, strangers = alike_but_for_marks(headings, strangers, lambda text: _is_read(program, known, text))
    findings = [*(repeated_column(*each) for each in repeated), *marked]
    missing = [column for key, column in needed.items() if key not in found]
    if any(column.path for column in missing) and (
        long := row_an_element({each.text: each.span for each in strangers})
    ):
        layout = Layout((), (), len(headings))
        return layout, (long, *sorted(findings, key=lambda each: each.order))
    if not found and not any(_nearest(column, strangers) for column in missing):
        return Layout((), (), len(headings), headings=written), (none_known(written, _asked_for(program), row),)
    told, strangers = _told_missing(program, missing, strangers, headings, row)
    findings += told
    unread = []
    for heading in strangers:
        brought = _brought(program, heading.text)
        if brought is None or brought.key in found:
            unread.append(heading)
            there = _There(not missing, frozenset(column.holds for _, column in found.values() if not column.path))
            free = {key: each for key, each in known.items() if each.key not in found.keys() | idle}
            findings.append(_stranger(heading, program, free, there))
        else:
            found[brought.key] = (heading, brought)
    findings += _of_plans(program, [column for _, column in found.values()], row)
    columns = tuple(sorted(((heading.index, column) for heading, column in found.values()), key=lambda each: each[0]))
    unnamed = tuple(each.index for each in headings if not trimmed(each.text))
    return Layout(columns, unnamed, len(headings), tuple(unread), headings=written), tuple(
        sorted(findings, key=lambda each: each.order)
    )


_Found = dict[tuple[str, bool, tuple[str, ...]], tuple[Heading, Column]]


def _sorted_out(
    known: Mapping[str, Column], headings: Iterable[Heading]
) -> tuple[_Found, list[tuple[Heading, Heading, Column]], list[Heading]]:
    """The columns that are known, those that stand twice with the first of each, and headings that fit nothing."""
    found: _Found = {}
    repeated: list[tuple[Heading, Heading, Column]] = []
    strangers: list[Heading] = []
    for heading in (each for each in headings if trimmed(each.text)):
        column = known.get(tidy(heading.text))
        if column is None:
            strangers.append(heading)
        elif column.key in found:
            repeated.append((heading, found[column.key][0], column))
        else:
            found[column.key] = (heading, column)
    return found, repeated, strangers


def _asked_for(program: Program) -> list[str]:
    """The headings that a roster must have, in words where a plan names its own elements."""
    headings = [column.heading for column, _ in _expected(program) if _is_needed(column, program)]
    return headings if program.summary.members else [*headings, "<element> level"]


def _told_missing(
    program: Program, missing: list[Column], strangers: list[Heading], headings: tuple[Heading, ...], row: Span
) -> tuple[list[Diagnostic], list[Heading]]:
    """What is said of the columns that are not there, and the strangers none of them may be meant by."""
    meant: list[tuple[Column, Heading | None]] = []
    rivals = {column: said_with_more(column.heading, [each.text for each in strangers]) for column in missing}
    for column in missing:
        near = None if rivals[column] else _nearest(column, strangers)
        strangers = [each for each in strangers if each is not near]
        meant.append((column, near))
    if len(meant) > _TOLD_APART:
        return [_missing_columns(meant, headings, row)], strangers
    optional = {each.name for each in program.summary.members if each.optional}
    is_optional = {each: not optional.isdisjoint(each.path[:1]) for each in missing}
    told = (missing_column(each, row, near, rivals[each], optional=is_optional[each]) for each, near in meant)
    return list(told), strangers


# ---- the columns that a program asks for -----------------------------------------------------------


def _written(spellings: Iterable[str]) -> Iterator[str]:
    """The ways a heading may be written, and as a CSV file guards it from a spreadsheet (`'=Leading level`)."""
    for each in spellings:
        yield each
        yield safe_cell(each)


def _expected(program: Program) -> Iterator[tuple[Column, tuple[str, ...]]]:
    """Each column with a fixed heading, and the ways it may be written."""
    for word in (ID, APPOINTMENT, UNIT):
        yield Column(word, (), word), (word,)
    for fact in program.facts:
        yield Column(fact.name, (), fact.name, further=True), (fact.name,)
    for element in program.summary.members:
        yield from _of_member(program.summary, element, (element.name,))
        for requirement in element.stage.members if element.stage else ():
            yield from _of_member(element.stage, requirement, (element.name, requirement.name))


def _of_member(stage: Stage | None, member: Member, path: tuple[str, ...]) -> Iterator[tuple[Column, tuple[str, ...]]]:
    written = SLASH.join(path)
    if member.stage is None:
        words = ("level",) if isinstance(member.scale, LevelScale) else ("rating", "level")
        yield Column(RATING, path, f"{written} {words[0]}"), tuple(f"{written} {word}" for word in words)
    yield Column(WEIGHT, path, f"{written} weight"), (f"{written} weight",)
    if len(path) == 1:
        yield Column(CRITICAL, path, f"{written} critical"), (f"{written} critical",)
    for further in stage.further if stage else ():
        heading = f"{written} {further.name}"
        yield Column(further.name, path, heading, further=True), (heading,)


def _is_needed(column: Column, program: Program) -> bool:
    """Whether a roster must have the column: the id, and what the policy's own elements and requirements need."""
    if not column.path:
        return column.is_fact or column.holds == ID
    if column.holds == CRITICAL and not column.further:
        return False
    if column.holds != WEIGHT or column.further:
        return True
    if len(column.path) == 1:
        return program.summary.weighted
    return any(
        member.stage.weighted for member in program.summary.members if member.stage and member.name == column.path[0]
    )


# ---- the columns an open stage lets a roster bring -------------------------------------------------


def _brought(program: Program, text: str) -> Column | None:
    """What a heading holds that names an element or requirement the policy leaves to each plan."""
    heading = seen(text)
    for element in program.summary.members:
        lead = tidy(element.name) + SLASH
        if element.stage and tidy(heading).startswith(lead):
            rest = heading[len(lead) :]
            return _split(element.stage, rest, (element.name,)) if element.stage.open else None
    return _split(program.summary, heading, ()) if program.summary.open else None


def _is_read(program: Program, known: Mapping[str, Column], text: str) -> bool:
    """Whether a column under a heading is read."""
    return tidy(text) in known or _brought(program, text) is not None


def _split(stage: Stage, heading: str, above: tuple[str, ...]) -> Column | None:
    words = [("level", RATING, False), ("weight", WEIGHT, False), ("critical", CRITICAL, False)]
    words += [(further.name, further.name, True) for further in stage.further]
    for word, holds, further in sorted(words, key=lambda each: -len(each[0])):
        if tidy(heading).endswith(" " + tidy(word)) and not (above and holds == CRITICAL):
            name = heading[: -len(tidy(word)) - 1].rstrip()
            named = {tidy(each.name) for each in stage.members}
            if tidy(name) not in named and no_element(name):
                return None
            return Column(holds, (*above, name), SLASH.join((*above, heading)), further)
    return None


# ---- findings --------------------------------------------------------------------------------------


def repeated_column(heading: Heading, first: Heading, column: Column) -> Diagnostic:
    """The finding on a second column that holds what another holds."""
    return REPEATED_COLUMN.at(
        heading.span,
        f"two columns hold `{column.heading}`",
        help="keep one of them",
        labels=(Label(first.span, "the other column"),) if first.span.source is heading.span.source else (),
    )


def _of_plans(program: Program, columns: Iterable[Column], row: Span) -> Iterator[Diagnostic]:
    """Tell once which elements and requirements the columns bring that the policy does not name."""
    named = {column.key[2] for column, _ in _expected(program)}
    brought = {column.key[2]: SLASH.join(column.path) for column in columns if column.key[2] not in named}
    if brought:
        says = f"columns are read as of the plans' own {backticked(list(brought.values()))}, not named in the policy"
        help = "see that these are elements or requirements of the plans; remove the columns of any that is not"
        yield ELEMENTS_OF_PLANS.at(row, says, help=help)


def missing_column(
    column: Column, row: Span, near: Heading | None = None, rivals: tuple[str, ...] = (), *, optional: bool = False
) -> Diagnostic:
    """The finding on a column that is not there; `near` is the heading that may be meant, or one of `rivals` is.

    It is `optional` where it is about an element that only some plans have.
    """
    says = f"the roster has no column `{column.heading}`"
    if near is None:
        help = f"add a column with the heading `{column.heading}`"
        if rivals:
            help = f"give the heading `{column.heading}` to the one of {backticked([*map(seen, rivals)])} that is meant"
        help += ", and write `not in plan` in it where a plan does not have the element" if optional else ""
        return MISSING_COLUMN.at(row, says, help=help)
    help = f"if `{seen(near.text)}` is meant to be it, give that column the heading `{column.heading}`"
    if column.holds == ID and not column.further and names_people(near.text):
        help += _NO_NAMES
    return MISSING_COLUMN.at(near.span, says, help=help)


def _missing_columns(
    meant: list[tuple[Column, Heading | None]], headings: tuple[Heading, ...], row: Span
) -> Diagnostic:
    """One finding on several columns that are not there, with the line of headings that has them all."""
    says = f"the roster has no columns {backticked([column.heading for column, _ in meant])}"
    instead = {near.index: column.heading for column, near in meant if near is not None}
    line = [instead.get(each.index, each.text.strip()) for each in headings]
    line += [column.heading for column, near in meant if near is None]
    help = f"make the line of headings `{as_csv(line)}`"
    taken = [seen(near.text) for _, near in meant if near is not None]
    if taken:
        help += f", if {backticked(taken)} hold{'s' * (len(taken) == 1)} what the new headings say"
    if any(column.holds == ID and near is not None and names_people(near.text) for column, near in meant):
        help += _NO_NAMES
    return MISSING_COLUMN.at(row, says, help=help)


def _stranger(heading: Heading, program: Program, known: dict[str, Column], there: _There) -> Diagnostic:
    """A column that is not read. One of levels or weights stops the roster where it may be of some element.

    Where all columns that are needed are there, it is a grade, or a rating of the year before. `known` are the columns
    that no heading stands for yet: two of one heading would stop the roster.
    """
    text = seen(heading.text)
    close = _closest(text, known)
    help = did_you_mean(known[close].heading if close else None, _instead(text, there))
    why = _why(text, program)
    if why or (not there.all_needed and is_of_a_kind(text)):
        says = f"the column `{text}` belongs to nothing that `{program.name}` rates"
        return COLUMN_OF_NO_ELEMENT.at(heading.span, says, help=why or help)
    return UNKNOWN_COLUMN.at(heading.span, f"the column `{text}` is not read", help=help)


def _instead(text: str, there: _There) -> str:
    own = own_column(text)
    if own and own not in there.own:
        return f"if it holds the {own} of the executive, give it the heading `{own}`; otherwise it is not needed"
    if not there.all_needed:
        return "if it is one of the columns that are missing, give it the heading of that one; otherwise remove it"
    return "remove the column if it is not needed"


def _why(text: str, program: Program) -> str:
    """Help for the commonest cause: a rating of an element that is worked out from its requirements."""
    for element in program.summary.members:
        if element.stage and tidy(text) in {f"{tidy(element.name)} level", f"{tidy(element.name)} rating"}:
            return f"give the levels of its requirements, as in `{element.name} / <requirement> level`"
    return ""


def _nearest(column: Column, strangers: list[Heading]) -> Heading | None:
    """The heading that is spelled nearly so, or that offices use for it."""
    by_text = {tidy(each.text): each for each in strangers}
    close = _closest(column.heading, by_text)
    if close:
        return by_text[close]
    fitting = [each for each in strangers if not column.further and means(each.text, column.holds, column.path)]
    if not fitting and column.holds == ID and not column.further:
        fitting = [each for each in strangers if names_people(each.text)]
    return fitting[0] if fitting else None


def _closest(heading: str, others: Iterable[str]) -> str | None:
    """The heading most like the one given, where that is likely to be a slip."""
    return nearest_name(heading, others, _CLOSE)
