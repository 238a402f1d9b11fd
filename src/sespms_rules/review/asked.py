"""Checked -> what an agency must fix, and what it must answer, before its system goes to a reviewer.

An error must be fixed. A warning must be answered, and so must each question that an edition asks a reviewer: the
agency is asked first, so that the reviewer reads its answer beside the question. Notes ask for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from hashlib import sha256

from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.values import Frozen
from sespms_rules.law.verdict import Ruling, Verdict, VerdictKind
from sespms_rules.studies.checked import Checked

QUESTION = "question"
"""What stands for the code of a question: it is asked by an edition, and is no finding."""


class Must(StrEnum):
    """What is to be done about something before a system is submitted."""

    FIX = "fix"
    ANSWER = "answer"


class Asked(Frozen):
    """One thing to fix or to answer. `words` are those of the policy that it speaks of, `place` where they stand.

    `fingerprint` is 16 hexadecimal digits of what is said and the words it speaks of, not of the place.
    """

    must: Must
    fingerprint: str
    code: str
    says: str
    words: str
    place: str


def asked_of(found: Checked) -> tuple[Asked, ...]:
    """What must be fixed, then what must be answered, each once: the same of the same words has one fingerprint."""
    every = {each.fingerprint: each for each in (*_findings(found), *_questions(found))}
    return tuple(sorted(every.values(), key=lambda each: each.must is not Must.FIX))


def _findings(found: Checked) -> Iterator[Asked]:
    for each in found.findings:
        if each.severity is not Severity.NOTE:
            must = Must.FIX if each.severity is Severity.ERROR else Must.ANSWER
            yield Asked(must, each.fingerprint, each.code, each.message, each.span.words, _place(each))


def _place(finding: Diagnostic) -> str:
    return f"{finding.path}:{finding.span.line}" if finding.path else ""


def _questions(found: Checked) -> Iterator[Asked]:
    for held in found.conformance:
        for verdict in held.verdicts:
            for ruling in verdict.rulings:
                if ruling.kind is VerdictKind.NEEDS_PERSON:
                    yield _question(held.system, verdict, ruling)


def _question(system: str, verdict: Verdict, ruling: Ruling) -> Asked:
    edition = f", edition of {verdict.edition}" if verdict.edition else ""
    says = f"{verdict.citation}, {verdict.title} ({verdict.baseline}{edition}): {ruling.why}"
    words = " / ".join(dict.fromkeys(each.words for each in ruling.evidence))
    said = "\n".join((QUESTION, system, verdict.baseline, verdict.citation, ruling.asked, ruling.why, words))
    place = f"{ruling.evidence[0].source.name}:{ruling.evidence[0].line}" if ruling.evidence else ""
    return Asked(Must.ANSWER, sha256(said.encode()).hexdigest()[:16], QUESTION, says, words, place)
