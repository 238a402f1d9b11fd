"""The SQL engine on DuckDB against the reference and the columnar engine; a changed constant must be noticed.

Whole domains of all shipped policies are in test_sql_domains.py.
"""

from __future__ import annotations

import itertools
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction

import duckdb
import numpy as np
import pytest

from engines.sql_tables import RATING, rated_in, shipped
from engines.test_agreement import ELEMENTS, appraisal, boundary_plans, expected, inner_plans
from engines.test_columnar import average_of_products, drawn_for, drawn_programs, with_faults
from nights import at_depth
from random_programs import Draw
from sespms_rules.engines.reference import engine as reference
from sespms_rules.engines.sql.engine import SqlEngine
from sespms_rules.engines.sql.given import plain_cells
from sespms_rules.engines.sql.query import query_of
from sespms_rules.engines.sql.table import WarehouseSql
from sespms_rules.engines.sql.text import NotInSqlError
from sespms_rules.foundation.values import replace
from sespms_rules.program import ir
from sespms_rules.program.rating import Appraisal, Outcome, Rated, Rating
from shapes import programs
from systems import program_of

OPM = "agencies/opm_basic.sespms"


def answer(rating: Rating) -> tuple[object, ...]:
    """What both engines must agree on; refusals by their codes, as sets."""
    if rating.outcome is Outcome.REFUSED:
        return (rating.outcome, frozenset(refusal.code for refusal in rating.refused))
    return (rating.outcome, rating.score, rating.level, rating.term, rating.values, rating.reported, rating.asked)


def differences(program: ir.Program, cases: list[Appraisal], engine: SqlEngine | None = None) -> list[Appraisal]:
    """The appraisals that the engines answer differently."""
    return unlike(program, cases, (engine or SqlEngine(program)).rate(cases))


def unlike(program: ir.Program, cases: list[Appraisal], got: list[Rating]) -> list[Appraisal]:
    """The appraisals that the reference answers otherwise."""
    return [
        case
        for case, rating in zip(cases, got, strict=True)
        if answer(rating) != answer(reference.rate(program, case, trace=False))
    ]


# ---- shipped policies ------------------------------------------------------------------------------


@pytest.mark.differential
@pytest.mark.parametrize("name", RATING)
def test_every_shipped_policy_agrees_refusals_included(name: str) -> None:
    for program in shipped(name):
        engine = SqlEngine(program)
        assert differences(program, with_faults(program, drawn_for(program, 300), 150), engine) == []
        assert engine.by_reference == 0


@pytest.mark.differential
@pytest.mark.parametrize("system", programs())
def test_every_shape_agrees_refusals_included(system: str) -> None:
    program = programs()[system]
    assert differences(program, with_faults(program, drawn_for(program, 150), 150)) == []


@pytest.mark.differential
def test_opm_2012_over_every_combination_of_levels_under_many_plans() -> None:
    combinations = list(itertools.product((1, 2, 3, 4, 5), repeat=5))
    plans = (boundary_plans() + inner_plans(16))[:: at_depth(4, 1)]
    levels = np.array(combinations * len(plans), dtype=np.int8)
    weights = np.repeat(np.array(plans, dtype=np.int8), len(combinations), axis=0)
    arrays = {f"{name} level": column for name, column in zip(ELEMENTS, levels.T, strict=True)}
    arrays |= {f"{name} weight": column for name, column in zip(ELEMENTS, weights.T, strict=True)}
    found = rated_in(duckdb.connect(), WarehouseSql(program_of(OPM), "roster", "duckdb").rating(), arrays)
    wanted = np.array([expected(plan, each) for plan in plans for each in combinations])
    assert len(wanted) == 1_250_000 // at_depth(4, 1)
    assert (found["level"] == wanted[:, 1]).all()
    assert (found["score_numerator"] == wanted[:, 0]).all()
    assert (found["score_denominator"] == 1).all()
    assert set(found["outcome"]) == {"rated"}


# ---- programs drawn at random ----------------------------------------------------------------------


@pytest.mark.differential
@pytest.mark.parametrize("first", range(0, at_depth(20, 60), 20))
def test_drawn_programs_agree(first: int) -> None:
    codes: Counter[str] = Counter()
    for program, cases in drawn_programs(range(first, first + 20)):
        engine = SqlEngine(program)
        got = engine.rate(cases)
        assert unlike(program, cases, got) == []
        assert engine.by_reference == 0
        codes.update(refusal.code for rating in got for refusal in rating.refused)
        engine.close()
    assert set(codes) >= {f"SES6{code:02}" for code in range(1, 19)} - {"SES613"}, codes


