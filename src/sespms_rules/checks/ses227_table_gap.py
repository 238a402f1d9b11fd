"""A table that has no row for some level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sespms_rules.checks.analysis.intervals import Interval, of_range
from sespms_rules.checks.analysis.levels import declared, level_number
from sespms_rules.checks.analysis.sentences import chosen, parts_of, sentences_of, within
from sespms_rules.foundation.diagnostic import Diagnostic, Label, error
from sespms_rules.foundation.spelling import listed
from sespms_rules.language.model import Part, System
from sespms_rules.language.syntax.derivation import TableLevel, TableOtherwise, TableRow
from sespms_rules.language.syntax.formula import Key, Lookup, TheLevel
from sespms_rules.language.syntax.nodes import Quoted
from sespms_rules.language.syntax.uses import RewardLookup
from sespms_rules.language.syntax.words import PartKind

FINDING = error("SES227", "table-gap")


def check(system: System) -> Iterator[Diagnostic]:
    """Find tables by level, without `otherwise`, that leave out a declared level; only those that are looked up."""
    for part in parts_of(system):
        rows = chosen(part.sentences, TableLevel)
        if part.kind is not PartKind.TABLE or not rows or chosen(part.sentences, TableOtherwise):
            continue
        given = {level_number(row.level) for row in rows}
        ranges = [of_range(row.score_range) for row in chosen(part.sentences, TableRow)]
        missing = [each for each in declared(system) if each not in given and not _is_held(each, ranges)]
        reader = _reader(system, part)
        if missing and reader is not None:
            words = f"level {missing[0]}" if len(missing) == 1 else f"levels {listed(map(str, missing))}"
            yield FINDING.at(
                part.origin.span,
                f"the table `{part.name}` has no row for {words}",
                help="add the rows, or end the table with `otherwise gives …`",
                labels=(Label(reader.span, "it is looked up here"),),
            )


def _is_held(level: int, ranges: Sequence[Interval]) -> bool:
    """Whether a row by number, such as `exactly 2`, holds a level: a table that is looked up by level reads both."""
    return any(each.holds(level) for each in ranges)


def _reader(system: System, table: Part) -> Quoted | None:
    """Where a table is looked up by level."""
    for _, sentence in sentences_of(system):
        uses: list[tuple[Quoted, Key]] = [(each.table, each.key) for each in within(sentence, Lookup)]
        if isinstance(sentence, RewardLookup):
            uses.append((sentence.table, sentence.key))
        for name, key in uses:
            if name.text == table.name and isinstance(key, TheLevel):
                return name
    return None
