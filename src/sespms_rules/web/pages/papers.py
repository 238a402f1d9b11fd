"""Documents: the description and the forms of a system to keep, and a Word document that comes in or comes back."""

from __future__ import annotations

import io
from collections.abc import Iterable
from functools import partial
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sespms_rules.checks.scenarios import run_scenarios
from sespms_rules.documents import (
    AnchoredComment,
    Described,
    Document,
    Letterhead,
    MarkedChange,
    Taken,
    agreement,
    amendment_of,
    as_docx,
    as_html,
    as_pdf,
    board_book,
    considered,
    description,
    first_policy,
    marked_copy,
    marked_text,
    pieces_of,
    refuse_another_text,
    safe_word,
    write_roster,
)
from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.model import System
from sespms_rules.language.resolution import FolderLibrary
from sespms_rules.law.provenance import bound_by, texts_of
from sespms_rules.pipeline import program_for
from sespms_rules.program.ir import Program
from sespms_rules.rosters.files import open_roster
from sespms_rules.web.folder import POLICY, ROSTERS, NotInFolderError
from sespms_rules.web.frame import Said, address, page, without_folder, workbench_of
from sespms_rules.web.pages.to_keep import kept
from sespms_rules.web.workbench import Opened, Workbench

_MOST_UPLOADED: Final = 20_000_000
_MOST_OF_A_TEXT: Final = 5_000_000
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DESCRIPTION, _AGREEMENT, _ROSTER, _BOARD = "description", "agreement", "roster", "board"
_FIRST, _MARKED = "first", "marked"


class _Told(Frozen):
    """What a document said: a heading, a table of what became of it, and the text that was made of it."""

    heading: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    text: str
    file: str


def shown(request: Request) -> Response:
    """What can be kept, and where a document is handed in."""
    return _page(request, workbench_of(request).opened(request.query_params.get("policy", "")))


def _page(request: Request, opened: Opened, told: _Told | None = None, said: Said | None = None) -> Response:
    system = workbench_of(request).only_system(opened, request.query_params.get("system"))
    return page(
        *(request, "documents.html", f"Documents: {opened.name}"),
        policy=opened.name,
        system=system,
        systems=opened.policy.systems,
        runs=bool(opened.policy.systems) and not _has_errors(opened),
        rosters=workbench_of(request).folder.listing().rosters,
        told=told,
        said=said,
        status=422 if said is not None and said.failed else 200,
    )


def _has_errors(opened: Opened) -> bool:
    return any(each.severity is Severity.ERROR for each in opened.policy.findings)


def download(request: Request) -> Response:
    """One document as a file."""
    bench, asked = workbench_of(request), request.query_params
    what, form = request.path_params["what"], request.path_params["form"]
    with bench.at_work():
        opened = bench.opened(asked.get("policy", ""))
        program = opened.program(asked.get("system"))
        system = opened.system(asked.get("system"))
        if (what, form) == (_ROSTER, "xlsx"):
            book = io.BytesIO()
            write_roster(system, program, book)
            return kept(book.getvalue(), _SHEET, form, what)
        return as_file(_document(opened, system, program, what), form, what)


def _document(opened: Opened, system: System, program: Program, what: str) -> Document:
    if what == _DESCRIPTION:
        return description(_described(opened, system))
    if what == _AGREEMENT:
        return agreement(system, program, _described(opened, system).provenance)
    raise RequestError(f"there is no document `{what}`")


async def made_anew(request: Request) -> Response:
    """A document on the letterhead that was handed in with the question, or the book of the board; none is kept."""
    async with request.form(max_files=1, max_fields=10) as given:
        what, form, roster = (str(given.get(each, "")) for each in ("what", "form", "roster"))
        head = await _handed(given.get("letterhead"))
    return await run_in_threadpool(_made_anew, request, (what, form, roster), head)


def _made_anew(request: Request, wanted: tuple[str, str, str], head: tuple[str, bytes] | None) -> Response:
    bench, asked, (what, form, roster) = workbench_of(request), request.query_params, wanted
    with bench.at_work():
        opened = bench.opened(asked.get("policy", ""))
        try:
            if head is not None and form != "docx":
                raise RequestError("a letterhead is Word's own, and only a Word document can be written on it")
            letterhead = None if head is None else Letterhead(head[0], safe_word(*head))
            system, program = opened.system(asked.get("system")), opened.program(asked.get("system"))
            made = _book(bench, system, program, roster) if what == _BOARD else _document(opened, system, program, what)
            return as_file(made, form, what, letterhead)
        except RequestError as fault:
            says = without_folder(str(fault), str(bench.folder.root))
            return _page(request, opened, said=Said(says, "No document was written.", failed=True))


async def _handed(upload: object) -> tuple[str, bytes] | None:
    """The name and the bytes of a file that was handed in; None where none was chosen."""
    if not isinstance(upload, UploadFile) or not upload.filename:
        return None
    return upload.filename, await upload.read(_MOST_UPLOADED + 1)


def _book(bench: Workbench, system: System, program: Program, roster: str) -> Document:
    """The book of the board. Raises RequestError for a roster that is not chosen, or has an error."""
    if not roster:
        raise RequestError("the book of the board needs a roster; choose one")
    rows = open_roster(bench.folder.existing(roster, *ROSTERS), program)
    _refuse_errors(rows.findings)
    before = considered(program, rows)
    _refuse_errors(rows.told_later())
    more = () if rows.file is None else (rows.file,)
    return board_book(system, before, bound_by((*texts_of([system]), *more), [system], FolderLibrary()))


