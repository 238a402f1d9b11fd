"""ir.Program x one appraisal's unknowns -> formulas for its outcome: the derivation, asked of all appraisals at once.

It follows engines/reference/derivation.py: members' own stages first, then values in order, overrides (the lowest level
holds), rows by the hit policy, and last the values that ask for the level.
"""

from __future__ import annotations

from fractions import Fraction

import z3

from sespms_rules.foundation.values import Frozen
from sespms_rules.program.ir import (
    Definition,
    HitPolicy,
    Named,
    Program,
    Row,
    ScoreDefinition,
    Stage,
    Table,
    ToLevel,
    Unrated,
)
from sespms_rules.program.traversal import walk
from sespms_rules.proofs.solver.expressions import NotYet, Reader
from sespms_rules.proofs.solver.inputs import Input
from sespms_rules.proofs.solver.logic import Formula, NotEncodable, Term, all_of, any_of, both, either, negated
from sespms_rules.proofs.solver.members import Present, plain, settled
from sespms_rules.proofs.solver.rounding import Rounding
from sespms_rules.proofs.solver.values import Linear, Ratio, Value, cases

_LONG = 500
"""In a stage where some value has more parts than this, values are handed to the solver under names."""

_PARTS = 8
"""So many parts, and a name saves nothing."""

_WRITTEN_OUT = 50
"""Of so many lines each names all others; of more, what fits so far has a name."""

_NOT_RATED = 0
"""The outcome `not rated`, which stands below every level where overrides are weighed against each other."""


class Derived(Frozen):
    """How an appraisal ends: at a level, not rated or refused, each by its condition, of which exactly one holds.

    `score` is None where there is none. `side` must be granted with every question; `roundings` are in the order in
    which they are worked out. `refused_inside` are where the derivation of a member refuses.
    """

    levels: tuple[tuple[int, Formula], ...]
    not_rated: Formula
    refused: Formula
    score: Value | None
    side: tuple[Formula, ...]
    reader: Reader
    roundings: tuple[Rounding, ...]
    refused_inside: tuple[Formula, ...]

    def level(self, wanted: int) -> Formula:
        """Whether this level is given."""
        return dict(self.levels).get(wanted, False)

    @property
    def has_level(self) -> Formula:
        """Whether any level is given."""
        return any_of(condition for _, condition in self.levels)


def derived(program: Program, members: tuple[Input, ...]) -> Derived:
    """Encode the derivation of an appraisal. Raises NotEncodable with the reason in plain words."""
    tables = {table.name: table for table in program.tables}
    return _Stage(program.summary, members, tables, nested=False).derived()


def derived_of_member(program: Program, one: Input) -> Derived:
    """Encode the derivation of one member whose requirements are rated. Raises NotEncodable with the reason."""
    stage = one.of.member.stage if one.of.member else None
    if stage is None:
        raise NotEncodable(f"`{one.name}` has no requirements that are rated")
    return _Stage(stage, one.inner, {table.name: table for table in program.tables}, nested=True).derived()


