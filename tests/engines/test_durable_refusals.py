"""What decision tables for durable-rules refuse, in what words, and what they do when the engine fails."""

from __future__ import annotations

import json
import pickle
import sys
from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest

from sespms_rules.engines.durable import host as durable_host
from sespms_rules.engines.durable.host import DurableError, DurableHost, EngineFaultError, EngineUnavailableError
from sespms_rules.engines.durable.tables import (
    LARGEST_NUMBER,
    DurableTables,
    FactRefusedError,
    Row,
    Table,
    TableRefusedError,
    Test,
)

pytestmark = pytest.mark.skipif(
    durable_host.why_unavailable() is not None, reason=durable_host.why_unavailable() or "durable-rules can run here"
)

# An invented agency's bands.
BANDS = Table(
    "bands",
    ("score", "lowest level"),
    (
        Row("outstanding", (Test("score", ">=", 475), Test("lowest level", ">=", 3))),
        Row("exceeds", (Test("score", ">=", 400),)),
        Row("unsatisfactory", ()),
    ),
)
GOOD = {"score": 480, "lowest level": 4}


# Facts that are refused


class _Level(IntEnum):
    THREE = 3


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("abc", "`'abc'`"),
        ("480", "`'480'`"),
        (True, "`True`"),
        (480.0, "`480.0`"),
        (Fraction(961, 2), "`961/2`"),
        (Decimal(480), "`480`"),
        (None, "`None`"),
        (_Level.THREE, "`3`"),
        ([480], "`[480]`"),
        (LARGEST_NUMBER + 1, f"`{LARGEST_NUMBER + 1}`"),
        (-LARGEST_NUMBER - 1, f"`{-LARGEST_NUMBER - 1}`"),
        (2**63, f"`{2**63}`"),
    ],
    ids=str,
)
def test_a_fact_that_is_not_a_whole_number_within_range_is_refused(value: Any, shown: str) -> None:
    with DurableTables("facts", (BANDS,)) as tables:
        with pytest.raises(FactRefusedError) as refusal:
            tables.decide("bands", {**GOOD, "score": value})
        assert str(refusal.value).startswith(f"the fact `score` of the table `bands` is {shown}, which is ")
        assert refusal.value.help
        assert tables.decide("bands", GOOD) == "outstanding"


@pytest.mark.parametrize("make", [int, Fraction])
def test_a_number_too_long_to_show_is_refused_too(make: Callable[[int], Any]) -> None:
    with DurableTables("facts", (BANDS,)) as tables, pytest.raises(FactRefusedError) as refusal:
        tables.decide("bands", {**GOOD, "score": make(10**5000)})
    assert f"is `{make.__name__} too long to show`, which is" in str(refusal.value)


def test_a_missing_fact_is_refused_even_where_the_mapping_has_defaults() -> None:
    with DurableTables("facts", (BANDS,)) as tables:
        for facts in ({"score": 480}, defaultdict(int, score=480)):
            with pytest.raises(FactRefusedError) as refusal:
                tables.decide("bands", facts)
            assert str(refusal.value) == "the table `bands` needs the fact `lowest level`, which is missing"


def test_an_unknown_fact_or_table_is_refused_and_the_nearest_name_offered() -> None:
    with DurableTables("facts", (BANDS,)) as tables:
        with pytest.raises(FactRefusedError) as refusal:
            tables.decide("bands", {**GOOD, "scores": 480})
        assert (str(refusal.value), refusal.value.help) == (
            "the table `bands` knows no fact `scores`",
            "did you mean `score`?",
        )
        with pytest.raises(FactRefusedError) as refusal:
            tables.decide("band", GOOD)
        assert (str(refusal.value), refusal.value.help) == (
            "there is no decision table `band`",
            "did you mean `bands`?",
        )


# Tables that are refused


