"""A roster and variants of a policy -> where every row of the roster stands under each of them.

The columnar engine rates; what it cannot hold, the reference engine does. Variants that read the same columns of a
roster share one reading of it. Every row of an executive is answered, also one that holds no appraisal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Protocol

from sespms_rules.engines.columnar import (
    NOT_RATED,
    RATED,
    ColumnarEngine,
    ColumnarError,
    ColumnResult,
    StageColumns,
    TooLargeError,
    of_appraisals,
)
from sespms_rules.engines.reference import CompiledReference
from sespms_rules.foundation.diagnostic import Severity
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.law.provenance import FileRead
from sespms_rules.program.ir import LevelScale, Program, Question, Stage
from sespms_rules.program.rating import Appraisal, Asked, Outcome, Rating
from sespms_rules.rosters.files import RosterRow, read_roster, refuse_names
from sespms_rules.rosters.population import (
    Executive,
    Margins,
    State,
    margins,
)
from sespms_rules.studies.impact.reported import Reported, reported_of
from sespms_rules.studies.variants import Findings, Variant


class Scores(Protocol):
    """The scores of the rows of a roster under one variant."""

    def __call__(self, place: int) -> Fraction | None:
        """The score of the row at a place; None where it has none."""

    def counted(self) -> Mapping[Fraction, int]:
        """How many rows have each score."""


class RosterReading(Frozen):
    """A roster as the programs of one shape read it. `appraised` are the places of the rows that hold an appraisal.

    `nobody` is how many rows of the file are no executive's, and stand nowhere here. `apart` are the titles of the
    columns that the groups of each row are of.
    `columns` is None where these cannot be put into columns. `numbers` gives the number of an appraisal by its place.
    """

    rows: tuple[RosterRow, ...]
    findings: Findings
    appraised: tuple[int, ...]
    appraisals: tuple[Appraisal, ...]
    columns: StageColumns | None
    numbers: Mapping[int, int] = field(default={}, compare=False)
    nobody: int = field(default=0)
    apart: tuple[str, ...] = field(default=())

    @property
    def keys(self) -> list[str]:
        """The ids of all rows."""
        return [row.id for row in self.rows]

    @property
    def is_usable(self) -> bool:
        """Whether any row could be understood at all."""
        return all(each.severity is not Severity.ERROR for each in self.findings)


class Answers(Frozen):
    """Where each row stands under one variant, in the order of the file; `score` gives a row's score by its place.

    `margins` are by the places of `reading.appraisals`, None where they were not asked for or cannot be measured.
    `asked` are the policy's questions for the reviewer with the places of the rows they are asked about. `reported`
    are the values that the policy reports beside the level.
    """

    reading: RosterReading
    states: tuple[State, ...]
    score: Scores
    margins: Margins | None = field(default=None)
    asked: tuple[tuple[Question, tuple[int, ...]], ...] = field(default=())
    reported: Reported = field(default={})

    def executives(self) -> tuple[Executive, ...]:
        """The rows as members of a population; whom the system is not for is no member of it."""
        return tuple(
            Executive(row.number, row.id, state, self.score(place), row.appointment, row.unit)
            for place, (row, state) in enumerate(zip(self.reading.rows, self.states, strict=True))
            if row.is_covered
        )


class Roster:
    """One roster file, read once for each shape of program, and never again; `file` is what was read last.

    `by` are the columns by which it is broken down.
    """

    def __init__(self, path: Path, by: Sequence[str] = ()) -> None:
        self.name = str(path)
        self._by = tuple(by)
        self._path = path
        self._readings: dict[tuple[object, ...], RosterReading] = {}
        self._kept: tuple[Program, bool, Answers | None] | None = None
        self.file: FileRead | None = None

    def read(self, program: Program) -> RosterReading:
        """The roster as this program reads it. Raises UnreadableFileError for a file that is no roster."""
        shape = (program.left_out, program.appointments, program.facts, *_shape(program.summary))
        if shape not in self._readings:
            self._readings[shape], self.file = _read(self._path, program, self._by)
        return self._readings[shape]

    def answers(self, variant: Variant, *, with_margins: bool) -> Answers | None:
        """Rate every row under a variant; None where it has no program or the roster does not fit it."""
        if variant.program is None:
            return None
        reading = self.read(variant.program)
        if not reading.is_usable:
            return None
        return _in_columns(variant.program, reading, with_margins) or _one_by_one(variant.program, reading)

    def answers_before(self, variant: Variant, *, with_margins: bool) -> Answers | None:
        """The answers under what others are compared with, kept until they are asked for under another."""
        kept = self._kept
        if kept is None or kept[0] is not variant.program or kept[1] is not with_margins:
            if variant.program is None:
                return None
            kept = (variant.program, with_margins, self.answers(variant, with_margins=with_margins))
            self._kept = kept
        return kept[2]


def _shape(stage: Stage) -> tuple[object, ...]:
    """What of a program decides which columns of a roster are read, and how."""
    members = tuple(
        (
            each.name,
            each.critical,
            each.optional,
            isinstance(each.scale, LevelScale),
            _shape(each.stage) if each.stage else None,
        )
        for each in stage.members
    )
    return (stage.open, stage.weighted, tuple(each.name for each in stage.further), members)


def _read(path: Path, program: Program, by: tuple[str, ...]) -> tuple[RosterReading, FileRead | None]:
    roster = read_roster(path, program, by)
    rows = tuple(row for row in roster.rows if not row.is_nobody)
    refuse_names(roster.apart, [row.groups for row in rows])
    found = [(place, row.appraisal) for place, row in enumerate(rows) if row.appraisal is not None]
    appraisals = tuple(appraisal for _, appraisal in found)
    try:
        columns = of_appraisals(program, appraisals) if appraisals else None
    except TooLargeError:
        columns = None
    places = tuple(place for place, _ in found)
    numbers = {place: number for number, place in enumerate(places)}
    nobody = len(roster.rows) - len(rows)
    return RosterReading(rows, roster.findings, places, appraisals, columns, numbers, nobody, roster.apart), roster.file


# ---- by columns ------------------------------------------------------------------------------------


def _in_columns(program: Program, reading: RosterReading, with_margins: bool) -> Answers | None:
    """Rate all rows at once; None where columns cannot hold the policy or its numbers."""
    if reading.columns is None:
        return None
    try:
        engine = ColumnarEngine(program)
        result = engine.rate_columns(reading.columns, questions=True)
        near = margins(engine, reading.columns, result) if with_margins else None
    except ColumnarError:
        return None
    answered = _states(result)
    if len(answered) < len(reading.rows):
        found = dict(zip(reading.appraised, answered, strict=True))
        answered = [found.get(place, Outcome.REFUSED) for place in range(len(reading.rows))]

    asked = tuple(
        (question, tuple(reading.appraised[number] for number in where.nonzero()[0]))
        for question, where in result.asked
    )
    reported = reported_of(program, reading.appraised, reading.appraisals)
    return Answers(reading, tuple(answered), _OfColumns(reading.numbers, result), near, asked, reported)


class _OfColumns:
    """Scores that stand in columns."""

    def __init__(self, numbers: Mapping[int, int], result: ColumnResult) -> None:
        self._numbers = numbers
        self._result = result

    def __call__(self, place: int) -> Fraction | None:
        number = self._numbers.get(place)
        return None if number is None else self._result.score(number)

    def counted(self) -> Mapping[Fraction, int]:
        return self._result.scores()


def _states(result: ColumnResult) -> list[State]:
    if (result.outcome == RATED).all():
        levels: list[State] = result.level.tolist()
        return levels
    ends: dict[int, State] = {NOT_RATED: Outcome.NOT_RATED}
    return [
        level if outcome == RATED else ends.get(outcome, Outcome.REFUSED)
        for outcome, level in zip(result.outcome.tolist(), result.level.tolist(), strict=True)
    ]


# ---- by the reference ------------------------------------------------------------------------------


def _one_by_one(program: Program, reading: RosterReading) -> Answers:
    """Rate each row by the reference engine, which holds every policy; margins are not measured."""
    reference = CompiledReference(program)
    found: dict[int, Rating] = {
        place: reference.rate(appraisal) for place, appraisal in zip(reading.appraised, reading.appraisals, strict=True)
    }
    states = tuple(_state(found.get(place)) for place in range(len(reading.rows)))
    scores = {place: None if each.outcome is Outcome.REFUSED else each.score for place, each in found.items()}
    asked = tuple(
        (question, tuple(place for place, rating in found.items() if Asked.of(question) in rating.asked))
        for question in program.questions
    )
    reported = {place: dict(rating.reported) for place, rating in found.items() if rating.reported}
    return Answers(reading, states, _OneByOne(scores), None, asked, reported)


class _OneByOne:
    """Scores by their places."""

    def __init__(self, scores: Mapping[int, Fraction | None]) -> None:
        self._scores = scores

    def __call__(self, place: int) -> Fraction | None:
        return self._scores.get(place)

    def counted(self) -> Mapping[Fraction, int]:
        return Counter(each for each in self._scores.values() if each is not None)


def _state(rating: Rating | None) -> State:
    if rating is None:
        return Outcome.REFUSED
    return rating.outcome if rating.level is None else rating.level
