"""Documents as the files that people asked for: a page, a Word document or a PDF."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from sespms_rules import documents
from sespms_rules.cli.output import binary, written_to
from sespms_rules.cli.output_kinds import form_of
from sespms_rules.foundation.files_written import NotWrittenError

_ONLY_WORD = (
    "a letterhead is Word's own, and only a Word document can be written on it; name a file that ends in `.docx`, and"
    " save that as a PDF in Word where one is needed"
)
_F = TypeVar("_F", bound=Callable[..., Any])


def letterhead_option(function: _F) -> _F:
    """The option `--letterhead`, read and known to be safe; a result that is no Word document cannot have one."""
    return click.option(
        "--letterhead",
        metavar="FILE.docx",
        callback=_letterhead,
        help="Write on the header, footer, page and font of this Word document; its body is left out.",
    )(function)


def _letterhead(ctx: click.Context, param: click.Parameter, value: str | None) -> documents.Letterhead | None:
    if value is None:
        return None
    if (ctx.params.get("form") or form_of(ctx.params.get("output") or "")) not in ("docx", None):
        raise click.BadParameter(_ONLY_WORD, ctx, param)
    return documents.Letterhead(value, documents.word_file(value))


def write_document(
    document: documents.Document,
    form: str,
    output: str | None,
    *,
    to_fill_in: bool = False,
    letterhead: documents.Letterhead | None = None,
) -> None:
    """Write a document in a form; one `to_fill_in` is never written over what someone may have filled in.

    Raises RequestError for what the form cannot hold, before anything is written, and NotWrittenError.
    """
    refuse_letterhead(form, letterhead)
    if form == "html":
        page = documents.as_html(document)
        if to_fill_in:
            refuse_to_write_over(output, page.encode())
        with written_to(output) as file:
            file.write(page)
        return
    made = documents.as_docx(document, letterhead) if form == "docx" else documents.as_pdf(document)
    if to_fill_in:
        refuse_to_write_over(output, made)
    with written_to(output) as file:
        binary(file).write(made)


def refuse_letterhead(form: str, letterhead: documents.Letterhead | None) -> None:
    """Raise a usage error where something else than a Word document is to be written on a letterhead."""
    if letterhead is not None and form != "docx":
        raise click.BadParameter(_ONLY_WORD, param_hint="--letterhead")


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
