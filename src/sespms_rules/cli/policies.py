"""Policy files as the user names them -> policies, and all that was found in them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sespms_rules import api
from sespms_rules.api import Policy, found_in, load_together
from sespms_rules.checks.analysis import parts_of
from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.resolution import FolderLibrary
from sespms_rules.pipeline import Compilation
from sespms_rules.program.ir import Program

if TYPE_CHECKING:
    from sespms_rules.law.law_texts import LawTexts

policies_argument = click.argument("policies", nargs=-1, required=True, metavar="POLICY…")
policy_argument = click.argument("policy", metavar="POLICY")


class Compiled(Frozen):
    """The policies that were named, in order, and their findings, each once."""

    policies: tuple[Policy, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def compilations(self) -> tuple[Compilation, ...]:
        """What is known of each policy."""
        return tuple(each.compilation for each in self.policies)


def compile_policies(
    names: Sequence[str], law: LawTexts | None = None, *, tell_editions: bool = False, heed_accepts: bool = True
) -> Compiled:
    """Read and compile policy files.

    What is wrong with the `law` that a reader names is among the findings; with `tell_editions` so is each baseline
    that comes with the policies and is not used. With `heed_accepts` false no warning that a system accepts becomes a
    note. Raises UnreadableFileError for a file that is no text.
    """
    policies = load_together(names, heed_accepts=heed_accepts)
    found = (*(law.findings if law else ()), *found_in(policies))
    if tell_editions and law is not None:
        from sespms_rules.law.law_texts import editions_brought

        documents = [each.compilation.document for each in policies]
        folders = dict.fromkeys(Path(name).parent for name in names)
        found += editions_brought(documents, FolderLibrary((), folders), law)
    return Compiled(policies, found)


def sources_of(compiled: Compiled) -> tuple[Source, ...]:
    """Every text of a submission that counted: the files named, and those that their systems rest on."""
    named = [each.source for each in compiled.compilations]
    systems = [system for each in compiled.compilations for system in each.policy.systems]
    below = [stated.origin.span.source for system in systems for part in parts_of(system) for stated in part.sentences]
    return tuple({each.name: each for each in (*named, *below) if each.name}.values())


def program_of(compilation: Compilation, system: str | None) -> Program:
    """The program to rate by: that of the system named, or of the only one. Raises RequestError otherwise."""
    return api.program_of(compilation, system, "--system")


__all__ = ["Compiled", "compile_policies", "policies_argument", "policy_argument", "program_of"]
