"""`sespms prove`: the guarantees of a policy and of its baseline, proved or refuted for every possible appraisal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from sespms_rules.api import stops_studies
from sespms_rules.cli.policies import compile_policies, policy_argument, program_of, provenance_of
from sespms_rules.cli.printing import (
    findings_as_data,
    format_option,
    has_errors,
    print_findings,
    print_json,
    print_provenance,
    provenance_as_data,
    tell_nothing_done,
    time_limit_option,
)
from sespms_rules.cli.proving import DOES_NOT_RUN, NOT_BINDING, WHAT_WAS_PROVED, as_section, coverage
from sespms_rules.cli.reading_options import Reading, reading_options
from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import replace
from sespms_rules.law.provenance import Provenance
from sespms_rules.pipeline import Compilation
from sespms_rules.proofs.guarantees import TIME_LIMIT, Asked, Counterexample, Established
from sespms_rules.proofs.solver import Status
from sespms_rules.reports.findings import file_name, printable
from sespms_rules.reports.rating_json import rated_as_data, rating_as_data
from sespms_rules.studies.amended_text import AMENDMENT_IN_FORCE, texts_side_by_side
from sespms_rules.studies.proving import Proved, amended_in, proved_under, read_guarantee, solver
from sespms_rules.studies.variants import Variant


@click.command("prove")
@policy_argument
@click.option("--guarantee", metavar="SENTENCE", help="Prove this sentence instead of those stated.")
@time_limit_option(TIME_LIMIT, "How much of the solver's work one proof may take, as seconds of a quiet machine.")
@click.option("--system", metavar="NAME", help="The system to prove, where the policy holds several; else all.")
@reading_options(
    "The text with the amendments in force on this day, and the guarantees that its editions ask for.",
    "Prove the text under an amendment: a file, or a name; `A+B` for two together, repeatable side by side.",
)
@format_option("text", "json", "html")
@click.pass_context
def command(
    ctx: click.Context,
    policy: str,
    guarantee: str | None,
    seconds: int,
    system: str | None,
    reading: Reading,
    form: str,
) -> None:
    """Prove or refute the guarantees of a policy and of the rules that bind it.

    A proof speaks of every plan the policy allows and every rating. The text is proved as it is written, or under each
    `--with`; where neither a day nor an amendment is named, so is what the amendments of the file make of it. Ends with
    code 1 when the policy has errors, or when a guarantee is refuted that it states, that you ask for, or that a rule
    asks which binds it.
    """
    asked = None if guarantee is None else _sentence(guarantee)
    compiled = compile_policies([policy], reading.law)
    findings = compiled.diagnostics
    compilation = compiled.compilations[0]
    stopped = _stops(compilation)
    if not stopped and not compilation.policy.systems:
        raise click.UsageError(f"`{policy}` has no system to prove anything of")
    results: list[Proved] = []
    texts: tuple[Source, ...] = ()
    if not stopped:
        variants, told, texts, unread = _texts(compilation, system, reading)
        results = [] if unread else proved_under(variants, asked, seconds, reading.law.library, reading.as_of)
        findings = (*findings, *(each for each in told if each not in findings))
    refuted = any(result.fails_by(each) for result in results for each in result.verdicts)
    provenance = replace(provenance_of(compiled, reading, *texts), judged=guarantee is None)
    if form == "json":
        data = [_as_data(result, each) for result in results for each in result.verdicts]
        told_of = provenance_as_data(provenance)
        print_json("sespms-prove/1", **told_of, solver=solver(), findings=findings_as_data(findings), verdicts=data)
    elif form == "html":
        _print_page(compilation, results, findings, provenance)
    else:
        _print_text(findings, results, provenance if reading.tells else None)
    ctx.exit(_code(findings, results, refuted=refuted))


def _code(findings: tuple[Diagnostic, ...], results: list[Proved], *, refuted: bool) -> int:
    """The exit code; where an error left nothing to prove, that is said."""
    if not results and has_errors(findings):
        return tell_nothing_done("nothing was proved")
    return int(has_errors(findings) or refuted)


def _stops(compilation: Compilation) -> bool:
    """Whether errors leave nothing to prove: of reading, or of a system itself.

    What an amendment of the file leaves, such as a gap, is told, and the text proved as it reads.
    """
    errors = [each for each in compilation.diagnostics if stops_studies((each,))]
    own = all(each.name in compilation.programs for each in compilation.policy.systems)
    return bool(errors) and (not own or any(each.is_of_reading for each in errors))


def _texts(
    compilation: Compilation, name: str | None, reading: Reading
) -> tuple[list[Variant], tuple[Diagnostic, ...], tuple[Source, ...], bool]:
    """The texts to prove, every system as it is where nothing else is said; what is told of them, and their files.

    Last, whether an amendment that is named cannot be read, so that nothing is proved.
    """
    names = [each.name for each in compilation.policy.systems if each.name in compilation.programs]
    if name is not None or reading.amendments:
        names = [program_of(compilation, name).name]
    made: list[Variant] = []
    told: list[Diagnostic] = []
    files: list[Source] = []
    unread = False
    for each in names:
        texts = texts_side_by_side(compilation, compilation.programs[each], reading.amendments, reading.as_of)
        made += texts.variants if reading.amendments else (texts.base,)
        told += (*texts.findings, *(one for variant in texts.variants for one in variant.findings))
        files += texts.texts
        unread = unread or bool(texts.unread)
    if name is None and not reading.amendments and reading.as_of is None:
        made += amended_in(compilation)
    return made, tuple(dict.fromkeys(told)), tuple(files), unread


def _of_texts(findings: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """What says which text is used; the rest is `check`'s to tell of a policy without errors."""
    return tuple(each for each in findings if each.code == AMENDMENT_IN_FORCE.code)


