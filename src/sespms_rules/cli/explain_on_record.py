"""`sespms explain --records`: how the annual rating of one executive came about, from the acts on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sespms_rules.cli.documents_written import refuse_letterhead, write_document
from sespms_rules.cli.output import written_to
from sespms_rules.cli.output_kinds import PAGES
from sespms_rules.cli.policies import Compiled, provenance_on_records
from sespms_rules.cli.reading_options import Reading, day_judged
from sespms_rules.cli.register_options import KeptIn, records_named
from sespms_rules.foundation.diagnostic import Severity
from sespms_rules.foundation.values import Frozen, field

if TYPE_CHECKING:
    from sespms_rules.documents import Letterhead  # it loads all of Word's format
    from sespms_rules.studies.rating_history import RatingHistory


class OnRecord(Frozen):
    """What is asked of records: which, of whom, by which system; and how it is written."""

    records: str
    key: str
    kept: KeptIn
    system: str | None
    form: str
    output: str | None = field(default=None)
    letterhead: Letterhead | None = field(default=None)


def explain_on_record(asked: OnRecord, compiled: Compiled, reading: Reading) -> int:
    """Write how the rating came about; return the exit code: 1 where a record has a fault or a duty is broken.

    Raises a usage error for amendments, and otherwise as `rating_history` does.
    """
    if reading.amendments:
        raise click.UsageError("records are explained by the policy as it stands; leave out `--with` or `--records`")
    from sespms_rules.studies.rating_history import rating_history  # records load pydantic, and a roster needs none

    told = rating_history(
        compiled.compilations[0],
        records_named(asked.records, asked.kept, "explain"),
        reading.law.library,
        asked.key,
        as_of=day_judged(reading.as_of),
        system=asked.system,
    )
    if told.notice:
        click.echo(f"sespms: {told.notice}", err=True)
    _write(told, asked, compiled, reading)
    found = (*told.findings, *told.standing.findings)
    return int(any(each.severity is Severity.ERROR for each in found))


def _write(told: RatingHistory, asked: OnRecord, compiled: Compiled, reading: Reading) -> None:
    refuse_letterhead(asked.form, asked.letterhead)
    rests_on = provenance_on_records(compiled, told.basis)
    if asked.form in PAGES:
        from sespms_rules.cli.history_document import as_letter

        write_document(as_letter(told, rests_on), asked.form, asked.output, letterhead=asked.letterhead)
        return
    from sespms_rules.cli.history_reports import write_history

    with written_to(asked.output) as file:
        write_history(file, told, rests_on, asked.form, tells=reading.tells)
