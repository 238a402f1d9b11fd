"""The application: which page answers which address, and what becomes of anything that goes wrong in one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from sespms_rules.engines.confirmed import EnginesDisagreeError
from sespms_rules.foundation.files_written import NotWrittenError
from sespms_rules.foundation.request import RequestError
from sespms_rules.language.parsing import UnreadableFileError
from sespms_rules.reports.charts import FIGURES, PICTURES
from sespms_rules.reports.findings import STYLE
from sespms_rules.web.folder import ChangedOnDiskError, Folder, NotInFolderError
from sespms_rules.web.frame import refused, without_folder, workbench_of
from sespms_rules.web.pages import ROUTES
from sespms_rules.web.safety import FOR_LARGER, TOO_MUCH_SENT, Guard
from sespms_rules.web.workbench import Office, Workbench

_STATIC = Path(__file__).parent / "static"
_NOTHING_LOST = "Nothing was changed by it; what was saved is as it was."
_OFFICE_REGISTER = "the register that this workbench was started with cannot be used now"
_CHECK_NAME = "Go back to Systems and choose a file there."


def application(folder: Folder, token: str, hosts: Sequence[str], office: Office | None = None) -> ASGIApp:
    """The workbench of a folder, for whoever holds the token; `hosts` are the names it is asked by.

    `office` is a register outside of the folder.
    """
    style = Route("/static/report.css", _style)
    routes: list[BaseRoute] = [*ROUTES, style, Mount("/static", StaticFiles(directory=_STATIC), name="static")]
    made = Starlette(routes=routes, exception_handlers=dict.fromkeys(_HANDLED, _handled))
    made.state.workbench = Workbench(folder, office)
    return Guard(made, token, frozenset(hosts), refused)


def _style(request: Request) -> Response:
    """The look that the reports have, for pages that hold parts of them."""
    del request
    return Response(STYLE + PICTURES + FIGURES, media_type="text/css")


def _handled(request: Request, fault: Exception) -> Response:
    """The page of a fault."""
    status, says, help = _said(fault)
    office = workbench_of(request).office
    if office is not None and office.place.name in says:
        # Where the register of an office is, and what its database says of itself, stands on no page.
        says, help = _OFFICE_REGISTER, f"{_NOTHING_LOST} Ask whoever started the workbench to verify the register."
    root = str(workbench_of(request).folder.root)
    return refused(request, status, without_folder(says, root), without_folder(help, root))


def _said(fault: Exception) -> tuple[int, str, str]:
    """The status, what happened and what to do."""
    match fault:
        case NotInFolderError():
            return 404, str(fault), _CHECK_NAME
        case ChangedOnDiskError():
            return 409, str(fault), _NOTHING_LOST
        case UnreadableFileError() | NotWrittenError():
            return 422, fault.message, fault.help or _NOTHING_LOST
        case RequestError() | EnginesDisagreeError():
            return 422, str(fault), _NOTHING_LOST
        case ClientDisconnect():  # of one who went away nobody reads this; the others sent more than is taken
            return 413, TOO_MUCH_SENT, FOR_LARGER
        case HTTPException(status_code=404):
            return 404, "there is no such page", "Go back to Systems."
        case HTTPException():
            return fault.status_code, str(fault.detail).lower(), _NOTHING_LOST
        case OSError():
            return 422, f"the disk or the system refused this: {(fault.strerror or str(fault)).lower()}", _NOTHING_LOST
        case MemoryError():
            return 507, "this takes more memory than the system gives", "Close other programs, or use a smaller roster."
    kind = type(fault).__name__
    return 500, f"a fault of the program itself stopped this: {kind}", f"{_NOTHING_LOST} Please report it."


_HANDLED: tuple[type[Exception], ...] = (
    NotInFolderError,
    ChangedOnDiskError,
    UnreadableFileError,
    NotWrittenError,
    RequestError,
    EnginesDisagreeError,
    ClientDisconnect,
    HTTPException,
    OSError,
    MemoryError,
    Exception,
)
