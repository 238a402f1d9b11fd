"""Wording that may hide a distribution of levels: lines that a reviewer should read beside the question about one.

Nothing is concluded from a word. `The board ranks all executives` may be a quota or a seating order; so it is quoted.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from sespms_rules.checks.analysis import (
    chosen,
    parts_of,
    within,
)
from sespms_rules.foundation.patterns import AnyOf
from sespms_rules.foundation.values import cache_by_identity, replace
from sespms_rules.language.model import Requirement, Stated, System
from sespms_rules.language.syntax.derivation import Ask
from sespms_rules.language.syntax.elements import RequiresText, Standard
from sespms_rules.language.syntax.nodes import Node, Prose, Quoted
from sespms_rules.language.syntax.requirements import MayHave, MustNotHave
from sespms_rules.language.syntax.steps import OtherCases
from sespms_rules.language.syntax.system import Adapts, LeavesOut, Oversight, Purpose
from sespms_rules.language.syntax.words import PartKind
from sespms_rules.law.verdict import Ruling, VerdictKind

_WORDED = (Purpose, Oversight, LeavesOut, Adapts, Standard, RequiresText, OtherCases, Ask)
_MOST_QUOTED = 6
_SYSTEMS = 8
_MOST_LETTERS = 2_000
_COUNT = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|half|a (?:third|quarter|fifth|tenth))"
_SUSPECT = AnyOf(
    {
        r"\brank(?:s|ed|ing|ings)?\b": ("rank",),
        r"\bpercent(?:age|ages|ile|iles)?\b": ("percent",),
        r"\d\s*%": ("%",),
        r"\bquotas?\b": ("quota",),
        r"\bcurves?\b": ("curve",),
        r"\bper cent(?:um)?\b": ("per cent",),
        r"\bproportions?\b": ("proportion",),
        r"\bfractions?\b": ("fraction",),
        r"\b(?:ceiling|allotment|allocation)s?\b": ("ceiling", "allotment", "allocation"),
        r"\bhow many\b": ("how many",),
        r"\bno (?:greater|larger|higher|more) (?:part|share|number|portion)\b": (
            " part",
            " share",
            " number",
            " portion",
        ),
        r"\ba (?:few|handful)\b": ("a few", "a handful"),
        r"\bnumber of (?:executives|ratings|those)\b": ("number of ",),
        r"\b(?:few|many) (?:executives )?(?:may|can|are)\b": ("few ", "many "),
        r"\b(?:top|bottom)\b": ("top", "bottom"),
        r"\b(?:deciles?|quartiles?|quintiles?|terciles?|tenths?)\b": ("decile", "tile", "tercile", "tenth"),
        r"\bdistribut\w+": ("distribut",),
        r"\bforced?\b": ("force",),
        rf"\b(?:at most|no more than|not more than|up to|only) {_COUNT}\b": (
            "at most ",
            "more than ",
            "up to ",
            "only ",
        ),
        rf"\b(?:first|best|highest|lowest|last) {_COUNT}\b": ("first ", "best ", "highest ", "lowest ", "last "),
        r"\blimit(?:s|ed)? the (?:number|share)\b": ("limit",),
        r"\bshare of (?:the )?executives\b": ("share of ",),
        r"\bfixed (?:number|share)\b": ("fixed ",),
        rf"\bone (?:in|of|out of) (?:every )?{_COUNT}\b": ("one in ", "one of ", "one out of "),
    }
)


def is_about_distribution(requirement: Requirement) -> bool:
    """Whether a requirement forbids or allows a distribution."""
    forbidden = [each.part.kind for each in chosen(requirement.sentences, MustNotHave)]
    allowed = [each.part.kind for each in chosen(requirement.sentences, MayHave)]
    return PartKind.DISTRIBUTION in (*forbidden, *allowed)


@cache_by_identity(_SYSTEMS)
def suspects(system: System) -> tuple[Stated, ...]:
    """The lines whose wording speaks of ranks, shares or quotas, in the order of the text."""
    return tuple(_suspects(system))


def _suspects(system: System) -> Iterator[Stated]:
    for part in parts_of(system):
        for each in part.sentences:
            if isinstance(each.sentence, _WORDED) and _is_suspect(_wording(each)):
                yield each


def _is_suspect(words: str) -> bool:
    return _known_suspect(words) if len(words) <= _MOST_LETTERS else bool(_SUSPECT.search(words))


@lru_cache(maxsize=4096)
def _known_suspect(words: str) -> bool:
    """Kept from text to text: most wording is the same at the next pause of typing."""
    return bool(_SUSPECT.search(words))


def _wording(stated: Stated) -> str:
    texts = (each for each in within(stated.sentence, Node) if isinstance(each, Quoted | Prose))
    return " ".join(" ".join(each.text.split()) for each in texts)


def with_suspects(system: System, requirement: Requirement, ruling: Ruling) -> Ruling:
    """A question about a distribution with the lines that may hide one; any other ruling as it is."""
    if ruling.kind is not VerdictKind.NEEDS_PERSON or not is_about_distribution(requirement):
        return ruling
    found = suspects(system)
    if not found:
        return ruling
    quoted = "; ".join(f"`{_wording(each)}`" for each in found[:_MOST_QUOTED])
    more = f"; and {len(found) - _MOST_QUOTED} more" if len(found) > _MOST_QUOTED else ""
    why = f"{ruling.why} Read these words, which may hide one: {quoted}{more}"
    return replace(ruling, why=why, evidence=(*ruling.evidence, *(each.origin.span for each in found)))


__all__ = ["is_about_distribution", "suspects", "with_suspects"]
