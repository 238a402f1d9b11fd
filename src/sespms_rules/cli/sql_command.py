"""`sespms sql`: a policy as SQL text for an agency's own warehouse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sespms_rules.cli.policies import compile_policies, policy_argument, provenance_of
from sespms_rules.cli.printing import has_errors, print_findings, print_provenance, tell_nothing_done
from sespms_rules.cli.reading_options import Reading
from sespms_rules.cli.text_options import text_options, used
from sespms_rules.foundation.spelling import backticked, listed
from sespms_rules.program.ir import Program
from sespms_rules.reports.findings import printable
from sespms_rules.rosters.files import APPOINTMENTS

if TYPE_CHECKING:
    from sespms_rules.engines.sql import OwnMember

_MOST_DECIMALS = 6
_UNTESTED = (
    "no test runs this text in `{}`: it was checked for its form alone; before you rely on it, compare some rows with"
    " `sespms rate`"
)


@click.command("sql")
@policy_argument
@click.option(
    "--dialect",
    default="duckdb",
    show_default=True,
    help="duckdb, postgres or spark; others, such as snowflake, are untested.",
)
@click.option("--table", default="roster", show_default=True, metavar="NAME", help="The table that holds the roster.")
@click.option("--check", is_flag=True, help="Print the query that looks for missing and wrong values instead.")
@click.option(
    "--decimals",
    type=click.IntRange(0, _MOST_DECIMALS),
    default=0,
    show_default=True,
    help="How many decimals weights and numbers have in the table.",
)
@click.option(
    "--like",
    metavar="ROSTER",
    help="A CSV, Excel or Parquet roster with the columns of the table, for a policy that needs one.",
)
@click.option("--system", metavar="NAME", help="The system to print, where the policy holds several.")
@text_options
@click.pass_context
def command(
    ctx: click.Context,
    policy: str,
    dialect: str,
    table: str,
    check: bool,
    decimals: int,
    like: str | None,
    system: str | None,
    reading: Reading,
) -> None:
    """Print a policy as one SQL query over a table in a warehouse.

    The table has the columns of a roster. The query gives each of its rows a level, and an exact score as a numerator
    over a denominator, or the codes of its refusals; it holds whole numbers only. `--check` prints a query that finds
    rows which cannot be rated.
    """
    compiled = compile_policies([policy], reading.law)
    if has_errors(compiled.diagnostics):
        print_findings(compiled.diagnostics, err=True)
        ctx.exit(tell_nothing_done("no query was written"))
    text = used(compiled.compilations[0], system, reading)
    if told := tuple(each for each in text.findings if each not in compiled.diagnostics):
        print_findings(told, err=True)
    if text.program is None:
        ctx.exit(1)
    _print_query(text.program, dialect, table, like, decimals, check=check)
    if reading.tells:
        print_provenance(provenance_of(compiled, reading, *text.texts), err=True)


def _print_query(program: Program, dialect: str, table: str, like: str | None, decimals: int, *, check: bool) -> None:
    """Print the query for a program. Raises a usage error where it cannot be said in SQL."""
    from sespms_rules.engines.sql import NotInSqlError, WarehouseSql, dialect_of, refuse_other_plans

    own = _own_members(Path(like), program) if like else ()
    try:
        refuse_other_plans(program, own)
        query = WarehouseSql(program, table, dialect, own, decimals)
        text = query.check() if check else query.rating()
    except NotInSqlError as fault:
        raise click.UsageError(f"{fault.message}; {fault.help}") from None
    if printable(text) != text:
        raise click.UsageError(
            f"a name or a word in `{program.name}` holds a sign that moves the cursor or turns the direction of a line,"
            " and such a text could read otherwise than it runs; take that sign out of the policy"
        )
    told = [printable(each) for each in (*_for_whom(program), *_of_which_sort(program, own))]
    for each in told:
        click.echo(f"-- {each}")
    click.echo(text)
    for each in told:
        click.echo(f"sespms: {each}", err=True)
    if not dialect_of(dialect).run:
        click.echo(f"sespms: {_UNTESTED.format(dialect)}", err=True)


def _for_whom(program: Program) -> Iterator[str]:
    """What the query leaves to whoever runs it: which rows are of executives whom the system is for.

    A name is put on one line, so that it ends no comment.
    """
    name = " ".join(program.name.split())
    chosen = "the query rates every row, so choose the rows first"
    if program.left_out:
        units = backticked(" ".join(unit.split()) for unit, _ in program.left_out)
        yield f"`{name}` leaves out the unit{'s' * (len(program.left_out) > 1)} {units}; {chosen}"
    if program.appointments and len(program.appointments) < len(APPOINTMENTS):
        yield f"`{name}` covers {listed(program.appointments)} executives alone; {chosen}"


def _of_which_sort(program: Program, own: Sequence[OwnMember]) -> Iterator[str]:
    """What the query takes for granted of elements that plans bring, for it asks no column which are critical."""
    named = {each.name for each in program.summary.members}
    other = [" ".join(each.path[0].split()) for each in own if not each.critical and each.path[0] not in named]
    if other:
        yield f"{backticked(other)} {'are' if len(other) > 1 else 'is'} taken for noncritical in every row"


def _own_members(path: Path, program: Program) -> tuple[OwnMember, ...]:
    """The elements and requirements that a roster has columns for, as its rows have them."""
    from sespms_rules.engines.sql import OwnMember
    from sespms_rules.rosters.files import members_of_plans

    return tuple(OwnMember(path, critical) for path, critical in members_of_plans(path, program))
