"""The engine that `rate` runs by default: durable-rules picks the override and the row of every stage.

ir.Program x Appraisal -> Rating. The values that rows compare are worked out exactly (engines/durable/closures.py)
and handed to durable-rules as whole numbers; the row it fires is the outcome, and the words of that row are the
reason given.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from fractions import Fraction
from types import TracebackType
from typing import Self

from sespms_rules.engines.durable.closures import Compiled, Compiler
from sespms_rules.engines.durable.host import is_available, why_unavailable
from sespms_rules.engines.durable.member_values import (
    Frame,
    LevelNotYetKnown,
    MemberFrame,
    NoAnswer,
    compile_counted,
    number,
)
from sespms_rules.engines.durable.stage import NO_ROW, Decision, StageTables, level_of
from sespms_rules.engines.durable.tables import DurableTables
from sespms_rules.engines.reference.admission import admit
from sespms_rules.engines.reference.admitted_appraisal import Case, CaseMember
from sespms_rules.engines.refusals import RefusalKind
from sespms_rules.program import ir
from sespms_rules.program.arithmetic import Exact
from sespms_rules.program.rating import Appraisal, Asked, Outcome, Rating, Refusal, Step, StepKind, Value

__all__ = ["DurableEngine", "is_available", "why_unavailable"]


class Answer:
    """What a stage came to: its outcome, its frame, and the row that the engine fired."""

    __slots__ = ("asked", "frame", "outcome", "row")

    def __init__(self, frame: Frame, outcome: Outcome, row: ir.Row | None, asked: tuple[Asked, ...]) -> None:
        self.frame = frame
        self.outcome = outcome
        self.row = row
        self.asked = asked


class DurableEngine:
    """A program made ready for durable-rules, open until `close`; also a context manager.

    Raises `EngineUnavailableError` where durable-rules cannot run (`why_unavailable` says why), and
    `TableRefusedError` for a policy with more lines than it can hold.
    """

    def __init__(self, program: ir.Program) -> None:
        self.program = program
        compiler = Compiler(program.tables)
        self._stage = StageTables(program.summary, program.summary.name, compiler)
        tables = self._stage.tables()
        digest = hashlib.sha256(repr(tables).encode()).hexdigest()[:16]
        self._tables = DurableTables(digest, tables) if tables else None

    @property
    def ruleset_json(self) -> str:
        """The rules as durable-rules gets them, to be stored and compared."""
        return self._tables.ruleset_json if self._tables else "{}"

    def rate(self, appraisal: Appraisal) -> Rating:
        """Rate one appraisal. Refusals that depend on a formula carry the code, and the reference says why."""
        case = admit(self.program, appraisal)
        if isinstance(case, tuple):
            return Rating(appraisal.id, Outcome.REFUSED, refused=case, engine="durable")
        try:
            answer = self._derive(case, self._stage)
        except NoAnswer as none:
            return Rating(appraisal.id, Outcome.REFUSED, refused=(_refusal(none.kind),), engine="durable")
        return self._rating(appraisal, answer)

    def _rating(self, appraisal: Appraisal, answer: Answer) -> Rating:
        frame = answer.frame
        values = tuple((name, _value(value)) for name, value in frame.named.items())
        shown = tuple((name, value) for name, value in values if name in self.program.summary.reported)
        fired = "no line" if answer.row is None else answer.row.origin.span.text
        return Rating(
            appraisal.id,
            answer.outcome,
            score=None if frame.score is None else Fraction(frame.score),
            level=frame.level,
            term=dict(self.program.terms).get(frame.level) if frame.level is not None else None,
            values=values,
            reported=shown,
            trace=Step(
                "durable-rules fired", fired, origin=answer.row.origin if answer.row else None, kind=StepKind.FIRED
            ),
            engine="durable",
            asked=answer.asked,
        )

    # ---- one stage -------------------------------------------------------------------------------

    def _derive(self, case: Case, stage: StageTables) -> Answer:
        """Work out a stage: members, definitions, the line that the engine fires, what asks for the level."""
        frame = self._frame(case, stage)
        late = _define(frame, stage)
        row = self._decide(frame, stage)
        if row is not None and isinstance(row.outcome, ir.ToNotRated):
            return self._answer(frame, stage, Outcome.NOT_RATED, row)
        if not any(member.counts for member in frame.members):
            raise NoAnswer(RefusalKind.NOT_RATED)
        if frame.failed:
            raise NoAnswer(next(iter(frame.failed.values())))
        if row is None and (stage.stage.rows or case.place.element is None or frame.score is None):
            raise NoAnswer(RefusalKind.NO_LINE_FITS)
        if row is not None and isinstance(row.outcome, ir.ToLevel):
            row = self._capped(frame, stage, row)
            frame.level = level_of(row)
        if frame.level is not None:
            for definition, work in late:
                _work_out(frame, definition, work)
        return self._answer(frame, stage, Outcome.RATED, row)

    def _answer(self, frame: Frame, stage: StageTables, outcome: Outcome, row: ir.Row | None) -> Answer:
        """What the stage came to, with the questions for the reviewer, its own before those of its members."""
        own = tuple(Asked.of(each) for each, holds in stage.questions if _is_asked(frame, outcome, holds))
        inner = (asked for name in stage.members for asked in frame.by_name[name].asked)
        return Answer(frame, outcome, row, (*own, *inner))

    def _frame(self, case: Case, stage: StageTables) -> Frame:
        points = dict(case.stage.points)
        return Frame([self._member(member, stage, points) for member in case.members])

    def _member(self, member: CaseMember, stage: StageTables, points: dict[int, Fraction]) -> MemberFrame:
        made = MemberFrame(member.name, member.critical)
        made.weight = member.weight
        made.further = dict(member.further)
        made.level = member.level
        made.points = made.score = member.number
        made.rated = member.rated is not False
        made.counts = made.rated or member.level is not None
        if member.nested is not None:
            self._settle(made, member, self._derive(member.nested, stage.members[member.name]))
        if made.level is not None:
            made.points = points.get(made.level)
            if member.nested is None or not made.rated:
                made.score = made.points
        return made

    def _settle(self, made: MemberFrame, member: CaseMember, answer: Answer) -> None:
        """Take over what a member's own stage came to."""
        made.asked = answer.asked
        if answer.outcome is Outcome.RATED:
            made.level, made.score = answer.frame.level, answer.frame.score
            return
        made.rated = made.counts = False
        rule = member.unrated
        if rule is None or rule.what is ir.Unrated.STOP:
            raise NoAnswer(RefusalKind.NOT_RATED)
        if rule.what is ir.Unrated.COUNT_AS:
            made.level, made.counts = rule.level, True

    def _decide(self, frame: Frame, stage: StageTables) -> ir.Row | None:
        """Ask the engine for the override, else for the row; refuse where a second row fits as well."""
        if stage.overrides is not None:
            key = self._ask(stage.overrides, frame, every=True)
            if key != NO_ROW:
                return stage.overrides.rows[key]
        if stage.rows is None:
            return None
        unique = stage.stage.hit_policy is ir.HitPolicy.UNIQUE
        key = self._ask(stage.rows, frame, every=unique)
        if key == NO_ROW:
            return None
        behind = stage.later.get(key)
        if behind is not None and self._ask(behind, frame, every=True) != NO_ROW:
            raise NoAnswer(RefusalKind.TWO_LINES_FIT)
        return stage.rows.rows[key]

    def _capped(self, frame: Frame, stage: StageTables, row: ir.Row) -> ir.Row:
        """The lowest cap that the engine fires, where it is lower than the level of a row; else the row."""
        if stage.caps is None:
            return row
        key = self._ask(stage.caps, frame, every=True)
        cap = None if key == NO_ROW else stage.caps.rows[key]
        return cap if cap is not None and level_of(cap) < level_of(row) else row

    def _ask(self, decision: Decision, frame: Frame, *, every: bool) -> str:
        """Return the key of the row the engine fires; `every` says that all rows are read, not those up to it."""
        facts, failed = decision.facts.of(frame)
        if self._tables is None:
            raise AssertionError("a stage with rows has tables")
        key = self._tables.decide(decision.table.name, facts)
        if failed:
            decision.refuse_what_failed(facts, failed, every=every)
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


