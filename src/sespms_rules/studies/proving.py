"""Compilation -> Proved: the guarantees of each system and of the editions that bind it, established."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from importlib.metadata import version

from sespms_rules.foundation.diagnostic import Severity
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.language.model import Baseline, System
from sespms_rules.language.parsing import parse
from sespms_rules.language.resolution import FolderLibrary, Library
from sespms_rules.language.syntax.nodes import Block
from sespms_rules.language.syntax.requirements import MustGuarantee
from sespms_rules.law import conformance
from sespms_rules.law.edition_index import editions_for, every_edition
from sespms_rules.law.editions import choose
from sespms_rules.law.periods import days_of
from sespms_rules.law.verdict import Conformance, VerdictKind
from sespms_rules.pipeline import Compilation, judged_texts, program_as_read
from sespms_rules.program.ir import Program
from sespms_rules.program.plans import Covered, covered
from sespms_rules.proofs.deciders import Deciders
from sespms_rules.proofs.effort import Effort
from sespms_rules.proofs.guarantees import TIME_LIMIT, Asked, Established, asked_by_user, guarantees_of
from sespms_rules.proofs.solver import Status
from sespms_rules.studies.variants import Variant


class Proved(Frozen):
    """A system with what became of its guarantees, and how much the proofs cover; `under` names its amendments.

    `failing` are the words of those by which the system fails where they are refuted, as in a check: its own, the one
    that was asked for, and what a requirement asks that binds and was compared with the law. `runs` is false of a text
    that amendments left with errors: it is proved as it reads, and would not be run.
    """

    system: str
    covered: Covered
    verdicts: tuple[Established, ...]
    under: str | None = field(default=None)
    failing: frozenset[str] = field(default=frozenset())
    runs: bool = field(default=True)

    def fails_by(self, one: Established) -> bool:
        """Whether a guarantee is refuted and the system fails by it."""
        return one.status is Status.REFUTED and one.asked.words in self.failing


def proved(
    compilation: Compilation,
    asked: Asked | None = None,
    seconds: int = TIME_LIMIT,
    law: Library | None = None,
    as_of: datetime.date | None = None,
) -> list[Proved]:
    """Decide the guarantees of each system that has a program, and of its editions, or the one that is asked.

    `seconds` is how long the proof of one guarantee may take; `law` holds the texts that the reader trusts.
    """
    texts = (each for each in judged_texts(compilation) if as_of is None or each.first <= as_of <= each.last)
    variants = [Variant(None, each.system, each.program) for each in texts if not each.by]
    return proved_under([*variants, *amended_in(compilation, as_of)], asked, seconds, law, as_of)


def amended_in(compilation: Compilation, as_of: datetime.date | None = None) -> list[Variant]:
    """What the amendments of a file make of its systems, as a check judges it."""
    texts = (each for each in judged_texts(compilation) if as_of is None or each.first <= as_of <= each.last)
    return [Variant(each.by, each.system, each.program) for each in texts if each.by]


def proved_under(
    variants: Iterable[Variant],
    asked: Asked | None = None,
    seconds: int = TIME_LIMIT,
    law: Library | None = None,
    as_of: datetime.date | None = None,
) -> list[Proved]:
    """The same for a system under amendments. One that has errors is proved as it reads, a gap in it and all.

    A text that cannot be read or carried out is left out, for its errors are told.
    """
    trusted = FolderLibrary() if law is None else law
    deciders = Deciders(Effort(thorough=True, seconds=seconds))
    made = []
    for each in variants:
        program = each.as_read()
        if program is not None:
            decide = deciders(each.system, program)
            held = conformance(each.system, trusted, as_of=as_of, decide=decide, compute=program_as_read)
            found = _of(program, each.system, asked, deciders, _editions(each.system, trusted, as_of), held)
            under = each.name or " + ".join(each.amendments) or None
            made.append(replace(found, under=under, runs=each.program is not None))
    return made


def proved_by(compilation: Compilation, deciders: Deciders, held: Sequence[Conformance], law: Library) -> list[Proved]:
    """The proofs that the verdicts of a check rest on, by what decided them."""
    by_name = {each.system: each for each in held}
    against = {name: {(one.baseline, one.first) for one in each.held} for name, each in by_name.items()}
    known = {(each.name, days_of(each.head.sentences)[0]): each for each in every_edition(law)}

    def editions(name: str) -> tuple[Baseline, ...]:
        return tuple(edition for key, edition in known.items() if key in against[name])

    return [
        replace(
            _of(each.program, each.system, None, deciders, editions(each.name), by_name[each.name]), system=each.name
        )
        for each in judged_texts(compilation)
        if each.program is not None and each.name in against
    ]


def _of(
    program: Program,
    system: System,
    asked: Asked | None,
    deciders: Deciders,
    editions: tuple[Baseline, ...],
    held: Conformance,
) -> Proved:
    wanted = guarantees_of(system, editions) if asked is None else (asked,)
    establishing = deciders(system, program).establishing(program, editions)
    failing = frozenset(each.words for each in wanted if not each.by or system.name in each.by or _binds(each, held))
    return Proved(system.name, covered(program), tuple(map(establishing.one, wanted)), failing=failing)


def _binds(asked: Asked, held: Conformance) -> bool:
    """Whether a requirement by which a check fails asks for a guarantee, and is missed by it."""
    wordings = {
        stated.origin.span.words
        for edition in asked.editions
        for requirement in edition.requirements
        for stated in requirement.sentences
        if isinstance(stated.sentence, MustGuarantee) and stated.sentence.guarantee == asked.sentence
    }
    return any(
        ruling.binding and ruling.kind is VerdictKind.REFUTED and ruling.asked in wordings
        for verdict in held.verdicts
        if verdict.fails and verdict.citation in asked.by
        for ruling in verdict.rulings
    )


def _editions(system: System, law: Library, as_of: datetime.date | None) -> tuple[Baseline, ...]:
    return tuple(each.edition for each in choose(system, editions_for(system, law, None, as_of), None, as_of).chosen)


def read_guarantee(text: str) -> Asked:
    """Read one sentence as a guarantee to ask about. Raises RequestError for what is none."""
    source = Source("--guarantee", f'system "Asked about"\nguarantees\n  {text.strip()}\n')
    document, found = parse(source)
    errors = [each for each in found if each.severity is Severity.ERROR]
    blocks = [each for each in document.blocks if isinstance(each, Block)]
    lines = blocks[-1].lines if blocks else ()
    if errors or len(lines) != 1 or len(blocks) != 2:
        why = f"{errors[0].message}{f'; {errors[0].help}' if errors[0].help else ''}" if errors else "give one sentence"
        raise RequestError(f"`{text}` is no guarantee: {why}")
    return asked_by_user(lines[0].sentence)


def solver() -> str:
    """The solver and its version."""
    return f"z3 {version('z3-solver')}"


__all__ = ["TIME_LIMIT", "Proved", "proved", "proved_by", "proved_under", "read_guarantee", "solver"]
