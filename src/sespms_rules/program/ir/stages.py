"""Stages, limits on plans, tables, and the program that holds them."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from fractions import Fraction
from itertools import count, islice

from sespms_rules.foundation.interval import Interval
from sespms_rules.foundation.origin import NO_ORIGIN, Origin
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.program.ir.expressions import Condition, Expression, Kind, Members

# ---- a stage -------------------------------------------------------------------------------------


class LevelScale(Frozen):
    """A member is rated by one of these levels."""

    levels: tuple[int, ...]

    def steps(self, before: Fraction, after: Fraction) -> Fraction:
        """How many steps lie between two ratings: a step is to the next level that the member can get."""
        low, high = min(before, after), max(before, after)
        return Fraction(sum(low < level <= high for level in self.levels))


class NumberScale(Frozen):
    """A member is rated by a number from `low` to `high`; its points and its score are that number."""

    low: Fraction
    high: Fraction

    def steps(self, before: Fraction, after: Fraction) -> Fraction:
        """How many steps lie between two ratings: a step is one whole number."""
        return abs(after - before)


class Further(Frozen):
    """An additional rating that each member carries, with its range.

    With a `step`, it is `low` and so many whole steps; they come to `high`.
    """

    name: str
    low: Fraction
    high: Fraction
    origin: Origin = field(compare=False, default=NO_ORIGIN)
    step: Fraction | None = field(default=None)

    @property
    def steps(self) -> int | None:
        """How many steps lie between the ends; None where every number between them may be given."""
        return None if self.step is None else int((self.high - self.low) / self.step)

    def admits(self, value: Fraction) -> bool:
        """Whether this rating may be given."""
        return self.low <= value <= self.high and (self.step is None or (value - self.low) % self.step == 0)

    def nearest(self, value: Fraction) -> Fraction:
        """What may be given that is nearest to a value, the lower of two."""
        inside = min(max(value, self.low), self.high)
        return inside if self.step is None else self.low + (inside - self.low) // self.step * self.step


class Member(Frozen):
    """A member the policy names. `stage` derives its level and score from its own members, where it has one.

    Every plan has it, unless it is `optional`. Of one that a plan does not have, no test holds, and a formula that
    takes something of it by its name refuses the appraisal (SES608).
    """

    name: str
    critical: bool
    scale: LevelScale | NumberScale
    stage: Stage | None
    origin: Origin = field(compare=False, default=NO_ORIGIN)
    optional: bool = field(default=False)


class Definition(Frozen):
    """A named value; `each` is set for a value of each member of a kind."""

    name: str
    expression: Expression
    origin: Origin = field(compare=False, default=NO_ORIGIN)
    each: Members | None = field(default=None)


class ScoreDefinition(Frozen):
    """The score; it stands among the definitions in the order of the policy."""

    expression: Expression
    origin: Origin = field(compare=False, default=NO_ORIGIN)


class ToLevel(Frozen):
    """The outcome of a row: this level."""

    level: int


class ToNotRated(Frozen):
    """The outcome of a row: not rated."""


class Row(Frozen):
    """Where the condition holds, the outcome follows."""

    condition: Condition
    outcome: ToLevel | ToNotRated
    origin: Origin = field(compare=False, default=NO_ORIGIN)


class Question(Frozen):
    """A question for the reviewer, asked where the condition holds; None: of everyone who is not refused.

    `about` is the element in whose block it stands; None: the whole rating.
    It never changes a rating, so a condition that cannot be worked out refuses nobody. Where a level was given, it is
    asked all the same: a person can see why; where none was, there is nothing that it could be about.
    """

    text: str
    condition: Condition | None
    about: str | None = field(default=None)
    origin: Origin = field(compare=False, default=NO_ORIGIN)


class HitPolicy(StrEnum):
    """UNIQUE: two rows that fit refuse the appraisal (SES613); FIRST: the first that fits holds.

    Under UNIQUE a row that gives `not rated` is read before those that give a level: where it fits, it holds.
    A value that cannot be worked out (SES618 to SES620) refuses the appraisal, unless the outcome is `not rated`
    without it. No level follows where no member at all is rated (SES608).
    """

    UNIQUE = "unique"
    FIRST = "first"


class Unrated(StrEnum):
    """What a missing rating does."""

    STOP = "stop"
    LEFT_OUT = "left out"
    COUNT_AS = "count as"


class UnratedRule(Frozen):
    """What a missing rating of a kind does; `level` is set for COUNT_AS."""

    kind: Kind
    what: Unrated
    level: int | None
    origin: Origin = field(compare=False, default=NO_ORIGIN)


# ---- limits on plans -----------------------------------------------------------------------------


class WeightTotal(Frozen):
    """The weights of the members total exactly this (SES602)."""

    total: Fraction
    origin: Origin = field(compare=False, default=NO_ORIGIN)


class WholeWeights(Frozen):
    """Every weight is a whole number (SES606)."""

    origin: Origin = field(compare=False, default=NO_ORIGIN)


class WeightRange(Frozen):
    """The weight of each of `names` (None: of every member not in `save`) lies from `low` to `high`.

    Below `low` is SES604, above `high` SES605.
    """

    names: tuple[str, ...] | None
    save: tuple[str, ...]
    low: Fraction | None
    high: Fraction | None
    origin: Origin = field(compare=False, default=NO_ORIGIN)


class NoneAbove(Frozen):
    """No member weighs more than the one named (SES603)."""

    name: str
    origin: Origin = field(compare=False, default=NO_ORIGIN)


class MemberCount(Frozen):
    """There are `low` to `high` members of a kind (SES611)."""

    kind: Kind
    low: int | None
    high: int | None
    origin: Origin = field(compare=False, default=NO_ORIGIN)


class LimitWhen(Frozen):
    """A limit on weights that holds where facts about the executive or the unit are so; its condition asks for no more.

    Where some fact is not known it holds of nobody: that is refused by itself.
    """

    condition: Condition
    limit: WeightRange | NoneAbove
    origin: Origin = field(compare=False, default=NO_ORIGIN)


Limit = WeightTotal | WholeWeights | WeightRange | NoneAbove | MemberCount | LimitWhen


class Stage(Frozen):
    """One derivation.

    `kind` is ELEMENT or REQUIREMENT: what its members are called. `members` are those the policy names; `open`
    says whether an appraisal may bring others (then rated on the levels in `points`), save those of the sort
    `closed_to`, CRITICAL or NONCRITICAL (SES601). `points` are the points of each level. `weighted` says whether the
    derivation or a limit reads weights: then each member must have one, and otherwise it may have none. Overrides are
    read before the rows, lower level first. `caps` are read last, where a level was given: the lowest of those that
    hold is the highest that the level can be. `questions` are asked when all is known. `without_level` says that the
    summary comes to its values alone: what no line makes `not rated` is rated, and has no level. `of_nothing` says that
    these are stated for where no member is rated, who then is not refused (SES608).
    """

    name: str
    kind: Kind
    members: tuple[Member, ...]
    open: bool
    points: tuple[tuple[int, Fraction], ...]
    weighted: bool
    limits: tuple[Limit, ...]
    unrated: tuple[UnratedRule, ...]
    further: tuple[Further, ...]
    definitions: tuple[Definition | ScoreDefinition, ...]
    hit_policy: HitPolicy
    overrides: tuple[Row, ...]
    rows: tuple[Row, ...]
    reported: tuple[str, ...]
    origin: Origin = field(compare=False, default=NO_ORIGIN)
    caps: tuple[Row, ...] = field(default=())
    questions: tuple[Question, ...] = field(default=())
    closed_to: Kind | None = field(default=None)
    without_level: bool = field(default=False)
    of_nothing: bool = field(default=False)

    @property
    def derives_levels(self) -> bool:
        """Whether any line gives a level."""
        return any(isinstance(row.outcome, ToLevel) for row in (*self.overrides, *self.rows))

    def may_bring(self, *, critical: bool) -> bool:
        """Whether a plan may bring a member of this sort that the policy does not name."""
        return self.open and self.closed_to is not (Kind.CRITICAL if critical else Kind.NONCRITICAL)


def own_names(noun: str, own: int, taken: set[str]) -> Iterator[str]:
    """Names for so many members that only a plan brings, none of them taken: `element 1 of the plan` and so on."""
    names = (f"{noun} {number} of the plan" for number in count(1))
    return islice((name for name in names if name not in taken), own)


# ---- tables and the program ----------------------------------------------------------------------


class TableRow(Frozen):
    """The keys in a range give `result`."""

    keys: Interval
    result: Fraction | str
    origin: Origin = field(compare=False, default=NO_ORIGIN)


class Table(Frozen):
    """Rows read in order; `otherwise` is the result of every other key, if the policy states one."""

    name: str
    rows: tuple[TableRow, ...]
    otherwise: Fraction | str | None


class Fact(Frozen):
    """Something that is known of the executive or the unit and that no rating changes: a position type, days served.

    It is one of `words`, which count 1, 2 and so on as `TheFact` reads them; without words it is a number from `low`
    to `high` in whole steps, of which one holds `per_one`: 1 for whole numbers, 10 for 1 decimal. An appraisal must say
    which (SES621): a fact is never assumed.
    """

    name: str
    low: Fraction
    high: Fraction
    per_one: int = field(default=1)
    words: tuple[str, ...] = field(default=())
    origin: Origin = field(compare=False, default=NO_ORIGIN)

    def number(self, given: Fraction | str) -> Fraction | None:
        """The number that formulas read for what an appraisal gives; None where the fact cannot be that."""
        if isinstance(given, str):
            return Fraction(self.words.index(given) + 1) if given in self.words else None
        fits = not self.words and self.low <= given <= self.high and (given * self.per_one).denominator == 1
        return given if fits else None

    def shown(self, number: Fraction) -> Fraction | str:
        """What an appraisal gives where formulas read this number."""
        return self.words[int(number) - 1] if self.words else number

    @property
    def count(self) -> int:
        """How many different things it can be."""
        return int((self.high - self.low) * self.per_one) + 1


class Program(Frozen):
    """A policy's computation: the summary stage, its tables, and the words for its levels.

    `left_out` are the units whose people it is not for, each with the reason; `appointments` the kinds of appointment
    it is for, empty where it does not say. `facts` are what an appraisal must say beside its ratings.
    """

    name: str
    summary: Stage
    tables: tuple[Table, ...]
    terms: tuple[tuple[int, str], ...]
    left_out: tuple[tuple[str, str], ...] = field(default=())
    appointments: tuple[str, ...] = field(default=())
    facts: tuple[Fact, ...] = field(default=())

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question for the reviewer: those on the whole rating, then those of elements, in order."""
        inner = (each.stage for each in self.summary.members if each.stage is not None)
        return tuple(question for stage in (self.summary, *inner) for question in stage.questions)