def _refuse_errors(found: Iterable[Diagnostic]) -> None:
    errors = [each.message for each in found if each.severity is Severity.ERROR]
    if errors:
        raise RequestError(
            f"the roster has {len(errors)} error{'s' if len(errors) > 1 else ''}, the first of which is: {errors[0]};"
            " `sespms rate` tells all"
        )


def as_file(made: Document, form: str, what: str, letterhead: Letterhead | None = None) -> Response:
    """A document as a file in Word, PDF or HTML, in Word on a letterhead. Raises RequestError for any other form."""
    if form == "docx":
        return kept(as_docx(made, letterhead), _WORD, form, what)
    if form == "pdf":
        return kept(as_pdf(made), "application/pdf", form, what)
    if form == "html":
        return kept(as_html(made).encode(), "text/html", form, what)
    raise RequestError(f"there is no document `{what}.{form}`")


def _described(opened: Opened, system: System) -> Described:
    """What is known of a system; nothing is proved for it, which takes the longest."""
    compilation = opened.policy.compilation
    examples = run_scenarios(system, opened.program(system.name), partial(program_for, compilation, system.name))
    rests_on = bound_by(texts_of([system]), [system], FolderLibrary())
    errors = tuple(each for each in opened.result.findings if each.severity is Severity.ERROR)
    return Described(system, examples, rests_on, errors=errors)


async def handed_in(request: Request) -> Response:
    """Read a Word document that was handed in; nothing of it is kept."""
    async with request.form(max_files=1, max_fields=10) as form:
        document, how = await _handed(form.get("document")), str(form.get("as", ""))
    return await run_in_threadpool(_read, request, document, how)


def _read(request: Request, document: tuple[str, bytes] | None, how: str) -> Response:
    bench = workbench_of(request)
    opened = bench.opened(request.query_params.get("policy", ""))
    if document is None:
        return _page(request, opened, said=Said("no document was chosen", "choose a Word document.", failed=True))
    name, data = document
    with bench.at_work():
        try:
            read = safe_word(name, data)
            told = _marked(opened, request, name, read) if how == _MARKED else _first(name, read)
        except RequestError as fault:
            says = without_folder(str(fault), str(bench.folder.root))
            return _page(request, opened, said=Said(says, "Nothing was kept of it.", failed=True))
    return _page(request, opened, told)


def _first(name: str, data: bytes) -> _Told:
    read = first_policy(pieces_of(name, data), name.rpartition(".")[0])
    known, guessed, unknown = len(read.known), len(read.guessed), len(read.unknown)
    rows = tuple(map(_taken, (*read.guessed, *read.unknown)))
    heading = f"{len(read.taken)} sentences: {known} understood, {guessed} guessed, {unknown} not"
    file = f"{name.rpartition('.')[0]}{POLICY}"
    return _Told(heading, ("Place", "Words", "What became of it", "As what, or why"), rows, read.text, file)


def _taken(each: Taken) -> tuple[str, ...]:
    if each.says is not None:
        return each.place, each.text, "guessed", each.says.sentence
    return each.place, each.text, "not understood", each.why


def _marked(opened: Opened, request: Request, name: str, data: bytes) -> _Told:
    system = opened.system(request.query_params.get("system"))
    known = _described(opened, system)
    marked = marked_text(name, data)
    refuse_another_text(name, opened.name, marked, known.provenance)
    copy = marked_copy(marked, description(known), system)
    rows = (*map(_changed, copy.changes), *map(_commented, copy.comments))
    taken = sum(not each.is_lost for each in copy.changes)
    heading = f"Changes: {len(copy.changes)}, taken {taken}. Comments: {len(copy.comments)}"
    text = amendment_of(copy.taken, system, name) if copy.taken else ""
    file = f"changes-in-{name.rpartition('.')[0]}{POLICY}"
    return _Told(heading, ("Place", "Words", "What became of it", "Why, or on what"), rows, text, file)


async def saved(request: Request) -> Response:
    """Save the text that was made of a document as a new file of the folder; no file is written over."""
    async with request.form(max_files=0, max_fields=10, max_part_size=_MOST_OF_A_TEXT) as given:
        text, file = str(given.get("text", "")), str(given.get("file", "")).strip()
    return await run_in_threadpool(_saved, request, text, file)


def _saved(request: Request, text: str, file: str) -> Response:
    bench = workbench_of(request)
    opened = bench.opened(request.query_params.get("policy", ""))
    name = file if file.endswith(POLICY) else f"{file}{POLICY}"
    try:
        if not file:
            raise RequestError("the new file has no name; give it one")
        bench.folder.put(name, text.replace("\r\n", "\n"))
    except (RequestError, NotInFolderError) as fault:
        told = _Told("The text was not saved", (), (), text, file)
        said = Said(str(fault), "The text stands below; save it by another name.", failed=True)
        return _page(request, opened, told, said)
    return RedirectResponse(address("/write", policy=name), 303)


def _changed(each: MarkedChange) -> tuple[str, ...]:
    words = f"“{each.was}” would be “{each.would_be}”" if each.was and each.would_be else ""
    words = words or (f"new: “{each.would_be}”" if each.would_be else f"left out: “{each.was}”")
    return each.place, words, each.status, each.why or each.beside


def _commented(each: AnchoredComment) -> tuple[str, ...]:
    on = each.words or "on no sentence of the policy"
    return each.comment.place, each.comment.text, f"comment by {each.comment.by}", on


ROUTES = (
    Route("/documents", shown),
    Route("/documents", handed_in, methods=["POST"]),
    Route("/documents/made", made_anew, methods=["POST"]),
    Route("/documents/save", saved, methods=["POST"]),
    Route("/documents/{what:str}.{form:str}", download),
)
