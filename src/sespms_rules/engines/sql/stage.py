"""One stage in SQL: its members' stages, its definitions, and which line holds.

The order is the reference's (engines/reference/derivation.py); where a row ends in a refusal earlier, what is
worked out for it later is not looked at.
"""

from __future__ import annotations

from collections.abc import Sequence

from sespms_rules.engines.sql.admission import Admission, Reasons, rule_for
from sespms_rules.engines.sql.formulas import NO_LINE_FITS, NOT_RATED, Formulas, always
from sespms_rules.engines.sql.members import Member
from sespms_rules.engines.sql.text import (
    NONE,
    WAITS,
    Codes,
    Number,
    Truth,
    any_of,
    both,
    case,
    code_where,
    codes_in,
    either,
    has_code,
    is_code,
    joined,
    negated,
)
from sespms_rules.engines.sql.values import Value, constant, whole
from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.program import ir

_TWO_LINES_FIT = 13
_OPEN, _NOT_RATED_LINE = -1, 0
"""In the column of the line that holds: none, and one that gives `not rated`; else its level."""


class Answer(Frozen):
    """What a stage came to: why it refuses, where it gives `not rated`, the level (0: none), and its formulas."""

    reasons: Reasons
    not_rated: Truth
    level: Value
    formulas: Formulas


