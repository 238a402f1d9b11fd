"""Policy files as the user names them -> compilations, and all that was found in them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.parsing import parse, read_source
from sespms_rules.language.resolution import FolderLibrary
from sespms_rules.language.resolution.library import heads_of
from sespms_rules.pipeline import Compilation, compile_document
from sespms_rules.program.ir import Program

policies_argument = click.argument("policies", nargs=-1, required=True, metavar="POLICY…")
policy_argument = click.argument("policy", metavar="POLICY")


class Compiled(Frozen):
    """The policies that were named, in order, and their findings, each once."""

    compilations: tuple[Compilation, ...]
    diagnostics: tuple[Diagnostic, ...]


def compile_policies(names: Sequence[str]) -> Compiled:
    """Read and compile policy files.

    What they rest on is looked for in the files named with them, then in their folders, then among the policies
    that come with the program. Raises UnreadableFileError for a file that is no text.
    """
    read = [read_source(Path(name), name) for name in dict.fromkeys(names)]
    parsed = [(*parse(source), notes) for source, notes in read]
    sound = [document for document, found, _ in parsed if all(each.severity is not Severity.ERROR for each in found)]
    folders = tuple(dict.fromkeys(Path(name).parent for name in names))
    made = []
    found: list[Diagnostic] = []
    for document, faults, notes in parsed:
        others = [each for each in sound if each is not document]
        compilation = compile_document(document, faults, FolderLibrary(others, folders))
        made.append(compilation)
        found += [*notes, *compilation.diagnostics]
    return Compiled(tuple(made), tuple(_told_once(found)))


def _told_once(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Two policies with one base each tell what is wrong with the base; one telling is enough."""
    return list({(each.code, each.path, each.span.start, each.span.end, each.message): each for each in found}.values())


def program_of(compilation: Compilation, system: str | None) -> Program:
    """The program to rate by: that of the system named, or of the only one. Raises a usage error otherwise."""
    names = [each.name for each in compilation.policy.systems]
    listed = ", ".join(f"`{name}`" for name in names)
    if not names:
        kinds = {kind.value for kind, _ in heads_of(compilation.document)}
        holds = f"it holds only: {', '.join(sorted(kinds))}" if kinds else "it holds no system"
        raise click.UsageError(f"`{compilation.source.name}` has no system to rate by; {holds}")
    if system is None and len(names) > 1:
        raise click.UsageError(
            f"`{compilation.source.name}` holds several systems; choose one with `--system`: {listed}"
        )
    if system is not None and system not in names:
        from sespms_rules.foundation.spelling import did_you_mean, nearest_name

        raise click.UsageError(
            f"there is no system `{system}` in `{compilation.source.name}`; "
            + did_you_mean(nearest_name(system, names), f"it holds {listed}")
        )
    return compilation.programs[system or names[0]]
