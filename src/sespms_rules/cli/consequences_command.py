"""`sespms consequences`: what the ratings on record lead to, over years, under which sentence and law."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

import click

from sespms_rules.cli.cycle_reports import finding_as_data, finding_as_text, in_want, in_want_as_data
from sespms_rules.cli.output import written_to
from sespms_rules.cli.policies import compile_policies, policy_argument, provenance_on_records
from sespms_rules.cli.printing import (
    format_option,
    has_errors,
    output_option,
    print_findings,
    provenance_as_data,
    tell_nothing_done,
    write_json,
    write_provenance,
)
from sespms_rules.cli.reading_options import as_of_option, day_judged, law_option, provenance_option
from sespms_rules.cli.register_options import KeptIn, kept_options, records_named
from sespms_rules.foundation.diagnostic import Severity
from sespms_rules.foundation.letters import as_one_id
from sespms_rules.law.law_texts import LawTexts
from sespms_rules.records.consequences import Consequence, RatingOnRecord
from sespms_rules.records.findings import RecordFinding
from sespms_rules.studies.cycle import ExecutiveConsequences, YearConsequences, year_consequences


@click.command("consequences")
@policy_argument
@click.argument("records", metavar="FOLDER|WORKBOOK|REGISTER")
@click.option("--system", metavar="NAME", help="The system to judge by, where the policy holds several.")
@click.option("--id", "only", metavar="ID", help="Show one executive alone.")
@as_of_option("Judge as of this day; the default is today.")
@law_option
@provenance_option
@kept_options
@output_option
@format_option("text", "json")
@click.pass_context
def command(
    ctx: click.Context,
    policy: str,
    records: str,
    system: str | None,
    only: str | None,
    as_of: datetime.date | None,
    law: LawTexts,
    provenance: bool,
    output: str | None,
    form: str,
    kept: KeptIn,
) -> None:
    """Show what the annual ratings on record require, allow and bar.

    Ratings of earlier years stand in the table `acts` with their `period end`. What must follow has no day that the law
    sets; what is barred for a time is told with its first and last day. A record with a fault is told and leads to
    nothing, and what it may turn is said to be not known for sure. Ends with code 1 when a record has a fault, or
    something that must follow is not on record.
    """
    compiled = compile_policies([policy], law)
    if has_errors(compiled.diagnostics):
        print_findings(compiled.diagnostics)
        ctx.exit(tell_nothing_done("nothing was worked out"))
    day = day_judged(as_of)
    result = year_consequences(
        compiled.compilations[0], records_named(records, kept, "consequences"), law.library, as_of=day, system=system
    )
    found, told, unjudged = _shown(result, only)
    rests_on = provenance_on_records(compiled, result.basis)
    with written_to(output) as file:
        if form == "json":
            document = {"schema": "sespms-consequences/1", "as_of": day.isoformat(), **provenance_as_data(rests_on)}
            write_json(file, document | _as_data(found, told, unjudged))
        else:
            file.write("\n\n".join(_blocks(found, told, unjudged)) + "\n")
            if provenance:
                write_provenance(file, rests_on)
    missing = any(one.done is False for each in found for one in each.consequences)
    ctx.exit(int(missing or any(each.severity is Severity.ERROR for each in told)))


_Found = tuple[tuple[ExecutiveConsequences, ...], tuple[RecordFinding, ...], Mapping[str, str]]


def _shown(result: YearConsequences, only: str | None) -> _Found:
    """All, or what concerns one executive. Raises a usage error where the records hold no year of that id."""
    if only is None:
        return result.executives, result.findings, result.unjudged
    one = as_one_id(only)
    found = tuple(each for each in result.executives if as_one_id(each.id) == one)
    if not found:
        raise click.UsageError(f"there is no executive `{only}` whose year could be judged")
    return found, tuple(each for each in result.findings if as_one_id(each.executive) in ("", one)), {}


# ---- text ------------------------------------------------------------------------------------------


def _blocks(
    found: tuple[ExecutiveConsequences, ...], told: tuple[RecordFinding, ...], unjudged: Mapping[str, str]
) -> Iterator[str]:
    yield from map(finding_as_text, told)
    yield from ("\n".join(_lines(each)) for each in found)
    if unjudged:
        yield "\n".join(in_want(unjudged))


def _lines(executive: ExecutiveConsequences) -> Iterator[str]:
    ratings = ", ".join(_rated(each) for each in executive.ratings) or "no annual rating is on record"
    yield f"{executive.id} ({executive.appointment}): {ratings}{_change(executive.ratings)}"
    if executive.unsure:
        yield f"  not known for sure: {_joined(executive.unsure)}, so a rating or a consequence may be missing here"
    for each in executive.consequences:
        done = {None: "", True: "; it is on record", False: "; it is not on record, and no day is set"}[each.done]
        yield f"  {each.effect.value}: {each.what}{done}"
        if each.ratings:
            yield f"    rests on: {', '.join(_rated(one) for one in each.ratings)}"
        if each.unsure:
            yield f"    not known for sure: {_joined(each.unsure)}"
        cited = "; ".join(dict.fromkeys(one.citation for one in each.grounds if one.citation and one.confirmed))
        yield f"    by: {each.grounds[0].sentence}" + (f" ({cited})" if cited else "")
        if not each.confirmed:
            yield "    unconfirmed: the words of the law were recalled and not compared"
        if each.note:
            yield f"    note: {each.note}"


def _joined(clauses: tuple[str, ...]) -> str:
    return "; ".join(clauses)


def _rated(rating: RatingOnRecord) -> str:
    level = f"level {rating.level}" if rating.level is not None else "no level"
    return f"{level} in {rating.year}"


def _change(ratings: tuple[RatingOnRecord, ...]) -> str:
    levels = [each.level for each in ratings if each.level is not None]
    if len(levels) <= 1:
        return ""
    steps = levels[-1] - levels[-2]
    how = "the same as" if not steps else f"{abs(steps)} {'higher' if steps > 0 else 'lower'} than"
    return f"; {how} the one before"


# ---- JSON ------------------------------------------------------------------------------------------


def _as_data(
    found: tuple[ExecutiveConsequences, ...], told: tuple[RecordFinding, ...], unjudged: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "executives": [_data(each) for each in found],
        "findings": [finding_as_data(one) for one in told],
        "executives_not_judged": in_want_as_data(unjudged),
    }


def _data(executive: ExecutiveConsequences) -> dict[str, Any]:
    return {
        "id": executive.id,
        "appointment": executive.appointment,
        "ratings": [_rating_data(each) for each in executive.ratings],
        "consequences": [_consequence_data(each) for each in executive.consequences],
        "not_sure": list(executive.unsure),
    }


def _consequence_data(each: Consequence) -> dict[str, Any]:
    return {
        "effect": each.effect.value,
        "what": each.what,
        "on_record": each.done,
        "ratings": [_rating_data(one) for one in each.ratings],
        "grounds": [
            {"sentence": one.sentence, "text": one.text, "law": one.citation, "confirmed": one.confirmed}
            for one in each.grounds
        ],
        "confirmed": each.confirmed,
        "not_sure": list(each.unsure),
        "note": each.note or None,
    }


def _rating_data(rating: RatingOnRecord) -> dict[str, Any]:
    return {"year": rating.year, "level": rating.level, "day": rating.day.isoformat()}
