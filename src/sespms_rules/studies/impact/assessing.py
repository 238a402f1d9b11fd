"""Policy, amendments and a roster -> an Impact: all that a report says, with the rows behind every figure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.language.model import System
from sespms_rules.language.syntax.steps import Cap
from sespms_rules.language.syntax.words import PartKind
from sespms_rules.law.provenance import FileRead
from sespms_rules.rosters.files import UNKNOWN_COLUMN
from sespms_rules.rosters.population import (
    CohortVerdict,
    Distribution,
    State,
    cohort_verdicts,
    distribution,
    distributions_by,
    fits,
    levels_of,
    synthetic_remark,
)
from sespms_rules.studies.impact.comparing import Cells, Direction, Move, direction, matrix, moves
from sespms_rules.studies.impact.consequences import Follows, what_follows
from sespms_rules.studies.impact.law import LawNote
from sespms_rules.studies.impact.reasons import Because
from sespms_rules.studies.impact.reported import ValueMoves, changed_places, confirm_reported, value_moves
from sespms_rules.studies.impact.rows import Answers, Roster
from sespms_rules.studies.variants import Findings, Variant

WHOLE = 10
"""Up to so many amendments each is reported in full; more are set side by side by their figures alone."""

THOROUGH = 2_000
"""Up to so many movements in all, the reference engine derives every one of them anew and must agree."""

LawOf = Callable[[System], tuple[LawNote, ...]]
ByKey = tuple[tuple[str | None, Distribution], ...]
Apart = tuple[tuple[str, ByKey], ...]
"""For each column by which a roster is broken down its title, and each of its groups."""


class Margin(Frozen):
    """The executives at one level whom one step of one rating would take to a higher or to a lower one."""

    level: int
    higher: tuple[int, ...]
    lower: tuple[int, ...]


class Limited(Frozen):
    """A limit over the population with those at its edge, by their places: one step out of it, one step into it.

    Both are None where margins were not measured.
    """

    verdict: CohortVerdict
    out: tuple[int, ...] | None = field(default=None)
    into: tuple[int, ...] | None = field(default=None)


class Case(Frozen):
    """The roster under one variant.

    `margins` is None where they were not measured; `units`, `appointments`, `apart` (by the columns that were asked
    for) and `follows` are empty where so many amendments are compared that only their figures are told.
    """

    variant: Variant
    answers: Answers
    whole: Distribution
    units: ByKey
    appointments: ByKey
    limits: tuple[Limited, ...]
    follows: tuple[Follows, ...]
    margins: tuple[Margin, ...] | None
    law: tuple[LawNote, ...]
    apart: Apart = field(default=())


class Comparison(Frozen):
    """One amendment against the policy as it is.

    `case`, `cells`, `moves` and `reported` are empty where the amendment could not be carried out or does not fit the
    roster; then `findings` say why. `reported` holds every value that is reported beside the level, changed or not.
    """

    variant: Variant
    findings: Findings
    case: Case | None = field(default=None)
    cells: Cells = field(default={})
    moves: tuple[Move, ...] = field(default=())
    reported: tuple[ValueMoves, ...] = field(default=())

    def count(self, way: Direction) -> int:
        """How many rows go that way."""
        return sum(len(places) for (old, new), places in self.cells.items() if direction(old, new) is way)


class Impact(Frozen):
    """A whole report. `before` is None where the roster does not fit the policy; then `findings` say why.

    `findings` are those of the roster. `in_full` says whether each amendment is reported in full. `thorough` says
    that the reference engine confirmed everyone who moves. `files` are the roster and the texts of the amendments.
    """

    system: str
    roster: str
    findings: Findings
    before: Case | None
    comparisons: tuple[Comparison, ...]
    levels: tuple[int, ...]
    terms: tuple[tuple[int, str], ...]
    in_full: bool
    thorough: bool
    files: tuple[FileRead, ...] = field(default=(), compare=False)

    @property
    def nobody(self) -> int:
        """How many rows of the roster are no executive's, and are not counted."""
        return 0 if self.before is None else self.before.answers.reading.nobody

    def notice(self, *, shared: bool = False) -> str:
        """What must stand above everything that is made of a roster with synthetic executives."""
        return "" if self.before is None else synthetic_remark(self.before.answers.reading.keys, counted=not shared)


