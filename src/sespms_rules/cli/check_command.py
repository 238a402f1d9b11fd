"""`sespms check`: what is found in policies, and how they stand to the rules that bind them."""

from __future__ import annotations

from contextlib import redirect_stdout
from typing import TYPE_CHECKING

import click

from sespms_rules.checks.scenarios import SCENARIO_FAILS
from sespms_rules.cli.documents_written import write_page
from sespms_rules.cli.output import written_to
from sespms_rules.cli.output_kinds import PAGES, called
from sespms_rules.cli.policies import Compiled, compile_policies, policies_argument, sources_of
from sespms_rules.cli.printing import (
    echo_json,
    findings_as_data,
    format_option,
    has_errors,
    output_option,
    print_findings,
    print_json,
    print_provenance,
    provenance_as_data,
)
from sespms_rules.cli.reading_options import Reading, day_judged, reading_options
from sespms_rules.cli.register_options import KeptIn, kept_options, records_named, refuse_without_records
from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.values import replace
from sespms_rules.law.law_texts import LawTexts
from sespms_rules.law.provenance import Provenance, checked_against
from sespms_rules.law.verdict import Conformance, Verdict, VerdictKind
from sespms_rules.proofs.deciders import Deciders
from sespms_rules.proofs.effort import ABOUT_A_SECOND, THOROUGH
from sespms_rules.reports.findings import head
from sespms_rules.studies.checked import Checked, checked

if TYPE_CHECKING:
    from sespms_rules.review import Standing


@click.command("check")
@policies_argument
@click.option(
    "--baseline",
    metavar="EDITION",
    help="Check systems against this baseline alone: its name, or the name of its file.",
)
@reading_options(
    "Check systems against the editions of this day.",
    "Check too what an amendment makes of a system: a file, or a name; `A+B` for two together.",
)
@click.option(
    "--records",
    metavar="FOLDER|WORKBOOK|REGISTER",
    help="Judge the duties that only records show by a year on record, as of the day of `--as-of` or today.",
)
@kept_options
@click.option("--requirements", is_flag=True, help="Show each requirement with its verdict and the reasons.")
@click.option("--prove", is_flag=True, help="Take the time to prove or refute what a quick check leaves open.")
@click.option("--review", is_flag=True, help="Read as a reviewer: heed no `accepts`, prove all, miss no day or name.")
@click.option(
    "--fix", is_flag=True, help="Carry out the fixes that cannot alter what you meant, in the files themselves."
)
@click.option("--all", "every", is_flag=True, help="With `--fix` or `--diff`: the fixes that are proposals too.")
@click.option("--diff", is_flag=True, help="Show what `--fix` would change, and change nothing.")
@output_option
@format_option("text", "json", "sarif", "junit", "html", "docx", "pdf")
@click.pass_context
def command(
    ctx: click.Context,
    policies: tuple[str, ...],
    baseline: str | None,
    reading: Reading,
    records: str | None,
    requirements: bool,
    prove: bool,
    review: bool,
    fix: bool,
    every: bool,
    diff: bool,
    output: str | None,
    form: str,
    kept: KeptIn,
) -> None:
    """Check policies, also against the rules that bind them, and print what is found.

    What a policy brings of rules is never used; they come with the program and from `--law`. Ends with code 1 when any
    finding is an error, one in the records among them.
    """
    _refuse(len(set(policies)), form, (records, kept), baseline, reading)
    law = reading.law
    _carry_out_fixes(policies, law, fix=fix, every=every, diff=diff)
    compiled = compile_policies(policies, law, tell_editions=True, heed_accepts=not review, tried=reading.amendments)
    deciding = Deciders(THOROUGH if prove or review else ABOUT_A_SECOND)
    result = checked(
        *(compiled.compilations, compiled.diagnostics, law.library),
        baseline=baseline,
        as_of=reading.as_of,
        decide=deciding,
        review=review,
    )
    result = _with_moves(_judged_on_records(result, compiled, records, kept, reading), compiled, form)
    if form in PAGES:
        write_page(_page(compiled, result, deciding if prove or review else None, law), form, output, reading.as_of)
    else:
        standings = [_standing(each, result) for each in policies if review]
        _print((form, output), compiled, result, (requirements or review, reading.tells), standings)
    ctx.exit(int(result.has_errors))


def _with_moves(result: Checked, compiled: Compiled, form: str) -> Checked:
    """The result with whom each fix moves, where the form shows fixes."""
    if form not in ("text", "json") or not any(each.fixes for each in result.findings):
        return result
    from sespms_rules.authoring.moving import with_moves  # most policies have no fix to try

    return replace(result, findings=with_moves(result.findings, compiled.compilations))


def _refuse(policies: int, form: str, asked: tuple[str | None, KeptIn], baseline: str | None, reading: Reading) -> None:
    """Refuse a page about several policies, and what leaves open by which text or rules records are judged."""
    if form in PAGES and policies > 1:
        raise click.UsageError(f"a report in {called(form)} is about one policy, and {policies} were named")
    records, kept = asked
    if records is None:
        refuse_without_records(kept)
        return
    if policies > 1:
        raise click.UsageError(f"records are judged by one policy, and {policies} were named")
    if reading.amendments:
        raise click.UsageError("records are judged by the policy as it stands; leave out `--with` or `--records`")
    if baseline is not None:
        raise click.UsageError(
            "records are judged by all editions that count for their periods; leave out `--baseline` or `--records`"
        )