def _print_page(
    compilation: Compilation, results: list[Proved], findings: tuple[Diagnostic, ...], provenance: Provenance
) -> None:
    """The page, or nothing; findings stand on standard error."""
    if stops_studies(findings):
        print_findings(findings, err=True)
        if not results:
            return
    elif has_errors(findings):
        click.echo("an example of the policy fails; `sespms test` shows it", err=True)
    if (told := _of_texts(findings)) and not stops_studies(findings):
        print_findings(told, err=True)
    click.echo(_page(compilation, results, provenance), nl=False)


def _print_text(findings: tuple[Diagnostic, ...], results: list[Proved], provenance: Provenance | None) -> None:
    if shown := findings if has_errors(findings) else _of_texts(findings):
        print_findings(shown)
        click.echo()
    told_of = ("\n".join(_lines(result)) for result in results)
    click.echo(printable("\n\n".join(told_of)), nl=bool(results))
    if provenance is not None:
        print_provenance(provenance)


def _sentence(text: str) -> Asked:
    """Read a guarantee from the command line. Raises a usage error for what is none."""
    try:
        return read_guarantee(text)
    except RequestError as fault:
        raise click.BadParameter(str(fault), param_hint="--guarantee") from None


def _page(compilation: Compilation, results: list[Proved], provenance: Provenance) -> str:
    """The proofs as one page, which names the file without its folders."""
    from sespms_rules.reports.charts import page, section
    from sespms_rules.reports.provenance_html import HEADING, as_html

    name = file_name(compilation.source.name)
    names = " and ".join(each.system + (f", as amended by {each.under}" if each.under else "") for each in results)
    parts = [section("proved", WHAT_WAS_PROVED, as_section(results)), section("basis", HEADING, as_html(provenance))]
    return page(f"{WHAT_WAS_PROVED} of {names or name}", parts, f"Policy file: {name}")


# ---- text ------------------------------------------------------------------------------------------


def _lines(result: Proved) -> Iterator[str]:
    yield f'system "{result.system}"' + (f' under amendment "{result.under}"' if result.under else "")
    if not result.runs:
        yield f"ATTENTION: {DOES_NOT_RUN}"
    yield ""
    for place, each in enumerate(result.verdicts):
        if place and result.verdicts[place - 1].counterexamples:
            yield ""
        yield f"{each.status.value:<10} {each.asked.words}"
        yield f"           {_how(each)}"
        if each.status is Status.REFUTED and not result.fails_by(each):
            yield f"           {NOT_BINDING}"
        others = [by for by in each.asked.by if by != result.system]
        if others:
            yield f"           asked for by {', '.join(others)}"
        for example in each.counterexamples:
            yield ""
            yield from (f"    {line}" for line in _example(example))
    if not result.verdicts:
        yield "there is no guarantee to prove: state some under `guarantees`, or ask with `--guarantee`"
        return
    yield ""
    yield from _totals(result)


def _how(each: Established) -> str:
    return f"{each.why} (read in the policy)" if each.inspected else each.why


def _example(example: Counterexample) -> Iterator[str]:
    if example.scenario is not None:
        yield from example.scenario.splitlines()
        return
    for each in example.appraisal.elements:
        weight = "" if each.weight is None else f", weight {exact(each.weight)}"
        rated = "not rated" if each.rating is None else f"rated {exact(each.rating)}"
        yield f"{each.name}: {rated}{weight}"
    level = example.rating.level
    yield f"gives {example.rating.outcome.value if level is None else f'level {level}'}"


def _totals(result: Proved) -> Iterator[str]:
    counts = {status: sum(each.status is status for each in result.verdicts) for status in Status}
    told = ", ".join(f"{count} {status.value}" for status, count in counts.items())
    yield f"{len(result.verdicts)} guarantee{'' if len(result.verdicts) == 1 else 's'}: {told}"
    yield coverage(result.covered)
    if any(each.counterexamples for each in result.verdicts):
        yield "each counterexample was rated by the reference engine before it was shown"


# ---- data ------------------------------------------------------------------------------------------


def _as_data(result: Proved, each: Established) -> dict[str, Any]:
    return {
        "system": result.system,
        "amendment": result.under,
        "guarantee": each.asked.words,
        "asked_by": list(each.asked.by),
        "verdict": each.status.value,
        "fails": result.fails_by(each),
        "runs": result.runs,
        "why": each.why,
        "how": "inspected" if each.inspected else "solved",
        "counterexample": _example_as_data(each.counterexamples) if each.counterexamples else None,
        "seconds": each.milliseconds / 1000,
        "covers": {"plans": result.covered.plans, "appraisals": result.covered.appraisals},
    }


def _example_as_data(examples: tuple[Counterexample, ...]) -> dict[str, Any]:
    scenarios = [example.scenario for example in examples if example.scenario is not None]
    appraisals = [
        {
            "elements": [rated_as_data(each) for each in example.appraisal.elements],
            **rating_as_data(example.rating),
        }
        for example in examples
    ]
    return {"appraisals": appraisals, "scenario": "\n\n".join(scenarios) or None}
