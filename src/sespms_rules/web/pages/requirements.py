"""Requirements: each one in words, its verdict, and the sentence that answers it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from sespms_rules.law.provenance import checked_against
from sespms_rules.reports.findings import as_html, first_to_look_at, head, requirements
from sespms_rules.web.frame import page, workbench_of


def shown(request: Request) -> Response:
    """The requirements of all systems of a policy."""
    name = request.query_params.get("policy", "")
    bench = workbench_of(request)
    with bench.at_work():
        opened = bench.opened(name)
    held = opened.conformance
    return page(
        request,
        "requirements.html",
        f"Requirements of {name}",
        policy=name,
        headline=head(opened.result.findings, held),
        first=first_to_look_at(held) if any(each.verdicts for each in held) else "",
        requirements=requirements(held, opened.policy.name),
        held=held,
    )


def report(request: Request) -> Response:
    """The whole report of a check as `sespms check --format html` writes it, to keep or to send."""
    name = request.query_params.get("policy", "")
    bench = workbench_of(request)
    with bench.at_work():
        opened = bench.opened(name)
    compilation = opened.policy.compilation
    rests_on = checked_against([compilation.source], opened.conformance)
    text = as_html(
        compilation.source,
        compilation.policy.systems,
        opened.result.findings,
        opened.conformance,
        provenance=rests_on,
    )
    file = name.rpartition("/")[2].removesuffix(".sespms")
    return HTMLResponse(text, headers={"content-disposition": f'attachment; filename="{_ascii(file)}-check.html"'})


def _ascii(name: str) -> str:
    """A name that may stand in a header."""
    return "".join(each if each.isascii() and (each.isalnum() or each in "-_.") else "_" for each in name)


ROUTES = (Route("/requirements", shown), Route("/requirements/report", report))