def assess(
    base: Variant,
    variants: Sequence[Variant],
    roster: Roster,
    law: LawOf,
    inspector_general: Collection[str] = (),
) -> Impact:
    """Rate a roster by a policy and by each variant of it, and compare.

    `law` tells what the federal rules say of a system's distribution. Raises UnreadableFileError for a file that is
    no roster, EnginesDisagreeError where the reference engine contradicts a movement, RequestError for a policy that
    gives no level.
    """
    assert base.program is not None  # noqa: S101 - a policy with errors is never run
    if any(each.program is not None and each.program.summary.without_level for each in (base, *variants)):
        raise RequestError(
            f"`{base.system.name}` or an amendment of it gives no level; rate the roster with each, for an"
            " impact is one on levels"
        )
    in_full = len(variants) <= WHOLE
    levels = _levels((base, *variants))
    make = _Cases(levels, law, inspector_general, in_full=in_full)
    told = _unread(roster.read(base.program).findings, roster, variants)
    answers = roster.answers_before(base, with_margins=in_full)
    before = None if answers is None else make.case(base, answers)
    found = [_answered(each, roster, in_full, answers) for each in variants]
    cells = [matrix(answers.states, each.states) if answers and each else {} for each in found]
    values = [_values(answers, each) for each in found]
    moving = sum(len(places) for each in cells for (old, new), places in each.items() if old != new)
    thorough = moving + sum(len(changed_places(each)) for each in values) <= THOROUGH
    comparisons = tuple(
        _comparison(make, roster, before, (variant, after), (each, moved), thorough=thorough)
        for variant, after, each, moved in zip(variants, found, cells, values, strict=True)
    )
    files = () if roster.file is None else (roster.file,)
    about = (levels, base.program.terms, in_full, thorough, files)
    return Impact(base.system.name, roster.name, told, before, comparisons, *about)


def _unread(told: Findings, roster: Roster, variants: Sequence[Variant]) -> Findings:
    """The findings on a roster without those on columns that are not read, where an amendment reads them."""
    others = (roster.read(each.program).findings for each in variants if each.program is not None)
    unread = [{each.message for each in one if each.code == UNKNOWN_COLUMN.code} for one in others]
    return tuple(
        each for each in told if each.code != UNKNOWN_COLUMN.code or all(each.message in one for one in unread)
    )


def _under(variant: Variant, finding: Diagnostic) -> Diagnostic:
    """A finding on the roster that comes of an amendment alone, told as one."""
    return replace(finding, message=f"under `{variant.name}`, {finding.message}")


def _levels(variants: Sequence[Variant]) -> tuple[int, ...]:
    found = {level for each in variants if each.program is not None for level in levels_of(each.program)}
    return tuple(sorted(found, reverse=True))


def _values(before: Answers | None, after: Answers | None) -> tuple[ValueMoves, ...]:
    if before is None or after is None:
        return ()
    return value_moves((before.states, after.states), before.reported, after.reported)


def _answered(variant: Variant, roster: Roster, in_full: bool, before: Answers | None) -> Answers | None:
    return None if before is None else roster.answers(variant, with_margins=in_full)


def _comparison(
    make: _Cases,
    roster: Roster,
    before: Case | None,
    after: tuple[Variant, Answers | None],
    changes: tuple[Cells, tuple[ValueMoves, ...]],
    *,
    thorough: bool,
) -> Comparison:
    (variant, answers), (cells, reported) = after, changes
    own = roster.read(variant.program).findings if variant.program is not None and before is not None else ()
    told = () if before is None else before.answers.reading.findings
    brought = (each for each in own if each not in told and each.code != UNKNOWN_COLUMN.code)
    findings = (*variant.findings, *(_under(variant, each) for each in brought))
    if before is None or answers is None:
        return Comparison(variant, findings)
    first, second = before.variant.program, variant.program
    assert first is not None  # noqa: S101 - both gave answers
    assert second is not None  # noqa: S101
    because = (Because(first, thorough=thorough), Because(second, thorough=thorough))
    moved = moves(cells, before.answers, answers, because)
    if thorough:
        for program, told_of in ((first, before.answers), (second, answers)):
            rows = {place: told_of.reading.rows[place].appraisal for place in changed_places(reported)}
            confirm_reported(program, rows, told_of.reported)
    return Comparison(variant, findings, make.case(variant, answers), cells, moved, reported)


