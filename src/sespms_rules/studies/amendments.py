"""Amendments as people name them: a file that holds some, or one by its name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.spelling import did_you_mean, nearest_name
from sespms_rules.language.model import Amendment, System
from sespms_rules.language.parsing import parse, read_source
from sespms_rules.language.resolution import FolderLibrary, find_amendment, resolve
from sespms_rules.language.syntax.words import PartKind
from sespms_rules.pipeline import Compilation

Found = tuple[tuple[Amendment, ...], tuple[Diagnostic, ...]]


def amendments_named(names: Sequence[str], compilation: Compilation, system: System) -> Found:
    """The amendments of a system that names stand for, each once, and what is wrong with their text.

    Raises RequestError for a name that is nowhere or a file that amends other texts only, and UnreadableFileError
    for a file that is no text.
    """
    amendments: dict[str, Amendment] = {}
    findings: list[Diagnostic] = []
    for name in dict.fromkeys(names):
        is_file = name.endswith(".sespms") or Path(name).is_file()
        found, told = _in_file(name, compilation, system) if is_file else _by_name(name, compilation, system)
        amendments |= {each.name: each for each in found}
        findings += (each for each in told if each not in findings)
    return tuple(amendments.values()), tuple(findings)


def _in_file(name: str, compilation: Compilation, system: System) -> Found:
    source, notes = read_source(Path(name), name)
    document, syntax = parse(source)
    if any(each.severity is Severity.ERROR for each in syntax):
        return (), (*notes, *syntax)
    folders = tuple(dict.fromkeys((Path(name).parent, Path(compilation.source.name).parent)))
    policy, meaning = resolve(document, FolderLibrary([compilation.document], folders))
    mine = tuple(each for each in policy.amendments if each.amends == system.name)
    if not mine:
        others = ", ".join(f"`{each.amends}`" for each in policy.amendments)
        holds = f"it amends {others}" if others else "it holds no amendment"
        raise RequestError(f"`{name}` does not amend `{system.name}`; {holds}")
    return mine, (*notes, *syntax, *meaning)


def _by_name(name: str, compilation: Compilation, system: System) -> Found:
    amendment, found = find_amendment(name, compilation.document, compilation.library)
    if amendment is None:
        known = [*compilation.library.names(PartKind.AMENDMENT), *(each.name for each in compilation.policy.amendments)]
        names = ", ".join(f"`{each}`" for each in dict.fromkeys(known))
        listed = f"give the file that holds it, or one of: {names}" if names else "give the file that holds it"
        raise RequestError(f"there is no amendment `{name}`; {did_you_mean(nearest_name(name, known), listed)}")
    if amendment.amends != system.name:
        raise RequestError(f"the amendment `{name}` amends `{amendment.amends}`, not `{system.name}`")
    return (amendment,), found
