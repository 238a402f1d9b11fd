"""Answers: what a review would find in a policy, and what its agency answers to each, one at a time."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sespms_rules.foundation.files_written import written_whole
from sespms_rules.foundation.request import RequestError
from sespms_rules.review import (
    Answer,
    AnswerKind,
    Must,
    Standing,
    answered,
    answers_path,
    read_answers,
    reason_of,
    standing_of,
    written_answers,
)
from sespms_rules.web.folder import POLICY
from sespms_rules.web.frame import address, page, without_folder, workbench_of
from sespms_rules.web.opaque_ids import who
from sespms_rules.web.workbench import Workbench

_ENDING: Final = ".answers.toml"


def shown(request: Request) -> Response:
    """What must be fixed and answered, each with its answer or a form for one."""
    bench = workbench_of(request)
    name = request.query_params.get("policy", "")
    with bench.at_work():
        standing = standing_in(bench, name)
    root = str(bench.folder.root)
    every = [(each, answer, without_folder(each.place, root)) for each, answer in standing.asked]
    to_fix, to_answer = ([one for one in every if one[0].must is must] for must in (Must.FIX, Must.ANSWER))
    return page(
        request,
        "answers.html",
        f"Answers: {name}",
        policy=name,
        standing=standing,
        to_fix=to_fix,
        asked=to_answer,
        dispute=AnswerKind.DISPUTE,
    )


async def answer(request: Request) -> Response:
    """Keep one answer, and go on to where it stands."""
    form = await request.form(max_files=0, max_fields=10)
    given = {name: str(value).strip() for name, value in form.items()}
    return await run_in_threadpool(_kept, request, given)


def _kept(request: Request, given: Mapping[str, str]) -> Response:
    bench = workbench_of(request)
    name = request.query_params.get("policy", "")
    finding, kind = given.get("finding", ""), given.get("kind", "")
    if kind not in tuple(AnswerKind):
        raise RequestError("an answer gives the reason, or says that the finding is wrong; choose one of the two")
    by, today = who(given.get("by", "")), datetime.date.today()  # noqa: DTZ011 - the agency's day
    new = Answer(finding, AnswerKind(kind), reason_of(given.get("reason", "")), by, today, "", "", "")
    with bench.at_work():
        answers = answered(standing_in(bench, name), new)
        with written_whole(str(answers_file(bench, name)), in_place=True) as file:
            file.write(written_answers(answers))
    return RedirectResponse(f"{address('/requirements/answers', policy=name)}#f-{finding}", 303)


def standing_in(bench: Workbench, name: str) -> Standing:
    """How a policy stands to what a review would find in it."""
    return standing_of(bench.asked(name), read_answers(answers_file(bench, name)))


def answers_file(bench: Workbench, name: str) -> Path:
    """Where the answers are kept, in the folder and behind no link."""
    bench.folder.existing(name, POLICY)
    return bench.folder.path(answers_path(name).as_posix(), _ENDING)


ROUTES = (
    Route("/requirements/answers", shown),
    Route("/requirements/answers", answer, methods=["POST"]),
)