class _Stage:
    """The derivation of one stage; `side` grows while it is written down."""

    def __init__(self, stage: Stage, given: tuple[Input, ...], tables: dict[str, Table], *, nested: bool) -> None:
        self.stage = stage
        self.tables = tables
        self.nested = nested
        self.side: list[Formula] = []
        self.inner_refused: list[Formula] = []
        self.inner_roundings: list[Rounding] = []
        self.failed: list[Formula] = []
        self.late: list[Definition | ScoreDefinition] = []
        self.long = _is_long(stage)
        self.reader = Reader(stage, [self._member(each) for each in given], tables, self.side)
        self.reader.further = {(each.name, name): term for each in given for name, term in each.further}

    def derived(self) -> Derived:
        """Write the derivation down."""
        for definition in self.stage.definitions:
            try:
                self.failed.append(self._define(definition))
            except NotYet:
                self.late.append(definition)
        outcomes, unclear = self._outcomes()
        not_rated = outcomes.pop(_NOT_RATED, False)
        somebody = True if self.stage.of_nothing else any_of(member.counts for member in self.reader.members)
        nobody = negated(somebody)
        stopped = either(unclear, *self.inner_refused)
        broken = either(nobody, *self.failed)
        levels = {level: both(condition, negated(broken)) for level, condition in outcomes.items()}
        self.reader.level = cases([(condition, Fraction(level)) for level, condition in levels.items()])
        late = any_of(self._late(definition) for definition in self.late) if levels else False
        refused_late = both(any_of(levels.values()), late)
        stopped = either(stopped, refused_late)
        given = tuple((level, both(condition, negated(stopped))) for level, condition in levels.items())
        rated_by_score = self._by_score(nobody, broken, stopped, not_rated)
        ended = either(*(condition for _, condition in given), both(not_rated, negated(stopped)), rated_by_score)
        score = self.reader.score[0] if self.reader.score else None
        roundings = (*self.inner_roundings, *self.reader.roundings)
        return Derived(
            given,
            both(not_rated, negated(stopped)),
            negated(ended),
            score,
            tuple(self.side),
            self.reader,
            roundings,
            tuple(self.inner_refused),
        )

    def _by_score(self, nobody: Formula, broken: Formula, stopped: Formula, not_rated: Formula) -> Formula:
        """An element whose stage has no lines serves its score alone, where no override fits; a summary its values."""
        if self.stage.without_level:
            return negated(either(nobody, broken, stopped, not_rated))
        if not self.nested or self.stage.rows or self.reader.score is None:
            return False
        if self.stage.overrides:
            raise NotEncodable(f"`{self.stage.name}` has lines that override a score, and no others")
        return negated(either(nobody, broken, stopped))

    # ---- members ---------------------------------------------------------------------------------

    def _member(self, given: Input) -> Present:
        stage = given.of.member.stage if given.of.member else None
        if stage is None:
            return plain(given, self.stage)
        if given.settled is not None:
            return settled(given, given.settled, self.stage)
        inner = _Stage(stage, given.inner, self.tables, nested=True).derived()
        self.side += inner.side
        self.inner_roundings += inner.roundings
        self.inner_refused.append(inner.refused)
        rated = negated(inner.not_rated)
        counts = rated
        at = dict(inner.levels)
        what = given.rule.what if given.rule else Unrated.STOP
        if what is Unrated.STOP:
            self.inner_refused.append(inner.not_rated)
        elif what is Unrated.COUNT_AS and given.rule is not None and given.rule.level is not None:
            counts = True
            at[given.rule.level] = either(at.get(given.rule.level, False), inner.not_rated)
        member = Present(given, at, rated, counts)
        member.give_points(self.stage)
        self._nested_score(member, inner)
        return member

    def _nested_score(self, member: Present, inner: Derived) -> None:
        """A derived element has the score of its own stage; where it counts as a level, the points of that level."""
        if inner.not_rated is not False and member.counts is True:
            raise NotEncodable(f"`{member.name}` may end without a rating and then count as a level")
        if inner.score is not None:
            member.score, member.scoreless = inner.score, negated(member.rated)

    # ---- values ----------------------------------------------------------------------------------

    def _define(self, definition: Definition | ScoreDefinition) -> Formula:
        """Work out one definition; return where that fails."""
        reader = self.reader
        if isinstance(definition, ScoreDefinition):
            reader.score = reader.number(definition.expression)
            return reader.score[1]
        if definition.each is None:
            value, fails = reader.value(definition.expression)
            if self.long and not isinstance(fails, bool) and _has_many_parts(fails):
                self.side.append(z3.FreshBool(definition.name) == fails)
                fails = self.side[-1].arg(0)
            reader.values[definition.name] = (self._shared(definition.name, value), fails)
            return fails
        worked = {
            each.name: (each, *reader.value(definition.expression, each)) for each in reader.members_of(definition.each)
        }
        fails = any_of(both(each.counts, failed) for each, _, failed in worked.values())
        for each, value, _ in worked.values():
            each.own[definition.name] = value
        reader.own_failed[definition.name] = fails
        return fails

    def _shared(self, name: str, value: Value | None) -> Value | None:
        """The value under a name of its own, in a stage whose values are long when written out.

        The solver writes sums out: of thirty values that each read the one above twice it would make a billion parts.
        """
        if not self.long or not isinstance(value, Linear | Ratio):
            return value
        # What cancels out is taken out first: half of a value added to itself is the value.
        term = z3.simplify(value.term if isinstance(value, Linear) else value.top.term)
        if z3.is_to_real(term):
            term = term.arg(0)  # the solver takes very long where whole numbers pass for others
        if _has_many_parts(term):
            named = (z3.FreshInt if z3.is_int(term) else z3.FreshReal)(name)
            self.side.append(named == term)
            term = named
        return Linear(term) if isinstance(value, Linear) else Ratio(Linear(term), value.bottom)

    def _late(self, definition: Definition | ScoreDefinition) -> Formula:
        try:
            return self._define(definition)
        except NotYet:
            raise NotEncodable("a value asks for something that is worked out after it") from None

    # ---- the outcome -----------------------------------------------------------------------------

    def _outcomes(self) -> tuple[dict[int, Formula], Formula]:
        """Which outcome the lines give, by its condition, and where they cannot be told apart or read."""
        read = [(_outcome(row), *self._reads(row)) for row in self.stage.overrides]
        unclear = any_of(fails for _, _, fails in read)
        found: dict[int, Formula] = {}
        lower: Formula = False
        for outcome in sorted({outcome for outcome, _, _ in read}):
            fits = any_of(holds for each, holds, _ in read if each == outcome)
            found[outcome] = both(fits, negated(lower))
            lower = either(lower, fits)
        rows, stuck = self._first() if self.stage.hit_policy is HitPolicy.FIRST else self._only()
        for outcome, condition in rows.items():
            found[outcome] = either(found.get(outcome, False), both(negated(lower), condition))
        found, beyond = self._capped(found)
        return found, either(unclear, both(negated(lower), stuck), beyond)

    def _capped(self, found: dict[int, Formula]) -> tuple[dict[int, Formula], Formula]:
        """Each level, no higher than the lowest cap that holds; and where a cap cannot be read though one is given."""
        if not self.stage.caps:
            return found, False
        read = [(_outcome(row), *self._reads(row)) for row in self.stage.caps]
        unclear = any_of(fails for _, _, fails in read)
        levels = {outcome: condition for outcome, condition in found.items() if outcome != _NOT_RATED}
        capped: dict[int, Formula] = {outcome: found[outcome] for outcome in found if outcome == _NOT_RATED}
        for level, condition in levels.items():
            lower: Formula = False
            for cap in sorted({outcome for outcome, _, _ in read if outcome < level}):
                holds = any_of(truth for outcome, truth, _ in read if outcome == cap)
                capped[cap] = either(capped.get(cap, False), all_of((condition, holds, negated(lower))))
                lower = either(lower, holds)
            capped[level] = either(capped.get(level, False), both(condition, negated(lower)))
        return capped, both(unclear, any_of(levels.values()))

    def _reads(self, row: Row) -> tuple[Formula, Formula]:
        try:
            return self.reader.holds(row.condition)
        except NotYet:
            raise NotEncodable("a line asks for the level that it gives") from None

    def _first(self) -> tuple[dict[int, Formula], Formula]:
        waiting: Formula = True
        stuck: Formula = False
        found: dict[int, Formula] = {}
        for row in self.stage.rows:
            holds, fails = self._reads(row)
            stuck = either(stuck, both(waiting, fails))
            taken = both(waiting, holds, negated(fails))
            found[_outcome(row)] = either(found.get(_outcome(row), False), taken)
            waiting = both(waiting, negated(holds), negated(fails))
        return found, stuck

    def _only(self) -> tuple[dict[int, Formula], Formula]:
        """The one row that fits; a row that gives `not rated` is read before the others, in their order."""
        waiting: Formula = True
        stuck: Formula = False
        none: Formula = False
        for row in (row for row in self.stage.rows if _outcome(row) == _NOT_RATED):
            holds, fails = self._reads(row)
            stuck = either(stuck, both(waiting, fails))
            none = either(none, both(waiting, holds, negated(fails)))
            waiting = both(waiting, negated(holds), negated(fails))
        read = [(_outcome(row), *self._reads(row)) for row in self.stage.rows if _outcome(row) != _NOT_RATED]
        found: dict[int, Formula] = {}
        for (outcome, holds, _), alone in zip(read, self._alone([holds for _, holds, _ in read]), strict=True):
            found[outcome] = either(found.get(outcome, False), all_of((waiting, holds, alone)))
        stuck = either(stuck, both(waiting, any_of(fails for _, _, fails in read)))
        if none is not False:
            found[_NOT_RATED] = none
        return found, stuck

    def _alone(self, fits: list[Formula]) -> list[Formula]:
        """Of each row: whether no other fits. Of many rows, by what fits before and behind, under names of their own.

        Written out, each row would name every other: five thousand rows, twenty-five million.
        """
        if len(fits) <= _WRITTEN_OUT:
            places = range(len(fits))
            return [all_of(negated(each) for spot, each in enumerate(fits) if spot != place) for place in places]
        before, behind = self._so_far(fits), self._so_far(fits[::-1])[::-1]
        return [negated(either(one, other)) for one, other in zip(before, behind, strict=True)]

    def _so_far(self, fits: list[Formula]) -> list[Formula]:
        """Of each row: whether one before it fits."""
        found: list[Formula] = []
        known: Formula = False
        for each in fits:
            found.append(known)
            known = either(known, each)
            if not isinstance(known, bool):
                self.side.append(z3.FreshBool("fits") == known)
                known = self.side[-1].arg(0)
        return found


def _is_long(stage: Stage) -> bool:
    """Whether some value has very many parts with all names replaced by what they stand for."""
    known: dict[str, int] = {}
    for definition in stage.definitions:
        parts = walk(definition.expression)
        size = sum(known.get(each.name, 1) if isinstance(each, Named) else 1 for each in parts)
        if size > _LONG:
            return True
        if isinstance(definition, Definition):
            known[definition.name] = size
    return False


def _has_many_parts(term: Term) -> bool:
    found, waiting = 0, [term]
    while waiting and found <= _PARTS:
        found += 1
        waiting += waiting.pop().children()
    return found > _PARTS


def _outcome(row: Row) -> int:
    return row.outcome.level if isinstance(row.outcome, ToLevel) else _NOT_RATED
