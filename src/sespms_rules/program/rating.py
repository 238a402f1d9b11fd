"""What goes into a derivation and what comes out: appraisals, ratings, refusals, traces.

Numbers are exact fractions; a level is a whole number from 1 to 5. A rating that was derived is never
overwritten: what a board recommends and an authority decides stands beside it.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from sespms_rules.foundation.origin import Origin
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.program.ir import Question, Row


class Rated(Frozen, often=True):
    """An element or a requirement as one executive's appraisal has it.

    `rating` is its level, or its number on the element's scale; None means it was not rated. `weight` is None
    where the plan gives none. `further` are additional ratings by name. An element whose requirements are rated has
    no rating of its own. `critical` says it of an element that the policy does not name.
    """

    name: str
    rating: Fraction | None = field(default=None)
    weight: Fraction | None = field(default=None)
    further: tuple[tuple[str, Fraction], ...] = field(default=())
    requirements: tuple[Rated, ...] = field(default=())
    critical: bool = field(default=True)

    @property
    def is_missing(self) -> bool:
        """Whether its rating is missing: nobody rated it, and it has no requirements that give it one."""
        return self.rating is None and not self.requirements


class Appraisal(Frozen, often=True):
    """One executive's element ratings and weights for one period; `id` is an opaque key.

    `facts` say by name what the policy's formulas read beside ratings: a number, or one of the fact's words.
    """

    id: str
    elements: tuple[Rated, ...]
    appointment: str | None = field(default=None)
    unit: str | None = field(default=None)
    facts: tuple[tuple[str, Fraction | str], ...] = field(default=())


class Refusal(Frozen, often=True):
    """Why an appraisal cannot be rated: a code (6xx), its name, one plain sentence, and what to do.

    `about` names the element or requirement it speaks of, where it is one. `row` is the row of the roster it is about,
    where that may be another than the first of the executive.
    """

    code: str
    name: str
    message: str
    help: str = field(default="")
    about: str | None = field(default=None)
    origin: Origin | None = field(default=None, compare=False)
    row: int | None = field(default=None, compare=False)


class StepKind(StrEnum):
    """What a step of a derivation tells of."""

    RESULT = "result"
    """The whole rating: the root."""

    STAGE = "stage"
    """An element whose rating is itself derived."""

    FACT = "fact"
    """What the appraisal says of the executive or the unit."""

    RATED = "rated"
    """A rating that was handed in."""

    VALUE = "value"
    """A named value."""

    SCORE = "score"

    MEMBER = "member"
    """What one member adds to a value."""

    PART = "part"
    """A piece of a formula."""

    LINE = "line"
    """The line that gives the outcome."""

    LINE_PASSED = "line passed over"

    OVERRIDE = "override"
    """An override that holds."""

    OVERRIDE_PASSED = "override passed over"

    CAP = "cap"
    """A cap that lowers the level."""

    CAP_PASSED = "cap passed over"
    """A cap that does not apply, or that lowers nothing."""

    LOWEST = "lowest"
    """Which of several overrides that hold is taken."""

    REFUSAL = "refusal"

    QUESTION = "question"
    """A question that the reviewer is asked."""

    QUESTION_PASSED = "question passed over"

    FIRED = "fired"
    """What an engine other than the reference says of itself."""


class Step(Frozen, often=True):
    """One step of a derivation.

    `says` is plain English; `value` the exact result as text (`400`, `13/3`, `level 4`, `yes`), `before` the
    value before rounding or limits where these changed it; `origin` the line of the policy it rests on. What programs
    ask of a step is data: its `kind`, the name of the member or value it is `about` (None: of none), and the `row` of
    the Program that it speaks of (None: of none).
    """

    says: str
    value: str
    before: str | None = field(default=None)
    origin: Origin | None = field(default=None, compare=False)
    steps: tuple[Step, ...] = field(default=())
    kind: StepKind = field(default=StepKind.PART)
    about: str | None = field(default=None)
    row: Row | None = field(default=None)


class Outcome(StrEnum):
    """How a derivation ended."""

    RATED = "rated"
    NOT_RATED = "not rated"
    REFUSED = "refused"


Value = Fraction | str
"""A reported value: a number, or a code from a table."""


class Asked(Frozen, often=True):
    """A question that the policy asks the reviewer about this rating.

    `about` is the element it is about; None: the whole rating. `always` says that it is asked about everyone. `reason`
    says in plain English why it is asked, as the reference tells it; other engines leave it empty until the reference
    confirms them.
    """

    text: str
    about: str | None = field(default=None)
    always: bool = field(default=False)
    reason: str = field(default="", compare=False)
    origin: Origin | None = field(default=None, compare=False)

    @classmethod
    def of(cls, question: Question, reason: str = "") -> Asked:
        """A question of the program, asked about a rating; one that is asked about everyone needs no other reason."""
        always = question.condition is None
        reason = "it is asked about everyone" if always else reason
        return cls(question.text, question.about, always, reason, question.origin)


class Rating(Frozen, often=True):
    """The result of one derivation.

    `score` is None where the policy derives none or the appraisal was refused; `level` is None unless the
    outcome is RATED; `term` is the agency's word for the level. `values` are the named values of the summary,
    in order; `reported` those the policy says to report. `asked` are the questions for the reviewer, in the order of
    the program; none of a refused appraisal.
    """

    id: str
    outcome: Outcome
    score: Fraction | None = field(default=None)
    level: int | None = field(default=None)
    term: str | None = field(default=None)
    refused: tuple[Refusal, ...] = field(default=())
    values: tuple[tuple[str, Value], ...] = field(default=())
    reported: tuple[tuple[str, Value], ...] = field(default=())
    trace: Step | None = field(default=None, compare=False)
    engine: str = field(default="reference", compare=False)
    asked: tuple[Asked, ...] = field(default=())
