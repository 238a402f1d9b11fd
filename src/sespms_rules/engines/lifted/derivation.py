"""One stage for all rows that were admitted: its members' stages, its definitions, and which line holds.

The order is the reference's (engines/reference/derivation.py); where a row ends in a refusal earlier, what is worked
out for it later is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Generic

from sespms_rules.engines.lifted.admission import Admission
from sespms_rules.engines.lifted.algebra import NOT_RATED_LINE, OPEN, WAITS, Algebra, C, L, Reasons, T, V
from sespms_rules.engines.lifted.definitions import Definitions
from sespms_rules.engines.lifted.expressions import Formulas
from sespms_rules.engines.lifted.members import Member, levels_by_lines
from sespms_rules.engines.refusals import RefusalKind
from sespms_rules.program import ir
from sespms_rules.program.unrated_rules import rule_for

_NOT_RATED, _NO_LINE_FITS = RefusalKind.NOT_RATED.number, RefusalKind.NO_LINE_FITS.number
_TWO_LINES_FIT = RefusalKind.TWO_LINES_FIT.number


class Answer(Generic[T, C, V, L]):
    """What a stage came to: why it refuses, where it gives `not rated`, the level (0: none), and its formulas.

    `inner` are the answers of members with stages of their own, by name. `there` is where the plan has the member that
    the stage is of.
    """

    __slots__ = ("formulas", "inner", "level", "not_rated", "reasons", "stage", "there")

    def __init__(
        self,
        stage: ir.Stage,
        reasons: Reasons[T, C, V, L],
        not_rated: T | bool,
        level: V,
        formulas: Formulas[T, C, V],
        inner: dict[str, Answer[T, C, V, L]],
    ) -> None:
        self.reasons = reasons
        self.not_rated = not_rated
        self.level = level
        self.formulas = formulas
        self.stage = stage
        self.inner = inner
        self.there: T | bool = True

    def asked(self) -> Iterator[tuple[ir.Question, T | bool]]:
        """The questions for the reviewer and where each is asked, in the order of the program; of no refused row."""
        for question in self.stage.questions:
            yield question, self.formulas.asked(question, self.not_rated, self.there)
        for answer in self.inner.values():
            yield from answer.asked()


def derived(admission: Admission[T, C, V, L], tables: dict[str, ir.Table], words: list[str]) -> Answer[T, C, V, L]:
    """Work out the summary stage of rows that were admitted; `words` are the codes of all tables."""
    return _Derivation(admission, tables, words, admission.facts).answer(summary=True)


class _Derivation(Generic[T, C, V, L]):
    """Works out one stage for the rows that were admitted."""

    def __init__(
        self, admission: Admission[T, C, V, L], tables: dict[str, ir.Table], words: list[str], facts: dict[str, V]
    ) -> None:
        self._algebra: Algebra[T, C, V, L] = admission.algebra
        self.stage = admission.stage
        self._tables = tables
        self._words = words
        self._facts = facts
        self._admission = admission
        self._reasons = Reasons(self._algebra)
        self._broken: list[T | bool] = []
        self._inner: dict[str, Answer[T, C, V, L]] = {}
        self._formulas = Formulas(self._algebra, self.stage, admission.members, tables, words, facts)
        self._definitions = Definitions(self._algebra, self._formulas)

    def answer(self, *, summary: bool) -> Answer[T, C, V, L]:
        """Work everything out; `summary` is False for the stage of an element."""
        algebra = self._algebra
        self._members()
        self._definitions.work_out()
        lines, failed = self._decide()
        not_rated = algebra.kept(algebra.is_line(lines, NOT_RATED_LINE))
        why = self._why_no_level(lines, summary=summary)
        failed = algebra.first(failed, self._where(algebra.negated(not_rated), why))
        highest = max((_outcome(row) for row in (*self.stage.overrides, *self.stage.rows)), default=0)
        level = algebra.level_of(lines, failed, highest)
        level, beyond = self._capped(level)
        failed = algebra.first(failed, beyond)
        failed = algebra.first(failed, self._definitions.work_out_late(level))
        # A stage whose members are refused is not worked out at all, so it adds no reason of its own.
        sound = algebra.negated(algebra.kept(algebra.any_of(self._broken)))
        for code, truth in algebra.each_code(failed):
            self._reasons.add(algebra.kept(algebra.both(sound, truth)), code)
        return Answer(self.stage, self._reasons, not_rated, level, self._formulas, self._inner)

    def _where(self, truth: T | bool, codes: C) -> C:
        return self._algebra.kept_codes(self._algebra.where(self._algebra.kept(truth), codes))

    # ---- members ---------------------------------------------------------------------------------

    def _members(self) -> None:
        admission, points = self._admission, dict(self.stage.points)
        for member, inside, policy in zip(admission.members, admission.inner, admission.policy_of, strict=True):
            if policy is not None and inside is not None:
                inner = _Derivation(inside, self._tables, self._words, self._facts)
                self._settle(member, inner, rule_for(self.stage, policy.critical))
            member.settle(points)

    def _settle(self, member: Member[T, C, V], inner: _Derivation[T, C, V, L], rule: ir.UnratedRule | None) -> None:
        """Take over what a member's own stage found."""
        algebra, answer = self._algebra, inner.answer(summary=False)
        self._inner[inner.stage.name] = answer
        # Where a member that every plan must have is not there, its row has been refused.
        there: T | bool = member.present if member.optional else True
        answer.there = there
        refused = algebra.kept(algebra.both(there, answer.reasons.anywhere()))
        self._reasons.within(there, answer.reasons)
        self._broken.append(refused)
        missing = algebra.kept(algebra.both(there, answer.not_rated))
        member.level = answer.level if there is True else algebra.choose(there, answer.level, algebra.constant(0))
        member.inner_score = answer.formulas.score
        member.rated = member.counts = member.derived = algebra.kept(algebra.both(there, algebra.negated(missing)))
        if rule is None or rule.what is ir.Unrated.STOP:
            stopped = algebra.kept(algebra.both(missing, algebra.negated(refused)))
            self._reasons.add(stopped, _NOT_RATED)
            self._broken.append(stopped)
        elif rule.what is ir.Unrated.COUNT_AS and rule.level is not None:
            member.level = algebra.choose(missing, algebra.constant(rule.level), member.level)
            member.counts = there
            member.levels |= {rule.level}
        member.levels = (member.levels - {0}) | levels_by_lines(inner.stage, always=member.counts is True)

    # ---- the outcome -----------------------------------------------------------------------------

    def _capped(self, level: V) -> tuple[V, C]:
        """The level, no higher than the lowest cap that holds; and why a cap cannot be read where a level was given."""
        algebra, broken = self._algebra, self._algebra.always(0)
        if not self.stage.caps:
            return level, broken
        given = algebra.kept(algebra.compared(level, ir.Relation.MORE, algebra.constant(0)))
        for row in self.stage.caps:
            truth, fault = self._formulas.holds(row.condition)
            broken = algebra.first(broken, self._where(given, fault))
            most = algebra.constant(_outcome(row))
            above = algebra.compared(level, ir.Relation.MORE, most)
            level = algebra.choose(algebra.kept(algebra.both(truth, above)), most, level)
        none = algebra.constant(0)
        return algebra.choose(algebra.kept(algebra.negated(algebra.has(broken))), level, none), broken

    def _somebody(self) -> T | bool:
        """Where any member at all counts."""
        algebra = self._algebra
        counts: T | bool = False
        for member in self._formulas.members:
            counts = algebra.kept(algebra.either(counts, algebra.both(member.present, member.counts)))
        return counts

    def _why_no_level(self, lines: L, *, summary: bool) -> C:
        algebra = self._algebra
        somebody = True if self.stage.of_nothing else self._somebody()
        codes = algebra.code_where(algebra.negated(somebody), _NOT_RATED)
        waits: T | bool = True
        for definition in self.stage.definitions:
            failed = self._definitions.failed(definition)
            waiting = algebra.is_code(failed, WAITS)
            codes = algebra.first(codes, self._where(algebra.negated(waiting), failed))
            if isinstance(definition, ir.ScoreDefinition):
                waits = waiting
        nothing = algebra.is_line(lines, OPEN) if not self.stage.without_level else False
        if not (self.stage.rows or summary):
            nothing = algebra.both(nothing, waits)
        return algebra.first(codes, algebra.code_where(algebra.kept(nothing), _NO_LINE_FITS))

    def _decide(self) -> tuple[L, C]:
        """The line that holds in each row, and the codes of rows in which that cannot be decided."""
        algebra = self._algebra
        overrides = [(_outcome(row), self._formulas.holds(row.condition)) for row in self.stage.overrides]
        failed = algebra.always(0)
        for _, (_, fault) in overrides:
            failed = algebra.first(failed, fault)
        ordered = sorted(overrides, key=lambda each: each[0])
        choices = [(algebra.kept(truth), outcome) for outcome, (truth, _) in ordered]
        decided = algebra.either(algebra.any_of(truth for truth, _ in choices), algebra.has(failed))
        undecided = algebra.kept(algebra.negated(decided))
        if self.stage.hit_policy is ir.HitPolicy.FIRST:
            given, codes = self._in_turn(self.stage.rows, undecided)
        else:
            plain = [row for row in self.stage.rows if isinstance(row.outcome, ir.ToNotRated)]
            given, codes = self._in_turn(plain, undecided)
            decided = algebra.either(algebra.any_of(truth for truth, _ in given), algebra.has(codes))
            others, more = self._only(algebra.kept(algebra.both(undecided, algebra.negated(decided))))
            given, codes = [*given, *others], algebra.first(codes, more)
        return algebra.lines(choices, given), algebra.first(failed, codes)

    def _in_turn(self, rows: Sequence[ir.Row], undecided: T | bool) -> tuple[list[tuple[T | bool, int]], C]:
        """Let the first row that fits hold; also the codes of rows in which that cannot be decided."""
        algebra = self._algebra
        failed = algebra.always(0)
        choices: list[tuple[T | bool, int]] = []
        for row in rows:
            if undecided is False:
                break
            truth, fault = self._formulas.holds(row.condition)
            broken = algebra.has(fault)
            failed = algebra.first(failed, self._where(undecided, fault))
            fits = algebra.kept(algebra.both(undecided, algebra.both(truth, algebra.negated(broken))))
            choices.append((fits, _outcome(row)))
            undecided = algebra.kept(algebra.both(undecided, algebra.negated(algebra.either(truth, broken))))
        return choices, failed

    def _only(self, undecided: T | bool) -> tuple[list[tuple[T | bool, int]], C]:
        """Let the one row that gives a level and fits hold; refuse where two fit."""
        algebra = self._algebra
        choices: list[tuple[T | bool, int]] = []
        twice: T | bool = False
        seen: T | bool = False
        failed = algebra.always(0)
        for row in self.stage.rows:
            if isinstance(row.outcome, ir.ToLevel):
                truth, fault = self._formulas.holds(row.condition)
                failed = algebra.first(failed, self._where(undecided, fault))
                fits = algebra.kept(algebra.both(undecided, truth))
                twice = algebra.kept(algebra.either(twice, algebra.both(seen, fits)))
                seen = algebra.kept(algebra.either(seen, fits))
                choices.append((fits, row.outcome.level))
        twice = algebra.kept(algebra.both(twice, self._somebody()))  # that nobody is rated is told first
        return choices, algebra.first(failed, algebra.code_where(twice, _TWO_LINES_FIT))


def _outcome(row: ir.Row) -> int:
    return row.outcome.level if isinstance(row.outcome, ir.ToLevel) else NOT_RATED_LINE
