"""The text columns of a file as whole numbers in SQL: what each cell may say, and where that is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sespms_rules.engines.sql.database import literal
from sespms_rules.engines.sql.inputs import Cell, MemberCells, StageCells
from sespms_rules.foundation.no_rating import NOT_IN_PLAN, NOT_RATED
from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.program import ir


class TextMember(Frozen):
    """The columns of one element or requirement, by their places in a row; None where there is none."""

    name: str
    rating: int | None
    weight: int | None
    critical: int | None
    further: tuple[tuple[str, int], ...]
    requirements: tuple[TextMember, ...]

    @property
    def own(self) -> tuple[int, ...]:
        """The places of its own columns."""
        places = (self.rating, self.weight, self.critical, *(place for _, place in self.further))
        return tuple(each for each in places if each is not None)


class TextTable(Frozen):
    """A file of text cells: where it is, how it is laid out, and what its columns hold.

    `delimiter` is None for Parquet, whose columns are `headings`. `first_row` is the number of the first row below the
    headings, `lines` how many there are in a CSV file; `width` is the number of headings, `unnamed` those without one.
    `appointments` and `units_left_out` (in small letters) say for whom the system is, `odd_ids` are patterns of ids, in
    small letters: the reader of rosters has to judge other people, and these ids. `facts` are the columns of facts by
    name.
    """

    path: str
    delimiter: str | None
    first_row: int
    lines: int
    headings: tuple[str, ...]
    unnamed: tuple[int, ...]
    id: int
    appointment: int | None
    members: tuple[TextMember, ...]
    others: tuple[int, ...] = field(default=())
    unit: int | None = field(default=None)
    units_left_out: tuple[str, ...] = field(default=())
    appointments: tuple[str, ...] = field(default=())
    odd_ids: tuple[str, ...] = field(default=())
    longest_cell: int = field(default=32_767)
    facts: tuple[tuple[str, int], ...] = field(default=())

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.headings)

    @property
    def read(self) -> tuple[int, ...]:
        """The places of all columns that are kept."""
        whom = {each for each in (self.appointment, self.unit) if each is not None}
        facts = (place for _, place in self.facts)
        return tuple(sorted({self.id, *self.others, *_places(self.members), *whom, *facts}))


class TextCells(Frozen):
    """The whole numbers of a file: where they stand, the columns to make, and what holds in a row that is plain."""

    cells: StageCells
    selects: tuple[str, ...]
    plain: tuple[str, ...]


def _places(members: tuple[TextMember, ...]) -> Iterator[int]:
    for member in members:
        yield from member.own
        yield from _places(member.requirements)


def fact_columns(program: ir.Program, table: TextTable) -> list[int]:
    """The places of the columns of facts that are numbers."""
    places = dict(table.facts)
    return [places[fact.name] for fact in program.facts if fact.name in places and not fact.words]


def number_columns(members: tuple[TextMember, ...]) -> list[int]:
    """The places of the columns that hold numbers."""
    found: list[int] = []
    for member in members:
        numbers = (member.rating, member.weight, *(place for _, place in member.further))
        found += [each for each in numbers if each is not None]
        found += number_columns(member.requirements)
    return found


def cells_of(program: ir.Program, table: TextTable, decimals: Mapping[int, int]) -> TextCells:
    """Make the columns of numbers, with as many decimals for each as are stated."""
    made = _Maker(decimals)
    cells = made.stage(program.summary, table.members)
    places = dict(table.facts)
    facts = ((fact.name, made.fact(fact, places[fact.name])) for fact in program.facts if fact.name in places)
    cells = replace(cells, facts=tuple(facts))
    if made.ratings:
        # A row in which nothing is rated is for the reader of rosters, whatever the policy says of missing ratings.
        words = f"['', '{NOT_RATED}', '{NOT_IN_PLAN}']"
        made.plain.append(
            "(" + " OR ".join(f"NOT list_contains({words}, lower(k{each}))" for each in made.ratings) + ")"
        )
    if table.unit is not None and table.units_left_out:
        words = ", ".join(literal(each) for each in table.units_left_out)
        unit = f"lower(regexp_replace(k{table.unit}, ' +', ' ', 'g'))"
        made.plain.append(f"regexp_full_match(k{table.unit}, '[ -~]*') AND NOT list_contains([{words}], {unit})")
    if table.appointment is not None:
        # A list of words behind IN is looked up in a table of its own, and then rows come out in any order.
        words = ", ".join(f"'{each}'" for each in ("", *table.appointments))
        made.plain.append(f"list_contains([{words}], lower(replace(k{table.appointment}, '-', ' ')))")
    return TextCells(cells, tuple(made.selects), tuple(made.plain))


class _Maker:
    """Gathers the columns of numbers, and the conditions under which a row is plain."""

    def __init__(self, decimals: Mapping[int, int]) -> None:
        self._decimals = decimals
        self.ratings: list[int] = []
        self.selects: list[str] = []
        self.plain: list[str] = []

    def stage(self, stage: ir.Stage, members: tuple[TextMember, ...]) -> StageCells:
        """The cells of a stage: what the policy names in its order, then what else the file has."""
        by_name = {member.name: member for member in members}
        named = [self._member(each, by_name.pop(each.name, None)) for each in stage.members]
        return StageCells(tuple(named), tuple(self._member(None, each) for each in by_name.values()))

    def fact(self, fact: ir.Fact, place: int) -> Cell:
        """A column of numbers, or of the places of words; an empty cell, and a word it has not, is for the reader."""
        self.plain.append(f"k{place} <> ''")
        if not fact.words:
            return self._number(place)
        words = [literal(word.lower()) for word in fact.words]
        self.plain.append(f"list_contains([{', '.join(words)}], lower(k{place}))")
        cases = " ".join(f"WHEN {word} THEN {number}" for number, word in enumerate(words, start=1))
        self.selects.append(f"CASE lower(k{place}) {cases} END AS n{place}")
        return Cell(f"n{place}")

    def _member(self, policy: ir.Member | None, text: TextMember | None) -> MemberCells:
        if text is None:
            return MemberCells(None, present=False)
        present = self._present(text)
        further = tuple((name, self._number(place, rating=True)) for name, place in text.further)
        inner = None
        if policy is not None and policy.stage is not None:
            inner = self.stage(policy.stage, text.requirements)
        critical: str | bool = True
        if text.critical is not None:
            said = "'yes', 'no'" if policy is None else "'yes'" if policy.critical else "'no'"
            self.plain.append(f"list_contains(['', {said}, '{NOT_IN_PLAN}'], lower(k{text.critical}))")
            critical = f"n{text.critical}"
            self.selects.append(f"CASE WHEN lower(k{text.critical}) = 'no' THEN 0 ELSE 1 END AS {critical}")
        rating = None if text.rating is None else self._number(text.rating, rating=True)
        weight = None if text.weight is None else self._number(text.weight)
        return MemberCells(rating, weight, further, present, critical, inner)

    def _present(self, text: TextMember) -> str | bool:
        """Where a member is in the plan: what says `not in plan` under one heading of it must not say more."""
        own = [f"lower(k{each})" for each in text.own]
        left_out = " OR ".join(f"{each} = '{NOT_IN_PLAN}'" for each in own) or "FALSE"
        if text.requirements:
            # Without any of its requirements an element is not in the plan, though no column of its own says so.
            each_out = (" OR ".join(f"lower(k{at}) = '{NOT_IN_PLAN}'" for at in each.own) for each in text.requirements)
            below = " AND ".join(f"({each or 'FALSE'})" for each in each_out)
            self.plain.append(f"NOT ({left_out}) AND NOT ({below})")
            return True
        if not own:
            return True
        whole = " AND ".join(f"list_contains(['', '{NOT_IN_PLAN}'], {each})" for each in own)
        self.plain.append(f"(NOT ({left_out}) OR ({whole}))")
        name = f"p{text.own[0]}"
        self.selects.append(f"CASE WHEN {left_out} THEN 0 ELSE 1 END AS {name}")
        return name

    def _number(self, place: int, *, rating: bool = False) -> Cell:
        """A column of whole numbers over a power of ten; only plain digits are taken for a number."""
        text, places = f"k{place}", self._decimals[place]
        self.ratings += [place] if rating else []
        digits = f"CAST(TRY_CAST({text} AS BIGINT) AS VARCHAR) = {text}"
        short = f"length({text}) <= {17 - places}"
        number = f"TRY_CAST({text} AS BIGINT)" + (f" * {10**places}" if places else "")
        made = [f"WHEN {digits} AND {short} THEN {number}"]
        taken = [f"({digits} AND {short})"]
        if places:
            fraction = f"regexp_full_match({text}, '-?[0-9]{{1,12}}\\.[0-9]{{1,{places}}}')"
            whole = f"split_part({text}, '.', 1) || rpad(split_part({text}, '.', 2), {places}, '0')"
            made.append(f"WHEN contains({text}, '.') AND {fraction} THEN TRY_CAST({whole} AS BIGINT)")
            taken.append(f"(contains({text}, '.') AND {fraction})")
        words = ("", NOT_RATED, NOT_IN_PLAN) if rating else ("", NOT_IN_PLAN)
        listed = ", ".join(f"'{each}'" for each in words)
        self.plain.append(
            f"coalesce({text} = '' OR {' OR '.join(taken)} OR list_contains([{listed}], lower({text})), FALSE)"
        )
        name = f"n{place}"
        self.selects.append(f"CASE {' '.join(made)} END AS {name}")
        return Cell(name, 10**places)
