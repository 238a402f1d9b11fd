"""A trace put together from pieces that were told before: word for word what `trace.py` tells.

Each step of a derivation rests on few things: an override on who is at which level, a line on the score, what an
element adds on its rating and its weight. What a piece rests on is found out once from the program; a piece is told by
`trace.py` and `narration.py` the first time that it rests on just this, and remembered. Nothing is worded here; what is
put together is the figures of an aggregate, of which nearly every plan has others.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sespms_rules.engines.reference.narration import (
    Telling,
    without_endings,
)
from sespms_rules.engines.reference.once_admitted import Admitted, Cast
from sespms_rules.engines.reference.stage_text import ABSENT, NOT_RATED, Found, is_there
from sespms_rules.engines.reference.told_aggregates import MOST_KNOWN, AggregateTold, Derived, OneDerivation
from sespms_rules.engines.reference.trace import (
    cap_step,
    definition_step,
    fact_steps,
    line_step,
    lowest_step,
    nested_step,
    override_step,
    passed_step,
    question_step,
    rating_step,
    root_words,
)
from sespms_rules.foundation.values import Frozen, maker
from sespms_rules.program.arithmetic import Exact
from sespms_rules.program.ir import (
    Aggregate,
    Constant,
    CountOf,
    Definition,
    Difference,
    EveryOne,
    HitPolicy,
    Largest,
    LookUp,
    MajorityThat,
    Named,
    NumberThat,
    OfMember,
    Own,
    OwnFurther,
    OwnNamed,
    Product,
    Program,
    Quotient,
    Rounded,
    Row,
    ScoreDefinition,
    ShareOf,
    ShareThat,
    Smallest,
    Sum,
    Take,
    TheFact,
    TheLevel,
    TheScore,
    ToLevel,
)
from sespms_rules.program.rating import Step, StepKind
from sespms_rules.program.traversal import walk

_made = maker(Step)
_RESULT = StepKind.RESULT

_OF_MEMBERS = (Own, OwnFurther, OfMember, CountOf, ShareOf, Aggregate, NumberThat, EveryOne, MajorityThat, ShareThat)
_OF_ONE = (Own, OwnFurther, Constant, Sum, Difference, Product, Quotient, Largest, Smallest, Rounded, LookUp)
"""What a formula about one member is made of where it rests on nothing else than that member."""


class Reads(Frozen):
    """What a piece rests on: who is at which level, their weights too, the score, the level, named values, facts."""

    levels: bool
    weights: bool
    score: bool
    level: bool
    names: tuple[str, ...]
    facts: bool


_LEVELS_ALONE = Reads(True, False, False, False, (), False)
_SCORE_ALONE = Reads(False, False, True, False, (), False)

Tell = Callable[[OneDerivation], Any]
Piece = Callable[[Admitted, Found], Any]


class ToldPieces:
    """Tells the appraisals of one cast."""

    def __init__(self, program: Program, cast: Cast) -> None:
        self._program = program
        self._cast = cast
        self._derived = Derived(program)
        self._stage = program.summary
        if cast.written is None:
            raise ValueError("plans that are not written down are told by the interpreting reference")
        self._names = {name: place for place, name in enumerate(cast.written.values)}
        self._every = range(len(cast.members))
        self._nested = {place for place, each in enumerate(cast.members) if each is not None and each.stage is not None}
        self._ends: dict[tuple[object, ...], tuple[str, str]] = {}
        self._endings: dict[Found, tuple[str, str, tuple[Step, ...]]] = {}
        self._first = self._of_each()
        self._overrides = [self._row_piece(row, override_step) for row in self._stage.overrides]
        self._before = [*self._first, *self._overrides]
        self._passes_over = self._stage.hit_policy is HitPolicy.FIRST
        self._has_facts = bool(program.facts)
        self._origin = self._stage.origin
        self._lines = [self._row_piece(row, line_step) for row in self._stage.rows]
        self._passed = [self._row_piece(row, passed_step) for row in self._stage.rows]
        self._lowest = [lowest_step(row) for row in self._stage.overrides]
        self._caps = [self._cap_piece(row) for row in self._stage.caps]
        self._last = [self._definition(each) for each in cast.written.late]
        there = (each for each in self._stage.questions if is_there(each, cast.shape))
        self._questions = [
            self._remembered(
                self._reads(each.condition, *((TheLevel(),) if each.condition else ())),
                lambda one, each=each: question_step(one.derivation, each),  # type: ignore[misc]
            )
            for each in there
        ]

        self._ends_by_what_was_found = self._rests_on_what_was_found()

    def trace(self, admitted: Admitted, found: Found) -> Step:
        """Tell what was found for an appraisal."""
        if self._ends_by_what_was_found:
            said, outcome, lines = self._endings.get(found) or self._ending(admitted, found)
            steps_before = [piece(admitted, found) for piece in self._before]
            return _made(said, outcome, None, self._origin, (*steps_before, *lines), _RESULT)
        steps: list[Step] = [piece(admitted, found) for piece in self._before]
        if self._has_facts:
            steps[:0] = fact_steps(self._program, self._derived(admitted).derivation)
        self._tell_lines(admitted, found, steps)
        if self._last and found[2] is not None:
            steps += [piece(admitted, found) for piece in self._last]
        if self._questions:
            steps += [piece(admitted, found) for piece in self._questions]
        said, outcome = self._root(admitted, found)
        return _made(said, outcome, None, self._origin, tuple(steps), _RESULT)

    def _ending(self, admitted: Admitted, found: Found) -> tuple[str, str, tuple[Step, ...]]:
        """What is told of the end, and the lines that led to it, where what was found tells all of that."""
        lines: list[Step] = []
        self._tell_lines(admitted, found, lines)
        if len(self._endings) > MOST_KNOWN:
            self._endings.clear()
        made = self._endings[found] = (*self._root(admitted, found), tuple(lines))
        return made

    def _rests_on_what_was_found(self) -> bool:
        """Whether all that is told behind overrides rests on the score and on which lines hold, as nearly always."""
        reads = [self._reads(row.condition) for row in self._stage.rows]
        if self._has_facts or self._caps or self._last or self._questions or self._names:
            return False
        return not any(each.levels or each.weights or each.names or each.facts for each in reads)

    def _root(self, admitted: Admitted, found: Found) -> tuple[str, str]:
        """What is told of the end itself: it rests on whether there is a rating, its score and its level."""
        ended = found[:3]
        words = self._ends.get(ended)
        if words is None:
            if len(self._ends) > MOST_KNOWN:
                self._ends.clear()
            words = self._ends[ended] = root_words(self._program, self._derived(admitted).rating)
        return words

    def _tell_lines(self, one: Admitted, found: Found, steps: list[Step]) -> None:
        """Tell what `trace.py` tells behind overrides of lines and caps, in its order."""
        line, fitting, cap = found[3], found[4], found[5]
        if fitting:
            if len(fitting) > 1:
                steps.append(self._lowest[line])
        elif line == ABSENT:
            return
        else:
            place = line - len(self._overrides)
            if self._passes_over:
                steps += [piece(one, found) for piece in self._passed[:place]]
            steps.append(self._lines[place](one, found))
        if self._caps and found[0]:
            for number, piece in enumerate(self._caps):
                steps.append(piece(one, found, self._given(line), number == cap))

    def _given(self, line: int) -> int:
        rows = self._stage.overrides if line < len(self._overrides) else self._stage.rows
        outcome = rows[line if line < len(self._overrides) else line - len(self._overrides)].outcome
        return outcome.level if isinstance(outcome, ToLevel) else NOT_RATED

    # ---- what a piece rests on -------------------------------------------------------------------

    def _reads(self, *nodes: object) -> Reads:
        found: list[object] = [each for node in nodes if node is not None for each in walk(node)]
        for each in found:
            if isinstance(each, OwnNamed):
                found += [part for node in self._definitions_of(each.name) for part in walk(node)]
        weights = any(
            (isinstance(each, Own | OfMember) and each.take is Take.WEIGHT)
            or (isinstance(each, Aggregate) and each.by_weight)
            for each in found
        )
        return Reads(
            any(isinstance(each, _OF_MEMBERS) for each in found),
            weights,
            any(isinstance(each, TheScore) for each in found),
            any(isinstance(each, TheLevel) for each in found),
            tuple(dict.fromkeys(each.name for each in found if isinstance(each, Named))),
            any(isinstance(each, TheFact) for each in found),
        )

    def _definitions_of(self, name: str) -> list[object]:
        own = (each for each in self._stage.definitions if isinstance(each, Definition))
        return [each.expression for each in own if each.name == name]

    def _key(self, reads: Reads) -> Callable[[Admitted, Found], tuple[object, ...]]:
        """What tells apart derivations for which a piece is not the same."""
        names = [self._names[name] for name in reads.names]

        def key(one: Admitted, found: Found) -> tuple[object, ...]:
            parts: list[object] = []
            if reads.weights:
                parts += [each.number for each in one.seen]
            elif reads.levels:
                parts += one.states or one.of_states()
            if reads.score:
                parts.append(found[1])
            if reads.level:
                parts.append(found[2])
            if names:
                parts += [found[6][place] for place in names]
            if reads.facts:
                parts.append(one.facts)
            return tuple(parts)

        return key

    def _remembered(self, reads: Reads, tell: Tell) -> Piece:
        """A piece that is told once for all derivations that it is the same for."""
        if reads == _LEVELS_ALONE:
            return _by_states(self._derived, tell)
        if reads == _SCORE_ALONE:
            return _by_score(self._derived, tell)
        known: dict[tuple[object, ...], Any] = {}
        key = self._key(reads)

        def piece(one: Admitted, found: Found) -> Any:
            asked = key(one, found)
            told = known.get(asked)
            if told is None:
                if len(known) > MOST_KNOWN:
                    known.clear()
                told = known[asked] = tell(self._derived(one))
            return told

        return piece

    # ---- pieces ----------------------------------------------------------------------------------

    def _of_each(self) -> list[Piece]:
        """What is told before the lines: derived elements, ratings where no value tells of all, values in order."""
        found = [self._of_member(place, nested=True) for place in sorted(self._nested)]
        if not self._some_value_tells_of_all():
            found += [self._of_member(place, nested=False) for place in self._every if place not in self._nested]
        late = self._cast.written.late if self._cast.written is not None else ()
        found += [self._definition(each) for each in self._stage.definitions if each not in late]
        return found

    def _some_value_tells_of_all(self) -> bool:
        """As `trace.py` has it: an aggregate over every member, within sums and limits."""
        for definition in self._stage.definitions:
            found: list[object] = [definition.expression]
            while found:
                part = found.pop()
                if isinstance(part, Aggregate) and len(self._cast.shape.places(part.members)) == len(self._every):
                    return True
                found += [getattr(part, name) for name in ("left", "right", "operand") if hasattr(part, name)]
                found += getattr(part, "operands", ())
        return False

    def _of_member(self, place: int, *, nested: bool) -> Piece:
        """What is told of one member by itself."""
        known: dict[int, Step] = {}

        def piece(one: Admitted, _: Found) -> Step:
            number = one.seen[place].number
            told = known.get(number)
            if told is None:
                if len(known) > MOST_KNOWN:
                    known.clear()
                name, derived = one.seen[place].name, self._derived(one)
                if nested:
                    told = nested_step(derived.telling, name, derived.derivation.nested[name])
                else:
                    told = rating_step(derived.telling, derived.member(place))
                known[number] = told
            return told

        return piece

    def _row_piece(self, row: Row, step: Callable[[Telling, Row], Step]) -> Piece:
        return self._remembered(self._reads(row.condition), lambda one: step(one.telling, row))

    def _cap_piece(self, row: Row) -> Callable[[Admitted, Found, int, bool], Step]:
        known: dict[tuple[object, ...], Step] = {}
        key = self._key(self._reads(row.condition))

        def piece(one: Admitted, found: Found, given: int, lowers: bool) -> Step:
            asked = (given, lowers, *key(one, found))
            if asked not in known:
                if len(known) > MOST_KNOWN:
                    known.clear()
                known[asked] = cap_step(self._derived(one).telling, row, given, lowers=lowers)
            return known[asked]

        return piece

    def _definition(self, definition: Definition | ScoreDefinition) -> Piece:
        inner, _ = without_endings(definition.expression)
        each = definition.each if isinstance(definition, Definition) else None
        if isinstance(inner, Aggregate) and each is None and all(isinstance(part, _OF_ONE) for part in _walked(inner)):
            return AggregateTold(self._cast, self._derived, definition, inner, self._place(definition)).piece
        reads = self._reads(definition.expression, *((Own(Take.LEVEL),) if each is not None else ()))
        return self._remembered(reads, lambda one: definition_step(one.telling, definition))

    def _place(self, definition: Definition | ScoreDefinition) -> int | None:
        return None if isinstance(definition, ScoreDefinition) else self._names[definition.name]


def _by_states(derived: Derived, tell: Tell) -> Piece:
    """A piece that rests on who is at which level, and on nothing else."""
    known: dict[tuple[int, ...], Any] = {}

    def piece(one: Admitted, _: Found) -> Any:
        states = one.states or one.of_states()
        told = known.get(states)
        if told is None:
            if len(known) > MOST_KNOWN:
                known.clear()
            told = known[states] = tell(derived(one))
        return told

    return piece


def _by_score(derived: Derived, tell: Tell) -> Piece:
    """A piece that rests on the score, and on nothing else."""
    known: dict[Exact | None, Any] = {}

    def piece(one: Admitted, found: Found) -> Any:
        told = known.get(found[1])
        if told is None:
            if len(known) > MOST_KNOWN:
                known.clear()
            told = known[found[1]] = tell(derived(one))
        return told

    return piece


def _walked(aggregate: Aggregate) -> list[object]:
    """The parts of what an aggregate takes of a member that are formulas."""
    kinds = (*_OF_MEMBERS, *_OF_ONE, TheScore, TheLevel, TheFact, Named, OwnNamed)
    found = [*walk(aggregate.body)]
    return [part for part in found if isinstance(part, kinds) or type(part).__name__ in ("Choice", "Compare", "Within")]
