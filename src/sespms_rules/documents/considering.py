"""The rows of a roster -> the executives that a board considers, each with what the policy derives."""

from __future__ import annotations

from sespms_rules.documents.agreements import Executive
from sespms_rules.documents.board import MOST_EXECUTIVES, BeforeTheBoard, Considered
from sespms_rules.documents.letters import plain
from sespms_rules.documents.spoken import capital
from sespms_rules.engines.reference import rate
from sespms_rules.foundation.request import RequestError
from sespms_rules.program.ir import Program
from sespms_rules.rosters.files import OpenRoster, RosterRow

_MOST_NAMED = 100
"""How many rows of nobody are named in a book."""


def considered(program: Program, opened: OpenRoster) -> BeforeTheBoard:
    """Every executive of the roster as the reference rates them, and what is told of its rows and columns.

    Raises RequestError for none, and for too many.
    """
    made: list[Considered] = []
    nobody: list[str] = []
    for row in opened.rows:
        if row.is_nobody:
            nobody += [f"{plain(each.message)} ({each.code})" for each in row.refusals]
            continue
        if len(made) == MOST_EXECUTIVES:
            raise RequestError(
                f"the roster has more than {MOST_EXECUTIVES:,} executives, and nobody reads such a book; give it"
                " in parts, or write a table: `sespms rate`"
            )
        rating = None if row.appraisal is None else rate(program, row.appraisal)
        made.append(Considered(executive_of(row), rating, row.refusals))
    if not made:
        raise RequestError("the roster has no executive, so there is nothing for a board to consider")
    found = (*opened.findings, *opened.told_later())
    told = [f"{plain(each.message)} ({each.code})" for each in found]
    more = (
        [f"and {len(nobody) - _MOST_NAMED:,} more rows that are not an executive"] if len(nobody) > _MOST_NAMED else []
    )
    return BeforeTheBoard(tuple(made), tuple(map(capital, (*told, *nobody[:_MOST_NAMED], *more))))


def executive_of(row: RosterRow) -> Executive:
    """What a row of a roster says of an executive."""
    elements, facts = (row.appraisal.elements, row.appraisal.facts) if row.appraisal else ((), ())
    return Executive(row.id or f"row {row.number}", row.appointment or "", row.unit or "", elements, facts)
