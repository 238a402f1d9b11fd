"""`sespms cohort`: a roster of invented executives whose levels follow a published distribution."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from sespms_rules.cli.policies import compile_policies, policy_argument, program_of
from sespms_rules.cli.printing import WORKBOOK, format_option, has_errors, output_option, print_findings

if TYPE_CHECKING:
    from sespms_rules.program.ir import Program
    from sespms_rules.rosters.synthetic import Cohort, Published

_MOST = 1_000_000


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


@click.command("cohort")
@policy_argument
@click.option("--executives", type=click.IntRange(1, _MOST), metavar="N", help="How many; as published if left out.")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="The same seed, the same roster.")
@click.option(
    "--distribution", default="fy2016", show_default=True, metavar="NAME", help="Which distribution to follow."
)
@click.option(
    "--list", is_flag=True, expose_value=False, is_eager=True, callback=_listed, help="Show the distributions."
)
@click.option("--system", metavar="NAME", help="The system to make plans for, where the policy holds several.")
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
    output: str | None,
    form: str,
) -> None:
    """Make a roster of invented executives, in CSV or as a workbook.

    Their plans keep the limits of the policy, and their summary levels follow a published distribution exactly, as
    far as the policy can give these levels. Every row is marked: its id begins with `synthetic-`, its unit is
    `Synthetic`.
    """
    from sespms_rules.rosters.synthetic import CohortError, allocated, make_cohort

    compiled = compile_policies([policy])
    if compiled.diagnostics:
        print_findings(compiled.diagnostics, err=True)
    if has_errors(compiled.diagnostics):
        ctx.exit(1)
    compilation = compiled.compilations[0]
    program = program_of(compilation, system)
    chosen = _chosen(distribution)
    number = executives or chosen.total
    if number is None:
        raise click.UsageError(f"`{chosen.name}` was published in shares alone; say how many with `--executives`")
    model = next(each for each in compilation.policy.systems if compilation.programs.get(each.name) is program)
    try:
        cohort = make_cohort(model, program, allocated(chosen, number), seed)
    except CohortError as fault:
        raise click.UsageError(f"{fault.message}; {fault.help}") from None
    _write(program, cohort, form, output)
    for line in _told(cohort, chosen, seed):
        click.echo(f"sespms: {line}", err=True)


def _write(program: Program, cohort: Cohort, form: str, output: str | None) -> None:
    from sespms_rules.cli.output import binary, written_to
    from sespms_rules.reports.workbook import Sheet, write_table, write_workbook
    from sespms_rules.rosters.synthetic import roster_table

    sheet = Sheet("Roster", *roster_table(program, cohort.appraisals))
    with written_to(output) as file:
        if form == WORKBOOK:
            write_workbook([sheet], binary(file))
        else:
            write_table(sheet, file)


def _chosen(name: str) -> Published:
    from sespms_rules.rosters.synthetic import published, published_distributions

    try:
        return published(name)
    except KeyError:
        known = ", ".join(f"`{each.name}`" for each in published_distributions())
        raise click.UsageError(f"there is no distribution `{name}`; there are {known}") from None


def _told(cohort: Cohort, chosen: Published, seed: int) -> Iterator[str]:
    """What was made, in words."""
    levels = ", ".join(f"level {level} {count:,}" for level, count in cohort.levels)
    yield f"{len(cohort.appraisals):,} synthetic executives by {chosen.name}, seed {seed}: {levels}"
    yield f"{chosen.name} is {chosen.provenance}: {chosen.remark}"
    for level in cohort.unreached:
        meant = dict(cohort.meant)[level]
        yield f"no appraisal at level {level} was found; its {meant:,} executives have the nearest level that was"
