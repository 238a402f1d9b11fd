"""Compilation -> Proved: the guarantees of each system and of the editions that bind it, established."""

from __future__ import annotations

from importlib.metadata import version

from sespms_rules.foundation.diagnostic import Severity
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.model import Baseline, System
from sespms_rules.language.parsing import parse
from sespms_rules.language.syntax.nodes import Block
from sespms_rules.law.edition_index import editions_for
from sespms_rules.law.editions import choose
from sespms_rules.pipeline import Compilation
from sespms_rules.proofs.guarantees import TIME_LIMIT, Asked, Established, asked_by_user, establish, guarantees_of
from sespms_rules.proofs.solver import Covered, covered


class Proved(Frozen):
    """A system with what became of its guarantees, and how much the proofs cover."""

    system: str
    covered: Covered
    verdicts: tuple[Established, ...]


def proved(compilation: Compilation, asked: Asked | None = None, seconds: int = TIME_LIMIT) -> list[Proved]:
    """Decide the guarantees of each system that has a program, and of its editions, or the one that is asked.

    `seconds` is how long the proof of one guarantee may take.
    """
    return [
        _of_system(compilation, system, asked, seconds)
        for system in compilation.policy.systems
        if system.name in compilation.programs
    ]


def _of_system(compilation: Compilation, system: System, asked: Asked | None, seconds: int) -> Proved:
    program = compilation.programs[system.name]
    editions = _editions(compilation, system)
    wanted = guarantees_of(system, editions) if asked is None else (asked,)
    return Proved(system.name, covered(program), establish(system, program, wanted, editions, seconds))


def _editions(compilation: Compilation, system: System) -> tuple[Baseline, ...]:
    found = editions_for(system, compilation.document, compilation.library, None, None)
    return tuple(each.edition for each in choose(system, found, None, None).chosen)


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


__all__ = ["TIME_LIMIT", "Proved", "proved", "read_guarantee", "solver"]
