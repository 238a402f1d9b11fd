"""A tally -> what is worth a look in it, each with the exact number of appraisals and one of them.

The codes are those under which `check` finds the same defect, so that one can be followed to the other.
"""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.engines.refusals import RefusalKind
from sespms_rules.foundation.values import Frozen
from sespms_rules.program.rating import Appraisal
from sespms_rules.studies.exhaustive.tallying import Tally

_SATISFACTORY = 3
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


def noticed(found: Tally, spoken: frozenset[str] = frozenset()) -> Iterator[Noticed]:
    """What is worth a look; `spoken` are codes that `check` found in the system, which name a gap more exactly."""
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
    for line in found.lines:
        # A line that gives what an override gives before it is a safeguard.
        if not line.cases and dict(found.levels)[line.level] and line.level not in safe:
            words = line.row.origin.span.text or f"a line for level {line.level}"
            yield _noticed(0, f"no appraisal is decided by `{words}`", "SES220")
    for row in found.unrated_lines if not found.not_rated else ():
        yield _noticed(0, f"no appraisal is decided by `{row.origin.span.text or 'a line for not rated'}`", "SES220")
    yield from _weak(found)
    for change in found.changes:
        gets = "gets" if change.cases == 1 else "get"
        says = f"{_many(change.cases)} {gets} level {change.here} and would get level {change.there} without rounding"
        yield _noticed(change.cases, says, "SES246", change.example)


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
