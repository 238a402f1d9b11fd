"""Provenance -> the section of a page."""

from __future__ import annotations

from sespms_rules.foundation.version import version
from sespms_rules.law.provenance import Provenance
from sespms_rules.reports.findings.display import file_name
from sespms_rules.reports.findings.html_markup import Markup, element, lines, table
from sespms_rules.reports.provenance import rows

HEADING = "What this report rests on"
"""The heading of the section."""


def as_html(provenance: Provenance) -> Markup:
    """The content of a section: the version, and each file (without its folders) and edition with its digest."""
    files = len(provenance.files)
    told = ((file_name(what) if place < files else what, read) for place, (what, read) in enumerate(rows(provenance)))
    cells: list[tuple[str, ...]] = [(what, element("code", read.sha256)) for what, read in told]
    opening = f"It was made by sespms {version()}. Whoever has these texts can compute the same digests."
    return lines(element("p", opening), table("Texts that were read", ("Text", "SHA-256"), cells))
