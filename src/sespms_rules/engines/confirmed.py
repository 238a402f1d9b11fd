"""The engine that was asked for, and the confirmation of each of its ratings by the reference."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Self

from sespms_rules.engines.durable.engine import DurableEngine
from sespms_rules.engines.durable.host import DurableError
from sespms_rules.engines.durable.tables import FactRefusedError
from sespms_rules.engines.reference.compiled import CompiledReference
from sespms_rules.engines.reference.once_admitted import Refusals
from sespms_rules.engines.reference.refused_alike import Readings
from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.spelling import did_you_mean, nearest_name
from sespms_rules.foundation.values import replace
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Appraisal, Outcome, Rating

if TYPE_CHECKING:
    from sespms_rules.engines.columnar.engine import ColumnarEngine
    from sespms_rules.engines.sql.engine import SqlEngine

ENGINES = ("durable", "reference", "columnar", "sql")

CONFIRMED_LINES = 10_000
"""Of a roster of at most so many lines the reference confirms all ratings of these engines; else the refusals."""

_POPULATIONS = {"columnar": "columns", "sql": "SQL"}
"""The engines that rate many at once, and what people call what they rate by."""

_CHUNK = 16_384
"""How many rows they rate at once."""

Rate = Callable[[Appraisal], Rating]


class EnginesDisagreeError(Exception):
    """Two engines gave different answers, or one broke down: `str()` says what each said; there is no rating."""


def answer(rating: Rating) -> tuple[object, ...]:
    """What two engines must agree on: outcome, score, level, term, reported values, questions, or the refusals' codes.

    How an engine words a refusal or why a question is asked is not part of the answer, nor of how many elements it says
    it, nor how far a refused derivation had come.
    """
    if rating.outcome is Outcome.REFUSED:
        return (rating.outcome, sorted({refusal.code for refusal in rating.refused}))
    return (rating.outcome, rating.score, rating.level, rating.term, sorted(rating.reported), rating.asked)


def _agree(rating: Rating, expected: Rating) -> bool:
    """Whether two engines gave the same answer; most often nothing was refused, and the same things are in order."""
    score, other = rating.score, expected.score
    if (
        rating.outcome is expected.outcome
        and not rating.refused
        and not expected.refused
        and rating.level == expected.level
        and rating.term == expected.term
        and (
            score is other
            or (score is not None and other is not None and score.as_integer_ratio() == other.as_integer_ratio())
        )
        and rating.reported == expected.reported
        and rating.asked == expected.asked
    ):
        return rating.outcome is not Outcome.REFUSED
    return answer(rating) == answer(expected)


def said(rating: Rating) -> str:
    """An answer in a few words, for the message on a difference."""
    if rating.outcome is Outcome.REFUSED:
        return "refused " + ", ".join(sorted(refusal.code for refusal in rating.refused))
    score = "" if rating.score is None else f"score {exact(rating.score)}, "
    return score + (f"level {rating.level}" if rating.level is not None else rating.outcome.value)


def confirmed(first: Rate, second: Rate, appraisal: Appraisal) -> Rating:
    """Rate by the first engine, the second agreeing; refusals and questions are in the second's words, which say why.

    Raises EnginesDisagreeError where the two differ or the first breaks down.
    """
    return _confirmed_by(second(appraisal), first, appraisal)


def _confirmed_by(expected: Rating, first: Rate, appraisal: Appraisal) -> Rating:
    try:
        rating = first(appraisal)
    except FactRefusedError:
        return expected  # numbers the first engine cannot hold: the second rates alone, and is named in the rating
    except DurableError as fault:
        raise EnginesDisagreeError(f"durable says: {fault.message}; reference says: {said(expected)}") from None
    if not _agree(rating, expected):
        raise EnginesDisagreeError(
            f"the engines disagree, so no rating is given: {rating.engine} says {said(rating)}, "
            f"{expected.engine} says {said(expected)}"
        )
    if not (rating.refused or rating.asked):
        return rating  # the other says neither, or they had disagreed
    return replace(rating, refused=expected.refused, asked=expected.asked)


class Engine:
    """The engine that was asked for, ready for one program; open until the end of its `with` block.

    `instead` says why another than that one rates, and is empty where it does; `alone` counts the appraisals whose
    numbers it cannot hold, which the reference rated without it. `lines` is how long the roster is. Raises
    RequestError for an engine that there is not, and where columns or SQL were asked for and cannot hold the policy.
    """

    def __init__(self, program: Program, wanted: str, lines: int = 0) -> None:
        if wanted not in ENGINES:
            listed = "the engines are " + ", ".join(f"`{name}`" for name in ENGINES)
            offer = did_you_mean(nearest_name(wanted, ENGINES), listed)
            raise RequestError(f"there is no engine `{wanted}`; {offer}")
        self._reference = CompiledReference(program)
        self._durable: DurableEngine | None = None
        self._many = _engine_for_many(program, wanted) if wanted in _POPULATIONS else None
        self._wanted = wanted
        self._confirms = self._many is None or lines <= CONFIRMED_LINES
        self.instead = ""
        self.alone = 0
        if wanted == "durable":
            try:
                self._durable = DurableEngine(program)
            except DurableError as fault:
                self.instead = f"{fault.message}; the reference engine rates instead, with the same results"

    @property
    def notice(self) -> str:
        """What someone who reads the ratings must know of the engine; mostly empty."""
        if self._confirms:
            return self.instead
        upto = f"for rosters of at most {CONFIRMED_LINES:,} lines"
        by = _POPULATIONS[self._wanted]
        return f"the reference confirms ratings by {by} {upto}; of this one it confirms refusals and questions alone"

    @property
    def name(self) -> str:
        """The engine that rates."""
        if self._many is not None:
            return self._wanted
        return "reference" if self._durable is None else "durable"

    @property
    def confirmed_by(self) -> str | None:
        """The engine that confirms each rating; None where none does."""
        return None if self.name == "reference" or not self._confirms else "reference"

    @property
    def chunk(self) -> int:
        """How many appraisals `rate_each` is best given at once."""
        return 1 if self._many is None else _CHUNK

    def rate_each(self, appraisals: Sequence[Appraisal]) -> Iterator[Rating | EnginesDisagreeError]:
        """Rate appraisals, in order; in the place of a rating that is not confirmed stands the difference."""
        found = iter(self._many.rate(appraisals)) if self._many is not None else None
        for appraisal in appraisals:
            try:
                yield self.rate(appraisal) if found is None else self._checked(appraisal, next(found))
            except EnginesDisagreeError as difference:
                yield difference

    def _checked(self, appraisal: Appraisal, rating: Rating) -> Rating:
        """Let the reference confirm a rating among many. Refusals and questions always are: it alone says why."""
        if rating.engine == "reference" and self._many is not None:
            # A whole block is handed over for one number in it; what can be rated by itself is.
            (rating,) = self._many.rate([appraisal])
        if rating.engine == "reference":
            self.alone += 1
            return rating
        if self._confirms or rating.outcome is Outcome.REFUSED or not all(each.reason for each in rating.asked):
            return confirmed(lambda _: rating, self._refer, appraisal)
        return rating

    def rate(self, appraisal: Appraisal) -> Rating:
        """Rate one appraisal; raise EnginesDisagreeError where the rating is not confirmed."""
        if self._durable is None:
            return self._refer(appraisal)
        known = self._reference.admitted(appraisal)
        case = self._reference.admit(appraisal, known)  # both engines start from it
        durable = partial(self._durable.rate, admitted=case)
        rating = _confirmed_by(self._reference.rate_admitted(appraisal, known, case), durable, appraisal)
        self.alone += rating.engine != "durable"
        return rating

    def refused_alike(self, readings: Readings) -> list[Refusals | None]:
        """Why the reference refuses many appraisals, where it says so of their elements alone; None elsewhere."""
        return self._reference.refused_alike(readings)

    def _refer(self, appraisal: Appraisal) -> Rating:
        return self._reference.rate(appraisal)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._durable is not None:
            self._durable.close()
        if self._many is not None:
            self._many.close()


def _engine_for_many(program: Program, wanted: str) -> ColumnarEngine | SqlEngine:
    """An engine for populations; what it is made of is imported only where it was asked for."""
    from sespms_rules.engines.sql.text import NotInSqlError

    try:
        if wanted == "sql":
            from sespms_rules.engines.sql.engine import SqlEngine

            return SqlEngine(program)
        from sespms_rules.engines.columnar.engine import ColumnarEngine, NotInColumnsError
    except NotInSqlError as fault:
        raise RequestError(f"{fault.message}; {fault.help}") from None
    try:
        return ColumnarEngine(program)
    except NotInColumnsError as fault:
        raise RequestError(f"{fault.message}; {fault.help}") from None
