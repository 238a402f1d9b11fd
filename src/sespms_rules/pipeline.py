"""START HERE: the stages of a policy, in order. Text goes in at the top; every stage adds findings, none raises.

    Source -> parse -> Document -> resolve -> Contents -> check -> lower -> Program -> trials -> scenarios

A stage is skipped for a system that an earlier one found an error in, so that one mistake is told once. Studies ask
here for the program of a system that is in no file: one under amendments (`Variants`), one put together (`computed`).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from sespms_rules.checks import UNREAD, accepted, check_system, told_of_each_kind, without_accepts
from sespms_rules.checks.analysis import used_from
from sespms_rules.checks.brought import with_their_lines
from sespms_rules.checks.by_trial import try_out
from sespms_rules.checks.decided import Answer, Question, Solve, decided
from sespms_rules.checks.scenarios import ScenarioResult, run_scenario, run_scenarios
from sespms_rules.checks.several_texts import saying_which
from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.spelling import listed
from sespms_rules.foundation.values import Frozen, cache_by_identity, field, replace
from sespms_rules.language.model import Amendment, Contents, System
from sespms_rules.language.parsing import open_decisions, parse
from sespms_rules.language.resolution import (
    EMPTY_LIBRARY,
    FolderLibrary,
    Library,
    behind_in,
    below_read_heads,
    carried_out,
    find_amendment,
    find_system,
    resolve,
    sets_by_day,
)
from sespms_rules.language.syntax.nodes import Block, Document
from sespms_rules.program.ir import Program
from sespms_rules.program.lowering import lower
from sespms_rules.proofs.effort import ABOUT_A_SECOND

if TYPE_CHECKING:
    from sespms_rules.law.verdict import Conformance
    from sespms_rules.proofs.deciders import Deciders

Findings = tuple[Diagnostic, ...]
_Days = tuple[datetime.date, datetime.date]
_COMPILATIONS = 8


class Compilation(Frozen):
    """All that is known of one source; `programs` by the names of their systems, only those without errors.

    `tried` are sets of amendments from elsewhere under which a reader wants the systems judged too (`trying`); `solve`
    is the solver asked where rating appraisals left something open, None for the one that proofs use.
    """

    source: Source
    document: Document
    policy: Contents
    programs: Mapping[str, Program]
    scenarios: tuple[ScenarioResult, ...]
    diagnostics: Findings
    library: Library = field(default=EMPTY_LIBRARY, compare=False)
    tried: tuple[tuple[Amendment, ...], ...] = field(default=())
    solve: Solve | None = field(default=None, compare=False)

    @property
    def has_errors(self) -> bool:
        """Whether any finding is an error; such a policy is never run."""
        return any(each.severity is Severity.ERROR for each in self.diagnostics)


def compile_source(source: Source, library: Library = EMPTY_LIBRARY, solve: Solve | None = None) -> Compilation:
    """Take a policy through all stages. What it is based on or amends is looked for in it and in `library`."""
    document, found = parse(source)
    return compile_document(document, found, library, solve=solve)


def compile_document(
    document: Document,
    parsed: Findings,
    library: Library = EMPTY_LIBRARY,
    *,
    heed_accepts: bool = True,
    solve: Solve | None = None,
) -> Compilation:
    """Take what `parse` returned through the stages after it.

    With `heed_accepts` false the warnings that a system accepts stay warnings, as a reviewer reads it.
    """
    policy, resolved = resolve(document, library)
    found = [*parsed, *below_read_heads(document, resolved, parsed), *open_decisions(document)]
    faulty = _faulty_heads(document, found)
    programs: dict[str, Program] = {}
    results: list[ScenarioResult] = []
    by_text: list[tuple[str, str, Findings]] = []
    for system in policy.systems:
        if not faulty.isdisjoint((None, system.name, *system.bases)):
            continue
        program, about = judged(system if heed_accepts else without_accepts(system), solve=solve)
        by_text.append(("in", system.name, about))
        if program is not None:
            programs[system.name] = program
            under = partial(_under, system=system, policy=policy, document=document, library=library, solve=solve)
            results += run_scenarios(system, program, under)
    amends = _Amended(policy, document, library, solve)
    for amendment in (each for each in policy.amendments if faulty.isdisjoint((None, each.name, each.amends))):
        program, about = amends.changed(amendment)
        by_text.append(("under", amendment.name, about))
        results += [run_scenario(each, None, {amendment.name: program}.get) for each in amendment.scenarios]
    found += saying_which(document, by_text)
    found += [each for result in results for each in result.diagnostics]
    told = _in_order(document.source, found)
    return Compilation(document.source, document, policy, programs, tuple(results), told, library, solve=solve)


def check_conformance(
    compilation: Compilation,
    law: Library | None = None,
    *,
    baseline: str | None = None,
    as_of: datetime.date | None = None,
    decide: Deciders | None = None,
) -> tuple[Conformance, ...]:
    """Check each system of a policy against the editions of rules that bind it, or against the one that is named.

    `law` holds the texts that the reader trusts, those that come with the program where nothing is given; what comes
    with the policy is never among them. `decide` settles what must be guaranteed, with about a second of the solver's
    work where nothing is given; what that does not settle is undecided, which is no pass.
    A system that could not be understood is left out: its errors have been told. What is found is not among
    `diagnostics`, because a system that breaks a requirement can still be run; `conformance_findings` tells it.
    """
    from sespms_rules.law import conformance  # editions are read only where a policy is checked
    from sespms_rules.proofs.deciders import Deciders

    trusted = FolderLibrary() if law is None else law
    deciders = decide or Deciders(ABOUT_A_SECOND)
    return tuple(
        replace(
            conformance(
                each.system,
                trusted,
                baseline=baseline,
                as_of=as_of,
                decide=deciders(each.system, each.program),
                compute=program_as_read,
                sound=not compilation.has_errors,
            ),
            system=each.name,
        )
        for each in judged_texts(compilation)
        if as_of is None or each.first <= as_of <= each.last
    )


class JudgedText(Frozen):
    """A text that is judged: a system as it is written, or as amendments make it.

    `name` is what reports call it; `program` is None where it has errors. Of a text that amendments make, `first` and
    `last` are the days from and to which it is in force, as far as the amendments of the file say; `by` names these.
    """

    name: str
    system: System
    program: Program | None
    first: datetime.date = field(default=datetime.date.min)
    last: datetime.date = field(default=datetime.date.max)
    by: str = field(default="")


@cache_by_identity(_COMPILATIONS)
def judged_texts(compilation: Compilation) -> tuple[JudgedText, ...]:
    """The systems of a file, and behind them what its amendments make of each, then what amendments a reader tries.

    Amendments that say from when they are in force are carried out together, day by day; one that does not, alone.
    """
    unread = (each for each in compilation.diagnostics if each.is_of_reading)
    faulty = _faulty_heads(compilation.document, unread)
    own = [each for each in compilation.policy.systems if faulty.isdisjoint((None, each.name, *each.bases))]
    texts = [JudgedText(each.name, each, compilation.programs.get(each.name)) for each in own]
    amendments = [each for each in compilation.policy.amendments if faulty.isdisjoint((None, each.name, each.amends))]
    for name in dict.fromkeys(each.amends for each in amendments):
        system, faults = find_system(name, compilation.document, compilation.library)
        if system is not None and not _any_error(faults):
            of_it = [each for each in amendments if each.amends == name]
            texts += (
                each for made, days in sets_by_day(of_it) for each in _together(system, made, compilation.solve, days)
            )
    for made in compilation.tried:
        own_ones = (each for each in own if each.name == made[0].amends)
        texts += (each for system in own_ones for each in _together(system, made, compilation.solve))
    return tuple(texts)


def _together(
    system: System, made: Sequence[Amendment], solve: Solve | None, days: _Days | None = None
) -> Iterator[JudgedText]:
    """The text that amendments together make of a system, used on some days; none where they cannot be carried out."""
    changed = Variants(system, try_it_out=False, solve=solve).under(*made)
    if _any_error(changed.broken):
        return
    when = f"from {days[0]}, as amended by" if days else "as amended by"
    by = listed(each.name for each in made)
    first, last = days or (datetime.date.min, datetime.date.max)
    used = used_from(changed.system, first if days else None)
    yield JudgedText(f"{system.name}, {when} {by}", used, changed.program, first, last, by)


def trying(compilation: Compilation, system: System, amendments: tuple[Amendment, ...]) -> Compilation:
    """The same policy with a system judged also under amendments from elsewhere."""
    changed = Variants(system, solve=compilation.solve).under(*amendments)
    made = telling(compilation, (*changed.broken, *changed.new))
    return replace(made, tried=(*made.tried, amendments))


def telling(compilation: Compilation, found: Findings) -> Compilation:
    """The same policy with what was found elsewhere told among its own findings, each once."""
    return replace(compilation, diagnostics=_in_order(compilation.source, (*compilation.diagnostics, *found)))


def conformance_findings(
    compilation: Compilation, held: Iterable[Conformance], law: Library | None = None, *, review: bool = False
) -> Findings:
    """What a policy's conformance amounts to as findings; warnings that a system accepts become notes.

    With `review` nothing is quieted, and what keeps a reviewer from standing on the text is found too, by `law`. Of a
    text with errors it is not told what is open: its errors come first.
    """
    from sespms_rules.law.findings import LEFT_OPEN, findings, review_findings

    systems = {each.name: each.system for each in judged_texts(compilation)}
    trusted = FolderLibrary() if law is None else law
    told: list[Diagnostic] = []
    for place, each in enumerate(every := tuple(held)):
        system, before = systems[each.system], every[:place]
        told += review_findings(each, system, trusted, before) if review else accepted(system, findings(each, before))
    return tuple(each for each in told if not compilation.has_errors or each.code not in LEFT_OPEN)


def program_for(compilation: Compilation, system: str, amendment: str | None = None) -> Program | None:
    """The program of a system, or of it under an amendment; None where there is none without errors."""
    if amendment is None:
        return compilation.programs.get(system)
    found, faults = find_system(system, compilation.document, compilation.library)
    if found is None or _any_error(faults):
        return None
    return _under(amendment, found, compilation.policy, compilation.document, compilation.library, compilation.solve)


def judged(system: System, *, try_it_out: bool = True, solve: Solve | None = None) -> tuple[Program | None, Findings]:
    """Check and lower one system; a program is given only where neither finds an error.

    With `try_it_out` the program is tried out as well, which finds warnings and notes alone.
    """
    program, lowered = lower(system)
    checked = check_system(system)
    if _any_error(lowered):  # what a formula with an error was to read is not unread for that
        checked = tuple(each for each in checked if each.code not in UNREAD)
    found = (*checked, *accepted(system, lowered))
    if program is None or _any_error(found):
        return None, found
    tried = try_out(system, program) if try_it_out else ()
    return program, (*found, *tried, *decided(system, program, solve or _solved, found))


def _solved(question: Question) -> Answer:
    """Ask the solver, which is loaded only where rating appraisals left something open."""
    from sespms_rules.proofs.answering import answered

    return answered(question)


def computed(system: System) -> tuple[Program | None, Findings]:
    """What a system computes whatever the checks say of it, or None with what keeps it from being read.

    For studies that look at a system with its defects, or at one that nobody wrote: a text with one change of many.
    """
    return lower(system)


def program_as_read(system: System) -> Program | None:
    """What a system computes whatever the checks say of it; None where it cannot be read."""
    return computed(system)[0]


class Changed(Frozen):
    """A system under amendments: `program` is None where it has errors.

    `broken` is what keeps the amendments from being carried out, `new` what is wrong with the result and was not
    before.
    """

    system: System
    program: Program | None
    broken: Findings
    new: Findings


class Variants:
    """A system, and what amendments make of it. What was wrong with the system before is found once, when needed.

    Every error is found. With `try_it_out` so are the warnings that only trying appraisals out shows.
    """

    def __init__(self, system: System, *, try_it_out: bool = True, solve: Solve | None = None) -> None:
        self._system = system
        self._judged = partial(judged, try_it_out=try_it_out, solve=solve)

    @cached_property
    def _before(self) -> frozenset[Diagnostic]:
        return frozenset(self._judged(self._system)[1])

    def under(self, *amendments: Amendment) -> Changed:
        """Carry amendments out one after another, and check and lower what they make of the system.

        What is new and points at a line that they leave as it is names the lines of theirs that bring it.
        """
        made = self._under(amendments)
        return replace(made, new=with_their_lines(made.new, amendments, self._found)) if made.new else made

    def _found(self, amendments: tuple[Amendment, ...]) -> Findings | None:
        made = self._under(amendments)
        return None if _any_error(made.broken) else made.new

    def _under(self, amendments: tuple[Amendment, ...]) -> Changed:
        changed, broken = carried_out(self._system, amendments)
        if _any_error(broken):
            return Changed(changed, None, broken, ())
        program, about = self._judged(changed)
        new = tuple(each for each in about if each not in self._before) if about else ()
        return Changed(changed, program, broken, new)


def _under(
    name: str, system: System, policy: Contents, document: Document, library: Library, solve: Solve | None
) -> Program | None:
    """The program of a system under the amendment of a name, for its scenarios."""
    amendment, faults = find_amendment(name, document, library)
    if amendment is None or _any_error(faults) or amendment.amends != system.name:
        return None
    earlier = behind_in(policy, amendment)
    return Variants(system, try_it_out=False, solve=solve).under(*earlier, amendment).program


class _Amended:
    """The systems that the amendments of one document change: each is found, and judged as it was before, once."""

    def __init__(self, policy: Contents, document: Document, library: Library, solve: Solve | None) -> None:
        self._policy = policy
        self._document = document
        self._library = library
        self._solve = solve
        self._known: dict[tuple[str, ...], Variants | None] = {}

    def changed(self, amendment: Amendment) -> tuple[Program | None, Findings]:
        """What an amendment makes of its system, and what is wrong with that and was not before.

        What is carried out before it on its first day is so here too, and is before.
        """
        earlier = behind_in(self._policy, amendment)
        key = (amendment.amends, *(each.name for each in earlier))
        if key not in self._known:
            self._known[key] = self._variants(amendment.amends, earlier)
        variants = self._known[key]
        if variants is None:
            return None, ()
        made = variants.under(amendment)
        return made.program, made.new  # what keeps it from being carried out was told by resolve

    def _variants(self, name: str, earlier: tuple[Amendment, ...]) -> Variants | None:
        system, faults = find_system(name, self._document, self._library)
        if system is None or _any_error(faults):
            return None
        changed, broken = carried_out(system, earlier)
        return Variants(system if _any_error(broken) else changed, solve=self._solve)


def _faulty_heads(document: Document, found: Iterable[Diagnostic]) -> set[str | None]:
    """The names of the heads with an error below them; None stands for an error above the first."""
    blocks = [each for each in document.blocks if isinstance(each, Block) and each.heading.opens_a_text]
    heads = [(each.span.start, each.heading.name.text if each.heading.name else None) for each in blocks]
    errors = (each for each in found if each.severity is Severity.ERROR and each.span.source is document.source)
    places = [each.span.start for each in errors]
    return {next((name for start, name in reversed(heads) if start <= place), None) for place in places}


def _any_error(found: Iterable[Diagnostic]) -> bool:
    return any(each.severity is Severity.ERROR for each in found)


def _in_order(source: Source, found: Iterable[Diagnostic]) -> Findings:
    """Each finding once, as many of a kind as anyone reads: those of the policy's own text first, by file and place."""
    ordered = sorted(dict.fromkeys(found), key=lambda each: (each.path != source.name, each.order))
    return tuple(told_of_each_kind(ordered))
