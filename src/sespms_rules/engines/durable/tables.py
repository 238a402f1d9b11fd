"""First-match decision tables that durable-rules decides: the first row of a table whose tests all hold wins.

Each table is one stage of one ruleset, or several stages in a chain where it is long. A decision is one event that
carries the number of the stage and the facts; each row is a rule whose priority is its position; the action of the rule
that the engine fires names the row, and that is the answer. Nothing is decided here.

durable-rules answers wrongly, silently, on much that it accepts: text where a number belongs, a fact left out, a number
past 64 bits, two names that share a hash. So a table is checked once when it is opened and facts at each decision, and
what the engine could misread is refused. `tests/engines/test_durable_hazards.py` shows each trap in the library itself.
"""

from __future__ import annotations

import itertools
import json
import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from types import TracebackType
from typing import Literal, Self, get_args

from sespms_rules.engines.durable.host import DurableError, DurableHost, EngineFaultError
from sespms_rules.foundation.spelling import backticked, did_you_mean, nearest_name
from sespms_rules.foundation.values import Frozen

Relation = Literal["<", "<=", "==", ">=", ">", "!="]

LARGEST_NUMBER = 2**53
"""The largest number of a test or fact, either side of zero: within it no JSON reader and no engine differs."""

MOST_ROWS_IN_A_STAGE = 59
"""The engine fails when an event meets more than 64 rules at once; a longer table is split into a chain of stages."""

MOST_STAGES = 500
"""With 512 tests side by side the engine fails, and with more it never returns; the stages stand side by side."""

MOST_RULES = 4_000
"""The engine takes 4,096 rules in one ruleset."""

MOST_FACTS = 250
"""The engine takes 254 named values in one event, four of them its own."""

MOST_TESTS_IN_A_ROW = 500
"""More would be a mistake of whoever made the table; the engine was tried with this many."""

_OPERATORS: dict[Relation, str] = {"<": "$lt", "<=": "$lte", "==": "$eq", ">=": "$gte", ">": "$gt", "!=": "$neq"}

# Names that mean something to the engine, in an event or in a condition.
_EVENT_NAMES = ("id", "sid", "stage", "m", "s", "name", "exception")
_CONDITION_NAMES = (
    *("and", "or", "ex", "nex", "mt", "imt", "iall", "iany", "add", "sub", "mul", "div"),
    *("i", "l", "r", "m", "s", "forward"),
)
_RESERVED = (*_EVENT_NAMES, *(f"${name}" for name in _CONDITION_NAMES), *_OPERATORS.values())

# Every event has the same id. The engine files events by a 32-bit hash of their id: one id for all cannot clash with
# the id of the engine's own state, and an event that was left behind is noticed by the next one.
_EVENT = '{"id":"decision","stage":%d'

_RANGE = f"keep numbers within {LARGEST_NUMBER} on either side of zero, by a smaller scale"


class TableRefusedError(DurableError):
    """A table that the engine could not decide rightly."""


class FactRefusedError(DurableError):
    """Facts, or the name of a table, that the engine could misread."""


class Test(Frozen):
    """One comparison of a named fact with a whole number."""

    __test__ = False  # not for pytest, which looks for names like this one

    fact: str
    relation: Relation
    number: int


class Row(Frozen):
    """One row: it fits when all its tests hold, so that a row without tests always fits."""

    key: str
    tests: tuple[Test, ...]


class Table(Frozen):
    """A decision table: the first row that fits wins, and the last row has no tests so that one always does."""

    name: str
    facts: tuple[str, ...]
    rows: tuple[Row, ...]


class _Plan(Frozen):
    """How a table is asked: its facts in order, one event text per stage, and what each rule that fires means."""

    facts: tuple[str, ...]
    events: tuple[str, ...]
    keys: Mapping[str, str | None]  # by the action's name; None goes on to the next stage


