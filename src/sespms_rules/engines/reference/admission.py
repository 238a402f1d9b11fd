"""ir.Program and rating.Appraisal -> Case, or every reason why the appraisal cannot be rated.

A Case differs from an appraisal: each member the policy names is there once, every rating lies on its scale, the
plan keeps the policy's limits, and what a missing rating does has been settled. All engines start from it, so
that they refuse alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sespms_rules.engines.reference.admitted_appraisal import SUMMARY_PLACE, Case, CaseMember, Place
from sespms_rules.engines.reference.admitted_facts import AdmittedFacts, admitted_facts, limits_for
from sespms_rules.engines.reference.plan_limits import plan_refusals
from sespms_rules.engines.refusals import RefusalKind
from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.spelling import backticked, did_you_mean, listed, nearest_name
from sespms_rules.foundation.values import cache_by_identity
from sespms_rules.program.arithmetic import Exact, lean
from sespms_rules.program.ir import Further, Kind, LevelScale, Member, NumberScale, Program, Stage, Unrated, UnratedRule
from sespms_rules.program.plans import mistaken_for
from sespms_rules.program.rating import Appraisal, Rated, Refusal

_SPECIFIC_FIRST = (Kind.CRITICAL, Kind.NONCRITICAL, Kind.REQUIREMENT, Kind.ELEMENT)


def admit(program: Program, appraisal: Appraisal) -> Case | tuple[Refusal, ...]:
    """Make an appraisal ready for the engines.

    Returns the case, or all refusals (601 to 611, 614 to 617 and 621): those of facts, then of elements in the order
    of the appraisal, those of the plan as a whole behind them. Never raises for a fault of the appraisal.
    """
    facts, refused = admitted_facts(program, appraisal)
    admission = AdmissionOfStage(program.summary, SUMMARY_PLACE, appraisal.elements, facts)
    case = admission.case()
    return (*refused, *admission.refusals) or case


class AdmissionOfStage:
    """The admission of one stage; `refusals` grows while its case is made."""

    def __init__(self, stage: Stage, place: Place, given: tuple[Rated, ...], facts: AdmittedFacts) -> None:
        self.stage = stage
        self.place = place
        self.given = given
        self.facts = facts
        self.refusals: list[Refusal] = []

    def case(self) -> Case:
        """Make the case; it may be used only where no refusal was found."""
        named = {member.name: member for member in self.stage.members}
        known, extra = self.sorted(named)
        made: list[CaseMember] = []
        for name, member in named.items():
            rated = known.get(name)
            if rated is None:
                if not member.optional:
                    self._missing(member)
            else:
                made.append(self.member(rated, member))
        made.extend(self.member(rated, None) for rated in extra)
        missing = sum(name not in known and not member.optional for name, member in named.items())
        self.refusals += plan_refusals(limits_for(self.stage, self.facts), self.place, made, missing=missing)
        return Case(self.place, self.stage, tuple(made), self.facts)

    def sorted(self, named: dict[str, Member]) -> tuple[dict[str, Rated], list[Rated]]:
        """Sort what was given into members the policy names and others; report repeated and unknown ones."""
        known: dict[str, Rated] = {}
        extra: dict[str, Rated] = {}
        repeated: set[str] = set()
        for rated in self.given:
            name = rated.name
            if name in known or name in extra:
                repeated.add(name)
            elif name in named:
                known[name] = rated
            else:
                extra[name] = rated
        for name, rated in extra.items():
            if not self.stage.may_bring(critical=rated.critical) or mistaken_for(self.stage, name, known):
                self._unknown(rated, named)
        for name in sorted(repeated):
            times = sum(rated.name == name for rated in self.given)
            self.refusals.append(
                RefusalKind.ELEMENT_REPEATED.because(
                    f"{self.place.holder} names {self.place.kind} `{name}` `{times}` times",
                    f"keep one entry for `{name}` and remove the others",
                    about=self.place.about(name),
                )
            )
        return known, list(extra.values()) if self.stage.open else []

    def _unknown(self, rated: Rated, named: Iterable[str]) -> None:
        name = rated.name
        near = nearest_name(name, named)
        names = backticked(named, "or") if any(True for _ in named) else ""
        help = did_you_mean(near, f"the policy names {names}" if names else "")
        noun = _noun(self.place)
        if self.stage.open and not self.stage.may_bring(critical=rated.critical):
            noun = (Kind.CRITICAL if rated.critical else Kind.NONCRITICAL).value
            other = Kind.NONCRITICAL if rated.critical else Kind.CRITICAL
            help = did_you_mean(near, f"a plan may bring a {other.value} of its own, but no {noun}{_marked(rated)}")
        self.refusals.append(
            RefusalKind.UNKNOWN_ELEMENT.because(
                f"the policy has no {noun} `{name}`" + _of(self.place),
                help,
                about=self.place.about(name),
                origin=self.stage.origin,
            )
        )

    def _missing(self, member: Member) -> None:
        others = [rated.name for rated in self.given if all(rated.name != each.name for each in self.stage.members)]
        near = nearest_name(member.name, others)
        add = f"add `{member.name}`; if it was not rated, say so by leaving its rating empty"
        self.refusals.append(
            RefusalKind.ELEMENT_MISSING.because(
                f"{_noun(self.place)} {self.place.said(member.name)} is missing from the appraisal",
                f"`{near}` stands there instead; did you mean `{member.name}`?" if near else add,
                about=self.place.about(member.name),
                origin=member.origin,
            )
        )

    # ---- one member ------------------------------------------------------------------------------

    def member(self, rated: Rated, member: Member | None) -> CaseMember:
        """Make one member ready; `member` is None for one that only this plan has."""
        critical = member.critical if member else rated.critical
        rule = _rule_for(self.stage, critical) if self.stage.unrated else None
        stage = member.stage if member else None
        level: int | None = None
        number: Exact | None = None
        nested: Case | None = None
        was_rated: bool | None = None
        if stage is not None:
            nested = self._nested(rated, stage, member)
        else:
            if rated.requirements:
                self._refuse_requirements(rated)
            was_rated = rated.rating is not None
            if rated.rating is not None:
                level, number = self._on_scale(rated, rated.rating, member)
            else:
                level = self._unrated(rated.name, rule, member)
        counts = nested is not None or level is not None or number is not None
        if self.stage.further or rated.further:
            left_out = was_rated is False and rule is not None and rule.what is Unrated.LEFT_OUT
            self.refusals += self._further(rated, counts, left_out=left_out)
        weight = None if rated.weight is None else lean(rated.weight)
        further = tuple((name, lean(value)) for name, value in rated.further) if rated.further else ()
        return CaseMember(rated.name, critical, level, number, was_rated, rule, weight, further, nested)

    def _nested(self, rated: Rated, stage: Stage, member: Member | None) -> Case:
        if rated.rating is not None:
            self.refusals.append(
                RefusalKind.LEVEL_OUT_OF_RANGE.because(
                    f"{self.place.said(rated.name)} was rated `{exact(rated.rating)}` as a whole, but it is rated by"
                    " its requirements",
                    "rate its requirements and leave its own rating empty",
                    about=self.place.about(rated.name),
                    origin=member.origin if member else None,
                )
            )
        inner = AdmissionOfStage(stage, Place(rated.name, stage.kind), rated.requirements, self.facts)
        case = inner.case()
        self.refusals += inner.refusals
        return case

    def _refuse_requirements(self, rated: Rated) -> None:
        for requirement in rated.requirements:
            self.refusals.append(
                RefusalKind.UNKNOWN_ELEMENT.because(
                    f"requirement `{requirement.name}` of `{rated.name}` was given, but `{rated.name}` is rated as a"
                    " whole",
                    f"leave the requirements of `{rated.name}` out, and give `{rated.name}` one rating",
                    about=f"{rated.name} / {requirement.name}",
                )
            )

    def _on_scale(self, rated: Rated, rating: Exact, member: Member | None) -> tuple[int | None, Exact | None]:
        """Return the level or the number of a rating; report one that lies outside its scale."""
        scale = member.scale if member else own_scale(self.stage)
        if isinstance(scale, NumberScale):
            if scale.low <= rating <= scale.high:
                return None, lean(rating)
            may = f"a number from `{exact(scale.low)}` to `{exact(scale.high)}`"
        else:
            if rating.denominator == 1 and rating.numerator in scale.levels:
                return rating.numerator, None
            may = f"level {backticked((str(level) for level in sorted(scale.levels, reverse=True)), 'or')}"
        self.refusals.append(
            RefusalKind.LEVEL_OUT_OF_RANGE.because(
                f"{self.place.said(rated.name)} is rated `{exact(rating)}`, which is not {may}",
                f"rate it with {may}",
                about=self.place.about(rated.name),
                origin=member.origin if member else self.stage.origin,
            )
        )
        return None, None

    def _unrated(self, name: str, rule: UnratedRule | None, member: Member | None) -> int | None:
        """Settle a missing rating: the level it counts as, or None for one left out; report one that stops."""
        if rule is not None and rule.what is Unrated.LEFT_OUT:
            return None
        scaled = member is not None and isinstance(member.scale, NumberScale)
        if rule is not None and rule.what is Unrated.COUNT_AS and rule.level is not None and not scaled:
            return rule.level
        self.refusals.append(not_rated(self.place, name, rule, scaled=scaled))
        return None

    def _further(self, rated: Rated, counts: bool, *, left_out: bool) -> Iterator[Refusal]:
        """Report additional ratings that are missing, unknown, given twice, out of range, or beside no rating."""
        declared = {further.name: further for further in self.stage.further}
        given: set[str] = set()
        said, about = self.place.said(rated.name), self.place.about(rated.name)
        for name, value in rated.further:
            rule = declared.get(name)
            if rule is None:
                near = nearest_name(name, declared)
                help = did_you_mean(near, f"leave `{name}` out")
                text = f"{said} is also rated `{name}`, which the policy does not define"
                yield RefusalKind.FURTHER_RATING.because(text, help, about=about)
            elif name in given:
                text = f"{said} is given `{name}` more than once"
                yield RefusalKind.FURTHER_RATING.because(text, f"keep one `{name}`", about=about, origin=rule.origin)
            elif not rule.admits(value):
                may = _may_be(rule)
                text = f"{said} has `{name}` `{exact(value)}`, which is not {may}"
                yield RefusalKind.FURTHER_RATING.because(
                    text, f"give `{name}` from {may}", about=about, origin=rule.origin
                )
            elif left_out:
                # It would be dropped with the member, though a rating was more likely forgotten than this one given.
                text = f"{said} has `{name}` `{exact(value)}` and is not rated"
                help = f"rate {said}, or leave `{name}` out"
                yield RefusalKind.FURTHER_RATING.because(text, help, about=about, origin=rule.origin)
            given.add(name)
        for name, rule in declared.items():
            if counts and name not in given:
                text, help = f"{said} has no `{name}`", f"give `{name}` from {_may_be(rule)}"
                yield RefusalKind.FURTHER_RATING.because(text, help, about=about, origin=rule.origin)


def _may_be(rule: Further) -> str:
    steps = "" if rule.step is None else f" in steps of `{exact(rule.step)}`"
    return f"`{exact(rule.low)}` to `{exact(rule.high)}`{steps}"


@cache_by_identity(256)
def own_scale(stage: Stage) -> LevelScale:
    """The levels that a member can have which a plan brings."""
    return LevelScale(tuple(level for level, _ in stage.points))


def not_rated(place: Place, name: str, rule: UnratedRule | None, *, scaled: bool = False) -> Refusal:
    """Refuse an appraisal for a member without a rating; `scaled` says that it is rated by numbers."""
    if rule is None:
        why = "and the policy does not say what a missing rating does"
    elif rule.what is Unrated.STOP:
        why = "and a missing rating stops the rating"
    elif scaled:
        why = f"and it is rated by a number, so it cannot count as level `{rule.level}`"
    else:
        why = "and this rating needs it"
    return RefusalKind.NOT_RATED.because(
        f"{place.said(name)} is not rated, {why}",
        f"rate {place.said(name)}",
        about=place.about(name),
        origin=rule.origin if rule else None,
    )


def _rule_for(stage: Stage, critical: bool) -> UnratedRule | None:
    """Return what the policy says of a missing rating; what it says of critical ones goes before the rest."""
    mine = (Kind.CRITICAL if critical else Kind.NONCRITICAL, stage.kind)
    fitting = [rule for rule in stage.unrated if rule.kind in mine]
    return min(fitting, key=lambda rule: _SPECIFIC_FIRST.index(rule.kind), default=None)


def _noun(place: Place) -> str:
    return place.kind.value


def _marked(rated: Rated) -> str:
    """How a roster says that an element of a plan is noncritical: without a word it is critical."""
    if not rated.critical:
        return ""
    mark = f'write `no` in a column `{rated.name} critical`, in JSON `"critical": false`'
    return f"; if it is noncritical, {mark}"


def _of(place: Place) -> str:
    return "" if place.element is None else f" in {listed([f'`{place.element}`'])}"
