"""Proved -> what travels of it: each verdict, the questions as SMT-LIB 2 with their answers, and certificates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from sespms_rules.reports.findings import json_text

if TYPE_CHECKING:  # a receipt of a rating is read without the solver
    from sespms_rules.proofs.guarantees import Established
    from sespms_rules.proofs.solver import Exchange
    from sespms_rules.studies.proving import Proved

PROOFS: Final = "evidence/proofs.json"
QUESTIONS: Final = "evidence/questions/"
CERTIFICATES: Final = "evidence/certificates/"
_HEAD: Final = """; {words}
; system: {system}
; Each question is about appraisals under plans of one sort: their ratings, weights and limits. Any solver that reads
; SMT-LIB 2 can be asked; what was answered stands above each question.
(set-info :smt-lib-version 2.6)
(set-logic ALL)
"""


def proof_files(found: Iterable[Proved]) -> dict[str, bytes]:
    """The files of a bag that tell of proofs, by their paths below the payload."""
    files: dict[str, bytes] = {}
    systems = [
        {"system": each.system, "under": each.under, "guarantees": [_told(each, one, files) for one in each.verdicts]}
        for each in found
    ]
    files[PROOFS] = json_bytes({"schema": "sespms-proofs/1", "systems": systems})
    return files


def _told(of: Proved, each: Established, files: dict[str, bytes]) -> dict[str, Any]:
    """A guarantee as data; its questions and its certificate go into files of their own."""
    number = f"{sum(path.startswith(QUESTIONS) for path in files) + 1:02}"
    told: dict[str, Any] = {
        "guarantee": each.asked.words,
        "asked_by": list(each.asked.by),
        "verdict": each.status.value,
        "why": each.why,
        "by": "reading the policy" if each.inspected else "solver",
        "counterexamples": [one.scenario for one in each.counterexamples],
    }
    if each.exchanges:
        told["questions"] = f"{QUESTIONS}{number}.smt2"
        told["answers"] = [one.answer for one in each.exchanges]
        files[told["questions"]] = questions_text(of.system, each).encode()
    if each.certificate is not None:
        told["certificate"] = f"{CERTIFICATES}{number}.json"
        files[told["certificate"]] = json_bytes(each.certificate)
    return told


def questions_text(system: str, each: Established) -> str:
    """The questions of a guarantee, one after another, each apart from the others."""
    head = _HEAD.format(words=_line(each.asked.words), system=_line(system))
    return head + "".join(_question(number, one) for number, one in enumerate(each.exchanges, 1))


def _question(number: int, one: Exchange) -> str:
    said = f"; question {number}: {one.purpose.value}\n; answered: {one.answer}\n"
    if not one.text:
        return f"{said}; it is too long to be written down\n"
    return f"{said}(push 1)\n{one.text}(pop 1)\n"


def _line(text: str) -> str:
    return " ".join(text.split())


def json_bytes(data: Any) -> bytes:
    """Data as a file of evidence."""
    return (json_text(data, indent=1) + "\n").encode()
