"""The frame of every page: its head, the way around, what is said at the top; and pages that say what went wrong."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from sespms_rules.foundation.values import Frozen, field
from sespms_rules.reports.findings import prose
from sespms_rules.web.workbench import Workbench

PAGES = (
    ("write", "Write"),
    ("requirements", "Requirements"),
    ("try", "Try"),
    ("what-if", "What if"),
    ("compare", "Compare"),
    ("records", "Records"),
    ("documents", "Documents"),
)
"""The pages about one policy: the address of each and what it is called."""


class Said(Frozen):
    """What is said at the top of a page: a sentence, what to do, and whether it is about a failure."""

    sentence: str
    help: str = field(default="")
    failed: bool = field(default=False)


def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("sespms_rules.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(prose=prose, address=address, pages=PAGES)
    return made


def address(path: str, **query: str | None) -> str:
    """An address in the workbench, with what it asks for; parts that are empty are left out."""
    asked = urlencode({name.rstrip("_"): value for name, value in query.items() if value})
    return f"{path}?{asked}" if asked else path


_TEMPLATES = _environment()


def workbench_of(request: Request) -> Workbench:
    """The workbench that a request is made of."""
    found = request.app.state.workbench
    assert isinstance(found, Workbench)  # noqa: S101 - the application is made with one
    return found


def page(
    request: Request,
    template: str,
    title: str,
    *,
    status: int = 200,
    said: Said | None = None,
    **context: Any,
) -> Response:
    """Make a page from its template. `context` may name the `policy` and the `system` that it is about."""
    here = request.url.path.strip("/").split("/")[0]
    given = {"policy": None, "system": None, "bare": False} | context
    text = _TEMPLATES.get_template(template).render(
        title=title, said=said, here=here, nonce=request.state.nonce, **given
    )
    return HTMLResponse(text, status)


def part(template: str, **context: Any) -> Response:
    """A part of a page, which takes the place of what stood there."""
    return HTMLResponse(_TEMPLATES.get_template(template).render(**context))


_TITLES: Final = {403: "Not let in", 404: "Not found", 409: "Changed meanwhile", 413: "Too large", 421: "Not let in"}
"""What the page of a refusal is called, by its status."""


def refused(request: Request, status: int, says: str, help: str) -> Response:
    """The page that says why something was not done, and that nothing was lost by it."""
    title = _TITLES.get(status, "Not done")
    return page(request, "refused.html", title, status=status, says=says, help=help, bare=status in (403, 421))


def without_folder(text: str, root: str) -> str:
    """A message without the folder's place on this machine."""
    return text.replace(f"{root}/", "")