def _rows(*tests: Test) -> tuple[Row, ...]:
    return Row("one", tests), Row("rest", ())


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        ((), "there is no decision table"),
        ((BANDS, BANDS), "two decision tables are named `bands`"),
        ((Table("t", ("x",), ()),), "the last row of the table `t` does not fit everything"),
        ((Table("t", ("x",), _rows(Test("x", "<", 1))[:1]),), "the last row of the table `t` does not fit everything"),
        ((Table("t", ("x", "x"), _rows()),), "the table `t` lists twice the fact `x`"),
        ((Table("t", (), (Row("a", ()), Row("a", ()))),), "the table `t` has two rows with the key `a`"),
        (
            (Table("t", ("x",), _rows(Test("y", "<", 1))),),
            "the row `one` of the table `t` tests `y`, which the table does not list",
        ),
        (
            (Table("t", ("x",), _rows(Test("x", "=>", 1))),),  # type: ignore[arg-type]
            "the row `one` of the table `t` compares by `=>`",
        ),
        (
            (Table("t", ("x",), _rows(Test("x", "<", True))),),
            "the row `one` of the table `t` compares `x` with `True`, which is not a whole number",
        ),
        (
            (Table("t", ("x",), _rows(Test("x", "<", Fraction(1, 2)))),),  # type: ignore[arg-type]
            "the row `one` of the table `t` compares `x` with `1/2`, which is not a whole number",
        ),
        (
            (Table("t", ("x",), _rows(Test("x", "<", 2**53 + 1))),),
            f"the row `one` of the table `t` compares `x` with `{2**53 + 1}`, which is too large",
        ),
        (
            (Table("t", ("x",), _rows(*[Test("x", "!=", number) for number in range(501)])),),
            "the row `one` of the table `t` has `501` tests, more than 500",
        ),
        (
            (Table("t", tuple(map(str, range(251))), _rows()),),
            "the table `t` has `251` facts, more than 250",
        ),
        (
            (Table("t", (), tuple(Row(str(number), ()) for number in range(4_000))),),
            "the tables have `4068` rules in all, more than 4,000",
        ),
        (
            tuple(Table(str(number), (), _rows()) for number in range(501)),
            "the tables need `501` stages, more than 500",
        ),
    ],
)
def test_a_table_the_engine_could_not_decide_is_refused(tables: tuple[Table, ...], message: str) -> None:
    with pytest.raises(TableRefusedError) as refusal:
        DurableTables("refused", tables)
    assert str(refusal.value) == message
    assert refusal.value.help


def test_the_most_stages_allowed_are_decided() -> None:
    tables = tuple(Table(f"table {number}", (), (Row(f"key {number}", ()),)) for number in range(500))
    with DurableTables("stages", tables) as opened:
        assert [opened.decide(table.name, {}) for table in tables] == [table.rows[0].key for table in tables]


# Opening, closing, faults


def test_the_same_digest_may_be_open_twice_and_each_closes_alone() -> None:
    first, second = DurableTables("same", (BANDS,)), DurableTables("same", (BANDS,))
    first.close()
    first.close()
    assert second.decide("bands", GOOD) == "outstanding"
    second.close()


def test_closed_tables_refuse_to_decide() -> None:
    with DurableTables("closed", (BANDS,)) as tables:
        pass
    with pytest.raises(EngineFaultError, match=r"^these decision tables are closed$"):
        tables.decide("bands", GOOD)


def test_tables_closed_without_a_decision_leave_the_process_whole() -> None:
    for _ in range(50):
        DurableTables("unused", (BANDS,)).close()


RULES = json.dumps({"any": {"all": [{"m": {"x": 1}}], "pri": 1, "run": "any"}})


def test_an_exception_in_an_action_surfaces_and_the_engine_is_not_used_again() -> None:
    def fail(name: str) -> None:
        raise ValueError(f"no room for {name}")

    host = DurableHost("failing", RULES, fail)
    with pytest.raises(EngineFaultError, match="the engine failed on a decision with `no room for any`") as fault:
        host.post('{"x":1}')
    assert isinstance(fault.value.__cause__, ValueError)
    with pytest.raises(EngineFaultError, match="cannot be used any more"):
        host.post('{"x":1}')
    host.close()


def test_an_interrupt_during_a_decision_passes_and_leaves_its_mark() -> None:
    def interrupt(name: str) -> None:
        raise KeyboardInterrupt

    host = DurableHost("interrupted", RULES, interrupt)
    with pytest.raises(KeyboardInterrupt):
        host.post('{"x":1}')
    with pytest.raises(EngineFaultError, match="an earlier decision was interrupted"):
        host.post('{"x":1}')
    host.close()


