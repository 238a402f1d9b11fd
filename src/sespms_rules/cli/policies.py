"""Policy files as the user names them -> policies, and all that was found in them."""

from __future__ import annotations

from collections.abc import Sequence

import click

from sespms_rules import api
from sespms_rules.api import Policy, found_in, load_together
from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.values import Frozen
from sespms_rules.pipeline import Compilation
from sespms_rules.program.ir import Program

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


def compile_policies(names: Sequence[str]) -> Compiled:
    """Read and compile policy files. Raises UnreadableFileError for a file that is no text."""
    policies = load_together(names)
    return Compiled(policies, found_in(policies))


def program_of(compilation: Compilation, system: str | None) -> Program:
    """The program to rate by: that of the system named, or of the only one. Raises RequestError otherwise."""
    return api.program_of(compilation, system, "--system")


__all__ = ["Compiled", "compile_policies", "policies_argument", "policy_argument", "program_of"]