class DurableTables:
    """A ruleset of durable-rules made of decision tables, open until `close`; also a context manager.

    In: a text that identifies the policy (its digest) and the tables. Any number of these may be open at once, with the
    same digest too. Safe for threads, which take turns. Raises `TableRefusedError` for a table the engine could not
    decide rightly, `EngineUnavailableError` where durable-rules cannot run, `EngineFaultError` when the engine fails.
    """

    def __init__(self, digest: str, tables: tuple[Table, ...]) -> None:
        _check_tables(tables)
        self._plans: dict[str, _Plan] = {}
        rules: dict[str, object] = {}
        for table in tables:
            self._plans[table.name] = _plan(table, rules, sum(len(plan.events) for plan in self._plans.values()))
        _check_size(len(rules), sum(len(plan.events) for plan in self._plans.values()))
        self._ruleset_json = json.dumps(rules, ensure_ascii=False, separators=(",", ":"))
        self._fired: list[str] = []
        self._lock = threading.Lock()
        # A host of its own, because one host refuses a second ruleset of the same name; a plain name, because the
        # library reads an ending such as `$state` as another kind of ruleset.
        self._host = DurableHost(_plain(digest), self._ruleset_json, self._fired.append)
        for plan in self._plans.values():
            for event in plan.events:
                # A trial in each stage: a state may be deleted only after a rule has fired for it.
                self._ask(plan, event % ((0,) * len(plan.facts)))

    @property
    def ruleset_json(self) -> str:
        """The ruleset as handed to durable-rules, in JSON; the same tables always give the same text."""
        return self._ruleset_json

    def decide(self, table: str, facts: Mapping[str, int]) -> str:
        """The key of the row that the engine fired, for whole numbers given for exactly the table's facts.

        Raises `FactRefusedError` for an unknown table, and for a fact that is missing, unknown, not an `int` or too
        large; raises `EngineFaultError` when not exactly one rule fires and, once the engine has failed, at every call.
        """
        plan = self._plans.get(table)
        if plan is None:
            raise FactRefusedError(f"there is no decision table `{table}`", _nearest(table, self._plans))
        values = _checked_values(table, plan.facts, facts)
        with self._lock:
            for event in plan.events:
                key = self._ask(plan, event % values)
                if key is not None:
                    return key
        raise EngineFaultError(
            f"no row of the table `{table}` was fired", "report this table: its last row must always fit"
        )

    def _ask(self, plan: _Plan, event: str) -> str | None:
        self._fired.clear()
        self._host.post(event)
        if len(self._fired) != 1 or self._fired[0] not in plan.keys:
            fired = ", ".join(f"`{name}`" for name in self._fired) or "nothing"
            raise EngineFaultError(
                f"the engine fired {fired} where one row of one table was asked for", "report this table"
            )
        return plan.keys[self._fired[0]]

    def close(self) -> None:
        """Give the engine's memory back; a second call does nothing, and no decision can be asked for afterwards."""
        with self._lock:
            self._host.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _checked_values(table: str, names: tuple[str, ...], facts: Mapping[str, int]) -> tuple[int, ...]:
    values = []
    for name in names:
        # Asked before it is read: a mapping with defaults would make up a number for what is missing.
        if name not in facts:
            raise FactRefusedError(
                f"the table `{table}` needs the fact `{name}`, which is missing", "give a whole number for it"
            )
        value = facts[name]
        # The exact type: True is an int to Python and would fire a rule for 1.
        if type(value) is not int:
            raise FactRefusedError(
                f"the fact `{name}` of the table `{table}` is `{_shown(value)}`, which is not a whole number",
                "scale it to a whole number and give it as an int",
            )
        if not -LARGEST_NUMBER <= value <= LARGEST_NUMBER:
            raise FactRefusedError(
                f"the fact `{name}` of the table `{table}` is `{_shown(value)}`, which is too large", _RANGE
            )
        values.append(value)
    if len(facts) != len(names):
        extra = next(name for name in facts if name not in names)
        raise FactRefusedError(f"the table `{table}` knows no fact `{extra}`", _nearest(extra, names))
    return tuple(values)


def _shown(value: object) -> str:
    try:
        return repr(value) if isinstance(value, str) else str(value)
    except ValueError:  # Python does not write out a number of more than 4,300 digits
        return f"{type(value).__name__} too long to show"


def _plan(table: Table, rules: dict[str, object], first_stage: int) -> _Plan:
    """Add the rules of a table to `rules`, its stages numbered from `first_stage`, and say how to ask it."""
    names = _wire_names(table.facts)
    fields = "".join(f',"{name}":%d' for name in names.values())
    events: list[str] = []
    keys: dict[str, str | None] = {}
    position = itertools.count(1)
    for stage, rows in enumerate(_stages(table.rows), start=first_stage):
        events.append(_EVENT % stage + fields + "}")
        for row in rows:
            tests = row.tests if row is not None else ()
            rule = f"{stage:03d}.{_plain(table.name)}." + (f"{next(position):04d}" if row is not None else "more")
            # The name of the action tells a reader of the ruleset which row it is; the rule's name makes it unique.
            run = f"{rule} {row.key}" if row is not None else f"{rule} go on to stage {stage + 1:03d}"
            keys[run] = row.key if row is not None else None
            # One rising count over all stages: the engine sorts by it, and only the order within a stage matters.
            rules[rule] = {"all": [{"m": _condition(stage, tests, names)}], "pri": len(rules) + 1, "run": run}
    return _Plan(table.facts, tuple(events), keys)


