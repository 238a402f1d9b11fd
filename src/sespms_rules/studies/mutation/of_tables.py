"""Tables that the derivation reads -> the same, with a row moved, worth something else, or missing."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.values import replace
from sespms_rules.program import ir
from sespms_rules.program.traversal import walk
from sespms_rules.studies.mutation.changes import Change, Touches, Variant, at, shifted, without


def tables(program: ir.Program) -> Iterator[Change]:
    """Every change of a row of a table that some formula looks something up in.

    Tables of words are left out: no scenario can expect a word.
    """
    read = {each.table for each in walk(program.summary) if isinstance(each, ir.LookUp)}
    for place, table in enumerate(program.tables):
        if table.name not in read or not _numbers(table):
            continue
        for spot, row in enumerate(table.rows):
            for each in _rows(row):
                rows = without(table.rows, spot) if each.part is None else at(table.rows, spot, each.part)
                changed = at(program.tables, place, replace(table, rows=rows))
                yield Change(row.origin, each.says, replace(program, tables=changed), Touches.VALUES)


def _numbers(table: ir.Table) -> bool:
    results = (*(row.result for row in table.rows), table.otherwise)
    return not any(isinstance(each, str) for each in results)


def _rows(row: ir.TableRow) -> Iterator[Variant[ir.TableRow | None]]:
    keys = row.keys
    if keys.low is not None and keys.low == keys.high:
        for moved in shifted(keys.low, ""):
            yield Variant(moved.says, replace(row, keys=replace(keys, low=moved.part, high=moved.part)))
    else:
        for end, inside in (("low", "low_in"), ("high", "high_in")):
            number: Fraction | None = getattr(keys, end)
            if number is None:
                continue
            for moved in shifted(number, ""):
                yield Variant(moved.says, replace(row, keys=replace(keys, **{end: moved.part})))
            counts = getattr(keys, inside)
            says = f"{exact(number)} itself {'does not count' if counts else 'counts too'}"
            yield Variant(says, replace(row, keys=replace(keys, **{inside: not counts})))
    if isinstance(row.result, Fraction):
        for result in shifted(row.result, row.origin.span.text):
            yield Variant(result.says, replace(row, result=result.part))
    yield Variant("the line left out", None)
