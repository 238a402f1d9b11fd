"""Sentences on the appraisal period, the performance plan, progress reviews and the appraisal itself."""

from __future__ import annotations

from sespms_rules.language.syntax.limits import Frequency, LevelWord, Limit, Place, Timing
from sespms_rules.language.syntax.nodes import (
    Node,
    Number,
    Sentence,
)
from sespms_rules.language.syntax.words import (
    Factor,
    MeasureKind,
    Month,
    Narrative,
    PartKind,
    Perspective,
    PlanContent,
    PlanItem,
    PlanPart,
    Role,
    Unit,
)


class MonthDay(Node):
    """`October 1`."""

    month: Month
    day: Number


class AnyDay(Node):
    """`any day`: a hole for a day of the year."""


class Runs(
    Sentence,
    under=PartKind.PERIOD,
    says="runs October 1 to September 30",
    means="the appraisal period",
    strictness="same",
):
    """First and last day of the period."""

    first: MonthDay | AnyDay
    last: MonthDay | AnyDay


class Lasts(
    Sentence,
    under=PartKind.PERIOD,
    says="lasts at least 90 days",
    means="the shortest time under an approved plan before a rating",
    strictness="number",
):
    """The minimum appraisal period."""

    limit: Limit
    unit: Unit


class Extended(
    Sentence,
    under=PartKind.PERIOD,
    says="is extended until the minimum is met",
    means="an executive who cannot be rated at the end is rated later, never by default",
    strictness="same",
):
    """The extension rule: an executive who cannot be rated at the end is rated later, never by default."""


class EarlyEnd(
    Sentence,
    under=PartKind.PERIOD,
    says="may end early by rating official on an adequate basis",
    means="who may end a period early",
    strictness="same",
):
    """The early end of a period."""

    role: Role


class Blackout(
    Sentence,
    under=PartKind.PERIOD,
    says="has no career rating within 120 days after a new President",
    means="no career executive is rated in that time, both ends barred",
    strictness="number",
):
    """The bar after a new President."""

    number: Number
    unit: Unit


class InWriting(
    Sentence,
    under=(PartKind.PLAN, PartKind.REVIEW, PartKind.APPRAISAL),
    says="is in writing",
    means="it is written; an automated system counts",
    strictness="same",
):
    """Written form: it is written; an automated system counts."""


class Consultation(
    Sentence,
    under=PartKind.PLAN,
    says="is developed by rating official in consultation with executive",
    means="who develops the plan, and with whom",
    strictness="same",
):
    """How a plan is developed."""

    by: Role
    with_whom: Role


class Communicated(
    Sentence,
    under=PartKind.PLAN,
    says="is communicated by period start",
    means="when the executive gets the plan",
    strictness="moment",
):
    """When the plan is communicated."""

    timing: Timing


class Consistency(
    Sentence,
    under=PartKind.PLAN,
    says="is reviewed for consistency by board",
    means="who compares plans at the start of the period",
    strictness="same",
):
    """The review for consistency."""

    role: Role


class Includes(
    Sentence,
    under=PartKind.PLAN,
    says="includes individual expectations, critical elements, requirements and standards",
    means="what a plan contains",
    strictness="duty list",
):
    """What a plan contains."""

    contents: tuple[PlanContent, ...]


class Balances(
    Sentence,
    under=PartKind.PLAN,
    says="balances results, customer and employee perspectives",
    means="the perspectives that measures balance",
    strictness="duty list",
):
    """The perspectives that measures balance."""

    perspectives: tuple[Perspective, ...]


class MeasureKinds(
    Sentence,
    under=PartKind.PLAN,
    says="uses measures of quality, quantity, timeliness, cost and manner",
    means="the kinds of measure a plan may use",
    strictness="duty list",
):
    """The kinds of measure a plan may use."""

    kinds: tuple[MeasureKind, ...]


