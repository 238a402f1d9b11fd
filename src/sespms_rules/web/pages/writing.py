"""Write: the text of a policy with what is found in it, each finding with its fix; saved whole, or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sespms_rules.authoring.edits import Edit, difference, edited
from sespms_rules.authoring.finding_pages import NoSuchPageError, page_of
from sespms_rules.authoring.looking import MOST_LETTERS, looked_at
from sespms_rules.authoring.phrase_search import LONGEST, searched
from sespms_rules.foundation.diagnostic import Diagnostic, Fix
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.language.formatter import format_policy
from sespms_rules.language.parsing import parse
from sespms_rules.language.phrasebook import phrase_book as whole_phrase_book
from sespms_rules.language.resolution import FolderLibrary
from sespms_rules.reports.findings import head
from sespms_rules.studies.checked import Checked
from sespms_rules.web.folder import POLICY, ChangedOnDiskError, Text
from sespms_rules.web.frame import Said, page, part, without_folder, workbench_of
from sespms_rules.web.workbench import Workbench

_MOST_PHRASES: Final = 30


class Offer(Frozen):
    """A fix as it is shown: which one, what it is called, whether it is sure, and the difference it makes."""

    number: str
    title: str
    sure: bool
    preview: str


class Found(Frozen):
    """A finding as it is shown, with the line it stands in (0: in another file) and its fixes."""

    finding: Diagnostic
    line: int
    offers: tuple[Offer, ...]


class Looked(Frozen):
    """What is found in a text: the headline, and each finding in its order."""

    headline: str
    found: tuple[Found, ...]


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
    form = await request.form(max_files=0, max_fields=50, max_part_size=8 * MOST_LETTERS)
    text = str(form.get("text", "")).replace("\r\n", "\n").replace("\r", "\n")
    return await run_in_threadpool(_sent, request, text, str(form.get("digest", "")), str(form.get("do", "check")))


def _sent(request: Request, text: str, digest: str, do: str) -> Response:
    bench = workbench_of(request)
    name = request.query_params.get("policy", "")
    bench.folder.existing(name, POLICY)
    if len(text) > MOST_LETTERS:
        said = Said(
            f"The text has more than {MOST_LETTERS:,} letters, so nothing was done with it",
            "Edit a text of that length in an editor, and check it with `sespms check`.",
            failed=True,
        )
        return page(
            request, "write.html", f"Write {name}", status=413, said=said, policy=name, text=text, **_nothing(digest)
        )
    if do == "autosave":
        return _autosaved(bench, name, text, digest)
    with bench.at_work():
        if do == "findings":
            return part("findings.html", looked=_looked(bench, name, text))
        if do == "save":
            return _saved(request, bench, name, text, digest)
        if do == "lay out":
            return _laid_out(request, bench, name, text, digest)
        if do.startswith("fix:"):
            return _fixed(request, bench, name, text, digest, do.removeprefix("fix:"))
        return _page(request, bench, name, text, digest)


def _nothing(digest: str) -> dict[str, object]:
    return {"digest": digest, "looked": Looked("Not checked", ()), "saved": False, "apart": ""}


def _saved(request: Request, bench: Workbench, name: str, text: str, digest: str) -> Response:
    try:
        kept = bench.folder.save(name, text, digest)
    except ChangedOnDiskError as fault:
        return _conflict(request, bench, name, text, str(fault))
    return _page(request, bench, name, kept.text, kept.digest, said=Said("Saved"))


def _autosaved(bench: Workbench, name: str, text: str, digest: str) -> Response:
    """Save on the way, and say so in a line; where the file was changed meanwhile nothing is written."""
    try:
        kept = bench.folder.save(name, text, digest)
    except ChangedOnDiskError as fault:
        return part("saved.html", digest=digest, wrong=f"{fault}; nothing was written. Press Save to choose.")
    return part("saved.html", digest=kept.digest, wrong="")


def _conflict(request: Request, bench: Workbench, name: str, text: str, says: str) -> Response:
    """Both texts, and the choice between them: nothing is lost by either."""
    there = bench.folder.policy(name) if bench.folder.path(name, POLICY).exists() else Text(name, "", "")
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
    made = next((fix for at, _, fix in _fixes(_judged(bench, name, text).findings, name, bench) if at == number), None)
    if made is None:
        said = Said(
            "That fix is of a text that has changed since", "The findings below are of the text as it is.", True
        )
        return _page(request, bench, name, text, digest, said=said)
    after = edited(text, [Edit(made.span.start, made.span.end, made.replacement)])
    return _page(request, bench, name, after, digest, said=Said(f"Done: {made.title}", "It is not saved yet."))


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
    looked = _looked(bench, name, text)
    stands = bench.folder.policy(name) if bench.folder.path(name, POLICY).exists() else None
    saved = stands is not None and stands.digest == digest and stands.text == text
    given = {"text": text, "digest": digest, "looked": looked, "saved": saved, "apart": apart}
    return page(request, "write.html", f"Write {name}", status=status, said=said, policy=name, **given)


# ---- what is found ---------------------------------------------------------------------------------


def _judged(bench: Workbench, name: str, text: str) -> Checked:
    """What `sespms check` would say of the text in the place of the file, of each system in it."""
    path = bench.folder.root / name
    return looked_at(*parse(Source(str(path), text)), FolderLibrary((), (path.parent,)))[1]


def _looked(bench: Workbench, name: str, text: str) -> Looked:
    judged = _judged(bench, name, text)
    found, headline = judged.findings, head(judged.findings, judged.conformance)
    offers: dict[int, list[Offer]] = {}
    source = Source(name, text)
    for number, place, fix in _fixes(found, name, bench):
        preview = difference(source, edited(text, [Edit(fix.span.start, fix.span.end, fix.replacement)]))
        offers.setdefault(place, []).append(Offer(number, fix.title, fix.sure, _lines_of(preview)))
    path, root = str(bench.folder.root / name), str(bench.folder.root)
    shown = tuple(
        Found(_told(each, root), each.span.line if each.path == path else 0, tuple(offers.get(place, ())))
        for place, each in enumerate(found)
    )
    return Looked(headline[:1].upper() + headline[1:], shown)


def _told(finding: Diagnostic, root: str) -> Diagnostic:
    return replace(finding, message=without_folder(finding.message, root), help=without_folder(finding.help, root))


def _fixes(found: tuple[Diagnostic, ...], name: str, bench: Workbench) -> Iterator[tuple[str, int, Fix]]:
    """Each fix of this text with its number, which tells it from any fix of another text, and its finding's place."""
    path = str(bench.folder.root / name)
    for place, each in enumerate(found):
        for number, fix in enumerate(each.fixes):
            if fix.span.source.name == path:
                marks = f"{each.code}\0{fix.span.start}\0{fix.span.end}\0{fix.replacement}\0{number}"
                yield hashlib.sha256(marks.encode()).hexdigest()[:16], place, fix


def _lines_of(unified: str) -> str:
    """The lines that differ, without the heads of a unified difference."""
    return "\n".join(line for line in unified.splitlines() if not line.startswith(("---", "+++", "@@")))


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
        return part(template, found=found, asked=asked)
    return page(request, template, "Phrase book", policy=name, found=found, asked=asked)


def finding(request: Request) -> Response:
    """The page of a finding: what it means and how it is mended."""
    try:
        found = page_of(request.path_params["code"])
    except NoSuchPageError as fault:
        return page(request, "refused.html", fault.message, status=404, says=fault.message, help=fault.help, bare=False)
    return page(request, "finding.html", f"{found.code}: {found.name.replace('-', ' ')}", found=found)


ROUTES = (
    Route("/write", opened),
    Route("/write", sent, methods=["POST"]),
    Route("/phrases", phrase_book),
    Route("/findings/{code}", finding),
)
