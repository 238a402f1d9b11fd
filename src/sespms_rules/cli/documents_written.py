"""Documents as the files that people asked for: a page, a Word document or a PDF."""

from __future__ import annotations

import datetime
from pathlib import Path

from sespms_rules import documents
from sespms_rules.cli.output import binary, written_to
from sespms_rules.foundation.files_written import NotWrittenError


def write_document(document: documents.Document, form: str, output: str | None, *, to_fill_in: bool = False) -> None:
    """Write a document in a form; one `to_fill_in` is never written over what someone may have filled in.

    Raises RequestError for what the form cannot hold, before anything is written, and NotWrittenError.
    """
    if form == "html":
        page = documents.as_html(document)
        if to_fill_in:
            refuse_to_write_over(output, page.encode())
        with written_to(output) as file:
            file.write(page)
        return
    made = documents.as_docx(document) if form == "docx" else documents.as_pdf(document)
    if to_fill_in:
        refuse_to_write_over(output, made)
    with written_to(output) as file:
        binary(file).write(made)


def write_page(page: str, form: str, output: str | None, day: datetime.date | None) -> None:
    """Write a report that is a page in a form: itself, or a Word document or PDF that says what it says.

    `day` is the one that its reader named. Raises as `write_document`.
    """
    if form == "html":
        with written_to(output) as file:
            file.write(page if page.endswith("\n") else page + "\n")
    else:
        write_document(documents.document_of(page, day), form, output)


def refuse_to_write_over(output: str | None, made: bytes) -> None:
    """Raise NotWrittenError where another file than `made` stands at the place of a form: it may be filled in."""
    if output is None or output == "-":
        return
    path = Path(output)
    try:
        stands = path.is_file() and (path.stat().st_size != len(made) or path.read_bytes() != made)
    except (OSError, ValueError):
        stands = True  # what cannot be looked at may be filled in too
    if stands:
        raise NotWrittenError(
            f"`{output}` is there already and may be filled in", "name a new file; a form is not written over another"
        )
