"""Impacts for tests: a shipped policy, shipped or written amendments, a roster in a file or in text."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from pathlib import Path

from sespms_rules.foundation.resources import policy_path
from sespms_rules.foundation.source import Source
from sespms_rules.language.model import Amendment, System
from sespms_rules.language.parsing import parse
from sespms_rules.language.resolution import FolderLibrary, resolve
from sespms_rules.rosters.population.level_distribution import State
from sespms_rules.studies.amendments import AmendmentSet
from sespms_rules.studies.impact import Impact, Roster, as_it_is, assess, under
from sespms_rules.studies.impact.law import LawNote
from systems import program_of, system_of

ROOT = Path(__file__).resolve().parents[2]
OPM = "agencies/opm_basic.sespms"
COMMISSION = ROOT / "examples" / "harbor_commission.csv"
ELEMENTS = ("Leading Change", "Leading People", "Business Acumen", "Building Coalitions", "Results Driven")
HEADINGS = ",".join(
    ["id", "unit", "appointment", *(f"{name} {what}" for name in ELEMENTS for what in ("weight", "level"))]
)


@cache
def amendments(name: str) -> tuple[Amendment, ...]:
    """The amendments of a shipped file."""
    return written(policy_path(name).read_text(encoding="utf-8"))


def written(text: str) -> tuple[Amendment, ...]:
    """Amendments written in a test."""
    document, syntax = parse(Source("a.sespms", text))
    assert not syntax
    return resolve(document, FolderLibrary())[0].amendments


def rating_change(*lines: str, name: str = "Change", amends: str = "Basic SES Appraisal System") -> str:
    """The text of an amendment of the summary rating."""
    return "\n  ".join([f'amendment "{name}"\n  amends "{amends}"\n\nsummary rating', *lines]) + "\n"


def no_law(system: System) -> tuple[LawNote, ...]:
    """For tests that ask nothing of the law."""
    del system
    return ()


def impact_of(
    roster: Path,
    *changes: Amendment,
    policy: str = OPM,
    inspector_general: Collection[str] = (),
    by: Sequence[str] = (),
) -> Impact:
    """The impact of amendments on a roster."""
    base = as_it_is(system_of(policy), program_of(policy))
    return assess(base, under(base.system, alone(*changes)), Roster(roster, by), no_law, inspector_general)


def alone(*changes: Amendment) -> tuple[AmendmentSet, ...]:
    """Each amendment as a set by itself."""
    return tuple(AmendmentSet(each.name, (each,)) for each in changes)


def roster_file(folder: Path, rows: Sequence[str]) -> Path:
    """A roster for OPM's system with these rows below the headings."""
    path = folder / "roster.csv"
    path.write_text("\n".join([HEADINGS, *rows]) + "\n", encoding="utf-8")
    return path


def cells(impact: Impact, number: int = 0) -> dict[tuple[State, State], int]:
    """How many rows are in each cell of an amendment's matrix."""
    return {pair: len(places) for pair, places in impact.comparisons[number].cells.items()}
