"""Sentences on the uses of results, awards and pay, development, training, evaluation and records."""

from __future__ import annotations

from sespms_rules.language.syntax.formula import Key
from sespms_rules.language.syntax.limits import Coverages, Event, Frequency, LevelWord, Limit, Place, Repeat, Timing
from sespms_rules.language.syntax.nodes import Node, Number, Quoted, Sentence
from sespms_rules.language.syntax.record_words import Safeguard
from sespms_rules.language.syntax.words import Act, Action, Audience, Base, Evaluated, PartKind, Reward, Role, Unit


class WhenLevel(Node):
    """`level 1 twice in 5 years`."""

    level: LevelWord
    repeat: Repeat | None


class WhenBelow(Node):
    """`below level 3 twice in 3 years`."""

    level: LevelWord
    repeat: Repeat | None


When = WhenLevel | WhenBelow


class AllOf(Node):
    """Actions that all follow."""

    actions: tuple[Action, ...]


class OneOf(Node):
    """Actions of which one follows."""

    actions: tuple[Action, ...]


Actions = AllOf | OneOf


class Allows(
    Sentence,
    under=PartKind.USES,
    says="level 5 allows performance award and pay increase",
    means="what a level makes possible",
    strictness="duty list",
):
    """What a level allows."""

    when: When
    actions: Actions


class Requires(
    Sentence,
    under=PartKind.USES,
    says=("level 1 requires reassignment, transfer or removal", "below level 3 twice in 3 years requires removal"),
    means="what must follow a level, or two of them within some years",
    strictness="option list",
):
    """What a level requires."""

    when: When
    actions: Actions


class Bars(
    Sentence,
    under=PartKind.USES,
    says="below level 3 bars performance award",
    means="what a level rules out",
    strictness="duty list",
):
    """What a level bars."""

    when: When
    actions: Actions


class Support(
    Sentence,
    under=PartKind.USES,
    says="support pay adjustment, performance award, development, retention and removal",
    means="what ratings are a basis for",
    strictness="duty list",
):
    """What ratings are a basis for."""

    actions: Actions


class OrShare(Node):
    """`or 20% of average career basic pay, whichever is larger`."""

    percent: Number
    base: Base


class Share(Node):
    """`5% to 20% of basic pay`."""

    limit: Limit
    base: Base
    alternative: OrShare | None


class RewardShare(
    Sentence,
    under=PartKind.REWARDS,
    says="performance award is 5% to 20% of basic pay at level 3 or better",
    means="the size of a reward when it is given",
    strictness="number",
):
    """Size of a reward."""

    reward: Reward
    share: Share
    place: Place | None


class RewardNeedsLevel(
    Sentence,
    under=PartKind.REWARDS,
    says="performance award needs level 3 or better",
    means="the level a reward needs",
    strictness="number",
):
    """The level a reward needs."""

    reward: Reward
    level: LevelWord


class RewardNeedsAct(
    Sentence,
    under=PartKind.REWARDS,
    says="performance award needs board recommendation",
    means="the step a reward needs first",
    strictness="same",
):
    """The step a reward needs."""

    reward: Reward
    act: Act


class RewardFor(
    Sentence,
    under=PartKind.REWARDS,
    says="performance award is for career executives only",
    means="who may get a reward",
    strictness="option list",
):
    """Who may get a reward."""

    reward: Reward
    coverages: Coverages


class RewardHappens(
    Sentence,
    under=PartKind.REWARDS,
    says="pay increase happens at most 1 time each year",
    means="how often",
    strictness="number",
):
    """How often a reward is given."""

    reward: Reward
    frequency: Frequency


class RewardLookup(
    Sentence,
    under=PartKind.REWARDS,
    says='performance award is the "Award" for level',
    means="a table decides the size",
    strictness="number",
):
    """A reward by table."""

    reward: Reward
    table: Quoted
    key: Key


class Pool(
    Sentence,
    under=PartKind.REWARDS,
    says="award pool is at most 10% of career basic pay or 20% of average career basic pay, whichever is larger",
    means="the size of the award pool, on the figures of the year before",
    strictness="number",
):
    """The size of the award pool, on the figures of the year before."""

    share: Share


class RewardOrder(
    Sentence,
    under=PartKind.REWARDS,
    says="higher levels get the larger performance award",
    means="better ratings are paid better",
    strictness="same",
):
    """Better ratings are paid better."""

    reward: Reward


class GivesPlan(
    Sentence,
    under=PartKind.DEVELOPMENT,
    says="gives each executive a development plan",
    means="an executive development plan for each",
    strictness="same",
):
    """A development plan for each."""


class UsesAppraisal(
    Sentence,
    under=PartKind.DEVELOPMENT,
    says="uses the appraisal",
    means="the review of development uses the appraisal",
    strictness="same",
):
    """Development uses the appraisal."""


class IdentifiesNeeds(
    Sentence,
    under=PartKind.DEVELOPMENT,
    says="identifies training needs",
    means="the training needs of each executive are looked for in each period, and written down or said to be none",
    strictness="same",
):
    """Training needs."""


class ForAudience(
    Sentence,
    under=PartKind.TRAINING,
    says="is for leaders, supervisors and executives",
    means="who is trained in performance management",
    strictness="duty list",
):
    """Who is trained in performance management."""

    audiences: tuple[Audience, ...]


class CoversEvaluated(
    Sentence,
    under=PartKind.EVALUATION,
    says="covers effectiveness and compliance",
    means="what an evaluation of the system covers",
    strictness="duty list",
):
    """What an evaluation covers."""

    evaluated: tuple[Evaluated, ...]


class Kept(
    Sentence,
    under=PartKind.RECORDS,
    says="are kept at least 5 years from annual rating",
    means="how long records are kept, and from when",
    strictness="number",
):
    """Retention: how long records are kept, and from when."""

    limit: Limit
    unit: Unit
    event: Event


class Given(
    Sentence,
    under=PartKind.RECORDS,
    says="are given to executive within 5 days after initial rating",
    means="who gets a copy, and when",
    strictness="moment",
):
    """Copies: who gets a copy, and when."""

    role: Role
    timing: Timing | None


class GoWith(
    Sentence,
    under=PartKind.RECORDS,
    says="go with the executive",
    means="the file moves with the executive",
    strictness="same",
):
    """The file moves with the executive."""


class Secured(
    Sentence,
    under=PartKind.RECORDS,
    says="are secured by access control, encryption and access log",
    means="how records are kept from who may not read or change them",
    strictness="duty list",
):
    """How records are secured."""

    safeguards: tuple[Safeguard, ...]
