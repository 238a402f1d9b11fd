"""By which order each class of sentence is compared: the one place where every family is named.

A class of sentence says of itself which of the ten orders it keeps (`strictness`); here stands how the order reads
its fields. A test walks all classes that an edition may quote.
"""

from __future__ import annotations

from functools import cache
from operator import attrgetter

from sespms_rules.checks.analysis import (
    COPY,
    PUBLICATION,
    in_circle,
)
from sespms_rules.language.syntax import derivation, elements, planning, steps, system, uses
from sespms_rules.language.syntax.nodes import Day, Sentence
from sespms_rules.language.syntax.words import Act
from sespms_rules.law import declared, uses_and_pay
from sespms_rules.law.comparing import (
    Answer,
    Family,
    Question,
    either_way,
    levels_at,
    one,
    present,
    same_again,
    same_kind,
    together,
    weaker,
)
from sespms_rules.law.functions import derives_the_same
from sespms_rules.law.orders import at_least_as_long, frequency, is_by, number, same, threshold
from sespms_rules.law.plans import keeps
from sespms_rules.law.timing_order import satisfies, with_moments

# ---- families with a way of their own ------------------------------------------------------------


def _certified(said: system.Certified, asked: system.Certified) -> bool:
    """Days of certification inside those asked for; a hole is no end."""
    starts = not isinstance(asked.first, Day) or (isinstance(said.first, Day) and said.first.value >= asked.first.value)
    return starts and (
        not isinstance(asked.last, Day) or (isinstance(said.last, Day) and said.last.value <= asked.last.value)
    )


def _blackout(said: planning.Blackout, asked: planning.Blackout) -> bool:
    return at_least_as_long((said.number.value, said.unit), (asked.number.value, asked.unit))


def _levels_rated_on(said: elements.RatedOnLevels, asked: elements.RatedOnLevels) -> bool:
    return {each.value for each in said.levels} == {each.value for each in asked.levels}


def _communicated(question: Question) -> Answer:
    return _by_moment(question, Act.PLAN)


def _published(question: Question) -> Answer:
    return _by_moment(question, PUBLICATION)


def _by_moment(question: Question, point: Act | str) -> Answer:
    timing = attrgetter("timing")
    near = question.of_kind()
    if near and satisfies(
        question.system, point, map(timing, (each.sentence for each in near)), timing(question.asked)
    ):
        return Answer(True, near)
    return weaker(near)


def _given(question: Question) -> Answer:
    """A copy for the same person, no later; any copy will do where no moment is asked."""
    asked = question.asked
    assert isinstance(asked, uses.Given)  # noqa: S101 - this family's class
    near = []
    for each in question.of_kind():
        sentence = each.sentence
        if isinstance(sentence, uses.Given) and same(sentence.role, asked.role):
            near.append(each)
            own = (sentence.timing,) if sentence.timing else ()
            if asked.timing is None or (own and satisfies(question.system, COPY, own, asked.timing)):
                return Answer(True, (each,))
    return weaker(near)


def _step(question: Question) -> Answer:
    """The same act by the same official, at a moment that is asked for; one on request only where that is asked."""
    asked = question.asked
    assert isinstance(asked, steps.Step)  # noqa: S101 - this family's class
    near = [
        each for each in question.of_kind() if isinstance(each.sentence, steps.Step) and each.sentence.act is asked.act
    ]
    for each in near:
        said = each.sentence
        assert isinstance(said, steps.Step)  # noqa: S101 - chosen above
        if not is_by(said.role, asked.role):
            return Answer(False, (each,), f"it is taken by {said.role}, and {asked.role} is asked")
        if said.on_request and not asked.on_request:
            return Answer(False, (each,), "the step is taken only on request")
        own = said.timings.parts if said.timings else ()
        wanted = asked.timings.parts if asked.timings else ()
        if all(satisfies(question.system, said.act, own, timing) for timing in wanted):
            return Answer(True, (each,))
        circle = said.act in in_circle(question.system)
        why = "the order of steps goes in a circle" if circle else "the moment is not within what is asked"
        if circle:
            return Answer(False, (each,), why)
        words = with_moments(question.system, each, wanted)
        return Answer(False, (each,), f"{why}, by the order of steps that it states", words=words)
    return weaker(near)


def _case_appraised(question: Question) -> Answer:
    """Every case that is asked about is appraised, from no later a day."""
    asked = question.asked
    assert isinstance(asked, steps.CaseAppraised)  # noqa: S101 - this family's class
    from_day = None if asked.threshold is None else (asked.threshold.number.value, asked.threshold.unit)
    near = tuple(
        each
        for each in question.of_kind()
        if isinstance(each.sentence, steps.CaseAppraised) and set(each.sentence.cases.cases) & set(asked.cases.cases)
    )
    covered = set()
    for each in near:
        said = each.sentence
        assert isinstance(said, steps.CaseAppraised)  # noqa: S101 - chosen above
        own = None if said.threshold is None else (said.threshold.number.value, said.threshold.unit)
        if threshold(own, from_day):
            covered |= set(said.cases.cases)
    return Answer(True, near) if set(asked.cases.cases) <= covered else weaker(near)


