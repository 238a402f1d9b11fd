"""A guarantee about the derivation -> proved, refuted with an appraisal, or undecided with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sespms_rules.baseline import Finding
from sespms_rules.engines.reference import rate
from sespms_rules.ir import Program
from sespms_rules.model import System
from sespms_rules.rating import Outcome, Rating, exact
from sespms_rules.syntax.limits import AtLevel, AtOrBetter, BelowLevel, Level, LevelWord, Phrase, limit_ends
from sespms_rules.syntax.nodes import Sentence
from sespms_rules.syntax.proof import Bounded, Gives, Monotone, Needs, Reachable, TotalRating
from sespms_rules.syntax.words import Noun, Quantifier
from sespms_rules.verdict import VerdictKind
from sespms_rules.whole_domain.arguments import argument
from sespms_rules.whole_domain.domain import Domain, Plan, Vector, domain

Tried = list[tuple[Plan, Vector, Rating]]


def decider(system: System, program: Program | None) -> Callable[[Sentence], Finding]:
    """A function that decides guarantees of a system; the appraisals are tried once, when the first is asked."""
    tried: Tried = []
    known: list[Domain] = []

    def decide(asked: Sentence) -> Finding:
        if program is None:
            return Finding(VerdictKind.UNDECIDED, "the system has errors of its own, so nothing could be derived")
        if not program.summary.rows and not program.summary.overrides:
            return Finding(VerdictKind.REFUTED, "the system derives no level at all")
        if not known:
            known.append(domain(system, program))
            tried.extend(_try(program, known[0]))
        return _decide(system, program, known[0], tried, asked)

    return decide


def _try(program: Program, domain: Domain) -> Iterator[tuple[Plan, Vector, Rating]]:
    for plan, vectors in domain.cases:
        for vector in vectors:
            yield plan, vector, rate(program, plan.appraisal(vector), trace=False)


def _decide(system: System, program: Program, domain: Domain, tried: Tried, asked: Sentence) -> Finding:
    if isinstance(asked, Reachable):
        return _reachable(system, program, domain, tried)
    counterexample = next(_against(tried, asked), None)
    if counterexample is not None:
        return Finding(VerdictKind.REFUTED, counterexample)
    covered = argument(system, program, asked)
    if covered is not None:
        return Finding(VerdictKind.PROVED, covered)
    if domain.whole and tried:
        return Finding(VerdictKind.PROVED, f"all `{len(tried)}` different appraisals were tried")
    return Finding(VerdictKind.UNDECIDED, f"{domain.why}; none of the `{len(tried)}` that were tried breaks it")


def _reachable(system: System, program: Program, domain: Domain, tried: Tried) -> Finding:
    levels = [each.number for each in system.levels] or [level for level, _ in program.summary.points]
    missing = sorted(set(levels) - {rating.level for _, _, rating in tried})
    if not missing:
        return Finding(VerdictKind.PROVED, "an appraisal was found for each level")
    told = ", ".join(f"`{level}`" for level in missing)
    if domain.whole:
        return Finding(VerdictKind.REFUTED, f"no appraisal gets level {told}; all `{len(tried)}` were tried")
    return Finding(VerdictKind.UNDECIDED, f"{domain.why or 'no appraisal was tried'}; none was found for level {told}")


# ---- what speaks against a guarantee -------------------------------------------------------------


def _against(tried: Tried, asked: Sentence) -> Iterator[str]:
    """Appraisals that break a guarantee, in words."""
    match asked:
        case TotalRating():
            yield from (_told(each) for each in tried if each[2].outcome is not Outcome.RATED)
        case Monotone():
            yield from _lowered(tried)
        case Bounded():
            for each in tried:
                level = each[2].level
                if level is not None and not min(each[1]) <= level <= max(each[1]):
                    yield _told(each)
        case Needs(level=word, phrases=phrases):
            wanted = _number(word)
            for each in tried:
                if each[2].level == wanted and not all(_holds(part, each[0], each[1]) for part in phrases.parts):
                    yield _told(each)
        case Gives(phrases=phrases, level=word):
            wanted = _number(word)
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


def _key(plan: Plan, vector: Vector) -> Vector:
    """Ratings as they are found again: in any order where the elements of the plan cannot be told apart."""
    same = len(set(plan.levels)) == 1 and len(set(plan.critical)) == 1 and plan.weights is None
    return tuple(sorted(vector)) if same else vector


def _told(case: tuple[Plan, Vector, Rating]) -> str:
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


def _number(word: LevelWord) -> int | None:
    return int(word.number.value) if isinstance(word, Level) else None


def _holds(phrase: Phrase, plan: Plan, ratings: Vector) -> bool:
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
        case limit:
            low, high = limit_ends(limit)
            return (low is None or count >= low) and (high is None or count <= high)


def _at(phrase: Phrase, rating: int) -> bool:
    match phrase.place:
        case AtLevel(level=word):
            return rating == (_number(word) or rating)
        case AtOrBetter(level=word):
            return rating >= (_number(word) or 0)
        case BelowLevel(level=word):
            return rating < (_number(word) or 0)
        case _:
            return True
