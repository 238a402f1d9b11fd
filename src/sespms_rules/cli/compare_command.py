"""`sespms compare`: two systems by what they do to every possible appraisal, not by their text."""

from __future__ import annotations

import datetime
from typing import Any

import click

from sespms_rules.cli.compare_subjects import CompareRequest, Named, subjects
from sespms_rules.cli.output import binary, written_to
from sespms_rules.cli.output_kinds import PAGES, WORKBOOK
from sespms_rules.cli.printing import (
    findings_as_data,
    format_option,
    has_errors,
    output_option,
    print_findings,
    provenance_as_data,
    tell_nothing_done,
    time_limit_option,
)
from sespms_rules.cli.rating_reports import rests_on
from sespms_rules.cli.reading_options import as_day, law_option, provenance_option, with_option
from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.law.law_texts import LawTexts
from sespms_rules.law.provenance import Provenance, bound_by
from sespms_rules.reports.findings import as_text as findings_as_text
from sespms_rules.reports.findings import json_text, printable
from sespms_rules.reports.rating_sheets import provenance_sheet
from sespms_rules.reports.workbook import write_table, write_workbook
from sespms_rules.studies.amended_text import AMENDMENT_IN_FORCE
from sespms_rules.studies.comparison import (
    TIME_LIMIT,
    BadMappingError,
    Comparison,
    CountedApart,
    DifferentElementsError,
    NotComparableError,
    Subject,
    as_data,
    as_text,
    compare,
    counted_apart,
    data_of_apart,
    sheet_of,
    text_of_apart,
)

_WITH_ERRORS = (
    "As amended the system has the errors above and would not be run. It is compared all the same: an appraisal that"
    " gets no level under it is counted as refused."
)
_BETWEEN = f"\n\n{'=' * 80}\n\n"


