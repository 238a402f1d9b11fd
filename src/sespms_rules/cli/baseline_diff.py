"""`sespms baseline diff`: what changed between two editions, and what that does to policies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from sespms_rules.cli.policies import compile_policies, provenance_of
from sespms_rules.cli.printing import (
    format_option,
    has_errors,
    print_findings,
    print_json,
    print_provenance,
    provenance_as_data,
    tell_nothing_done,
)
from sespms_rules.cli.reading_options import Reading, law_option, provenance_option, with_option
from sespms_rules.foundation.request import RequestError
from sespms_rules.language.model import Baseline, System
from sespms_rules.law.deciding import decider
from sespms_rules.law.differing import Difference, Turn, differences, turns
from sespms_rules.law.editions import days_of, file_of, followed_only, on_day, why_unaffected
from sespms_rules.law.effects import Effect, ListChange, changed_lists, effect_of
from sespms_rules.law.law_texts import LawTexts
from sespms_rules.law.named_editions import edition_named, with_day
from sespms_rules.law.provenance import Provenance, of_editions
from sespms_rules.law.verdict import Verdict
from sespms_rules.pipeline import Compilation, JudgedText, judged_texts, program_as_read
from sespms_rules.reports.findings import printable

Affected = list[tuple[Compilation, JudgedText, tuple[Turn, ...]]]
Changes = tuple[tuple[Difference, ...], tuple[ListChange, ...]]


@click.command("diff")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.argument("policies", nargs=-1, metavar="[POLICY…]")
@law_option
@with_option("Look also at what an amendment makes of the policies: a file, or a name; `A+B` for two together.")
@provenance_option
@format_option("text", "json")
@click.pass_context
def diff(
    ctx: click.Context,
    before: str,
    after: str,
    policies: tuple[str, ...],
    law: LawTexts,
    amendments: tuple[str, ...],
    provenance: bool,
    form: str,
) -> None:
    """Show what changed from edition A to edition B, and which of these policies it affects.

    A and B are names of baselines or editions, or files that hold one. A policy breaks where a requirement fails under
    B that did not fail under A; then the exit code is 1. What has to be answered anew is told apart from that.
    """
    earlier, later = _edition(ctx, before, law, form), _edition(ctx, after, law, form)
    if amendments and not policies:
        raise click.UsageError("`--with` is about policies; name one behind the two editions")
    compiled = compile_policies(policies, law, tried=amendments) if policies else None
    if compiled and has_errors(compiled.diagnostics):
        print_findings(compiled.diagnostics, err=form == "json")
        ctx.exit(tell_nothing_done("no edition was compared"))
    affected = [
        (each, text, turns(text.system, earlier, later, decider(text.system, text.program), program_as_read))
        for each in (compiled.compilations if compiled else ())
        for text in judged_texts(each)
    ]
    found = differences(earlier, later), changed_lists(earlier, later)
    rests_on = of_editions((earlier, later), provenance_of(compiled, Reading(law)) if compiled else None)
    if form == "json":
        _print_as_json((earlier, later), found, affected, rests_on)
    else:
        _print_as_text((earlier, later), found, affected)
        if provenance:
            print_provenance(rests_on)
    if any(effect_of(turn) is Effect.BREAKS for _, _, turned in affected for turn in turned):
        ctx.exit(1)


def _edition(ctx: click.Context, name: str, law: LawTexts, form: str) -> Baseline:
    """The edition of a name, or the one in a file. Raises RequestError where there is none, or no single one."""
    plain, day = with_day(name, None)
    if not (plain.endswith(".sespms") and Path(plain).is_file()):
        return edition_named(law.library, name, None)
    compiled = compile_policies((plain,))
    if has_errors(compiled.diagnostics):
        print_findings(compiled.diagnostics, err=form == "json")
        ctx.exit(tell_nothing_done("no edition was compared"))
    held = tuple(edition for each in compiled.compilations for edition in each.policy.baselines)
    if not held:
        raise RequestError(f"`{plain}` holds no baseline and no overlay to compare")
    found = on_day(held, day) if day is not None or len({each.name for each in held}) == 1 else None
    if found is None:
        names = ", ".join(f"`{each.name}` from {days_of(each.head.sentences)[0]}" for each in held)
        raise RequestError(f"`{plain}` does not hold one edition alone: {names}; put `as of DATE` behind its name")
    return found


def edition_row(edition: Baseline) -> dict[str, Any]:
    """What a list says of an edition, as data."""
    first, last = days_of(edition.head.sentences)
    return {
        "id": file_of(edition),
        "kind": edition.kind.value,
        "name": edition.name,
        "in_force_from": first.isoformat() if first else None,
        "in_force_to": last.isoformat() if last else None,
        "for_systems_that_follow": followed_only(edition),
        "requirements": len(edition.requirements),
    }


def _print_as_json(
    editions: tuple[Baseline, Baseline], found: Changes, affected: Affected, rests_on: Provenance
) -> None:
    requirements, lists = found
    print_json(
        "sespms-baseline-diff/1",
        **provenance_as_data(rests_on),
        before=edition_row(editions[0]),
        after=edition_row(editions[1]),
        requirements=[
            {
                "citation": each.citation,
                "title": each.title,
                "change": each.kind.value,
                "gone": list(each.gone),
                "new": list(each.new),
            }
            for each in requirements
        ],
        lists=[{"name": each.name, "gone": list(each.gone), "new": list(each.new)} for each in lists],
        policies=[_policy_data(*each, editions) for each in affected],
    )


def _policy_data(
    compilation: Compilation, text: JudgedText, turned: tuple[Turn, ...], editions: tuple[Baseline, Baseline]
) -> dict[str, Any]:
    return {
        "path": compilation.source.name,
        "system": text.name,
        "affected": bool(turned),
        "breaks": any(effect_of(turn) is Effect.BREAKS for turn in turned),
        "why_not": _why_unaffected(text.system, *editions),
        "requirements": [
            {
                "citation": each.citation,
                "effect": effect_of(each).value,
                "before": _kind(each.before),
                "after": _kind(each.after),
            }
            for each in turned
        ],
    }


def _why_unaffected(system: System, before: Baseline, after: Baseline) -> str:
    """Why neither edition is asked of a system; empty where one is."""
    reasons = (why_unaffected(system, before), why_unaffected(system, after))
    return "; ".join(dict.fromkeys(reasons)) if all(reasons) else ""


def _print_as_text(editions: tuple[Baseline, Baseline], found: Changes, affected: Affected) -> None:
    requirements, lists = found
    for each in requirements:
        click.echo(printable(f"{each.kind}: {each.citation}, {each.title}"))
        _print_words(each.gone, each.new)
    for change in lists:
        click.echo(printable(f"changed: list `{change.name}`"))
        _print_words(change.gone, change.new)
    count = f"{len(requirements)} requirement{'' if len(requirements) == 1 else 's'}"
    count += f" and {len(lists)} list{'' if len(lists) == 1 else 's'}" if lists else ""
    click.echo(f"{count} differ{'s' if len(requirements) + len(lists) == 1 else ''}")
    for compilation, text, turned in affected:
        told = f"{'; '.join(_counted(turned))}" if turned else "not affected"
        why = _why_unaffected(text.system, *editions)
        click.echo(printable(f"\n{compilation.source.name}, `{text.name}`: {told}{f': {why}' if why else ''}"))
        for turn in sorted(turned, key=lambda each: list(Effect).index(effect_of(each))):
            stood = f"{_told(turn.before)} before, {_told(turn.after)} after"
            click.echo(printable(f"  {effect_of(turn)}: {turn.citation}: {stood}"))


def _counted(turned: tuple[Turn, ...]) -> Iterator[str]:
    """How many requirements break, are asked anew, and so on; what no requirement does is left out."""
    for effect in Effect:
        count = sum(effect_of(turn) is effect for turn in turned)
        if count:
            yield f"{effect} in {count}" if effect is Effect.BREAKS else f"{count} {effect}"


def _print_words(gone: tuple[str, ...], new: tuple[str, ...]) -> None:
    for words in gone:
        click.echo(printable(f"  - {words}"))
    for words in new:
        click.echo(printable(f"  + {words}"))


def _kind(verdict: Verdict | None) -> str | None:
    return verdict.kind.value if verdict else None


def _told(verdict: Verdict | None) -> str:
    return verdict.kind.said if verdict else "not asked"
