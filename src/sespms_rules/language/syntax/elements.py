"""Sentences on critical elements, levels, standards and weights."""

from __future__ import annotations

from sespms_rules.foundation.values import field
from sespms_rules.language.syntax.formula import Conditions
from sespms_rules.language.syntax.limits import LevelWord, Limit, Signed
from sespms_rules.language.syntax.nodes import (
    AnyName,
    Node,
    Number,
    Quoted,
    Sentence,
    Text,
)
from sespms_rules.language.syntax.words import (
    FederalLevel,
    MeasureKind,
    Noun,
    PartKind,
    PlanItem,
    SubjectMatter,
)

ELEMENTS = (PartKind.CRITICAL_ELEMENT, PartKind.NONCRITICAL_ELEMENT)


class Competencies(
    Sentence,
    under=ELEMENTS,
    says='based on "Vision" and "Partnering"',
    means="the executive competencies an element rests on",
    strictness="duty list",
):
    """The executive competencies an element rests on."""

    names: tuple[Quoted, ...]


class Evaluates(
    Sentence,
    under=ELEMENTS,
    says="evaluates leadership and quality",
    means="what an element judges",
    strictness="duty list",
):
    """What an element judges."""

    matters: tuple[SubjectMatter, ...]


class MeasuredBy(Node):
    """`measured by quality and timeliness`."""

    kinds: tuple[MeasureKind, ...]


class Toward(Node):
    """`toward "Goal 2"`."""

    goal: Text


class RequiresText(
    Sentence,
    under=ELEMENTS,
    says='requires "Keeps ports safe." measured by quality toward "Goal 2, safe ports"',
    means="a performance requirement, its measures and the strategic goal it serves",
    strictness="present",
):
    """A performance requirement, its measures and the strategic goal it serves."""

    text: Text
    measured_by: MeasuredBy | None
    toward: Toward | None


class RatedOnLevels(
    Sentence,
    under=ELEMENTS,
    says="rated on levels 5, 3 and 1",
    means="the levels an element can get",
    strictness="same",
):
    """The levels an element can get."""

    levels: tuple[Number, ...]


class RatedOnScale(
    Sentence,
    under=ELEMENTS,
    says="rated on a scale of 0 to 100",
    means="an element is rated by a number",
    strictness="same",
):
    """A scale of numbers."""

    low: Number
    high: Number


class RequirementsRated(
    Sentence,
    under=ELEMENTS,
    says="requirements are rated",
    means="the element's rating is derived from the ratings of its requirements",
    strictness="same",
):
    """Requirements are rated: the element's rating is derived from the ratings of its requirements."""


class RequirementTotal(
    Sentence,
    under=ELEMENTS,
    says="requirement weights total 100",
    means="what the weights inside an element add up to",
    strictness="plans",
):
    """Total of requirement weights."""

    total: Number


class RequirementWhole(
    Sentence,
    under=ELEMENTS,
    says="requirement weights are whole numbers",
    means="no fractions in them",
    strictness="plans",
):
    """Whole requirement weights: no fractions in them."""


class RequirementCount(
    Sentence,
    under=ELEMENTS,
    says="has at least 3 requirements",
    means="how many requirements an element has",
    strictness="number",
):
    """How many requirements an element has."""

    limit: Limit


class RequirementHas(
    Sentence,
    under=ELEMENTS,
    says="each requirement has at least 1 strategic goal",
    means="how many of something each requirement of this element has",
    strictness="number",
):
    """Counts within an element."""

    limit: Limit
    item: PlanItem


class InSomePlans(
    Sentence,
    under=ELEMENTS,
    says="is in some plans only",
    means="an element that a plan may have or not; every other element that is named is in every plan",
    strictness="same",
):
    """An element that only some plans have."""


class InSteps(Node):
    """`in steps of 0.5`: the range is not continuous; its ends are reached by whole steps."""

    number: Number


class AlsoRated(
    Sentence,
    under=(*ELEMENTS, PartKind.RATING),
    says=(
        'each requirement is also rated "difficulty" from 0 to 1',
        'each element is also rated "contributing factor" from -1 to 1 in steps of 0.5',
    ),
    means="an additional rating of each requirement, or of each element of a plan, with its range and steps",
    strictness="same",
):
    """An additional rating of each member, with its range."""

    noun: Noun
    name: Quoted
    low: Signed
    high: Signed
    steps: InSteps | None


class LevelDefinition(
    Sentence,
    under=PartKind.LEVELS,
    says='level 5 "Distinguished" 5 points equivalent to outstanding',
    means="a level: its number, the agency's term, its points, and the federal level it is equivalent to",
    strictness="same",
):
    """A level: its number, the agency's term, its points, and the federal level it is equivalent to."""

    level: LevelWord
    label: Quoted | AnyName
    points: Number
    federal: FederalLevel | None


class Standard(
    Sentence,
    under=(PartKind.STANDARDS, *ELEMENTS),
    says='level 5 means "Results that others copy."',
    means="the performance standard of a level",
    strictness="present",
):
    """A performance standard: the performance standard of a level."""

    level: LevelWord
    text: Text


# ---- weights -------------------------------------------------------------------------------------

_WEIGHTS = PartKind.WEIGHTS


class WeightTotal(
    Sentence, under=_WEIGHTS, says="total 100", means="what the weights of a plan add up to", strictness="plans"
):
    """The total."""

    total: Number


class WeightWhole(
    Sentence, under=_WEIGHTS, says="are whole numbers", means="no fractions in a weight", strictness="plans"
):
    """Whole weights."""


class WeightOf(
    Sentence,
    under=_WEIGHTS,
    says=('"Results Driven" at least 20', '"Results Driven" exactly 60 when "position type" is "general"'),
    means="the limit of one element's weight; with `when`, where a fact about the executive is so",
    strictness="plans",
):
    """A limit for one element."""

    name: Quoted
    limit: Limit
    when: Conditions | None = field(default=None)


class WeightAll(Sentence, under=_WEIGHTS, says="all at most 30", means="a limit for every element", strictness="plans"):
    """A limit for all elements."""

    limit: Limit
    when: Conditions | None = field(default=None)


class WeightOthers(
    Sentence,
    under=_WEIGHTS,
    says="all others at least 5",
    means="a limit for the elements that no line names",
    strictness="plans",
):
    """A limit for the other elements."""

    limit: Limit
    when: Conditions | None = field(default=None)


class WeightNoneAbove(
    Sentence,
    under=_WEIGHTS,
    says='none above "Results Driven"',
    means="no element weighs more than this one",
    strictness="plans",
):
    """No element weighs more."""

    name: Quoted
    when: Conditions | None = field(default=None)
