"""Case -> Derivation: the order in which a stage is worked out, and how its lines decide.

Nested stages first, in the order of the members; then definitions in the order of the policy; then overrides, all
of them, the lowest level holding; then rows by the stage's hit policy; then caps, where a level was given; last the
values that ask for the level.
"""

from __future__ import annotations

from typing import assert_never

from sespms_rules.engines.reference.admission import not_rated
from sespms_rules.engines.reference.admitted_appraisal import Case, Place
from sespms_rules.engines.reference.evaluation import Evaluation, LevelNotYetKnown, Present
from sespms_rules.engines.refusals import RefusalKind, Refused
from sespms_rules.foundation.origin import Origin, exact
from sespms_rules.foundation.spelling import backticked
from sespms_rules.foundation.values import replace
from sespms_rules.program.bands import holding, neighbours
from sespms_rules.program.ir import (
    Definition,
    HitPolicy,
    Row,
    ScoreDefinition,
    Table,
    ToLevel,
    ToNotRated,
    Unrated,
    UnratedRule,
)
from sespms_rules.program.rating import Outcome, Refusal
from sespms_rules.program.wording import Wording


class Derivation:
    """What working out one stage found; `trace.py` tells it.

    `line` is the row or override that gave the outcome (None where nothing did), `fitting` the overrides that fit,
    `capping` the cap that lowered the level that the line gave (None where none did). `nested` holds the derivations of
    members, by name; `defined` says that the stage's own values were worked out, which needs all members. `refusals`
    are why there is no outcome.
    """

    __slots__ = ("capping", "case", "defined", "evaluation", "fitting", "late", "line", "nested", "outcome", "refusals")

    def __init__(self, case: Case, tables: dict[str, Table]) -> None:
        self.case = case
        self.nested: dict[str, Derivation] = {}
        self.refusals: list[Refusal] = []
        self.fitting: list[Row] = []
        self.late: list[Definition | ScoreDefinition] = []
        self.line: Row | None = None
        self.capping: Row | None = None
        self.defined = False
        self.outcome = Outcome.REFUSED
        self.evaluation = Evaluation(case.stage, case.place, tables, [], dict(case.facts))

    @property
    def decided(self) -> Row | None:
        """The line behind the outcome: the cap that lowered it, else the row or override that gave it."""
        return self.capping or self.line

    @property
    def refused(self) -> bool:
        """Whether the derivation ended in a refusal."""
        return bool(self.refusals)


def derive(case: Case, tables: dict[str, Table]) -> Derivation:
    """Work out a stage. Never raises for a fault of the appraisal; such faults are in `refusals`."""
    derivation = Derivation(case, tables)
    derivation.evaluation.members = members_of(derivation, tables)
    if derivation.refusals:
        return derivation
    try:
        _define(derivation)
        derivation.defined = True
        derivation.outcome = _decide(derivation)
        _define_late(derivation)
    except Refused as refused:
        derivation.refusals.append(_with_origin(refused.refusal, case.stage.origin))
        derivation.outcome = Outcome.REFUSED
    return derivation


# ---- members -------------------------------------------------------------------------------------


def members_of(derivation: Derivation, tables: dict[str, Table]) -> list[Present]:
    """Derive the members that have stages of their own; give each its points and score."""
    points = dict(derivation.case.stage.points)
    members: list[Present] = []
    for each in derivation.case.members:
        member = Present(each)
        members.append(member)
        if each.nested is not None:
            inner = derivation.nested[each.name] = derive(each.nested, tables)
            derivation.refusals += inner.refusals
            if not inner.refused:
                _settle(derivation, member, inner)
        if member.level is not None:
            value = points.get(member.level)
            if value is not None:
                member.points = value.numerator if value.denominator == 1 else value
            if each.nested is None or not member.rated:
                member.score = member.points
    return members


