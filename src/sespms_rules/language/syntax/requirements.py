"""Sentences of requirements: what systems and records must, should and may."""

from __future__ import annotations

from sespms_rules.language.syntax.limits import Event, Limit, Place, Repeat, Timing
from sespms_rules.language.syntax.nodes import Node, PartName, Quotation, Sentence, Text
from sespms_rules.language.syntax.record_words import Count, RecordThing
from sespms_rules.language.syntax.uses import Actions, Share
from sespms_rules.language.syntax.words import (
    Act,
    Coverage,
    PartKind,
    Role,
    Unit,
)

_REQUIREMENT = PartKind.REQUIREMENT


class Says(
    Sentence,
    under=_REQUIREMENT,
    says='says "A summary for readers."',
    means="a summary for readers",
    strictness="present",
):
    """A summary for readers."""

    text: Text


class MustState(
    Sentence,
    under=_REQUIREMENT,
    says="must state appraisal period: lasts at least 90 days",
    means="a system says this or something at least as strict",
    strictness="same",
):
    """A system must say it."""

    quotation: Quotation


class MustNotState(
    Sentence,
    under=_REQUIREMENT,
    says="must not state summary rating: take the first line that fits",
    means="a system may not say this",
    strictness="same",
):
    """A system may not say it."""

    quotation: Quotation


class MustNotContradict(
    Sentence,
    under=_REQUIREMENT,
    says="must not contradict awards and pay: performance award needs level 3 or better",
    means="a system need not say this; where it says something of the kind, that is at least as strict",
    strictness="same",
):
    """What a system says of it is at least as strict; it may be silent."""

    quotation: Quotation


class ShouldState(
    Sentence,
    under=_REQUIREMENT,
    says="should state appraisal: considers results and quality",
    means="like `must state`, and a miss is a warning",
    strictness="same",
):
    """A system should say it."""

    quotation: Quotation


class MustHave(
    Sentence, under=_REQUIREMENT, says="must have training", means="the part has a sentence", strictness="same"
):
    """A part must be there."""

    part: PartName


class MustNotHave(
    Sentence, under=_REQUIREMENT, says="must not have distribution", means="the part has no sentence", strictness="same"
):
    """A part may not be there."""

    part: PartName


class MustNotHaveNoncritical(
    Sentence,
    under=_REQUIREMENT,
    says="must not have noncritical elements",
    means="every element that the system names is critical",
    strictness="same",
):
    """Every named element is critical."""


class MayHave(
    Sentence, under=_REQUIREMENT, says="may have distribution", means="the part is allowed", strictness="same"
):
    """A part may be there."""

    part: PartName


class MustGuarantee(
    Sentence,
    under=_REQUIREMENT,
    says="must guarantee every appraisal gets exactly one level",
    means="it holds of the system, whether or not the system says it",
    strictness="same",
):
    """A property must hold."""

    guarantee: Sentence


class ShouldGuarantee(
    Sentence,
    under=_REQUIREMENT,
    says="should guarantee at least 1 critical element evaluates leadership",
    means="like `must guarantee`, and a miss is a warning",
    strictness="same",
):
    """A property should hold."""

    guarantee: Sentence


class ForAppointment(Node):
    """`for a career executive`."""

    coverage: Coverage


class Record(Node):
    """`annual rating for a career executive below level 3 twice in 3 years`."""

    thing: Act | RecordThing
    appointment: ForAppointment | None
    place: Place | None
    repeat: Repeat | None


class Duty(Node):
    """What a record must do."""


class Come(Duty):
    """`come after board recommendation`."""

    timing: Timing


class ComeUnless(Duty):
    """`come within 120 days after a new agency head unless after annual rating at level 1`."""

    timing: Timing
    act: Act
    place: Place


class BeFollowedBy(Duty):
    """`be followed by placement`."""

    event: Event


class BeGivenTo(Duty):
    """`be given to executive, rating official and board`."""

    roles: tuple[Role, ...]


class RestOn(Duty):
    """`rest on annual rating`."""

    act: Act


class GiveReasons(Duty):
    """`give written reasons`."""


class BeBy(Duty):
    """`be by appointing authority`."""

    role: Role


class BeInWriting(Duty):
    """`be in writing`."""


class BeShare(Duty):
    """`be 5% to 20% of basic pay`."""

    share: Share


class BeIndependent(Duty):
    """`be independent of initial rating`."""

    act: Act


class Last(Duty):
    """`last at least 120 days`."""

    limit: Limit
    unit: Unit


class HaveCount(Duty):
    """`have at least 3 members`."""

    limit: Limit
    count: Count


class HaveCountEachPeriod(Duty):
    """`have exactly 1 annual rating each period`."""

    limit: Limit
    count: Count


class HaveCareerMajority(Duty):
    """`have a career majority`."""


class Consider(Duty):
    """`consider guidelines and detail appraisal`."""

    acts: tuple[Act, ...]


class RateEveryElement(Duty):
    """`rate every critical element`."""


class IncludeExecutive(Duty):
    """`include the executive`."""


class ChangeRating(Duty):
    """`change the rating`."""


class MatchFormula(Duty):
    """`match the formula or give written reasons`."""


class LeadTo(Duty):
    """`lead to removal`."""

    actions: Actions


class EachMust(
    Sentence,
    under=_REQUIREMENT,
    says="each annual rating must come after board recommendation",
    means="a duty on records",
    strictness="same",
):
    """A duty on records."""

    record: Record
    duty: Duty


class EachMustNot(
    Sentence,
    under=_REQUIREMENT,
    says="each annual rating for a career executive must not come within 120 days after a new President",
    means="what records may not do",
    strictness="same",
):
    """What records may not do."""

    record: Record
    duty: Duty