@pytest.mark.differential
@pytest.mark.parametrize("seed", range(12))
def test_numbers_of_every_size_are_exact_or_left_to_the_reference(seed: int) -> None:
    draw = Draw(seed, facts=True)
    program = draw.program()
    sizes = (1, 10, 10**3, 10**6, 10**9, 10**12)

    def grown(rated: Rated) -> Rated:
        weight = rated.weight and Fraction(
            draw.random.randint(1, draw.random.choice(sizes)), draw.random.choice((1, 7))
        )
        rating = rated.rating
        if rating is not None and draw.chance(0.5):
            rating = rating - Fraction(draw.random.randint(0, 9), draw.random.choice((10, 11, 13, 1001)))
        return replace(rated, rating=rating, weight=weight, requirements=tuple(map(grown, rated.requirements)))

    cases = [Appraisal("one", tuple(map(grown, draw.appraisal(program).elements))) for _ in range(30)]
    assert differences(program, cases) == []


# ---- a planted difference --------------------------------------------------------------------------


@pytest.mark.parametrize(("wrong", "right"), [(">= 475", ">= 474"), ("= 100", "= 101"), ("<= 399", "<= 398")])
def test_a_changed_constant_in_the_text_is_caught(wrong: str, right: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program = program_of(OPM)
    cases = [appraisal((13, 13, 20, 20, 34), each) for each in itertools.product((1, 2, 3, 4, 5), repeat=5)]
    cases += [appraisal((11, 19, 20, 20, 30), each) for each in itertools.product((1, 2, 3, 4, 5), repeat=5)]
    engine = SqlEngine(program)
    assert differences(program, cases, engine) == []
    real = engine._made

    def planted(cells: object) -> object:
        query = real(cells)  # type: ignore[arg-type]
        assert any(wrong in step for step in query.steps)
        return replace(query, steps=tuple(step.replace(wrong, right) for step in query.steps))

    monkeypatch.setattr(engine, "_query", planted)
    assert differences(program, cases, engine) != []


# ---- limits of SQL ---------------------------------------------------------------------------------


def test_a_query_holds_no_division_no_float_and_no_long_line() -> None:
    for name in RATING:
        for program in shipped(name):
            text = "\n".join(query_of(program, plain_cells(program.summary)).steps)
            assert " / " not in text
            assert "DOUBLE" not in text
            assert max(map(len, text.splitlines()), default=0) < 4_000


def test_what_38_digits_cannot_hold_is_refused_in_words() -> None:
    with pytest.raises(NotInSqlError) as refused:
        SqlEngine(average_of_products(5))
    assert refused.value.message.startswith("the policy reckons with numbers that may need more than 38 digits")
    assert "--engine reference" in refused.value.help


def test_numbers_beyond_64_bits_are_exact_in_38_digits() -> None:
    program = average_of_products(2)
    assert query_of(program, plain_cells(program.summary)).wide
    large = tuple(Rated(name, Fraction(9 * 10**8 + 1)) for name in "AB")
    (rating,) = SqlEngine(program).rate([Appraisal("large", large)])
    assert rating.score == (9 * 10**8 + 1) ** 3
    assert rating.engine == "sql"


def test_a_weight_too_large_for_the_query_is_left_to_the_reference() -> None:
    program = program_of(OPM)
    engine = SqlEngine(program)
    case = appraisal((10, 10, 10, 10, 10**18), (3, 3, 3, 3, 3))
    (rating,) = engine.rate([case])
    assert engine.by_reference == 1
    assert rating == reference.rate(program, case, trace=False)


# ---- one database for all engines ------------------------------------------------------------------


def test_an_engine_that_is_closed_leaves_the_others_open() -> None:
    one, other = SqlEngine(program_of(OPM)), SqlEngine(average_of_products(2))
    case = appraisal((20, 20, 20, 20, 20), (3, 3, 3, 3, 3))
    (before,) = one.rate([case])
    other.close()
    assert one.rate([case]) == [before]
    one.close()
    with pytest.raises(duckdb.ConnectionException):
        one.rate([case])
    assert SqlEngine(program_of(OPM)).rate([case]) == [before]


def test_engines_in_threads_rate_as_they_do_alone() -> None:
    """Each with columns of its own under one name, and with a program of its own."""
    cases = [[appraisal((20, 20, 20, 20, 20), (level,) * 5)] * level for level in (1, 2, 3, 4, 5)]
    alone = [SqlEngine(program_of(OPM)).rate(each) for each in cases]

    def rated(each: list[Appraisal]) -> list[list[Rating]]:
        engine = SqlEngine(program_of(OPM))
        return [engine.rate(each) for _ in range(5)]

    with ThreadPoolExecutor(5) as threads:
        assert [*threads.map(rated, cases)] == [[each] * 5 for each in alone]


def test_nothing_of_an_appraisal_is_left_in_the_database() -> None:
    engine = SqlEngine(program_of(OPM))
    engine.rate([appraisal((20, 20, 20, 20, 20), (3, 3, 3, 3, 3))])
    for connection in (engine._connection, SqlEngine(program_of(OPM))._connection):
        left = connection.execute("SELECT table_name FROM information_schema.tables").fetchall()
        assert left == []
