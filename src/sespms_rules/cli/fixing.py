"""`check --fix` and `check --diff`: fixes that findings offer, carried out in policies, and what came of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sespms_rules.api import Policy
from sespms_rules.cli.output import written_to
from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.source import Source
from sespms_rules.law.law_texts import LawTexts
from sespms_rules.program.ir import Program
from sespms_rules.studies.moved import moved, what_is_computed

if TYPE_CHECKING:
    from sespms_rules.authoring.fixing import Fixed
    from sespms_rules.authoring.looking import Judged


def carry_out(policies: Iterable[str], law: LawTexts, *, every: bool, write: bool) -> None:
    """Carry out fixes in each policy and tell on standard error what was changed; `every` takes the proposals too.

    With `write` the files are changed, else only the difference is shown. Raises UnreadableFileError for a file that is
    no text, NotWrittenError for one that cannot be written.
    """
    from sespms_rules.authoring.edits import difference
    from sespms_rules.authoring.fixing import fixed
    from sespms_rules.authoring.looking import judged_by
    from sespms_rules.language.parsing import read_source

    for name in dict.fromkeys(policies):
        source, _ = read_source(Path(name), name)
        judge = judged_by(name, law.library)
        result = fixed(source, partial(_findings, judge), every=every)
        if result.carried:
            click.echo(difference(source, result.text), err=True)
        done = "carried out" if write else "can be carried out"
        click.echo(f"`{name}`: {_number(len(result.carried), 'fix', 'fixes')} {done}{_left(result)}", err=True)
        if any(not each.sure for each in result.carried):
            before, after = (Policy(judge(each)[0]) for each in (source, Source(name, result.text)))
            click.echo(f"  {_moved(before, after)}", err=True)
        if write and result.text != source.text:
            with written_to(name, in_place=True) as file:
                file.write(source.mark + result.text)


def _findings(judge: Callable[[Source], Judged], text: Source) -> tuple[Diagnostic, ...]:
    return judge(text)[2]


def _number(count: int, one: str, several: str) -> str:
    return f"{count or 'no'} {one if count == 1 else several}"


def _left(result: Fixed) -> str:
    """What was not carried out, and why."""
    places = ", ".join(dict.fromkeys(f"{each.code} in line {each.span.line}" for each in result.given_up))
    told = f"; not carried out, because another finding would come: {places}" if result.given_up else ""
    if result.asked:
        lines = ", ".join(f"{each.code} in line {each.span.line}" for each in result.asked)
        told += f"; left to you, because it has a second meaning: {lines}"
    return f"{told}; there are more, so run it once again" if result.more else told


def _moved(old: Policy, new: Policy) -> str:
    """Whom proposals would move: every appraisal that the policy allows is compared before and after."""
    if not _can_rate(old):
        return "before it the policy could not be rated by, so nobody's rating is changed"
    if not _can_rate(new):
        return "after it the policy cannot be rated by: fix what is left first"
    ((before, after),) = zip(_programs(old), _programs(new), strict=True)
    if before == after:
        return "what is computed stays as it is, so nobody's rating is changed"
    return moved(before, after).told


def _programs(policy: Policy) -> list[Program]:
    return [what_is_computed(each) for each in policy.compilation.programs.values()]


def _can_rate(policy: Policy) -> bool:
    return not policy.has_errors and len(policy.systems) == 1
