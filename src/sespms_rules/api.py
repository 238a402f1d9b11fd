"""What stands behind the front door: a policy is loaded, checked, run and studied by plain functions.

`sespms_rules` offers these names; the command line is made of them too, so that a program and a person are told the
same. Everything heavy is imported where it is first needed: to load and to check a policy loads no solver and no numpy.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, overload

from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.spelling import backticked, did_you_mean, nearest_name
from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.language.parsing import parse, read_source
from sespms_rules.language.resolution import FolderLibrary, heads_of
from sespms_rules.pipeline import Compilation, compile_document
from sespms_rules.program.exact_input import exactly
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Appraisal, Rating

if TYPE_CHECKING:
    from sespms_rules.engines.confirmed import Engine
    from sespms_rules.law.law_texts import LawTexts
    from sespms_rules.law.verdict import Conformance
    from sespms_rules.reports.ratings import RatedRow
    from sespms_rules.rosters.files import OpenRoster
    from sespms_rules.studies.comparison import Comparison
    from sespms_rules.studies.explanation import Explanation
    from sespms_rules.studies.impact import Impact
    from sespms_rules.studies.proving import Proved

Findings = tuple[Diagnostic, ...]

SECONDS = 20
"""How long one question to the solver may take where nothing else is said."""


class Policy(Frozen):
    """A policy that was read, with all that was found in it. It is run only where no finding is an error.

    `compilation` and what it holds stand behind the door: they may change from version to version.
    """

    compilation: Compilation
    reading: Findings = field(default=())

    @property
    def name(self) -> str:
        """The name of the file, or the one that the text was given."""
        return self.compilation.source.name

    @property
    def systems(self) -> tuple[str, ...]:
        """The names of the systems that the policy holds, in the order of the text."""
        return tuple(each.name for each in self.compilation.policy.systems)

    @property
    def findings(self) -> Findings:
        """What was found in the policy by itself; `check` adds how it stands to the law that binds it."""
        return (*self.reading, *self.compilation.diagnostics)

    @property
    def has_errors(self) -> bool:
        """Whether any of the findings is an error."""
        return _any_error(self.findings)

    def program(self, system: str | None = None) -> Program:
        """What the system of a name computes, or the only one. Raises RequestError where there is none to run."""
        self._refuse_errors(tuple(each for each in self.findings if each.severity is Severity.ERROR))
        return program_of(self.compilation, system)

    def studied(self, system: str | None = None) -> Program:
        """The same for a study, which an example that fails does not stop: it is often what shows why."""
        self._refuse_errors(tuple(each for each in self.findings if stops_studies((each,))))
        return program_of(self.compilation, system)

    def _refuse_errors(self, errors: Findings) -> None:
        if errors:
            more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
            raise RequestError(f"`{self.name}` has errors and is not run: {errors[0].message}{more}", errors)


# ---- load ------------------------------------------------------------------------------------------


def load(path: str | Path, *beside: str | Path) -> Policy:
    """Read a policy file and take it through all checks of a system by itself.

    What it is based on or amends is looked for in the files `beside` it, then in its folder, then among the policies
    that come with the package. Raises UnreadableFileError for a file that is no text. Faults of the policy are raised
    nowhere: they are its `findings`.
    """
    return load_together([str(path), *map(str, beside)])[0]


def load_text(text: str, name: str = "policy", *, beside: Path | None = None) -> Policy:
    """Read a policy from a text; what it rests on is looked for among the policies that come with the package.

    `name` stands for the file in findings; with `beside` what it rests on is looked for in that folder first.
    """
    document, found = parse(Source(name, text))
    return Policy(compile_document(document, found, FolderLibrary((), (beside,) if beside else ())))


def load_together(
    names: Sequence[str], *, heed_accepts: bool = True, texts: Sequence[Source] = ()
) -> tuple[Policy, ...]:
    """Read policy files, each of which may rest on the others; a name that is given twice is read once.

    `texts` come behind them as files do, and stand in none; each is called by its own name. With `heed_accepts` false
    the warnings that a system accepts stay warnings, as a reviewer reads it. Raises UnreadableFileError for a file that
    is no text.
    """
    read = [read_source(Path(name), name) for name in dict.fromkeys(names)]
    parsed = [(*parse(source), notes) for source, notes in (*read, *((each, ()) for each in texts))]
    sound = [document for document, found, _ in parsed if not _any_error(found)]
    folders = tuple(dict.fromkeys(Path(name).parent for name in names))
    made = []
    for document, found, notes in parsed:
        library = FolderLibrary([each for each in sound if each is not document], folders)
        made.append(Policy(compile_document(document, found, library, heed_accepts=heed_accepts), notes))
    return tuple(made)


def program_of(compilation: Compilation, system: str | None, by: str = "system") -> Program:
    """The program of the system named, or of the only one. Raises RequestError where it is not clear which.

    `by` is what the system is named by, for the message: an argument or an option.
    """
    names = [each.name for each in compilation.policy.systems]
    listed = ", ".join(f"`{name}`" for name in names)
    if not names:
        kinds = {kind.value for kind, _ in heads_of(compilation.document)}
        holds = f"it holds only: {', '.join(sorted(kinds))}" if kinds else "it holds no system"
        raise RequestError(f"`{compilation.source.name}` has no system to rate by; {holds}")
    if system is None and len(names) > 1:
        raise RequestError(f"`{compilation.source.name}` holds several systems; choose one with `{by}`: {listed}")
    if system is not None and system not in names:
        offer = did_you_mean(nearest_name(system, names), f"it holds {listed}")
        raise RequestError(f"there is no system `{system}` in `{compilation.source.name}`; {offer}")
    return compilation.programs[system or names[0]]


# ---- check -----------------------------------------------------------------------------------------


def check(policy: Policy, *, baseline: str | None = None, as_of: datetime.date | None = None) -> Findings:
    """What is found in a policy, the law that binds it included: as `sespms check` tells it, in its order.

    `baseline` (a name, or the name of an edition's file) reads that one alone, `as_of` takes the editions of that
    day. Raises RequestError for a baseline that there is not, or that has no edition on the day.
    """
    from sespms_rules.studies.checked import checked

    return checked([policy.compilation], found_in([policy]), baseline=baseline, as_of=as_of).findings


def conformance(
    policy: Policy, *, baseline: str | None = None, as_of: datetime.date | None = None
) -> tuple[Conformance, ...]:
    """How each system of a policy stands to the editions of the law that bind it: a verdict for each requirement.

    `baseline` and `as_of` as in `check`. A system whose words are not understood is left out.
    """
    from sespms_rules.studies.checked import checked

    return checked([policy.compilation], found_in([policy]), baseline=baseline, as_of=as_of).conformance


def found_in(policies: Iterable[Policy]) -> Findings:
    """What was found in policies by themselves. Two with one base each tell what is wrong with it; once is enough."""
    found = (each for policy in policies for each in policy.findings)
    return tuple(
        {(each.code, each.path, each.span.start, each.span.end, each.message): each for each in found}.values()
    )


def stops_studies(found: Iterable[Diagnostic]) -> bool:
    """Whether an error leaves nothing to study.

    An example that fails does not: the policy still says what it says, and a study is often what shows why. The
    error is told all the same, and a command ends with code 1.
    """
    return any(each.severity is Severity.ERROR and each.code != "SES501" for each in found)


def _any_error(found: Iterable[Diagnostic]) -> bool:
    return any(each.severity is Severity.ERROR for each in found)


# ---- rate and explain ------------------------------------------------------------------------------


@overload
def rate(policy: Policy, appraisals: Appraisal, *, system: str | None = None, engine: str = "durable") -> Rating: ...
@overload
def rate(
    policy: Policy, appraisals: Iterable[Appraisal], *, system: str | None = None, engine: str = "durable"
) -> tuple[Rating, ...]: ...
def rate(
    policy: Policy, appraisals: Appraisal | Iterable[Appraisal], *, system: str | None = None, engine: str = "durable"
) -> Rating | tuple[Rating, ...]:
    """Rate one appraisal, or several in their order. One that cannot be rated has the outcome *refused*, with reasons.

    Ratings and weights are whole numbers or fractions, never binary ones. `engine` is `durable`, `reference`,
    `columnar` or `sql`; ratings by others are confirmed by the reference. Raises RequestError for a policy with errors,
    an engine that there is not or a number that is not exact, EnginesDisagreeError where two engines do not agree:
    then there is no rating.
    """
    from sespms_rules.engines.confirmed import Engine

    program = policy.program(system)
    wanted = [exactly(each) for each in ((appraisals,) if isinstance(appraisals, Appraisal) else appraisals)]
    with Engine(program, engine, len(wanted)) as rating:
        found = tuple(_or_raised(each) for each in rating.rate_each(wanted))
    return found[0] if isinstance(appraisals, Appraisal) else found


def _or_raised(answer: Rating | Exception) -> Rating:
    if isinstance(answer, Exception):
        raise answer
    return answer


def rate_roster(
    policy: Policy, roster: str | Path, *, system: str | None = None, engine: str = "durable"
) -> tuple[RatedRow, ...]:
    """Rate the rows of a roster (CSV, Excel, JSON or Parquet), in order; each has a rating or says why it has none.

    Raises RequestError where the roster does not fit the policy (its `findings` say how), UnreadableFileError for a
    file that cannot be read.
    """
    from sespms_rules.engines.confirmed import Engine
    from sespms_rules.rosters.files import open_roster

    program = policy.program(system)
    opened = open_roster(Path(roster), program)
    errors = tuple(each for each in opened.findings if each.severity is Severity.ERROR)
    if errors:
        raise RequestError(f"`{roster}` does not fit the policy: {errors[0].message}", errors)
    with Engine(program, engine, opened.lines) as rating:
        return tuple(rated_rows(opened, rating))


def rated_rows(opened: OpenRoster, engine: Engine) -> Iterator[RatedRow]:
    """The rows of a roster with what became of each, as they are read."""
    from sespms_rules.engines.confirmed import EnginesDisagreeError
    from sespms_rules.foundation.values import maker
    from sespms_rules.reports.ratings import RatedRow

    made = maker(RatedRow)
    if engine.chunk == 1:
        for row in opened.rows:
            if row.appraisal is None:
                yield made(row.number, row.id, None, row.refusals, "", row.groups)
                continue
            try:
                yield made(row.number, row.id, engine.rate(row.appraisal), (), "", row.groups)
            except EnginesDisagreeError as difference:
                yield made(row.number, row.id, None, (), str(difference), row.groups)
        return
    while chunk := tuple(islice(opened.rows, engine.chunk)):
        answers = engine.rate_each([row.appraisal for row in chunk if row.appraisal is not None])
        for row in chunk:
            if row.appraisal is None:
                yield RatedRow(row.number, row.id, None, row.refusals, groups=row.groups)
                continue
            answer = next(answers)
            if isinstance(answer, Rating):
                yield RatedRow(row.number, row.id, answer, groups=row.groups)
            else:
                yield RatedRow(row.number, row.id, withheld=str(answer), groups=row.groups)


def explain(policy: Policy, appraisal: Appraisal, *, system: str | None = None) -> Explanation:
    """How the rating of an appraisal comes about, step by step, and the smallest changes that would alter the level.

    Its `as_text()` is for people, its `as_json()` for programs. Raises RequestError for a policy with errors.
    """
    return explained(policy.studied(system), exactly(appraisal))


def explained(program: Program, appraisal: Appraisal) -> Explanation:
    """The explanation of the rating that the reference engine gives."""
    from sespms_rules.engines import reference
    from sespms_rules.studies.explanation import explanation

    return explanation(program, appraisal, reference.rate(program, appraisal))


# ---- studies ---------------------------------------------------------------------------------------


def prove(policy: Policy, guarantee: str | None = None, *, seconds: int = SECONDS) -> tuple[Proved, ...]:
    """Prove or refute the guarantees of each system and of the law that binds it, for every possible appraisal.

    `guarantee` asks for this sentence instead of those stated; `seconds` is how long the proof of one may take.
    Raises RequestError for a sentence that is no guarantee, or a policy with errors or without a system.
    """
    from sespms_rules.studies.proving import proved, read_guarantee

    asked = None if guarantee is None else read_guarantee(guarantee)
    if stops_studies(policy.findings) or not policy.systems:
        policy.studied()
    return tuple(proved(policy.compilation, asked, seconds))


def compare(
    old: Policy,
    new: Policy | str,
    *,
    system: str | None = None,
    new_system: str | None = None,
    mapping: dict[str, str] | None = None,
    seconds: int = SECONDS,
) -> Comparison:
    """Compare two systems by what they do to every possible appraisal.

    `new` is another policy, or an amendment of `old`: its name or its file. `mapping` says which element of `new`
    stands for which of `old`. Raises RequestError where it is not clear which systems are meant or an amendment does
    not fit, NotComparableError where they do not rate the same elements, BadMappingError for a mapping that is not
    one to one, DisagreementError where the solver, the count and the reference engine do not agree.
    """
    from sespms_rules.studies.comparison import (
        as_amended,
        as_written,
    )
    from sespms_rules.studies.comparison import compare as compared

    before = as_written(old.compilation, old.program(system))
    if isinstance(new, Policy):
        after = as_written(new.compilation, new.program(new_system))
    else:
        after = as_amended(old.compilation, before, new)
    return compared(before, after, tuple((mapping or {}).items()), seconds)


def impact(
    policy: Policy,
    amendments: Sequence[str],
    roster: str | Path,
    *,
    system: str | None = None,
    inspector_general: Iterable[str] = (),
    by: Sequence[str] = (),
) -> Impact:
    """Who of a roster would be rated differently under each of the amendments, why, and what follows.

    An amendment is named by its name or its file, `A+B` are two together. `inspector_general` are units that are this
    office, `by` columns of the roster, named by their headings, by which it is broken down. Raises RequestError for a
    policy or amendment with errors and for a column that there is not, EnginesDisagreeError where the reference
    contradicts a movement.
    """
    policy.studied(system)
    findings, found = assessed(policy.compilation, system, amendments, roster, tuple(inspector_general), columns=by)
    errors = tuple(each for each in findings if each.severity is Severity.ERROR)
    if errors:
        raise RequestError(f"there is no impact to tell of: {errors[0].message}", errors)
    return found


def assessed(
    compilation: Compilation,
    name: str | None,
    amendments: Sequence[str],
    roster: str | Path,
    offices: tuple[str, ...],
    by: str = "system",
    law: LawTexts | None = None,
    as_of: datetime.date | None = None,
    columns: Sequence[str] = (),
) -> tuple[Findings, Impact]:
    """The impact of amendments, and all findings but those of the policy itself; `by` as in `program_of`.

    `law` are the texts that the reader trusts, `as_of` the day whose amendments in force and editions count, `columns`
    those by which the roster is broken down. Raises RequestError for a column that there is not, and where the text of
    that day has errors, or that of an amendment that is to be set beside it.
    """
    from sespms_rules.studies.amended_text import texts_side_by_side
    from sespms_rules.studies.impact import WHOLE, Roster, assess, distribution_in_law

    texts = texts_side_by_side(compilation, program_of(compilation, name, by), amendments, as_of, WHOLE)
    if texts.base.program is None:
        raise RequestError(f"`{compilation.source.name}` cannot be run as it is in force on {as_of}", texts.findings)
    if texts.unread:
        raise RequestError(f"{backticked(texts.unread)} cannot be tried: its text has errors", texts.findings)
    in_law = partial(distribution_in_law, law=law.library if law else FolderLibrary(), as_of=as_of)
    impact = assess(texts.base, texts.variants, Roster(Path(roster), columns), in_law, offices)
    impact = replace(impact, files=(*texts.texts, *impact.files))
    findings = [*texts.findings, *impact.findings]
    findings += (finding for each in impact.comparisons for finding in each.findings)
    return tuple(dict.fromkeys(findings)), impact