class EachHas(
    Sentence,
    under=PartKind.PLAN,
    says="each requirement has at least 1 strategic goal",
    means="how many of something each part of a plan has",
    strictness="number",
):
    """Counts within a plan."""

    part: PlanPart
    limit: Limit
    item: PlanItem


class Describes(
    Sentence,
    under=PartKind.PLAN,
    says="each requirement describes level 3",
    means="the level a requirement is written for",
    strictness="same",
):
    """The level requirements are written for."""

    level: LevelWord


class Happens(
    Sentence,
    under=(PartKind.REVIEW, PartKind.APPRAISAL, PartKind.DEVELOPMENT, PartKind.TRAINING, PartKind.EVALUATION),
    says=("happens at least 1 time each period", "happens at least 1 time every 2 years"),
    means="how often it takes place",
    strictness="number",
):
    """A frequency: how often it takes place."""

    frequency: Frequency


class CoversEvery(
    Sentence,
    under=PartKind.REVIEW,
    says="covers every critical element",
    means="the scope of a progress review",
    strictness="same",
):
    """Scope of a progress review."""


class Tells(
    Sentence,
    under=PartKind.REVIEW,
    says="tells the executive how the work stands",
    means="a progress review says how the executive is doing",
    strictness="same",
):
    """Content of a progress review."""


class GivesAdvice(
    Sentence,
    under=PartKind.REVIEW,
    says="gives advice and help",
    means="a progress review helps to improve",
    strictness="same",
):
    """Content of a progress review."""


class IncludesMidYear(
    Sentence,
    under=PartKind.REVIEW,
    says="includes a mid-year review",
    means="one of the progress reviews is held in the midst of the period; `rating steps` may say by whom and when",
    strictness="same",
):
    """A mid-year review, which counts as a progress review."""


class RevisesPlan(
    Sentence,
    under=PartKind.REVIEW,
    says="may revise the plan in writing",
    means="a review may change the plan; the change is written down and dated",
    strictness="same",
):
    """The revision of a plan at a review."""


class GivesFeedback(
    Sentence,
    under=PartKind.REVIEW,
    says="gives feedback at least 4 times each period",
    means="how often the executive is told how the work goes, beside the progress reviews",
    strictness="number",
):
    """Continuous feedback."""

    frequency: Frequency


class DocumentsFeedback(
    Sentence,
    under=PartKind.REVIEW,
    says="documents the feedback",
    means="what was said is written down each time",
    strictness="same",
):
    """The documentation of feedback."""


# ---- appraisal -----------------------------------------------------------------------------------


class RatesEvery(
    Sentence,
    under=PartKind.APPRAISAL,
    says="rates every critical element",
    means="none is left without a rating",
    strictness="same",
):
    """Every element is rated."""


class Considers(
    Sentence,
    under=PartKind.APPRAISAL,
    says="considers results, quality, guidelines and merit principles",
    means="the factors an appraisal weighs",
    strictness="duty list",
):
    """The factors an appraisal weighs."""

    factors: tuple[Factor, ...]


class Narratives(
    Sentence,
    under=PartKind.APPRAISAL,
    says="includes a summary narrative",
    means="writing that goes with the rating",
    strictness="duty list",
):
    """Narratives: writing that goes with the rating."""

    narratives: tuple[Narrative, ...]


class ReasonsFor(
    Sentence,
    under=PartKind.APPRAISAL,
    says="gives written reasons for elements at level 5",
    means="which element ratings need written reasons",
    strictness="duty list",
):
    """Which element ratings need written reasons."""

    place: Place


class NotAppealable(
    Sentence, under=PartKind.APPRAISAL, says="is not appealable", means="no appeal lies", strictness="same"
):
    """No appeal."""


class ProhibitsDistribution(
    Sentence,
    under=PartKind.APPRAISAL,
    says="prohibits a forced distribution of levels",
    means="no share of executives is fixed for a level",
    strictness="same",
):
    """No forced distribution, as the system itself says."""
