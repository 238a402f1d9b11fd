"""Records: the year on record as a policy and its law judge it: whose move it is, what is missing, and by when.

No address holds an id: one executive's file is asked for in a form, as a roster is.
"""

from __future__ import annotations

import datetime
import io

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sespms_rules.api import explained
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.resolution import FolderLibrary
from sespms_rules.records.cycle import ExecutiveStanding, OpenDuty, appraisal_of, calendar_of
from sespms_rules.records.findings import RecordFinding
from sespms_rules.records.reading import ExecutiveYear, read_year
from sespms_rules.reports.findings import Markup
from sespms_rules.reports.workbook import Sheet, write_table
from sespms_rules.studies.cycle import YearJudged, year_judged
from sespms_rules.studies.explanation import steps_as_markup
from sespms_rules.web.frame import Said, page, without_folder, workbench_of
from sespms_rules.web.workbench import Opened, Workbench

_MOST_SHOWN = 300
"""How many moves and findings are shown; what lies behind them is told, and is in the tables."""

_AGENCY = "the agency"
_HEADINGS = ("executive", "unit", "what is open", "by whom", "until", "sentence", "law")


class Asked(Frozen):
    """What was asked for: the folder of records, the day it is judged on, the unit and the role to be shown alone."""

    records: str
    day: datetime.date
    unit: str
    by: str


class Move(Frozen):
    """Something that is open: for whom, in which unit, what, by whom, until when (empty: no day is set), and why."""

    executive: str
    unit: str
    what: str
    by: str
    until: str
    sentence: str
    law: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The same as a row."""
        return (self.executive, self.unit, self.what, self.by, self.until, self.sentence, self.law)


class File(Frozen):
    """One executive's file: how it stands, all that is on record for the period, and how the level comes about."""

    standing: ExecutiveStanding
    year: ExecutiveYear
    headline: str
    steps: Markup


def shown(request: Request) -> Response:
    """The year as it stands, where a folder of records was chosen."""
    return _answered(request, "")


async def file(request: Request) -> Response:
    """One executive's file."""
    form = await request.form(max_files=0, max_fields=10)
    return await run_in_threadpool(_answered, request, str(form.get("executive", "")))


def _answered(request: Request, executive: str) -> Response:
    bench = workbench_of(request)
    name = request.query_params.get("policy", "")
    with bench.at_work():
        opened = bench.opened(name)
        held = bench.folder.listing().records
        asked = _asked(request, held)
        result = _judged(request, bench, opened, asked) if asked.records else None
        of_one = _file(bench, opened, asked, result, executive) if result is not None and executive else None
    moves = moves_of(result) if result is not None else ()
    kept = [each for each in moves if asked.unit in ("", each.unit) and asked.by in ("", each.by)]
    said = Said(result.notice) if result is not None and result.notice else None
    root = str(bench.folder.root)
    return page(
        request, "records.html", f"Records: {name}", policy=name, said=said, held=held, asked=asked, result=result,
        moves=kept[:_MOST_SHOWN], left=len(kept[_MOST_SHOWN:]), most=_MOST_SHOWN, of_one=of_one,
        place=lambda each: _place(each, root),
        units=sorted({each.unit for each in moves} - {""}), roles=sorted({each.by for each in moves}),
    )  # fmt: skip


def _asked(request: Request, held: tuple[str, ...]) -> Asked:
    asked = request.query_params
    given = asked.get("day", "")
    try:
        day = datetime.date.fromisoformat(given) if given else datetime.date.today()  # noqa: DTZ011 - the reader's day
    except ValueError:
        raise RequestError(f"`{given}` is no day; write one such as `2026-11-30`") from None
    records = asked.get("records", "") or (held[0] if len(held) == 1 else "")
    return Asked(records, day, asked.get("unit", ""), asked.get("by", ""))


def _judged(request: Request, bench: Workbench, opened: Opened, asked: Asked) -> YearJudged:
    chosen = bench.only_system(opened, request.query_params.get("system"))
    folder = bench.folder.records(asked.records)
    return year_judged(opened.policy.compilation, folder, FolderLibrary(), as_of=asked.day, system=chosen)


def _place(found: RecordFinding, root: str) -> str:
    """Where a fault stands: its file in the folder, its sheet, and its row."""
    place = found.place
    row = f"{place.unit} {place.number}" if place.number else ""
    return ", ".join(each for each in (without_folder(place.file, root), place.sheet, row) if each)


def moves_of(result: YearJudged) -> tuple[Move, ...]:
    """All that is open: what is due first stands first, what has no day last."""
    every = [_move(each.id, each.unit, duty) for each in result.cycle.executives for duty in each.open]
    every += [_move("", "", duty) for each in result.cycle.agency for duty in each.open]
    return tuple(sorted(every, key=lambda each: (not each.until, each.until, each.executive)))


def _move(executive: str, unit: str, duty: OpenDuty) -> Move:
    grounds = duty.obligation.grounds
    until = duty.until.isoformat() if duty.until else ""
    law = next((each.citation for each in grounds if each.citation), "")
    return Move(executive, unit, duty.what, duty.by or _AGENCY, until, grounds[0].sentence, law)


def _file(bench: Workbench, opened: Opened, asked: Asked, result: YearJudged, executive: str) -> File:
    standing = next((each for each in result.cycle.executives if each.id == executive), None)
    read = read_year(bench.folder.records(asked.records), asked.day)
    year = next((each for each in read.years if each.executive.id == executive), None)
    if standing is None or year is None:
        raise RequestError("nobody of that id is in these records; choose one in the table")
    program = opened.program(None if len(opened.policy.systems) == 1 else opened.policy.systems[0])
    appraisal = appraisal_of(year, asked.day, program)
    if isinstance(appraisal, str):
        return File(standing, year, f"{appraisal[:1].upper()}{appraisal[1:]}, so no level is derived", Markup(""))
    told = explained(program, appraisal)
    headline = told.headline[:1].upper() + told.headline[1:]
    return File(standing, year, headline, steps_as_markup(told))


# ---- what can be kept ------------------------------------------------------------------------------


def kept(request: Request) -> Response:
    """What is open as a table (CSV), or what is due as a calendar (iCalendar)."""
    bench = workbench_of(request)
    with bench.at_work():
        opened = bench.opened(request.query_params.get("policy", ""))
        asked = _asked(request, bench.folder.listing().records)
        result = _judged(request, bench, opened, asked)
    if request.path_params["kind"] == "ics":
        content, kind = calendar_of(result.cycle), "text/calendar"
    else:
        written = io.StringIO(newline="")
        write_table(Sheet("Open", _HEADINGS, tuple(each.cells for each in moves_of(result))), written)
        content, kind = written.getvalue().encode(), "text/csv"
    name = f"open-as-of-{asked.day}.{request.path_params['kind']}"
    return Response(content, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})


ROUTES = (
    Route("/records", shown),
    Route("/records", file, methods=["POST"]),
    Route("/records/open.{kind:str}", kept),
)