def _reasons_for(question: Question) -> Answer:
    """All lines together cover every level that is asked about."""
    asked = question.asked
    assert isinstance(asked, planning.ReasonsFor)  # noqa: S101 - this family's class
    near = question.of_kind()
    if any(same(each.sentence, asked) for each in near):
        return Answer(True, near)
    wanted = levels_at(asked.place)
    known = frozenset[int]().union(*(levels_at(getattr(each.sentence, "place", None)) or () for each in near))
    return Answer(True, near) if near and wanted is not None and wanted <= known else weaker(near)


def _unrated(question: Question) -> Answer:
    """What a missing rating does, for the same elements; silence means that it stops the rating."""
    asked = question.asked
    kinds = (derivation.UnratedLeftOut, derivation.UnratedStop, derivation.UnratedCountAs)
    noun = attrgetter("noun")
    near = [each for each in question.of_kind(*kinds) if same_kind(question.system, noun(each.sentence), noun(asked))]
    for each in near:
        level = getattr(each.sentence, "level", None)
        if type(each.sentence) is type(asked) and same(level, getattr(asked, "level", None)):
            return Answer(True, (each,))
    if isinstance(asked, derivation.UnratedStop) and not near and question.part is not None:
        return Answer(True, (), "it says nothing of missing ratings, and silence means that they stop the rating")
    return weaker(near)


def _plans(question: Question) -> Answer:
    """All sentences on weights together."""
    apart = frozenset(each.name.text for each in question.beside if isinstance(each, elements.WeightOf))
    found = keeps(question.system, question.asked, apart)
    return Answer(found.holds, question.stated, "" if found.holds else found.why)


def _plans_in_element(question: Question) -> Answer:
    """The total and the whole numbers of the weights inside one element: fixed by the sentence alone."""
    return same_again()(question)


def _function(question: Question) -> Answer:
    """Word for word, or the same program with either sentence."""
    near = question.of_kind()
    for each in near:
        if same(each.sentence, question.asked):
            return Answer(True, (each,))
    if question.part is None:
        return weaker(())
    found = derives_the_same(question.system, question.part, question)
    if found.holds is None:
        why = "it derives the level in other words, and whether both always give the same was not decided"
        return Answer(None, found.rivals or near, why)
    if found.why:
        return Answer(False, found.rivals, found.why)
    return Answer(True, found.rivals) if found.holds else weaker(found.rivals)


def _first_fits(question: Question) -> Answer:
    near = question.of_kind()
    return Answer(True, near) if near else weaker(())


def _limit(*about: str) -> Family:
    return one(lambda said, asked: number(said.limit, asked.limit), *about)


def _frequency(*about: str) -> Family:
    return one(lambda said, asked: frequency(said.frequency, asked.frequency), *about)


def _average(said: steps.UnitAverage, asked: steps.UnitAverage) -> bool:
    return number(said.limit, asked.limit)


# ---- every class, once ---------------------------------------------------------------------------

