"""A line at the margin as people write headings -> the heading of the language that is meant."""

from __future__ import annotations

import re

from sespms_rules.foundation.values import Frozen
from sespms_rules.language.syntax.words import PartKind

_SAME: dict[PartKind, str] = {
    PartKind.SYSTEM: "policy, agency system, system name, system description, performance management system",
    PartKind.AMENDMENT: "proposed change, change",
    PartKind.SCENARIO: "example, worked example, test, test case, case",
    PartKind.PERIOD: "appraisal cycle, performance period, performance appraisal period, rating period, rating cycle, "
    "performance cycle, appraisal periods, performance year",
    PartKind.PLAN: "performance plans, planning, performance planning, executive performance plan, plan",
    PartKind.REVIEW: "progress reviews, mid-year review, midyear review, mid-year progress review, interim review, "
    "monitoring, monitoring performance",
    PartKind.CRITICAL_ELEMENT: "element, performance element, critical performance element, critical job element, ce",
    PartKind.NONCRITICAL_ELEMENT: "non-critical element, non critical element, additional element",
    PartKind.LEVELS: "level, rating levels, performance levels, summary levels, levels of performance, rating scale, "
    "performance rating levels, summary rating levels, level definitions",
    PartKind.STANDARDS: "performance standards, level descriptions, standards of performance",
    PartKind.WEIGHTS: "weight, element weights, weighting, weightings, weights of elements",
    PartKind.APPRAISAL: "appraisals, performance appraisal, appraising performance, annual appraisal",
    PartKind.RATING: "summary ratings, summary rating formula, overall rating, formula, scoring, cut scores, "
    "score ranges, cut-off scores, rating formula, annual summary rating, derivation, calculation, summary level, "
    "rating calculation",
    PartKind.STEPS: "rating process, process, initial rating, initial summary rating, rating procedures, steps, "
    "appraisal process",
    PartKind.BOARD: "prb, review board, board, performance review boards, prbs",
    PartKind.CHANGES: "details and transfers, details and reassignments, job change, details, transfers",
    PartKind.DISTRIBUTION: "forced distribution, rating distribution, distribution of ratings, cap, distribution cap",
    PartKind.USES: "uses of ratings, use of results, use of ratings, uses of appraisal results, use of appraisals",
    PartKind.REWARDS: "awards, bonuses, pay, performance awards, pay and awards, awards & pay, compensation, bonus",
    PartKind.DEVELOPMENT: "executive development, development plans, executive development plan",
    PartKind.EVALUATION: "program evaluation, system evaluation, evaluations",
    PartKind.RECORDS: "records retention, recordkeeping, record keeping, records management, retention of records",
    PartKind.GUARANTEES: "guarantee, properties",
    PartKind.TABLE: "lookup table, look-up table",
}
_NAMED = frozenset(
    {
        PartKind.SYSTEM,
        PartKind.AMENDMENT,
        PartKind.SCENARIO,
        PartKind.CRITICAL_ELEMENT,
        PartKind.NONCRITICAL_ELEMENT,
        PartKind.TABLE,
    }
)
_NUMBERED = re.compile(
    r"^(?:(?:section|part|article|chapter|appendix) (?:\d+(?:\.\d+)*|[ivx]+|[a-z]) ?[.:)\u2010-\u2015-]? +"
    r"|(?:\d+(?:\.\d+)*|[ivx]+|[a-z])[.:)] +)",
    re.IGNORECASE,
)
_WEIGHT_BEHIND = re.compile(
    r"[ ,:\u2010-\u2015-]*\(?(?:weight(?:ed)?(?: at| of|:)? ?)?\d+(?:\.\d+)? ?(?:%|percent)\)?$", re.IGNORECASE
)
"""A weight in the heading of an element, which is said under `weights`."""
_BEHIND = re.compile(r'^(?: ?(?:no\.? ?)?#?\d+)? ?[-\u2010-\u2015\u2212:=.]? ?"?([^"]*?)"?[:.]?$')
_SAYS_NO_MORE = re.compile(r"(?!.*\b(?:is|are|at|must|has|in|by)\b)[A-Za-z]+(?: [A-Za-z]+){0,3}")
"""A few words behind a heading that make no sentence: `Weights of the Elements`."""


class Meant(Frozen):
    """A heading as the language writes it, and whether only its capitals, plural or punctuation differ."""

    heading: str
    sure: bool


def heading_meant(written: str) -> Meant | None:
    """The heading that a line stands for; None where it is not known, or a name that it needs is not there."""
    plain = _NUMBERED.sub("", " ".join(written.split()))
    known = [
        (part.value, part, True) for part in PartKind if part in _SAME or part.value not in ("list", "requirement")
    ]
    known += [(each.strip(), part, False) for part, same in _SAME.items() for each in same.split(",")]
    for words, part, is_own in sorted(known, key=lambda each: -len(each[0])):
        if not re.match(rf"{re.escape(words)}(?![\w-])", plain, re.IGNORECASE):
            continue
        behind = re.sub(r" ?\([^)\"]*\)[:.]?$", "", plain[len(words) :]) if part not in _NAMED else plain[len(words) :]
        found = _BEHIND.match(behind)
        if found is None:
            return None
        name = found[1].strip()
        if part in (PartKind.CRITICAL_ELEMENT, PartKind.NONCRITICAL_ELEMENT) and (bare := _WEIGHT_BEHIND.sub("", name)):
            is_own, name = is_own and bare == name, bare
        if part in _NAMED:
            name = name or (plain if part is PartKind.SCENARIO and behind.strip() else "")
            return Meant(f'{part.value} "{name}"', is_own) if name else None
        if not name:
            return Meant(part.value, is_own)
        return Meant(part.value, False) if _SAYS_NO_MORE.fullmatch(name) else None
    return None
