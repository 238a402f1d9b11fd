"""The headings of a long table, which has a row for each element of each executive, -> which column holds what.

`id`, `element`, `level` (or `rating`), and where there are such things `weight`, `requirement`, `critical`, the names
of additional ratings, and what is said of the executive. A table is read so where it has these headings and none of
those that a table with a row for each executive has.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.source import Span
from sespms_rules.foundation.spelling import did_you_mean, nearest_name
from sespms_rules.program.ir import Program, Stage
from sespms_rules.rosters.files.blanks import seen, tidy, trimmed
from sespms_rules.rosters.files.columns import (
    CRITICAL,
    RATING,
    WEIGHT,
    Column,
    Heading,
    Layout,
    executives_own,
    known_headings,
    missing_column,
    repeated_column,
)
from sespms_rules.rosters.files.rows import UNKNOWN_COLUMN

ELEMENT: Final = "element"
REQUIREMENT: Final = "requirement"
_LEVELS = ("level", "rating")
_HOLDS = {ELEMENT: ELEMENT, REQUIREMENT: REQUIREMENT, "level": RATING, "rating": RATING, "weight": WEIGHT}


def is_long(program: Program, headings: tuple[Heading, ...]) -> bool:
    """Whether these are the headings of a long table for a program."""
    there = {tidy(each.text) for each in headings}
    own = {tidy(column.heading) for column in executives_own(program)}
    return ELEMENT in there and not there.isdisjoint(_LEVELS) and not (there & known_headings(program)) - own


def lay_out_long(program: Program, headings: tuple[Heading, ...], row: Span) -> tuple[Layout, tuple[Diagnostic, ...]]:
    """Find what each column of a long table holds; as `lay_out` otherwise."""
    own = {tidy(column.heading): column for column in executives_own(program)}
    of_elements = {tidy(column.heading): column for column in _of_elements(program)}
    found: dict[str, Heading] = {}
    places: dict[bool, list[tuple[int, Column]]] = {True: [], False: []}
    findings: list[Diagnostic] = []
    unread: list[Heading] = []
    for heading in (each for each in headings if trimmed(each.text)):
        text = tidy(heading.text)
        column = own.get(text) or of_elements.get(text)
        if column is None:
            unread.append(heading)
            help = did_you_mean(
                nearest_name(heading.text, (*own, *of_elements)), "remove the column if it is not needed"
            )
            findings.append(
                UNKNOWN_COLUMN.at(heading.span, f"the column `{seen(heading.text)}` is not read", help=help)
            )
        elif column.holds in found:
            findings.append(repeated_column(heading, found[column.holds], column))
        else:
            found[column.holds] = heading
            places[text in own].append((heading.index, column))
    facts = (each for each in own.values() if each.is_fact)
    needed = [own["id"], *facts, *([of_elements["weight"]] if program.summary.weighted else [])]
    findings += [missing_column(each, row) for each in needed if each.holds not in found]
    unnamed = tuple(each.index for each in headings if not trimmed(each.text))
    written = tuple(each.text for each in headings)
    layout = Layout(
        tuple(places[True]), unnamed, len(headings), tuple(unread), long=tuple(places[False]), headings=written
    )
    return layout, tuple(sorted(findings, key=lambda each: each.order))


def _of_elements(program: Program) -> Iterator[Column]:
    """What a row says of an element or requirement."""
    for heading, holds in _HOLDS.items():
        yield Column(holds, (), heading)
    yield Column(CRITICAL, (), CRITICAL)
    for stage in (program.summary, *(each.stage for each in program.summary.members)):
        yield from _further(stage)


def _further(stage: Stage | None) -> Iterator[Column]:
    for each in stage.further if stage else ():
        yield Column(each.name, (), each.name, further=True)