FAMILIES: dict[type[Sentence], Family] = {
    system.Agency: present(),
    system.Follows: same_again("baseline"),
    system.Effective: present(),
    system.Purpose: present(),
    system.Covers: declared.covers,
    system.LeavesOut: present("unit"),
    system.ElementCount: _limit(),
    system.NoncriticalCount: _limit(),
    system.OutsideService: same_again(),
    system.Oversight: present(),
    system.Submitted: present(),
    system.Approved: present(),
    system.Certified: one(_certified),
    system.Adapts: present("what"),
    system.Accepts: present("code"),
    planning.Runs: same_again(),
    planning.Lasts: declared.lasts,
    planning.Extended: same_again(),
    planning.EarlyEnd: same_again(),
    planning.Blackout: one(_blackout),
    planning.InWriting: same_again(),
    planning.Consultation: same_again(),
    planning.Communicated: _communicated,
    planning.Consistency: same_again(),
    planning.Includes: together("contents"),
    planning.Balances: together("perspectives"),
    planning.MeasureKinds: together("kinds"),
    planning.EachHas: declared.each_has,
    planning.Describes: same_again(),
    planning.Happens: _frequency(),
    planning.CoversEvery: same_again(),
    planning.Tells: same_again(),
    planning.GivesAdvice: same_again(),
    planning.IncludesMidYear: same_again(),
    planning.RevisesPlan: same_again(),
    planning.GivesFeedback: _frequency(),
    planning.DocumentsFeedback: same_again(),
    planning.RatesEvery: same_again(),
    planning.Considers: together("factors"),
    planning.Narratives: together("narratives"),
    planning.ReasonsFor: _reasons_for,
    planning.NotAppealable: same_again(),
    planning.ProhibitsDistribution: same_again(),
    elements.Competencies: together("names"),
    elements.Evaluates: together("matters"),
    elements.RequiresText: present(),
    elements.RatedOnLevels: one(_levels_rated_on),
    elements.RatedOnScale: same_again(),
    elements.RequirementsRated: same_again(),
    elements.RequirementTotal: _plans_in_element,
    elements.RequirementWhole: _plans_in_element,
    elements.RequirementCount: _limit(),
    elements.RequirementHas: declared.requirement_has,
    elements.AlsoRated: same_again("name"),
    elements.InSomePlans: same_again(),
    elements.LevelDefinition: same_again("level"),
    elements.Standard: present("level"),
    elements.WeightTotal: _plans,
    elements.WeightWhole: _plans,
    elements.WeightOf: _plans,
    elements.WeightAll: _plans,
    elements.WeightOthers: _plans,
    elements.WeightNoneAbove: _plans,
    derivation.ScoreIs: _function,
    derivation.NamedIs: _function,
    derivation.MemberIs: _function,
    derivation.Band: _function,
    derivation.Row: _function,
    derivation.RowOtherwise: _function,
    derivation.Override: _function,
    derivation.LevelCap: _function,
    derivation.GivesNoLevel: same_again(),
    derivation.ValueOfNothing: same_again("name", "value"),
    derivation.ScoreOfNothing: same_again("value"),
    derivation.FirstFits: _first_fits,
    derivation.UnratedLeftOut: _unrated,
    derivation.UnratedStop: _unrated,
    derivation.UnratedCountAs: _unrated,
    derivation.AlsoReport: same_again("name"),
    derivation.Ask: present(),
    steps.Step: _step,
    steps.MayChange: same_again("act"),
    steps.MayNotChange: same_again("act"),
    steps.Independent: either_way("act", "other"),
    steps.Attests: together("attested"),
    steps.BoardSize: _limit(),
    steps.BoardCareerMajority: same_again(),
    steps.BoardAppointed: same_again(),
    steps.BoardPublished: _published,
    steps.BoardConsiders: together("acts"),
    steps.BoardInWriting: same_again(),
    steps.BoardRecusal: same_again(),
    steps.BoardChance: same_again(),
    steps.CaseAppraised: _case_appraised,
    steps.AppraisalsGo: same_again(),
    steps.AppraisalsConsidered: same_again(),
    steps.OtherCases: present(),
    steps.Cap: one(uses_and_pay.cap),
    steps.UnitAverage: one(_average),
    steps.CapFrom: one(uses_and_pay.cap_from),
    steps.CapInspectorGeneralApart: same_again(),
    steps.CapRounding: same_again(),
    steps.CapWaiver: declared.waiver,
    steps.CapExcess: same_again(),
    uses.Allows: uses_and_pay.allows_or_bars,
    uses.Requires: uses_and_pay.requires,
    uses.Bars: uses_and_pay.allows_or_bars,
    uses.Support: uses_and_pay.supports,
    uses.RewardShare: uses_and_pay.reward_share,
    uses.RewardNeedsLevel: one(uses_and_pay.reward_level, "reward"),
    uses.RewardNeedsAct: same_again("reward"),
    uses.RewardFor: one(uses_and_pay.reward_for, "reward"),
    uses.RewardHappens: one(uses_and_pay.reward_happens, "reward"),
    uses.RewardLookup: same_again("reward"),
    uses.Pool: one(uses_and_pay.pool),
    uses.RewardOrder: same_again("reward"),
    uses.GivesPlan: same_again(),
    uses.UsesAppraisal: same_again(),
    uses.IdentifiesNeeds: same_again(),
    uses.ForAudience: together("audiences"),
    uses.CoversEvaluated: together("evaluated"),
    uses.Kept: declared.kept,
    uses.Given: _given,
    uses.GoWith: same_again(),
    uses.Secured: together("safeguards"),
}


@cache
def family_of(kind: type[Sentence]) -> Family:
    """How sentences of a class are compared. Raises KeyError for a class that no edition can quote."""
    for each in kind.__mro__:
        if each in FAMILIES:
            return FAMILIES[each]
    raise KeyError(kind.__name__)


def at_least_as_strict(question: Question) -> Answer:
    """Whether a part of a system says what is asked or something at least as strict, by which lines, and why not."""
    return family_of(type(question.asked))(question)
