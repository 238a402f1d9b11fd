"""What tests of documents share: the description of each shipped system, and every text of it."""

from __future__ import annotations

from functools import cache

from sespms_rules.checks.scenarios import run_scenarios
from sespms_rules.documents import Described, Document, description
from sespms_rules.foundation.resources import policy_names
from sespms_rules.language.model import System
from sespms_rules.language.resolution import FolderLibrary
from sespms_rules.law.provenance import bound_by, texts_of
from systems import systems_of

SHIPPED = tuple(name for folder in ("agencies", "beyond-ses", "examples", "shapes") for name in policy_names(folder))


@cache
def described(name: str) -> tuple[tuple[System, Document], ...]:
    """The systems of a shipped policy with the description of each; nothing is proved for it."""
    made = []
    for system, program in systems_of(name):
        rests_on = bound_by(texts_of([system]), [system], FolderLibrary())
        made.append((system, description(Described(system, run_scenarios(system, program), rests_on))))
    return tuple(made)
