"""A line at the margin as people write headings -> the heading of the language that is meant, or what to do."""

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
    r"[ ,:\u2010-\u2015-]*\(?(?=weight|[^a-z]*(?:%|percent))(?:weight(?:ed)?(?: at| of| is|:| =)? ?)?"
    r"(\d+(?:\.\d+)?) ?(%|percent)?\)?$",
    re.IGNORECASE,
)
"""A weight in the heading of an element, which is said under `weights`."""
_BEHIND = re.compile(r'^(?: ?(?:no\.? ?)?#?\d+)? ?[-\u2010-\u2015\u2212:=.]? ?"?([^"]*?)"?[:.]?$')
_SAYS_NO_MORE = re.compile(r"(?!.*\b(?:is|are|at|must|has|in|by)\b)[A-Za-z]+(?: [A-Za-z]+){0,3}")
"""A few words behind a heading that make no sentence: `Weights of the Elements`."""


_OF_ITS_OWN = "has a heading of its own, such as"
_ELEMENTS = r"(?:(?:the|list of) )*(?:(?:mandatory|required|performance|critical) )*elements"
_POINTS = (
    r"(?:level )?points?(?: values?| scale| scores)?|points? (?:for|of|per) (?:each |the )?(?:rating )?levels?"
    r"|values? of levels?"
)
_COVERAGE = (
    r"coverage|covered (?:employees|executives|positions)|scope|applicability|who is covered|exclusions?"
    r"|(?:excluded|excepted) (?:offices|units|positions|components)"
)
_COVERED = (
    "whom a system covers is said below its heading `system`, as in `covers career executives`; who is not, as in "
    '`leaves out "Office of Inspector General" because "It runs its own system."`'
)
_NOT_SAID = (
    r"definitions?|glossary|authority|authorities|references?|introduction|background|policy statement|overview"
    r"|(?:table of )?contents|signatures?|contacts?|point of contact"
)
_SAID_ELSEWHERE: tuple[tuple[str, str], ...] = (
    (_ELEMENTS, f'each element {_OF_ITS_OWN} `critical element "Leading Change"`'),
    (r"non-?critical elements", f'each element {_OF_ITS_OWN} `noncritical element "Mentoring"`'),
    (r"(?:worked )?(?:scenarios|examples)|test cases|tests", f'each example {_OF_ITS_OWN} `scenario "A good year"`'),
    (r"amendments|(?:proposed )?changes", f'each amendment {_OF_ITS_OWN} `amendment "A higher bar"`'),
    (r"(?:lookup |look-up )?tables", f'each table {_OF_ITS_OWN} `table "Award"`'),
    (
        _POINTS,
        'the points of a level stand behind its name under `levels`, as in `level 5 "Outstanding" 5 points`',
    ),
    (_COVERAGE, _COVERED),
    (
        r"(?:effective|implementation) (?:date|day)|date",
        "the first day of a system is said below its heading `system`, as in `effective 2026-10-01`",
    ),
    (r"rounding(?: rules?)?", "rounding stands behind the formula it rounds, under `summary rating`"),
    (r"appeals?(?: rights?)?", "that no appeal lies is said under `appraisal`, as `is not appealable`"),
    (
        _NOT_SAID,
        "no part of the language is for this; leave it out, or keep its lines as notes, each with `#` before it",
    ),
)


def said_elsewhere_than_under(written: str) -> str | None:
    """What to do with a heading of something that is said below another heading, or nowhere; None where not known."""
    plain = re.sub(r" ?\([^)\"]*\)$| ?[:.]$", "", _NUMBERED.sub("", " ".join(written.split())))
    return next((told for each, told in _SAID_ELSEWHERE if re.fullmatch(each, plain, re.IGNORECASE)), None)


class Meant(Frozen):
    """A heading as the language writes it, and whether only its capitals, plural or punctuation differ."""

    heading: str
    sure: bool
    name: str = ""
    weight: str = ""
    """Whose heading it is, and the weight that stood behind that name: `20%`."""


def weight_behind(behind: str) -> str:
    """The weight that stands behind the name of an element in its heading; empty where it is not all that does."""
    found = _WEIGHT_BEHIND.fullmatch(behind)
    return "" if found is None else f"weight {found[1]}{'%' if found[2] else ''}"


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
        name, weight = found[1].strip(), ""
        if part in (PartKind.CRITICAL_ELEMENT, PartKind.NONCRITICAL_ELEMENT) and (bare := _WEIGHT_BEHIND.sub("", name)):
            is_own, weight, name = is_own and bare == name, weight_behind(name[len(bare) :]), bare
        if part in _NAMED:
            name = name or (plain if part is PartKind.SCENARIO and behind.strip() else "")
            return Meant(f'{part.value} "{name}"', is_own, name, weight) if name else None
        if not name:
            return Meant(part.value, is_own)
        return Meant(part.value, False) if _SAYS_NO_MORE.fullmatch(name) else None
    return None
