"""Which texts of a system are used: as it is written, under amendments that are named, or those in force on a day.

`text_used` is for what uses one text, `texts_side_by_side` for what sets several beside each other.

Nothing is applied in silence and nothing is left out in silence: an amendment of the policy's own file that has a first
day is told either way (SES403).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence

from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.language.model import Amendment, System
from sespms_rules.language.resolution import in_force_days
from sespms_rules.law.provenance import texts_of
from sespms_rules.pipeline import Compilation, telling, trying
from sespms_rules.program.ir import Program
from sespms_rules.studies.amendments import AmendmentSet, as_told, one_set, sets_named
from sespms_rules.studies.ses403_amendment_in_force import FINDING as AMENDMENT_IN_FORCE
from sespms_rules.studies.ses403_amendment_in_force import applied, left_out, tried
from sespms_rules.studies.variants import Variant, as_it_is, under

Findings = tuple[Diagnostic, ...]
_Dated = tuple[Amendment, datetime.date, datetime.date]


class TextUsed(Frozen):
    """What a system computes under the text that is used, and what is told of it; None where that text has errors.

    `amendments` are the names of those applied, in order; `others` the names of those in the file that are not; `texts`
    are the files of those applied; `system` is the text itself, where it could be made.
    """

    program: Program | None
    findings: Findings
    amendments: tuple[str, ...] = field(default=())
    others: tuple[str, ...] = field(default=())
    texts: tuple[Source, ...] = field(default=(), compare=False)
    system: System | None = field(default=None, compare=False)


class SideBySide(Frozen):
    """The text that is used, each text that is tried beside it, and what is told of the amendments.

    Where `base` has no program its findings say why; then nothing is tried. `texts` are those of the amendments, and
    `unread` the names of those whose text has errors, so that nothing of them is tried; the findings say which.
    """

    base: Variant
    variants: tuple[Variant, ...]
    findings: Findings
    texts: tuple[Source, ...] = field(default=(), compare=False)
    unread: tuple[str, ...] = field(default=())


def text_used(
    compilation: Compilation, program: Program, names: Sequence[str] = (), as_of: datetime.date | None = None
) -> TextUsed:
    """The text of a system under the amendments of its own file in force on a day, then those that are named.

    `A+B` names two together. Only the file of the policy itself can bring an amendment by its day: a neighbour changes
    nothing unless it is named. Raises RequestError for a name that is nowhere, and for several texts side by side.
    """
    system = next(each for each in compilation.policy.systems if each.name == program.name)
    dated = sorted(_dated(compilation.policy.amendments, system), key=lambda each: each[1])
    by_day = _in_force(dated, as_of)
    named, findings = one_set(names, compilation, system, amended_before=bool(by_day))
    wanted = tuple(dict.fromkeys((*by_day, *named)))
    rest = [(each, first) for each, first, _ in dated if each not in wanted]
    told = [applied(each, as_of if each in by_day else None) for each in wanted]
    told += [left_out(each, first, as_of) for each, first in rest]
    others = tuple(each.name for each, _ in rest)
    if _any_error(findings):
        return TextUsed(None, (*findings, *told), (), others)
    if not wanted:
        return TextUsed(program, (*findings, *told), (), others, system=system)
    changed = as_it_is(system, program, wanted)
    found = (*findings, *told, *_that_count(changed))
    used = None if _any_error(found) else changed.program
    names_of = tuple(each.name for each in wanted)
    return TextUsed(used, found, names_of, others, texts_of((), wanted), changed.system)


def texts_side_by_side(
    compilation: Compilation,
    program: Program,
    names: Sequence[str] = (),
    as_of: datetime.date | None = None,
    try_out_up_to: int = 0,
) -> SideBySide:
    """The text of a system on a day, and beside it the text under each set of amendments that is named.

    As in `text_used`; each name is a set by itself, `A+B` one of two together. Up to `try_out_up_to` sets the warnings
    that only trying appraisals out shows are found too.
    """
    system = next(each for each in compilation.policy.systems if each.name == program.name)
    dated = sorted(_dated(compilation.policy.amendments, system), key=lambda each: each[1])
    by_day = _in_force(dated, as_of)
    sets, findings = sets_named(names, compilation, system, amended_before=bool(by_day))
    base = as_it_is(system, program, by_day)
    told = (*findings, *_told(dated, by_day, sets, as_of), *_that_count(base))
    texts = texts_of((), (*by_day, *(one for each in sets for one in each.amendments)))
    unread = [each for each in names if not sets_named((each,), compilation, system)[0]] if _any_error(findings) else []
    if base.program is None:
        return SideBySide(base, (), told, texts, tuple(unread))
    made = under(system, sets, by_day, try_it_out=len(sets) <= try_out_up_to)
    variants = tuple(replace(each, findings=as_told(each.findings, findings)) for each in made)
    return SideBySide(base, variants, told, texts, tuple(unread))


def told_of_dated(
    amendments: Iterable[Amendment],
    system: System,
    sets: Sequence[AmendmentSet] = (),
    as_of: datetime.date | None = None,
) -> Findings:
    """What becomes of the amendments of a file that say when they are in force, as every study tells it (SES403)."""
    dated = sorted(_dated(amendments, system), key=lambda each: each[1])
    return tuple(_told(dated, _in_force(dated, as_of), sets, as_of))


def tried_too(compilation: Compilation, names: Sequence[str]) -> Compilation:
    """The same policy, of which each system is judged also under each set of amendments that is named.

    What is wrong with the text of an amendment is told even where for that nothing of it can be carried out. Raises
    RequestError for a name that is nowhere, or that amends none of the systems.
    """
    made = compilation
    for system in compilation.policy.systems:
        sets, findings = sets_named(names, compilation, system)
        for each in sets:
            made = trying(made, system, each.amendments)
        made = telling(replace(made, diagnostics=as_told(made.diagnostics, findings)), findings)
    return made


def _told(
    dated: Iterable[_Dated],
    by_day: tuple[Amendment, ...],
    sets: Sequence[AmendmentSet],
    as_of: datetime.date | None,
) -> Iterator[Diagnostic]:
    """What becomes of each amendment of the policy's own file that has a first day."""
    named = {each for one in sets for each in one.amendments}
    for each, first, _ in dated:
        if each in by_day:
            yield applied(each, as_of)
        else:
            yield tried(each) if each in named else left_out(each, first, as_of)


def _that_count(variant: Variant) -> Findings:
    """The errors of a text that is used, and what is told of amendments that could not be carried out."""
    if not variant.carried_out:
        return variant.findings
    return tuple(each for each in variant.findings if each.severity is Severity.ERROR)


def _any_error(found: Iterable[Diagnostic]) -> bool:
    return any(each.severity is Severity.ERROR for each in found)


def _in_force(dated: Iterable[_Dated], day: datetime.date | None) -> tuple[Amendment, ...]:
    return tuple(each for each, first, last in dated if day is not None and first <= day <= last)


def _dated(amendments: Iterable[Amendment], system: System) -> Iterator[_Dated]:
    """The amendments of a system that say when they are in force, with their first and last day."""
    for each in amendments:
        days = in_force_days(each) if each.amends == system.name else None
        if days is not None:
            yield each, *days


__all__ = [
    "AMENDMENT_IN_FORCE",
    "SideBySide",
    "TextUsed",
    "text_used",
    "texts_side_by_side",
    "told_of_dated",
    "tried_too",
]
