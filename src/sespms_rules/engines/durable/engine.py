"""The engine that `rate` runs by default: durable-rules picks the override and the row of every stage.

ir.Program x Appraisal -> Rating. The values that rows compare are the lifted evaluator's, worked out exactly
(engines/durable/algebra.py) and handed to durable-rules as whole numbers; the row it fires is the outcome, and the
words of that row are the reason given.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from fractions import Fraction
from types import TracebackType
from typing import Any, Self

from sespms_rules.engines.durable.host import EngineFaultError, why_unavailable
from sespms_rules.engines.durable.member_values import MemberFrame, StageValues, Tables, frame_of
from sespms_rules.engines.durable.stage import NO_ROW, Decision, NoAnswer, StageTables, level_of, no_answer
from sespms_rules.engines.durable.tables import DurableTables
from sespms_rules.engines.lifted.algebra import WAITS
from sespms_rules.engines.lifted.definitions import AnyDefinition
from sespms_rules.engines.reference.admission import admit
from sespms_rules.engines.reference.admitted_appraisal import Case, CaseMember
from sespms_rules.engines.refusals import RefusalKind
from sespms_rules.foundation.values import maker
from sespms_rules.program import ir
from sespms_rules.program.arithmetic import Exact
from sespms_rules.program.rating import Appraisal, Asked, Outcome, Rating, Refusal, Step, StepKind, Value

__all__ = ["DurableEngine", "why_unavailable"]

_made = maker(Rating)

MOST_DECIDED = 65_536
"""So many decisions of durable-rules are remembered, with the numbers it was asked about."""


class StageAnswer:
    """What a stage came to: its outcome, level and score, its values by name, the row that the engine fired, and the
    questions for the reviewer.
    """

    __slots__ = ("asked", "level", "outcome", "row", "score", "values")

    def __init__(self) -> None:
        self.outcome = Outcome.RATED
        self.level: int | None = None
        self.score: Exact | None = None
        self.values: dict[str, Exact | str] = {}
        self.row: ir.Row | None = None
        self.asked: tuple[Asked, ...] = ()


class DurableEngine:
    """A program made ready for durable-rules, open until `close`; also a context manager.

    Raises `EngineUnavailableError` where durable-rules cannot run (`why_unavailable` says why), and
    `TableRefusedError` for a policy with more lines than it can hold.
    """

    def __init__(self, program: ir.Program) -> None:
        self.program = program
        self._stage = StageTables(program.summary, program.summary.name, Tables(program))
        tables = self._stage.tables()
        self._terms = dict(program.terms)
        self._numbers: dict[Exact, Fraction] = {}
        self._steps: dict[int, Step] = {}
        self._decided: dict[tuple[str, tuple[int, ...]], str] = {}
        digest = hashlib.sha256(repr(tables).encode()).hexdigest()[:16]
        self._tables = DurableTables(digest, tables) if tables else None

    @property
    def ruleset_json(self) -> str:
        """The rules as durable-rules gets them, to be stored and compared."""
        return self._tables.ruleset_json if self._tables else "{}"

    def rate(self, appraisal: Appraisal, admitted: Case | tuple[Refusal, ...] | None = None) -> Rating:
        """Rate one appraisal. Refusals that depend on a formula carry the code, and the reference says why.

        `admitted` is what `admit` gave for it, where that is known.
        """
        case = admit(self.program, appraisal) if admitted is None else admitted
        if isinstance(case, tuple):
            return Rating(appraisal.id, Outcome.REFUSED, refused=case, engine="durable")
        try:
            answer = self._derive(case, self._stage)
        except NoAnswer as none:
            return Rating(appraisal.id, Outcome.REFUSED, refused=tuple(map(_refusal, none.kinds)), engine="durable")
        return self._rating(appraisal, answer)

    def _rating(self, appraisal: Appraisal, answer: StageAnswer) -> Rating:
        values: tuple[tuple[str, Value], ...] = ()
        shown = values
        if answer.values:
            values = tuple((name, _value(value)) for name, value in answer.values.items())
            shown = tuple((name, value) for name, value in values if name in self.program.summary.reported)
        return _made(
            appraisal.id,
            answer.outcome,
            score=None if answer.score is None else self._number(answer.score),
            level=answer.level,
            term=self._terms.get(answer.level) if answer.level is not None else None,
            values=values,
            reported=shown,
            trace=self._fired_step(answer.row),
            engine="durable",
            asked=answer.asked,
        )

    def _number(self, number: Exact) -> Fraction:
        """A score as ratings hold it; the same few come again and again."""
        found = self._numbers.get(number)
        if found is None:
            if len(self._numbers) > MOST_DECIDED:
                self._numbers.clear()
            found = self._numbers[number] = Fraction(number)
        return found

    def _fired_step(self, row: ir.Row | None) -> Step:
        """What the engine says of itself: the line that it fired."""
        found = self._steps.get(id(row))
        if found is None:
            fired, origin = ("no line", None) if row is None else (row.origin.span.text, row.origin)
            found = self._steps[id(row)] = Step("durable-rules fired", fired, origin=origin, kind=StepKind.FIRED)
        return found

    # ---- one stage -------------------------------------------------------------------------------

    def _derive(self, case: Case, stage: StageTables) -> StageAnswer:
        """Work out a stage: members, definitions, the line that the engine fires, what asks for the level."""
        members = self._members(case, stage)
        values, answer = stage.values_for(tuple([member.name for member in case.members])), StageAnswer()
        facts = [number for _, number in case.facts]
        found = values.values(members, facts)
        broken, waits = _define(answer, stage.stage.definitions, found)
        quantities = found[2 * len(stage.stage.definitions) :]
        rated = True in [member.counts for member in members]
        row = answer.row = self._decide(quantities, stage, rated=rated)
        if row is not None and isinstance(row.outcome, ir.ToNotRated):
            answer.outcome = Outcome.NOT_RATED
            _finish(answer, values, members, facts, waits=False)
            return answer
        if not rated and not stage.stage.of_nothing:
            raise NoAnswer(RefusalKind.NOT_RATED)
        if broken:
            raise no_answer(broken)
        levelless = stage.stage.without_level
        if row is None and not levelless and (stage.stage.rows or case.place.element is None or answer.score is None):
            raise NoAnswer(RefusalKind.NO_LINE_FITS)
        if row is not None:
            answer.row = self._capped(quantities, stage, row)
            answer.level = level_of(answer.row)
        _finish(answer, values, members, facts, waits=waits and answer.level is not None)
        return answer

    def _members(self, case: Case, stage: StageTables) -> list[MemberFrame]:
        """The members, the stages of all of them worked out; raises NoAnswer with what each of these refuses for."""
        members: list[MemberFrame] = []
        kinds: list[RefusalKind] = []
        for member in case.members:
            if member.nested is None:
                members.append(stage.frame(member))
                continue
            try:
                members.append(self._member(member, member.nested, stage))
            except NoAnswer as none:
                kinds += none.kinds
        if kinds:
            raise NoAnswer(*kinds)
        return members

    def _member(self, member: CaseMember, nested: Case, stage: StageTables) -> MemberFrame:
        made = frame_of(member, stage.stage)
        self._settle(made, member, self._derive(nested, stage.members[member.name]))
        return made

    def _settle(self, made: MemberFrame, member: CaseMember, answer: StageAnswer) -> None:
        """Take over what a member's own stage came to."""
        made.asked = answer.asked
        if answer.outcome is Outcome.RATED:
            made.level, made.score = answer.level or 0, answer.score or 0
            return
        made.rated = made.counts = False
        rule = member.unrated
        if rule is None or rule.what is ir.Unrated.STOP:
            raise NoAnswer(RefusalKind.NOT_RATED)
        if rule.what is ir.Unrated.COUNT_AS:
            made.level, made.counts = rule.level or 0, True

    def _decide(self, quantities: Sequence[Any], stage: StageTables, *, rated: bool) -> ir.Row | None:
        """Ask the engine for the override, else for the row; refuse where a second row fits as well.

        Two rows that fit whom nobody `rated` are no fault of the rows: that nobody was rated is told instead.
        """
        if stage.overrides is not None:
            key = self._ask(stage.overrides, quantities, every=True)
            if key != NO_ROW:
                return stage.overrides.rows[key]
        if stage.rows is None:
            return None
        unique = stage.stage.hit_policy is ir.HitPolicy.UNIQUE
        key = self._ask(stage.rows, quantities, every=unique)
        if key == NO_ROW:
            return None
        behind = stage.later.get(key)
        if behind is not None and rated and self._ask(behind, quantities, every=True) != NO_ROW:
            raise NoAnswer(RefusalKind.TWO_LINES_FIT)
        return stage.rows.rows[key]

    def _capped(self, quantities: Sequence[Any], stage: StageTables, row: ir.Row) -> ir.Row:
        """The lowest cap that the engine fires, where it is lower than the level of a row; else the row."""
        if stage.caps is None:
            return row
        key = self._ask(stage.caps, quantities, every=True)
        cap = None if key == NO_ROW else stage.caps.rows[key]
        return cap if cap is not None and level_of(cap) < level_of(row) else row

    def _ask(self, decision: Decision, quantities: Sequence[Any], *, every: bool) -> str:
        """Return the key of the row the engine fires; `every` says that all rows are read, not those up to it."""
        found = decision.work(quantities)
        asked = (decision.table.name, found[: len(decision.names)])
        key = self._decided.get(asked)
        if key is None:
            key = self._decide_anew(decision, asked)
        faults = found[len(decision.names) :]
        if any(faults):
            decision.refuse_what_failed(faults, key, every=every)
        return key

    def _decide_anew(self, decision: Decision, asked: tuple[str, tuple[int, ...]]) -> str:
        """Let durable-rules decide what it was not asked yet; the same numbers are answered from what it said."""
        if self._tables is None:
            raise AssertionError("a stage with rows has tables")
        name, numbers = asked
        try:
            key = self._tables.decide(name, dict(zip(decision.names, numbers, strict=True)))
        except EngineFaultError:
            self._decided.clear()  # an engine that failed once is not believed in what it said before
            raise
        if len(self._decided) > MOST_DECIDED:
            self._decided.clear()
        self._decided[asked] = key
        return key

    # ---- opening and closing ---------------------------------------------------------------------

    def close(self) -> None:
        """Give the engine's memory back."""
        if self._tables is not None:
            self._tables.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _define(answer: StageAnswer, definitions: Sequence[AnyDefinition], found: Sequence[Any]) -> tuple[int, bool]:
    """Take over the definitions that have a value; return the code of the first that never will, else 0.

    `found` holds a number and a code for each. Returned beside it is whether some wait for the level.
    """
    broken, waits = 0, False
    for place, definition in enumerate(definitions):
        code = found[2 * place + 1]
        if not code:
            _keep(answer, definition, found[2 * place])
        elif code == WAITS:
            waits = True
        else:
            broken = broken or code
    return broken, waits


