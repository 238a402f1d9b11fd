"""Sentences of guarantees and scenarios: what is proved of a system, and its worked examples."""

from __future__ import annotations

from sespms_rules.language.syntax.formula import Outcome
from sespms_rules.language.syntax.limits import LevelWord, Limit, Phrases, Quantity, Signed
from sespms_rules.language.syntax.nodes import Code, Node, Number, Quoted, Sentence
from sespms_rules.language.syntax.words import CountedThing, Noun, PartKind, SubjectMatter

_GUARANTEES = PartKind.GUARANTEES
_SCENARIO = PartKind.SCENARIO


class TotalRating(
    Sentence,
    under=_GUARANTEES,
    says="every appraisal gets exactly one level",
    means="no gap and no overlap",
    strictness="same",
):
    """No gap and no overlap."""


class Reachable(
    Sentence,
    under=_GUARANTEES,
    says="every level can be reached",
    means="some appraisal gets each level",
    strictness="same",
):
    """Each level can be reached."""


class Monotone(
    Sentence,
    under=_GUARANTEES,
    says="a better rating never lowers the result",
    means="raising one rating never lowers the level",
    strictness="same",
):
    """A better rating never lowers the level."""


class Bounded(
    Sentence,
    under=_GUARANTEES,
    says="the result lies between the lowest and the highest element",
    means="the level is no lower than the lowest element and no higher than the highest",
    strictness="same",
):
    """The level lies between the elements."""


class EqualsAlike(
    Sentence,
    under=_GUARANTEES,
    says="elements of equal weight count alike",
    means="two that weigh the same, or that have no weights, may exchange ratings without altering the level",
    strictness="same",
):
    """Elements of equal weight may exchange their ratings."""


class Noninterference(
    Sentence,
    under=_GUARANTEES,
    says="the result depends on no other executive",
    means="the derivation reads one executive's own appraisal alone",
    strictness="same",
):
    """No other executive's data enter."""


class Needs(
    Sentence,
    under=_GUARANTEES,
    says="level 5 needs no critical element below level 4",
    means="a level is never reached without it",
    strictness="same",
):
    """What a level needs."""

    level: LevelWord
    phrases: Phrases


class Gives(
    Sentence,
    under=_GUARANTEES,
    says="every critical element at level 3 gives level 3",
    means="a pattern always gives this level",
    strictness="same",
):
    """What a pattern gives."""

    phrases: Phrases
    level: LevelWord


class EvaluatesSome(
    Sentence,
    under=_GUARANTEES,
    says="at least 1 critical element evaluates leadership",
    means="how many elements judge it",
    strictness="same",
):
    """How many elements judge something."""

    quantity: Quantity
    noun: Noun
    matter: SubjectMatter


class StandardsDiffer(
    Sentence,
    under=_GUARANTEES,
    says="all standards differ",
    means="no two levels have the same standard",
    strictness="same",
):
    """No two standards are the same."""


class EachCounted(
    Sentence,
    under=_GUARANTEES,
    says=(
        "each federal level has exactly 1 level",
        'each critical element has at least 1 competency from "OPM-validated executive competencies"',
    ),
    means="counts within the description",
    strictness="same",
):
    """Counts within the description."""

    thing: CountedThing
    limit: Limit
    counted: CountedThing
    source: Quoted | None


# ---- scenarios -----------------------------------------------------------------------------------


class WeightGiven(Node):
    """`weight 10`."""

    number: Number


class FurtherRating(Node):
    """`"difficulty" 1`: an additional rating of the same thing."""

    name: Quoted
    value: Signed


class FurtherRatings(Node):
    """`with "difficulty" 1`."""

    ratings: tuple[FurtherRating, ...]


class Marked(Node):
    """`rated 4`."""

    rating: Number
    further: FurtherRatings | None


class Unmarked(Node):
    """`not rated`."""


Mark = Marked | Unmarked


class RatedElement(
    Sentence,
    under=_SCENARIO,
    says=('"Leading Change" weight 10 rated 4', '"Leading Change" not rated'),
    means="the rating of an element, and its weight in the plan",
    strictness="same",
):
    """The rating of an element."""

    name: Quoted
    weight: WeightGiven | None
    mark: Mark


class RatedNoncritical(
    Sentence,
    under=_SCENARIO,
    says='noncritical element "Mentoring" weight 10 rated 4',
    means="the rating of a noncritical element that the plan brings itself, and its weight in the plan",
    strictness="same",
):
    """The rating of a noncritical element of the plan's own."""

    name: Quoted
    weight: WeightGiven | None
    mark: Mark


class WeighedElement(
    Sentence,
    under=_SCENARIO,
    says='"Mission Results" weight 60',
    means="the weight of an element that is derived from its requirements, and so has no rating of its own",
    strictness="same",
):
    """The weight of an element that is derived."""

    name: Quoted
    weight: WeightGiven


class RatedRequirement(
    Sentence,
    under=_SCENARIO,
    says='requirement "Port inspections" of "Mission Results" weight 50 rated 5 with "difficulty" 1',
    means="the rating of a requirement of an element",
    strictness="same",
):
    """The rating of a requirement."""

    name: Quoted
    element: Quoted
    weight: WeightGiven | None
    mark: Mark


class FactGiven(
    Sentence,
    under=_SCENARIO,
    says=('"position type" is "general"', '"days served" is 280'),
    means="what a fact about the executive or the unit is",
    strictness="same",
):
    """What a fact about the executive or the unit is."""

    name: Quoted
    value: Quoted | Signed


class WithAmendment(
    Sentence,
    under=_SCENARIO,
    says='with amendment "Raise the bar for Outstanding"',
    means="the scenario is run on the amended text",
    strictness="same",
):
    """The scenario is run on an amended text."""

    name: Quoted


class ExpectScore(Sentence, under=_SCENARIO, says="expect score 400", means="the exact score", strictness="same"):
    """The score expected."""

    value: Signed


class ExpectValue(
    Sentence, under=_SCENARIO, says='expect "credit" 0.2', means="the exact value of something named", strictness="same"
):
    """A named value expected."""

    name: Quoted
    value: Signed


class ExpectOutcome(
    Sentence, under=_SCENARIO, says=("expect level 4", "expect not rated"), means="the result", strictness="same"
):
    """The result expected."""

    outcome: Outcome


class ExpectRefused(
    Sentence,
    under=_SCENARIO,
    says=("expect refused", "expect refused SES603"),
    means="the appraisal is refused, and by which finding",
    strictness="same",
):
    """A refusal expected: the appraisal is refused, and by which finding."""

    code: Code | None