def _settle(derivation: Derivation, member: Present, inner: Derivation) -> None:
    """Take over what a member's own stage found."""
    if inner.outcome is Outcome.RATED:
        member.level, member.score = inner.evaluation.level, inner.evaluation.score
        return
    rule = member.case.unrated
    member.rated = member.counts = False
    if rule is None or rule.what is Unrated.STOP:
        derivation.refusals.append(_derived_not_rated(derivation.case.place, member.name, rule, inner))
    elif rule.what is Unrated.COUNT_AS:
        member.level, member.counts = rule.level, True


def _derived_not_rated(place: Place, name: str, rule: UnratedRule | None, inner: Derivation) -> Refusal:
    """Refuse for an element whose own lines end `not rated`; its requirements are rated, and it is not."""
    made, said = not_rated(place, name, rule), place.said(name)
    noun = inner.case.stage.kind
    why = made.message.removeprefix(f"{said} is not rated, ")
    text = f"{said} is derived from its {noun}s and comes out `not rated`, {why}"
    help = f"rate the {noun}s of {said} so that a level follows"
    if inner.line is not None:
        help += f"; here `{Wording(inner.case.stage).line(inner.line)}` holds"
    origin = inner.line.origin if inner.line is not None else made.origin
    return replace(made, message=text, help=help, origin=origin)


# ---- values --------------------------------------------------------------------------------------


def _define(derivation: Derivation) -> None:
    """Work out definitions and the score; what cannot be worked out is kept as failed, what waits as late."""
    evaluation = derivation.evaluation
    for definition in derivation.case.stage.definitions:
        name = definition.name if isinstance(definition, Definition) else None
        try:
            _work_out(evaluation, definition)
        except Refused as refused:
            evaluation.failed[name] = _with_origin(refused.refusal, definition.origin)
        except LevelNotYetKnown:
            derivation.late.append(definition)


def _define_late(derivation: Derivation) -> None:
    """Work out what asks for the level; without a level there is no such value."""
    if derivation.evaluation.level is None:
        return
    for definition in derivation.late:
        try:
            _work_out(derivation.evaluation, definition)
        except Refused as refused:
            raise Refused(_with_origin(refused.refusal, definition.origin)) from None


def _work_out(evaluation: Evaluation, definition: Definition | ScoreDefinition) -> None:
    if isinstance(definition, ScoreDefinition):
        evaluation.score = evaluation.number(definition.expression)
    elif definition.each is None:
        evaluation.values[definition.name] = evaluation.value(definition.expression)
    else:
        for member in evaluation.counted(definition.each):
            member.own[definition.name] = evaluation.value(definition.expression, member)


def _with_origin(refusal: Refusal, origin: Origin) -> Refusal:
    """Let a refusal point at the line it came from, unless it points somewhere already."""
    return replace(refusal, origin=origin) if refusal.origin is None else refusal


# ---- the outcome ---------------------------------------------------------------------------------


def _decide(derivation: Derivation) -> Outcome:
    """Find the line that holds and take over its level; refuse where none or more than one does."""
    evaluation = derivation.evaluation
    stage = derivation.case.stage
    derivation.fitting = [row for row in stage.overrides if evaluation.holds(row.condition)]
    if derivation.fitting:
        row: Row | None = min(derivation.fitting, key=_severity)
    elif stage.rows:
        row = _first(evaluation) if stage.hit_policy is HitPolicy.FIRST else _only(derivation)
    else:
        row = None
    derivation.line = row
    if row is not None and isinstance(row.outcome, ToNotRated):
        return Outcome.NOT_RATED
    if not stage.of_nothing and not any(member.counts for member in evaluation.members):
        raise Refused(_nobody_rated(derivation))
    if evaluation.failed:
        raise Refused(next(iter(evaluation.failed.values())))
    if row is None and stage.without_level:
        return Outcome.RATED
    if row is None:
        if stage.rows or derivation.case.place.element is None or evaluation.score is None:
            raise Refused(_no_line_fits(derivation))
        return Outcome.RATED  # an element whose stage has no lines serves its score alone
    if isinstance(row.outcome, ToLevel):
        evaluation.level = _capped(derivation, row.outcome.level)
    return Outcome.RATED


