"""Documents as the files that people asked for: a page, a Word document or a PDF."""

from __future__ import annotations

from sespms_rules import documents
from sespms_rules.cli.output import binary, written_to


def write_document(document: documents.Document, form: str, output: str | None) -> None:
    """Write a document in a form. Raises RequestError for what the form cannot hold, before anything is written."""
    if form == "html":
        page = documents.as_html(document)
        with written_to(output) as file:
            file.write(page)
        return
    made = documents.as_docx(document) if form == "docx" else documents.as_pdf(document)
    with written_to(output) as file:
        binary(file).write(made)
