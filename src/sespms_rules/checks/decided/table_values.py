"""Program x System x table -> the values that are looked up in the table, and an appraisal whose value lies in a range.

Appraisals are rated first, all of them where they are few; the solver, which is handed in, is asked for what that
leaves open, and what it shows is rated before it counts.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from itertools import islice, takewhile
from operator import itemgetter

from sespms_rules.checks.analysis.sentences import sentences_of
from sespms_rules.checks.decided.coming import LISTED, coming
from sespms_rules.checks.decided.deciding import MOST_LINES, READ, Question, Solve
from sespms_rules.checks.decided.score_ranges import range_of
from sespms_rules.checks.decided.variants import RAISED, asks_for_level, read_within
from sespms_rules.engines.reference import rate
from sespms_rules.foundation.interval import Interval
from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.language.model import System
from sespms_rules.language.syntax import formula
from sespms_rules.language.syntax.uses import RewardLookup
from sespms_rules.program.ir import (
    Aggregate,
    Aggregation,
    Choice,
    Compare,
    Condition,
    Constant,
    Expression,
    LookUp,
    Members,
    Named,
    OwnFurther,
    OwnNamed,
    Program,
    Relation,
    ScoreDefinition,
    TheFact,
    TheLevel,
    TheScore,
    Within,
)
from sespms_rules.program.members import parts_read
from sespms_rules.program.rating import Appraisal, Outcome, Rating
from sespms_rules.program.traversal import formulas_of, walk

_TRIED = 400
_MOST_ASKED = 12


class LookedUp(Frozen):
    """A value that is looked up in a table: of the whole, or of each of `members`."""

    key: Expression
    members: Members | None

    def within(self, values: Interval) -> Condition:
        """The condition that the value lies in a range, or that of some member."""
        inside = Within(self.key, values)
        if self.members is None:
            return inside
        one = Choice(inside, Constant(Fraction(1)), Constant(Fraction(0)))
        some = Aggregate(Aggregation.SUM, one, by_weight=False, members=self.members)
        return Compare(some, Relation.AT_LEAST, Constant(Fraction(1)))


class Shown(Frozen):
    """An appraisal whose value lies in the range asked of, and that value; None where it is one of many members'."""

    appraisal: Appraisal
    value: Fraction | None


def looked_up_in(system: System, program: Program, table: str, *, whole: bool) -> tuple[LookedUp, ...]:
    """What a derivation looks up in a table, each value once; awards are sized by the `whole` system alone.

    The level is no such value: it is a whole number, and its tables have findings of their own.
    """
    found: dict[LookedUp, None] = {}
    for each in formulas_of(program.summary):
        around = None if isinstance(each, ScoreDefinition) else getattr(each, "each", None)
        for node in walk(each):
            if isinstance(node, Aggregate):
                found |= {one: None for one in _in(node.body, table, node.members) if one.members is not None}
        found |= {one: None for one in _in(each, table, around) if one.members is not None or _is_of_all(one.key)}
    if whole:
        found |= {LookedUp(key, None): None for key in _sizing(system, program, table)}
    return tuple(found)


def _in(node: object, table: str, members: Members | None) -> Iterator[LookedUp]:
    for each in walk(node):
        if isinstance(each, LookUp) and each.table == table and not isinstance(each.key, TheLevel):
            yield LookedUp(each.key, None if _is_of_all(each.key) else members)


def _is_of_all(key: Expression) -> bool:
    return not isinstance(key, OwnNamed | OwnFurther)


def _sizing(system: System, program: Program, table: str) -> Iterator[Expression]:
    """The values by which a reward is looked up in a table."""
    facts = {each.name for each in program.facts}
    for _, sentence in sentences_of(system):
        if isinstance(sentence, RewardLookup) and sentence.table.text == table:
            match sentence.key:
                case formula.TheScore():
                    yield TheScore()
                case formula.Named(name=name):
                    yield TheFact(name.text) if name.text in facts else Named(name.text)


