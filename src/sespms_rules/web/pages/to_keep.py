"""What a what-if can be kept as: its report, a picture of it, the amendment as a file."""

from __future__ import annotations

import datetime
import io
from typing import Final

from starlette.responses import Response

from sespms_rules.documents import as_dots
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.foundation.version import version
from sespms_rules.language.model import System
from sespms_rules.language.resolution import FolderLibrary
from sespms_rules.law.provenance import Provenance, bound_by, texts_of
from sespms_rules.reports.charts import Picture, alone
from sespms_rules.reports.findings import Markup, element, lines
from sespms_rules.reports.rating_sheets import provenance_sheet
from sespms_rules.reports.workbook import write_table, write_workbook
from sespms_rules.studies.impact import Impact, Told, as_html, moves_sheet, picture_named
from sespms_rules.web.folder import POLICY
from sespms_rules.web.frame import Said, without_folder
from sespms_rules.web.workbench import Workbench

REPORTS: Final = ("html", "csv", "xlsx")
PICTURE: Final = "picture:"
_SHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DOTS: Final = {"svg": "image/svg+xml", "png": "image/png"}


class _File(Frozen):
    name: str
    sha256: str


def report(bench: Workbench, system: System, kind: str, impact: Impact, told: Told) -> Response:
    """The report as `sespms impact` writes it: a page, a table, or a workbook with what it rests on."""
    rests_on = _rests_on(bench, system, impact)
    if kind == "html":
        return kept(without_folder(as_html(impact, told, rests_on), str(bench.folder.root)).encode(), "text/html", kind)
    if kind == "csv":
        table = io.StringIO(newline="")
        write_table(moves_sheet(impact), table)
        return kept(table.getvalue().encode(), "text/csv", kind)
    book = io.BytesIO()
    write_workbook([moves_sheet(impact), provenance_sheet(rests_on)], book)
    return kept(book.getvalue(), _SHEET, kind)


def picture(bench: Workbench, system: System, asked: str, impact: Impact) -> Response:
    """One picture of the report with the day, the version and what it rests on; `asked` is `picture:NAME:KIND`.

    Raises RequestError for a picture that there is not, and for a name that a PNG cannot show.
    """
    identity, _, kind = asked.removeprefix(PICTURE).rpartition(":")
    found = picture_named(impact, identity)
    if found is None or kind not in _DOTS:
        raise RequestError("that picture is not one of these figures; look at the page as it is now")
    files = (f"{each.name}, SHA-256 {each.sha256}" for each in _rests_on(bench, system, impact).files)
    head = f"{system.name}; made on {datetime.date.today()} by sespms {version()}"  # noqa: DTZ011 - the reader's day
    svg, width, height = alone(found, [head, *files])
    content = svg.encode() if kind == "svg" else as_dots(svg, width, height)
    return kept(content, _DOTS[kind], kind, identity)


def to_keep(picture: Picture) -> Markup:
    """The buttons by which a picture is kept."""
    buttons = (
        element(
            "button",
            f"Keep as {kind.upper()}",
            element("span", f": {picture.title}", class_="unseen"),
            name="do",
            value=f"{PICTURE}{picture.identity}:{kind}",
            class_="quiet",
        )
        for kind in _DOTS
    )
    return element("p", lines(*buttons), class_="keep")


def amendment(bench: Workbench, policy: str, name: str, text: str | None) -> str | Said:
    """Keep an amendment as a file beside the policy: the name of the file, or why it was not kept."""
    if text is None:
        return Said("Nothing was changed, so there is no amendment to keep", "Change a figure first.", failed=True)
    file = _file_name(policy, name)
    if bench.folder.path(file, POLICY).exists():
        return Said(f"`{file}` is in the folder already", "Give the amendment another name.", failed=True)
    bench.folder.save(file, text, "")
    return file


def _rests_on(bench: Workbench, system: System, impact: Impact) -> Provenance:
    """The files and editions that a report rests on, named as they are in the folder."""
    found = bound_by(texts_of([system]), [system], FolderLibrary()).and_read(impact.files)
    root = str(bench.folder.root)
    return replace(found, files=tuple(_File(without_folder(each.name, root), each.sha256) for each in found.files))


def kept(content: bytes, kind: str, ending: str, name: str = "what-if") -> Response:
    """Something to keep as a file of a name."""
    headers = {"content-disposition": f'attachment; filename="{name}.{ending}"'}
    return Response(content, media_type=kind, headers=headers)


def _file_name(policy: str, name: str) -> str:
    kept = "".join(each if each.isascii() and each.isalnum() else "-" for each in name.lower())
    words = "-".join(filter(None, kept.split("-"))) or "amendment"
    folder = policy.rpartition("/")[0]
    return f"{folder}/{words}{POLICY}" if folder else f"{words}{POLICY}"
