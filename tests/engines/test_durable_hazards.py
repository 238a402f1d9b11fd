"""Each trap of durable-rules 2.0.28, shown in the library itself, next to the guard that keeps ours out of it.

What the library does is shown in a process of its own: several of these crash it or never return.
"""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

import sespms_rules
from sespms_rules.engines.durable import host as durable_host
from sespms_rules.engines.durable import tables as durable_tables
from sespms_rules.engines.durable.tables import DurableTables, FactRefusedError, Relation, Row, Table, Test

pytestmark = pytest.mark.skipif(
    durable_host.why_unavailable() is not None or not sys.platform.startswith("linux"),
    reason="durable-rules cannot run here, or memory and crashes are reported otherwise",
)

# The library as it comes, but for the timers (which have a test of their own); `fired` collects the rules' names.
LIBRARY = """
import json, sys, threading, time
from durable import engine

fired = []

class Host(engine.Host):
    def _run(self):
        pass
    def get_action(self, name):
        def action(context):
            fired.append(name)
        return action

def rule(name, condition, priority=1):
    return {name: {"all": [{"m": condition}], "pri": priority, "run": name}}

def post(condition, event):
    host = Host({"t": {**rule("fits", condition, 1), **rule("rest", {"stage": 0}, 2)}})
    host.post("t", {"stage": 0, **event})
    return fired.pop()

def resident():
    with open("/proc/self/statm") as pages:
        return int(pages.read().split()[1]) * 4096
"""
OURS = """
from sespms_rules.engines.durable.tables import DurableTables, Row, Table, Test
TABLE = Table("t", ("x",), (Row("high", (Test("x", ">=", 475),)), Row("mid", (Test("x", ">=", 300),)), Row("rest", ())))
"""

SCORES = Table("scores", ("score",), (Row("outstanding", (Test("score", ">=", 475),)), Row("rest", ())))


