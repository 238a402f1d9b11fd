"""What a document rests on, as its last section: the version of the program, and every text with its digest."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.documents.model import Heading, Paragraph, Part, Table
from sespms_rules.foundation.version import version
from sespms_rules.law.provenance import Provenance
from sespms_rules.reports.findings import file_name
from sespms_rules.reports.provenance import rows as texts_read

_NOT_JUDGED = " The law is named that binds the system; whether the system meets it is said by a check, not here."


def rests_on(provenance: Provenance, called: str) -> Iterator[Part]:
    """The section of a document that is `called` so: `description`, `letter`."""
    yield Heading(1, f"What this {called} rests on")
    judged = "" if provenance.judged or not provenance.editions else _NOT_JUDGED
    yield Paragraph(
        f"It was written by sespms {version()} from the texts below. Whoever has them can compute the same"
        f" digests.{judged}"
    )
    files = len(provenance.files)
    rows = tuple(
        (file_name(what) if place < files else _without_folder(what), read.sha256)
        for place, (what, read) in enumerate(texts_read(provenance))
    )
    yield Table("Texts that were read", ("Text", "SHA-256"), rows)


def _without_folder(what: str) -> str:
    """`Rules, edition of a day (folder/file)` without the folder, which is a machine's own."""
    lead, _, path = what.rpartition("(")
    return f"{lead}({file_name(path)}" if lead else what
