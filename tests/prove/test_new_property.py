"""The recipe in CONTRIBUTING.md: a property is one class and one function, and it is proved and refuted at once."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import Any

from programs import any_at, program, stage, when
from sespms_rules.engines.reference.engine import rate
from sespms_rules.foundation.values import replace
from sespms_rules.program.ir import Kind, MemberCount, Program
from sespms_rules.program.plans import shapes_of
from sespms_rules.proofs.solver import properties
from sespms_rules.proofs.solver.inputs import asked_of
from sespms_rules.proofs.solver.question import Subject
from sespms_rules.proofs.solver.solver_session import Asking
from sespms_rules.proofs.solver.witness import Shown
from systems import program_of

CONTRIBUTING = Path(__file__).resolve().parents[2] / "CONTRIBUTING.md"


def the_recipe() -> str:
    return CONTRIBUTING.read_text(encoding="utf-8").split("\n## A property that can be proved\n")[1].split("\n## ")[0]


def the_function() -> Any:
    """The function that the recipe shows, run in the module it says to put it in."""
    (block,) = re.findall(r"^   ```python\n(.*?)^   ```$", the_recipe(), re.MULTILINE | re.DOTALL)
    names = dict(vars(properties))
    exec(compile(textwrap.dedent(block), "CONTRIBUTING.md", "exec"), names)
    return names["given_to_some_element"]


def broken_by(of: Program) -> tuple[Shown, ...]:
    function = the_function()
    for shape in shapes_of(of).shapes:
        shown = Asking(20).answer(function(Subject(of, asked_of(shape))))
        if shown:
            return shown
    return ()


def test_the_example_of_the_recipe_is_refuted_where_it_does_not_hold() -> None:
    opm = program_of("agencies/opm_basic.sespms")
    (shown,) = broken_by(opm)  # a score between two levels: no element need be at the level it gives
    levels = {each.rating for each in shown.appraisal.elements}
    assert rate(opm, shown.appraisal).level == shown.level
    assert shown.level not in levels


def test_the_example_of_the_recipe_is_proved_where_it_holds() -> None:
    lowest = program(stage(rows=tuple(when(any_at(each), each) for each in (1, 2, 3, 4, 5)), first=True))
    limits = (MemberCount(Kind.CRITICAL, 3, 3),)
    assert broken_by(replace(lowest, summary=replace(lowest.summary, limits=limits))) == ()


def test_every_place_that_the_recipe_names_is_there() -> None:
    root = CONTRIBUTING.parent
    named = re.findall(r"`((?:src|tests)/[\w/.]+)`", the_recipe())
    assert len(named) >= 4
    for path in named:
        assert (root / path).exists(), path
    for name in ("Property", "questions", "order_of_equals"):
        assert f"`{name}`" in the_recipe()
        assert hasattr(properties, name)
