"""What is known once two systems have been compared: nouns only."""

from __future__ import annotations

from enum import StrEnum

from sespms_rules.foundation.values import Frozen, field
from sespms_rules.language.model import Stated, System
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Appraisal, Rated, Rating
from sespms_rules.studies.exhaustive.walk import Domain

REFUSED_END, NOT_RATED_END = -1, 0
"""An end is a level; these stand for a refusal and for `not rated`."""


class Judgement(StrEnum):
    """How the levels of the new system stand to those of the old."""

    SAME = "same"
    STRICTER = "stricter"
    LOOSER = "looser"
    INCOMPARABLE = "incomparable"
    UNDECIDED = "undecided"


class PlansJudgement(StrEnum):
    """How the plans that the new system allows stand to those that the old one allows."""

    SAME = "same"
    NARROWER = "narrower"
    WIDER = "wider"
    INCOMPARABLE = "incomparable"
    UNDECIDED = "undecided"


class Subject(Frozen):
    """One of the two systems: `path` is the file it was named by, `amendment` the one change carried out on it.

    `under` names all that was carried out, for people; several together leave `amendment` None, for no scenario can
    name two.
    `paths` are all files that were named for it: what it says itself stands in these, and all else in a base.
    """

    path: str
    system: System
    program: Program
    amendment: str | None = field(default=None)
    paths: tuple[str, ...] = field(default=())
    under: str | None = field(default=None)


class Transition(Frozen):
    """So many appraisals that end one way under the old system and another (or the same) way under the new, and one."""

    before: int
    after: int
    count: int
    example: Appraisal


class Moves(Frozen):
    """How many appraisals get a higher level, a lower one, a level under the old system alone or the new alone."""

    up: int
    down: int
    only_old: int
    only_new: int

    @property
    def any(self) -> bool:
        """Whether anything moves at all."""
        return bool(self.up or self.down or self.only_old or self.only_new)


class Counted(Frozen):
    """Every appraisal allowed under both, by how it ends; `rescored` of them keep their end on another score."""

    domain: Domain
    transitions: tuple[Transition, ...]
    rescored: int

    @property
    def moves(self) -> Moves:
        """The appraisals that end differently, by direction."""
        both = [each for each in self.transitions if each.before > 0 and each.after > 0]
        return Moves(
            sum(each.count for each in both if each.after > each.before),
            sum(each.count for each in both if each.after < each.before),
            sum(each.count for each in self.transitions if each.before > 0 >= each.after),
            sum(each.count for each in self.transitions if each.after > 0 >= each.before),
        )


class Witness(Frozen):
    """An appraisal that ends differently, as the reference engine rates it by each system.

    `scenario` expects what the new system gives, `old_scenario` what the old one gives; None where a number in it
    cannot be written.
    """

    direction: str
    before: Rating
    after: Rating
    elements: tuple[Rated, ...]
    scenario: str | None
    old_scenario: str | None


class Plans(Frozen):
    """The plans that each of both allows: counts are None where there is no end of plans or none that was found."""

    judgement: PlansJudgement
    why: str
    old: int | None = field(default=None)
    new: int | None = field(default=None)
    both: int | None = field(default=None)
    only_old: tuple[Rated, ...] | None = field(default=None)
    only_new: tuple[Rated, ...] | None = field(default=None)


class RatingsOfOne(Frozen):
    """A member, and the ratings that one of the two systems alone takes for it, in words.

    `requirement_of` is set for a requirement; `name` is None for elements that a plan brings itself.
    """

    name: str | None
    only_old: tuple[str, ...]
    only_new: tuple[str, ...]
    requirement_of: str | None = field(default=None)


class Ratings(Frozen):
    """Where the ratings differ that may be given, and how many appraisals one system alone takes.

    Counts are of whole appraisals, with their plans; None where there is no end of them or no counting.
    """

    differ: tuple[RatingsOfOne, ...] = field(default=())
    only_old: int | None = field(default=None)
    only_new: int | None = field(default=None)


class Change(Frozen):
    """A sentence of the old system (`before`) in whose place the new one says another (`after`), or one of the two.

    A part that only one of them has is one change of all its sentences. `part` is how its part is called.
    """

    part: str
    before: tuple[Stated, ...]
    after: tuple[Stated, ...]


class Cause(Frozen):
    """Changes that move ratings together; `moves` by themselves, `without` what the others move without them.

    Both are None where nothing could be counted; `decided` then says whether they move anything at all. `plans` are
    the numbers of allowed plans before and after, where the changes alter which plans are allowed.
    """

    changes: tuple[Change, ...]
    moves: Moves | None
    without: Moves | None
    decided: bool | None
    plans: tuple[int | None, int | None] | None


class Attributed(Frozen):
    """Every difference of the two texts in its place.

    `causes` move ratings or alter which plans are allowed, `terms` alter what levels are called, `idle` are read by the
    derivation and move nobody, no rating rests on `text_only`. What `untold` do could not be told apart: `why`.
    `cited` say the same in both texts and name another authority.
    """

    causes: tuple[Cause, ...]
    terms: tuple[Change, ...]
    idle: tuple[Change, ...]
    text_only: tuple[Change, ...]
    untold: tuple[Change, ...] = field(default=())
    why: str = field(default="")
    cited: tuple[Change, ...] = field(default=())


class ReportedValue(Frozen):
    """A value that is reported beside the level, by one of the two systems or by both.

    `differs` is None where `why` says what stays open. `witness` is an appraisal that both end, with another value
    under the new system; None where only one of them reports it, and where nothing differs.
    """

    name: str
    differs: bool | None
    why: str = field(default="")
    witness: Witness | None = field(default=None)


class Comparison(Frozen):
    """The whole answer.

    `by_solver` says whether the solver decided everything, `same_program` that both compute the very same, so that it
    was not asked. `counted` is None where `not_counted` says why.
    """

    old: Subject
    new: Subject
    mapping: tuple[tuple[str, str], ...]
    judgement: Judgement
    why: str
    by_solver: bool
    same_program: bool
    counted: Counted | None
    not_counted: str
    plans: Plans
    ratings: Ratings
    witnesses: tuple[Witness, ...]
    attributed: Attributed
    terms: tuple[tuple[int, str, str], ...]
    reported: tuple[ReportedValue, ...] = field(default=())
    milliseconds: int = field(default=0, compare=False)