class Asked:
    """One value that is looked up, while appraisals are sought whose value lies in one range or another."""

    def __init__(self, program: Program, looked_up: LookedUp, solve: Solve) -> None:
        self._program = program
        self._looked_up = looked_up
        self._solve = solve
        self._late = asks_for_level(program, looked_up.key)
        # Whom an override decides has a value too: the range is that of all, not of those that the lines decide.
        every = replace(program, summary=replace(program.summary, overrides=()))
        self._range = None if looked_up.members else range_of(every, looked_up.key)
        size = parts_read(program) + sum(len(each.rows) for each in program.tables)
        self._left = _MOST_ASKED if size <= MOST_LINES else 0
        plans = coming(program)
        listed = plans.count is not None and plans.count <= LISTED and plans.count * size <= READ
        self._plans = plans.all() if listed else islice(plans.telling(), min(_TRIED, READ // size))
        # Of a fact that sizes an award alone not every number is tried: no line tells them apart.
        self._are_all = listed and not isinstance(looked_up.key, TheFact)

    @cached_property
    def _tried(self) -> list[tuple[Appraisal, Fraction | None]]:
        """Appraisals that end with a rating, each with its value."""
        rated = ((each, rate(self._program, each, trace=False)) for each in self._plans)
        return [(each, self._value(rating, each)) for each, rating in rated if rating.outcome is Outcome.RATED]

    @cached_property
    def _by_value(self) -> list[tuple[Fraction, Appraisal]]:
        """Those whose value is one of the whole, lowest value first."""
        known = ((value, each) for each, value in self._tried if value is not None)
        return sorted(known, key=itemgetter(0))

    def shown(self, values: Interval) -> Shown | None:
        """The smallest appraisal tried whose value lies in a range, or one of the solver; None where none is known."""
        if self._range is not None and not self._range.meets(values):
            return None
        place = bisect_left if values.low_in else bisect_right
        at = 0 if values.low is None else place(self._by_value, values.low, key=itemgetter(0))
        inside = takewhile(lambda each: values.holds(each[0]), islice(self._by_value, at, at + _TRIED))
        smallest = min(inside, key=lambda each: len(each[1].elements), default=None)
        if smallest is not None:
            return Shown(smallest[1], smallest[0])
        alone = self._looked_up.members is None
        if self._late or (alone and self._are_all) or not self._left:
            return None
        self._left -= 1
        asking = read_within(self._program, self._looked_up.within(values))
        if not alone:
            some = (each for each, _ in self._tried if rate(asking, each, trace=False).level == RAISED)
            found = min(some, key=lambda each: len(each.elements), default=None)
            if found is not None or self._are_all:
                return None if found is None else Shown(found, None)
        answer = self._solve(Question(asking, (RAISED,))).reached.get(RAISED)
        return None if answer is None else self._replayed(asking, answer, values)

    def _replayed(self, asking: Program, appraisal: Appraisal, values: Interval) -> Shown | None:
        """What the reference says of an appraisal: that it is rated, and its value lies in the range; else None."""
        rating = rate(self._program, appraisal, trace=False)
        if rating.outcome is not Outcome.RATED:
            return None
        if self._looked_up.members is not None:
            return Shown(appraisal, None) if rate(asking, appraisal, trace=False).level == RAISED else None
        value = self._value(rating, appraisal)
        return Shown(appraisal, value) if value is not None and values.holds(value) else None

    def _value(self, rating: Rating, appraisal: Appraisal) -> Fraction | None:
        match self._looked_up.key:
            case TheScore():
                return rating.score
            case Named(name):
                value = dict(rating.values).get(name)
            case TheFact(name):
                fact = next((each for each in self._program.facts if each.name == name), None)
                given = dict(appraisal.facts).get(name)
                value = None if fact is None or given is None else fact.number(given)
            case _:
                value = None
        return value if isinstance(value, Fraction) else None