class _Cases:
    """Makes a case of the answers under a variant."""

    def __init__(
        self, levels: tuple[int, ...], law: LawOf, inspector_general: Collection[str], *, in_full: bool
    ) -> None:
        self._levels = levels
        self._law = law
        self._inspector_general = inspector_general
        self._in_full = in_full

    def case(self, variant: Variant, answers: Answers) -> Case:
        """Count where the rows stand, and tell what follows from it."""
        rows = answers.reading.rows if self._in_full else ()
        appointments = [each.appointment for each in rows]
        limited = bool(variant.system.sentences(PartKind.DISTRIBUTION))
        return Case(
            variant,
            answers,
            distribution(self._levels, answers.states),
            self._by([each.unit for each in rows], answers),
            self._by(appointments, answers),
            self._limits(variant, answers) if limited else (),
            what_follows(variant.system, answers.states, appointments) if self._in_full else (),
            _margins(self._levels, answers),
            self._law(variant.system) if limited and self._in_full else (),
            tuple(
                (title, self._by([each.groups[place] if each.groups else None for each in rows], answers))
                for place, title in enumerate(answers.reading.apart)
                if self._in_full
            ),
        )

    def _by(self, keys: Sequence[str | None], answers: Answers) -> ByKey:
        return distributions_by(self._levels, keys, answers.states) if self._in_full else ()

    def _limits(self, variant: Variant, answers: Answers) -> tuple[Limited, ...]:
        verdicts = cohort_verdicts(variant.system, answers.executives(), self._inspector_general)
        return tuple(_at_the_edge(each, answers) for each in verdicts)


def cases_of(
    levels: tuple[int, ...], law: LawOf, inspector_general: Collection[str]
) -> Callable[[Variant, Answers], Case]:
    """What makes a case, in full, of the answers under a variant."""
    return _Cases(levels, law, inspector_general, in_full=True).case


def _margins(levels: Sequence[int], answers: Answers) -> tuple[Margin, ...] | None:
    """At each level, those whom one step would take to a higher or a lower one."""
    if answers.margins is None:
        return None
    sets = answers.margins.sets.tolist()
    higher: dict[State, list[int]] = {}
    lower: dict[State, list[int]] = {}
    for place, within in zip(answers.reading.appraised, sets, strict=True):
        state = answers.states[place]
        if within and isinstance(state, int):
            if within >> state + 1:
                higher.setdefault(state, []).append(place)
            if within & (1 << state) - 1:
                lower.setdefault(state, []).append(place)
    return tuple(Margin(level, tuple(higher.get(level, ())), tuple(lower.get(level, ()))) for level in levels)


def _at_the_edge(verdict: CohortVerdict, answers: Answers) -> Limited:
    """Whom one step would take out of where a limit looks, and whom into it."""
    cap = verdict.rule.sentence
    if answers.margins is None or not isinstance(cap, Cap):
        return Limited(verdict)
    rows = {
        answers.reading.rows[place].number: (number, place) for number, place in enumerate(answers.reading.appraised)
    }
    reached = set(verdict.reached)
    out, into = [], []
    for row in verdict.counted:
        number, place = rows[row]
        fitting = [fits(cap.place, level) for level in answers.margins.levels(number)]
        if row in reached and not all(fitting):
            out.append(place)
        elif row not in reached and any(fitting):
            into.append(place)
    return Limited(verdict, tuple(out), tuple(into))


__all__ = ["Case", "Comparison", "Impact", "Limited", "Margin", "assess"]
