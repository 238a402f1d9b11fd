"""What if: figures of a policy as fields, and what other values would do to the executives of a roster."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sespms_rules.api import compare, load_text
from sespms_rules.foundation.diagnostic import Severity
from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.private_folder import PrivateFolder
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.language.model import System
from sespms_rules.language.resolution import FolderLibrary
from sespms_rules.law.provenance import Provenance, bound_by, texts_of
from sespms_rules.program.ir import Program
from sespms_rules.reports.charts import Section
from sespms_rules.reports.rating_sheets import provenance_sheet
from sespms_rules.reports.workbook import write_table, write_workbook
from sespms_rules.rosters.files import NumberFault, read_number
from sespms_rules.studies.amendments import sets_named
from sespms_rules.studies.comparison import as_text
from sespms_rules.studies.impact import Impact, Roster, Told, Variant, as_html, as_sections, moves_sheet, under
from sespms_rules.studies.sweep import Setting, Titled, figures_of, setting_text
from sespms_rules.studies.what_if import WhatIf, what_if
from sespms_rules.web.folder import POLICY, ROSTERS
from sespms_rules.web.frame import Said, address, page, part, without_folder, workbench_of
from sespms_rules.web.workbench import Opened, Workbench

MOST_UPLOADED: Final = 30_000_000
_NAME: Final = "What if"
_UPLOADED: Final = "uploaded"
_REPORTS: Final = ("html", "csv", "xlsx")


class Dial(Frozen):
    """A figure as it is shown: its field, its value in the text, what was asked for, and whether it is a number.

    `change` is how much more or less was asked for, exactly; empty where nothing was changed.
    """

    name: str
    now: str
    value: str
    numeric: bool
    change: str


class _File(Frozen):
    name: str
    sha256: str


class Asked(Frozen):
    """What was asked for: the text of each field, the roster by its name, what the amendment is called, and why."""

    typed: Mapping[str, str]
    roster: str
    name: str
    because: str
    do: str
    beside: tuple[str, ...] = field(default=())

    @property
    def titled(self) -> Titled:
        """What the amendment is called and why it is made, in words of the language."""
        return Titled(_words(self.name) or _NAME, _words(self.because) or "To see what it would do.")


_NOTHING = Asked({}, "", "", "", "")


def blank(request: Request) -> Response:
    """The figures as they are."""
    return _answered(request, replace(_NOTHING, roster=request.query_params.get("roster", "")), None)


async def tried(request: Request) -> Response:
    """What other values do."""
    async with request.form(max_files=1, max_fields=2_000, max_part_size=100_000) as form:
        upload = form.get("upload")
        held = await _held(upload) if isinstance(upload, UploadFile) and upload.filename else None
        typed = {name.removeprefix("figure "): str(value) for name, value in form.multi_items() if "figure " in name}
        words = {each: str(form.get(each, "")).strip() for each in ("roster", "name", "because", "do")}
        beside = tuple(str(value) for name, value in form.multi_items() if name == "beside")
    asked = Asked(typed, **words, beside=beside)
    return await run_in_threadpool(_answered, request, asked, held)


async def _held(upload: UploadFile) -> tuple[str, bytes]:
    """An uploaded roster: its ending, and its bytes. Raises RequestError for one too large or of another kind."""
    ending = Path(upload.filename or "").suffix.lower()
    if ending not in ROSTERS:
        raise RequestError(f"`{upload.filename}` is no roster; it ends in `{'`, `'.join(ROSTERS)}`")
    content = await upload.read(MOST_UPLOADED + 1)
    if len(content) > MOST_UPLOADED:
        raise RequestError(f"`{upload.filename}` is larger than {MOST_UPLOADED // 1_000_000} megabytes")
    return ending, content


def _answered(request: Request, asked: Asked, held: tuple[str, bytes] | None) -> Response:
    bench = workbench_of(request)
    with bench.at_work():
        opened = bench.opened(request.query_params.get("policy", ""))
        program = opened.program(bench.only_system(opened, request.query_params.get("system")))
        try:
            with _roster(bench, asked.roster, held) as roster:
                found = _found(bench, opened, program, asked, roster)
                if asked.do in _REPORTS and found.impact is not None:
                    return _report(bench, opened, program, asked.do, found.impact)
        except RequestError as fault:
            said = Said(without_folder(str(fault), str(bench.folder.root)), "Nothing was changed.", failed=True)
            return _page(request, bench, opened, program, asked, None, said)
        if asked.do == "save":
            return _saved(request, bench, opened, program, asked, found)
        domain = _domain(opened, found, asked.titled.name) if asked.do == "domain" else ""
        return _page(request, bench, opened, program, asked, found, None, domain)


@contextmanager
def _roster(bench: Workbench, name: str, held: tuple[str, bytes] | None) -> Iterator[Roster | None]:
    """Where the roster lies: the one of the folder that was chosen, or what was uploaded, which is removed after."""
    if held is None:
        yield bench.roster(name) if name else None
        return
    ending, content = held
    with PrivateFolder() as kept:
        yield Roster(kept.put(f"{_UPLOADED}{ending}", content))


def _found(bench: Workbench, opened: Opened, program: Program, asked: Asked, roster: Roster | None) -> WhatIf:
    values = dict(_values(program, asked.typed))
    system = opened.system(program.name)
    beside = _beside(bench, opened, system, asked.beside)
    return what_if(system, program, values, asked.titled, roster, FolderLibrary(), beside)


def _beside(bench: Workbench, opened: Opened, system: System, names: tuple[str, ...]) -> tuple[Variant, ...]:
    """The amendments that were chosen to stand beside: files of the folder, and amendments of the policy itself."""
    if not names:
        return ()
    own, files = (tuple(each[4:] for each in names if each.startswith(kind)) for kind in ("own:", "its:"))
    paths = [str(bench.folder.existing(each, POLICY)) for each in files]
    sets, faults = sets_named([*own, *paths], opened.policy.compilation, system)
    if wrong := next((each for each in faults if each.severity is Severity.ERROR), None):
        raise RequestError(f"an amendment that was chosen cannot be read: {wrong.message}")
    return under(system, sets, try_it_out=False)


def _amendments(bench: Workbench, opened: Opened, system: str) -> Iterator[tuple[str, str]]:
    """What can stand beside, each with its name: amendments of the system in the policy, and files that amend it."""
    for each in opened.policy.compilation.policy.amendments:
        if each.amends == system and each.name is not None:
            yield f"own:{each.name}", each.name
    for name in bench.folder.listing().policies:
        if name != opened.name and f'amends "{system}"'.encode() in bench.folder.existing(name, POLICY).read_bytes():
            yield f"its:{name}", name


# ---- what can be kept ------------------------------------------------------------------------------


def _report(bench: Workbench, opened: Opened, program: Program, kind: str, impact: Impact) -> Response:
    """The report as `sespms impact` writes it: a page, a table, or a workbook with what it rests on."""
    system = opened.system(program.name)
    rests_on = bound_by(texts_of([system]), [system], FolderLibrary()).and_read(impact.files)
    if kind == "html":
        text = without_folder(as_html(impact, Told(), rests_on), str(bench.folder.root))
        return _kept(text.encode(), "text/html", kind)
    if kind == "csv":
        table = io.StringIO(newline="")
        write_table(moves_sheet(impact), table)
        return _kept(table.getvalue().encode(), "text/csv", kind)
    book = io.BytesIO()
    write_workbook([moves_sheet(impact), provenance_sheet(_named(rests_on, str(bench.folder.root)))], book)
    return _kept(book.getvalue(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", kind)


def _named(rests_on: Provenance, root: str) -> Provenance:
    """The same with files named as they are in the folder."""
    files = tuple(_File(without_folder(each.name, root), each.sha256) for each in rests_on.files)
    return replace(rests_on, files=files)


def _kept(content: bytes, kind: str, ending: str) -> Response:
    return Response(
        content, media_type=kind, headers={"content-disposition": f'attachment; filename="what-if.{ending}"'}
    )


def _words(text: str) -> str:
    """Words that may stand between quotation marks of the language."""
    plain = " ".join(text.replace('"', "'").replace("\\", "/").split())
    return "".join(each for each in plain if each.isprintable())[:200]


def _values(program: Program, typed: Mapping[str, str]) -> Iterator[tuple[str, Setting]]:
    """The values that were typed. Raises RequestError for one that is no number, naming its field."""
    for figure in figures_of(program):
        text = typed.get(figure.name, "").strip()
        if not text or text == setting_text(figure.now):
            continue
        if isinstance(figure.now, str):
            raise RequestError(f"the way to round cannot be changed here; write it in the text ({figure.name})")
        read = read_number(text)
        if isinstance(read, NumberFault):
            raise RequestError(f"{figure.name}: {read.says}; {read.help}")
        yield figure.name, read


# ---- the page --------------------------------------------------------------------------------------


def _page(
    request: Request,
    bench: Workbench,
    opened: Opened,
    program: Program,
    asked: Asked,
    found: WhatIf | None,
    said: Said | None,
    domain: str = "",
) -> Response:
    sections: list[Section] = []
    notice = ""
    if found is not None and found.impact is not None:
        sections, notice = as_sections(found.impact, Told()), found.impact.notice()
        errors = [each for each in found.impact.findings if each.severity == "error"]
        if errors:
            root = str(bench.folder.root)
            said = Said(without_folder(errors[0].message, root), errors[0].help, failed=True)
    given = {
        "dials": tuple(_dials(program, asked.typed)),
        "rosters": bench.folder.listing().rosters,
        "asked": asked,
        "amendments": tuple(_amendments(bench, opened, program.name)),
        "found": found,
        "sections": sections,
        "notice": notice,
        "domain": domain,
    }
    template = "what_if_result.html" if "hx-request" in request.headers else "what_if.html"
    if template == "what_if_result.html":
        return part(template, said=said, policy=opened.name, system=program.name, **given)
    title = f"What if: {program.name}"
    status = 422 if said is not None and said.failed else 200
    return page(
        request, template, title, status=status, said=said, policy=opened.name, system=program.name,
        systems=opened.policy.systems, **given,
    )  # fmt: skip


def _dials(program: Program, typed: Mapping[str, str]) -> Iterator[Dial]:
    for each in figures_of(program):
        now = setting_text(each.now)
        value = typed.get(each.name, "") or now
        yield Dial(each.name, now, value, not isinstance(each.now, str), _change(each.now, value))


def _change(now: Setting, value: str) -> str:
    read = read_number(value)
    if isinstance(now, str) or isinstance(read, NumberFault) or read == now:
        return ""
    return f"{'+' if read > now else '−'}{exact(abs(read - now))}"


def _saved(
    request: Request, bench: Workbench, opened: Opened, program: Program, asked: Asked, found: WhatIf
) -> Response:
    """Keep the amendment as a file beside the policy."""
    if found.text is None:
        said = Said("Nothing was changed, so there is no amendment to keep", "Change a figure first.", failed=True)
        return _page(request, bench, opened, program, asked, found, said)
    name = _file_name(opened.name, asked.titled.name)
    if bench.folder.path(name, POLICY).exists():
        said = Said(f"`{name}` is in the folder already", "Give the amendment another name.", failed=True)
        return _page(request, bench, opened, program, asked, found, said)
    bench.folder.save(name, found.text, "")
    return RedirectResponse(address("/write", policy=name), 303)


def _file_name(policy: str, name: str) -> str:
    kept = "".join(each if each.isascii() and each.isalnum() else "-" for each in name.lower())
    words = "-".join(filter(None, kept.split("-"))) or "amendment"
    folder = policy.rpartition("/")[0]
    return f"{folder}/{words}{POLICY}" if folder else f"{words}{POLICY}"


def _domain(opened: Opened, found: WhatIf, amendment: str) -> str:
    """What the change does to every appraisal that the policy allows, as `sespms compare` tells it."""
    if found.text is None:
        return "Nothing was changed, so every possible appraisal keeps its level."
    source = opened.policy.compilation.source
    changed = load_text(f"{source.text.rstrip()}\n\n{found.text}", source.name, beside=Path(source.name).parent)
    return as_text(compare(changed, amendment))


ROUTES = (Route("/what-if", blank), Route("/what-if", tried, methods=["POST"]))
