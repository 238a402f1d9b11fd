"""The second evaluator: durable-rules decides each obligation from whole numbers worked out before.

Each shape has one small decision table, read from the top; its last row always fits. What is handed over are counts and
distances in days, none of which says by itself how the obligation stands: the rule that the engine fires does. The
numbers are worked out here anew, by other means than the plain evaluator's, so that a slip of one shows.
"""

from __future__ import annotations

from functools import lru_cache
from types import TracebackType
from typing import Final, Self

from sespms_rules.engines.durable import DurableTables, Row, Table, Test
from sespms_rules.records.obligations.durable_facts import messages
from sespms_rules.records.obligations.form import (
    HELD,
    Case,
    Obligation,
    Standing,
    State,
)

_H, _B, _O = State.HELD.value, State.BROKEN.value, State.OPEN.value
_KEPT_DECISIONS: Final = 1 << 16


def _table(name: str, facts: str, *rows: tuple[str, str], otherwise: str) -> Table:
    """A table from rows such as `("gap < 0", "broken")`; tests of one row are joined by `and`."""
    made = []
    for number, (tests, answer) in enumerate(rows):
        parts = [each.split() for each in tests.split(" and ")]
        made.append(Row(f"{answer} {number}", tuple(Test(fact, mark, int(edge)) for fact, mark, edge in parts)))  # type: ignore[arg-type]
    return Table(name, tuple(facts.split()), (*made, Row(f"{otherwise} last", ())))


TABLES: Final = (
    _table("count", "missing excess left", ("excess >= 1", _B), ("missing <= 0", _H), ("left < 0", _B), otherwise=_O),
    _table(
        "precedence",
        "optional behind present gap",
        ("optional == 1 and behind >= 1", _B),
        ("optional == 1", _H),
        ("present == 0", _B),
        ("gap < 0", _B),
        otherwise=_H,
    ),
    _table("precedes", "present gap", ("present == 0", _H), ("gap < 0", _B), otherwise=_H),
    _table(
        "response",
        "answered late left",
        ("answered == 1 and late <= 0", _H),
        ("answered == 1", _B),
        ("left < 0", _B),
        otherwise=_O,
    ),
    _table(
        "time barred",
        "excuses since left",
        ("excuses >= 1", _H),
        ("since < 0", _H),
        ("left < 0", _H),
        otherwise=_B,
    ),
    _table("role", "asked rank", ("asked == 0", _H), ("rank >= 0", _H), otherwise=_B),
    _table("nothing", "count", ("count == 0", _H), otherwise=_B),
    _table(
        "formula",
        "known reasoned difference",
        ("reasoned == 1", _H),
        ("known == 0", _O),
        ("difference == 0", _H),
        otherwise=_B,
    ),
    _table("told", "count untold", ("count >= 1", _B), ("untold >= 1", _O), otherwise=_H),
    _table(
        "board",
        "named spare over unsure unsure_of_tag",
        ("named == 0", _O),
        ("spare < 0", _B),
        ("over < 1", _B),
        ("unsure < 0", _O),
        ("unsure_of_tag < 1", _O),
        otherwise=_H,
    ),
    _table("amount", "known below above", ("known == 0", _O), ("below < 0", _B), ("above < 0", _B), otherwise=_H),
    _table(
        "pool", "known fitting missing", ("known == 0", _O), ("fitting >= 1", _H), ("missing >= 1", _O), otherwise=_B
    ),
    _table("chain", "due remaining", ("due == 0", _H), ("remaining == 0", _H), otherwise=_O),
    _table("cover", "spare answered gate", ("spare < 0", _H), ("answered == 1", _H), ("gate == 1", _B), otherwise=_O),
)


class DurableJudge:
    """Judges obligations by durable-rules; open until the end of its `with` block.

    Raises EngineUnavailableError where durable-rules cannot run, FactRefusedError for numbers it cannot hold.
    """

    def __init__(self) -> None:
        self._tables = DurableTables("obligations", TABLES)
        self._facts = {table.name: table.facts for table in TABLES}
        # A table always gives one answer to one set of facts, so each set is put to the engine once.
        self._decide = lru_cache(_KEPT_DECISIONS)(self._ask)

    def _ask(self, table: str, facts: tuple[int, ...]) -> State:
        key = self._tables.decide(table, dict(zip(self._facts[table], facts, strict=True)))
        return State(key.partition(" ")[0])

    def __call__(self, obligation: Obligation, case: Case, today: int) -> Standing | None:
        """How an obligation stands in a case as of a day; None where it does not speak of such a case."""
        if obligation.tags and not obligation.tags & case.tags:
            return None
        first: dict[State, int | None] = {}
        for each in messages(obligation.shape, case, today):
            state = self._decide(each.table, each.facts)
            day = each.broken if state is State.BROKEN else each.until
            known = first.get(state, day)
            first[state] = day if known is None else known if day is None else min(known, day)
        for state in (State.BROKEN, State.OPEN):
            if state in first:
                return Standing(state, first[state])
        return HELD

    def close(self) -> None:
        """Give the engine's memory back."""
        self._tables.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
