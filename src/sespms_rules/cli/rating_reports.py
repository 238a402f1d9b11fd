"""The result of `sespms rate` as text, JSON, CSV or a workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any, Protocol, TextIO

import click

from sespms_rules.cli.output import binary
from sespms_rules.cli.output_kinds import WORKBOOK
from sespms_rules.cli.printing import findings_as_data, has_errors, notes_said, provenance_as_data
from sespms_rules.cli.rating_limits import Limits
from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.law.provenance import FileRead, Provenance
from sespms_rules.program.ir import Program
from sespms_rules.reports.findings import (
    as_text,
    json_text,
    printable,
    refusal_as_text,
    width,
)
from sespms_rules.reports.provenance import as_text as provenance_as_text
from sespms_rules.reports.rating_groups import Groups
from sespms_rules.reports.ratings import NO_EXECUTIVE, WITHHELD, ChangedIds, CsvOfRatings, RatedBlock, RatedRow, as_data
from sespms_rules.rosters.files import NOBODY_NOT_COUNTED, OpenRoster

_HEADINGS = ("id", "score", "level", "term", "refused")
_NOTHING = "-"


class Report(Frozen):
    """What stands around the ratings: findings, the roster's name, the program and engines (None: none).

    `provenance` is what the report rests on, None where a text or table does not say it. `apart` are the columns by
    which the roster is broken down; `long` says that it has a row for each element.
    `limits` are those over the population, told once all rows are rated; `notes` says how many on the policy are not
    shown.
    """

    findings: tuple[Diagnostic, ...]
    roster: str
    program: Program | None = field(default=None)
    engine: str | None = field(default=None)
    confirmed_by: str | None = field(default=None)
    provenance: Provenance | None = field(default=None)
    apart: tuple[str, ...] = field(default=())
    long: bool = field(default=False)
    limits: Limits | None = field(default=None, compare=False)
    notes: int = field(default=0)

    def of(self, file: FileRead | None, found: tuple[Diagnostic, ...]) -> Report:
        """The same report, of a roster in a file, and what was found in it."""
        provenance = self.provenance.and_read([file]) if self.provenance and file else self.provenance
        return replace(self, findings=(*self.findings, *found), provenance=provenance)

    def opened(self, roster: OpenRoster) -> Report:
        """The same report, of a roster that was opened."""
        return replace(self.of(roster.file, roster.findings), apart=roster.apart, long=roster.long)

    def by(self, engine: str, confirmed_by: str | None) -> Report:
        """The same report, of ratings by this engine."""
        return replace(self, engine=engine, confirmed_by=confirmed_by)


class Writer(Protocol):
    """Writes one report."""

    def write(self, rows: Iterator[RatedRow]) -> None:
        """Write everything, taking the rows one by one."""

    def write_blocks(self, blocks: Iterator[RatedBlock]) -> None:
        """Write everything, taking the rows block by block."""


class _RowByRow:
    """A report that is written row by row whatever it is given."""

    def write(self, rows: Iterator[RatedRow]) -> None:
        """Write everything, taking the rows one by one."""
        raise NotImplementedError

    def write_blocks(self, blocks: Iterator[RatedBlock]) -> None:
        """Write everything, taking the rows block by block."""
        self.write(chain.from_iterable(each.rows() for each in blocks))


def report_of(form: str, file: TextIO, report: Report) -> Writer:
    """The writer of a report in a form: `text`, `json`, `csv` or `xlsx`."""
    writers: dict[str, Callable[[TextIO, Report], Writer]] = {
        "text": _Text,
        "json": _Json,
        "csv": _Csv,
        WORKBOOK: _Workbook,
    }
    return writers[form](file, report)


class _Csv:
    def __init__(self, file: TextIO, report: Report) -> None:
        self._file = file
        self._report = report

    def write(self, rows: Iterator[RatedRow]) -> None:
        table = self._table()
        table.rows(rows)
        self._tell(table)

    def write_blocks(self, blocks: Iterator[RatedBlock]) -> None:
        table = self._table()
        table.blocks(blocks)
        self._tell(table)

    def _table(self) -> CsvOfRatings:
        program = self._report.program
        asks = bool(program and program.questions)
        reported = program.summary.reported if program else ()
        return CsvOfRatings(reported, self._file, questions=asks, apart=self._report.apart)

    def _tell(self, table: CsvOfRatings) -> None:
        if table.changed:
            click.echo(f"sespms: {_told_of_spreadsheets(table.changed)}", err=True)


class _Workbook(_RowByRow):
    """A workbook with the ratings on one sheet, on others each breakdown, and on the last what they rest on."""

    def __init__(self, file: TextIO, report: Report) -> None:
        self._file = file
        self._report = report
        self._groups = Groups(report.apart)

    def write(self, rows: Iterator[RatedRow]) -> None:
        from sespms_rules.reports.rating_sheets import provenance_sheet, ratings_sheet
        from sespms_rules.reports.workbook import write_workbook

        program, provenance = self._report.program, self._report.provenance
        reported, apart = program.summary.reported if program else (), self._report.apart
        everyone = tuple(self._groups.counted(rows)) if apart else rows
        sheets = [ratings_sheet(everyone, reported, questions=bool(program and program.questions), apart=apart)]
        rests_on = [provenance_sheet(provenance)] if provenance else []
        write_workbook([*sheets, *self._groups.sheets(), *rests_on], binary(self._file))


def _told_of_spreadsheets(changed: ChangedIds) -> str:
    """What someone must know who opens the result in a spreadsheet."""
    first = [f"`{printable(each)}`" for each in changed.first]
    shown = ", ".join(first + ["…"] * (changed.count > len(first)))
    ids = "one id" if changed.count == 1 else f"{changed.count:,} ids"
    return (
        f"a spreadsheet that opens this CSV would change {ids} ({shown}); import it with the column `id` as text,"
        " and do not save it over the original"
    )


class _Json(_RowByRow):
    """One document, a rating a line, so that a long roster is never held in memory."""

    def __init__(self, file: TextIO, report: Report) -> None:
        self._file = file
        self._report = report

    def write(self, rows: Iterator[RatedRow]) -> None:
        report = self._report
        head = {
            "schema": "sespms-rate/1",
            **(provenance_as_data(report.provenance) if report.provenance else {}),
            "system": report.program.name if report.program else None,
            "engine": report.engine,
            "confirmed_by": report.confirmed_by,
            "findings": findings_as_data(report.findings),
        }
        encoding = getattr(self._file, "encoding", None)
        text = json_text(head, indent=2, encoding=encoding)
        self._file.write(text.removesuffix("\n}") + ',\n  "ratings": [')
        outcomes: Counter[str] = Counter()
        groups = Groups(report.apart)
        for row in groups.counted(rows):
            self._file.write(",\n    " if outcomes else "\n    ")
            self._file.write(json_text(self._data(row), encoding=encoding))
            outcomes[row.counted_as] += 1
        counts = {each: outcomes[each] for each in ("rated", "not rated", "refused", WITHHELD)}
        counts |= {NO_EXECUTIVE: outcomes[NO_EXECUTIVE]} if outcomes[NO_EXECUTIVE] else {}
        end = "\n  ]" if outcomes else "]"
        by = f',\n  "by": {json_text(groups.as_data(), encoding=encoding)}' if report.apart else ""
        limits = (
            "" if report.limits is None else f',\n  "limits": {json_text(report.limits.as_data(), encoding=encoding)}'
        )
        self._file.write(f'{end},\n  "counts": {json_text(counts)}{by}{limits}\n}}\n')

    def _data(self, row: RatedRow) -> dict[str, Any]:
        """A row, and where the roster is broken down its groups by the titles of the columns."""
        apart = self._report.apart
        named = dict(zip(apart, row.groups or [None] * len(apart), strict=True))
        return as_data(row) | ({"groups": named} if apart else {})


class _Text(_RowByRow):
    """A table whose columns line up, the reasons of refusals below it, and a line that counts."""

    def __init__(self, file: TextIO, report: Report) -> None:
        self._file = file
        self._report = report

    def write(self, rows: Iterator[RatedRow]) -> None:
        program, limits = self._report.program, self._report.limits
        nothing = program is None or has_errors(self._report.findings)
        if self._report.findings and nothing:
            self._line(as_text(self._report.findings) + "\n")
        if program is None:
            return
        reported = program.summary.reported
        headings = (*_HEADINGS, *(printable(each) for each in reported))
        lines: list[tuple[str, ...]] = [headings]
        reasons: list[str] = []
        asked: list[str] = []
        outcomes: Counter[str] = Counter()
        groups = Groups(self._report.apart)
        for row in groups.counted(rows):
            lines.append(_cells(row, reported))
            asked += questions_of(row, self._report.roster)
            reasons += reasons_of(row, self._report.roster)
            outcomes[row.counted_as] += 1
        if outcomes:
            self._table(lines)
        for title, counts in groups.tables() if outcomes else ():
            self._line(f"by {printable(title)}")
            self._table([tuple(printable(str(cell)) for cell in row) for row in counts])
        for told in (*asked, *_asked_of_everyone(program), *reasons):
            self._line(told + "\n")
        if limits is not None and outcomes:
            self._line("\n".join(["limits over the population", *map(printable, limits.lines())]) + "\n")
        if self._report.findings and not nothing:
            self._line(as_text(self._report.findings) + "\n")
        unread = not outcomes and has_errors(self._report.findings)
        self._line("no row was rated, because the roster has errors" if unread else _counts(outcomes, self._noun))
        if self._report.notes:
            self._line(notes_said(self._report.notes))
        if self._report.provenance is not None:
            self._line(rests_on(self._report.provenance))

    @property
    def _noun(self) -> tuple[str, str]:
        """What one result is of, and several: in a long table an executive has many rows."""
        return ("entry", "entries") if self._report.long else ("row", "rows")

    def _table(self, lines: list[tuple[str, ...]]) -> None:
        """A table whose columns line up, and an empty line below it."""
        widths = [max(map(width, column)) for column in zip(*lines, strict=True)]
        for line in lines:
            padded = (cell + " " * (wide - width(cell)) for cell, wide in zip(line, widths, strict=True))
            self._line("  ".join(padded).rstrip())
        self._line("")

    def _line(self, text: str) -> None:
        self._file.write(text + "\n")


def rests_on(provenance: Provenance) -> str:
    """What a text says at its end of what it rests on."""
    return f"\n{printable(provenance_as_text(provenance))}"


def reasons_of(row: RatedRow, roster: str) -> Iterator[str]:
    """Why a row was not rated, a text for each reason; `roster` is the name of the file."""
    where = f"{printable(roster)}:{row.number}"
    if row.withheld:
        yield f"{where}: error\n  `{printable(row.id)}`: {printable(row.withheld)}\n  help: please report this"
    for refusal in row.refusals:
        # What the reader of the roster refuses names its row; what the engine refuses is told by the id.
        message = refusal.message if row.rating is None else f"`{row.id}`: {refusal.message}"
        at = where if refusal.row is None else f"{printable(roster)}:{refusal.row}"
        yield refusal_as_text(replace(refusal, message=message), at)


def questions_of(row: RatedRow, roster: str) -> Iterator[str]:
    """What the reviewer is asked about this row and why, a text each; not what is asked about every row."""
    for asked in row.rating.asked if row.rating is not None else ():
        if not asked.always:
            about = f"`{printable(row.id)}`" + ("" if asked.about is None else f", `{printable(asked.about)}`")
            yield (
                f"{printable(roster)}:{row.number}: question for the reviewer\n"
                f"  {about}: {printable(' '.join(asked.text.split()))}\n  asked because {printable(asked.reason)}"
            )


def _asked_of_everyone(program: Program) -> Iterator[str]:
    """What the reviewer is asked about every row that is not refused, told once."""
    for question in program.questions:
        if question.condition is None:
            about = "" if question.about is None else f"`{printable(question.about)}`: "
            said = f"{about}{printable(' '.join(question.text.split()))}"
            yield f"question for the reviewer, about everyone who is not refused\n  {said}"


def _cells(row: RatedRow, reported: tuple[str, ...]) -> tuple[str, ...]:
    shown = as_data(row)
    level = _NOTHING if shown["level"] is None else str(shown["level"])
    return (
        printable(row.id).replace("\n", " ") or _NOTHING,
        shown["score"] or _NOTHING,
        level if row.outcome in ("rated", "refused") else row.outcome,
        printable(shown["term"]) if shown["term"] else _NOTHING,
        ", ".join(dict.fromkeys(refusal.code for refusal in row.refusals)) or _NOTHING,
        *(printable(shown["reported"].get(name) or _NOTHING) for name in reported),
    )


def _counts(outcomes: Counter[str], noun: tuple[str, str]) -> str:
    total = outcomes.total() - outcomes[NO_EXECUTIVE]
    said = [f"{outcomes['rated']} rated", f"{outcomes['not rated']} not rated", f"{outcomes['refused']} refused"]
    said += [f"{outcomes[WITHHELD]} withheld"] if outcomes[WITHHELD] else []
    counted = f"{total} {noun[total != 1]}: {', '.join(said)}"
    return f"{counted}\n{nobody_said(outcomes[NO_EXECUTIVE])}" if outcomes[NO_EXECUTIVE] else counted


def nobody_said(rows: int) -> str:
    """What every report says of rows that are no executive's."""
    return f"{NOBODY_NOT_COUNTED}: {rows:,}"
