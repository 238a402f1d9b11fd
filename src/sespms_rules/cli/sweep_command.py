"""`sespms sweep`: how a population would be distributed as figures of a policy change, and what would reach a goal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sespms_rules.cli.policies import compile_policies, policy_argument, program_of
from sespms_rules.cli.printing import format_option, has_errors, print_findings
from sespms_rules.rosters.files import APPOINTMENTS, open_roster
from sespms_rules.rosters.population import LEAST

if TYPE_CHECKING:
    from sespms_rules.language.model import System
    from sespms_rules.program.ir import Program
    from sespms_rules.program.rating import Appraisal
    from sespms_rules.studies.sweep import Found


@click.command("sweep")
@policy_argument
@click.argument("roster", metavar="ROSTER")
@click.option(
    "--vary",
    multiple=True,
    metavar="WORDS",
    help="What to vary: 'cut of level 5 from 470 to 490 by 5'. Several make every combination.",
)
@click.option(
    "--until", metavar="GOAL", help="Find the least change that meets 'at most 30 percent at level 4 or above'."
)
@click.option("--only", multiple=True, type=click.Choice(APPOINTMENTS), help="Count only executives so appointed.")
@click.option("--system", metavar="NAME", help="The system to rate by, where the policy holds several.")
@click.option("--least", type=click.IntRange(2), default=LEAST, show_default=True, help="The smallest count on a page.")
@click.option("--full", is_flag=True, help="Show every count on a page, small ones too. Not for sharing.")
@click.option("--output", metavar="FILE", help="Write the result to a file instead.")
@format_option("text", "json", "csv", "html")
@click.pass_context
def command(
    ctx: click.Context,
    policy: str,
    roster: str,
    vary: tuple[str, ...],
    until: str | None,
    only: tuple[str, ...],
    system: str | None,
    least: int,
    full: bool,
    output: str | None,
    form: str,
) -> None:
    """See how the executives of a roster would be distributed as figures of the policy change.

    Cuts, points, limits on weights and roundings can be varied. `--format html` writes a page with pictures, on which
    small counts are withheld. Ends with code 1 when a goal cannot be met.
    """
    from sespms_rules.studies.sweep import AskingError

    compiled = compile_policies([policy])
    if compiled.diagnostics:
        print_findings(compiled.diagnostics, err=True)
    if has_errors(compiled.diagnostics):
        ctx.exit(1)
    compilation = compiled.compilations[0]
    program = program_of(compilation, system)
    text = next(each for each in compilation.policy.systems if each.name == program.name)
    try:
        found = _found(text, program, Path(roster), vary, until, only)
    except AskingError as fault:
        raise click.UsageError(f"{fault.message}; {fault.help}") from None
    _write(found, form, None if full else least, output)
    met = found.reached is None or found.reached.met_now or found.reached.variant is not None
    ctx.exit(int(not met))


def _found(
    system: System, program: Program, roster: Path, vary: tuple[str, ...], until: str | None, only: tuple[str, ...]
) -> Found:
    """Read the roster and work everything out; raises AskingError and, for a roster with errors, UsageError."""
    from sespms_rules.rosters.population import levels_of, synthetic_remark
    from sespms_rules.studies.sweep import (
        AskingError,
        Found,
        by_single_steps,
        can_vary,
        finer,
        least_change,
        read_goal,
        read_varied,
        sweep,
    )

    if not vary:
        raise AskingError("nothing is varied", f"say what with `--vary`; this policy has\n{can_vary(program)}")
    varied = [read_varied(program, words) for words in vary]
    goal = None if until is None else read_goal(until, levels_of(program))
    appraisals, unread = _counted(program, roster, only)
    made = sweep(program, appraisals, varied)
    remark = synthetic_remark(appraisals)
    if goal is None:
        return Found(made, unread, remark, None, None)
    reached = least_change(goal, made, system)
    between = finer(made, reached)
    closer = None
    if between is not None:
        all_between = sweep(program, appraisals, [between])
        closer = (all_between, least_change(goal, all_between, system))
    return Found(made, unread, remark, goal, reached, by_single_steps(made), closer)


def _counted(program: Program, roster: Path, only: tuple[str, ...]) -> tuple[list[Appraisal], int]:
    """Whom the sweep counts, and how many rows could not be read. Raises AskingError where there is nobody."""
    from sespms_rules.studies.sweep import AskingError

    opened = open_roster(roster, program)
    if opened.findings:
        print_findings(opened.findings, err=True)
    if has_errors(opened.findings):
        raise AskingError("the roster has errors, so nobody was counted", "correct them and try again")
    rows = list(opened.rows)
    read = [row.appraisal for row in rows if row.appraisal is not None]
    appraisals = [each for each in read if not only or each.appointment in only]
    if not appraisals:
        raise AskingError("there is nobody to count", "see that the roster has rows of executives so appointed")
    return appraisals, len(rows) - len(read)


def _write(found: Found, form: str, least: int | None, output: str | None) -> None:
    from sespms_rules.cli.output import written_to
    from sespms_rules.reports.findings import json_text
    from sespms_rules.studies.sweep import (
        as_data,
        as_page,
        as_text,
        write_csv,
    )

    with written_to(output) as file:
        if form == "csv":
            write_csv(found, file)
        elif form == "json":
            data = {"schema": "sespms-sweep/1", **as_data(found)}
            file.write(json_text(data, indent=2, encoding=getattr(file, "encoding", None)) + "\n")
        else:
            file.write(as_text(found) if form == "text" else as_page(found, least))
