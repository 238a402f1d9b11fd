"""Points of a level that no rating can depend on, because an override takes every appraisal with that level."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.decision_rows import Derivation, RatedMember, derivations, holds
from sespms_rules.checks.analysis.levels import declared
from sespms_rules.checks.analysis.sentences import number, within
from sespms_rules.foundation.diagnostic import Diagnostic, Label, note
from sespms_rules.language.model import System
from sespms_rules.language.syntax.derivation import Override
from sespms_rules.language.syntax.formula import AttributeOf, MeasureWord, OwnPoints
from sespms_rules.language.syntax.words import Attribute, Measured

FINDING = note("SES248", "points-without-effect")

_MANY = 24
_BEST = 5


def check(system: System) -> Iterator[Diagnostic]:
    """Find levels with points of their own choosing that only show in a score and never decide a rating.

    Silent where the points are the number of the level, which nobody chose for their effect.
    """
    reading = [each for each in derivations(system) if _reads_points(each)]
    if not reading:
        return
    for level, definition in declared(system).items():
        overrides = [_taking(system, derivation, level) for derivation in reading]
        points = definition.points
        if overrides[0] is None or None in overrides or points.value == level:
            continue
        plural = "" if points.value == 1 else "s"
        yield FINDING.at(
            points.span,
            f"the `{number(points.value)}` point{plural} of level {level} never decide{'s' if not plural else ''} "
            f"a rating: a line makes it level {_given(overrides[0])} whatever the score",
            help="nothing needs to be changed; the points only show in the score",
            labels=(Label(overrides[0].span, "this line decides"),),
        )


def _reads_points(derivation: Derivation) -> bool:
    """Whether a formula takes the points of a member, by that name or as its score."""
    for stated in derivation.part.sentences:
        words = {each.word for each in within(stated.sentence, MeasureWord)}
        taken = {each.attribute for each in within(stated.sentence, AttributeOf)}
        if words & {Measured.POINTS, Measured.SCORES} or taken & {Attribute.POINTS, Attribute.SCORE}:
            return True
        if any(True for _ in within(stated.sentence, OwnPoints)):
            return True
    return False


def _taking(system: System, derivation: Derivation, level: int) -> Override | None:
    """The override that takes every appraisal with a member at a level, however many others there are."""
    name = "" if derivation.element is None else None
    kinds = {element.critical for element in system.elements} or {True} if derivation.element is None else {True}
    others = tuple(RatedMember(name, True, _BEST) for _ in range(_MANY))
    for override in derivation.overrides:
        at_level = [RatedMember(name, critical, level) for critical in kinds]
        samples = [(each, *rest) for each in at_level for rest in ((), others, (each,) * _MANY)]
        if all(holds(override.phrases, sample) is True for sample in samples):
            return override
    return None


def _given(override: Override) -> str:
    return override.level.span.text.removeprefix("level ").strip()
