"""`sespms count`: how many of all possible appraisals end at each level, by each line, with each defect."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import click

from sespms_rules.checks.by_trial import without_rounding
from sespms_rules.cli.policies import compile_policies, policy_argument
from sespms_rules.cli.printing import findings_as_data, format_option, has_errors, print_findings, print_json
from sespms_rules.foundation.diagnostic import Severity
from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.language.model import System
from sespms_rules.pipeline import Compilation, program_as_read
from sespms_rules.program.ir import Program, WholeWeights
from sespms_rules.program.rating import Appraisal
from sespms_rules.proofs.guarantees import scenario_of
from sespms_rules.reports.findings import printable
from sespms_rules.studies.exhaustive import (
    Noticed,
    NotWalkable,
    Tally,
    noticed,
    tally,
)


class _Counted(Frozen):
    """A system with its program, its tally, or why there is none."""

    system: str
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
@format_option("text", "json")
@click.pass_context
def command(ctx: click.Context, policy: str, whole_weights: bool, form: str) -> None:
    """Count every possible appraisal: by level, by the line that decides, and by what is worth a look.

    An appraisal is a plan the policy allows, with a rating for each element. Nothing is sampled or estimated. Ends with
    code 1 when the policy has errors that keep it from being counted, or has more appraisals than can be counted.
    """
    compiled = compile_policies([policy])
    compilation = compiled.compilations[0]
    found = [_count(compilation, system, whole_weights) for system in compilation.policy.systems]
    failed = has_errors(compiled.diagnostics) and all(each.tally is None for each in found)
    if not failed and not found:
        raise click.UsageError(f"`{policy}` has no system to count the appraisals of")
    if form == "json":
        data = [_as_data(each) for each in found]
        print_json("sespms-count/1", findings=findings_as_data(compiled.diagnostics), systems=data)
    else:
        if failed:
            print_findings(compiled.diagnostics)
        for place, each in enumerate(found):
            click.echo(printable("\n".join([*([""] if place else []), *_lines(each)])))
    ctx.exit(int(failed or any(each.tally is None for each in found)))


def _count(compilation: Compilation, system: System, whole_weights: bool) -> _Counted:
    program = _program(compilation, system)
    if program is None:
        return _Counted(system.name, None, None, (), "it has errors", "`sespms check` shows them")
    if whole_weights and program.summary.weighted:
        stage = program.summary
        program = replace(program, summary=replace(stage, limits=(*stage.limits, WholeWeights())))
    spoken = frozenset(each.code for each in compilation.diagnostics)
    try:
        found = tally(program, against=without_rounding(program))
    except NotWalkable as fault:
        return _Counted(system.name, program, None, (), fault.why, fault.help)
    return _Counted(system.name, program, found, tuple(noticed(found, spoken)), "", "")


def _program(compilation: Compilation, system: System) -> Program | None:
    """The program of a system, also of one with a gap or an overlap, so that these can be counted.

    None where the text could not be understood.
    """
    program = compilation.programs.get(system.name)
    misread = any(each.severity is Severity.ERROR and each.code < "SES2" for each in compilation.diagnostics)
    if program is not None or misread:
        return program
    return program_as_read(system)


# ---- text ------------------------------------------------------------------------------------------


def _lines(counted: _Counted) -> Iterator[str]:
    yield f'system "{counted.system}"'
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
    if size.plans * size.vectors == size.appraisals:
        ways = "1 way" if size.vectors == 1 else f"{size.vectors:,} ways"
        each = "each rated" if size.plans > 1 else "rated"
        return f"{size.appraisals:,} possible appraisals: {plans}, {each} in {ways}"
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
    return scenario_of(f"Counted: {each.says}", each.example, _rating(program, each.example)) or ""


def _rating(program: Program, appraisal: Appraisal) -> Any:
    from sespms_rules.engines.reference import rate

    return rate(program, appraisal, trace=False)


# ---- data ------------------------------------------------------------------------------------------


def _as_data(counted: _Counted) -> dict[str, Any]:
    found = counted.tally
    if found is None or counted.program is None:
        return {"system": counted.system, "counted": False, "why": counted.why, "help": counted.help}
    program = counted.program
    return {
        "system": counted.system,
        "counted": True,
        "plans": found.domain.plans,
        "vectors": found.domain.vectors,
        "appraisals": found.domain.appraisals,
        "levels": [{"level": level, "cases": cases} for level, cases in found.levels],
        "not_rated": found.not_rated,
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
