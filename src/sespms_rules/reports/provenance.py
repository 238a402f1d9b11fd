"""Provenance -> JSON and text: the version of the program, each file and edition with its SHA-256, the days.

Whoever has the files can compute the same digests (`sha256sum FILE`), and so knows that no other text was read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sespms_rules.foundation.version import version
from sespms_rules.law.provenance import DaysUsed, EditionRead, FileRead, Provenance
from sespms_rules.law.verdict import Conformance


def as_json(provenance: Provenance) -> dict[str, Any]:
    """The keys `version`, `law`, `days` and `files` of a JSON document."""
    return {
        "version": version(),
        "law": [_edition(each) for each in provenance.editions],
        "days": [_days(each) for each in provenance.days],
        "files": [{"path": each.name, "sha256": each.sha256} for each in provenance.files],
    }


def _edition(each: EditionRead) -> dict[str, Any]:
    return {
        "baseline": each.baseline,
        "in_force_from": each.first.isoformat() if each.first else None,
        "in_force_to": each.last.isoformat() if each.last else None,
        "path": each.source.name,
        "sha256": each.source.sha256,
    }


def _days(each: DaysUsed) -> dict[str, Any]:
    period = each.days.period
    return {
        "system": each.system,
        "day": each.days.day.isoformat() if each.days.day else None,
        "period": {"start": period.start.isoformat(), "end": period.end.isoformat()} if period else None,
        "named": each.days.named,
        "why": each.days.why,
    }


def as_text(provenance: Provenance) -> str:
    """Version, files and editions, each with its digest on a line below it."""
    told = [f"This report rests on sespms {version()} and on"]
    for place, (what, read) in enumerate(rows(provenance)):
        if place == len(provenance.files) and not provenance.judged:
            told.append("The law that binds its systems, with which nothing was compared here:")
        told += [f"  {what}", f"    sha256 {read.sha256}"]
    return "\n".join(told)


def rows(provenance: Provenance) -> Iterator[tuple[str, FileRead]]:
    """What each text is, in words, with the text: the files first, then the law."""
    for read in provenance.files:
        yield read.name, read
    for each in provenance.editions:
        edition = f", edition of {each.first}" if each.first else ""
        yield f"{each.baseline}{edition} ({each.source.name})", each.source


def judged_by(each: Conformance) -> str:
    """By which days a system was judged, in words; empty where its editions say so themselves."""
    period = each.days.period
    return f"judged by its appraisal period {period}: {each.days.why}" if period else ""


__all__ = ["as_json", "as_text", "judged_by", "rows"]
