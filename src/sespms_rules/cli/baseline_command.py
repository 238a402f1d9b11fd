"""`sespms baseline`: the editions of rules that systems are held to, and what changed between two of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import click

from sespms_rules.cli.check_command import as_day
from sespms_rules.cli.policies import compile_policies
from sespms_rules.cli.printing import format_option, has_errors, print_findings, print_json
from sespms_rules.cli.strict_group import StrictGroup
from sespms_rules.language.model import Baseline, Requirement, System
from sespms_rules.language.resolution import FolderLibrary
from sespms_rules.law.deciding import decider
from sespms_rules.law.differing import Difference, Turn, differences, turns
from sespms_rules.law.edition_index import every_edition
from sespms_rules.law.editions import days_of, file_of, followed_only, why_unaffected
from sespms_rules.law.named_editions import edition_named
from sespms_rules.law.periods import Period, applying
from sespms_rules.law.periods import period as period_between
from sespms_rules.law.verdict import Verdict
from sespms_rules.pipeline import Compilation, program_as_read
from sespms_rules.reports.findings.display import printable


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
@format_option("text", "json")
def list_editions(period: Period | None, form: str) -> None:
    """List all editions that come with the program."""
    editions = every_edition(FolderLibrary())
    reasons: dict[int, str] = {}
    if period is not None:
        applies = applying(editions, period)
        editions = tuple(each.edition for each in applies)
        reasons = {id(each.edition): each.why for each in applies}
    if form == "json":
        told = [_edition_data(each) | ({"why": reasons[id(each)]} if reasons else {}) for each in editions]
        print_json("sespms-baseline-list/1", editions=told)
        return
    for edition in editions:
        first, last = days_of(edition.head.sentences)
        days = f"from {first}" + (f" to {last}" if last else "") if first else "no day stated"
        follower = followed_only(edition)
        bound = f"; for systems that follow `{follower}`" if follower else ""
        click.echo(printable(f"{file_of(edition)}"))
        click.echo(printable(f"  {edition.name}, in force {days}: {_counted(edition)}{bound}"))
        if reasons:
            click.echo(f"  {reasons[id(edition)]}")


def _counted(edition: Baseline) -> str:
    count = len(edition.requirements)
    return f"{count} requirement{'' if count == 1 else 's'}"


def _edition_data(edition: Baseline) -> dict[str, Any]:
    first, last = days_of(edition.head.sentences)
    return {
        "id": file_of(edition),
        "kind": edition.kind.value,
        "name": edition.name,
        "in_force_from": first.isoformat() if first else None,
        "in_force_to": last.isoformat() if last else None,
        "for_systems_that_follow": followed_only(edition),
        "requirements": len(edition.requirements),
    }


# ---- show ----------------------------------------------------------------------------------------


@command.command("show")
@click.argument("edition")
@click.option("--as-of", metavar="DATE", callback=as_day, help="The edition in force on this day.")
@format_option("text", "json")
def show(edition: str, as_of: datetime.date | None, form: str) -> None:
    """Show the requirements of an edition.

    EDITION is the name of a baseline, or an edition as `sespms baseline list` names it.
    """
    found = edition_named(FolderLibrary(), edition, as_of)
    if form == "json":
        requirements = [_requirement_data(each) for each in found.requirements]
        print_json("sespms-baseline-show/1", **_edition_data(found) | {"requirements": requirements})
        return
    click.echo("\n\n".join("\n".join(_requirement(each)) for each in found.requirements))


def _requirement(requirement: Requirement) -> Iterator[str]:
    yield printable(f"{requirement.citation}: {requirement.title}")
    for each in requirement.sentences:
        yield printable(f"  {' '.join(each.origin.span.text.split())}")


def _requirement_data(requirement: Requirement) -> dict[str, Any]:
    sentences = [" ".join(each.origin.span.text.split()) for each in requirement.sentences]
    return {"citation": requirement.citation, "title": requirement.title, "sentences": sentences}


# ---- diff ----------------------------------------------------------------------------------------


@command.command("diff")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.argument("policies", nargs=-1, metavar="[POLICY…]")
@format_option("text", "json")
@click.pass_context
def diff(ctx: click.Context, before: str, after: str, policies: tuple[str, ...], form: str) -> None:
    """Show what changed from edition A to edition B, and which of these policies it affects.

    A policy is affected when a requirement stands otherwise under B than under A.
    """
    library = FolderLibrary()
    earlier, later = edition_named(library, before, None), edition_named(library, after, None)
    compiled = compile_policies(policies) if policies else None
    if compiled and has_errors(compiled.diagnostics):
        print_findings(compiled.diagnostics, err=form == "json")
        ctx.exit(1)
    found = differences(earlier, later)
    editions = every_edition(library)
    affected = [
        (
            each,
            system,
            turns(system, earlier, later, editions, decider(system, each.programs.get(system.name)), program_as_read),
        )
        for each in (compiled.compilations if compiled else ())
        for system in each.policy.systems
    ]
    if form == "json":
        _print_as_json(earlier, later, found, affected)
    else:
        _print_as_text(earlier, later, found, affected)


Affected = list[tuple[Compilation, System, tuple[Turn, ...]]]


def _print_as_json(before: Baseline, after: Baseline, found: tuple[Difference, ...], affected: Affected) -> None:
    print_json(
        "sespms-baseline-diff/1",
        before=_edition_data(before),
        after=_edition_data(after),
        requirements=[
            {
                "citation": each.citation,
                "title": each.title,
                "change": each.kind.value,
                "gone": list(each.gone),
                "new": list(each.new),
            }
            for each in found
        ],
        policies=[
            {
                "path": compilation.source.name,
                "system": system.name,
                "affected": bool(turned),
                "why_not": _why_unaffected(system, before, after),
                "requirements": [
                    {"citation": each.citation, "before": _kind(each.before), "after": _kind(each.after)}
                    for each in turned
                ],
            }
            for compilation, system, turned in affected
        ],
    )


def _why_unaffected(system: System, before: Baseline, after: Baseline) -> str:
    """Why neither edition is asked of a system; empty where one is."""
    reasons = (why_unaffected(system, before), why_unaffected(system, after))
    return "; ".join(dict.fromkeys(reasons)) if all(reasons) else ""


def _print_as_text(before: Baseline, after: Baseline, found: tuple[Difference, ...], affected: Affected) -> None:
    for each in found:
        click.echo(printable(f"{each.kind}: {each.citation}, {each.title}"))
        for words in each.gone:
            click.echo(printable(f"  - {words}"))
        for words in each.new:
            click.echo(printable(f"  + {words}"))
    click.echo(f"{len(found)} requirement{'' if len(found) == 1 else 's'} differ{'s' if len(found) == 1 else ''}")
    for compilation, system, turned in affected:
        told = f"affected in {len(turned)}" if turned else "not affected"
        why = _why_unaffected(system, before, after)
        told += f": {why}" if why else ""
        click.echo(printable(f"\n{compilation.source.name}, `{system.name}`: {told}"))
        for turn in turned:
            click.echo(printable(f"  {turn.citation}: {_told(turn.before)} before, {_told(turn.after)} after"))


def _kind(verdict: Verdict | None) -> str | None:
    return verdict.kind.value if verdict else None


def _told(verdict: Verdict | None) -> str:
    return verdict.kind.said if verdict else "not asked"
