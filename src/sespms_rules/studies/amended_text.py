"""Which text of a system is used: as it is written, under amendments that are named, or those in force on a day.

Nothing is applied in silence and nothing is left out in silence: an amendment of the policy's own file that has a first
day is told either way (SES403).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from sespms_rules.checks.analysis import chosen
from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.language.model import Amendment, System
from sespms_rules.language.syntax.baselines import InForce
from sespms_rules.law.provenance import texts_of
from sespms_rules.pipeline import Compilation, Variants
from sespms_rules.program.ir import Program
from sespms_rules.studies.amendments import amendments_named
from sespms_rules.studies.ses403_amendment_in_force import applied, left_out

Findings = tuple[Diagnostic, ...]


class TextUsed(Frozen):
    """What a system computes under the text that is used, and what is told of it; None where that text has errors.

    `amendments` are the names of those applied, in order; `others` the names of those in the file that are not; `texts`
    are the files of those applied.
    """

    program: Program | None
    findings: Findings
    amendments: tuple[str, ...] = field(default=())
    others: tuple[str, ...] = field(default=())
    texts: tuple[Source, ...] = field(default=(), compare=False)


def text_used(
    compilation: Compilation, program: Program, names: Sequence[str] = (), as_of: datetime.date | None = None
) -> TextUsed:
    """The text of a system under the amendments of its own file in force on a day, then those that are named.

    `A+B` names two together. Only the file of the policy itself can bring an amendment by its day: a neighbour changes
    nothing unless it is named. Raises RequestError for a name that is nowhere.
    """
    system = next(each for each in compilation.policy.systems if each.name == program.name)
    dated = sorted(_dated(compilation.policy.amendments, system), key=lambda each: each[1])
    by_day = [each for each, first, last in dated if as_of is not None and first <= as_of <= last]
    named, findings = amendments_named(_apart(names, compilation), compilation, system)
    wanted = {each.name: each for each in (*by_day, *named)}
    rest = [(each, first) for each, first, _ in dated if each.name not in wanted]
    told = [applied(each, as_of if each in by_day else None) for each in wanted.values()]
    told += [left_out(each, first, as_of) for each, first in rest]
    others = tuple(each.name for each, _ in rest)
    if not wanted:
        return TextUsed(program, (*findings, *told), (), others)
    changed = Variants(system, try_it_out=False).under(*wanted.values())
    found = (*findings, *told, *changed.broken, *(each for each in changed.new if each.severity is Severity.ERROR))
    broken = any(each.severity is Severity.ERROR for each in found)
    program_used = None if broken else changed.program
    return TextUsed(program_used, found, tuple(wanted), others, texts_of((), wanted.values()))


def _dated(amendments: Iterable[Amendment], system: System) -> Iterator[tuple[Amendment, datetime.date, datetime.date]]:
    """The amendments of a system that say when they are in force, with their first and last day."""
    for each in amendments:
        stated = chosen(each.head.sentences, InForce) if each.amends == system.name else ()
        if stated:
            yield each, stated[0].first.value, stated[0].last.value if stated[0].last else datetime.date.max


def _apart(names: Sequence[str], compilation: Compilation) -> list[str]:
    """The names, those with `+` between them taken apart, unless that is how one is called.

    Raises RequestError for two sets side by side: one rating has one text.
    """
    if len(names) > 1:
        together = "+".join(names)
        raise RequestError(
            f"one text is used at a time; `--with {together}` applies both together, and `sespms impact` sets them "
            "side by side"
        )
    known = {each.name for each in compilation.policy.amendments}
    parts: list[str] = []
    for name in names:
        whole = name in known or Path(name).is_file()
        parts += [name] if whole else [part for part in name.split("+") if part]
    return parts
