"""What the solver settled of a program is not asked again while the program runs, and serves no other program."""

from __future__ import annotations

import pytest

from sespms_rules.foundation.values import replace
from sespms_rules.program.ir import Program, ToLevel
from sespms_rules.program.traversal import rewrite
from sespms_rules.proofs.solver import ExactlyOneLevel, NeverLowered, Prover, Reached, Status, Work
from systems import program_of

PROPERTIES = (ExactlyOneLevel(), NeverLowered(), Reached((5, 1)))


@pytest.fixture
def questions(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How much each question to the solver was allowed, in order."""
    found: list[int] = []
    asked = Work.check

    def check(self: Work, solver: object, most: int) -> object:
        found.append(most)
        return asked(self, solver, most)

    monkeypatch.setattr(Work, "check", check)
    return found


def _fresh(name: str) -> Program:
    """A program that no other test asks about: it computes what a shipped one does under another name."""
    return replace(program_of("agencies/opm_basic.sespms"), name=name)


def test_the_same_is_not_asked_again(questions: list[int]) -> None:
    first = [Prover(_fresh("asked twice")).prove(each) for each in PROPERTIES]
    asked = len(questions)
    assert asked >= len(PROPERTIES)
    assert [Prover(_fresh("asked twice")).prove(each) for each in PROPERTIES] == first
    assert len(questions) == asked


def test_another_program_another_limit_and_kept_questions_are_asked_anew(questions: list[int]) -> None:
    program = _fresh("asked anew")
    assert Prover(program).prove(Reached((5,))).status is Status.PROVED

    def no_five(node: object) -> object:
        return ToLevel(4) if node == ToLevel(5) else node

    assert Prover(rewrite(program, no_five)).prove(Reached((5,))).status is Status.REFUTED
    before = len(questions)
    Prover(program, seconds=19).prove(Reached((5,)))
    kept = Prover(program, keeps=True).prove(Reached((5,)))
    assert len(questions) > before + 1
    assert kept.exchanges
    assert not Prover(program).prove(Reached((5,))).exchanges


def test_work_that_questions_share_is_spent_each_time(questions: list[int]) -> None:
    program, work = _fresh("asked with little"), Work()
    assert Prover(program).prove(ExactlyOneLevel()).status is Status.PROVED
    before, left = len(questions), work.left
    assert Prover(program, work=work).prove(ExactlyOneLevel()).status is Status.PROVED
    assert len(questions) > before
    assert work.left < left


def test_what_was_settled_long_ago_is_asked_again(questions: list[int]) -> None:
    """So many are remembered and no more."""
    program = _fresh("asked long ago")
    Prover(program).prove(ExactlyOneLevel())
    for number in range(64):
        Prover(_fresh(f"asked since: {number}")).prove(Reached((5,)))
    before = len(questions)
    Prover(program).prove(ExactlyOneLevel())
    assert len(questions) > before
