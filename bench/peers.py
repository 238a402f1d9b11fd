"""The same job in other tools, written as their users would write it well. Each must give our answers to be timed.

The job is OPM's system of 2012: points times weight, four cuts, and level 1 where any element is at level 1.
"""

from __future__ import annotations

import ctypes
import json
import operator
import subprocess
import tempfile
from collections.abc import Callable
from functools import reduce
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from inputs import CUTS, ELEMENTS, POINTS, Population

from sespms_rules.program.rating import Appraisal

LEVELS = [f"level_{place}" for place in range(5)]
WEIGHTS = [f"weight_{place}" for place in range(5)]

# ---- a loop in C: the floor --------------------------------------------------------------------------

_C = """
#include <stdint.h>
#include <stddef.h>
void rate(size_t rows, const int8_t *const *l, const int8_t *const *w, int8_t *out) {
  const int8_t *a = l[0], *b = l[1], *c = l[2], *d = l[3], *e = l[4];
  const int8_t *p = w[0], *q = w[1], *r = w[2], *s = w[3], *t = w[4];
  for (size_t i = 0; i < rows; i++) {
    int16_t score = (int16_t)a[i] * p[i] + (int16_t)b[i] * q[i] + (int16_t)c[i] * r[i]
                  + (int16_t)d[i] * s[i] + (int16_t)e[i] * t[i];
    int low = (a[i] == 1) | (b[i] == 1) | (c[i] == 1) | (d[i] == 1) | (e[i] == 1);
    int8_t level = 2 + (score >= 300) + (score >= 400) + (score >= 475);
    out[i] = low ? 1 : level;
  }
}
"""


def c_loop(people: Population) -> Callable[[], Any]:
    """A loop over the arrays, compiled here with every optimization for this machine."""
    folder = Path(tempfile.mkdtemp())
    source, library = folder / "rate.c", folder / "rate.so"
    source.write_text(_C)
    subprocess.run(["cc", "-O3", "-march=native", "-shared", "-fPIC", "-o", library, source], check=True)
    rate = ctypes.CDLL(str(library)).rate
    out = np.empty(people.rows, dtype=np.int8)
    pointers = [(ctypes.c_void_p * 5)(*(each.ctypes.data for each in some)) for some in (people.levels, people.weights)]

    def run() -> Any:
        rate(ctypes.c_size_t(people.rows), *pointers, ctypes.c_void_p(out.ctypes.data))
        return out

    return run


# ---- polars, DuckDB, OpenFisca: populations ----------------------------------------------------------


def polars_frame(people: Population) -> Any:
    """A frame of the population."""
    import polars

    return polars.DataFrame(_columns(people))


def polars_rule() -> Any:
    """The rule as one expression."""
    import polars as pl

    pairs = zip(LEVELS, WEIGHTS, strict=True)
    score = reduce(operator.add, [pl.col(level) * pl.col(weight) for level, weight in pairs])
    lowest = reduce(operator.or_, [pl.col(level) == 1 for level in LEVELS])
    rule: Any = pl.when(lowest).then(pl.lit(1, pl.Int8))
    for level, cut in CUTS[:-1]:
        rule = rule.when(score >= cut).then(pl.lit(level, pl.Int8))
    return rule.otherwise(pl.lit(CUTS[-1][0], pl.Int8)).alias("level")


def polars_levels(people: Population) -> Callable[[], Any]:
    """One lazy expression over a frame that is ready: the fastest of the ways that were tried."""
    query = polars_frame(people).lazy().select(polars_rule())
    return lambda: query.collect().to_series().to_numpy()


def duckdb_levels(people: Population) -> Callable[[], Any]:
    """One hand-written query over a table in memory."""
    import duckdb

    connection = duckdb.connect()
    connection.register("people", _columns(people))
    connection.execute("CREATE TABLE roster AS SELECT * FROM people")
    score = " + ".join(f"{level} * {weight}" for level, weight in zip(LEVELS, WEIGHTS, strict=True))
    cuts = " ".join(f"WHEN score >= {cut} THEN {level}" for level, cut in CUTS[:-1])
    query = (
        f"SELECT CAST(CASE WHEN lowest = 1 THEN 1 {cuts} ELSE 2 END AS TINYINT) AS level "
        f"FROM (SELECT {score} AS score, least({', '.join(LEVELS)}) AS lowest FROM roster)"
    )
    return lambda: connection.execute(query).fetchnumpy()["level"]


def _columns(people: Population) -> dict[str, Any]:
    """The narrowest columns in which nothing overflows, by name."""
    arrays = dict(zip((*LEVELS, *WEIGHTS), (*people.levels, *people.weights), strict=True))
    return {name: each.astype(np.int16) for name, each in arrays.items()}


