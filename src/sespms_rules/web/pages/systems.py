"""Systems: what lies in the folder, how it stands, and what to do next; a first system, or the example."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sespms_rules.authoring.beginning import BLANK, begun_whole
from sespms_rules.authoring.questions import QUESTIONS, WrongAnswerError, answers_from
from sespms_rules.foundation.diagnostic import Severity
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.parsing import UnreadableFileError
from sespms_rules.reports.findings import head
from sespms_rules.web.folder import MOST_FILES, POLICY, NotInFolderError
from sespms_rules.web.frame import Said, address, page, part, without_folder, workbench_of
from sespms_rules.web.starting import EXAMPLE, example_files
from sespms_rules.web.workbench import Opened


def systems(request: Request) -> Response:
    """The first page."""
    listing = workbench_of(request).folder.listing()
    said = None
    if listing.cut:
        said = Said(f"The folder holds more than {MOST_FILES:,} files", "Only the first of them are shown here.")
    return page(request, "systems.html", "Systems", listing=listing, example=EXAMPLE, said=said)


class State(Frozen):
    """How a policy stands: a word for its tone, a sentence, the systems in it, and what to do next."""

    tone: str
    sentence: str
    systems: tuple[str, ...]
    next: str
    to: str


def state(request: Request) -> Response:
    """How one policy stands: a part of the first page, and a page of its own without scripts."""
    name = request.query_params.get("policy", "")
    bench = workbench_of(request)
    try:
        with bench.at_work():
            found = _state(bench.opened(name))
    except (NotInFolderError, UnreadableFileError) as fault:
        says = without_folder(str(fault), str(bench.folder.root))
        found = State("bad", says, (), "Look at the file", "write")
    if "hx-request" in request.headers:
        return part("state.html", state=found, name=name)
    return page(request, "state_page.html", name, state=found, name=name, policy=name)


def _state(opened: Opened) -> State:
    found = opened.result.findings
    errors = sum(each.severity is Severity.ERROR for each in found)
    unread = sum(each.severity is Severity.ERROR for each in opened.policy.findings)
    sentence = head(found, opened.conformance)
    sentence = sentence[:1].upper() + sentence[1:]
    systems = opened.policy.systems
    if unread:
        return State("bad", sentence, systems, "Mend what is wrong in the text", "write")
    if errors:
        return State("bad", sentence, systems, "See which requirements it misses", "requirements")
    if not systems:
        return State("plain", sentence, systems, "Read it", "write")
    return State("open", sentence, systems, "Try an appraisal", "try")


def take_example(request: Request) -> Response:
    """Put the example into the folder, unless it is there."""
    folder = workbench_of(request).folder
    for name, content in example_files().items():
        if not folder.path(name, name[name.rindex(".") :]).exists():
            folder.put(name, content)
    return RedirectResponse(address("/write", policy=next(iter(example_files()))), 303)


def start(request: Request) -> Response:
    """The form that asks a dozen questions."""
    return _asked(request, {each.key: each.default for each in QUESTIONS}, "")


async def started(request: Request) -> Response:
    """Write a first system by the answers."""
    from starlette.concurrency import run_in_threadpool

    form = await request.form(max_files=0, max_fields=100)
    given = {each.key: str(form.get(each.key, "")) for each in QUESTIONS}
    return await run_in_threadpool(_started, request, given, str(form.get("file", "")).strip())


def _started(request: Request, given: Mapping[str, str], file: str) -> Response:
    bench = workbench_of(request)
    name = file if file.endswith(POLICY) else f"{file}{POLICY}"
    if not file:
        return _asked(request, given, file, "Give the file a name")
    if bench.folder.path(name, POLICY).exists():
        return _asked(request, given, file, f"`{name}` is in the folder already; choose another name")
    try:
        answers = answers_from(dict(given))
    except WrongAnswerError as fault:
        return _asked(request, given, file, str(fault))
    with bench.at_work():
        text = begun_whole(str(bench.folder.root / name), BLANK, answers).text
        bench.folder.save(name, text, "")
    return RedirectResponse(address("/write", policy=name), 303)


def _asked(request: Request, given: Mapping[str, str], file: str, wrong: str = "") -> Response:
    said = Said(wrong, "Nothing was written yet; mend the answer below.", failed=True) if wrong else None
    status = 422 if wrong else 200
    return page(
        request, "start.html", "A new system", status=status, said=said, questions=QUESTIONS, given=given, file=file
    )


ROUTES = (
    Route("/", systems),
    Route("/state", state),
    Route("/example", take_example, methods=["POST"]),
    Route("/new", start),
    Route("/new", started, methods=["POST"]),
)
