"""Why a row stands where it does: the line of the policy that gave its level, or the reasons of its refusal.

Where only one line can give a level, that line gave it. Otherwise the reference engine derives the level anew and
says which line held; its answer must be the one the population was rated by.
"""

from __future__ import annotations

from sespms_rules.engines import reference
from sespms_rules.engines.confirmed import EnginesDisagreeError
from sespms_rules.engines.reference import Case, admit, derive
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.program.ir import Program, Row, ToLevel
from sespms_rules.program.rating import Appraisal, Outcome, Refusal, Step
from sespms_rules.program.wording import Wording, policy_line
from sespms_rules.rosters.files import RosterRow
from sespms_rules.rosters.population import State


class Line(Frozen):
    """What decided: the words of a line, the file and the number of the line, the authority it names.

    `file` is empty and `number` 0 where no line of a policy decided. `codes` are set for a refusal.
    """

    words: str
    file: str = field(default="")
    number: int = field(default=0)
    authority: str | None = field(default=None)
    codes: tuple[str, ...] = field(default=())


class Because:
    """Tells, for one program, which line decided about a row.

    `thorough` has every row derived anew by the reference engine, also where only one line is possible.
    """

    def __init__(self, program: Program, *, thorough: bool) -> None:
        self._program = program
        self._thorough = thorough
        self._tables = {table.name: table for table in program.tables}
        self._wording = Wording(program.summary)
        self._possible: dict[State, list[Row]] = {}
        for row in (*program.summary.overrides, *program.summary.rows, *program.summary.caps):
            end: State = row.outcome.level if isinstance(row.outcome, ToLevel) else Outcome.NOT_RATED
            self._possible.setdefault(end, []).append(row)

    def only_line(self, state: State) -> Line | None:
        """The line behind everyone who stands somewhere, where no other line can lead there; None where one can."""
        possible = self._possible.get(state, [])
        return self._line(possible[0]) if len(possible) == 1 and not self._thorough else None

    def line(self, row: RosterRow, state: State) -> Line:
        """The line that put a row where it stands; EnginesDisagreeError where the reference puts it elsewhere."""
        if row.appraisal is None or state is Outcome.REFUSED:
            return self._refused(row)
        return self.only_line(state) or self._line(self._decided(row.appraisal, state))

    def refusals(self, row: RosterRow) -> tuple[Refusal, ...]:
        """Why a row is refused; none where it is not."""
        if row.appraisal is None:
            return row.refusals
        return reference.rate(self._program, row.appraisal, trace=False).refused

    def _decided(self, appraisal: Appraisal, state: State) -> Row:
        case = admit(self._program, appraisal)
        derivation = derive(case, self._tables) if isinstance(case, Case) else None
        found: State = Outcome.REFUSED
        if derivation is not None and not derivation.refused:
            level = derivation.evaluation.level
            found = derivation.outcome if level is None else level
        if found != state or derivation is None or derivation.decided is None:
            raise EnginesDisagreeError(
                f"the engines disagree about `{appraisal.id}`, so nothing is reported: columnar says {said(state)}, "
                f"reference says {said(found)}"
            )
        return derivation.decided

    def _line(self, row: Row) -> Line:
        span = row.origin.span
        words = self._wording.line(row)
        if not policy_line(row.origin):
            return Line(words)
        return Line(words, span.source.name, span.line, row.origin.authority)

    def _refused(self, row: RosterRow) -> Line:
        codes = tuple(dict.fromkeys(each.code for each in self.refusals(row)))
        if not codes:
            raise EnginesDisagreeError(
                f"the engines disagree about `{row.id}`, so nothing is reported: columnar refuses, reference rates"
            )
        return Line(f"refused: {', '.join(codes)}", codes=codes)


def said(state: State) -> str:
    """Where a row stands, in words: `level 4`, `not rated`, `refused`."""
    return state.value if isinstance(state, Outcome) else f"level {state}"


# ---- the first step that differs -------------------------------------------------------------------


class Turn(Frozen):
    """The first step of a derivation that went differently, as each of the two told it; empty where one has none."""

    before: str
    after: str


def turning_point(before: Program, after: Program, appraisal: Appraisal) -> Turn | None:
    """The first step, in the order of the derivation, in which two programs part ways over one appraisal."""
    old, new = (reference.rate(each, appraisal).trace for each in (before, after))
    return None if old is None or new is None else _parting(old, new)


def _parting(old: Step, new: Step) -> Turn | None:
    """The deepest first difference: what a step rests on is told before the step itself."""
    for place in range(max(len(old.steps), len(new.steps))):
        first = old.steps[place] if place < len(old.steps) else None
        second = new.steps[place] if place < len(new.steps) else None
        if first is None or second is None:
            return Turn("" if first is None else first.says, "" if second is None else second.says)
        found = _parting(first, second)
        if found is not None:
            return found
    return Turn(old.says, new.says) if _told_by(old) != _told_by(new) else None


def _told_by(step: Step) -> tuple[object, ...]:
    """What a step tells, apart from how it words that."""
    return step.kind, step.about, step.value, step.before, step.row
