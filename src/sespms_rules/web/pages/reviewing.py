"""Review: OPM's desk on a register of the folder: the state of every system, and one submission at a time.

What is shown first of a resubmission is what changed; the whole checklist stands behind it. Each step is an entry of
the register, made since the entry that its maker saw, so that a second reviewer is told what the first one entered.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sespms_rules.documents import review_letter
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.values import Frozen
from sespms_rules.law.law_texts import law_texts
from sespms_rules.register import Register, created_with_keys, default_key_file, opened_register, place_of, read_keys
from sespms_rules.review import (
    ACCEPTED,
    APPROVAL,
    COMMENT,
    RETURN,
    VERDICT,
    WITHDRAWAL,
    Case,
    Notice,
    approved,
    case_of,
    comment_on,
    entered,
    is_notice,
    notice_in,
    notice_received,
    opened_bag,
    read_bag,
    read_public,
    received,
    returned,
    signatures_of,
    status,
    submission_in,
    submitted,
    unpacked,
    verdict_on,
    withdrawn,
)
from sespms_rules.web.folder import BAG, PUBLIC_KEY, REGISTER
from sespms_rules.web.frame import Said, address, page, workbench_of
from sespms_rules.web.opaque_ids import who
from sespms_rules.web.pages.papers import as_file
from sespms_rules.web.workbench import OFFICE, Workbench

_FIELDS: Final = 20
_KEY: Final = f"{REGISTER}.key"


class ChecklistLine(Frozen):
    """A requirement of the checklist: its name, the machine's verdict, what it rests on, and the reviewer's own."""

    name: str
    machine: str
    evidence: str
    own: str
    changed: bool


class ToWithdraw(Frozen):
    """A notice as it is shown before it is received: in which bag, which digest that has, and what it says."""

    bag: str
    digest: str
    notice: Notice
    keys: tuple[str, ...]
    by: str
    is_signed: bool


def table(request: Request) -> Response:
    """The state of every system in a register of the folder; without one, what to do."""
    return _table(request)


def _table(request: Request, to_withdraw: ToWithdraw | None = None) -> Response:
    bench = workbench_of(request)
    listing = bench.folder.listing()
    registers = ((OFFICE,) if bench.office is not None else ()) + listing.registers
    name = request.query_params.get("register", "") or (registers[0] if len(registers) == 1 else "")
    rows: list[dict[str, str]] = []
    if name:
        with bench.at_work(), _opened(bench, name) as register:
            rows = list(status(register, _today()))
    return page(
        request, "review_table.html", "Review", register=name, registers=registers, listing=listing, rows=rows,
        today=_today(), to_withdraw=to_withdraw,
    )  # fmt: skip


def system(request: Request) -> Response:
    """One system: what changed, the comments, the checklist, and what a reviewer may do next."""
    bench = workbench_of(request)
    name, asked = (request.query_params.get(each, "") for each in ("register", "system"))
    with bench.at_work(), _opened(bench, name) as register:
        case = case_of(register, asked)
        made = case.passes[case.number - 1]
        texts = submission_in(opened_bag(unpacked(made))).texts
    said = None
    if request.query_params.get("entered") == str(case.last.number):
        said = Said(f"Entry {case.last.number} was made: `{case.system}` is {case.state(_today()).value}")
    return page(
        request, "review_system.html", f"Review: {case.system}", said=said, register=name, case=case,
        state=case.state(_today()).value, move=case.whose_move(_today()), number=case.number, made=made,
        changes=made.body.get("changes"), since=_since(case), lines=_checklist(case), letter=_letter(case),
        comments=case.of_pass(case.number, COMMENT), accepted=ACCEPTED, today=_today(),
        texts={each: held.decode() for each, held in texts.items()},
    )  # fmt: skip


def _checklist(case: Case) -> list[ChecklistLine]:
    """Each requirement, and whether it stands otherwise than in the pass that this one is held against."""
    number = case.number
    own = {str(each.body["requirement"]): each for each in case.of_pass(number, VERDICT)}
    now = case.passes[number - 1].body["requirements"]
    before: Mapping[str, str] = now if number == 1 else case.passes[_since(case) - 1].body["requirements"]
    lines = []
    for name, said in now.items():
        machine, _, evidence = said.partition(";")
        mine = next((each for asked, each in own.items() if name == asked or name.endswith(f": {asked}")), None)
        told = f"{mine.body['verdict']}, by {mine.by}: {mine.body['text']}" if mine else ""
        lines.append(ChecklistLine(name, machine, evidence.strip(), told, before.get(name) != said))
    return lines


def _since(case: Case) -> int:
    """The pass that the one that is shown was held against when it came in; the one before, of old entries."""
    changes = case.passes[case.number - 1].body.get("changes") or {}
    return int(changes.get("since", case.number - 1))


def _letter(case: Case) -> str:
    """The letter that went out last; empty where none did since the last pass came in."""
    sent = case.letter
    return str(sent.body["letter"]) if sent is not None and sent.number > case.passes[-1].number else ""


def letter(request: Request) -> Response:
    """The last letter to the agency as a document, as `sespms review letter` writes it."""
    name, asked = (request.query_params.get(each, "") for each in ("register", "system"))
    bench = workbench_of(request)
    with bench.at_work():
        with _opened(bench, name) as register:
            sent = case_of(register, asked).letter
        if sent is None:
            raise RequestError(f"no letter about `{asked}` went out yet")
        day = datetime.date.fromisoformat(sent.day)
        return as_file(review_letter(sent.body["letter"], asked, day), request.path_params["form"], "letter")


# ---- what a reviewer does ------------------------------------------------------------------------------


async def step(request: Request) -> Response:
    """Enter a step, and go on to the page of the system."""
    form = await request.form(max_files=0, max_fields=_FIELDS)
    given = {name: str(value).strip() for name, value in form.items()}
    return await run_in_threadpool(_stepped, request, given)


def _stepped(request: Request, given: Mapping[str, str]) -> Response:
    bench = workbench_of(request)
    name, asked = (request.query_params.get(each, "") for each in ("register", "system"))
    kind = given.get("do", "")
    if kind not in (COMMENT, VERDICT, RETURN, APPROVAL, WITHDRAWAL):
        raise RequestError("this is no step of a review; take one on the page of the system")
    by = who(given.get("by", ""))
    seen = given.get("seen", "")
    if not (seen.isascii() and seen.isdecimal() and len(seen) < 10 and int(seen) > 0):
        raise RequestError("the page does not say what you saw; open the system again")
    with bench.at_work(), _opened(bench, name) as register:
        case = case_of(register, asked)
        case = entered(register, case, kind, _body(case, kind, given), (by, _today()), int(seen))
    return _to(name, case)


def _body(case: Case, kind: str, given: Mapping[str, str]) -> dict[str, Any]:
    text = given.get("text", "")
    if kind == COMMENT:
        return comment_on(case, given.get("requirement", ""), given.get("words", ""), text)
    if kind == VERDICT:
        return verdict_on(case, given.get("requirement", ""), given.get("verdict", ""), text)
    if kind == APPROVAL:
        conditions = [each for each in given.get("conditions", "").splitlines() if each.strip()]
        return approved(case, _day(given.get("until", "")), _today(), conditions)
    return returned(case) if kind == RETURN else withdrawn(case, text)


async def receive(request: Request) -> Response:
    """Receive a bag of the folder as the next pass of its system; a notice is shown before it is entered."""
    form = await request.form(max_files=0, max_fields=_FIELDS)
    keys = [str(each) for each in form.getlist("key")]
    given = {name: str(form.get(name, "")) for name in ("bag", "by", "seen")}
    return await run_in_threadpool(_received, request, given, keys)


def _received(request: Request, given: Mapping[str, str], keys: list[str]) -> Response:
    bench = workbench_of(request)
    name = request.query_params.get("register", "")
    bag = given["bag"]
    made = (who(given["by"]), _today())
    held = read_bag(bench.folder.existing(bag, BAG))
    trusted = [read_public(bench.folder.existing(each, PUBLIC_KEY)) for each in keys]
    with bench.at_work():
        opened = opened_bag(held)
        signed = tuple(each.key for each in signatures_of(opened, trusted))
        if is_notice(opened):
            if given["seen"] != (digest := hashlib.sha256(held).hexdigest()):
                shown = ToWithdraw(bag, digest, notice_in(opened), tuple(keys), made[0], is_signed=bool(signed))
                return _table(request, shown)
            with _opened(bench, name) as register:
                case, _ = notice_received(register, held, signed, made)
        else:
            receipt = received(opened, law_texts())
            with _opened(bench, name) as register:
                case, _changes = submitted(register, held, receipt, signed, made)
    return _to(name, case)


async def create(request: Request) -> Response:
    """Make a register in the folder, with its keys beside it."""
    form = await request.form(max_files=0, max_fields=_FIELDS)
    return await run_in_threadpool(_created, request, str(form.get("name", "")).strip(), str(form.get("by", "")))


def _created(request: Request, given: str, by: str) -> Response:
    bench = workbench_of(request)
    maker = who(by)
    if not given:
        raise RequestError("the register has no name; give it one")
    name = given if given.endswith(REGISTER) else f"{given}{REGISTER}"
    place = place_of(str(bench.folder.new(name, REGISTER)))
    created_with_keys(place, bench.folder.new(f"{name}.key", _KEY), maker).close()
    return RedirectResponse(address("/review", register=name), 303)


def _to(register: str, case: Case) -> Response:
    there = address("/review/system", register=register, system=case.system, entered=str(case.last.number))
    return RedirectResponse(there, 303)


@contextmanager
def _opened(bench: Workbench, name: str) -> Iterator[Register]:
    """A register of the folder, with the keys that stand beside it where they do; or that of the office."""
    if name == OFFICE and bench.office is not None:
        with opened_register(bench.office.place, bench.office.keys) as register:
            yield register
        return
    place = place_of(str(bench.folder.existing(name, REGISTER)))
    keys = default_key_file(place)
    beside = bench.folder.path(f"{name}.key", _KEY) if keys.exists() or keys.is_symlink() else None
    with opened_register(place, None if beside is None else read_keys(beside)) as register:
        yield register


def _day(given: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(given)
    except ValueError:
        raise RequestError(f"`{given}` is no day; write one such as `2028-09-30`") from None


def _today() -> datetime.date:
    return datetime.date.today()  # noqa: DTZ011 - the reviewer's day


ROUTES = (
    Route("/review", table),
    Route("/review/system", system),
    Route("/review/letter.{form}", letter),
    Route("/review/step", step, methods=["POST"]),
    Route("/review/receive", receive, methods=["POST"]),
    Route("/review/create", create, methods=["POST"]),
)
