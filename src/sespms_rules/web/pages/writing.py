"""Write: the text of a policy with what is found in it, each finding with its fix; saved whole, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sespms_rules.authoring.edits import difference
from sespms_rules.authoring.filling import Change, NotFilledInError, filled_in
from sespms_rules.authoring.finding_pages import NoSuchPageError, page_of
from sespms_rules.authoring.looking import MOST_LETTERS
from sespms_rules.authoring.phrase_search import LONGEST, searched
from sespms_rules.foundation.files_written import NotWrittenError
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import replace
from sespms_rules.language.formatter import format_policy
from sespms_rules.language.phrasebook import phrase_book as whole_phrase_book
from sespms_rules.web.folder import POLICY, ChangedOnDiskError, NotInFolderError, Text
from sespms_rules.web.frame import Said, page, part, refused, without_folder, workbench_of
from sespms_rules.web.pages.finding_markup import pieces_of
from sespms_rules.web.pages.written import NOT_CHECKED, blank_name, change_named, fix_numbered, looked
from sespms_rules.web.workbench import Workbench

_MOST_PHRASES: Final = 30
_MOST_BLANKS: Final = 20_000
_BLANK: Final = "field "
_ANEW: Final = "anew"
"""What a page says in place of a digest once its reader was told that the file is gone: to save is to write it anew."""


def opened(request: Request) -> Response:
    """A policy as it stands on disk."""
    bench = workbench_of(request)
    text = bench.folder.policy(request.query_params.get("policy", ""))
    kept = request.query_params.get("kept") == "scenario"
    said = Said("The scenario was kept", "It stands at the end of the text.") if kept else None
    with bench.at_work():
        return _page(request, bench, text.name, text.text, text.digest, said=said)


async def sent(request: Request) -> Response:
    """The text as it was edited: saved, checked, laid out, or with a fix carried out, as the button says."""
    form = await request.form(max_files=0, max_fields=_MOST_BLANKS, max_part_size=8 * MOST_LETTERS)
    fields = {name: str(value) for name, value in form.multi_items()}
    fields["text"] = fields.get("text", "").replace("\r\n", "\n").replace("\r", "\n")
    return await run_in_threadpool(_sent, request, fields)


def _sent(request: Request, fields: Mapping[str, str]) -> Response:
    bench = workbench_of(request)
    name, text, digest = request.query_params.get("policy", ""), fields["text"], fields.get("digest", "")
    try:
        path = bench.folder.path(name, POLICY)
    except NotInFolderError as fault:
        return _kept(request, name, fields, 404, str(fault), "Your text below is not saved; copy what you need of it.")
    if len(text) > MOST_LETTERS:
        says = f"The text has more than {MOST_LETTERS:,} letters, so nothing was done with it"
        help = "Edit a text of that length in an editor, and check it with `sespms check`."
        return _kept(request, name, fields, 413, says, help)
    do = fields.get("do", "check")
    if do == "autosave":
        return _autosaved(bench, name, text, digest)
    if do == "fill in":
        return _filled_in(text, fields.get("blank", ""), fields.get("now", ""))
    with bench.at_work():
        if do in ("findings", "form"):
            return part(f"{do}.html", looked=looked(bench, name, text))
        if digest != _ANEW and not path.is_file():
            said = Said(
                f"There is no file `{name}` any more; it may have been moved or deleted",
                "Your text below is not saved. Save writes the file anew.",
                failed=True,
            )
            return _page(request, bench, name, text, _ANEW, said=said, status=404)
        text, wrong = _with_blanks(text, fields)
        if wrong is not None:
            return _page(request, bench, name, text, digest, said=wrong, status=422)
        if do == "save":
            return _saved(request, bench, name, text, digest)
        if do == "lay out":
            return _laid_out(request, bench, name, text, digest)
        if do.startswith("fix:"):
            return _fixed(request, bench, name, text, digest, do.removeprefix("fix:"))
        return _page(request, bench, name, text, digest)


def _with_blanks(text: str, fields: Mapping[str, str]) -> tuple[str, Said | None]:
    """The text with what was typed into its form, where a page without scripts sent it along; else what was wrong.

    What is filled in changes the mark of its sentence for the blanks that follow in it.
    """
    marks = dict[tuple[int, int, str], str]()
    for blank, now in fields.items():
        change = _change(blank, now)
        if change is None:
            continue
        shown = (change.part, change.sentence, change.mark)
        change = replace(change, mark=marks.get(shown, change.mark))
        try:
            filled = filled_in(Source("the text", text), change)
        except NotFilledInError as fault:
            return text, Said(fault.message, f"{fault.help} Nothing was saved.", failed=True)
        text, marks[shown] = filled.text, filled.mark
    return text, None


def _change(blank: str, now: str) -> Change | None:
    try:
        return change_named(blank, now) if blank.startswith(_BLANK) else None
    except ValueError:
        raise RequestError(f"there is no field `{blank}` in the form") from None


def _filled_in(text: str, blank: str, now: str) -> Response:
    """The edit that one change of the form means, counted as browsers count; or why there is none."""
    change = _change(blank, now)
    if change is None:
        return JSONResponse({"wrong": "", "edit": None})
    try:
        filled = filled_in(Source("the text", text), change)
    except NotFilledInError as fault:
        return JSONResponse({"wrong": f"{fault.message}. {fault.help}".replace("`", ""), "edit": None})
    start, end = (len(text[:at].encode("utf-16-le")) // 2 for at in (filled.edit.start, filled.edit.end))
    value = " ".join(now.split())
    made = blank_name(change.part, change.sentence, change.field, filled.mark, value)
    words = {"start": start, "end": end, "words": filled.edit.replacement}
    return JSONResponse({"wrong": "", "edit": words, "blank": made, "mark": filled.mark, "now": value})


def _kept(request: Request, name: str, fields: Mapping[str, str], status: int, says: str, help: str) -> Response:
    """The page with the text as it was sent, and why nothing was done with it."""
    said, digest = Said(says, help, failed=True), fields.get("digest", "")
    title = f"Write {name}"
    shown = {"policy": name, "text": fields["text"], **_nothing(digest)}
    return page(request, "write.html", title, status=status, said=said, **shown)


def _nothing(digest: str) -> dict[str, object]:
    return {"digest": digest, "looked": NOT_CHECKED, "saved": False, "apart": ""}


def _saved(request: Request, bench: Workbench, name: str, text: str, digest: str) -> Response:
    try:
        kept = bench.folder.save(name, text, "" if digest == _ANEW else digest)
    except ChangedOnDiskError as fault:
        return _conflict(request, bench, name, text, str(fault))
    except NotWrittenError as fault:
        says = without_folder(fault.message, str(bench.folder.root))
        said = Said(
            says, f"{fault.help} Your text below is not saved; copy it where you can keep it.".strip(), failed=True
        )
        return _page(request, bench, name, text, digest, said=said, status=422)
    return _page(request, bench, name, kept.text, kept.digest, said=Said("Saved"))


def _autosaved(bench: Workbench, name: str, text: str, digest: str) -> Response:
    """Save on the way, and say so in a line; where the file was changed meanwhile nothing is written."""
    if not bench.folder.path(name, POLICY).is_file():
        return part("saved.html", digest=digest, wrong="The file is gone from the folder. Press Save to choose.")
    try:
        kept = bench.folder.save(name, text, digest)
    except ChangedOnDiskError as fault:
        return part("saved.html", digest=digest, wrong=f"{fault}; nothing was written. Press Save to choose.")
    except NotWrittenError as fault:
        says = without_folder(fault.message, str(bench.folder.root))
        return part("saved.html", digest=digest, wrong=f"{says}. Your text is not saved yet.")
    return part("saved.html", digest=kept.digest, wrong="")


def _conflict(request: Request, bench: Workbench, name: str, text: str, says: str) -> Response:
    """Both texts, and the choice between them: nothing is lost by either."""
    there = bench.folder.policy(name) if bench.folder.path(name, POLICY).is_file() else Text(name, "", "")
    said = Said(says, "Your text below is not saved. Save it over theirs, or copy what you need and read theirs.", True)
    apart = difference(Source("theirs", there.text), text)
    return _page(request, bench, name, text, there.digest, said=said, status=409, apart=apart)


def _laid_out(request: Request, bench: Workbench, name: str, text: str, digest: str) -> Response:
    made = format_policy(Source(name, text)).text
    if made is None:
        said = Said("A text is laid out once it can be read", "Mend the findings about its words first.", True)
        return _page(request, bench, name, text, digest, said=said)
    same = made == text
    said = Said("The text was laid out that way already") if same else Said("Laid out; not saved yet")
    return _page(request, bench, name, made, digest, said=said)


def _fixed(request: Request, bench: Workbench, name: str, text: str, digest: str, number: str) -> Response:
    """Carry a fix out in the text; it is found by its number, and only where the text is as it was when shown."""
    made = fix_numbered(bench, name, text, number)
    if made is None:
        said = Said(
            "That fix is of a text that has changed since", "The findings below are of the text as it is.", True
        )
        return _page(request, bench, name, text, digest, said=said)
    title, after = made
    return _page(request, bench, name, after, digest, said=Said(f"Done: {title}", "It is not saved yet."))


def _page(
    request: Request,
    bench: Workbench,
    name: str,
    text: str,
    digest: str,
    *,
    said: Said | None = None,
    status: int = 200,
    apart: str = "",
) -> Response:
    stands = bench.folder.policy(name) if bench.folder.path(name, POLICY).is_file() else None
    saved = stands is not None and stands.digest == digest and stands.text == text
    given = {"text": text, "digest": digest, "looked": looked(bench, name, text), "saved": saved, "apart": apart}
    return page(request, "write.html", f"Write {name}", status=status, said=said, policy=name, **given)


# ---- what helps ------------------------------------------------------------------------------------


def phrase_book(request: Request) -> Response:
    """Sentences of the language that speak of some words."""
    asked = request.query_params.get("find", "").strip()
    if len(asked) > LONGEST:
        raise RequestError(f"what is looked for has more than {LONGEST} letters; try one word alone")
    every = whole_phrase_book()
    found = searched(every, asked)[:_MOST_PHRASES] if asked else every
    name = request.query_params.get("policy", "")
    template = "phrases.html" if "hx-request" in request.headers else "phrases_page.html"
    if template == "phrases.html":
        return part(template, found=found, asked=asked, insert=True)
    return page(request, template, "Phrase book", policy=name, found=found, asked=asked, insert=False)


def finding(request: Request) -> Response:
    """The page of a finding: what it means and how it is mended."""
    try:
        found = page_of(request.path_params["code"])
    except NoSuchPageError as fault:
        return refused(request, 404, fault.message, fault.help)
    title = f"{found.code}: {found.name.replace('-', ' ')}"
    return page(request, "finding.html", title, pieces=list(pieces_of(found.text)))


ROUTES = (
    Route("/write", opened),
    Route("/write", sent, methods=["POST"]),
    Route("/phrases", phrase_book),
    Route("/findings/{code}", finding),
)
