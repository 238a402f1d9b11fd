"""Decision tables decided by durable-rules: right for any table, refusing what it could misread, steady over time."""

from __future__ import annotations

import itertools
import json
import operator
import random
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nights import at_depth
from sespms_rules.engines.durable import host as durable_host
from sespms_rules.engines.durable import tables as durable_tables
from sespms_rules.engines.durable.tables import (
    LARGEST_NUMBER,
    MOST_FACTS,
    MOST_ROWS_IN_A_STAGE,
    MOST_TESTS_IN_A_ROW,
    DurableTables,
    Relation,
    Row,
    Table,
    Test,
)

pytestmark = pytest.mark.skipif(
    durable_host.why_unavailable() is not None, reason=durable_host.why_unavailable() or "durable-rules can run here"
)

COMPARISONS: dict[str, Callable[[int, int], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "==": operator.eq,
    ">=": operator.ge,
    ">": operator.gt,
    "!=": operator.ne,
}

# An invented agency's bands: a summary level from a score in hundredths and the lowest level of any element.
BANDS = Table(
    "bands",
    ("score", "lowest level"),
    (
        Row("outstanding", (Test("score", ">=", 475), Test("lowest level", ">=", 3))),
        Row("exceeds", (Test("score", ">=", 400),)),
        Row("fully successful", (Test("score", ">=", 300),)),
        Row("minimally satisfactory", (Test("score", ">=", 200),)),
        Row("unsatisfactory", ()),
    ),
)
GOOD = {"score": 480, "lowest level": 4}


def first_match(table: Table, facts: Mapping[str, int]) -> str:
    """What the table means, in plain Python."""
    for row in table.rows:
        if all(COMPARISONS[test.relation](facts[test.fact], test.number) for test in row.tests):
            return row.key
    raise AssertionError("the last row always fits")


def ladder(rows: int, relation: Relation = "==") -> Table:
    tested = tuple(Row(f"row {number}", (Test("x", relation, number),)) for number in range(rows - 1))
    return Table("ladder", ("x",), (*tested, Row("rest", ())))


# Deciding


@pytest.mark.parametrize(
    ("score", "lowest", "key"),
    [
        (475, 3, "outstanding"),
        (475, 2, "exceeds"),
        (474, 3, "exceeds"),
        (400, 0, "exceeds"),
        (399, 5, "fully successful"),
        (200, 1, "minimally satisfactory"),
        (199, 1, "unsatisfactory"),
        (-5, 1, "unsatisfactory"),
    ],
)
def test_the_first_row_that_fits_wins(score: int, lowest: int, key: str) -> None:
    with DurableTables("invented", (BANDS,)) as tables:
        assert tables.decide("bands", {"score": score, "lowest level": lowest}) == key


def test_the_row_is_chosen_by_the_engine_and_not_by_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """Raise the first cut in the text handed to the engine, and nowhere else: the answer follows that text."""
    monkeypatch.setattr(
        durable_tables,
        "DurableHost",
        lambda name, text, on_fire: durable_host.DurableHost(name, text.replace("475", "495"), on_fire),
    )
    with DurableTables("invented", (BANDS,)) as tables:
        assert tables.decide("bands", {"score": 480, "lowest level": 4}) == "exceeds"
        assert tables.decide("bands", {"score": 495, "lowest level": 4}) == "outstanding"


def test_every_comparison_holds_at_its_edges() -> None:
    for relation in get_args(Relation):
        for edge in (-LARGEST_NUMBER, -1, 0, 7, LARGEST_NUMBER):
            table = Table("edge", ("x",), (Row("fits", (Test("x", relation, edge),)), Row("rest", ())))
            with DurableTables("edges", (table,)) as tables:
                for value in (edge - 1, edge, edge + 1, 0, -edge):
                    if abs(value) <= LARGEST_NUMBER:
                        assert tables.decide("edge", {"x": value}) == first_match(table, {"x": value}), (
                            relation,
                            value,
                        )


def test_tables_of_one_ruleset_do_not_hear_each_other() -> None:
    caps = Table("caps", ("score",), (Row("capped", (Test("score", ">", 300),)), Row("as it is", ())))
    with DurableTables("two stages", (BANDS, caps, Table("always", (), (Row("only", ()),)))) as tables:
        for score in (0, 300, 301, 480):
            assert tables.decide("caps", {"score": score}) == ("capped" if score > 300 else "as it is")
            assert tables.decide("bands", {"score": score, "lowest level": 3}) == first_match(
                BANDS, {"score": score, "lowest level": 3}
            )
            assert tables.decide("always", {}) == "only"


def test_nothing_is_carried_from_one_decision_to_the_next() -> None:
    """Two facts that would fit the first row together, given in two decisions, do not add up."""
    table = Table("pair", ("a", "b"), (Row("both", (Test("a", "==", 1), Test("b", "==", 1))), Row("no", ())))
    with DurableTables("memory", (table,)) as tables:
        keys = [tables.decide("pair", {"a": a, "b": b}) for a, b in ((1, 0), (0, 1), (1, 1), (0, 0), (1, 1), (1, 0))]
    assert keys == ["no", "no", "both", "no", "both", "no"]


def test_the_order_in_which_facts_are_given_does_not_matter() -> None:
    with DurableTables("order", (BANDS,)) as tables:
        assert tables.decide("bands", {"lowest level": 4, "score": 480}) == tables.decide("bands", GOOD)


@st.composite
def table_and_facts(draw: st.DrawFn) -> tuple[Table, list[dict[str, int]]]:
    names = draw(
        st.lists(
            st.sampled_from(["score", "id", "stage", "$s", "lowest level", "é", "x"]),
            min_size=1,
            max_size=4,
            unique=True,
        )
    )
    numbers = st.integers(-6, 6) | st.sampled_from([-LARGEST_NUMBER, -475, 475, 10**12, LARGEST_NUMBER])
    test = st.builds(Test, st.sampled_from(names), st.sampled_from(get_args(Relation)), numbers)
    bodies = draw(st.lists(st.lists(test, max_size=4).map(tuple), max_size=25))
    # Long tables are made of a few bodies repeated, so that drawing them stays cheap; they still differ by position.
    size = draw(st.integers(1, 80))
    rows = [
        Row(f"row {number}", body)
        for number, body in zip(range(size - 1), itertools.cycle(bodies or [()]), strict=False)
    ]
    facts = draw(st.lists(st.fixed_dictionaries(dict.fromkeys(names, numbers)), min_size=20, max_size=20))
    return Table("random", tuple(names), (*rows, Row("rest", ()))), facts


@settings(max_examples=at_depth(50, 200))
@given(table_and_facts())
def test_any_table_is_decided_as_it_reads(case: tuple[Table, list[dict[str, int]]]) -> None:
    table, several = case
    with DurableTables("random", (table,)) as tables:
        for facts in several:
            assert tables.decide("random", facts) == first_match(table, facts)


@pytest.mark.parametrize("seed", range(5))
def test_long_tables_of_narrow_rows_are_decided_as_they_read(seed: int) -> None:
    """Rows that seldom fit, so that every row of every chunk is the answer for some facts."""
    dice = random.Random(seed)
    rows = tuple(
        Row(
            f"row {number}",
            (Test("a", "==", dice.randrange(12)), Test("b", dice.choice(("<=", ">")), dice.randrange(12))),
        )
        for number in range(199)
    )
    table = Table("narrow", ("a", "b"), (*rows, Row("rest", ())))
    with DurableTables("narrow", (table,)) as tables:
        for a, b in itertools.product(range(-1, 13), repeat=2):
            assert tables.decide("narrow", {"a": a, "b": b}) == first_match(table, {"a": a, "b": b})


# Sizes


@pytest.mark.parametrize("size", [1, 58, 59, 60, 116, 117, 118, 175, 500])
def test_a_table_of_any_length_is_decided_row_by_row(size: int) -> None:
    table = ladder(size)
    with DurableTables("long", (table,)) as tables:
        assert [tables.decide("ladder", {"x": x}) for x in range(size - 1)] == [f"row {x}" for x in range(size - 1)]
        assert {tables.decide("ladder", {"x": x}) for x in (-1, size - 1, size, 10**9)} == {"rest"}


def test_every_row_may_fit_at_once_in_a_long_table() -> None:
    table = ladder(500, ">=")
    with DurableTables("overlap", (table,)) as tables:
        for x in (-1, 0, 5, 499, 10**6):
            assert tables.decide("ladder", {"x": x}) == ("row 0" if x >= 0 else "rest")


def test_no_stage_has_more_rules_than_the_engine_can_match() -> None:
    with DurableTables("stages", (ladder(500), BANDS)) as tables:
        rules = json.loads(tables.ruleset_json)
    sizes: dict[str, int] = defaultdict(int)
    for name in rules:
        sizes[name.split(".")[0]] += 1
    assert max(sizes.values()) == MOST_ROWS_IN_A_STAGE
    assert sum(sizes.values()) == 500 + len(BANDS.rows) + (len(sizes) - 2)


def test_a_row_of_many_tests_over_many_facts_is_decided() -> None:
    facts = tuple(f"fact {number}" for number in range(MOST_FACTS))
    tests = [Test(fact, relation, number) for number, fact in enumerate(facts) for relation in (">=", "<=")]
    assert len(tests) == MOST_TESTS_IN_A_ROW
    table = Table("wide", facts, (Row("all as listed", tuple(tests)), Row("rest", ())))
    values = {fact: number for number, fact in enumerate(facts)}
    with DurableTables("wide", (table,)) as tables:
        assert tables.decide("wide", values) == "all as listed"
        for number in (0, 100, 249):
            assert tables.decide("wide", {**values, f"fact {number}": -1}) == "rest"


# The ruleset as text


def test_the_ruleset_is_plain_json_that_shows_the_table_and_does_not_change() -> None:
    with DurableTables("one", (BANDS,)) as one, DurableTables("another", (BANDS,)) as another:
        assert one.ruleset_json == another.ruleset_json
        rules = json.loads(one.ruleset_json)
    assert [rule["run"].split(" ", 1)[1] for rule in rules.values()] == [row.key for row in BANDS.rows]
    assert [rule["pri"] for rule in rules.values()] == [1, 2, 3, 4, 5]
    assert rules["000.bands.0001"]["all"] == [
        {"m": {"$and": [{"stage": 0}, {"$gte": {"score": 475}}, {"$gte": {"lowest_level": 3}}]}}
    ]
    assert rules["000.bands.0005"]["all"] == [{"m": {"stage": 0}}]


# Threads and speed


def test_four_threads_take_turns_and_every_decision_is_right() -> None:
    """The library alone lost three quarters of the answers of four threads that shared a state."""
    table = ladder(8, "<=")

    def decide_many(start: int) -> int:
        return sum(
            tables.decide("ladder", {"x": x}) == first_match(table, {"x": x})
            for x in ((start + number) % 12 - 2 for number in range(5_000))
        )

    with DurableTables("threads", (table,)) as tables, ThreadPoolExecutor(4) as pool:
        assert list(pool.map(decide_many, range(4))) == [5_000] * 4


def test_no_thread_is_started() -> None:
    before = set(threading.enumerate())
    with DurableTables("quiet", (BANDS,)) as tables:
        tables.decide("bands", GOOD)
        time.sleep(0.3)  # the library's own host starts its timers after a tenth of a second
        assert set(threading.enumerate()) == before


def test_a_decision_takes_microseconds() -> None:
    """Some 10 us on two shared cores, and 33 us by the library's own loop; the bound leaves room for a busy machine."""
    with DurableTables("speed", (BANDS,)) as tables:
        best = 1.0
        for _ in range(10):
            start = time.perf_counter()
            for _ in range(1_000):
                tables.decide("bands", GOOD)
            best = min(best, (time.perf_counter() - start) / 1_000)
    assert best < 50e-6
