"""Two names that a reader takes for one."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.levels import folded
from sespms_rules.checks.analysis.names import DeclaredName, declared_names, looks
from sespms_rules.foundation.diagnostic import Diagnostic, Label, warning
from sespms_rules.language.model import System

FINDING = warning("SES143", "names-look-alike")


def check(system: System) -> Iterator[Diagnostic]:
    """Find names of elements, tables and values that only invisible signs or letters of another script tell apart.

    Capitals and blanks alone are another finding, which knows that a value may be called as its table.
    """
    first: dict[str, DeclaredName] = {}
    for name in declared_names(system):
        earlier = first.setdefault(looks(name.text), name)
        if folded(earlier.text) != folded(name.text):
            yield FINDING.at(
                name.span,
                f"`{name.text}` looks like `{earlier.text}`, and is another name",
                help="give one of them a name that a reader can tell from the other, or write both alike",
                labels=(Label(earlier.span, "the other name"),),
            )