def _capped(derivation: Derivation, level: int) -> int:
    """The level, or that of the lowest cap that holds where this is lower; every cap is read."""
    capping = [row for row in derivation.case.stage.caps if derivation.evaluation.holds(row.condition)]
    lowest = min(capping, key=_severity, default=None)
    if lowest is None or _severity(lowest) >= level:
        return level
    derivation.capping = lowest
    return _severity(lowest)


def _severity(row: Row) -> int:
    match row.outcome:
        case ToLevel(level):
            return level
        case ToNotRated():
            return 0  # below every level
    assert_never(row.outcome)


def _first(evaluation: Evaluation) -> Row | None:
    return next((row for row in evaluation.stage.rows if evaluation.holds(row.condition)), None)


def _only(derivation: Derivation) -> Row | None:
    """Return the one row that fits; a row that gives `not rated` is read before the others."""
    evaluation = derivation.evaluation
    levels: list[Row] = []
    for row in evaluation.stage.rows:
        if isinstance(row.outcome, ToLevel):
            levels.append(row)
        elif evaluation.holds(row.condition):
            return row
    fitting = [row for row in levels if evaluation.holds(row.condition)]
    if len(fitting) > 1:
        nobody = not any(member.counts for member in evaluation.members)  # what fits nobody is no fault of the lines
        raise Refused(_nobody_rated(derivation) if nobody else _two_lines_fit(evaluation, fitting))
    return fitting[0] if fitting else None


# ---- refusals ------------------------------------------------------------------------------------


def _nobody_rated(derivation: Derivation) -> Refusal:
    place, stage = derivation.case.place, derivation.case.stage
    follows = "nothing" if stage.without_level else "no level"
    text = f"no {stage.kind} of {place.holder} is rated, so {follows} follows"
    return RefusalKind.NOT_RATED.because(
        text, f"rate at least one {stage.kind}", about=place.element, origin=stage.origin
    )


def _two_lines_fit(evaluation: Evaluation, fitting: list[Row]) -> Refusal:
    wording = Wording(evaluation.stage)
    score = "" if evaluation.score is None else f" with score `{exact(evaluation.score)}`"
    return RefusalKind.TWO_LINES_FIT.because(
        f"`{len(fitting)}` lines of the policy fit {evaluation.place.holder}{score}:"
        f" {backticked(wording.line(row) for row in fitting)}",
        "the policy must say which one holds, by ranges that do not overlap or with `take the first line that fits`",
        about=evaluation.place.element,
        origin=fitting[1].origin,
    )


def _no_line_fits(derivation: Derivation) -> Refusal:
    evaluation, stage, place = derivation.evaluation, derivation.case.stage, derivation.case.place
    if not stage.rows:
        text, help = f"no line of the policy gives {place.holder} a level", "the policy must say which level follows"
        return RefusalKind.NO_LINE_FITS.because(text, help, about=place.element, origin=stage.origin)
    score = evaluation.score
    lines: list[Row] = []
    text = f"no line of the policy fits {place.holder}"
    help = "the policy must say which level follows where no line fits, with a line that ends in `otherwise`"
    if score is not None:
        text = f"no line of the policy fits score `{exact(score)}`"
        text += "" if place.element is None else f" of {place.holder}"
        wording = Wording(stage)
        if lines := holding(stage.rows, score):
            reads = "reads this score, but asks" if len(lines) == 1 else "read this score, but ask"
            help = f"{backticked(wording.line(row) for row in lines)} {reads} for more than the score"
        elif lines := neighbours(stage.rows, score):
            said = backticked(wording.line(row) for row in lines)
            nearest = "line is" if len(lines) == 1 else "lines are"
            help = f"the policy must say which level this score is; the nearest {nearest} {said}"
    origin = lines[0].origin if lines else stage.rows[-1].origin
    return RefusalKind.NO_LINE_FITS.because(text, help, about=place.element, origin=origin)
