"""`sespms prove`: the guarantees of a policy and of its baseline, proved or refuted for every possible appraisal."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

import click

from sespms_rules.baseline.editions import choose
from sespms_rules.baseline.shelf import editions_for
from sespms_rules.cli.policies import compile_policies, policy_argument
from sespms_rules.cli.printing import findings_as_data, format_option, has_errors, print_findings, print_json
from sespms_rules.diagnostic import Severity
from sespms_rules.findings.display import printable
from sespms_rules.frozen import Frozen
from sespms_rules.guarantees import (
    TIME_LIMIT,
    Asked,
    Counterexample,
    Established,
    asked_by_user,
    establish,
    guarantees_of,
)
from sespms_rules.model import Baseline, System
from sespms_rules.parse import parse
from sespms_rules.pipeline import Compilation
from sespms_rules.prove import Covered, Status, covered
from sespms_rules.rating import Rated, exact
from sespms_rules.source import Source
from sespms_rules.syntax.nodes import Block


class _Proved(Frozen):
    """A system with what became of its guarantees, and how much the proofs cover."""

    system: str
    covered: Covered
    verdicts: tuple[Established, ...]


@click.command("prove")
@policy_argument
@click.option("--guarantee", metavar="SENTENCE", help="Prove this sentence instead of those stated.")
@click.option(
    "--time-limit",
    "seconds",
    type=click.IntRange(min=1),
    default=TIME_LIMIT,
    show_default=True,
    metavar="SECONDS",
    help="How long the proof of one guarantee may take.",
)
@format_option("text", "json")
@click.pass_context
def command(ctx: click.Context, policy: str, guarantee: str | None, seconds: int, form: str) -> None:
    """Prove or refute the guarantees of a policy and of its baseline.

    A proof speaks of every legal plan and every rating. Ends with code 1 when a guarantee is refuted or the policy
    has errors.
    """
    asked = None if guarantee is None else _sentence(guarantee)
    compiled = compile_policies([policy])
    findings = compiled.diagnostics
    compilation = compiled.compilations[0]
    failed = has_errors(findings)
    if not failed and not compilation.policy.systems:
        raise click.UsageError(f"`{policy}` has no system to prove anything of")
    results = [] if failed else [_prove(compilation, system, asked, seconds) for system in compilation.policy.systems]
    refuted = any(each.status is Status.REFUTED for result in results for each in result.verdicts)
    if form == "json":
        data = [_as_data(result, each) for result in results for each in result.verdicts]
        print_json("sespms-prove/1", solver=_solver(), findings=findings_as_data(findings), verdicts=data)
    else:
        if failed:
            print_findings(findings)
        for result in results:
            click.echo(printable("\n".join(_lines(result))))
    ctx.exit(int(failed or refuted))


def _prove(compilation: Compilation, system: System, asked: Asked | None, seconds: int) -> _Proved:
    program = compilation.programs[system.name]
    editions = _editions(compilation, system)
    wanted = guarantees_of(system, editions) if asked is None else (asked,)
    return _Proved(system.name, covered(program), establish(system, program, wanted, editions, seconds))


def _editions(compilation: Compilation, system: System) -> tuple[Baseline, ...]:
    found = editions_for(system, compilation.document, compilation.library, None, None)
    return tuple(each.edition for each in choose(system, found, None, None).chosen)


def _sentence(text: str) -> Asked:
    """Read a guarantee from the command line. Raises a usage error for what is none."""
    source = Source("--guarantee", f'system "Asked about"\nguarantees\n  {text.strip()}\n')
    document, found = parse(source)
    errors = [each for each in found if each.severity is Severity.ERROR]
    blocks = [each for each in document.blocks if isinstance(each, Block)]
    lines = blocks[-1].lines if blocks else ()
    if errors or len(lines) != 1 or len(blocks) != 2:
        why = f"{errors[0].message}{f'; {errors[0].help}' if errors[0].help else ''}" if errors else "give one sentence"
        raise click.BadParameter(f"`{text}` is no guarantee: {why}", param_hint="--guarantee")
    return asked_by_user(lines[0].sentence)


# ---- text ------------------------------------------------------------------------------------------


def _lines(result: _Proved) -> Iterator[str]:
    yield f'system "{result.system}"'
    yield ""
    for place, each in enumerate(result.verdicts):
        if place and result.verdicts[place - 1].counterexamples:
            yield ""
        yield f"{each.status.value:<10} {each.asked.words}"
        yield f"           {_how(each)}"
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


def _totals(result: _Proved) -> Iterator[str]:
    counts = {status: sum(each.status is status for each in result.verdicts) for status in Status}
    told = ", ".join(f"{count} {status.value}" for status, count in counts.items())
    yield f"{len(result.verdicts)} guarantee{'' if len(result.verdicts) == 1 else 's'}: {told}"
    count = result.covered.appraisals
    if count is not None:
        yield f"a proof covers all {count:,} possible appraisals under {_plans(result.covered.plans)}"
    else:
        yield "a proof covers every possible appraisal, of which there is no end or none that can be counted"
    if any(each.counterexamples for each in result.verdicts):
        yield "each counterexample was rated by the reference engine before it was shown"


def _plans(plans: int | None) -> str:
    return "1 plan" if plans == 1 else f"{plans or 0:,} plans"


def _solver() -> str:
    return f"z3 {version('z3-solver')}"


# ---- data ------------------------------------------------------------------------------------------


def _as_data(result: _Proved, each: Established) -> dict[str, Any]:
    return {
        "system": result.system,
        "guarantee": each.asked.words,
        "asked_by": list(each.asked.by),
        "verdict": each.status.value,
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
            "elements": [_rated_as_data(each) for each in example.appraisal.elements],
            "outcome": example.rating.outcome.value,
            "score": None if example.rating.score is None else exact(example.rating.score),
            "level": example.rating.level,
            "refused": [each.code for each in example.rating.refused],
        }
        for example in examples
    ]
    return {"appraisals": appraisals, "scenario": "\n\n".join(scenarios) or None}


def _rated_as_data(one: Rated) -> dict[str, Any]:
    data: dict[str, Any] = {
        "name": one.name,
        "weight": None if one.weight is None else exact(one.weight),
        "rating": None if one.rating is None else exact(one.rating),
    }
    if one.further:
        data["further"] = {name: exact(value) for name, value in one.further}
    if one.requirements:
        data["requirements"] = [_rated_as_data(each) for each in one.requirements]
    return data