def openfisca_levels(people: Population) -> Callable[[], Any]:
    """A tax and benefit system of one formula over whole populations."""
    from openfisca_core.entities import build_entity
    from openfisca_core.periods import DateUnit
    from openfisca_core.simulations import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    person = build_entity(key="person", plural="persons", label="an executive", is_person=True)
    system = TaxBenefitSystem([person])
    facts = {"value_type": int, "entity": person, "definition_period": DateUnit.YEAR}
    for name in (*LEVELS, *WEIGHTS):
        system.add_variable(type(name, (Variable,), {**facts, "label": name}))

    def formula(persons: Any, period: Any) -> Any:
        levels = [persons(name, period) for name in LEVELS]
        score = sum(level * persons(name, period) for level, name in zip(levels, WEIGHTS, strict=True))
        lowest = np.minimum.reduce(levels)
        conditions = [lowest == 1, *(score >= cut for _, cut in CUTS[:-1])]
        return np.select(conditions, [1, *(level for level, _ in CUTS[:-1])], 2)

    system.add_variable(type("summary", (Variable,), {**facts, "label": "summary level", "formula": formula}))

    def run() -> Any:
        simulation = SimulationBuilder().build_default_simulation(system, people.rows)
        for names, arrays in ((LEVELS, people.levels), (WEIGHTS, people.weights)):
            for name, array in zip(names, arrays, strict=True):
                simulation.set_input(name, "2026", array)
        return simulation.calculate("summary", "2026")

    return run


# ---- GoRules ZEN and business-rules: one appraisal at a time -----------------------------------------


def _facts(case: Appraisal) -> dict[str, int]:
    levels = {f"level_{place}": int(each.rating or 0) for place, each in enumerate(case.elements)}
    return levels | {f"weight_{place}": int(each.weight or 0) for place, each in enumerate(case.elements)}


def zen(cases: list[Appraisal]) -> Callable[[], list[int]]:
    """A decision of two nodes, an expression and a table, with its trace."""
    from zen import ZenEngine

    points = " + ".join(f"(level_{place} == 1 ? 0 : level_{place}) * weight_{place}" for place in range(len(ELEMENTS)))
    rules = [{"_id": "r0", "low": "1", "score": "", "out": "1"}]
    rules += [{"_id": f"r{level}", "low": "", "score": f">= {cut}", "out": f"{level}"} for level, cut in CUTS]
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in"},
        {
            "id": "score",
            "type": "expressionNode",
            "name": "score",
            "content": {
                "expressions": [
                    {"id": "a", "key": "score", "value": points},
                    {"id": "b", "key": "low", "value": f"min([{', '.join(LEVELS)}])"},
                ]
            },
        },
        {
            "id": "table",
            "type": "decisionTableNode",
            "name": "table",
            "content": {
                "hitPolicy": "first",
                "inputs": [
                    {"id": "low", "type": "expression", "field": "low"},
                    {"id": "score", "type": "expression", "field": "score"},
                ],
                "outputs": [{"id": "out", "type": "expression", "field": "level"}],
                "rules": rules,
            },
        },
        {"id": "out", "type": "outputNode", "name": "out"},
    ]
    chain = [each["id"] for each in nodes]
    edges = [{"id": f"{one}-{two}", "sourceId": one, "targetId": two} for one, two in pairwise(chain)]
    decision = ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))
    facts = [_facts(case) for case in cases]
    return lambda: [decision.evaluate(each, {"trace": True})["result"]["level"] for each in facts]


def business_rules(cases: list[Appraisal]) -> Callable[[], list[int]]:
    """Five rules, the first that fits; there is no trace and no explanation."""
    from business_rules import run_all
    from business_rules.actions import BaseActions, rule_action
    from business_rules.fields import FIELD_NUMERIC
    from business_rules.variables import BaseVariables, numeric_rule_variable

    class Facts(BaseVariables):  # type: ignore[misc]
        def __init__(self, facts: dict[str, int]) -> None:
            self.facts = facts

        @numeric_rule_variable
        def score(self) -> int:
            return sum(POINTS[self.facts[l]] * self.facts[w] for l, w in zip(LEVELS, WEIGHTS, strict=True))  # noqa: E741

        @numeric_rule_variable
        def lowest(self) -> int:
            return min(self.facts[each] for each in LEVELS)

    class Answer(BaseActions):  # type: ignore[misc]
        level = 0

        @rule_action(params={"level": FIELD_NUMERIC})
        def give(self, level: int) -> None:
            self.level = level

    def rule(name: str, operator: str, value: int, level: int) -> dict[str, Any]:
        conditions = {"all": [{"name": name, "operator": operator, "value": value}]}
        return {"conditions": conditions, "actions": [{"name": "give", "params": {"level": level}}]}

    rules = [rule("lowest", "equal_to", 1, 1)]
    rules += [rule("score", "greater_than_or_equal_to", cut, level) for level, cut in CUTS]
    facts = [_facts(case) for case in cases]

    def one(each: dict[str, int]) -> int:
        answer = Answer()
        run_all(rules, Facts(each), answer, stop_on_first_trigger=True)
        return answer.level

    return lambda: [one(each) for each in facts]