def test_an_event_for_no_rule_is_a_fault_and_closing_afterwards_is_safe() -> None:
    host = DurableHost("silent", RULES, lambda name: None)
    with pytest.raises(EngineFaultError, match="no rule takes this event"):
        host.post('{"x":2}')
    host.close()


def test_a_ruleset_or_an_event_the_engine_cannot_read_is_a_fault() -> None:
    with pytest.raises(EngineFaultError, match="durable-rules refused the ruleset"):
        DurableHost("unreadable", json.dumps({"bad": {"all": [{"m": {"x": [1]}}], "run": "bad"}}), lambda name: None)
    host = DurableHost("readable", RULES, lambda name: None)
    with pytest.raises(EngineFaultError, match="the engine failed on a decision"):
        host.post('{"x":')
    host.close()


def test_an_engine_that_remembers_something_is_a_fault() -> None:
    host = DurableHost("remembers", RULES, lambda name: None)
    host.post('{"x":1}')
    host._library.update_state(host._handle, '{"sid":"0","id":"sid-0","$s":1,"exception":"earlier"}')  # type: ignore[attr-defined]
    with pytest.raises(EngineFaultError, match="remembers something from an earlier decision"):
        host.post('{"x":1}')


def test_two_rules_firing_for_one_decision_are_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    fired: list[str] = []
    host = DurableHost("twice", RULES, fired.append)
    real = host._library

    class Twice(SimpleNamespace):
        def complete_and_start_action(self, handle: int, state: int) -> str:
            real.complete_and_start_action(handle, state)
            return '{"another":{"m":{}}}'

    calls = {name: getattr(real, name) for name in ("assert_event", "start_action_for_state")}
    monkeypatch.setattr(host, "_library", Twice(**calls))
    with pytest.raises(EngineFaultError, match="a second rule fired for the same event: `another`"):
        host.post('{"x":1}')


def test_an_action_that_runs_never_or_twice_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    with DurableTables("miscounted", (BANDS,)) as tables:
        for names in ([], ["000.bands.0001 outstanding"] * 2, ["another table's row"]):
            monkeypatch.setattr(tables._host, "post", lambda event, names=names: tables._fired.extend(names))
            with pytest.raises(EngineFaultError, match="where one row of one table was asked for"):
                tables.decide("bands", GOOD)


def test_errors_carry_their_help_and_survive_being_sent_to_another_process() -> None:
    error = pickle.loads(pickle.dumps(FactRefusedError("the message", "the help")))
    assert (str(error), error.message, error.help) == ("the message", "the message", "the help")
    assert issubclass(FactRefusedError, DurableError)


# Where durable-rules cannot run


def _elsewhere(monkeypatch: pytest.MonkeyPatch, platform: str, version: tuple[int, ...]) -> None:
    monkeypatch.setattr(durable_host, "sys", SimpleNamespace(platform=platform, version_info=version))


@pytest.mark.parametrize(
    ("platform", "version", "reason"),
    [
        ("win32", (3, 11, 0), "durable-rules is not offered for Windows"),
        ("linux", (3, 13, 0), "durable-rules needs Python 3.12 or older, and this is Python `3.13`"),
        ("linux", (4, 0, 1), "durable-rules needs Python 3.12 or older, and this is Python `4.0`"),
    ],
)
def test_where_it_cannot_run_it_says_why(
    monkeypatch: pytest.MonkeyPatch, platform: str, version: tuple[int, ...], reason: str
) -> None:
    _elsewhere(monkeypatch, platform, version)
    assert durable_host.why_unavailable() == reason
    with pytest.raises(EngineUnavailableError) as refusal:
        DurableTables("elsewhere", (BANDS,))
    assert (str(refusal.value), refusal.value.help) == (
        reason,
        "use the reference engine, which gives the same ratings",
    )


def test_a_missing_or_other_durable_rules_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable_host, "_engine", lambda: SimpleNamespace(durable_rules_engine=SimpleNamespace()))
    assert "lacks `assert_event`" in (durable_host.why_unavailable() or "")
    monkeypatch.undo()
    monkeypatch.setitem(sys.modules, "durable", None)
    assert "durable-rules is not installed here" in (durable_host.why_unavailable() or "")
