"""What the solver shows of two systems -> appraisals rated by the reference engine, as scenarios ready to paste."""

from __future__ import annotations

from collections.abc import Sequence

from sespms_rules.engines.reference import rate
from sespms_rules.foundation.values import replace
from sespms_rules.program.ir import Stage
from sespms_rules.program.rating import Appraisal, Outcome, Rated, Rating
from sespms_rules.proofs.guarantees import DisagreementError, scenario_of
from sespms_rules.proofs.solver import Shown
from sespms_rules.studies.comparison.result import NOT_RATED_END, REFUSED_END, Subject, Transition, Witness

_NAMES = {
    "higher": "A higher level under the new system",
    "lower": "A lower level under the new system",
    "only old": "A level under the old system alone",
    "only new": "A level under the new system alone",
    "value": "Another reported value under the new system",
}


def shown_by_solver(
    direction: str, old: Subject, new: Subject, shown: Sequence[Shown], mapping: Sequence[tuple[str, str]]
) -> Witness:
    """Rate what the solver shows by each system. Raises DisagreementError where the engine ends it otherwise."""
    here, there = shown
    made = _witness(direction, old, new, here.appraisal, _named(there.appraisal, mapping))
    _agree(here, made.before)
    _agree(there, made.after)
    return made


def shown_with_values(
    name: str, old: Subject, new: Subject, shown: Sequence[Shown], mapping: Sequence[tuple[str, str]]
) -> Witness:
    """Rate by each system what the solver shows of a reported value. DisagreementError where it is the same."""
    made = shown_by_solver("value", old, new, shown, mapping)
    if dict(made.before.reported).get(name) == dict(made.after.reported).get(name):
        raise DisagreementError(
            f"the solver says that `{name}` is another value for an appraisal, and the reference engine reports the"
            " same; neither can be trusted here"
        )
    return made


def met_in_counting(
    direction: str, old: Subject, new: Subject, transition: Transition, mapping: Sequence[tuple[str, str]]
) -> Witness:
    """Rate an appraisal that was met when all were counted. Raises DisagreementError as above."""
    given = transition.example
    own = _fitted(old.program.summary, given), _fitted(new.program.summary, _named(given, mapping))
    made = _witness(direction, old, new, *own)
    for rating, end in ((made.before, transition.before), (made.after, transition.after)):
        if (rating.level or {Outcome.NOT_RATED: NOT_RATED_END}.get(rating.outcome, REFUSED_END)) != end:
            raise DisagreementError(
                "the columnar engine and the reference engine end an appraisal differently; neither can be trusted here"
            )
    return made


def _witness(direction: str, old: Subject, new: Subject, appraisal: Appraisal, other: Appraisal) -> Witness:
    before, after = rate(old.program, appraisal), rate(new.program, other)
    name = _NAMES[direction]
    scenarios = _scenario(name, new, other, after), _scenario(name, old, appraisal, before)
    return Witness(direction, before, after, appraisal.elements, *scenarios)


def _named(appraisal: Appraisal, mapping: Sequence[tuple[str, str]]) -> Appraisal:
    """An appraisal with its elements under their names in the new system."""
    names = dict(mapping)
    own = tuple(replace(each, name=names.get(each.name, each.name)) for each in appraisal.elements)
    return replace(appraisal, elements=own)


def _fitted(stage: Stage, appraisal: Appraisal) -> Appraisal:
    """An appraisal without the weights that a system does not use."""
    return replace(appraisal, elements=_weighed(stage, appraisal.elements))


def _weighed(stage: Stage, members: tuple[Rated, ...]) -> tuple[Rated, ...]:
    inner = {each.name: each.stage for each in stage.members}
    made = []
    for each in members:
        own = inner.get(each.name)
        requirements = each.requirements if own is None else _weighed(own, each.requirements)
        made.append(replace(each, weight=each.weight if stage.weighted else None, requirements=requirements))
    return tuple(made)


def _scenario(name: str, subject: Subject, appraisal: Appraisal, rating: Rating) -> str | None:
    text = scenario_of(name, appraisal, rating, subject.program)
    if text is None or subject.amendment is None:
        return text
    heading, *lines = text.splitlines()
    return "\n".join([heading, f'  with amendment "{subject.amendment}"', *lines])


def _agree(shown: Shown, rating: Rating) -> None:
    same = (shown.outcome, shown.level) == (rating.outcome, rating.level)
    if rating.outcome is Outcome.RATED and shown.score != rating.score:
        same = False
    if not same:
        raise DisagreementError(
            f"the solver says `{_ending(shown.outcome, shown.level)}` of an appraisal, and the reference engine"
            f" `{_ending(rating.outcome, rating.level)}`; neither can be trusted here"
        )


def _ending(outcome: Outcome, level: int | None) -> str:
    return outcome.value if level is None else f"level {level}"
