"""The sum that checks read from the text of a score is the one that everyone else reads from the program."""

from __future__ import annotations

from fractions import Fraction

import pytest

from checks.checking import LEVELS, system_of
from sespms_rules.checks.analysis.decision_rows import derivations
from sespms_rules.checks.analysis.linear_score import LinearScore, linear_score, over_members
from sespms_rules.foundation.resources import policy_names
from sespms_rules.foundation.values import replace
from sespms_rules.language.model import System
from sespms_rules.program import ir
from sespms_rules.program.linear_form import score_form
from sespms_rules.program.lowering import lower
from systems import systems_of

ELEMENT, CRITICAL = frozenset({ir.Kind.ELEMENT}), frozenset({ir.Kind.CRITICAL})
POINTS = frozenset({False})


def _read_from_program(stage: ir.Stage) -> LinearScore | None:
    """The score of a stage as a sum, what is rounded taken before it is."""
    plain = tuple(
        replace(each, expression=each.expression.operand)
        if isinstance(each, ir.ScoreDefinition) and isinstance(each.expression, ir.Rounded)
        else each
        for each in stage.definitions
    )
    form = score_form(replace(stage, definitions=plain))
    return None if form is None else over_members(form)


def _pairs(system: System, program: ir.Program) -> list[tuple[LinearScore, LinearScore | None]]:
    inner = {each.name: each.stage for each in program.summary.members}
    found = []
    for derivation in derivations(system):
        read = linear_score(derivation.part)
        stage = inner[derivation.element.name] if derivation.element is not None else program.summary
        if read is not None and stage is not None:
            found.append((read[0], _read_from_program(stage)))
    return found


def test_both_readings_agree_on_every_shipped_system() -> None:
    pairs = [
        pair for name in policy_names("") for system, program in systems_of(name) for pair in _pairs(system, program)
    ]
    assert len(pairs) > 20
    assert len({one for one, _ in pairs}) > 5
    for one, other in pairs:
        assert one == other


def _system(*lines: str) -> System:
    score = "".join(f"  {line}\n" for line in lines)
    elements = "".join(f'critical element "{name}"\n\n' for name in ("Lead", "Serve", "Build"))
    return system_of(f'system "Invented agency"\n{LEVELS}\n{elements}weights\n  total 100\n\nsummary rating\n{score}')


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("the sum of points times weight", LinearScore(weighted=Fraction(1), by_levels=POINTS, kinds=ELEMENT)),
        (
            "the sum of points times weight of critical elements / 100 + 1",
            LinearScore(Fraction(1), weighted=Fraction(1, 100), by_levels=POINTS, kinds=CRITICAL),
        ),
        ("the average of points by weight", LinearScore(weighted_mean=Fraction(1), by_levels=POINTS, kinds=ELEMENT)),
        (
            '50% of the average of points of "Lead" and "Serve" + the points of "Lead"',
            LinearScore(named=(("Lead", Fraction(5, 4)), ("Serve", Fraction(1, 4))), by_levels=POINTS),
        ),
        (
            "2 * the sum of levels - 3",
            LinearScore(Fraction(-3), total=Fraction(2), by_levels=frozenset({True}), kinds=ELEMENT),
        ),
    ],
)
def test_a_sum_is_read_alike_from_text_and_program(formula: str, expected: LinearScore) -> None:
    system = _system(f"score is {formula}", "score at least 0 is level 3")
    (derivation,) = derivations(system)
    read = linear_score(derivation.part)
    assert read is not None
    assert read[0] == expected
    program, findings = lower(system)
    assert program is not None, findings
    assert _read_from_program(program.summary) == expected


@pytest.mark.parametrize(
    "formula",
    [
        "the sum of points but no less than 1",
        'the sum of points times weight of "Lead" and "Serve"',
        "the highest of points",
        'the sum of points + the level of "Lead"',
    ],
)
def test_what_is_no_such_sum_is_none_in_either_reading(formula: str) -> None:
    system = _system(f"score is {formula}", "score at least 0 is level 3")
    (derivation,) = derivations(system)
    assert linear_score(derivation.part) is None
    program, findings = lower(system)
    assert program is not None, findings
    assert _read_from_program(program.summary) is None