def run(script: str, seconds: int = 60, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    source = str(Path(sespms_rules.__file__).parents[1])
    return subprocess.run(
        [sys.executable, "-c", LIBRARY + OURS + textwrap.dedent(script)],
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
        env={**os.environ, "PYTHONPATH": source, **(environment or {})},
    )


def said(script: str, environment: dict[str, str] | None = None) -> str:
    done = run(script, environment=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def never_returns(script: str) -> bool:
    try:
        run(script, seconds=4)
    except subprocess.TimeoutExpired:
        return True
    return False


# Values


@pytest.mark.parametrize(
    ("condition", "event", "value"),
    [
        ('{"$gte": {"score": 475}}', '{"score": "abc"}', "abc"),
        ('{"$gte": {"score": 475}}', '{"score": "5"}', "5"),
        ('{"score": 1}', '{"score": True}', True),
        ('{"score": 1}', '{"score": 1.0}', 1.0),
        ('{"score": 2**63 + 1}', '{"score": 2**63 + 999}', 2**63 + 999),
    ],
)
def test_values_that_the_library_misreads_are_refused(condition: str, event: str, value: object) -> None:
    assert said(f"print(post({condition}, {event}))") == "fits", "the library answers, with no complaint"
    with DurableTables("values", (SCORES,)) as tables, pytest.raises(FactRefusedError):
        tables.decide("scores", {"score": value})  # type: ignore[dict-item]


def test_a_missing_value_falls_to_another_row_in_the_library_and_is_refused_here() -> None:
    assert said('print(post({"$neq": {"score": 1}}, {}))') == "rest"
    with DurableTables("missing", (SCORES,)) as tables, pytest.raises(FactRefusedError):
        tables.decide("scores", {})


def test_names_that_share_a_hash_are_one_value_to_the_library_and_two_here() -> None:
    """`costarring` and `liquid` have the same 32-bit FNV-1a hash."""
    assert said('print(post({"liquid": 1}, {"costarring": 1}))') == "fits"
    for facts in itertools.permutations(("costarring", "liquid")):
        table = Table("t", facts, (Row("liquid", (Test("liquid", "==", 1),)), Row("rest", ())))
        with DurableTables("names", (table,)) as tables:
            assert tables.decide("t", {"costarring": 1, "liquid": 0}) == "rest"
            assert tables.decide("t", {"costarring": 0, "liquid": 1}) == "liquid"


@pytest.mark.parametrize(
    "fact", ["id", "sid", "stage", "$s", "$and", "m", "a.b", 'quote"', "100 %d", "", "naïve", "x\n"]
)
def test_a_fact_may_have_any_name(fact: str) -> None:
    table = Table("t", (fact, "other"), (Row("one", (Test(fact, "==", 1),)), Row("rest", ())))
    with DurableTables("names", (table,)) as tables:
        assert [tables.decide("t", {fact: value, "other": 1 - value}) for value in (1, 0, 1)] == ["one", "rest", "one"]


def test_a_table_and_a_row_may_have_any_name() -> None:
    for name in ("stage$state", "a$flow", 'quote"', "", "naïve\n", "%s %d", "m$any"):
        with DurableTables(name, (Table(name, ("x",), (Row(name, (Test("x", "<", 0),)), Row("rest", ()))),)) as tables:
            assert (tables.decide(name, {"x": -1}), tables.decide(name, {"x": 0})) == (name, "rest")


# Limits


WIDE = """
rules = {}
for number in range(%d):
    rules.update(rule(f"row {number}", {"$and": [{"stage": 0}, {"$gte": {"x": -number}}]}, number))
host = Host({"t": rules})
host.post("t", {"stage": 0, "x": %d})
print(fired)
"""


def test_the_library_fails_when_too_many_rules_match_and_ours_are_split() -> None:
    assert said(WIDE % (60, 0)) == "['row 0']"
    failed = run(WIDE % (70, 0))
    assert (failed.returncode, "error code: 303" in failed.stderr) == (1, True)
    rows = tuple(Row(f"row {number}", (Test("x", ">=", -number),)) for number in range(300))
    with DurableTables("wide", (Table("t", ("x",), (*rows, Row("rest", ()))),)) as tables:
        assert tables.decide("t", {"x": 0}) == "row 0"
        assert tables.decide("t", {"x": -299}) == "row 299"


def test_the_library_never_returns_for_too_many_tests_side_by_side() -> None:
    assert never_returns(WIDE % (520, -10_000))


def test_the_library_never_returns_for_an_empty_conjunction_and_ours_has_none() -> None:
    assert never_returns('print(post({"$and": []}, {}))')
    rows = (Row("tested", (Test("x", "<", 0),)), Row("always", ()), Row("never", ()))
    with DurableTables("empty", (Table("t", ("x",), rows),)) as tables:
        assert '"$and":[]' not in tables.ruleset_json
        assert tables.decide("t", {"x": 0}) == "always"


# The library's own loop


def test_the_librarys_timers_are_not_started() -> None:
    with_timers = "class Timed(engine.Host): pass\nhost = Timed()\n"
    count = "time.sleep(0.3)\nprint(threading.active_count())"
    assert int(said(with_timers + count)) > 1
    assert said(f"tables = DurableTables('quiet', (TABLE,))\ntables.decide('t', {{'x': 1}})\n{count}") == "1"


@pytest.mark.parametrize("error", ["ValueError", "KeyboardInterrupt"])
def test_the_library_swallows_an_error_in_an_action_and_ours_does_not(error: str) -> None:
    library = f"""
    class Failing(Host):
        def get_action(self, name):
            def action(context):
                raise {error}("lost")
            return action
    state = Failing({{"t": rule("fits", {{"x": 1}})}}).post("t", {{"x": 1}})
    print("lost" in state["exception"])
    """
    assert said(library) == "True"
    ours = f"""
    from sespms_rules.engines.durable.host import DurableHost
    def fail(name):
        raise {error}("lost")
    host = DurableHost("failing", json.dumps(rule("fits", {{"x": 1}})), fail)
    for _ in range(2):
        try:
            host.post('{{"x":1}}')
        except BaseException as problem:
            print(type(problem).__name__)
    host.close()
    """
    assert said(ours).split() == ["EngineFaultError" if error == "ValueError" else error, "EngineFaultError"]


def test_a_wall_clock_that_jumps_loses_the_librarys_answer_and_not_ours() -> None:
    jump = """
    moments = iter(range(0, 10**6, 3600))
    engine._unix_now = lambda: next(moments)
    """
    library = 'state = Host({"t": rule("fits", {"x": 1})}).post("t", {"x": 1})\nprint(bool(state))'
    assert said(library) == "True"
    assert said(textwrap.dedent(jump) + library) == "False"
    ours = "tables = DurableTables('clock', (TABLE,))\nprint(*[tables.decide('t', {'x': x}) for x in (500, 400, 0)])"
    assert said(textwrap.dedent(jump) + ours) == "high mid rest"


def test_both_loops_fire_the_same_rules() -> None:
    """Ours replaces the library's loop around the C engine: the same ruleset must give the same answers by both."""
    engine: Any = pytest.importorskip("durable.engine")
    relations: tuple[Relation, ...] = ("<", ">=", "==", "!=")
    tests = itertools.product(relations, range(4), relations, range(3))
    rows = tuple(
        Row(f"row {n}", (Test("a", r, x), Test("b", s, y)))
        for n, (r, x, s, y) in enumerate(itertools.islice(tests, 40))
    )
    table = Table("t", ("a", "b"), (*rows, Row("rest", ())))
    fired: list[str] = []

    class Host(engine.Host):  # type: ignore[misc]
        def _run(self) -> None: ...

        def get_action(self, name: str) -> object:
            return lambda context: fired.append(name)

    with DurableTables("loops", (table,)) as tables:
        library = Host({"theirs": json.loads(tables.ruleset_json)})
        for a, b in itertools.product(range(-2, 6), repeat=2):
            fired.clear()
            assert "exception" not in library.post("theirs", {"stage": 0, "a": a, "b": b})
            (name,) = fired
            assert name.split(" ", 1)[1] == tables.decide("t", {"a": a, "b": b})


# Names, memory, imports


def test_the_library_refuses_a_name_twice_and_ours_have_a_host_each() -> None:
    twice = 'host = Host({"t": rule("a", {"x": 1})})\nhost.register_rulesets({"t": rule("a", {"x": 1})})'
    assert "already registered" in run(twice).stderr
    with DurableTables("same", (SCORES,)) as one, DurableTables("same", (SCORES,)) as two:
        assert one.decide("scores", {"score": 500}) == two.decide("scores", {"score": 500}) == "outstanding"


RUBBISH = {"MALLOC_PERTURB_": "165"}
"""Has the C library fill every new piece of memory with something other than zeros."""


def test_deleting_an_unused_state_crashes_the_library_and_ours_are_tried_first() -> None:
    """The library frees pointers it never set; new memory holds rubbish in any process that has run for a while."""
    library = """
    host = Host({"t": rule("fits", {"x": 1})})
    try:
        host.post("t", {"x": 2})
    except engine.MessageNotHandledException:
        host.delete_state("t", "0")
    """
    assert run(library, environment=RUBBISH).returncode < 0
    ours = """
    from sespms_rules.engines.durable.host import DurableHost
    for number in range(100):
        DurableTables("unused", (TABLE,)).close()
        host = DurableHost("nothing fired", json.dumps(rule("fits", {"x": 1})), fired.append)
        try:
            host.post('{"x":2}')
        except Exception:
            host.close()
    print("whole")
    """
    assert said(ours, RUBBISH) == "whole"


GROWTH = """
def cycle():
    {cycle}
for _ in range({warm}):
    cycle()
before = resident()
for _ in range({times}):
    cycle()
print((resident() - before) // 1000)
"""


def test_the_library_leaks_rulesets() -> None:
    leaks = GROWTH.format(cycle='Host({"t": rule("fits", {"x": 1})}).post("t", {"x": 1})', warm=50, times=200)
    assert int(said(leaks)) > 20_000, "kilobytes"


@pytest.mark.parametrize("use", ["tables.decide('t', {'x': 1})", "pass"])
def test_ours_are_freed_used_or_not(use: str) -> None:
    frees = f"tables = DurableTables('d', (TABLE,)); {use}; tables.close()"
    assert int(said(GROWTH.format(cycle=frees, warm=200, times=3_000))) < 5_000, "kilobytes"


def test_a_hundred_thousand_decisions_do_not_grow_memory() -> None:
    decides = "for x in range(0, 1000, 10): tables.decide('t', {'x': x})"
    script = "tables = DurableTables('d', (TABLE,))\n" + GROWTH.format(cycle=decides, warm=20, times=1_000)
    assert int(said(script)) < 2_000


def test_nothing_of_the_library_is_imported_before_it_is_needed_and_its_language_never() -> None:
    imported = "print(*sorted(name for name in sys.modules if name.startswith('durable')))"
    alone = f"import sys\nimport {durable_tables.__name__}\n{imported}"
    source = str(Path(sespms_rules.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-c", alone],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": source},
    )
    assert done.stdout.strip() == ""
    used = f"DurableTables('d', (TABLE,)).close()\n{imported}"
    assert said(used).split() == ["durable", "durable.engine", "durable_rules_engine"]
