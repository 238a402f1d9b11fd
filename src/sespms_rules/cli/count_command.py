"""`sespms count`: how many of all possible appraisals end at each level, by each line, with each defect."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import click

from sespms_rules.checks.by_trial import without_rounding
from sespms_rules.checks.scenarios import SCENARIO_FAILS
from sespms_rules.cli.policies import compile_policies, policy_argument, program_of, provenance_of
from sespms_rules.cli.printing import (
    findings_as_data,
    format_option,
    has_errors,
    print_findings,
    print_json,
    print_provenance,
    provenance_as_data,
)
from sespms_rules.cli.reading_options import Reading
from sespms_rules.cli.text_options import texts_options
from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.language.model import System
from sespms_rules.pipeline import Compilation, program_as_read
from sespms_rules.program.ir import Program, WholeWeights
from sespms_rules.program.rating import Appraisal
from sespms_rules.proofs.guarantees import scenario_of
from sespms_rules.reports.findings import printable
from sespms_rules.studies.amended_text import texts_side_by_side
from sespms_rules.studies.exhaustive import (
    Noticed,
    NotWalkable,
    Tally,
    noticed,
    tally,
)
from sespms_rules.studies.variants import Variant

_AS_IT_READS = "the policy has errors, which `sespms check` shows; what it computes as it reads was counted"


class _Text(Frozen):
    """A system as it is used or tried: the name of the amendments, if any, its program, and what was found in it."""

    system: str
    under: str | None
    program: Program | None
    findings: tuple[Diagnostic, ...]


class _Counted(Frozen):
    """A system with its program, its tally, or why there is none."""

    system: str
    under: str | None
    program: Program | None
    tally: Tally | None
    noticed: tuple[Noticed, ...]
    why: str
    help: str


@click.command("count")
@policy_argument
@click.option(
    "--whole-weights", is_flag=True, help="Count as if every weight were a whole number, where the policy does not say."
)
@click.option("--system", metavar="NAME", help="The system to count, where the policy holds several; else all.")
@texts_options
@format_option("text", "json")
@click.pass_context
def command(
    ctx: click.Context,
    policy: str,
    whole_weights: bool,
    system: str | None,
    reading: Reading,
    form: str,
) -> None:
    """Count every possible appraisal: by level, by the line that decides, and by what is worth a look.

    An appraisal is a plan the policy allows, with a rating for each element. Nothing is sampled or estimated. The text
    is counted as it is written, or under each `--with`. Ends with code 1 when the policy has errors that keep it from
    being counted, has more appraisals than can be counted, or an example that fails: that is told above the counts.
    """
    compiled = compile_policies([policy], reading.law)
    texts, told, files = _texts(compiled.compilations[0], system, reading)
    provenance = provenance_of(compiled, reading, *files)
    findings = tuple(dict.fromkeys((*compiled.diagnostics, *told, *(one for each in texts for one in each.findings))))
    found = [_count(each, findings, whole_weights) for each in texts]
    failed = has_errors(findings) and all(each.tally is None for each in found)
    failing = [each for each in compiled.diagnostics if each.code == SCENARIO_FAILS.code]
    if not failed and not found:
        raise click.UsageError(f"`{policy}` has no system to count the appraisals of")
    if form == "json":
        data = [_as_data(each) for each in found]
        told_of = provenance_as_data(provenance)
        print_json("sespms-count/1", **told_of, findings=findings_as_data(findings), systems=data)
    else:
        shown = findings if failed else (*told, *(each for each in failing if each not in told))
        if shown:
            print_findings(shown)
            click.echo()
        for place, each in enumerate(found):
            click.echo(printable("\n".join([*([""] if place else []), *_lines(each)])))
        if reading.tells:
            print_provenance(provenance)
    if not failed and any(each.severity is Severity.ERROR and each not in failing for each in compiled.diagnostics):
        click.echo(f"sespms: {_AS_IT_READS}", err=True)
    ctx.exit(int(failed or bool(failing) or any(each.tally is None for each in found)))


def _texts(
    compilation: Compilation, name: str | None, reading: Reading
) -> tuple[list[_Text], tuple[Diagnostic, ...], tuple[Source, ...]]:
    """The texts to count, what is told of dated amendments, and the files of those that are used.

    Without amendments every system as it is, also one with a gap or an overlap, so that these can be counted.
    """
    systems = compilation.policy.systems
    if name is not None or reading.amendments:
        chosen = program_of(compilation, name) if compilation.programs else None
        systems = tuple(each for each in systems if chosen is not None and each.name == chosen.name)
    made: list[_Text] = []
    told: tuple[Diagnostic, ...] = ()
    files: tuple[Source, ...] = ()
    for each in systems:
        program = compilation.programs.get(each.name)
        if program is None:
            made.append(_Text(each.name, None, _as_read(compilation, each), ()))
            continue
        texts = texts_side_by_side(compilation, program, reading.amendments, reading.as_of)
        told, files = (*told, *texts.findings), (*files, *texts.texts)
        counted = texts.variants if reading.amendments and texts.base.program else (texts.base,)
        made += (_Text(each.name, _under(one), one.as_read(), one.findings) for one in counted)
    return made, told, files


def _under(variant: Variant) -> str | None:
    return variant.name or " + ".join(variant.amendments) or None


def _count(text: _Text, findings: tuple[Diagnostic, ...], whole_weights: bool) -> _Counted:
    program = text.program
    if program is None:
        return _Counted(text.system, text.under, None, None, (), "it has errors", "`sespms check` shows them")
    if whole_weights and program.summary.weighted:
        stage = program.summary
        program = replace(program, summary=replace(stage, limits=(*stage.limits, WholeWeights())))
    # What check found is of the text as it is written, and of the weights that it allows.
    checked = None if text.under or whole_weights else findings
    try:
        found = tally(program, against=without_rounding(program))
    except NotWalkable as fault:
        return _Counted(text.system, text.under, program, None, (), fault.why, fault.help)
    return _Counted(text.system, text.under, program, found, tuple(noticed(found, checked)), "", "")


def _as_read(compilation: Compilation, system: System) -> Program | None:
    """What a system with errors computes; None where the text could not be understood."""
    misread = any(each.severity is Severity.ERROR and each.is_of_reading for each in compilation.diagnostics)
    return None if misread else program_as_read(system)


# ---- text ------------------------------------------------------------------------------------------


def _lines(counted: _Counted) -> Iterator[str]:
    yield f'system "{counted.system}"' + (f' under amendment "{counted.under}"' if counted.under else "")
    yield ""
    if counted.tally is None or counted.program is None:
        yield f"not counted: {counted.why}"
        yield f"  help: {counted.help}"
        return
    found = counted.tally
    yield _domain(found)
    if not found.domain.appraisals:
        return
    if not found.lines:
        yield "the policy states no line that gives a level, so only the plans and the ratings are counted"
        return
    yield ""
    terms = dict(counted.program.terms)
    rows = [(f"level {level}  {terms.get(level, '')}".rstrip(), cases) for level, cases in found.levels]
    rows += [("not rated", found.not_rated)] if found.not_rated else []
    left = found.domain.appraisals - sum(cases for _, cases in rows)
    rows += [("no level", left)] if left else []
    yield from _table(rows, found.domain.appraisals)
    yield ""
    yield "by the line that decides"
    words = [(each.row.origin.span.text or f"a line for level {each.level}", each.cases) for each in found.lines]
    if found.unrated_lines:
        said = " or ".join(f"`{row.origin.span.text}`" for row in found.unrated_lines if row.origin.span.text)
        one = len(found.unrated_lines) == 1
        words.append((said.strip("`") if one else said or "lines for not rated", found.not_rated))
    yield from (f"  {line}" for line in _table(words, found.domain.appraisals))
    if counted.noticed:
        yield ""
        yield "worth a look"
        for each in counted.noticed:
            yield f"  {each.code} {each.name}: {each.says}"
            scenario = _scenario(counted.program, each)
            yield from (f"      {line}" for line in scenario.splitlines() if scenario)


def _domain(found: Tally) -> str:
    size = found.domain
    plans = "1 plan" if size.plans == 1 else f"{size.plans:,} plans"
    if size.appraisals == 0:
        return "no appraisal is possible: no plan keeps the limits"
    if size.plans * size.vectors * size.facts == size.appraisals:
        ways = "1 way" if size.vectors == 1 else f"{size.vectors:,} ways"
        each = "each rated" if size.plans > 1 else "rated"
        known = f", for each of {size.facts:,} combinations of facts" if size.facts > 1 else ""
        return f"{size.appraisals:,} possible appraisals: {plans}, {each} in {ways}{known}"
    if size.facts > 1:
        return f"{size.appraisals:,} possible appraisals under {plans}, for {size.facts:,} combinations of facts"
    return f"{size.appraisals:,} possible appraisals under {plans} of several sizes"


def _table(rows: list[tuple[str, int]], whole: int) -> Iterator[str]:
    wide = max(len(words) for words, _ in rows)
    long = max(len(f"{cases:,}") for _, cases in rows)
    for words, cases in rows:
        yield f"{words:<{wide}}  {f'{cases:,}':>{long}}  {_share(cases, whole):>8}"


def _share(cases: int, whole: int) -> str:
    """A share in percent, to two decimals; what is more than nothing and less than that is said to be less."""
    hundredths = (Fraction(cases, whole) * 10_000 + Fraction(1, 2)).__floor__()
    if cases and not hundredths:
        return "< 0.01 %"
    return f"{hundredths // 100}.{hundredths % 100:02} %"


def _scenario(program: Program, each: Noticed) -> str:
    if each.example is None:
        return ""
    return scenario_of(f"Counted: {each.says}", each.example, _rating(program, each.example), program) or ""


def _rating(program: Program, appraisal: Appraisal) -> Any:
    from sespms_rules.engines.reference import rate

    return rate(program, appraisal, trace=False)


# ---- data ------------------------------------------------------------------------------------------


def _as_data(counted: _Counted) -> dict[str, Any]:
    found = counted.tally
    if found is None or counted.program is None:
        return {
            "system": counted.system,
            "amendment": counted.under,
            "counted": False,
            "why": counted.why,
            "help": counted.help,
        }
    program = counted.program
    return {
        "system": counted.system,
        "amendment": counted.under,
        "counted": True,
        "plans": found.domain.plans,
        "vectors": found.domain.vectors,
        "facts": found.domain.facts,
        "appraisals": found.domain.appraisals,
        "levels": [{"level": level, "cases": cases} for level, cases in found.levels],
        "not_rated": found.not_rated,
        "not_rated_lines": [row.origin.span.text for row in found.unrated_lines],
        "lines": [
            {"line": each.row.origin.span.text, "override": each.override, "level": each.level, "cases": each.cases}
            for each in found.lines
        ],
        "refused": [{"code": each.code, "cases": each.cases} for each in found.refusals],
        "weakest": [{"level": each.level, "weakest": each.weakest, "cases": each.cases} for each in found.weakest],
        "noticed": [
            {
                "code": each.code,
                "name": each.name,
                "cases": each.cases,
                "says": each.says,
                "scenario": _scenario(program, each) or None,
            }
            for each in counted.noticed
        ],
    }