def _judged_on_records(
    result: Checked, compiled: Compiled, records: str | None, kept: KeptIn, reading: Reading
) -> Checked:
    """The result with its duties on records judged, where any are named; by a policy with faults none is."""
    if records is None:
        return result
    from sespms_rules.studies.on_records import judged_on_records  # records and their engine load only for this

    (one,) = compiled.compilations
    if _has_faults(list(compiled.diagnostics)):
        click.echo("sespms: the policy has errors, so no record was judged by it", err=True)
        return result
    if len(one.policy.systems) != 1:
        several = len(one.policy.systems)
        raise RequestError(f"records are judged by one system, and the policy holds {several}; use `sespms cycle`")
    day = day_judged(reading.as_of)
    judged, notice = judged_on_records(
        result, one, records_named(records, kept, "check"), reading.law.library, as_of=day
    )
    if notice:
        click.echo(f"sespms: {notice}", err=True)
    return judged


def _carry_out_fixes(policies: tuple[str, ...], law: LawTexts, *, fix: bool, every: bool, diff: bool) -> None:
    """Carry out or show the fixes that were asked for."""
    if every and not (fix or diff):
        raise click.UsageError("`--all` says which fixes are carried out; add `--fix`, or `--diff` to see them first")
    if fix or diff:
        from sespms_rules.cli.fixing import carry_out

        carry_out(policies, law, every=every, write=fix and not diff)


def _standing(policy: str, result: Checked) -> tuple[str, Standing]:
    """How what was found in a policy stands to the answers beside it."""
    from sespms_rules.review import answers_path, asked_of, read_answers, standing_of

    return policy, standing_of(asked_of(result), read_answers(answers_path(policy)))


def _print(
    to: tuple[str, str | None],
    compiled: Compiled,
    result: Checked,
    more: tuple[bool, bool],
    standings: list[tuple[str, Standing]],
) -> None:
    """Print the report in a form, into a file where one is named.

    `more` says for text whether each requirement and what it rests on are told.

    `standings` are those of the policies to the answers beside them, where it is a review.
    """
    form, output = to
    with written_to(output) as file, redirect_stdout(file):
        _print_to_standard_output(form, compiled, result, more, standings)


def _print_to_standard_output(
    form: str,
    compiled: Compiled,
    result: Checked,
    more: tuple[bool, bool],
    standings: list[tuple[str, Standing]],
) -> None:
    found, held = list(result.findings), list(result.conformance)
    provenance = checked_against(sources_of(compiled), held)
    if form == "json":
        _print_as_json(result, provenance, standings)
    elif form == "sarif":
        from sespms_rules.reports.findings import as_sarif

        echo_json(as_sarif(found, held, provenance))
    elif form == "junit":
        from sespms_rules.reports.findings import as_junit

        click.echo(as_junit([each.source.name for each in compiled.compilations], found, held, provenance))
    else:
        requirements, tells = more
        _print_text(found, held, requirements)
        for policy, standing in standings:
            click.echo(
                f"\nanswers to what is found in `{policy}`: {standing.said}; `sespms answer {policy}` shows them"
            )
        if requirements or tells:
            print_provenance(provenance)


def _print_as_json(result: Checked, provenance: Provenance, standings: list[tuple[str, Standing]]) -> None:
    from sespms_rules.cli.answer_reports import answers_as_data
    from sespms_rules.reports.findings import (
        held_as_json,
        requirements_as_json,
    )

    found, held = list(result.findings), list(result.conformance)
    print_json(
        "sespms-check/1",
        summary=head(found, held),
        **provenance_as_data(provenance),
        findings=findings_as_data(found),
        baseline=held_as_json(held),
        requirements=requirements_as_json(held),
        **({"answers": [answers_as_data(*each) for each in standings]} if standings else {}),
    )


def _page(compiled: Compiled, result: Checked, proved: Deciders | None, law: LawTexts) -> str:
    """The report on one policy; where proofs were asked for, with those that its verdicts rest on."""
    from sespms_rules.reports.findings import (
        NOTHING,
        as_html,
    )

    (one,) = compiled.compilations
    found, held = list(result.findings), list(result.conformance)
    proofs = NOTHING
    if proved is not None:
        from sespms_rules.cli.proving import as_section  # the solver is loaded only for this
        from sespms_rules.studies.proving import proved_by

        proofs = as_section(proved_by(one, proved, held, law.library))
    provenance = checked_against(sources_of(compiled), held)
    return as_html(one.source, one.policy.systems, found, held, proofs, provenance)


def _is_lacking(verdict: Verdict) -> bool:
    """Whether the law asks for something that the text does not say."""
    return verdict.fails and verdict.kind is VerdictKind.NOT_MET


def _has_faults(found: list[Diagnostic]) -> bool:
    """Whether anything but an example that fails keeps the policy from being used."""
    return has_errors(tuple(each for each in found if each.code != SCENARIO_FAILS.code))


def _print_text(found: list[Diagnostic], held: list[Conformance], requirements: bool) -> None:
    """Findings, then how each system stands; where asked for, each requirement."""
    from sespms_rules.reports.findings import (
        requirements_as_text,
        summary_as_text,
    )

    print_findings(found)
    # Of a policy with errors it is enough to say what is wrong with it; that an example fails is no fault of its text.
    told = [each for each in held if each.held or each.missing or not _has_faults(found)]
    if told:
        click.echo("\n" + summary_as_text(told))
    if told or any(each.guarantees for each in held):
        click.echo(f"\n{head(found, held)}")
    lacking = next((each.span.source.name for each in told for one in each.verdicts if _is_lacking(one)), None)
    if lacking is not None:
        click.echo(f"\n`sespms complete {lacking}` writes the sentences that the law asks for and the text lacks")
    if any(each.verdicts for each in told):
        more = "`--requirements` shows each requirement, and the versions and digests this rests on"
        click.echo("\n" + requirements_as_text(told) if requirements else more)
