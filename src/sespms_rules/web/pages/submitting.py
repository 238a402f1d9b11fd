"""Submit: the bag of a system, its seal, and the notice by which it is withdrawn; each is a new file of the folder.

Nothing is signed before its reader was shown in words what is signed, and that it is still the same is checked then.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sespms_rules.api import load_together
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.values import Frozen
from sespms_rules.review import (
    ALGORITHMS,
    Statement,
    Submission,
    answers_path,
    held_answers,
    is_notice,
    key_id,
    made_key_pair,
    notice_bag,
    notice_in,
    opened_bag,
    read_bag,
    read_private,
    sealed,
    submission_bag,
    submitted_texts,
    to_be_sealed,
)
from sespms_rules.web.folder import BAG, KEY, POLICY, PUBLIC_KEY
from sespms_rules.web.frame import Said, address, page, workbench_of
from sespms_rules.web.opaque_ids import who
from sespms_rules.web.pages.answers import answers_file, standing_in
from sespms_rules.web.workbench import Workbench

_FIELDS: Final = 10


def shown(request: Request) -> Response:
    """What can be done: make the bag, a key, seal a bag, withdraw a submission."""
    bench, name = workbench_of(request), request.query_params.get("policy", "")
    made = request.query_params.get("made", "")
    listing = bench.folder.listing()
    said = None
    if made in (*listing.bags, *listing.keys):
        said = Said(f"`{made}` is in the folder{_withdraws(bench, made)}")
    return _page(request, bench, name, said)


def _withdraws(bench: Workbench, made: str) -> str:
    """What a notice that was made withdraws, in words that end a sentence; "" for all else."""
    if not made.endswith(BAG):
        return ""
    opened = opened_bag(read_bag(bench.folder.existing(made, BAG)))
    return f", and withdraws the submission of `{notice_in(opened).system}`" if is_notice(opened) else ""


class ToSign(Frozen):
    """What is shown before it is signed: the statement, in which bag, by which key (its file and its id), by whom."""

    statement: Statement
    bag: str
    key: str
    key_id: str
    by: str


def _page(
    request: Request, bench: Workbench, name: str, said: Said | None = None, to_sign: ToSign | None = None
) -> Response:
    with bench.at_work():
        standing = standing_in(bench, name)
    stem = PurePosixPath(name).name.removesuffix(POLICY)
    return page(
        request, "submit.html", f"Submit: {name}", policy=name, said=said, standing=standing, to_sign=to_sign,
        listing=bench.folder.listing(), stem=stem,
    )  # fmt: skip


async def done(request: Request) -> Response:
    """Do one of these, and show the page again."""
    form = await request.form(max_files=0, max_fields=_FIELDS)
    given = {name: str(value).strip() for name, value in form.items()}
    return await run_in_threadpool(_done, request, given)


def _done(request: Request, given: Mapping[str, str]) -> Response:
    bench, name = workbench_of(request), request.query_params.get("policy", "")
    bench.folder.existing(name, POLICY)
    match given.get("do", ""):
        case "make":
            made = _made(bench, name, given)
        case "key":
            made = _key(bench, given)
        case "withdraw":
            made = _withdrawn(bench, given)
        case "show":
            return _page(request, bench, name, to_sign=_stated(bench, given))
        case "sign":
            made = _signed(bench, given)
        case _:
            raise RequestError("nothing of this page was asked for; press one of its buttons")
    return RedirectResponse(address("/requirements/submit", policy=name, made=made), 303)


def _made(bench: Workbench, name: str, given: Mapping[str, str]) -> str:
    """Make the bag, as `sespms submit` does."""
    to = _named(given.get("to", ""), BAG)
    bench.folder.new(to, BAG)
    policy = bench.folder.existing(name, POLICY)
    answers_file(bench, name)  # refuses a link
    with bench.at_work():
        texts = submitted_texts(str(policy), [each.compilation for each in load_together([str(policy)])])
        for each in texts:
            bench.folder.existing((PurePosixPath(name).parent / each).as_posix(), POLICY)
        bag, evidence = submission_bag(
            Submission(policy.name, texts, held_answers(answers_path(policy)), is_test=False)
        )
    if not evidence.standing.is_ready:
        raise RequestError(f"no bag was written: {evidence.standing.said}")
    bench.folder.put_bag(to, bag)
    return to


def _key(bench: Workbench, given: Mapping[str, str]) -> str:
    to = _named(given.get("to", ""), KEY)
    bench.folder.new(f"{to}.pub", PUBLIC_KEY)
    made_key_pair(bench.folder.new(to, KEY), ALGORITHMS[0])
    return to


def _stated(bench: Workbench, given: Mapping[str, str]) -> ToSign:
    """What would be signed today."""
    bag, key = given.get("bag", ""), given.get("key", "")
    _, public = read_private(bench.folder.existing(key, KEY))
    held = read_bag(bench.folder.existing(bag, BAG))
    statement = to_be_sealed(held, bag, public, (who(given.get("by", "")), _today()))
    return ToSign(statement, bag, key, key_id(public), statement.by)


def _signed(bench: Workbench, given: Mapping[str, str]) -> str:
    """The name of the sealed bag. Raises RequestError where what is signed now is not what was shown."""
    bag = given.get("bag", "")
    to = _named(f"{bag.removesuffix(BAG)}-sealed", BAG)
    bench.folder.new(to, BAG)
    sign, public = read_private(bench.folder.existing(given.get("key", ""), KEY))
    held = read_bag(bench.folder.existing(bag, BAG))
    statement = to_be_sealed(held, bag, public, (who(given.get("by", "")), _today()))
    if (statement.tag_manifest, statement.date) != (given.get("seen", ""), given.get("date", "")):
        raise RequestError(f"`{bag}` is not what was shown to you, or the day is another by now; look at it again")
    bench.folder.put_bag(to, sealed(held, statement, sign, public))
    return to


def _withdrawn(bench: Workbench, given: Mapping[str, str]) -> str:
    bag = given.get("bag", "")
    to = _named(f"{bag.removesuffix(BAG)}-withdrawn", BAG)
    bench.folder.new(to, BAG)
    opened = opened_bag(read_bag(bench.folder.existing(bag, BAG)))
    bench.folder.put_bag(to, notice_bag(opened, given.get("because", ""), who(given.get("by", "")), _today()))
    return to


def _named(given: str, ending: str) -> str:
    if not given:
        raise RequestError("the new file has no name; give it one")
    return given if given.endswith(ending) else f"{given}{ending}"


def _today() -> datetime.date:
    return datetime.date.today()  # noqa: DTZ011 - the agency's day


ROUTES = (
    Route("/requirements/submit", shown),
    Route("/requirements/submit", done, methods=["POST"]),
)
