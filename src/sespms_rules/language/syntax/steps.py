"""Sentences of the rating steps, the board, changes of job and the distribution over a population."""

from __future__ import annotations

from sespms_rules.language.syntax.formula import Rounding
from sespms_rules.language.syntax.limits import Coverages, Limit, Place, Timing, Timings
from sespms_rules.language.syntax.nodes import Node, Number, Quoted, Sentence, Text
from sespms_rules.language.syntax.record_words import Attested
from sespms_rules.language.syntax.words import Act, Case, PartKind, Role, Unit


class OnRequest(Node):
    """`on request`: the executive may ask for it."""


class Step(
    Sentence,
    under=PartKind.STEPS,
    says=(
        "initial rating by rating official within 30 days after period end",
        "written response by executive with at least 7 days after initial rating",
        "executive narrative by executive before initial rating",
        "higher-level review by higher-level official on request before board recommendation",
    ),
    means="who takes a step, and when; the order of lines is not the order of steps, the timing is",
    strictness="moment",
):
    """A step of the rating year."""

    act: Act
    term: Quoted | None
    role: Role
    on_request: OnRequest | None
    timings: Timings | None


class MayChange(
    Sentence,
    under=PartKind.STEPS,
    says="annual rating may change the rating for written reasons",
    means="the step may depart from the derived rating",
    strictness="same",
):
    """Discretion: the step may depart from the derived rating."""

    act: Act


class MayNotChange(
    Sentence,
    under=PartKind.STEPS,
    says="higher-level review may not change the rating",
    means="the step may only recommend",
    strictness="same",
):
    """No discretion: the step may only recommend."""

    act: Act


class Independent(
    Sentence,
    under=PartKind.STEPS,
    says="higher-level review is independent of initial rating",
    means="the two steps are taken by different persons",
    strictness="same",
):
    """The two steps are taken by different persons."""

    act: Act
    other: Act


class Attests(
    Sentence,
    under=PartKind.STEPS,
    says="rating certification attests evidence, formula and procedure",
    means="what is certified of a rating: that evidence bears it out, the formula was followed, no step was left out",
    strictness="duty list",
):
    """What is certified of a rating. That the system is certified by OPM, or approved, is another thing."""

    attested: tuple[Attested, ...]


class BoardSize(
    Sentence,
    under=PartKind.BOARD,
    says="has at least 3 members",
    means="how many members a board has",
    strictness="number",
):
    """Size of the board."""

    limit: Limit


class BoardCareerMajority(
    Sentence,
    under=PartKind.BOARD,
    says="has a career majority for career executives",
    means="more than one half are career appointees when a career executive is considered",
    strictness="same",
):
    """Career majority: more than one half are career appointees when a career executive is considered."""


class BoardAppointed(
    Sentence,
    under=PartKind.BOARD,
    says="is appointed by agency head",
    means="who appoints the board",
    strictness="same",
):
    """Appointment of the board."""

    role: Role


class BoardPublished(
    Sentence,
    under=PartKind.BOARD,
    says="publishes appointments before board service",
    means="notice in the Federal Register",
    strictness="moment",
):
    """Publication of appointments: notice in the Federal Register."""

    timing: Timing


class BoardConsiders(
    Sentence,
    under=PartKind.BOARD,
    says="considers guidelines, initial rating and written response",
    means="what the board reads",
    strictness="duty list",
):
    """What the board reads."""

    acts: tuple[Act, ...]


class BoardInWriting(
    Sentence,
    under=PartKind.BOARD,
    says="recommends in writing",
    means="the form of a recommendation",
    strictness="same",
):
    """Written recommendation: the form of a recommendation."""


class BoardRecusal(
    Sentence,
    under=PartKind.BOARD,
    says="excludes members from their own appraisal",
    means="no member sits on their own case",
    strictness="same",
):
    """Recusal: no member sits on their own case."""


class BoardChance(
    Sentence,
    under=PartKind.BOARD,
    says="needs a chance to respond first",
    means="no rating is reviewed that the executive could not answer",
    strictness="same",
):
    """A chance to respond."""


class Cases(Node):
    """`details and temporary reassignments`."""

    cases: tuple[Case, ...]


class FromThreshold(Node):
    """`from 120 days`: where a duty begins."""

    number: Number
    unit: Unit


class CaseAppraised(
    Sentence,
    under=PartKind.CHANGES,
    says="details and temporary reassignments from 120 days are appraised in writing",
    means="which changes of job are appraised; with no threshold, from the first day",
    strictness="duty list",
):
    """Interim appraisal: which changes of job are appraised; with no threshold, from the first day."""

    cases: Cases
    threshold: FromThreshold | None


class AppraisalsGo(
    Sentence,
    under=PartKind.CHANGES,
    says="earlier appraisals go to the gaining supervisor",
    means="appraisals move with the executive",
    strictness="same",
):
    """Transfer of appraisals: appraisals move with the executive."""


class AppraisalsConsidered(
    Sentence,
    under=PartKind.CHANGES,
    says="earlier appraisals are considered",
    means="they count in the rating",
    strictness="same",
):
    """Earlier appraisals count: they count in the rating."""


class OtherCases(
    Sentence,
    under=PartKind.CHANGES,
    says='other cases "The oversight official decides."',
    means="what happens in special circumstances",
    strictness="present",
):
    """What happens in special circumstances."""

    text: Text


class Cap(
    Sentence,
    under=PartKind.DISTRIBUTION,
    says="at most 30% of career executives at level 4 or better",
    means="a limit on the share of a population at some levels",
    strictness="number",
):
    """A limit over a population."""

    limit: Limit
    coverages: Coverages
    place: Place


class UnitAverage(
    Sentence,
    under=PartKind.DISTRIBUTION,
    says="average score at most 3.65 in each unit",
    means="a limit on the mean score of a unit",
    strictness="number",
):
    """A limit on the mean of a unit."""

    limit: Limit


class CapFrom(
    Sentence,
    under=PartKind.DISTRIBUTION,
    says="applies from 5 career executives",
    means="the smallest population it applies to",
    strictness="threshold",
):
    """The smallest population it applies to."""

    number: Number
    coverages: Coverages


class CapInspectorGeneralApart(
    Sentence,
    under=PartKind.DISTRIBUTION,
    says="counts the inspector general apart",
    means="an office of inspector general is its own population",
    strictness="same",
):
    """The inspector general counts apart."""


class CapRounding(
    Sentence,
    under=PartKind.DISTRIBUTION,
    says="is rounded down to whole numbers",
    means="how a share becomes a number of people",
    strictness="same",
):
    """Rounding of the cap."""

    rounding: Rounding


class CapWaiver(
    Sentence,
    under=PartKind.DISTRIBUTION,
    says="may be waived by the President",
    means="who may waive it",
    strictness="same",
):
    """Waiver of the cap."""

    role: Role


class CapExcess(
    Sentence,
    under=PartKind.DISTRIBUTION,
    says="leaves the excess to appointing authority",
    means="who decides when more are rated than the limit allows",
    strictness="same",
):
    """Who decides about the excess."""

    role: Role