def _stages(rows: tuple[Row, ...]) -> Iterator[tuple[Row | None, ...]]:
    """Split rows into stages; None at the end of all but the last means: no row here, go on to the next stage."""
    while len(rows) > MOST_ROWS_IN_A_STAGE:
        yield (*rows[: MOST_ROWS_IN_A_STAGE - 1], None)
        rows = rows[MOST_ROWS_IN_A_STAGE - 1 :]
    yield rows


def _condition(stage: int, tests: tuple[Test, ...], names: Mapping[str, str]) -> dict[str, object]:
    of_stage: dict[str, object] = {"stage": stage}
    if not tests:
        # Never an empty "$and", over which the engine never returns.
        return of_stage
    return {"$and": [of_stage, *({_OPERATORS[test.relation]: {names[test.fact]: test.number}} for test in tests)]}


def _wire_names(facts: tuple[str, ...]) -> dict[str, str]:
    """The name of each fact inside the engine: plain ASCII, and of a hash no other name has.

    The engine knows a value by the 32-bit hash of its name alone: it takes `costarring` for `liquid`.
    """
    taken = {_hash(name) for name in _RESERVED}
    names = {}
    for fact in facts:
        plain = _plain(fact)
        candidates = itertools.chain((plain,), (f"{plain}_{number}" for number in itertools.count(2)))
        names[fact] = next(name for name in candidates if _hash(name) not in taken)
        taken.add(_hash(names[fact]))
    return names


def _plain(text: str) -> str:
    """Letters, digits and underscores only, beginning with a letter: `1st score!` becomes `n_1st_score`."""
    plain = re.sub(r"[^A-Za-z0-9]+", "_", text).strip("_")
    return plain if plain[:1].isalpha() else f"n_{plain}"


def _hash(name: str) -> int:
    """The 32-bit FNV-1a hash, as the engine computes it."""
    value = 2_166_136_261
    for byte in name.encode("ascii"):
        value = ((value ^ byte) * 16_777_619) % 2**32
    return value


def _nearest(wanted: str, known: Iterable[str]) -> str:
    names = [*known]
    return did_you_mean(nearest_name(wanted, names), f"known are {backticked(names)}" if names else "none is known")


def _check_size(rules: int, stages: int) -> None:
    if rules > MOST_RULES:
        raise TableRefusedError(
            f"the tables have `{rules}` rules in all, more than {MOST_RULES:,}", "open fewer tables together"
        )
    if stages > MOST_STAGES:
        raise TableRefusedError(
            f"the tables need `{stages}` stages, more than {MOST_STAGES}", "open fewer tables together"
        )


def _check_tables(tables: tuple[Table, ...]) -> None:
    if not tables:
        raise TableRefusedError("there is no decision table", "give at least one")
    _check_unique((table.name for table in tables), "two decision tables are named")
    for table in tables:
        _check_table(table)


def _check_table(table: Table) -> None:
    _check_unique(table.facts, f"the table `{table.name}` lists twice the fact")
    _check_unique((row.key for row in table.rows), f"the table `{table.name}` has two rows with the key")
    if len(table.facts) > MOST_FACTS:
        raise TableRefusedError(
            f"the table `{table.name}` has `{len(table.facts)}` facts, more than {MOST_FACTS}",
            "list only the facts its tests use",
        )
    if not table.rows or table.rows[-1].tests:
        raise TableRefusedError(
            f"the last row of the table `{table.name}` does not fit everything",
            "end the table with a row without tests",
        )
    for row in table.rows:
        place = f"the row `{row.key}` of the table `{table.name}`"
        if len(row.tests) > MOST_TESTS_IN_A_ROW:
            raise TableRefusedError(
                f"{place} has `{len(row.tests)}` tests, more than {MOST_TESTS_IN_A_ROW}",
                "split the row or leave out tests that others imply",
            )
        for test in row.tests:
            _check_test(test, place, table.facts)


def _check_test(test: Test, place: str, facts: tuple[str, ...]) -> None:
    if test.fact not in facts:
        raise TableRefusedError(
            f"{place} tests `{test.fact}`, which the table does not list", _nearest(test.fact, facts)
        )
    if test.relation not in get_args(Relation):
        raise TableRefusedError(f"{place} compares by `{test.relation}`", "use one of `<`, `<=`, `==`, `>=`, `>`, `!=`")
    if type(test.number) is not int:
        raise TableRefusedError(
            f"{place} compares `{test.fact}` with `{_shown(test.number)}`, which is not a whole number",
            "scale it to a whole number",
        )
    if not -LARGEST_NUMBER <= test.number <= LARGEST_NUMBER:
        raise TableRefusedError(
            f"{place} compares `{test.fact}` with `{_shown(test.number)}`, which is too large", _RANGE
        )


def _check_unique(names: Iterator[str] | tuple[str, ...], trouble: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise TableRefusedError(f"{trouble} `{name}`", "give each a name of its own")
        seen.add(name)
