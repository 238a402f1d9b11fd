"""What a report rests on: the program's version, each edition and each file with its SHA-256, and the days judged.

Whoever has the files can compute the same digests (`sha256sum FILE`), and so knows that no other text was read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.foundation.version import version
from sespms_rules.law.verdict import Conformance, Held


class Basis(Frozen):
    """The files of a submission and how its systems stand; the editions are those they were checked against."""

    files: tuple[Source, ...] = field(default=(), compare=False)
    held: tuple[Conformance, ...] = field(default=())

    def editions(self) -> tuple[Held, ...]:
        """Every edition that any system was checked against, each once."""
        return tuple({(one.baseline, one.first): one for each in self.held for one in each.held}.values())


def basis_as_json(basis: Basis) -> dict[str, Any]:
    """The keys `version`, `law`, `days` and `files` of a JSON document."""
    return {
        "version": version(),
        "law": [
            {
                "baseline": each.baseline,
                "in_force_from": each.first.isoformat() if each.first else None,
                "in_force_to": each.last.isoformat() if each.last else None,
                "path": each.span.source.name,
                "sha256": each.span.source.sha256,
            }
            for each in basis.editions()
        ],
        "days": [_days(each) for each in basis.held],
        "files": [{"path": each.name, "sha256": each.sha256} for each in basis.files],
    }


def _days(each: Conformance) -> dict[str, Any]:
    period = each.days.period
    return {
        "system": each.system,
        "day": each.days.day.isoformat() if each.days.day else None,
        "period": {"start": period.start.isoformat(), "end": period.end.isoformat()} if period else None,
        "named": each.days.named,
        "why": each.days.why,
    }


def basis_as_text(basis: Basis) -> str:
    """Version, editions and files, a line each."""
    return "\n".join(_lines(basis))


def _lines(basis: Basis) -> Iterator[str]:
    yield f"This report rests on sespms {version()} and on"
    for what, source in rows(basis):
        yield f"  {what}"
        yield f"    sha256 {source.sha256}"


def rows(basis: Basis) -> Iterable[tuple[str, Source]]:
    """What each text is, in words, with the text: the submission first, then the law."""
    for source in basis.files:
        yield source.name, source
    for each in basis.editions():
        edition = f", edition of {each.first}" if each.first else ""
        yield f"{each.baseline}{edition} ({each.span.source.name})", each.span.source


def judged_by(each: Conformance) -> str:
    """By which days a system was judged, in words; empty where its editions say so themselves."""
    period = each.days.period
    return f"judged by its appraisal period {period}: {each.days.why}" if period else ""
