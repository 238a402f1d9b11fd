"""Policy files as the user names them -> policies, and all that was found in them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sespms_rules import api
from sespms_rules.api import Policy, found_in, load_together
from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.language.resolution import FolderLibrary
from sespms_rules.pipeline import Compilation
from sespms_rules.program.ir import Program

if TYPE_CHECKING:
    from sespms_rules.cli.reading_options import Reading
    from sespms_rules.law.law_texts import LawTexts
    from sespms_rules.law.provenance import FileRead, Provenance
    from sespms_rules.studies.cycle import RecordsBasis

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
    names: Sequence[str],
    law: LawTexts | None = None,
    *,
    tell_editions: bool = False,
    heed_accepts: bool = True,
    tried: Sequence[str] = (),
    texts: Sequence[Source] = (),
) -> Compiled:
    """Read and compile policy files.

    What is wrong with the `law` that a reader names is among the findings; with `tell_editions` so is each baseline
    that comes with the policies and is not used. With `heed_accepts` false no warning that a system accepts becomes a
    note. `tried` are amendments, by name or file, under which each system is judged too; `A+B` are two together.
    `texts` are read behind the files and stand in none. Raises UnreadableFileError for a file that is no text,
    RequestError for an amendment that is nowhere.
    """
    policies = load_together(names, heed_accepts=heed_accepts, texts=texts)
    if tried:
        from sespms_rules.studies.amended_text import tried_too

        policies = tuple(replace(each, compilation=tried_too(each.compilation, tried)) for each in policies)
    found = (*(law.findings if law else ()), *found_in(policies))
    if tell_editions and law is not None:
        from sespms_rules.law.law_texts import editions_brought

        documents = [each.compilation.document for each in policies]
        folders = dict.fromkeys(Path(name).parent for name in names)
        found += editions_brought(documents, FolderLibrary((), folders), law)
    return Compiled(policies, found)


def sources_of(compiled: Compiled) -> tuple[Source, ...]:
    """Every text of a submission that counted: the files named, those their systems rest on, and what is amended."""
    from sespms_rules.studies.rested_on import texts_rested_on

    return texts_rested_on(compiled.compilations)


def provenance_of(compiled: Compiled, reading: Reading, *more: FileRead) -> Provenance:
    """What a report on policies rests on that does not judge them; `more` are other files that it read."""
    from sespms_rules.law.provenance import bound_by
    from sespms_rules.studies.rested_on import amended_elsewhere

    systems = [system for each in compiled.compilations for system in (*each.policy.systems, *amended_elsewhere(each))]
    return bound_by((*sources_of(compiled), *more), systems, reading.law.library, reading.as_of)


def provenance_on_records(compiled: Compiled, basis: RecordsBasis) -> Provenance:
    """What a report on a year on record rests on: the policy, the records, and the editions held against them."""
    from sespms_rules.law.provenance import held_against

    return held_against((*sources_of(compiled), *basis.files), basis.system, basis.editions, basis.days)


def program_of(compilation: Compilation, system: str | None) -> Program:
    """The program to rate by: that of the system named, or of the only one. Raises RequestError otherwise."""
    return api.program_of(compilation, system, "--system")


__all__ = [
    "Compiled",
    "compile_policies",
    "policies_argument",
    "policy_argument",
    "program_of",
    "provenance_of",
    "provenance_on_records",
    "sources_of",
]
