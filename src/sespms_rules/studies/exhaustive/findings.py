"""A tally -> what is worth a look in it, each with the exact number of appraisals and one of them.

The codes are those under which `check` finds the same defect, so that one can be followed to the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sespms_rules.engines.refusals import RefusalKind
from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.values import Frozen
from sespms_rules.program.ir import Row
from sespms_rules.program.rating import Appraisal
from sespms_rules.studies.exhaustive.tallying import Tally

_SATISFACTORY = 3
_NOT_SETTLED = "SES273"
_OF_LINES = frozenset({"SES220", "SES222"})
_APART = 2


class Noticed(Frozen):
    """One thing worth a look: a code of `check` with its name, the number of appraisals, a sentence, an example."""

    code: str
    name: str
    cases: int
    says: str
    example: Appraisal | None


NAMES = {
    "SES212": "weights-cannot-total",
    "SES214": "band-gap",
    "SES215": "band-overlap",
    "SES218": "level-never-given",
    "SES220": "line-never-read",
    "SES245": "profile-without-level",
    "SES246": "rounding-changes-a-level",
    "SES247": "masked-failure",
    "SES253": "weak-element-outweighed",
}
"""The findings of `check` that can be counted."""

_REFUSALS = {
    RefusalKind.NO_LINE_FITS.code: ("SES214", "no line fits"),
    RefusalKind.TWO_LINES_FIT.code: ("SES215", "two lines fit"),
}


def noticed(found: Tally, told: Sequence[Diagnostic] | None = None) -> Iterator[Noticed]:
    """What is worth a look; `told` is what `check` found in the text, None where it did not look.

    It names a gap more exactly, and says of each line that decides nothing whether it is a safeguard.
    """
    spoken = frozenset(each.code for each in told or ())
    if not found.domain.appraisals:
        yield _noticed(0, "there is no plan that keeps the limits", "SES212")
        return
    if not found.lines:  # a policy that derives nothing leaves nothing to look at
        return
    for refusal in found.refusals:
        one = refusal.cases == 1
        code, why = _REFUSALS.get(refusal.code, (refusal.code, ""))
        says = f"{'is' if one else 'are'} refused ({refusal.code})"
        if why:
            says = f"{'gets' if one else 'get'} no level, because {why} {'it' if one else 'them'}"
        if refusal.code == RefusalKind.NO_LINE_FITS.code and "SES245" in spoken:
            code = "SES245"
        yield _noticed(refusal.cases, f"{_many(refusal.cases)} {says}", code, refusal.example)
    for level, cases in found.levels:
        if not cases:
            yield _noticed(0, f"no appraisal gets level {level}", "SES218")
    safe = {line.level for line in found.lines if line.override and line.cases and not found.in_order}
    judged = told is not None and _NOT_SETTLED not in spoken
    for line in found.lines:
        # A line that gives what an override gives before it is a safeguard; where `check` settled it, as it says.
        dead = not line.cases and dict(found.levels)[line.level]
        if dead and (_is_told(line.row, told or ()) if judged else line.level not in safe):
            words = line.row.origin.span.text or f"a line for level {line.level}"
            yield _noticed(0, f"no appraisal is decided by `{words}`", "SES220")
    for row in found.unrated_lines if not found.not_rated else ():
        yield _noticed(0, f"no appraisal is decided by `{row.origin.span.text or 'a line for not rated'}`", "SES220")
    yield from _weak(found)
    for change in found.changes:
        gets = "gets" if change.cases == 1 else "get"
        says = f"{_many(change.cases)} {gets} level {change.here} and would get level {change.there} without rounding"
        yield _noticed(change.cases, says, "SES246", change.example)


def _is_told(row: Row, told: Sequence[Diagnostic]) -> bool:
    """Whether `check` tells of a line that decides nothing, or of an override that another outdoes."""
    span = row.origin.span
    at = (each for each in told if each.code in _OF_LINES and each.span.source == span.source)
    return any(span.start <= each.span.start < span.end for each in at)


def _noticed(cases: int, says: str, code: str, example: Appraisal | None = None) -> Noticed:
    return Noticed(code, NAMES.get(code, "refused"), cases, says, example)


def _weak(found: Tally) -> Iterator[Noticed]:
    """Levels far above the weakest element."""
    lowest = min((level for level, _ in found.levels), default=1)
    weak = "a critical element" if found.among_critical else "an element"
    for each in found.weakest:
        failed = each.weakest == lowest and each.level >= _SATISFACTORY > lowest
        if failed or (each.weakest < _SATISFACTORY and each.level - each.weakest >= _APART):
            gets = "gets" if each.cases == 1 else "get"
            says = f"{_many(each.cases)} {gets} level {each.level} with {weak} at level {each.weakest}"
            yield _noticed(each.cases, says, "SES247" if failed else "SES253", each.example)


def _many(cases: int) -> str:
    return f"{cases:,} appraisal{'' if cases == 1 else 's'}"
