"""Compare: two policies of the folder, or one and an amendment, by what they do to every possible appraisal."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sespms_rules.api import compare, load_together
from sespms_rules.foundation.request import RequestError
from sespms_rules.proofs.guarantees import DisagreementError
from sespms_rules.studies.comparison import BadMappingError, Comparison, NotComparableError, as_text
from sespms_rules.web.folder import POLICY
from sespms_rules.web.frame import Said, page, without_folder, workbench_of
from sespms_rules.web.workbench import Opened, Workbench


def shown(request: Request) -> Response:
    """The choice of what is compared, and the comparison where one was asked for."""
    bench = workbench_of(request)
    name = request.query_params.get("policy", "")
    asked = request.query_params.get("to", "")
    with bench.at_work():
        opened = bench.opened(name)
        others = [each for each in bench.folder.listing().policies if each != name]
        amendments = [each.name for each in opened.policy.compilation.policy.amendments]
        text, said = "", None
        if asked:
            try:
                text = without_folder(as_text(_compared(bench, opened, asked)), str(bench.folder.root))
            except (RequestError, NotComparableError, BadMappingError, DisagreementError) as fault:
                says = without_folder(str(fault), str(bench.folder.root))
                said = Said(says, "Nothing was compared.", failed=True)
    return page(
        request,
        "compare.html",
        f"Compare {name}",
        policy=name,
        said=said,
        status=422 if said else 200,
        others=others,
        amendments=amendments,
        asked=asked,
        text=text,
    )


def _compared(bench: Workbench, opened: Opened, asked: str) -> Comparison:
    kind, _, name = asked.partition(":")
    if kind == "amendment":
        return compare(opened.policy, name)
    path = bench.folder.existing(name, POLICY)
    (other,) = load_together([str(path)])
    if not other.systems:
        return compare(opened.policy, str(path))
    return compare(opened.policy, other)


ROUTES = (Route("/compare", shown),)
