"""A guarantee about the derivation -> proved, refuted with an appraisal, or undecided with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from itertools import combinations

from sespms_rules.checks.analysis import case_of
from sespms_rules.engines.reference import rate
from sespms_rules.foundation.origin import exact
from sespms_rules.language.model import System
from sespms_rules.language.syntax.limits import (
    AtLevel,
    AtOrBetter,
    BelowLevel,
    IsNotRated,
    IsRated,
    Level,
    Phrase,
    is_percent,
    level_number,
    limit_ends,
)
from sespms_rules.language.syntax.nodes import Sentence
from sespms_rules.language.syntax.proof import Bounded, EqualsAlike, Gives, Monotone, Needs, Reachable, TotalRating
from sespms_rules.language.syntax.words import Noun, Quantifier
from sespms_rules.law import Conclusion
from sespms_rules.law.deciding.closed_form import argument
from sespms_rules.law.deciding.sample import Sample, SamplePlan, Vector, domain
from sespms_rules.law.verdict import VerdictKind
from sespms_rules.program.facts import GivenFacts, TooManyFactsError, fact_classes, settled
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Outcome, Rating
from sespms_rules.program.wording import said_of

Tried = list[tuple[SamplePlan, Vector, Rating]]


class Trials:
    """The appraisals of a domain with their ratings, each rated when it is first looked at."""

    __slots__ = ("_made", "_rest", "domain")

    def __init__(self, program: Program, tried: Sample) -> None:
        self.domain = tried
        self._made: Tried = []
        cases = ((plan, vector) for plan, vectors in tried.cases for vector in vectors)
        self._rest = ((*case, rate(program, case[0].appraisal(case[1]), trace=False)) for case in cases)

    def one_by_one(self) -> Iterator[tuple[SamplePlan, Vector, Rating]]:
        """Every appraisal, those that were rated before first."""
        yield from self._made
        for each in self._rest:
            self._made.append(each)
            yield each

    def all(self) -> Tried:
        """Every appraisal of every plan the policy allows, tried out, as far as there is an end of them."""
        return list(self.one_by_one())


_MOST_CLASSES = 40
"""So many classes of facts about executives are tried out; more are left to the solver."""


def decider(system: System, program: Program | None) -> Callable[[Sentence], Conclusion]:
    """A function that decides guarantees of a system; no appraisal is rated twice, and none before it is needed."""
    if program is None or not program.facts:
        return _of_known_facts(system, program)
    try:
        classes = fact_classes(program)
    except TooManyFactsError as fault:
        why = Conclusion(VerdictKind.UNDECIDED, str(fault))
        return lambda _asked: why
    if len(classes) > _MOST_CLASSES:
        why = Conclusion(VerdictKind.UNDECIDED, f"{len(classes):,} combinations of facts are told apart, and not tried")
        return lambda _asked: why
    each = [
        (one.given, _of_known_facts(case_of(system, program, one.given), settled(program, one.given)))
        for one in classes
    ]
    return lambda asked: _of_all_facts(asked, ((given, decide(asked)) for given, decide in each))


def _of_all_facts(asked: Sentence, found: Iterable[tuple[GivenFacts, Conclusion]]) -> Conclusion:
    """What holds whatever is known of the executive or the unit: what each class says, taken together."""
    proved = undecided = None
    for given, finding in found:
        if isinstance(asked, Reachable):
            if finding.kind is VerdictKind.PROVED:
                return finding
            undecided = Conclusion(VerdictKind.UNDECIDED, "no level is reached whatever the facts of an executive are")
        elif finding.kind is VerdictKind.REFUTED:
            return Conclusion(VerdictKind.REFUTED, f"where {said_of(given)}: {finding.why}")
        elif finding.kind is VerdictKind.PROVED:
            proved = finding
        else:
            undecided = undecided or finding
    result = undecided or proved
    assert result is not None  # noqa: S101 - there is one class at least
    return result


def _of_known_facts(system: System, program: Program | None) -> Callable[[Sentence], Conclusion]:
    """What decides guarantees of a system whose program reads no facts."""
    known: list[Trials] = []

    def decide(asked: Sentence) -> Conclusion:
        if program is None:
            return Conclusion(VerdictKind.UNDECIDED, "the system has errors of its own, so nothing could be derived")
        if not program.summary.rows and not program.summary.overrides:
            return Conclusion(VerdictKind.REFUTED, "the system derives no level at all")
        if isinstance(asked, Needs | Gives) and not isinstance(asked.level, Level):
            return Conclusion(VerdictKind.UNDECIDED, "it names no level, so there is nothing to decide")
        covered = argument(system, program, asked)
        if covered is not None:
            return Conclusion(VerdictKind.PROVED, covered)
        if not known:
            known.append(Trials(program, domain(system, program)))
        levels = [each.number for each in system.levels] or [level for level, _ in program.summary.points]
        return _reachable(known[0], levels) if isinstance(asked, Reachable) else _by_trial(known[0], asked)

    return decide


def _by_trial(trials: Trials, asked: Sentence) -> Conclusion:
    tried = trials.all()
    counterexample = next(_against(tried, asked), None)
    if counterexample is not None:
        return Conclusion(VerdictKind.REFUTED, counterexample)
    if trials.domain.whole and tried:
        return Conclusion(VerdictKind.PROVED, f"all `{len(tried)}` different appraisals were tried")
    why = f"{trials.domain.why}; none of the `{len(tried)}` that were tried breaks it"
    return Conclusion(VerdictKind.UNDECIDED, why if tried else trials.domain.why)


def _reachable(trials: Trials, levels: list[int]) -> Conclusion:
    missing = set(levels)
    for _, _, rating in trials.one_by_one():
        missing.discard(rating.level or 0)
        if not missing:
            return Conclusion(VerdictKind.PROVED, "an appraisal was found for each level")
    told = ", ".join(f"`{level}`" for level in sorted(missing))
    if trials.domain.whole:
        return Conclusion(VerdictKind.REFUTED, f"no appraisal gets level {told}; all were tried")
    return Conclusion(VerdictKind.UNDECIDED, f"{trials.domain.why}; none was found for level {told}")


# ---- what speaks against a guarantee -------------------------------------------------------------


def _against(tried: Tried, asked: Sentence) -> Iterator[str]:
    """Appraisals that break a guarantee, in words."""
    match asked:
        case TotalRating():
            yield from (_told(each) for each in tried if each[2].outcome is not Outcome.RATED)
        case Monotone():
            yield from _lowered(tried)
        case EqualsAlike():
            yield from _unlike(tried)
        case Bounded():
            for each in tried:
                level = each[2].level
                if level is not None and not min(each[1]) <= level <= max(each[1]):
                    yield _told(each)
        case Needs(level=Level(number=number), phrases=phrases):
            wanted = int(number.value)
            for each in tried:
                if each[2].level == wanted and not all(_holds(part, each[0], each[1]) for part in phrases.parts):
                    yield _told(each)
        case Gives(phrases=phrases, level=Level(number=number)):
            wanted = int(number.value)
            for each in tried:
                if all(_holds(part, each[0], each[1]) for part in phrases.parts) and each[2].level != wanted:
                    yield _told(each)


def _lowered(tried: Tried) -> Iterator[str]:
    """Two appraisals of one plan that differ in one rating, the better of which gets the lower level."""
    found = {(plan, _key(plan, vector)): rating for plan, vector, rating in tried}
    for plan, vector, rating in tried:
        if rating.level is None:
            continue
        for place, levels in enumerate(plan.levels):
            better = min((level for level in levels if level > vector[place]), default=None)
            if better is None:
                continue
            raised = (*vector[:place], better, *vector[place + 1 :])
            other = found.get((plan, _key(plan, raised)))
            if other is not None and other.level is not None and other.level < rating.level:
                yield f"{_told((plan, vector, rating))}; with {plan.names[place]} at {better} it is level {other.level}"


def _unlike(tried: Tried) -> Iterator[str]:
    """Two appraisals of one plan in which elements of equal weight exchanged their ratings, and the level differs."""
    found = {(plan, _key(plan, vector)): rating for plan, vector, rating in tried}
    for plan, vector, rating in tried:
        for one, other in combinations(range(len(vector)), 2):
            equal = plan.weights is None or plan.weights[one] == plan.weights[other]
            if rating.level is None or not equal or plan.levels[one] != plan.levels[other]:
                continue
            swapped = list(vector)
            swapped[one], swapped[other] = vector[other], vector[one]
            after = found.get((plan, _key(plan, tuple(swapped))))
            if after is not None and after.level != rating.level:
                exchanged = f"{plan.names[one]} and {plan.names[other]}"
                yield f"{_told((plan, vector, rating))}; where {exchanged} exchange ratings it is level {after.level}"


def _key(plan: SamplePlan, vector: Vector) -> Vector:
    """Ratings as they are found again: in any order where the elements of the plan cannot be told apart."""
    same = len(set(plan.levels)) == 1 and len(set(plan.critical)) == 1 and plan.weights is None
    return tuple(sorted(vector)) if same else vector


def _told(case: tuple[SamplePlan, Vector, Rating]) -> str:
    """An appraisal and what became of it, in words."""
    plan, vector, rating = case
    weights = plan.weights or (None,) * len(vector)
    rated = (
        f"{name} at {level}" + (f" (weight {exact(weight)})" if weight is not None else "")
        for name, level, weight in zip(plan.names, vector, weights, strict=True)
    )
    if rating.level is not None:
        became = f"level {rating.level}"
    else:
        became = f"no level ({', '.join(each.name for each in rating.refused) or rating.outcome.value})"
    return f"{', '.join(rated)} gives {became}"


def _holds(phrase: Phrase, plan: SamplePlan, ratings: Vector) -> bool:
    """Whether a phrase such as `no critical element below level 3` holds of ratings."""
    kinds = {Noun.CRITICAL_ELEMENT: True, Noun.NONCRITICAL_ELEMENT: False}
    wanted = kinds.get(phrase.noun)
    members = [rating for rating, critical in zip(ratings, plan.critical, strict=True) if wanted in (None, critical)]
    count = sum(_at(phrase, rating) for rating in members)
    match phrase.quantity:
        case Quantifier.ANY:
            return count > 0
        case Quantifier.NO:
            return count == 0
        case Quantifier.EVERY:
            return count == len(members)
        case Quantifier.MAJORITY:
            return 2 * count > len(members)
        case Quantifier.HALF:
            return 2 * count >= len(members) > 0
        case limit:
            low, high = limit_ends(limit)
            if is_percent(limit) and not members:
                return False  # there is no share of none
            counted = Fraction(100 * count, len(members)) if is_percent(limit) else count
            return (low is None or counted >= low) and (high is None or counted <= high)


def _at(phrase: Phrase, rating: int) -> bool:
    match phrase.place:
        case AtLevel(level=word):
            return rating == (level_number(word) or rating)
        case AtOrBetter(level=word):
            return rating >= (level_number(word) or 0)
        case BelowLevel(level=word):
            return rating < (level_number(word) or 0)
        case IsNotRated():
            return False  # only full appraisals are tried
        case IsRated():
            return True