def _define(frame: Frame, stage: StageTables) -> list[tuple[ir.Definition | ir.ScoreDefinition, Compiled]]:
    """Work out the definitions in order; return those that wait for the level."""
    late = []
    for definition, work in stage.definitions:
        try:
            _work_out(frame, definition, work)
        except NoAnswer as none:
            frame.failed[definition.name if isinstance(definition, ir.Definition) else None] = none.kind
        except LevelNotYetKnown:
            late.append((definition, work))
    return late


def _work_out(frame: Frame, definition: ir.Definition | ir.ScoreDefinition, work: Compiled) -> None:
    if isinstance(definition, ir.ScoreDefinition):
        frame.score = number(work(frame, None))
    elif definition.each is None:
        frame.named[definition.name] = work(frame, None)
    else:
        for member in compile_counted(definition.each)(frame):
            member.named[definition.name] = work(frame, member)


def _is_asked(frame: Frame, outcome: Outcome, holds: Callable[[Frame, MemberFrame | None], bool] | None) -> bool:
    """Whether a question is asked: also of who is rated where that cannot be worked out."""
    try:
        return holds is None or holds(frame, None)
    except (NoAnswer, LevelNotYetKnown):
        return outcome is Outcome.RATED


def _value(value: Exact | str) -> Value:
    return value if isinstance(value, str) else Fraction(value)


def _refusal(kind: RefusalKind) -> Refusal:
    return kind.because("the policy's formula has no answer for this appraisal", "the reference engine says where")
