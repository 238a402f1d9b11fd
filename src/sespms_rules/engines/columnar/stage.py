"""One stage for a block of admitted appraisals: its members' stages, its definitions, and which line holds.

The order is the reference's (engines/reference/derivation.py); where a row ends in a refusal earlier, what is
worked out for it later is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sespms_rules.engines.columnar.admission import Admission, rule_for
from sespms_rules.engines.columnar.formulas import NO_LINE_FITS, NOT_RATED, Formulas, Held
from sespms_rules.engines.columnar.masks import (
    WAITS,
    Array,
    Codes,
    Truth,
    as_column,
    bits_where,
    both,
    code_where,
    either,
    first_code,
    has_code,
    is_code,
    joined,
    negated,
    simple,
    with_bit,
)
from sespms_rules.engines.columnar.members import Member
from sespms_rules.engines.columnar.values import Value, choose, compared, constant, whole
from sespms_rules.program import ir

_TWO_LINES_FIT = 13
_OPEN, _NOT_RATED_LINE = -1, 0
"""In the column of the line that holds: none, and one that gives `not rated`; else its level."""


class Answer:
    """What a stage came to: refusals as sets, where it gives `not rated`, the level (0: none), and its values."""

    def __init__(self, bits: Codes, not_rated: Truth, level: Value, formulas: Formulas) -> None:
        self.bits = bits
        self.not_rated = not_rated
        self.level = level
        self.formulas = formulas


class Derivation:
    """Works out one stage for `rows` admitted appraisals."""

    def __init__(self, admission: Admission, rows: int, tables: dict[str, ir.Table], words: list[str]) -> None:
        self.stage = stage = admission.stage
        self.rows = rows
        self.tables = tables
        self.words = words
        self.bits: Codes = 0
        self.admission = admission
        self.formulas = Formulas(stage, admission.members, tables, words)

    def answer(self, *, summary: bool) -> Answer:
        """Work everything out; `summary` is False for the stage of an element."""
        self._members()
        for definition in self.stage.definitions:
            self._work_out(definition)
        chosen, failed = self._decide()
        not_rated = np.equal(chosen, _NOT_RATED_LINE)
        failed = first_code(failed, code_where(negated(not_rated), self._why_no_level(chosen, summary)))
        level = np.maximum(chosen, 0)
        if (broken := has_code(failed)) is not False:
            level[as_column(broken, self.rows)] = 0
        highest = max(map(_outcome, (*self.stage.overrides, *self.stage.rows)), default=0)
        found = whole(level, 0, highest)
        failed = first_code(failed, self._late(found))
        if np.any(is_code(failed, WAITS)):
            raise AssertionError("a value asks for the level where the level depends on it")
        # A stage whose members are refused is not worked out at all, so it adds no reason of its own.
        own = bits_where(negated(simple(has_code(self.bits))), _as_bits(failed))
        return Answer(joined(self.bits, own), not_rated, found, self.formulas)

    # ---- members ---------------------------------------------------------------------------------

    def _members(self) -> None:
        admission, points = self.admission, dict(self.stage.points)
        for member, inside, policy in zip(admission.members, admission.inner, admission.policy_of, strict=True):
            if policy is not None and inside is not None:
                inner = Derivation(inside, self.rows, self.tables, self.words)
                self._settle(member, inner.answer(summary=False), rule_for(self.stage, policy.critical))
            member.settle(points)

    def _settle(self, member: Member, inner: Answer, rule: ir.UnratedRule | None) -> None:
        """Take over what a member's own stage found."""
        self.bits = joined(self.bits, inner.bits)
        missing = simple(inner.not_rated)
        member.level, member.inner_score = inner.level, inner.formulas.score
        member.rated = member.counts = member.derived = negated(missing)
        if rule is None or rule.what is ir.Unrated.STOP:
            self.bits = with_bit(self.bits, both(missing, negated(simple(has_code(inner.bits)))), NOT_RATED)
        elif rule.what is ir.Unrated.COUNT_AS and rule.level is not None:
            member.level = choose(missing, constant(rule.level), member.level)
            member.counts = True

    # ---- values ----------------------------------------------------------------------------------

    def _work_out(self, definition: ir.Definition | ir.ScoreDefinition) -> None:
        formulas = self.formulas
        if isinstance(definition, ir.ScoreDefinition):
            formulas.score = formulas.value(definition.expression)
        elif definition.each is None:
            formulas.values[definition.name] = formulas.value(definition.expression)
        else:
            self._of_each(definition, definition.each)

    def _of_each(self, definition: ir.Definition, each: ir.Members) -> None:
        """A value of each member: from the first that has none on, no member of that row has one."""
        found: list[tuple[Member, Truth, Value]] = []
        broken: Codes = 0
        for member, where in self.formulas.counted(each):
            value = self.formulas.value(definition.expression, member)
            broken = first_code(broken, code_where(where, value.failed))
            found.append((member, where, value.failing(first_code(broken, value.failed))))
        otherwise = constant(0, first_code(broken, WAITS))
        for member in self.formulas.members:
            member.own[definition.name] = otherwise
        for member, where, value in found:
            member.own[definition.name] = choose(where, value, otherwise)
        self.formulas.failed_each[definition.name] = broken

    def _failed(self, definition: ir.Definition | ir.ScoreDefinition) -> Codes:
        if isinstance(definition, ir.ScoreDefinition):
            return self.formulas.score.failed if self.formulas.score is not None else WAITS
        if definition.each is not None:
            return self.formulas.failed_each[definition.name]
        return self.formulas.values[definition.name].failed

    def _late(self, level: Value) -> Codes:
        """Work out what waited for the level, in the rows that have one now; return why some of it failed."""
        formulas = self.formulas
        codes: Codes = 0
        late = [each for each in self.stage.definitions if np.any(is_code(self._failed(each), WAITS))]
        if not late:
            return 0
        known = compared(level, ir.Relation.MORE, constant(0))
        formulas.level = level.failing(code_where(negated(known), WAITS))
        for definition in late:
            waiting = both(is_code(self._failed(definition), WAITS), known)
            before = (formulas.score, dict(formulas.values), [dict(each.own) for each in formulas.members])
            broken = self._failed(definition)
            self._work_out(definition)
            codes = first_code(codes, code_where(waiting, self._failed(definition)))
            self._keep(definition, waiting, before, broken)
        return codes

    def _keep(
        self,
        definition: ir.Definition | ir.ScoreDefinition,
        waiting: Truth,
        before: tuple[Value | None, dict[str, Value], list[dict[str, Value]]],
        broken: Codes,
    ) -> None:
        """Put back what had been worked out in rows that did not wait."""
        formulas, (score, values, owned) = self.formulas, before
        if isinstance(definition, ir.ScoreDefinition):
            if formulas.score is not None and score is not None:
                formulas.score = choose(waiting, formulas.score, score)
        elif definition.each is None:
            name = definition.name
            formulas.values[name] = choose(waiting, formulas.values[name], values[name])
        else:
            name = definition.name
            for member, old in zip(formulas.members, owned, strict=True):
                member.own[name] = choose(waiting, member.own[name], old[name])
            after = constant(0, formulas.failed_each[name])
            formulas.failed_each[name] = choose(waiting, after, constant(0, broken)).failed

    # ---- the outcome -----------------------------------------------------------------------------

    def _why_no_level(self, chosen: Array, summary: bool) -> Codes:
        counts: Truth = False
        for member in self.formulas.members:
            counts = either(counts, both(member.present, member.counts))
        codes = code_where(negated(simple(counts)), NOT_RATED)
        waits: Truth = True
        for definition in self.stage.definitions:
            failed = self._failed(definition)
            codes = first_code(codes, code_where(negated(is_code(failed, WAITS)), failed))
            if isinstance(definition, ir.ScoreDefinition):
                waits = is_code(failed, WAITS)
        nothing: Truth = np.equal(chosen, _OPEN)
        if not (self.stage.rows or summary):
            nothing = both(nothing, waits)
        return first_code(codes, code_where(simple(nothing), NO_LINE_FITS))

    def _decide(self) -> tuple[Array, Codes]:
        """The line that holds in each row, and the codes of rows in which that cannot be decided."""
        chosen = np.full(self.rows, _OPEN, dtype=np.int8)
        failed: Codes = 0
        held: list[tuple[int, Held]] = []
        for row in self.stage.overrides:
            holds = self.formulas.holds(row.condition)
            failed = first_code(failed, holds[1])
            held.append((_outcome(row), holds))
        undecided: Truth = True
        for outcome, (truth, _) in sorted(held, key=lambda each: each[0]):
            _give(chosen, both(undecided, truth), outcome)
            undecided = both(undecided, negated(truth))
        undecided = both(undecided, negated(simple(has_code(failed))))
        if self.stage.hit_policy is ir.HitPolicy.FIRST:
            return chosen, first_code(failed, self._first(chosen, self.stage.rows, undecided)[1])
        plain = tuple(row for row in self.stage.rows if isinstance(row.outcome, ir.ToNotRated))
        undecided, code = self._first(chosen, plain, undecided)
        return chosen, first_code(failed, first_code(code, self._only(chosen, undecided)))

    def _first(self, chosen: Array, rows: Iterable[ir.Row], undecided: Truth) -> tuple[Truth, Codes]:
        """Let the first row that fits hold; return what is still undecided, and what cannot be decided."""
        failed: Codes = 0
        for row in rows:
            if undecided is False:
                break
            truth, fault = self.formulas.holds(row.condition)
            failed = first_code(failed, code_where(undecided, fault))
            undecided = both(undecided, negated(simple(has_code(fault))))
            _give(chosen, both(undecided, truth), _outcome(row))
            undecided = both(undecided, negated(truth))
        return undecided, failed

    def _only(self, chosen: Array, undecided: Truth) -> Codes:
        """Let the one row that gives a level and fits hold; refuse where two fit."""
        failed: Codes = 0
        twice: Truth = False
        seen: Truth = False
        for row in self.stage.rows:
            if isinstance(row.outcome, ir.ToLevel):
                truth, fault = self.formulas.holds(row.condition)
                failed = first_code(failed, code_where(undecided, fault))
                fits = both(undecided, truth)
                twice = either(twice, both(seen, fits))
                seen = either(seen, fits)
                _give(chosen, fits, row.outcome.level)
        return first_code(failed, code_where(simple(twice), _TWO_LINES_FIT))


def _outcome(row: ir.Row) -> int:
    return row.outcome.level if isinstance(row.outcome, ir.ToLevel) else _NOT_RATED_LINE


def _give(chosen: Array, where: Truth, outcome: int) -> None:
    """Let a line hold in rows where none does yet. Adding is many times faster than a copy under a mask."""
    if isinstance(where, bool):
        chosen += np.int8(where * (outcome - _OPEN))
    else:
        chosen += where.view(np.int8) * np.int8(outcome - _OPEN)


def _as_bits(failed: Codes) -> Codes:
    if isinstance(failed, int):
        return 1 << failed if failed else 0
    made: Array = np.where(failed != 0, np.left_shift(np.int32(1), failed.astype(np.int32)), np.int32(0))
    return made
