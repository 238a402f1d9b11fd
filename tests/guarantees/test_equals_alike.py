"""`elements of equal weight count alike`: proved, refuted by two appraisals, and decided by `check` where it can."""

from __future__ import annotations

import pytest

from prove.test_guarantees import asked_of, sentence
from sespms_rules.law.deciding import decider
from sespms_rules.law.verdict import VerdictKind
from sespms_rules.proofs.solver import Status
from systems import program_of, system_of

WORDS = "elements of equal weight count alike"
DECIDED = [
    ("agencies/opm_basic.sespms", Status.PROVED, VerdictKind.UNDECIDED),
    ("shapes/shape_18_people_decide.sespms", Status.PROVED, VerdictKind.PROVED),
    ("shapes/shape_12_pattern.sespms", Status.REFUTED, VerdictKind.REFUTED),
    ("shapes/shape_11_column_totals.sespms", Status.REFUTED, VerdictKind.REFUTED),
]


@pytest.mark.parametrize(("name", "proved", "checked"), DECIDED, ids=[each[0] for each in DECIDED])
def test_it_is_decided_by_the_solver_and_where_appraisals_are_few_by_trying(
    name: str, proved: Status, checked: VerdictKind
) -> None:
    system, program = system_of(name), program_of(name)
    assert asked_of(system, program, WORDS).status is proved
    finding = decider(system, program)(sentence(WORDS))
    assert finding.kind is checked
    if checked is VerdictKind.REFUTED:
        assert "exchange ratings it is level" in finding.why


def test_the_two_appraisals_differ_in_an_exchange_of_ratings_alone() -> None:
    name = "shapes/shape_12_pattern.sespms"
    verdict = asked_of(system_of(name), program_of(name), WORDS)
    before, after = (each.appraisal.elements for each in verdict.counterexamples)
    assert sorted(each.rating or 0 for each in before) == sorted(each.rating or 0 for each in after)
    assert sum(one.rating != other.rating for one, other in zip(before, after, strict=True)) == 2
    assert [each.weight for each in before] == [each.weight for each in after]
    assert verdict.counterexamples[0].rating.level != verdict.counterexamples[1].rating.level


def test_requirements_of_equal_weight_are_asked_about_too() -> None:
    name = "examples/maritime_commission.sespms"
    verdict = asked_of(system_of(name), program_of(name), WORDS)
    assert verdict.status is Status.REFUTED  # a partnership earns a credit, and stewardship does not
    nested = "shapes/shape_10_nested.sespms"
    assert asked_of(system_of(nested), program_of(nested), WORDS).status is Status.PROVED
