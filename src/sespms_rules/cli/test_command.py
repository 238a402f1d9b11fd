"""`sespms test`: the scenarios in policies, each with what it expects and what it got."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from sespms_rules.api import stops_studies
from sespms_rules.checks.scenarios import ScenarioResult
from sespms_rules.cli.policies import Compiled, compile_policies, policies_argument, provenance_of
from sespms_rules.cli.printing import (
    findings_as_data,
    format_option,
    has_errors,
    print_findings,
    print_json,
    print_provenance,
    provenance_as_data,
)
from sespms_rules.cli.reading_options import Reading, law_option, provenance_option
from sespms_rules.law.law_texts import LawTexts
from sespms_rules.reports.findings import printable
from sespms_rules.reports.rating_json import refusal_as_data


@click.command("test")
@policies_argument
@click.option("--mutate", is_flag=True, help="Change every line a little, and show which changes nothing notices.")
@click.option("--suggest", is_flag=True, help="Print the fewest scenarios that would notice those changes.")
@law_option
@provenance_option
@format_option("text", "json")
@click.pass_context
def command(
    ctx: click.Context,
    policies: tuple[str, ...],
    mutate: bool,
    suggest: bool,
    law: LawTexts,
    provenance: bool,
    form: str,
) -> None:
    """Run the scenarios in policies.

    Ends with code 1 when a scenario fails or a policy has errors, and with `--mutate` or `--suggest` also when a
    change goes unnoticed.
    """
    compiled = compile_policies(policies, law)
    if mutate or suggest:
        failed = _changed(compiled, law, form, listed=mutate, suggesting=suggest)
        _tell_provenance(compiled, law, form, provenance)
        ctx.exit(int(failed))
    results = [result for each in compiled.compilations for result in each.scenarios]
    if form == "json":
        print_json(
            "sespms-test/1",
            **_rests_on(compiled, law),
            findings=findings_as_data(compiled.diagnostics),
            scenarios=[_as_data(result) for result in results],
        )
    else:
        if compiled.diagnostics:
            print_findings(compiled.diagnostics)
            click.echo()
        for paragraph in _paragraphs(results):
            click.echo(paragraph)
        click.echo(_counted(compiled, results))
    _tell_provenance(compiled, law, form, provenance)
    failed = has_errors(compiled.diagnostics) or not all(result.passed for result in results)
    ctx.exit(int(failed))


def _rests_on(compiled: Compiled, law: LawTexts) -> dict[str, Any]:
    return provenance_as_data(provenance_of(compiled, Reading(law)))


def _tell_provenance(compiled: Compiled, law: LawTexts, form: str, wanted: bool) -> None:
    """Say below a text what it rests on, where that is asked."""
    if wanted and form == "text":
        print_provenance(provenance_of(compiled, Reading(law)))


def _changed(compiled: Compiled, law: LawTexts, form: str, *, listed: bool, suggesting: bool) -> bool:
    """Report on changes of policies; say whether one has errors or a change that nothing notices.

    Beside scenarios to paste, what is found in the policies goes to standard error.
    """
    from sespms_rules.cli import mutation_reports as reports  # the solver is loaded only where it is used
    from sespms_rules.studies.mutation import measure, suggest

    if stops_studies(compiled.diagnostics):
        if form == "json":
            told = findings_as_data(compiled.diagnostics)
            print_json("sespms-mutation/1", **_rests_on(compiled, law), findings=told, policies=[])
        else:
            print_findings(compiled.diagnostics, err=suggesting)
            click.echo("nothing was changed, because the policy has errors", err=suggesting)
        return True
    measured = [measure(each) for each in compiled.compilations]
    suggested = [suggest(each) if suggesting else None for each in measured]
    if form == "json":
        data = [reports.as_data(*pair) for pair in zip(measured, suggested, strict=True)]
        told = findings_as_data(compiled.diagnostics)
        print_json("sespms-mutation/1", **_rests_on(compiled, law), findings=told, policies=data)
    else:
        if has_errors(compiled.diagnostics):
            print_findings(compiled.diagnostics, err=suggesting)
            click.echo("\nan example that fails notices nothing; the others were tried\n", err=suggesting)
        for each, compilation, found in zip(measured, compiled.compilations, suggested, strict=True):
            several = len(compilation.policy.systems) > 1
            for line in reports.as_text(each, found, listed=listed, several=several):
                click.echo(printable(line))
    return has_errors(compiled.diagnostics) or any(each.score not in (None, 1) for each in measured)


def _as_data(result: ScenarioResult) -> dict[str, Any]:
    data: dict[str, Any] = {
        "name": result.name,
        "passed": result.passed,
        "expected": result.expected,
        "got": result.got,
    }
    refused = result.rating.refused if result.rating else ()
    data["refused"] = [refusal_as_data(each) for each in refused]
    return data


def _paragraphs(results: list[ScenarioResult]) -> Iterator[str]:
    """One line a scenario; below one that failed because it was refused, the reasons in full."""
    from sespms_rules.reports.findings import refusal_as_text

    for result in results:
        if result.passed:
            yield printable(f"passed  {result.name}: {result.got}")
        else:
            yield printable(f"failed  {result.name}: expected {result.expected}, got {result.got}")
            for refusal in result.rating.refused if result.rating else ():
                yield f"\n{refusal_as_text(refusal)}\n"


def _counted(compiled: Compiled, results: list[ScenarioResult]) -> str:
    """The last line: how many passed and failed, or why none was run."""
    passed = sum(result.passed for result in results)
    if results:
        noun = "scenario" if len(results) == 1 else "scenarios"
        return f"{len(results)} {noun}: {passed} passed, {len(results) - passed} failed"
    policies = [each.policy for each in compiled.compilations]
    stated = any(each.scenarios for policy in policies for each in policy.systems)
    stated |= any(each.scenarios for policy in policies for each in policy.amendments)
    if stated and has_errors(compiled.diagnostics):
        return "no scenario was run, because the policy has errors"
    return "there is no scenario"
