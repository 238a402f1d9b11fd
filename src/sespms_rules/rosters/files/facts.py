"""What a cell says of a fact about the executive or the unit; whether a fact can be that the engines judge."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from sespms_rules.program.ir import Fact, Program
from sespms_rules.program.rating import Refusal
from sespms_rules.rosters.files.blanks import seen, tidy
from sespms_rules.rosters.files.columns import Column, Layout
from sespms_rules.rosters.files.numbers import NumberFault, read_number
from sespms_rules.rosters.files.rows import NOT_A_NUMBER, refused

GivenFacts = tuple[tuple[str, Fraction | str], ...]


def read_fact(fact: Fact, text: str, where: str) -> tuple[Fraction | str | None, Refusal | None]:
    """The number or word that a text says; None where it says nothing, and why where it says nothing clear.

    A word is read whatever its capitals and blanks; one that the fact does not have is kept for the engines to refuse.
    """
    if fact.words:
        words = {tidy(word): word for word in fact.words}
        return words.get(tidy(text), seen(text)) or None, None
    if not tidy(text):
        return None, None
    read = read_number(text)
    if isinstance(read, NumberFault):
        return None, refused(NOT_A_NUMBER, where, read.says, read.help, fact.name)
    return read, None


class FactColumns:
    """The columns of facts in a table."""

    def __init__(self, layout: Layout, program: Program) -> None:
        facts = {fact.name: fact for fact in program.facts}
        own: list[tuple[int, Column]] = [each for each in layout.columns if each[1].is_fact]
        self._places = tuple((facts[column.holds], index, column.heading) for index, column in own)

    def read(self, cell: Callable[[int], str], where: str) -> tuple[GivenFacts, Sequence[Refusal]]:
        """What a row says of the facts, and a refusal for each cell that says nothing clear."""
        given: list[tuple[str, Fraction | str]] = []
        wrong: list[Refusal] = []
        for fact, index, heading in self._places:
            value, fault = read_fact(fact, cell(index), f"{where}, column `{heading}`")
            wrong += [fault] if fault else []
            given += [(fact.name, value)] if value is not None else []
        return tuple(given), wrong
