"""`sespms baseline`: the editions of rules that systems are held to, and what changed between two of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import click

from sespms_rules.cli.baseline_diff import diff, edition_row
from sespms_rules.cli.printing import format_option, print_json, print_provenance, provenance_as_data
from sespms_rules.cli.reading_options import as_day, law_option, provenance_option
from sespms_rules.cli.strict_group import StrictGroup
from sespms_rules.language.model import Baseline, Requirement
from sespms_rules.law.edition_index import every_edition
from sespms_rules.law.editions import days_of, file_of, followed_only
from sespms_rules.law.exporting import edition_as_data
from sespms_rules.law.law_texts import LawTexts
from sespms_rules.law.named_editions import edition_named
from sespms_rules.law.periods import Period, applying
from sespms_rules.law.periods import period as period_between
from sespms_rules.law.provenance import of_editions
from sespms_rules.reports.findings import printable


@click.group("baseline", cls=StrictGroup)
def command() -> None:
    """Show the editions of rules that systems are held to."""


# ---- list ----------------------------------------------------------------------------------------


def as_period(ctx: click.Context, param: click.Parameter, value: tuple[str, str] | None) -> Period | None:
    """Read the first and the last day of a period. Raises a usage error where they make none."""
    if value is None:
        return None
    start, end = (as_day(ctx, param, each) for each in value)
    if start is None or end is None:
        return None
    try:
        return period_between(start, end)
    except ValueError as error:
        raise click.BadParameter(str(error), ctx, param) from None


@command.command("list")
@click.option(
    "--period",
    nargs=2,
    metavar="START END",
    callback=as_period,
    help="Only the editions that records of this appraisal period are judged by, and why.",
)
@law_option
@provenance_option
@format_option("text", "json")
def list_editions(period: Period | None, law: LawTexts, provenance: bool, form: str) -> None:
    """List all editions that come with the program, and those of the folders named with `--law`."""
    editions = every_edition(law.library)
    reasons: dict[int, str] = {}
    if period is not None:
        applies = applying(editions, period)
        editions = tuple(each.edition for each in applies)
        reasons = {id(each.edition): each.why for each in applies}
    if form == "json":
        told = [edition_row(each) | ({"why": reasons[id(each)]} if reasons else {}) for each in editions]
        print_json("sespms-baseline-list/1", **provenance_as_data(of_editions(editions)), editions=told)
        return
    for edition in editions:
        first, last = days_of(edition.head.sentences)
        days = f"in force from {first}" + (f" to {last}" if last else "") if first else "first day in force not stated"
        follower = followed_only(edition)
        bound = f"; for systems that follow `{follower}`" if follower else ""
        click.echo(printable(f"{file_of(edition)}"))
        click.echo(printable(f"  {edition.name}, {days}: {_counted(edition)}{bound}"))
        if reasons:
            click.echo(f"  {reasons[id(edition)]}")
    if provenance:
        print_provenance(of_editions(editions))


def _counted(edition: Baseline) -> str:
    count = len(edition.requirements)
    return f"{count} requirement{'' if count == 1 else 's'}"


# ---- show ----------------------------------------------------------------------------------------


@command.command("show")
@click.argument("edition")
@click.option("--as-of", metavar="DATE", callback=as_day, help="The edition in force on this day.")
@law_option
@provenance_option
@format_option("text", "json")
def show(edition: str, as_of: datetime.date | None, law: LawTexts, provenance: bool, form: str) -> None:
    """Show the requirements of an edition.

    EDITION is the name of a baseline, or an edition as `sespms baseline list` names it.
    """
    found = edition_named(law.library, edition, as_of)
    if form == "json":
        requirements = [_requirement_data(each) for each in found.requirements]
        rests_on = provenance_as_data(of_editions([found]))
        print_json("sespms-baseline-show/1", **rests_on | edition_row(found) | {"requirements": requirements})
        return
    click.echo("\n\n".join("\n".join(_requirement(each)) for each in found.requirements))
    if provenance:
        print_provenance(of_editions([found]))


def _requirement(requirement: Requirement) -> Iterator[str]:
    yield printable(f"{requirement.citation}: {requirement.title}")
    for each in requirement.sentences:
        yield printable(f"  {each.origin.span.words}")


def _requirement_data(requirement: Requirement) -> dict[str, Any]:
    sentences = [each.origin.span.words for each in requirement.sentences]
    return {"citation": requirement.citation, "title": requirement.title, "sentences": sentences}


# ---- export --------------------------------------------------------------------------------------


@command.command("export")
@law_option
def export(law: LawTexts) -> None:
    """Write all editions as one JSON document, for other programs.

    docs/schemas/baseline-export.schema.json says what stands in it.
    """
    editions = every_edition(law.library)
    told = [edition_as_data(each) for each in editions]
    print_json("sespms-baseline-export/1", **provenance_as_data(of_editions(editions)), editions=told)


command.add_command(diff)
