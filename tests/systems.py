"""Shipped policies for tests, each compiled once a process.

`systems_of` and `program_of` are for tests of what is done with a program: they leave out what is found by trying
a system out, which takes ten times as long as all the rest. `compiled` is for tests of what is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from sespms_rules.checks import check_system
from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.resources import policy_path
from sespms_rules.foundation.source import Source
from sespms_rules.language.model import System
from sespms_rules.language.parsing import parse
from sespms_rules.language.resolution import amended, find_system, resolve
from sespms_rules.language.resolution.library import FolderLibrary
from sespms_rules.pipeline import Compilation, compile_source
from sespms_rules.program.ir import Program
from sespms_rules.program.lowering import lower


@cache
def compiled(name: str) -> Compilation:
    """A shipped policy, taken through all stages."""
    return compile_source(source_of(name), FolderLibrary())


@cache
def systems_of(name: str) -> tuple[tuple[System, Program], ...]:
    """The systems of a shipped policy that have a program, with it: those of `compiled(name).programs`."""
    document, syntax = parse(source_of(name))
    policy, meaning = resolve(document, FolderLibrary())
    assert not _errors((*syntax, *meaning))
    made = [(system, *lower(system)) for system in policy.systems]
    return tuple(
        (system, program)
        for system, program, found in made
        if program is not None and not _errors((*found, *check_system(system)))
    )


@cache
def source_of(name: str) -> Source:
    """The text of a shipped policy."""
    return Source(name, policy_path(name).read_text(encoding="utf-8"))


def amended_by(name: str) -> Iterator[tuple[str, Program]]:
    """What each amendment of a shipped policy makes of the system it amends: the amendment's name, and the program."""
    document, _ = parse(source_of(name))
    for each in resolve(document, FolderLibrary())[0].amendments:
        assert each.name is not None
        found, faults = find_system(each.amends, document, FolderLibrary())
        assert found is not None, name
        assert not _errors(faults), name
        system, more = amended(found, each)
        program, findings = lower(system)
        assert program is not None, name
        assert not _errors((*more, *findings, *check_system(system))), name
        yield each.name, program


def _errors(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    return [each for each in found if each.severity is Severity.ERROR]


@cache
def system_of(name: str) -> System:
    """The only system of a shipped policy."""
    document, syntax = parse(source_of(name))
    policy, meaning = resolve(document, FolderLibrary())
    assert not _errors((*syntax, *meaning))
    (system,) = policy.systems
    return system


@cache
def program_of(name: str) -> Program:
    """The program of the only system of a shipped policy."""
    program, findings = lower(system_of(name))
    assert program is not None, findings
    return program