class Derivation:
    """Works out one stage for the rows that were admitted."""

    def __init__(self, admission: Admission, tables: dict[str, ir.Table], words: list[str]) -> None:
        self.stage = stage = admission.stage
        self._tables = tables
        self._words = words
        self._admission = admission
        self._sums = admission.arithmetic
        self._steps = admission.arithmetic.steps
        self._reasons = Reasons()
        self._broken: list[Truth] = []
        self._formulas = Formulas(stage, admission.members, tables, words, self._sums)

    def answer(self, *, summary: bool) -> Answer:
        """Work everything out; `summary` is False for the stage of an element."""
        self._members()
        for definition in self.stage.definitions:
            self._work_out(definition)
        chosen, failed = self._decide()
        not_rated = self._truth(_is(chosen, _NOT_RATED_LINE))
        why = self._why_no_level(chosen, summary=summary)
        failed = self._first(failed, self._codes_in(negated(not_rated), why))
        highest = max((_outcome(row) for row in (*self.stage.overrides, *self.stage.rows)), default=0)
        rated = self._truth(both(negated(has_code(failed)), _is_level(chosen)))
        level = whole(self._steps.number(case([(rated, chosen)], 0)), 0, highest)
        failed = self._first(failed, self._late(level))
        # A stage whose members are refused is not worked out at all, so it adds no reason of its own.
        sound = negated(self._truth(any_of(self._broken)))
        for code in sorted(failed.possible - {WAITS}):
            self._reasons.add(self._truth(both(sound, is_code(failed, code))), code)
        return Answer(self._reasons, not_rated, level, self._formulas)

    def _truth(self, truth: Truth) -> Truth:
        return self._steps.truth(truth)

    def _first(self, first: Codes, second: Codes) -> Codes:
        return self._steps.first_code(first, second)

    def _codes_in(self, truth: Truth, codes: Codes) -> Codes:
        return self._steps.codes(codes_in(self._truth(truth), codes))

    # ---- members ---------------------------------------------------------------------------------

    def _members(self) -> None:
        admission, points = self._admission, dict(self.stage.points)
        for member, inside, policy in zip(admission.members, admission.inner, admission.policy_of, strict=True):
            if policy is not None and inside is not None:
                inner = Derivation(inside, self._tables, self._words)
                self._settle(member, inner, rule_for(self.stage, policy.critical))
            member.settle(points)

    def _settle(self, member: Member, inner: Derivation, rule: ir.UnratedRule | None) -> None:
        """Take over what a member's own stage found."""
        answer = inner.answer(summary=False)
        refused = self._truth(answer.reasons.anywhere())
        self._reasons.within(True, answer.reasons)
        self._broken.append(refused)
        missing = answer.not_rated
        member.level, member.inner_score = answer.level, answer.formulas.score
        member.rated = member.counts = member.derived = negated(missing)
        if rule is None or rule.what is ir.Unrated.STOP:
            stopped = self._truth(both(missing, negated(refused)))
            self._reasons.add(stopped, NOT_RATED)
            self._broken.append(stopped)
        elif rule.what is ir.Unrated.COUNT_AS and rule.level is not None:
            member.level = self._sums.choose(missing, constant(rule.level), member.level)
            member.counts = True
            member.levels |= {rule.level}
        lines = {_outcome(row) for row in (*inner.stage.overrides, *inner.stage.rows)}
        # Without rows its score alone may serve, and where it is left out it has no level.
        none = frozenset() if inner.stage.rows and member.counts is True else frozenset({0})
        member.levels = (member.levels - {0}) | {line for line in lines if line > 0} | none

    # ---- values ----------------------------------------------------------------------------------

    def _work_out(self, definition: ir.Definition | ir.ScoreDefinition) -> None:
        formulas = self._formulas
        if isinstance(definition, ir.ScoreDefinition):
            formulas.score = formulas.value(definition.expression)
        elif definition.each is None:
            formulas.values[definition.name] = formulas.value(definition.expression)
        else:
            self._of_each(definition, definition.each)

    def _of_each(self, definition: ir.Definition, each: ir.Members) -> None:
        """A value of each member: from the first that has none on, no member of that row has one."""
        found: list[tuple[Member, Truth, Value]] = []
        broken = NONE
        for member, where in self._formulas.counted(each):
            value = self._formulas.value(definition.expression, member)
            broken = self._first(broken, codes_in(where, value.failed))
            found.append((member, where, replace(value, failed=self._first(broken, value.failed))))
        otherwise = constant(0, self._first(broken, always(WAITS)))
        for member in self._formulas.members:
            member.own[definition.name] = otherwise
        for member, where, value in found:
            member.own[definition.name] = self._sums.choose(where, value, otherwise)
        self._formulas.failed_each[definition.name] = broken

    def _failed(self, definition: ir.Definition | ir.ScoreDefinition) -> Codes:
        if isinstance(definition, ir.ScoreDefinition):
            return self._formulas.score.failed if self._formulas.score is not None else always(WAITS)
        if definition.each is not None:
            return self._formulas.failed_each[definition.name]
        return self._formulas.values[definition.name].failed

    def _late(self, level: Value) -> Codes:
        """Work out what waited for the level, in the rows that have one now; return why some of it failed."""
        formulas, codes = self._formulas, NONE
        late = [each for each in self.stage.definitions if WAITS in self._failed(each).possible]
        if not late:
            return NONE
        known = self._sums.compared(level, ir.Relation.MORE, constant(0))
        formulas.level = replace(level, failed=code_where(negated(known), WAITS))
        for definition in late:
            broken = self._failed(definition)
            waiting = self._truth(both(is_code(broken, WAITS), known))
            before = (formulas.score, dict(formulas.values), [dict(each.own) for each in formulas.members])
            self._work_out(definition)
            codes = self._first(codes, self._codes_in(waiting, self._failed(definition)))
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
        formulas, (score, values, owned) = self._formulas, before
        if isinstance(definition, ir.ScoreDefinition):
            if formulas.score is not None and score is not None:
                formulas.score = self._sums.choose(waiting, formulas.score, score)
        elif definition.each is None:
            name = definition.name
            formulas.values[name] = self._sums.choose(waiting, formulas.values[name], values[name])
        else:
            name = definition.name
            for member, old in zip(formulas.members, owned, strict=True):
                member.own[name] = self._sums.choose(waiting, member.own[name], old[name])
            after = constant(0, formulas.failed_each[name])
            kept = self._sums.choose(waiting, after, constant(0, broken))
            formulas.failed_each[name] = kept.failed

    # ---- the outcome -----------------------------------------------------------------------------

    def _why_no_level(self, chosen: Number, *, summary: bool) -> Codes:
        counts: Truth = False
        for member in self._formulas.members:
            counts = self._truth(either(counts, both(member.present, member.counts)))
        codes = code_where(negated(counts), NOT_RATED)
        waits: Truth = True
        for definition in self.stage.definitions:
            failed = self._failed(definition)
            waiting = is_code(failed, WAITS)
            codes = self._first(codes, self._codes_in(negated(waiting), failed))
            if isinstance(definition, ir.ScoreDefinition):
                waits = waiting
        nothing = _is(chosen, _OPEN)
        if not (self.stage.rows or summary):
            nothing = both(nothing, waits)
        return self._first(codes, code_where(self._truth(nothing), NO_LINE_FITS))

    def _decide(self) -> tuple[Number, Codes]:
        """The line that holds in each row, and the codes of rows in which that cannot be decided."""
        overrides = [(_outcome(row), self._formulas.holds(row.condition)) for row in self.stage.overrides]
        failed = NONE
        for _, (_, fault) in overrides:
            failed = self._first(failed, fault)
        ordered = sorted(overrides, key=lambda each: each[0])
        choices: list[tuple[Truth, Number]] = [(self._truth(truth), outcome) for outcome, (truth, _) in ordered]
        undecided = self._truth(negated(either(any_of(truth for truth, _ in choices), has_code(failed))))
        if self.stage.hit_policy is ir.HitPolicy.FIRST:
            given, codes = self._in_turn(self.stage.rows, undecided)
        else:
            plain = [row for row in self.stage.rows if isinstance(row.outcome, ir.ToNotRated)]
            given, codes = self._in_turn(plain, undecided)
            still = both(undecided, negated(either(any_of(truth for truth, _ in given), has_code(codes))))
            others, more = self._only(self._truth(still))
            given, codes = [*given, *others], self._first(codes, more)
        chosen = self._steps.number(case([*choices, *given], _OPEN))
        return chosen, self._first(failed, codes)

    def _in_turn(self, rows: Sequence[ir.Row], undecided: Truth) -> tuple[list[tuple[Truth, Number]], Codes]:
        """Let the first row that fits hold; also the codes of rows in which that cannot be decided."""
        failed = NONE
        choices: list[tuple[Truth, Number]] = []
        for row in rows:
            truth, fault = self._formulas.holds(row.condition)
            failed = self._first(failed, self._codes_in(undecided, fault))
            fits = self._truth(both(undecided, both(truth, negated(has_code(fault)))))
            choices.append((fits, _outcome(row)))
            undecided = self._truth(both(undecided, negated(either(truth, has_code(fault)))))
        return choices, failed

    def _only(self, undecided: Truth) -> tuple[list[tuple[Truth, Number]], Codes]:
        """Let the one row that gives a level and fits hold; refuse where two fit."""
        choices: list[tuple[Truth, Number]] = []
        twice: Truth = False
        seen: Truth = False
        failed = NONE
        for row in self.stage.rows:
            if isinstance(row.outcome, ir.ToLevel):
                truth, fault = self._formulas.holds(row.condition)
                failed = self._first(failed, self._codes_in(undecided, fault))
                fits = self._truth(both(undecided, truth))
                twice = self._truth(either(twice, both(seen, fits)))
                seen = self._truth(either(seen, fits))
                choices.append((fits, row.outcome.level))
        return choices, self._first(failed, code_where(twice, _TWO_LINES_FIT))


def _outcome(row: ir.Row) -> int:
    return row.outcome.level if isinstance(row.outcome, ir.ToLevel) else _NOT_RATED_LINE


def _is(chosen: Number, line: int) -> Truth:
    return chosen == line if isinstance(chosen, int) else joined("({} = {})", chosen, line)


def _is_level(chosen: Number) -> Truth:
    return chosen > 0 if isinstance(chosen, int) else joined("({} > 0)", chosen)
