"""Families of sentences: which two sentences of one part speak of the same thing.

Two sentences of one family in one part are "said twice": the language has no "the last one wins". A family that
adds up (a list of factors, the rows of a derivation, the duties of a requirement) has no key: any number of its
sentences may stand in a part, as long as no two are word for word the same.

Every class of sentence is named here exactly once; a test walks them all.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache
from operator import attrgetter

from sespms_rules.language.syntax import (
    baselines,
    derivation,
    elements,
    facts,
    planning,
    proof,
    requirements,
    steps,
    system,
    uses,
)
from sespms_rules.language.syntax.limits import limit_ends
from sespms_rules.language.syntax.nodes import Sentence

_ADD_UP: frozenset[type[Sentence]] = frozenset(
    {
        system.Covers,
        planning.Includes,
        planning.Balances,
        planning.MeasureKinds,
        planning.Considers,
        planning.Narratives,
        planning.ReasonsFor,
        elements.Competencies,
        elements.Evaluates,
        elements.RequiresText,
        derivation.Band,
        derivation.Row,
        derivation.Override,
        derivation.LevelCap,
        derivation.Ask,
        derivation.TableRow,
        steps.BoardConsiders,
        steps.CaseAppraised,
        steps.OtherCases,
        steps.Attests,
        uses.Support,
        uses.ForAudience,
        uses.CoversEvaluated,
        uses.Given,
        uses.Secured,
        proof.Needs,
        proof.EvaluatesSome,
        baselines.AppliesToExecutives,
        baselines.AppliesToFollowers,
        baselines.AppliesToPlace,
        baselines.Advisory,
        requirements.MustState,
        requirements.MustNotState,
        requirements.MustNotContradict,
        requirements.ShouldState,
        requirements.MustHave,
        requirements.MustNotHave,
        requirements.MayHave,
        requirements.MustGuarantee,
        requirements.ShouldGuarantee,
        requirements.EachMust,
        requirements.EachMustNot,
    }
)
"""Families of which a part may hold any number of sentences."""

_ONE_IN_A_PART: frozenset[type[Sentence]] = frozenset(
    {
        system.Agency,
        system.Effective,
        system.Purpose,
        system.ElementCount,
        system.NoncriticalCount,
        system.Oversight,
        system.Submitted,
        system.Approved,
        system.OutsideService,
        system.Certified,
        planning.Runs,
        planning.Lasts,
        planning.Extended,
        planning.Blackout,
        planning.InWriting,
        planning.Consultation,
        planning.Describes,
        planning.Happens,
        planning.CoversEvery,
        planning.Tells,
        planning.GivesAdvice,
        planning.IncludesMidYear,
        planning.RevisesPlan,
        planning.GivesFeedback,
        planning.DocumentsFeedback,
        planning.RatesEvery,
        planning.NotAppealable,
        planning.ProhibitsDistribution,
        elements.RequirementsRated,
        elements.InSomePlans,
        elements.RequirementTotal,
        elements.RequirementWhole,
        elements.RequirementCount,
        elements.WeightTotal,
        elements.WeightWhole,
        elements.WeightAll,
        elements.WeightOthers,
        derivation.ScoreIs,
        derivation.RowOtherwise,
        derivation.FirstFits,
        derivation.GivesNoLevel,
        derivation.ScoreOfNothing,
        derivation.TableOtherwise,
        steps.BoardSize,
        steps.BoardCareerMajority,
        steps.BoardAppointed,
        steps.BoardPublished,
        steps.BoardInWriting,
        steps.BoardRecusal,
        steps.BoardChance,
        steps.AppraisalsGo,
        steps.AppraisalsConsidered,
        steps.UnitAverage,
        steps.CapInspectorGeneralApart,
        steps.CapRounding,
        steps.CapExcess,
        uses.Pool,
        uses.GivesPlan,
        uses.UsesAppraisal,
        uses.IdentifiesNeeds,
        uses.GoWith,
        proof.TotalRating,
        proof.Reachable,
        proof.Monotone,
        proof.Bounded,
        proof.EqualsAlike,
        proof.Noninterference,
        proof.StandardsDiffer,
        proof.WithAmendment,
        proof.ExpectScore,
        proof.ExpectOutcome,
        baselines.IssuedBy,
        baselines.SourceOf,
        baselines.InForce,
        baselines.ReadAsOf,
        baselines.Savings,
        requirements.MustNotHaveNoncritical,
        baselines.Replaces,
        baselines.Amends,
        baselines.Because,
        requirements.Says,
    }
)
"""Families of which a part holds one sentence."""

_SHARED: dict[type[Sentence], str] = {
    elements.RatedOnLevels: "how an element is rated",
    elements.RatedOnScale: "how an element is rated",
    baselines.AppliesToStarting: "periods it applies to",
    baselines.AppliesToEnding: "periods it applies to",
    baselines.Confirmed: "how far it was compared",
    baselines.PartlyConfirmed: "how far it was compared",
    baselines.Unconfirmed: "how far it was compared",
}
"""Classes that are one family between them, of which a part holds one sentence."""

_ABOUT: dict[type[Sentence], tuple[str, ...]] = {
    system.Follows: ("baseline",),
    system.LeavesOut: ("unit",),
    system.Adapts: ("what",),
    system.Accepts: ("code",),
    planning.EarlyEnd: ("role",),
    planning.Communicated: ("timing.event",),
    planning.Consistency: ("role",),
    planning.EachHas: ("part", "item"),
    elements.RequirementHas: ("item",),
    elements.AlsoRated: ("name",),
    elements.LevelDefinition: ("level",),
    elements.Standard: ("level",),
    elements.WeightOf: ("name",),
    elements.WeightNoneAbove: ("name",),
    derivation.AlsoReport: ("name",),
    derivation.TableLevel: ("level",),
    steps.Step: ("act",),
    steps.Independent: ("act", "other"),
    steps.Cap: ("coverages", "place"),
    steps.CapFrom: ("coverages",),
    steps.CapWaiver: ("role",),
    uses.Allows: ("when",),
    uses.Requires: ("when",),
    uses.Bars: ("when",),
    uses.RewardShare: ("reward", "place"),
    uses.RewardNeedsLevel: ("reward",),
    uses.RewardNeedsAct: ("reward", "act"),
    uses.RewardFor: ("reward",),
    uses.RewardHappens: ("reward",),
    uses.RewardLookup: ("reward",),
    uses.RewardOrder: ("reward",),
    uses.Kept: ("event",),
    proof.Gives: ("phrases",),
    proof.EachCounted: ("thing", "counted", "source"),
    derivation.ValueOfNothing: ("name",),
    proof.RatedRequirement: ("element", "name"),
    proof.FactGiven: ("name",),
    proof.ExpectValue: ("name",),
    proof.ExpectRefused: ("code",),
    baselines.Meaning: ("term",),
    baselines.ListItem: ("name",),
}
"""Families of which a part holds one sentence for each thing; the fields that say which thing."""

_SHARED_ABOUT: dict[type[Sentence], tuple[str, str]] = {
    derivation.NamedIs: ("a value with a name", "name"),
    derivation.MemberIs: ("a value with a name", "name"),
    derivation.UnratedLeftOut: ("what a missing rating does", "noun"),
    derivation.UnratedStop: ("what a missing rating does", "noun"),
    derivation.UnratedCountAs: ("what a missing rating does", "noun"),
    proof.RatedElement: ("what an element is rated or weighs", "name"),
    proof.RatedNoncritical: ("what an element is rated or weighs", "name"),
    proof.WeighedElement: ("what an element is rated or weighs", "name"),
    facts.FactOfWords: ("what a fact can be", "name"),
    facts.FactOfWholeNumbers: ("what a fact can be", "name"),
    facts.FactOfDecimals: ("what a fact can be", "name"),
    steps.MayChange: ("whether a step changes the rating", "act"),
    steps.MayNotChange: ("whether a step changes the rating", "act"),
}
"""Classes that are one family between them, one sentence for each thing."""


def family(sentence: Sentence) -> Hashable | None:
    """What a sentence speaks of within its part: equal keys speak of the same thing; None where it adds up.

    A class that is a kind of another one is of its family. Raises KeyError for a class that is not named here.
    """
    kind = _named(type(sentence))
    if kind in _ADD_UP:
        return None
    if kind in _ONE_IN_A_PART:
        return kind.__name__
    if kind in _SHARED:
        return _SHARED[kind]
    if kind in _SHARED_ABOUT:
        name, what = _SHARED_ABOUT[kind]
        return (name, attrgetter(what)(sentence))
    return (kind.__name__, *(attrgetter(what)(sentence) for what in _ABOUT[kind]))


@cache
def _named(kind: type[Sentence]) -> type[Sentence]:
    """The class that this module names: the sentence's own, or the one it is a kind of."""
    for each in kind.__mro__:
        if any(each in families for families in (_ADD_UP, _ONE_IN_A_PART, _SHARED, _ABOUT, _SHARED_ABOUT)):
            return each
    raise KeyError(kind.__name__)


def clash(first: Sentence, second: Sentence) -> bool:
    """Whether two sentences of one part may not stand together.

    They may not when they are the same, or speak of the same thing; but a floor and a ceiling for one weight
    (`all at least 5`, `all at most 30`) do stand together, and so do two that hold of other executives (`when`).
    """
    if first == second:
        return True
    key = family(first)
    if key is None or key != family(second):
        return False
    if isinstance(first, _Weight) and isinstance(second, _Weight):
        return first.when == second.when and _share_an_end(first, second)
    if isinstance(first, elements.WeightNoneAbove) and isinstance(second, elements.WeightNoneAbove):
        return first.when == second.when
    return True


_Weight = elements.WeightOf | elements.WeightAll | elements.WeightOthers


def _share_an_end(first: _Weight, second: _Weight) -> bool:
    """Whether both limits say something about the same end."""
    ends = zip(limit_ends(first.limit), limit_ends(second.limit), strict=True)
    return any(one is not None and other is not None for one, other in ends)