def _as_days(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[datetime.date, ...]:
    return tuple(day for each in values if (day := as_day(ctx, param, each)) is not None)


def _as_pairs(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    pairs = []
    for each in values:
        here, sign, there = each.partition("=")
        if not sign or not here.strip() or not there.strip():
            raise click.BadParameter(f"`{each}` maps nothing; write `Old element=New element`", ctx, param)
        pairs.append((here.strip(), there.strip()))
    return tuple(pairs)


@click.command("compare")
@click.argument("policies", nargs=-1, required=True, metavar="OLD [NEW]")
@with_option("Compare with OLD under an amendment: a file, or a name; `A+B` for two together, repeatable.")
@click.option("--as-of", "days", multiple=True, metavar="DATE", callback=_as_days, help="Twice: OLD on two days.")
@click.option("--system", "systems", multiple=True, metavar="NAME", help="The system of OLD, then that of NEW.")
@click.option(
    "--map",
    "mapping",
    multiple=True,
    metavar="'OLD=NEW'",
    callback=_as_pairs,
    help="An element of OLD and the one of NEW that stands for it.",
)
@law_option
@provenance_option
@time_limit_option(TIME_LIMIT, "How much of the solver's work one question may take, as seconds of a quiet machine.")
@output_option
@format_option("text", "json", "csv", WORKBOOK, "html", "docx", "pdf")
@click.pass_context
def command(
    ctx: click.Context,
    policies: tuple[str, ...],
    amendments: tuple[str, ...],
    days: tuple[datetime.date, ...],
    systems: tuple[str, ...],
    mapping: tuple[tuple[str, str], ...],
    law: LawTexts,
    provenance: bool,
    seconds: int,
    output: str | None,
    form: str,
) -> None:
    """Compare two systems by behaviour.

    OLD and NEW are policy files; NEW may be an amendment of OLD. Says whether the new system is stricter, looser,
    neither or the same, who moves among all possible appraisals, and which sentences cause it. That the systems
    differ is no error: the command ends with code 1 only when a policy has errors. Errors that an amendment brings
    are shown, and the systems compared where both can be read.
    """
    named = subjects(CompareRequest(policies, amendments, days, systems))
    basis = bound_by(named.texts(), named.systems(), law.library)
    counts = form in (*PAGES, "text", "json")
    found = [_compared(*pair, mapping, seconds, counts=counts) for pair in named.pairs]
    if form in PAGES:
        _write_report(named, found, basis, form, output)
    elif form not in ("text", "json"):
        _write_tables(named, found, basis, form, output)
    else:
        if form == "text" and not has_errors(named.diagnostics) and (told := _dated(named)):
            print_findings(told, err=True)
        report = _json(named, found, basis) if form == "json" else _text(named, found, basis if provenance else None)
        with written_to(output) as file:
            file.write(report + "\n")
    if not found and has_errors(named.diagnostics):
        tell_nothing_done("nothing was compared")
    ctx.exit(int(not found or has_errors(named.diagnostics)))


def _data(each: Comparison | CountedApart) -> dict[str, Any]:
    return as_data(each) if isinstance(each, Comparison) else data_of_apart(each)


def _said(each: Comparison | CountedApart) -> str:
    return as_text(each) if isinstance(each, Comparison) else text_of_apart(each)


def _json(named: Named, found: list[Comparison | CountedApart], basis: Provenance) -> str:
    told = _data(found[0]) if len(found) == 1 else {"comparisons": [_data(each) for each in found]}
    head = {"schema": "sespms-compare/1", **provenance_as_data(basis), "findings": findings_as_data(named.diagnostics)}
    return json_text({**head, **(told if found else {"verdict": None})}, indent=2)


def _text(named: Named, found: list[Comparison | CountedApart], basis: Provenance | None) -> str:
    parts = [findings_as_text(named.diagnostics)] if has_errors(named.diagnostics) else []
    parts += [_WITH_ERRORS] if parts and found else []
    parts += [printable(_BETWEEN.join(map(_said, found)))] if found else []
    parts += [rests_on(basis).strip()] if basis is not None else []
    return "\n\n".join(parts)


def _dated(named: Named) -> tuple[Diagnostic, ...]:
    """What became of the amendments that say when they are in force."""
    return tuple(each for each in named.diagnostics if each.code == AMENDMENT_IN_FORCE.code)


def _write_report(
    named: Named, found: list[Comparison | CountedApart], basis: Provenance, form: str, output: str | None
) -> None:
    """A page or a document, or nothing where nothing was compared; findings stand on standard error."""
    from sespms_rules.cli.documents_written import write_document
    from sespms_rules.documents import comparison_report

    errors = [each for each in named.diagnostics if each.severity is Severity.ERROR]
    if told := named.diagnostics if errors else _dated(named):
        print_findings(told, err=True)
    if found:
        said = [f"{each.message} ({each.code})" for each in errors]
        write_document(comparison_report(found, basis, errors=said), form, output)


def _write_tables(
    named: Named, counted: list[Comparison | CountedApart], basis: Provenance, form: str, output: str | None
) -> None:
    """A table, or nothing where nothing was compared; findings and their errors stand on standard error."""
    if told := named.diagnostics if has_errors(named.diagnostics) else _dated(named):
        print_findings(told, err=True)
    found = [each for each in counted if isinstance(each, Comparison)]
    apart = [each for each in counted if not isinstance(each, Comparison)]
    if apart:
        raise click.UsageError(f"{apart[0].why}; `--format text` and `json` count each system by itself")
    if not found:
        return
    with written_to(output) as file:
        if form == WORKBOOK:
            write_workbook([sheet_of(found), provenance_sheet(basis)], binary(file))
        else:
            write_table(sheet_of(found), file)


def _compared(
    old: Subject, new: Subject, mapping: tuple[tuple[str, str], ...], seconds: int, *, counts: bool
) -> Comparison | CountedApart:
    """Compare two systems, or count each by itself where one of them rates more elements than the other.

    A table shows no `counts`, and asks for none.
    """
    try:
        return compare(old, new, mapping, seconds)
    except BadMappingError as fault:
        raise click.BadParameter(str(fault), param_hint="--map") from None
    except DifferentElementsError as fault:
        if not (fault.only_old and fault.only_new):
            return counted_apart(old, new, fault.message, counts=counts)
        here, there = fault.only_old[0], fault.only_new[0]
        cure = f'say which stand for each other with `--map`, for instance `--map "{here}={there}"`'
        raise click.UsageError(f"{fault.message}; {cure}") from None
    except NotComparableError as fault:
        raise click.UsageError(f"{fault.message}; {fault.help}") from None
