"""`sespms cohort`: a roster of invented executives whose levels follow a published distribution."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

import click

from sespms_rules.cli.output_kinds import WORKBOOK
from sespms_rules.cli.policies import compile_policies, policy_argument, provenance_of
from sespms_rules.cli.printing import (
    format_option,
    has_errors,
    notes_option,
    output_option,
    print_findings,
    print_provenance,
    tell_notes,
    tell_nothing_done,
    tell_of_policy,
)
from sespms_rules.cli.reading_options import Reading
from sespms_rules.cli.text_options import text_options, used

if TYPE_CHECKING:
    from sespms_rules.language.model import System
    from sespms_rules.law.provenance import Provenance
    from sespms_rules.program.ir import Program
    from sespms_rules.rosters.synthetic import Cohort, Published

_MOST = 1_000_000

_Pairs = tuple[tuple[str, Fraction], ...]
_Asked = tuple[_Pairs, _Pairs, tuple[str, ...], tuple[tuple[str, str], ...], tuple[str, ...]]


def _listed(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    """Print the distributions and end."""
    del param
    if not value or ctx.resilient_parsing:
        return
    from sespms_rules.foundation.origin import exact
    from sespms_rules.rosters.synthetic import published_distributions

    for each in published_distributions():
        unit = "" if each.counts else " %"
        levels = ", ".join(f"level {level} {exact(number)}{unit}" for level, number in each.levels)
        click.echo(f"{each.name}: {each.title}")
        click.echo(f"  {levels}")
        click.echo(f"  {each.provenance}: {each.remark}")
        click.echo(f"  {each.source}")
    ctx.exit()


def _pairs(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> _Pairs:
    """`NAME=NUMBER`, each name once. Raises a usage error for anything else."""
    from sespms_rules.rosters.files import NumberFault, read_number

    pairs: dict[str, Fraction] = {}
    for each in value:
        name, sign, written = each.rpartition("=")
        if not sign or not name.strip():
            raise click.BadParameter(f"`{each}` is not a name and a number; write it like `Results=40`", ctx, param)
        number = read_number(written)
        if isinstance(number, NumberFault):
            raise click.BadParameter(f"{number.says}; {number.help}", ctx, param)
        if name.strip() in pairs:
            raise click.BadParameter(f"`{name.strip()}` is given twice; keep one", ctx, param)
        pairs[name.strip()] = number
    return tuple(pairs.items())


def _facts(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """`NAME=VALUE`, each name once. Raises a usage error for anything else."""
    pairs: dict[str, str] = {}
    for each in value:
        name, sign, written = (part.strip() for part in each.partition("="))
        if not (sign and name and written):
            raise click.BadParameter(f"`{each}` is not a fact; write it like `position type=general`", ctx, param)
        if name in pairs:
            raise click.BadParameter(f"`{name}` is given twice; keep one", ctx, param)
        pairs[name] = written
    return tuple(pairs.items())


def _units(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """The names of units, each once. Raises a usage error for an empty one."""
    if any(not each.strip() for each in value):
        raise click.BadParameter("a unit needs a name; write it like `--unit North`", ctx, param)
    return tuple(dict.fromkeys(each.strip() for each in value))


def _appointments(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """Kinds of appointment in the words of the language, each once. Raises a usage error for another."""
    from sespms_rules.rosters.files import APPOINTMENTS, read_appointment

    found: dict[str, None] = {}
    for each in value:
        appointment, fault = read_appointment(each, "")
        if appointment is None:
            help = fault.help if fault else f"write one of {', '.join(APPOINTMENTS)}"
            raise click.BadParameter(f"`{each}` is not a kind of appointment; {help}", ctx, param)
        found[appointment] = None
    return tuple(found)


@click.command("cohort")
@policy_argument
@click.option("--executives", type=click.IntRange(1, _MOST), metavar="N", help="How many; as published if left out.")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="The same seed, the same roster.")
@click.option(
    "--distribution",
    default="fy2016",
    show_default=True,
    metavar="NAME",
    help="Which distribution to follow, or one of your own: `5=12,4=40,3=48`.",
)
@click.option(
    "--list", is_flag=True, expose_value=False, is_eager=True, callback=_listed, help="Show the distributions."
)
@click.option("--system", metavar="NAME", help="The system to make plans for, where the policy holds several.")
@click.option(
    "--weight", "weights", multiple=True, callback=_pairs, metavar="ELEMENT=NUMBER", help="A weight in every plan."
)
@click.option(
    "--additional",
    multiple=True,
    callback=_pairs,
    metavar="NAME=NUMBER",
    help="An additional rating of everyone, instead of one drawn from its range.",
)
@click.option(
    "--fact",
    "facts",
    multiple=True,
    callback=_facts,
    metavar="NAME=VALUE",
    help="A fact about everyone, instead of one drawn from what it can be.",
)
@click.option(
    "--unit", "units", multiple=True, callback=_units, metavar="NAME", help="A unit; repeated, each is as likely."
)
@click.option(
    "--appointment",
    "appointments",
    multiple=True,
    callback=_appointments,
    metavar="KIND",
    help="How executives are appointed; repeated, each is as likely. All are career if left out.",
)
@text_options
@notes_option
@output_option
@format_option("csv", WORKBOOK)
@click.pass_context
def command(
    ctx: click.Context,
    policy: str,
    executives: int | None,
    seed: int,
    distribution: str,
    system: str | None,
    weights: _Pairs,
    additional: _Pairs,
    units: tuple[str, ...],
    facts: tuple[tuple[str, str], ...],
    appointments: tuple[str, ...],
    reading: Reading,
    notes: bool,
    output: str | None,
    form: str,
) -> None:
    """Make a roster of invented executives, in CSV or as a workbook.

    Each plan that the policy allows is as likely as each other, and the levels follow a distribution exactly, as far as
    the policy can give them. Every row is marked: its id begins with `synthetic-`, its unit with `Synthetic`.
    """
    compiled = compile_policies([policy], reading.law)
    unshown = tell_of_policy(compiled.diagnostics, notes=notes)
    if has_errors(compiled.diagnostics):
        ctx.exit(tell_nothing_done("no cohort was made"))
    text = used(compiled.compilations[0], system, reading)
    if told := tuple(each for each in text.findings if each not in compiled.diagnostics):
        print_findings(told, err=True)
    if text.program is None or text.system is None:
        ctx.exit(1)
    chosen, asked = _chosen(distribution, text.program), (weights, additional, units, facts, appointments)
    cohort = _made(text.system, text.program, chosen, executives, seed, asked)
    rests_on = provenance_of(compiled, reading, *text.texts)
    _write(text.program, cohort, form, output, rests_on)
    for line in _told(cohort, chosen, seed):
        click.echo(f"sespms: {line}", err=True)
    tell_notes(unshown)
    if reading.tells:
        print_provenance(rests_on, err=True)


def _made(
    system: System, program: Program, chosen: Published, executives: int | None, seed: int, asked: _Asked
) -> Cohort:
    """The roster. Raises a usage error where it cannot be made."""
    from sespms_rules.rosters.synthetic import Asked, CohortError, allocated, make_cohort

    number = executives or chosen.total
    if number is None:
        raise click.UsageError(f"`{chosen.name}` says shares alone; say how many with `--executives`")
    if number > _MOST:
        raise click.UsageError(
            f"`{chosen.name}` is of {number:,} executives, and a roster is made for at most {_MOST:,}"
        )
    try:
        return make_cohort(system, program, allocated(chosen, number), seed, Asked(*asked))
    except CohortError as fault:
        raise click.UsageError(f"{fault.message}; {fault.help}") from None


def _write(program: Program, cohort: Cohort, form: str, output: str | None, rests_on: Provenance) -> None:
    from sespms_rules.cli.output import binary, written_to
    from sespms_rules.reports.rating_sheets import provenance_sheet
    from sespms_rules.reports.workbook import Sheet, write_table, write_workbook
    from sespms_rules.rosters.synthetic import roster_table

    sheet = Sheet("Roster", *roster_table(program, cohort.appraisals))
    with written_to(output) as file:
        if form == WORKBOOK:
            write_workbook([sheet, provenance_sheet(rests_on)], binary(file))
        else:
            write_table(sheet, file)


def _own(written: str, program: Program) -> Published:
    """The distribution of `5=12,4=40,3=48`. Raises a usage error for what is none, and for an unknown level."""
    from sespms_rules.foundation.spelling import listed
    from sespms_rules.rosters.files import NumberFault, read_number
    from sespms_rules.rosters.synthetic import own_distribution

    levels = [level for level, _ in program.terms]
    found: dict[int, Fraction] = {}
    for each in written.split(","):
        name, _, number = (part.strip() for part in each.partition("="))
        level, share = read_number(name.lower().removeprefix("level ")), read_number(number)
        if isinstance(level, NumberFault) or isinstance(share, NumberFault) or share < 0:
            says = f"`{each.strip()}` is not a level and how many stand at it; write it like `5=12,4=40,3=48`"
            raise click.UsageError(says)
        if level not in levels:
            there = listed(str(one) for one in levels)
            raise click.UsageError(f"`{program.name}` has no level `{name}`; its levels are {there}")
        if int(level) in found:
            raise click.UsageError(f"level {int(level)} is given twice in `{written}`; keep one")
        found[int(level)] = share
    if not sum(found.values()):
        raise click.UsageError(f"nobody stands at any level of `{written}`; give at least one level a number")
    return own_distribution(found)


def _chosen(name: str, program: Program) -> Published:
    from sespms_rules.rosters.synthetic import published, published_distributions

    if "=" in name:
        return _own(name, program)
    try:
        return published(name)
    except KeyError:
        known = ", ".join(f"`{each.name}`" for each in published_distributions())
        yours = "or give one of your own, as in `5=12,4=40,3=48`"
        raise click.UsageError(f"there is no distribution `{name}`; there are {known}, {yours}") from None


def _told(cohort: Cohort, chosen: Published, seed: int) -> Iterator[str]:
    """What was made, in words."""
    levels = ", ".join(f"level {level} {count:,}" for level, count in cohort.levels)
    yield f"{len(cohort.appraisals):,} synthetic executives by {chosen.name}, seed {seed}: {levels}"
    yield f"{chosen.name} is {chosen.provenance}: {chosen.remark}"
    for level in cohort.unreached:
        meant = dict(cohort.meant)[level]
        yield f"no appraisal at level {level} was found; its {meant:,} executives have the nearest level that was"
