"""What if: figures of a policy as fields, and what other values would do to the executives of a roster."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sespms_rules.api import compare, load_text
from sespms_rules.foundation.diagnostic import Severity
from sespms_rules.foundation.private_folder import PrivateFolder
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.language.model import System
from sespms_rules.language.resolution import FolderLibrary
from sespms_rules.program.ir import Program
from sespms_rules.studies.amendments import sets_named
from sespms_rules.studies.comparison import as_text
from sespms_rules.studies.impact import Impact, Roster, Variant, as_sections, headline, under
from sespms_rules.studies.what_if import WhatIf, what_if
from sespms_rules.web.folder import POLICY
from sespms_rules.web.frame import Said, address, page, part, without_folder, workbench_of
from sespms_rules.web.pages.asked import Asked, asked_in, uploaded
from sespms_rules.web.pages.dials import dials_of, values_typed
from sespms_rules.web.pages.goals import GoalAnswer, goal_form, sought
from sespms_rules.web.pages.to_keep import PICTURE, REPORTS, amendment, picture, report, to_keep
from sespms_rules.web.workbench import Opened, Workbench

_UPLOADED: Final = "uploaded"
_WITH_ERRORS: Final = "With these figures the policy has errors, so nobody is rated; the findings say why."
_MOST_FINDINGS: Final = 20
"""So many findings about a roster are shown; the rest are counted."""


class _Study(Frozen):
    """One what-if: the folder, the policy and the system it is of, and what was asked for."""

    bench: Workbench
    opened: Opened
    program: Program
    asked: Asked
    upload: bool

    @property
    def system(self) -> System:
        return self.opened.system(self.program.name)

    def plain(self, text: str) -> str:
        """A message as it may be shown."""
        return without_folder(text, str(self.bench.folder.root))


def blank(request: Request) -> Response:
    """The figures as they are, or as the address has them; an address seeks a goal, and keeps nothing."""
    asked = asked_in(request.query_params.multi_items())
    return _answered(request, replace(asked, do=asked.do if asked.do == "goal" else ""), None)


async def tried(request: Request) -> Response:
    """What other values do."""
    async with request.form(max_files=1, max_fields=2_000, max_part_size=100_000) as form:
        held = await uploaded(form.get("upload"))
        asked = asked_in((name, value) for name, value in form.multi_items() if isinstance(value, str))
    return await run_in_threadpool(_answered, request, asked, held)


def _answered(request: Request, asked: Asked, held: tuple[str, bytes] | None) -> Response:
    bench = workbench_of(request)
    with bench.at_work():
        opened = bench.opened(request.query_params.get("policy", ""))
        program = opened.program(bench.only_system(opened, request.query_params.get("system")))
        study = _Study(bench, opened, program, asked, held is not None)
        try:
            with _roster(bench, asked.roster, held) as roster:
                return _done(request, study, roster)
        except RequestError as fault:
            return _page(request, study, said=Said(study.plain(str(fault)), "Nothing was changed.", failed=True))


def _done(request: Request, study: _Study, roster: Roster | None) -> Response:
    """What was asked to be done with these figures. Raises RequestError for what cannot be."""
    bench, asked, system = study.bench, study.asked, study.system
    found = _found(study, roster)
    if found.impact is not None and asked.do in REPORTS:
        return report(bench, system, asked.do, found.impact, asked.told)
    if asked.do.startswith(PICTURE):
        if found.impact is None:
            raise RequestError("a picture is one of the executives of a roster; choose the roster again")
        return picture(bench, system, asked.do, found.impact)
    if asked.do == "save":
        kept = amendment(bench, study.opened.name, asked.titled.name, found.text)
        if isinstance(kept, str):
            return RedirectResponse(address("/write", policy=kept), 303)
        return _page(request, study, found, kept)
    domain = _domain(study.opened, found, asked.titled.name) if asked.do == "domain" else ""
    goal = sought(system, study.program, roster, asked) if asked.do == "goal" else None
    return _page(request, study, found, None, domain, goal)


@contextmanager
def _roster(bench: Workbench, name: str, held: tuple[str, bytes] | None) -> Iterator[Roster | None]:
    """Where the roster lies: the one of the folder that was chosen, or what was uploaded, which is removed after."""
    if held is None:
        yield bench.roster(name) if name else None
        return
    ending, content = held
    with PrivateFolder() as kept:
        yield Roster(kept.put(f"{_UPLOADED}{ending}", content))


def _found(study: _Study, roster: Roster | None) -> WhatIf:
    asked, system = study.asked, study.system
    values = dict(values_typed(study.program, asked.typed))
    beside = _beside(study.bench, study.opened, system, asked.beside)
    return what_if(system, study.program, values, asked.titled, roster, FolderLibrary(), beside)


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


def _domain(opened: Opened, found: WhatIf, amendment: str) -> str:
    """What the change does to every appraisal that the policy allows, as `sespms compare` tells it."""
    if found.text is None:
        return "Nothing was changed, so every possible appraisal keeps its level."
    source = opened.policy.compilation.source
    changed = load_text(f"{source.text.rstrip()}\n\n{found.text}", source.name, beside=Path(source.name).parent)
    return as_text(compare(changed, amendment))


# ---- the page --------------------------------------------------------------------------------------


def _page(
    request: Request,
    study: _Study,
    found: WhatIf | None = None,
    said: Said | None = None,
    domain: str = "",
    goal: GoalAnswer | None = None,
) -> Response:
    opened, system = study.opened.name, study.program.name
    impact = None if found is None else found.impact
    if impact is not None:
        said = _roster_said(study, impact) or said
    given = {
        "dials": tuple(dials_of(study.program, study.asked.typed)),
        "asked": study.asked,
        "found": found,
        "domain": domain,
        "goal": goal,
        "policy": opened,
        "system": system,
        "link": study.asked.address(opened, system),
        **_shown(study, impact),
    }
    if found is not None and found.text is not None and impact is None and study.asked.roster:
        given["told"] = _WITH_ERRORS
    if "hx-request" in request.headers:
        return part("what_if_result.html", said=said, replaced=True, **given)
    given |= {
        "rosters": study.bench.folder.listing().rosters,
        "amendments": tuple(_amendments(study.bench, study.opened, system)),
        "goals": goal_form(study.system, study.program),
        "systems": study.opened.policy.systems,
        "upload": study.upload,
    }
    status = 422 if said is not None and said.failed else 200
    return page(request, "what_if.html", f"What if: {system}", status=status, said=said, replaced=False, **given)


def _roster_said(study: _Study, impact: Impact) -> Said | None:
    """What is wrong with the roster as a whole, where something is."""
    wrong = next((each for each in impact.findings if each.severity is Severity.ERROR), None)
    return None if wrong is None else Said(study.plain(wrong.message), wrong.help, failed=True)


def _shown(study: _Study, impact: Impact | None) -> dict[str, Any]:
    """What an impact shows: the sentence that is announced, sections, and what was found in the roster."""
    if impact is None:
        return {"told": "", "sections": [], "notice": "", "row_findings": (), "row_findings_left": 0}
    first = next((each for each in impact.comparisons if each.case is not None), None)
    told = "" if first is None or impact.before is None else headline(first, impact.before)
    shown = [(each.severity.value, each.code, study.plain(each.message), each.help) for each in impact.findings]
    return {
        "told": told,
        "sections": as_sections(impact, study.asked.told, to_keep),
        "notice": impact.notice(),
        "row_findings": shown[:_MOST_FINDINGS],
        "row_findings_left": max(0, len(shown) - _MOST_FINDINGS),
    }


ROUTES = (Route("/what-if", blank), Route("/what-if", tried, methods=["POST"]))
