"""Small policies drawn at random, and every appraisal under them, listed without any help of the checks."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product

from sespms_rules.engines.reference.admission import admit
from sespms_rules.engines.reference.admitted_appraisal import Case
from sespms_rules.engines.reference.derivation import Derivation, derive
from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.values import replace
from sespms_rules.program.ir import Program, Row
from sespms_rules.program.rating import Appraisal, Outcome, Rated

NAMES = ("Locks", "Banks", "Barges", "Gates")
TOTAL = 6


@dataclass(slots=True)
class Drawn:
    """The text of a policy, its elements, and what a plan of it may be."""

    text: str
    count: int
    named: bool
    left_out: bool
    weighted: bool

    def appraisals(self) -> Iterator[Appraisal]:
        """Every appraisal of every plan."""
        marks: list[Fraction | None] = [Fraction(level) for level in (1, 2, 3)]
        marks += [None] if self.left_out else []
        names = NAMES if self.named else [f"Element {number}" for number in range(1, 5)]
        for weights in self._weights():
            for ratings in product(marks, repeat=self.count):
                rated = zip(names, ratings, weights, strict=False)
                yield Appraisal("listed", tuple(Rated(name, mark, weight) for name, mark, weight in rated))

    def _weights(self) -> Iterator[tuple[Fraction | None, ...]]:
        if not self.weighted:
            yield (None,) * self.count
            return
        for weights in product(range(1, TOTAL), repeat=self.count):
            if sum(weights) == TOTAL:
                yield tuple(map(Fraction, weights))


def drawn(seed: int) -> Drawn:
    """A policy from a seed: some with gaps, dead lines and overrides that raise, some without."""
    draw = random.Random(seed)
    count, named = draw.randint(2, 4), draw.random() < 0.5
    left_out, weighted = draw.random() < 0.4, draw.random() < 0.3
    count = min(count, 3) if weighted else count
    lines = ['system "Example Canal Office"', "  is outside the Senior Executive Service"]
    lines += [f"  has exactly {count} critical elements", ""]
    if named:
        lines += [line for name in NAMES[:count] for line in (f'critical element "{name}"', "")]
    points = draw.choice([(3, 2, 1), (4, 2, 1), (2, 2, 1), (5, 3, 0)])
    lines += [
        "levels",
        *(f'  level {level} "L{level}" {each} points' for level, each in zip((3, 2, 1), points, strict=True)),
    ]
    if weighted:
        lines += ["", "weights", f"  total {TOTAL}", "  are whole numbers"]
    lines += ["", "summary rating", *(["  unrated elements are left out"] if left_out else [])]
    lines += rating_lines(draw, count, weighted=weighted, named=named, left_out=left_out)
    return Drawn("\n".join(lines) + "\n", count, named, left_out, weighted)


def counting(seed: int) -> Drawn:
    """A policy from a seed by which a missing rating counts as a level: of all elements, or of critical ones alone."""
    policy, draw = drawn(seed), random.Random(f"counting {seed}")
    rule = f"  unrated {draw.choice(['', 'critical '])}elements count as level {draw.randint(1, 3)}\n"
    head, _, rating = policy.text.replace("  unrated elements are left out\n", "").partition("summary rating\n")
    return Drawn(f"{head}summary rating\n{rule}{rating}", policy.count, policy.named, True, policy.weighted)


def rating_lines(draw: random.Random, count: int, *, weighted: bool, named: bool, left_out: bool) -> Iterator[str]:
    """The lines of a rating drawn at random: a score or patterns, its lines, and overrides."""
    first = draw.random() < 0.6
    scores = ["the average of points", "the lowest of points", "the sum of points", "the highest of levels"]
    scores += ["the average of points rounded half up to whole numbers"]
    if weighted:
        scores = ["the sum of points times weight", "the average of points by weight"]
        ties = draw.choice(["half up", "half down", "half even", "up", "down"])
        scores += [f"the average of points by weight rounded {ties} to {draw.choice([0, 1])} decimals"]
        scores += [f"10 * the average of points by weight - 2 rounded {ties} to whole numbers"]
    score = draw.choice(scores)
    mean = ""
    if weighted and named and draw.random() < 0.5:
        mean, score = mean_inside(draw, left_out=left_out)
    top = {"the sum of points": 3 * count, "the sum of points times weight": 3 * TOTAL}.get(score, 3)
    top = 28 if score.startswith("10") else top
    if first:
        yield "  take the first line that fits"
    by_score = draw.random() < 0.7
    if mean:
        yield mean
    if by_score or weighted:
        yield f"  score is {score}"
    yield from (_bands if by_score or weighted else _patterns)(draw, top, count)
    if first and draw.random() < 0.5:
        yield f"  level {draw.randint(1, 3)} otherwise"
    for condition in dict.fromkeys(_condition(draw, count) for _ in range(draw.choice([0, 0, 1, 1, 2]))):
        yield f"  {condition} makes the rating level {draw.randint(1, 3)}"


def mean_inside(draw: random.Random, *, left_out: bool) -> tuple[str, str]:
    """A mean by weight inside a formula with what differs from appraisal to appraisal: its line, and the formula."""
    names = "" if left_out else draw.choice(["", ' of "Locks" and "Banks"'])  # of those nobody may be rated
    ending = draw.choice(["", "", " rounded half up to whole numbers", " rounded half even to 1 decimal"])
    beside = draw.choice(
        ["the number of elements at level 3", "the number of elements", "the lowest of points", "the sum of points"]
    )
    formula = draw.choice(
        [
            f'"mean" + {beside}',
            f'70% of "mean" + 10% of {beside}',
            f'{beside} - "mean"',
            f'2 * "mean" * {beside}',
            f'"mean" when every element is at level 2 or better otherwise {beside}',
            'the larger of "mean" and "beside"',
            '"mean" but no more than "beside"',
        ]
    )
    lines = [f'  "mean" is the average of points by weight{names}{ending}']
    lines += [f'  "beside" is {beside}'] if "beside" in formula else []
    return "\n".join(lines), formula


def _bands(draw: random.Random, top: int, count: int) -> Iterator[str]:
    cuts = sorted(draw.sample(range(4 * top + 3), 2), reverse=True)
    high, low = (Fraction(cut, 4) for cut in cuts)
    floor = draw.choice(["", "", " with no element below level 2"])
    yield f"  score at least {exact(high)}{floor} is level 3"
    middle = draw.choice([f"at least {exact(low)} and below {exact(high)}", f"{exact(low)} to {exact(high)}"])
    yield f"  score {middle} is level 2"
    if draw.random() < 0.8:
        yield f"  score below {exact(low)} is level {draw.choice([1, 1, 1, 2])}"
    del count


def _patterns(draw: random.Random, top: int, count: int) -> Iterator[str]:
    del top
    for level in draw.sample((3, 2, 1), draw.randint(1, 3)):
        yield f"  level {level} when {_phrase(draw, count)}"  # one line a level, so that none is said twice


def _phrase(draw: random.Random, count: int) -> str:
    most = draw.randint(1, count)
    elements = "element is" if most == 1 else "elements are"
    place = draw.choice(["at level 3", "at level 2 or better", "below level 2", "below level 3", "at level 1"])
    return draw.choice([f"every element is {place}", f"no element is {place}", f"at least {most} {elements} {place}"])


def _condition(draw: random.Random, count: int) -> str:
    del count
    return draw.choice(["any critical element", "every element"]) + draw.choice(
        [" at level 1", " below level 2", " below level 3", " at level 2"]
    )


@dataclass(slots=True)
class Seen:
    """What every appraisal together shows: refusals by code, levels, lines that decide, overrides that raise.

    `scores` are those that the lines read, of appraisals that no override decides.
    """

    refused: set[str] = field(default_factory=set)
    levels: set[int] = field(default_factory=set)
    deciding: list[Row] = field(default_factory=list)
    raising: list[Row] = field(default_factory=list)
    needed: list[Row] = field(default_factory=list)
    scores: set[Fraction] = field(default_factory=set)
    not_one: bool = False

    def decides(self, row: Row) -> bool:
        """Whether a line decides some appraisal."""
        return any(each is row for each in self.deciding)


def seen(program: Program, appraisals: Iterator[Appraisal]) -> Seen:
    """Rate every appraisal by the reference engine, with the overrides and without."""
    bare = replace(program, summary=replace(program.summary, overrides=()))
    found = Seen()
    for each in appraisals:
        full, rows = _derived(program, each), _derived(bare, each)
        if full.outcome is not Outcome.RATED:
            found.not_one = True
        if full.refused and any(rated.rating is not None for rated in each.elements):
            found.refused |= {refusal.code for refusal in full.refusals}
        if full.defined and not full.fitting and any(rated.rating is not None for rated in each.elements):
            found.scores |= set() if full.evaluation.score is None else {Fraction(full.evaluation.score)}
        level = full.evaluation.level
        if level is None or full.decided is None or full.refused:
            continue
        found.levels.add(level)
        found.deciding.append(full.decided)
        without = None if rows.refused else rows.evaluation.level
        is_override = any(full.decided is row for row in program.summary.overrides)
        if is_override and without is not None and without < level:
            found.raising.append(full.decided)
        if is_override and without is not None and without != level and rows.decided is not None:
            found.needed.append(rows.decided)
    return found


def _derived(program: Program, appraisal: Appraisal) -> Derivation:
    case = admit(program, appraisal)
    assert isinstance(case, Case), case
    return derive(case, {table.name: table for table in program.tables})
