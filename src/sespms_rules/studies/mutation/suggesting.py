"""Changes that nothing notices -> the scenarios that would, each ready to paste and replayed before it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from sespms_rules.checks.scenarios import run_scenario
from sespms_rules.engines.reference import rate
from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.formatter import format_policy
from sespms_rules.language.parsing import parse
from sespms_rules.language.resolution import EMPTY_LIBRARY, resolve
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Appraisal, Outcome, Rating
from sespms_rules.proofs.guarantees import scenario_of
from sespms_rules.studies.mutation.covering import Cover, fewest
from sespms_rules.studies.mutation.judging import Fate, Trial
from sespms_rules.studies.mutation.measuring import Entry, Measured

_MOST_PLACES = 4_000
_MOST_FOR_A_CHANGE = 50
_MOST_LOOKED_AT = 200


class Suggestion(Frozen):
    """A scenario for one system: its text, and the changes that it notices."""

    system: str
    scenario: str
    notices: tuple[Entry, ...]


class Suggested(Frozen):
    """Scenarios that notice all that can be noticed; `fewest` says that no fewer would, else `at_least` are needed.

    `left` are changes that no scenario tells, because what they alter cannot be written as an expectation.
    """

    suggestions: tuple[Suggestion, ...]
    fewest: bool
    at_least: int
    left: tuple[Entry, ...]


class _Candidate(Frozen):
    """An appraisal of one system as it is rated, and the changes it may notice, as bits."""

    trial: Trial
    appraisal: Appraisal
    rating: Rating
    bits: int


def suggest(measured: Measured) -> Suggested:
    """The fewest scenarios that notice every change which goes unnoticed."""
    entries = [each for each in measured.entries if each.fate is Fate.UNNOTICED]
    candidates = list(_candidates(entries))
    while True:
        cover = fewest([each.bits for each in candidates])
        made = _made(entries, [candidates[place] for place in cover.chosen], measured)
        broken = [place for place, each in zip(cover.chosen, made, strict=True) if each is None]
        if not broken:
            return _suggested(entries, [each for each in made if each is not None], cover)
        candidates = [each for place, each in enumerate(candidates) if place not in broken]


def _suggested(entries: Sequence[Entry], made: Sequence[Suggestion], cover: Cover) -> Suggested:
    noticed = [entry for each in made for entry in each.notices]
    left = tuple(entry for entry in entries if not any(entry is each for each in noticed))
    return Suggested(tuple(made), cover.fewest, cover.at_least, left)


def example(entry: Entry) -> Suggestion | None:
    """One scenario that notices a change, the most readable; None where none can be written."""
    for trial, judged in entry.judged:
        shown = [judged.shown] if judged.shown is not None else []
        made = trial.tried.appraisals.made
        for appraisal in (*shown, *(made[place] for place in judged.places[:_MOST_LOOKED_AT])):
            old = rate(trial.program, appraisal, trace=False)
            if noticed(old, rate(judged.change.program, appraisal, trace=False), trial.values):
                text = _written(_name(old), appraisal, old, trial)
                if text is not None and _holds(text, trial.program, (judged.change.program,)):
                    return Suggestion(trial.system.name, text, (entry,))
    return None


def noticed(old: Rating, new: Rating, values: Iterable[str]) -> bool:
    """Whether a scenario that expects the old rating fails under the new one."""
    if old.outcome is Outcome.REFUSED:
        return not {each.code for each in old.refused} <= {each.code for each in new.refused}
    if old.outcome is not new.outcome or old.level != new.level:
        return True
    if _writable(old.score) and old.score != new.score:
        return True
    olds, news = dict(old.values), dict(new.values)
    return any(_writable(olds.get(name)) and olds[name] != news.get(name) for name in values)


def _writable(value: Fraction | str | None) -> bool:
    return isinstance(value, Fraction) and "/" not in exact(value)


# ---- candidates ----------------------------------------------------------------------------------


def _candidates(entries: Sequence[Entry]) -> Iterator[_Candidate]:
    """Appraisals with the changes each notices, for each system the most readable of those that notice the same."""
    trials = {id(trial): trial for entry in entries for trial, _ in entry.judged}
    for trial in trials.values():
        changed = {
            bit: judged
            for bit, entry in enumerate(entries)
            for owner, judged in entry.judged
            if owner is trial and judged.fate is Fate.UNNOTICED
        }
        masks: dict[int, int] = {}
        for bit, judged in changed.items():
            for place in judged.places[:_MOST_PLACES]:
                masks[place] = masks.get(place, 0) | 1 << bit
        made = trial.tried.appraisals.made
        programs = {bit: judged.change.program for bit, judged in changed.items()}
        for place in _telling(masks):
            of_place = {bit: each for bit, each in programs.items() if masks[place] >> bit & 1}
            yield from _candidate(trial, made[place], of_place)
        for judged in changed.values():
            if judged.shown is not None:
                yield from _candidate(trial, judged.shown, programs)


def _telling(masks: dict[int, int]) -> list[int]:
    """The first place for each set of changes, large sets first: for each change as many as can be looked at."""
    first: dict[int, int] = {}
    for place in sorted(masks):
        first.setdefault(masks[place], place)
    kept: set[int] = set()
    counts: dict[int, int] = {}
    for mask in sorted(first, key=lambda one: (-one.bit_count(), first[one])):
        bits = [bit for bit in range(mask.bit_length()) if mask >> bit & 1]
        if any(counts.get(bit, 0) < _MOST_FOR_A_CHANGE for bit in bits):
            kept.add(first[mask])
            for bit in bits:
                counts[bit] = counts.get(bit, 0) + 1
    return sorted(kept)


def _candidate(trial: Trial, appraisal: Appraisal, programs: dict[int, Program]) -> Iterator[_Candidate]:
    """An appraisal with those of the changed programs that a scenario of it would notice, where there are any."""
    old = rate(trial.program, appraisal, trace=False)
    bits = 0
    for bit, program in programs.items():
        if noticed(old, rate(program, appraisal, trace=False), trial.values):
            bits |= 1 << bit
    if bits:
        yield _Candidate(trial, appraisal, old, bits)


# ---- scenarios -----------------------------------------------------------------------------------


def _made(entries: Sequence[Entry], chosen: Sequence[_Candidate], measured: Measured) -> list[Suggestion | None]:
    taken = {each.name for trial in _trials(measured) for each in trial.system.scenarios}
    made: list[Suggestion | None] = []
    for candidate in chosen:
        name = _free(_name(candidate.rating), taken)
        taken.add(name)
        trial = candidate.trial
        text = _written(name, candidate.appraisal, candidate.rating, trial)
        notices = tuple(entry for bit, entry in enumerate(entries) if candidate.bits >> bit & 1)
        programs = [judged.change.program for entry in notices for owner, judged in entry.judged if owner is trial]
        good = text is not None and _holds(text, trial.program, programs)
        made.append(Suggestion(trial.system.name, text, notices) if good and text is not None else None)
    return made


def _trials(measured: Measured) -> list[Trial]:
    return [trial for entry in measured.entries for trial, _ in entry.judged]


def _name(rating: Rating) -> str:
    if rating.outcome is Outcome.REFUSED:
        return f"Refused: {', '.join(dict.fromkeys(each.name.replace('-', ' ') for each in rating.refused))}"
    ending = f"level {rating.level}"
    if rating.level is None:
        ending = "not rated" if rating.outcome is Outcome.NOT_RATED else "no level"
    score = rating.score
    told = exact(score) if score is not None and _writable(score) else None
    return f"Score {told}, {ending}" if told is not None else ending.capitalize()


def _free(name: str, taken: set[str]) -> str:
    """The name, or the name with the first number that makes it one of its own."""
    if name not in taken:
        return name
    number = 2
    while f"{name} ({number})" in taken:
        number += 1
    return f"{name} ({number})"


def _written(name: str, appraisal: Appraisal, rating: Rating, trial: Trial) -> str | None:
    """The scenario laid out as policies are; None where it cannot be written."""
    text = scenario_of(name, appraisal, rating, trial.program, trial.values)
    laid = None if text is None else format_policy(_in_a_system(text)).text
    return None if laid is None else laid.partition("\n")[2].strip()


def _in_a_system(scenario: str) -> Source:
    return Source("suggested", f'system "Suggested"\n\n{scenario}\n')


def _holds(text: str, program: Program, changed: Iterable[Program]) -> bool:
    """Whether a scenario, read from its text, passes as things stand and fails under each change."""
    document, found = parse(_in_a_system(text))
    policy, _ = resolve(document, EMPTY_LIBRARY)
    (scenario,) = policy.systems[0].scenarios
    passes = not found and run_scenario(scenario, program).passed
    return passes and not any(run_scenario(scenario, each).passed for each in changed)