def _finish(
    answer: StageAnswer, values: StageValues, members: Sequence[MemberFrame], facts: Sequence[Exact], *, waits: bool
) -> None:
    """Take over what waited for the level and the questions that are asked, those of the members behind its own.

    Raises NoAnswer where a definition that waited has no value now.
    """
    if waits or values.questions:
        broken, *found = values.late(members, facts, answer.level or 0, answer.outcome is Outcome.NOT_RATED)
        if broken:
            raise no_answer(broken)
        for place, definition in enumerate(values.waiting):
            if not found[2 * place + 1]:
                _keep(answer, definition, found[2 * place])
        truths = zip(values.questions, found[2 * len(values.waiting) :], strict=True)
        answer.asked = tuple(Asked.of(question) for question, asked in truths if asked)
    for member in members:
        answer.asked += member.asked


def _keep(answer: StageAnswer, definition: AnyDefinition, value: Exact | str) -> None:
    if isinstance(definition, ir.Definition):
        if definition.each is None:
            answer.values[definition.name] = value
    elif not isinstance(value, str):
        answer.score = value


def _value(value: Exact | str) -> Value:
    return value if isinstance(value, str) else Fraction(value)


def _refusal(kind: RefusalKind) -> Refusal:
    return kind.because("the policy's formula has no answer for this appraisal", "the reference engine says where")
