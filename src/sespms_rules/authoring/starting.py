"""Answers -> the text of a first system: how ratings are derived, with examples that the reference engine rated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from sespms_rules.authoring.questions import Answers
from sespms_rules.engines import reference
from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.spelling import listed
from sespms_rules.language.syntax.words import FederalLevel
from sespms_rules.pipeline import compile_source
from sespms_rules.program.rating import Appraisal, Outcome, Rated

FOLLOWS = "5 CFR part 430, subpart C"
_TOTAL = 100
_BEST = 5


def started(answers: Answers) -> str:
    """The text of a system that says what was answered, and nothing else of what the law asks.

    Examples stand at its end, each with the score and level that the reference engine gives it by this text.
    """
    text = "\n".join(_lines(answers)) + "\n"
    weights = even_weights(len(answers.elements))
    return text + "".join(examples(answers.name, answers.elements, weights, text))


def _lines(answers: Answers) -> Iterator[str]:
    yield f'system "{answers.name}"'
    yield f'  agency "{answers.agency}"'
    yield f'  follows "{FOLLOWS}"'
    yield f"  effective {answers.effective.isoformat()}"
    yield covers(answers)
    yield f"  has exactly {len(answers.elements)} critical element{'' if len(answers.elements) == 1 else 's'}"
    yield from period(answers)
    for name in answers.elements:
        yield from ("", f'critical element "{name}"')
    yield from levels(answers)
    yield from ("", "weights", f"  total {_TOTAL}", "  are whole numbers", f"  all at least {answers.least_weight}")
    yield from summary_rating(answers)


def covers(answers: Answers) -> str:
    """Whom the system is for."""
    return f"  covers {listed(answers.covers)} executives"


def period(answers: Answers) -> Iterator[str]:
    """The part on the year that is appraised."""
    yield from ("", "appraisal period", f"  runs {answers.period[0]} to {answers.period[1]}")


def levels(answers: Answers) -> Iterator[str]:
    """The part on the levels, the best first."""
    yield from ("", "levels")
    for number, term, points in zip(range(_BEST, 0, -1), answers.terms, answers.points, strict=True):
        word = "point" if points == 1 else "points"
        federal = list(FederalLevel)[_BEST - number]
        yield f'  level {number} "{term}" {exact(points)} {word} equivalent to {federal.value}'


def summary_rating(answers: Answers) -> Iterator[str]:
    """The part on how a rating is derived."""
    yield from ("", "summary rating", "  score is the sum of points times weight")
    yield from _bands(answers)
    if answers.failing:
        yield "  any critical element at level 1 makes the rating level 1"


def _bands(answers: Answers) -> Iterator[str]:
    """The ranges of the levels: half open, so that no score lies between two of them."""
    highest, *lower = answers.cuts
    yield f"  score at least {exact(highest)} is level 5"
    above = highest
    for level, cut in zip((4, 3, 2), lower, strict=True):
        yield f"  score at least {exact(cut)} and below {exact(above)} is level {level}"
        above = cut
    yield f"  score below {exact(above)} is level 1"


def even_weights(count: int) -> list[int]:
    """Weights that differ by no more than one and total 100."""
    return [_TOTAL // count + (place < _TOTAL % count) for place in range(count)]


def examples(name: str, elements: Sequence[str], weights: Sequence[int | Fraction], text: str) -> Iterator[str]:
    """Every element at one level, then one element lower than the others, each as the system of a text rates it."""
    count = len(elements)
    program = compile_source(Source("started", text)).programs[name]
    mixed = [("One element at level 2, the others at level 5", [2, *[5] * (count - 1)])] if count > 1 else []
    mixed += [("One element at level 1, the others at level 5", [1, *[5] * (count - 1)])] if count > 1 else []
    for title, ratings in [*((f"All elements at level {each}", [each] * count) for each in (5, 4, 3, 2, 1)), *mixed]:
        rows = list(zip(elements, weights, ratings, strict=True))
        rated = tuple(Rated(each, Fraction(rating), Fraction(weight)) for each, weight, rating in rows)
        rating = reference.rate(program, Appraisal(title, rated))
        yield f'\nscenario "{title}"\n'
        yield from (f'  "{each}" weight {exact(Fraction(weight))} rated {rating_}\n' for each, weight, rating_ in rows)
        if rating.score is not None:
            yield f"  expect score {exact(rating.score)}\n"
        if rating.outcome is Outcome.RATED:
            yield f"  expect level {rating.level}\n"
