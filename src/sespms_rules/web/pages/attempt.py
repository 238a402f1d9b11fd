"""Try: one appraisal as a form, the level it gets, how that comes about, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sespms_rules.api import explained
from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.program.ir import LevelScale, Program
from sespms_rules.program.rating import Appraisal, Refusal
from sespms_rules.proofs.guarantees import scenario_of
from sespms_rules.reports.findings import Markup, element, lines, prose
from sespms_rules.rosters.files import APPOINTMENTS, FormField, fields_of_plans, form_fields, row_of_form
from sespms_rules.studies.explanation import near_as_markup, steps_as_markup
from sespms_rules.web.frame import Said, address, page, workbench_of
from sespms_rules.web.workbench import Opened, Workbench

_MOST_FIELDS = 2_000
_OWN = 3
"""How many elements of its own a plan is offered at first."""


class Choice(Frozen):
    """A field as it is shown: `options` are pairs of value and words; none where anything can be typed."""

    heading: str
    label: str
    value: str
    options: tuple[tuple[str, str], ...] = field(default=())


class Group(Frozen):
    """The fields of one element or requirement, or of the executive."""

    title: str
    choices: tuple[Choice, ...]


class Told(Frozen):
    """What came of it: a headline, the tone, the steps as markup, what would change the level, and a scenario."""

    headline: str
    tone: str
    steps: Markup
    near: Markup
    scenario: str | None


def blank(request: Request) -> Response:
    """The empty form."""
    bench = workbench_of(request)
    with bench.at_work():
        opened, program = _program(request, bench)
    return _page(request, opened, program, {}, [], None)


async def tried(request: Request) -> Response:
    """The form as it was filled in, with what comes of it."""
    form = await request.form(max_files=0, max_fields=_MOST_FIELDS)
    typed = {name: str(value) for name, value in form.multi_items()}
    return await run_in_threadpool(_tried, request, typed)


def _tried(request: Request, typed: Mapping[str, str]) -> Response:
    bench = workbench_of(request)
    with bench.at_work():
        opened, program = _program(request, bench)
        names = [typed.get(f"own {place}", "") for place in range(_own_asked(typed))]
        fields = (*form_fields(program), *fields_of_plans(names, program))
        own_cells = _own_cells(typed, names, program)
        cells = {each.heading: own_cells.get(each.heading, typed.get(each.heading, "")) for each in fields}
        given = {each.heading: cells[each.heading] for each in fields if each.needed or cells[each.heading].strip()}
        row, found = row_of_form(program, given)
        if row.appraisal is None:
            told = _refused(row.refusals or found)
        else:
            told = _told(program, row.appraisal, typed.get("name", ""))
        if typed.get("do") == "keep" and told.scenario:
            return _kept(bench, opened, told.scenario)
    return _page(request, opened, program, typed, names, told)


def _program(request: Request, bench: Workbench) -> tuple[Opened, Program]:
    opened = bench.opened(request.query_params.get("policy", ""))
    return opened, opened.program(bench.only_system(opened, request.query_params.get("system")))


def _kept(bench: Workbench, opened: Opened, scenario: str) -> Response:
    """Write the scenario at the end of the policy."""
    text = bench.folder.policy(opened.name)
    bench.folder.save(opened.name, f"{text.text.rstrip()}\n\n{scenario}\n", text.digest)
    return RedirectResponse(address("/write", policy=opened.name, kept="scenario") + "#text", 303)


# ---- the form --------------------------------------------------------------------------------------


def _own_asked(typed: Mapping[str, str]) -> int:
    given = typed.get("own", "")
    count = int(given) if given.isascii() and given.isdecimal() and len(given) < 3 else _OWN
    return min(count + (typed.get("do") == "more"), 40)


def _own_cells(typed: Mapping[str, str], names: list[str], program: Program) -> dict[str, str]:
    """What was typed of the plan's own elements, by the headings they have under the names given."""
    words = ("level", "weight", *(each.name for each in program.summary.further))
    return {
        f"{name} {word}": typed.get(f"own {place} {word}", "")
        for place, name in enumerate(names)
        if name.strip()
        for word in words
    }


def _page(
    request: Request, opened: Opened, program: Program, typed: Mapping[str, str], names: list[str], told: Told | None
) -> Response:
    own = max(len(names), _OWN) if program.summary.open else 0
    groups = tuple(_groups(program, typed))
    said = Said("The policy has findings", "See Write for them; the level below is what the text says as it stands.")
    return page(
        request,
        "try.html",
        f"Try {program.name}",
        policy=opened.name,
        system=program.name,
        systems=opened.policy.systems,
        groups=groups,
        typed=typed,
        own=own,
        own_words=("level", *(("weight",) if program.summary.weighted else ())),
        told=told,
        said=said if opened.policy.has_errors else None,
    )


def _groups(program: Program, typed: Mapping[str, str]) -> Iterator[Group]:
    for path, fields in groupby(form_fields(program), key=lambda each: each.path):
        title = " / ".join(path) if path else "The executive"
        yield Group(title, tuple(_choice(each, program, typed.get(each.heading, "")) for each in fields))


def _choice(each: FormField, program: Program, value: str) -> Choice:
    label = each.holds if not each.path or each.further else each.heading.rpartition(" ")[2]
    return Choice(each.heading, label[:1].upper() + label[1:], value, _options(each, program))


def _options(each: FormField, program: Program) -> tuple[tuple[str, str], ...]:
    if each.holds == "appointment" and not each.path:
        return (("", "not said"), *((word, word) for word in APPOINTMENTS))
    if not each.path and each.further:
        fact = next(fact for fact in program.facts if fact.name == each.holds)
        return (("", "not said"), *((word, word) for word in fact.words)) if fact.words else ()
    if each.holds != "rating" or each.further:
        return ()
    levels = _levels(each, program)
    if not levels:
        return ()
    terms = dict(program.terms)
    named = tuple((str(level), f"{level} {terms.get(level, '')}".strip()) for level in sorted(levels, reverse=True))
    optional = any(one.optional for one in program.summary.members if one.name == each.path[0])
    return (("", "not rated"), *named, *((("not in plan", "not in plan"),) if optional else ()))


def _levels(each: FormField, program: Program) -> tuple[int, ...]:
    """The levels that an element or requirement is rated on; none where it has a scale of numbers."""
    stage = program.summary
    member = next((one for one in stage.members if one.name == each.path[0]), None)
    if member is not None and len(each.path) > 1 and member.stage is not None:
        member = next((one for one in member.stage.members if one.name == each.path[1]), None)
    return member.scale.levels if member is not None and isinstance(member.scale, LevelScale) else ()


# ---- what came of it -------------------------------------------------------------------------------


def _refused(reasons: Sequence[Refusal | Diagnostic]) -> Told:
    said = (element("li", prose(each.message), " ", prose(each.help), f" ({each.code})") for each in reasons)
    steps = element("ul", lines(*said))
    return Told("There is no rating", "bad", steps, Markup(""), None)


def _told(program: Program, appraisal: Appraisal, name: str) -> Told:
    told = explained(program, appraisal)
    rating = told.rating
    if rating.refused:
        return _refused(rating.refused)
    title = name.strip() or f"Tried: {told.headline}"
    scenario = scenario_of(title, appraisal, rating, program)
    tone = "open" if rating.level is None else "good"
    headline = told.headline[:1].upper() + told.headline[1:]
    return Told(headline, tone, steps_as_markup(told), near_as_markup(told), scenario)


ROUTES = (Route("/try", blank), Route("/try", tried, methods=["POST"]))
