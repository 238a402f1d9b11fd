"""ir.Program -> what can come of it: the line that decides, the level, no level at all, a rating raised by an override.

The one decision procedure behind these findings. First what is sure by ranges of values; then appraisals that are
rated, all of them where they are few; then, only where that leaves something open, the solver, which is handed in.
What stays open is kept as open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from sespms_rules.checks.decided.coming import LISTED, TRIED, Coming, coming, nothing_of
from sespms_rules.checks.decided.score_ranges import what_is_sure
from sespms_rules.checks.decided.variants import (
    RAISED,
    MarkedProgram,
    alone,
    always,
    bare,
    fitting_both,
    inner,
    marked,
    may_raise,
    outdoing,
    overriding,
    raising,
    unfit,
    without_overrides,
)
from sespms_rules.engines.reference import rate
from sespms_rules.engines.refusals import RefusalKind
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.program.ir import Member, Program, Row, Stage, ToLevel, Unrated
from sespms_rules.program.members import parts_read
from sespms_rules.program.rating import Appraisal, Outcome, Rated, Rating
from sespms_rules.program.unrated_rules import rule_for

NOBODY = RefusalKind.NOT_RATED.code
"""Nobody was rated, or a value reads the rating of one who was not."""


class Question(Frozen):
    """Asked of a solver: can a program end at each of these levels, without a rating, or refused by its own lines."""

    program: Program
    levels: tuple[int, ...]
    silent: bool = field(default=False)
    refused: bool = field(default=False)


class Answer(Frozen):
    """Appraisals by the level they end at; `never` are levels none ends at; `why` says what stayed open, if anything.

    `refused` and `silent` are appraisals that end so; where there are none, `never_refused` and `never_silent` say
    that there can be none.
    """

    reached: Mapping[int, Appraisal] = field(default={}, compare=False)
    never: frozenset[int] = field(default=frozenset())
    silent: Appraisal | None = field(default=None)
    never_silent: bool = field(default=False)
    refused: Appraisal | None = field(default=None)
    never_refused: bool = field(default=False)
    why: str = field(default="")


Solve = Callable[[Question], Answer]


class Raise(Frozen):
    """An override that raises a rating: the level it gives, that which the lines alone give, an appraisal."""

    override: Row
    level: int
    without: int | None
    appraisal: Appraisal


class Decision(Frozen):
    """What can come of one derivation; `member` is the element it derives, None for the summary rating.

    `dead` are lines that decide no appraisal, each with what keeps it from it; `given` the levels that some appraisal
    gets; `never` those that a line gives and no appraisal gets. `gaps` are appraisals that are refused, one for each
    code. `open` says in plain words what was not settled.
    """

    program: Program
    member: Member | None
    dead: tuple[tuple[Row, Why], ...]
    given: frozenset[int]
    never: frozenset[int]
    gaps: tuple[tuple[Appraisal, Rating], ...]
    raised: tuple[Raise, ...]
    open: tuple[str, ...]


class Why(Frozen):
    """What keeps a line from deciding: lines before it (`hidden`), overrides (`overridden`), or its own words.

    `harmless` says that those which do give what it would give: a safeguard.
    """

    hidden: bool
    overridden: bool
    harmless: bool = field(default=False)


def decide(program: Program, solve: Solve) -> tuple[Decision, ...]:
    """Decide the summary rating and every element that is derived by lines of its own."""
    derived = [each for each in program.summary.members if each.stage is not None and _gives_levels(each.stage)]
    asked: list[tuple[Program, Member | None]] = [(program, None)]
    return tuple(
        _Deciding(each, member, solve).decision()
        for each, member in (*asked, *((inner(program, member), member) for member in derived))
        if _gives_levels(each.summary)
    )


def _gives_levels(stage: Stage) -> bool:
    """Whether something gives a level, be it an override or a cap alone: who meets none of them then gets no level."""
    return bool(stage.overrides or stage.caps) or any(isinstance(row.outcome, ToLevel) for row in stage.rows)


READ = 100_000
"""So many lines and values are read to rate what is tried: of a policy of at most 80 lines all that is asked for."""

_READ_AGAIN = 1_000_000
"""So many to explain why lines decide nothing."""

MOST_LINES = 200
"""The solver is asked about a derivation of at most so many lines: what it is handed grows with each."""

_MOST_EXPLAINED = 20
"""How many lines that decide nothing are looked into; each asks the whole of the lines again, many times."""


class _Deciding:
    """One derivation while it is decided."""

    def __init__(self, program: Program, member: Member | None, solve: Solve) -> None:
        self.program = program
        self.member = member
        self.solve = solve
        self.marked: MarkedProgram = marked(program)
        self.waiting = dict(self.marked.lines)
        self.silent = self.marked.silent
        self.overrides = {mark: row for mark, row in self.marked.lines if row in program.summary.overrides}
        self.unsure = _what_is_unsure(program)
        self.gaps: dict[str, tuple[Appraisal, Rating]] = {}
        self.raising = {row: raising(program, row) for row in may_raise(program)}
        self.raised: list[Raise] = []
        self.given: set[int] = set()
        # Lines mark what they give; what a cap makes of it is seen by rating alone, so its levels are waited for too.
        self.unseen: set[int] = _levels(program) if program.summary.caps else set()
        self.open: list[str] = []
        self.size = parts_read(program)
        self.left = READ

    def decision(self) -> Decision:
        """What can come of the program: rated as far as plans can be listed, and by the solver beyond."""
        plans = coming(self.program)
        complete = self._rated(plans)
        if not complete and self.size > MOST_LINES:
            why = f"it has {self.size:,} lines, values and elements, and the solver is asked about at most {MOST_LINES}"
            self.open.append(f"what can come of each line: {why}")
        elif not complete:
            self._solved()
        levels = _levels(self.program)
        dead = [] if self.open else [*self.waiting.values(), *([self.silent] if self.silent else [])]
        most = min(_MOST_EXPLAINED, _READ_AGAIN // (self.size * TRIED))
        if len(dead) > most:
            what = f"what keeps {len(dead) - most:,} more lines from deciding any appraisal"
            self.open.append(f"{what}: that is more work than a check does")
        return Decision(
            self.program,
            self.member,
            tuple((row, self._why(row, plans)) for row in dead[:most]),
            frozenset(self.given),
            frozenset() if self.open else frozenset(levels - self.given),
            tuple(self.gaps.values()),
            tuple(self.raised),
            tuple(self.open),
        )

    # ---- by rating -----------------------------------------------------------------------------------

    def _rated(self, plans: Coming) -> bool:
        """Rate appraisals until nothing is open; say whether nothing is left to ask."""
        count = plans.count
        few = count is not None and count <= LISTED
        tried: Iterator[Appraisal] = plans.all() if few else islice(plans.telling(), TRIED)
        for appraisal in tried:
            self._look_at(appraisal)
            if self._is_settled():
                return True
            self.left -= self.size
            if self.left <= 0:
                return False
        return few

    def _is_settled(self) -> bool:
        unsure = any(codes.isdisjoint(self.gaps) for codes, _ in self.unsure)
        return not (unsure or self.waiting or self.unseen or self.silent or self.raising)

    def _look_at(self, appraisal: Appraisal) -> None:
        rating = rate(self.marked.program, appraisal, trace=False)
        if rating.outcome is Outcome.REFUSED:
            self._gap(appraisal)
        elif rating.outcome is Outcome.NOT_RATED:
            self.silent = None
        elif rating.level is not None:
            self._gives(appraisal, self.marked.level(rating.level))
            self.waiting.pop(rating.level, None)
            override = self.overrides.get(rating.level)
            if override in self.raising and rate(self.raising[override], appraisal, trace=False).level == RAISED:
                self._raised(override, appraisal)

    def _gives(self, appraisal: Appraisal, by_line: int) -> None:
        """Take down the level of an appraisal: that of its line, or what caps make of it."""
        level: int | None = by_line
        if self.program.summary.caps:
            level = rate(self.program, appraisal, trace=False).level
        if level is not None:
            self.given.add(level)
            self.unseen.discard(level)

    def _gap(self, appraisal: Appraisal) -> None:
        rating = rate(self.program, appraisal, trace=False)
        code = next((each.code for each in rating.refused), "")
        if not any(map(_is_rated, appraisal.elements)):
            return  # that nobody was rated is no fault of the lines
        of_the_policy = code == NOBODY and (lacks(appraisal, rating) or _is_left_out(self.program, appraisal))
        tells_more = code not in self.gaps or (lacks(appraisal, rating) and not lacks(*self.gaps[code]))
        if (code >= RefusalKind.NO_LINE_FITS.code or of_the_policy) and tells_more:
            self.gaps[code] = (appraisal, rating)

    def _raised(self, override: Row, appraisal: Appraisal) -> None:
        del self.raising[override]
        summary = self.program.summary
        level = rate(self.program, appraisal, trace=False).level
        without = rate(bare(self.program), appraisal, trace=False).level
        if level is not None and override in summary.overrides and (without is None or without < level):
            self.raised.append(Raise(override, level, without, appraisal))

    # ---- by the solver -------------------------------------------------------------------------------

    def _solved(self) -> None:
        """Ask the solver for what is open; every appraisal it shows is rated before it counts."""
        question = Question(self.marked.program, tuple(self.waiting), self.silent is not None)
        if question.levels or question.silent:
            answer = self.solve(question)
            for shown in (*answer.reached.values(), answer.silent):
                if shown is not None:
                    self._look_at(shown)
            if set(self.waiting) - answer.never or (self.silent is not None and not answer.never_silent):
                self.open.append(f"whether each line decides some appraisal: {answer.why}")
        if self.unseen:
            answer = self.solve(Question(self.program, tuple(self.unseen)))
            for shown in answer.reached.values():
                self._look_at(shown)
            if self.unseen - answer.never:
                self.open.append(f"whether each level is given: {answer.why}")
        for codes, changed in self.unsure:
            if codes.isdisjoint(self.gaps):
                self._solved_gap(changed)
        for override, changed in tuple(self.raising.items()):
            answer = self.solve(Question(changed, (RAISED,)))
            if RAISED in answer.reached:
                self._raised(override, answer.reached[RAISED])
            elif RAISED not in answer.never:
                self.open.append(f"whether `{override.origin.span.text}` raises a rating: {answer.why}")

    def _solved_gap(self, changed: Program) -> None:
        """Ask for an appraisal that is refused: one at the mark, or where nothing but values can refuse, any."""
        by_mark = any(row.outcome == ToLevel(RAISED) for row in changed.summary.rows)
        answer = self.solve(Question(changed, (RAISED,) if by_mark else (), refused=not by_mark))
        shown = answer.reached.get(RAISED) if by_mark else answer.refused
        if shown is not None:
            self._gap(shown)
        elif not (RAISED in answer.never if by_mark else answer.never_refused):
            self.open.append(f"whether each appraisal gets one level: {answer.why}")

    def _why(self, line: Row, plans: Coming) -> Why:
        """What keeps a line that decides nothing from deciding."""
        if line in self.program.summary.overrides:
            return Why(hidden=False, overridden=self._can_hold(alone(self.program, line), plans))
        if self._can_hold(without_overrides(self.program, line), plans):
            apart = [row for row in self.program.summary.overrides if row.outcome != line.outcome]
            changed = any(self._can_hold(overriding(self.program, row, line), plans) for row in apart)
            return Why(hidden=False, overridden=True, harmless=not changed)
        if not self._can_hold(alone(self.program, line), plans):
            return Why(hidden=False, overridden=False)
        return Why(hidden=True, overridden=False, harmless=not self._can_hold(outdoing(self.program, line), plans))

    def _can_hold(self, program: Program, plans: Coming) -> bool:
        """Whether some appraisal gets the mark; where neither rating nor the solver settles it, that it may."""
        count = plans.count
        few = count is not None and count <= LISTED
        tried = plans.all() if few else islice(plans.telling(), TRIED // 4)
        if any(rate(program, each, trace=False).level == RAISED for each in tried):
            return True
        return not few and RAISED not in self.solve(Question(program, (RAISED,))).never


def _levels(program: Program) -> set[int]:
    """The levels that lines and caps of the summary give."""
    stage = program.summary
    lines = (*stage.overrides, *stage.rows, *stage.caps)
    return {row.outcome.level for row in lines if isinstance(row.outcome, ToLevel)}


def _what_is_unsure(program: Program) -> list[tuple[frozenset[str], Program]]:
    """What may refuse an appraisal: the codes it refuses with, and a program that shows where it does."""
    sure = what_is_sure(program)
    found = [] if sure.taken else [(frozenset({RefusalKind.NO_LINE_FITS.code}), unfit(program))]
    found += (
        []
        if sure.values and not any(nothing_of(program, each) for each in program.summary.members)
        else [
            (
                frozenset(
                    {
                        NOBODY,
                        RefusalKind.NOTHING_TO_AVERAGE.code,
                        RefusalKind.DIVISION_BY_ZERO.code,
                        RefusalKind.TABLE_HAS_NO_ROW.code,
                    }
                ),
                always(program),
            )
        ]
    )
    return found + [(frozenset({RefusalKind.TWO_LINES_FIT.code}), fitting_both(program, *pair)) for pair in sure.both]


def _is_rated(one: Rated) -> bool:
    return one.rating is not None or any(map(_is_rated, one.requirements))


def lacks(appraisal: Appraisal, rating: Rating) -> bool:
    """Whether an appraisal is refused for an element that its plan does not have, and need not have."""
    about = next((each.about for each in rating.refused), None)
    return about is not None and all(each.name != about.split(" / ")[0] for each in appraisal.elements)


def _is_left_out(program: Program, appraisal: Appraisal) -> bool:
    """Whether somebody was rated, and no missing rating is one that stops the rating by the policy's own words."""
    stage = program.summary
    missing = [each for each in appraisal.elements if each.is_missing]
    rules = [rule_for(stage, each.critical) for each in missing]
    return len(missing) < len(appraisal.elements) and all(rule and rule.what is not Unrated.STOP for rule in rules)
