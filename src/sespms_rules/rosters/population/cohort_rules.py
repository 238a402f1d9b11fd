"""The `distribution` part of a system read over a population: is each limit kept, by how many is it missed, by whom.

System + executives -> a verdict for each limit and each population it is counted in. A limit never changes a rating;
what happens to an excess is left to whom the policy names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import StrEnum
from fractions import Fraction
from itertools import product

from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.spelling import in_order
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.language.model import Stated, System
from sespms_rules.language.syntax.formula import RoundToDecimals, RoundToWhole
from sespms_rules.language.syntax.limits import limit_ends
from sespms_rules.language.syntax.steps import (
    Cap,
    CapExcess,
    CapFrom,
    CapInspectorGeneralApart,
    CapRounding,
    CapWaiver,
    UnitAverage,
)
from sespms_rules.language.syntax.words import PartKind
from sespms_rules.program.arithmetic import rounded
from sespms_rules.program.ir import Tie
from sespms_rules.program.rating import Outcome
from sespms_rules.rosters.files.offices import INSPECTOR_GENERAL, NamedOffice
from sespms_rules.rosters.population.cohort_sentences import (
    APPOINTMENTS_ALL,
    fits,
    needs_a_level,
    number_said,
    place_said,
    who_said,
)
from sespms_rules.rosters.population.level_distribution import Executive
from sespms_rules.rosters.population.told import OF_A_ROSTER, Told


class Standing(StrEnum):
    """How a limit stands in a population; its value is how a report says it."""

    KEPT = "kept"
    EXCEEDED = "exceeded"
    NOT_REACHED = "not reached"
    NOT_APPLICABLE = "does not apply"
    UNDECIDED = "undecided"


class CohortVerdict(Frozen):
    """One limit in one population.

    `rule` is the sentence of the policy, `about` the population in words. `counted` are the rows of those the limit
    is counted over, `reached` those of them that stand where it looks (for an average: all of them). `value` is the
    exact share or average, `least` and `most` what is allowed, in executives (for an average: in points), None where
    there is no such end. `beyond` is by how much it is missed, 0 where it is kept. `notes` say what else a reader
    must know.
    """

    rule: Stated
    about: str
    standing: Standing
    why: str
    counted: tuple[int, ...] = field(default=())
    reached: tuple[int, ...] = field(default=())
    value: Fraction | None = field(default=None)
    least: Fraction | None = field(default=None)
    most: Fraction | None = field(default=None)
    beyond: Fraction = field(default=Fraction(0))
    notes: tuple[str, ...] = field(default=())


def inspector_general_units(units: Iterable[str | None]) -> tuple[str, ...]:
    """The units whose name says that they are an office of inspector general, each once."""
    office = NamedOffice(INSPECTOR_GENERAL)
    return tuple(dict.fromkeys(unit for unit in units if unit is not None and office.is_named(unit)))


def _perhaps_of_it(executives: Sequence[Executive], units: Collection[str]) -> tuple[str, ...]:
    """A note on units that are counted with the agency and, by their name, may be of the office."""
    office = NamedOffice(INSPECTOR_GENERAL)
    found = dict.fromkeys(each.unit for each in executives if each.unit is not None and each.unit not in units)
    near = [f"`{unit}`" for unit in found if office.may_be(unit)]
    return (f"perhaps of that office too, and counted with the agency: {', '.join(near)}",) if near else ()


def cohort_verdicts(
    system: System, executives: Sequence[Executive], inspector_general: Collection[str] = ()
) -> tuple[CohortVerdict, ...]:
    """Read every limit of a system's `distribution` part over the executives of one agency.

    `inspector_general` names the units that are counted apart where the policy says so; with none given they are
    known by their names. A system without a `distribution` part has no verdicts.
    """
    return cohort_verdicts_by(system.sentences(PartKind.DISTRIBUTION), executives, inspector_general)


def cohort_verdicts_by(
    said: Sequence[Stated],
    executives: Sequence[Executive],
    inspector_general: Collection[str] = (),
    told: Told = OF_A_ROSTER,
) -> tuple[CohortVerdict, ...]:
    """The same by sentences of a `distribution` part, wherever they are stated, and of whatever holds the ratings."""
    rules = _Rules(said, told)
    groups = _populations(rules, executives, tuple(inspector_general))
    verdicts: list[CohortVerdict] = []
    for each in said:
        if isinstance(each.sentence, Cap):
            verdicts += [_cap(each, each.sentence, rules, group) for group in groups]
        elif isinstance(each.sentence, UnitAverage):
            verdicts += _averages(each, each.sentence, executives, told)
    return tuple(verdicts)


class _Rules:
    """What the sentences around the limits say of how these are counted."""

    def __init__(self, said: Sequence[Stated], told: Told) -> None:
        self.told = told
        sentences = [each.sentence for each in said]
        self.thresholds = [each for each in sentences if isinstance(each, CapFrom)]
        self.roundings = [each.rounding for each in sentences if isinstance(each, CapRounding)]
        self.apart = any(isinstance(each, CapInspectorGeneralApart) for each in sentences)
        self.notes = tuple(
            [f"{each.role} may waive it; {told.waiver}" for each in sentences if isinstance(each, CapWaiver)]
            + [
                f"the excess is left to the {each.role}; no rating is changed here"
                for each in sentences
                if isinstance(each, CapExcess)
            ]
        )

    def rounded(self, value: Fraction) -> Fraction:
        """A number of executives by the rounding the policy declares; as it is where it declares none."""
        for rounding in self.roundings:
            decimals = int(rounding.decimals.value) if isinstance(rounding, RoundToDecimals) else 0
            value = Fraction(rounded(value, Tie(rounding.tie.value), per_one=10**decimals))
        return value

    def rounding_said(self) -> str:
        """How a share becomes a number of executives, in a few words."""
        whole = [each for each in self.roundings if isinstance(each, RoundToWhole)]
        return f", rounded {whole[0].tie} to a whole number" if whole else ""


class _Population(Frozen):
    """The executives among whom a limit is counted."""

    about: str
    executives: tuple[Executive, ...]
    notes: tuple[str, ...]


def _populations(rules: _Rules, executives: Sequence[Executive], named: tuple[str, ...]) -> tuple[_Population, ...]:
    """The agency, and beside it the office of inspector general where the policy counts that apart."""
    if not rules.apart:
        return (_Population("the agency", tuple(executives), ()),)
    units = named or inspector_general_units(each.unit for each in executives)
    office = tuple(each for each in executives if each.unit in units)
    if not office:
        none = f"no unit of the {rules.told.source} is named as that office"
        note = f"the policy counts the inspector general apart, and {none}"
        return (_Population("the agency", tuple(executives), (note, *_perhaps_of_it(executives, units))),)
    rest = tuple(each for each in executives if each.unit not in units)
    listed = ", ".join(f"`{unit}`" for unit in units)
    homeless = sum(each.unit is None for each in rest)
    unknown = (f"executives without a unit, counted with the agency: {homeless}",) if homeless else ()
    apart = (f"counted apart: {listed}", *(() if named else _perhaps_of_it(rest, units)), *unknown)
    return (
        _Population("the agency without the inspector general", rest, apart),
        _Population("the inspector general", office, (f"these units: {listed}",)),
    )


# ---- shares of a population ------------------------------------------------------------------------


class _Counts(Frozen):
    """How many are counted, how many of them stand where the limit looks, and how many each threshold sees."""

    counted: int
    reached: int
    seen: tuple[int, ...]


def _cap(rule: Stated, cap: Cap, rules: _Rules, population: _Population) -> CohortVerdict:
    """The verdict on one limit in one population."""
    kinds = {each.value for each in cap.coverages.coverages}
    everyone = kinds >= APPOINTMENTS_ALL
    mine = [each for each in population.executives if everyone or each.appointment in kinds]
    unknown = [] if everyone else [each for each in population.executives if each.appointment is None]
    counted = [each for each in mine if _counts(cap, each)]
    reached = [each for each in counted if fits(cap.place, each.state)]
    who = who_said(cap.coverages)

    def standing(counts: _Counts) -> tuple[Standing, str, Fraction]:
        return _standing(cap, rules, counts, who)

    found = _Counts(len(counted), len(reached), _seen(rules, population.executives))
    verdict, why, beyond = standing(found)
    refused = [each for each in mine if each.state is Outcome.REFUSED]
    if len({standing(each)[0] for each in (found, *_corners(cap, found, unknown, refused))}) > 1:
        verdict, beyond = Standing.UNDECIDED, Fraction(0)
        why = f"{why}; {_what_is_open(unknown, refused, rules.told)}, and may turn this"
    low, high = _allowed(cap, rules, found.counted)
    return CohortVerdict(
        rule,
        population.about,
        verdict,
        why,
        tuple(each.row for each in counted),
        tuple(each.row for each in reached),
        Fraction(found.reached, found.counted) if found.counted else None,
        low,
        high,
        beyond,
        (*population.notes, *_left_out(mine, counted, unknown, who, rules.told), *rules.notes),
    )


def _counts(cap: Cap, executive: Executive) -> bool:
    """Whether an executive is counted over: one with a level or, where the limit asks for ratings, one not refused."""
    if executive.state is Outcome.REFUSED:
        return False
    return executive.level is not None or not needs_a_level(cap.place)


def _seen(rules: _Rules, executives: Sequence[Executive]) -> tuple[int, ...]:
    """How many executives each threshold sees, rated or not: it speaks of those the agency has."""
    found = []
    for threshold in rules.thresholds:
        kinds = {each.value for each in threshold.coverages.coverages}
        everyone = kinds >= APPOINTMENTS_ALL
        found.append(sum(everyone or each.appointment in kinds for each in executives))
    return tuple(found)


def _corners(cap: Cap, found: _Counts, unknown: Sequence[Executive], refused: Sequence[Executive]) -> Iterator[_Counts]:
    """The extreme ways in which those of unknown appointment, and those without a rating yet, may count.

    A refused appraisal gets a level once it is corrected, or turns out not to be rated: either may count for or
    against the limit, or not at all. A share grows with those who stand where the limit looks and falls with the
    others, and a threshold is only ever passed by more executives; so a verdict that holds at the ends holds between
    them.
    """
    possible = [each for each in unknown if _counts(cap, each)]
    above = sum(fits(cap.place, each.state) for each in possible)
    below = len(possible) - above
    both_open = sum(each.state is Outcome.REFUSED for each in unknown)
    unrated = len(unknown) - len(possible) - both_open
    places = ((1, 0), (0, 1), (0, 0))
    for more, fewer, rest in product((0, above), (0, below), (0, unrated)):
        for (one_in, one_out), (other_in, other_out) in product(places, places):
            inside = more + one_in * both_open + other_in * len(refused)
            outside = fewer + one_out * both_open + other_out * len(refused)
            joined = more + fewer + rest + (one_in + one_out) * both_open
            seen = tuple(count + joined for count in found.seen)
            yield _Counts(found.counted + inside + outside, found.reached + inside, seen)


def _what_is_open(unknown: Sequence[Executive], refused: Sequence[Executive], told: Told) -> str:
    """What is left open of some executives, in words."""
    said = []
    if unknown:
        said.append(f"how {_executives(len(unknown))} {_are(len(unknown))} appointed is not said")
    if refused:
        said.append(f"{_executives(len(refused))} {told.without} {_have(len(refused))} no level yet")
    return " and ".join(said)


def _standing(cap: Cap, rules: _Rules, counts: _Counts, who: str) -> tuple[Standing, str, Fraction]:
    """How a limit stands by the numbers alone, in words, and by how many it is missed."""
    for threshold, seen in zip(rules.thresholds, counts.seen, strict=True):
        if seen < threshold.number.value:
            from_whom = f"{exact(threshold.number.value)} {who_said(threshold.coverages)}"
            return Standing.NOT_APPLICABLE, f"it applies from {from_whom}, and there {_are(seen)} {seen}", Fraction(0)
    if not counts.counted:
        return Standing.NOT_APPLICABLE, f"no {who} are rated", Fraction(0)
    low, high = _allowed(cap, rules, counts.counted)
    says = f"{counts.reached} of {counts.counted} {who} {_are(counts.reached)} {place_said(cap.place)}"
    if high is not None and counts.reached > high:
        beyond = counts.reached - Fraction(int(high))
        return (
            Standing.EXCEEDED,
            f"{says}; {_bound(cap, rules, counts, high, 'at most')}: {exact(beyond)} too many",
            beyond,
        )
    if low is not None and counts.reached < low:
        beyond = -(-low // 1) - Fraction(counts.reached)
        return (
            Standing.NOT_REACHED,
            f"{says}; {_bound(cap, rules, counts, low, 'at least')}: {exact(beyond)} too few",
            beyond,
        )
    bounds = [(low, "at least"), (high, "at most")]
    said = [_bound(cap, rules, counts, end, word) for end, word in bounds if end is not None]
    return Standing.KEPT, "; ".join([says, *said]), Fraction(0)


def _allowed(cap: Cap, rules: _Rules, counted: int) -> tuple[Fraction | None, Fraction | None]:
    """The least and the largest number of executives that the limit allows."""
    low, high = (None if end is None else rules.rounded(end * counted / 100) for end in limit_ends(cap.limit))
    return low, high


def _bound(cap: Cap, rules: _Rules, counts: _Counts, end: Fraction, word: str) -> str:
    """`at most 5 are allowed (30% of 17 is 5.1, rounded down to a whole number)`."""
    verb = "may be" if word == "at most" else "must be"
    low, high = limit_ends(cap.limit)
    percent = high if word == "at most" else low
    assert percent is not None  # noqa: S101 - the end was worked out from it
    share = percent * counts.counted / 100
    how = f"{exact(percent)}% of {counts.counted} is {number_said(share)}"
    return f"{word} {number_said(end)} {verb} ({how}{rules.rounding_said() if share != end else ''})"


def _left_out(
    mine: Sequence[Executive], counted: Sequence[Executive], unknown: Sequence[Executive], who: str, told: Told
) -> Iterator[str]:
    """Whom the limit does not count, so that nobody is passed over in silence."""
    refused = sum(each.state is Outcome.REFUSED for each in mine)
    not_rated = len(mine) - len(counted) - refused
    if not_rated:
        yield f"{who} without a rating, not counted: {not_rated}"
    if refused:
        yield f"{who} {told.without}, {told.until}: {refused}"
    if unknown:
        yield f"executives whose appointment the {told.source} does not say, not counted: {len(unknown)}"


# ---- averages of units -----------------------------------------------------------------------------


def _averages(rule: Stated, limit: UnitAverage, executives: Sequence[Executive], told: Told) -> Iterator[CohortVerdict]:
    """The mean score of each unit against the limit."""
    units: dict[str, list[Executive]] = {}
    for each in executives:
        if each.unit is not None:
            units.setdefault(each.unit, []).append(each)
    homeless = sum(each.unit is None for each in executives)
    notes = (f"executives without a unit, in no average: {homeless}",) if homeless else ()
    low, high = limit_ends(limit.limit)
    for unit in sorted(units, key=in_order):
        scored = [each for each in units[unit] if each.score is not None and each.state is not Outcome.REFUSED]
        refused = [each for each in units[unit] if each.state is Outcome.REFUSED]
        about = f"unit `{unit}`"
        rows = tuple(each.row for each in scored)
        mean: Fraction | None = None
        if scored:
            mean = sum((each.score for each in scored if each.score is not None), Fraction(0)) / len(scored)
            standing, says, beyond = _mean_stands(mean, low, high)
            why = f"the average score of {_executives(len(scored))} is {number_said(mean)}{says}"
        else:
            standing, why, beyond = Standing.NOT_APPLICABLE, "nobody in it has a score", Fraction(0)
        if refused:
            standing, beyond = Standing.UNDECIDED, Fraction(0)
            why = f"{why}; {_what_is_open((), refused, told)}, and may turn this"
        yield CohortVerdict(rule, about, standing, why, rows, rows, mean, low, high, beyond, notes)


def _mean_stands(mean: Fraction, low: Fraction | None, high: Fraction | None) -> tuple[Standing, str, Fraction]:
    if high is not None and mean > high:
        return (
            Standing.EXCEEDED,
            f"; at most {exact(high)} is allowed: {number_said(mean - high)} too much",
            mean - high,
        )
    if low is not None and mean < low:
        return (
            Standing.NOT_REACHED,
            f"; at least {exact(low)} is asked: {number_said(low - mean)} too little",
            low - mean,
        )
    ends = [("at least", low), ("at most", high)]
    said = "".join(f"; {word} {exact(end)} is allowed" for word, end in ends if end is not None)
    return Standing.KEPT, said, Fraction(0)


def _executives(count: int) -> str:
    return f"{count} executive" if count == 1 else f"{count} executives"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _have(count: int) -> str:
    return "has" if count == 1 else "have"
