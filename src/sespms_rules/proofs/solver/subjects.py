"""ir.Program -> what is asked about: plans of each shape, for each class of facts about the executive or the unit.

No formula of the solver holds a fact: for every class that the lines tell apart the program is written down anew, so
that whatever is proved is proved of each of them.
"""

from __future__ import annotations

from sespms_rules.program.facts import TooManyFactsError, fact_classes, settled
from sespms_rules.program.ir import Program
from sespms_rules.program.plans import shapes_of
from sespms_rules.proofs.solver.inputs import asked_of
from sespms_rules.proofs.solver.question import Subject


def subjects_of(program: Program) -> tuple[tuple[Subject, ...], str]:
    """All that is to be looked at, and what is not, empty where that is nothing."""
    try:
        classes = fact_classes(program)
    except TooManyFactsError as fault:
        return (), str(fault)
    made: list[Subject] = []
    left = ""
    for each in classes:
        known = settled(program, each.given)
        shapes = shapes_of(known)
        left = left or shapes.left
        made += (Subject(known, asked_of(shape), each.given) for shape in shapes.shapes)
    return tuple(made), left
