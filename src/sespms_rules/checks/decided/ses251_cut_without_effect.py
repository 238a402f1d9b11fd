"""A cut score that no score meets, so that it could stand elsewhere and no rating would change."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import islice, permutations, product
from operator import itemgetter

from sespms_rules.checks.analysis.decision_rows import Derivation, derivations
from sespms_rules.checks.analysis.sentences import number
from sespms_rules.checks.decided.coming import LISTED, Coming, coming
from sespms_rules.checks.decided.deciding import Decision, Question, Solve
from sespms_rules.checks.decided.score_ranges import range_of_score
from sespms_rules.checks.decided.variants import RAISED, read_by_score
from sespms_rules.engines.reference import CompiledReference
from sespms_rules.engines.refusals import RefusalKind
from sespms_rules.foundation.diagnostic import Diagnostic, note
from sespms_rules.foundation.interval import EVERYTHING, Interval
from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.language.model import System
from sespms_rules.language.syntax.derivation import Band, Row
from sespms_rules.language.syntax.formula import ClauseOfScore, ClosedRange, FromRange, HalfOpenRange
from sespms_rules.language.syntax.nodes import Number
from sespms_rules.language.syntax.words import Comparator
from sespms_rules.program.ir import Program
from sespms_rules.program.plans import allowed_weights
from sespms_rules.program.rating import Appraisal, Rated

FINDING = note("SES251", "cut-without-effect")

_NO_VALUE = frozenset(
    each.code for each in (RefusalKind.NOTHING_TO_AVERAGE, RefusalKind.DIVISION_BY_ZERO, RefusalKind.TABLE_HAS_NO_ROW)
)
_REMEMBERED = 16
"""A text that is being written is looked at at each pause, and most pauses change no score."""

_TRIED = 400
_FIRST = 12
"""After so many, weight is moved in those tried so far, before the others are tried."""

_MOST_ASKED = 12
_MOST_STEPS = 12
_SHIFTED = 24
"""In so many tried appraisals, the nearest to a cut, weight is moved from element to element."""


def check(system: System, decisions: tuple[Decision, ...], solve: Solve) -> Iterator[Diagnostic]:
    """Find least scores of a level that nothing that can come meets exactly, with the range in which they could stand.

    Scores of appraisals that an override decides are none that a line reads. A cut half-way between two scores is not
    spoken of: that is where one would put it. What the solver does not settle is not told: nothing rests on it.
    """
    by_element = {None if each.element is None else each.element.name: each for each in derivations(system)}
    for decision in decisions:
        derivation = by_element[None if decision.member is None else decision.member.name]
        written = sorted(_cuts(derivation), key=lambda each: each.value)
        if not written or any(rating.refused[0].code in _NO_VALUE for _, rating in decision.gaps):
            continue  # a score that cannot be worked out may be the very one that meets the cut
        values = tuple(each.value for each in written)
        for cut, ends in zip(written, _around(decision.program, values, solve), strict=True):
            if ends is not None and cut.value * 2 != sum(ends):
                yield _finding(cut, *ends)


@lru_cache(_REMEMBERED)
def _around(program: Program, cuts: tuple[Fraction, ...], solve: Solve) -> tuple[tuple[Fraction, Fraction] | None, ...]:
    """The scores next to each cut, as `_Scores.around` says it; programs that compute the same have the same scores."""
    plans = coming(program)
    if plans.left:
        return (None,) * len(cuts)
    scores = _Scores(program, plans, solve)
    return tuple(scores.around(each) for each in cuts)


def _finding(cut: Number, below: Fraction, above: Fraction) -> Diagnostic:
    return FINDING.at(
        cut.span,
        f"the cut score `{number(cut.value)}` can stand anywhere above `{number(below)}` and up to "
        f"`{number(above)}` without changing a rating",
        help=f"nothing needs to be changed; the lowest score that reaches it is `{number(above)}`",
    )


def _cuts(derivation: Derivation) -> Iterator[Number]:
    """The least scores of lines, as they are written."""
    for line in derivation.lines:
        match line:
            case Band(ClosedRange(low) | FromRange(low) | HalfOpenRange(low)):
                yield low
            case Row(_, conditions):
                for clause in conditions.parts:
                    if isinstance(clause, ClauseOfScore) and clause.comparison.comparator is Comparator.AT_LEAST:
                        operand = clause.comparison.operand
                        if isinstance(operand, Number):
                            yield operand


def _between(free: Fraction, far: Fraction | None, *, upwards: bool, far_in: bool = False) -> Interval:
    """The scores beyond one that is free, up to another on that side of it; None: to no end."""
    return Interval(free, False, far, far_in) if upwards else Interval(far, far_in, free, False)


class _Move(Frozen):
    """Weight that can go from elements of one kind, rated and weighed alike, to those of another.

    `each` is what a sum of ratings by weight grows for each unit of weight that moves.
    """

    each: Fraction
    gaining: tuple[Rated, ...]
    losing: tuple[Rated, ...]


def _moves(elements: Sequence[Rated]) -> tuple[_Move, ...]:
    """The kinds between which weight can be moved so that the sum changes.

    Of hundreds of elements most are rated and weighed alike, so what can be moved is asked of each kind once.
    """
    kinds: dict[tuple[Fraction, Fraction], list[Rated]] = {}
    for each in elements:
        if each.weight is not None and each.rating is not None:
            kinds.setdefault((each.rating, each.weight), []).append(each)
    return tuple(
        _Move(gains - loses, tuple(kinds[gains, heavier]), tuple(kinds[loses, lighter]))
        for (gains, heavier), (loses, lighter) in permutations(kinds, 2)
        if gains != loses
    )


def _ways_to_move(moves: Sequence[_Move], difference: Fraction, *, whole: bool) -> Iterator[dict[str, Rated]]:
    """Two elements with so much weight moved from one to the other that a sum of ratings by weight grows so much.

    `whole` says that weights are whole numbers.
    """
    for move in moves:
        if (difference > 0) is not (move.each > 0):
            continue
        by = difference / move.each
        if (whole and by.denominator != 1) or not 0 < by < _weight(move.losing[0]):
            continue
        for more, less in product(move.gaining, move.losing):
            yield {
                more.name: replace(more, weight=_weight(more) + by),
                less.name: replace(less, weight=_weight(less) - by),
            }


def _weight(rated: Rated) -> Fraction:
    assert rated.weight is not None  # noqa: S101 - only elements with a weight are moved
    return rated.weight


class _Scores:
    """The scores that lines of a program can read: all where appraisals can be listed, else as many as tried.

    Appraisals are rated until one meets the cut that is asked about; of most cuts one of the first does.
    """

    def __init__(self, program: Program, plans: Coming, solve: Solve) -> None:
        self._program = program
        self._solve = solve
        self._rated = CompiledReference(read_by_score(program, EVERYTHING))
        self._range = range_of_score(program)
        self._asked = 0
        count = plans.count
        self._all = count is not None and count <= LISTED
        self._to_try = plans.all() if self._all else islice(plans.telling(), _TRIED)
        self._tried: list[tuple[Fraction, Appraisal]] = []
        self._in_order = 0
        self._known: set[Fraction] = set()
        self._moves: dict[int, tuple[_Move, ...]] = {}
        self._whole = allowed_weights(program.summary.limits, ()).whole

    def around(self, cut: Fraction) -> tuple[Fraction, Fraction] | None:
        """The scores next to a cut that no score meets; None where one does, on one side is none, or it stays open."""
        if not self._all and self._asked >= _MOST_ASKED:
            return None  # whether met or not: without the solver no cut is settled
        if self._meets(cut, _FIRST) or (not self._all and self._near_meets(cut)) or self._meets(cut):
            return None
        self._put_in_order()
        if not self._all and (self._shifted_to(cut) or not self._settled(cut)):
            return None
        found = sorted(self._known)
        place = bisect_left(found, cut)
        return (found[place - 1], found[place]) if 0 < place < len(found) else None

    def _near_meets(self, cut: Fraction) -> bool:
        """Whether weight moved in one of those tried so far meets the cut; where scores are sums it mostly does."""
        self._put_in_order()
        return self._shifted_to(cut)

    def _put_in_order(self) -> None:
        """Sort those tried by their scores, where some were tried since."""
        if len(self._tried) != self._in_order:
            self._tried.sort(key=itemgetter(0))
            self._in_order = len(self._tried)

    def _meets(self, cut: Fraction, most: int | None = None) -> bool:
        """Whether a score is the cut; where none is, that many more appraisals were tried, or all there are."""
        tried = 0
        while cut not in self._known:
            appraisal = None if tried == most else next(self._to_try, None)
            tried += 1
            if appraisal is None:
                return False
            score = self._score(appraisal)
            if score is not None:
                self._tried.append((score, appraisal))
                self._known.add(score)
        return True

    def _shifted_to(self, cut: Fraction) -> bool:
        """Whether weight moved between two elements of a tried appraisal meets the cut: that asks no solver."""
        place = bisect_left(self._tried, cut, key=itemgetter(0))
        near = self._tried[max(0, place - _SHIFTED) : place + _SHIFTED]
        for score, appraisal in sorted(near, key=lambda each: abs(each[0] - cut))[:_SHIFTED]:
            for moved in _ways_to_move(self._moves_of(appraisal), cut - score, whole=self._whole):
                elements = tuple(moved.get(each.name, each) for each in appraisal.elements)
                if self._score(replace(appraisal, elements=elements)) == cut:
                    return True
        return False

    def _moves_of(self, appraisal: Appraisal) -> tuple[_Move, ...]:
        found = self._moves.get(id(appraisal))  # tried appraisals are held, so that the number stands for one alone
        if found is None:
            found = self._moves[id(appraisal)] = _moves(appraisal.elements)
        return found

    def _score(self, appraisal: Appraisal) -> Fraction | None:
        rating = self._rated.rate(appraisal)
        return rating.score if rating.level == RAISED else None

    def _settled(self, cut: Fraction) -> bool:
        """Ask the solver for scores at the cut and next to it, until there is none nearer; whether it said so."""
        self._asked += 1
        return self._none_within(Interval(cut, True, cut, True)) and all(
            self._nearest(cut, upwards=upwards) for upwards in (True, False)
        )

    def _nearest(self, cut: Fraction, *, upwards: bool) -> bool:
        """Take down the score next to a cut on one side, by halves; whether it is known that none is nearer."""
        free = cut  # no score lies between the cut and this
        for _ in range(_MOST_STEPS):
            near = self._next_to(cut, upwards=upwards)
            known = len(self._known)
            if self._none_within(_between(free, near, upwards=upwards)):
                return True
            if len(self._known) == known:
                return False  # the solver did not say
            near = self._next_to(cut, upwards=upwards)
            assert near is not None  # noqa: S101 - one was just found
            middle = (free + near) / 2
            if self._none_within(_between(free, middle, upwards=upwards, far_in=True)):
                free = middle
        return False

    def _next_to(self, cut: Fraction, *, upwards: bool) -> Fraction | None:
        if upwards:
            return min((each for each in self._known if each >= cut), default=None)
        return max((each for each in self._known if each < cut), default=None)

    def _none_within(self, scores: Interval) -> bool:
        """Whether no appraisal has such a score; one that has is taken down."""
        if self._range is not None and not self._range.meets(scores):
            return True
        answer = self._solve(Question(read_by_score(self._program, scores), (RAISED,)))
        shown = answer.reached.get(RAISED)
        score = None if shown is None else self._score(shown)
        if score is not None:
            self._known.add(score)
        return RAISED in answer.never
