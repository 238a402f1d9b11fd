"""The texts of a submission x the reader's law -> all that the program says of them, as files of a bag.

The same texts, law and version of the program give the same bytes, at an agency and at OPM: nothing here knows a
clock, a folder or a name of a machine. Whoever receives a bag makes these files again and compares.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from sespms_rules.checks.scenarios import ScenarioResult
from sespms_rules.foundation.diagnostic import Severity
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.parsing import parse
from sespms_rules.language.resolution import FolderLibrary
from sespms_rules.law.law_texts import LawTexts, editions_brought
from sespms_rules.law.provenance import Provenance, checked_against, texts_of
from sespms_rules.pipeline import Compilation, compile_document
from sespms_rules.proofs.deciders import Deciders
from sespms_rules.proofs.effort import FOR_A_BAG
from sespms_rules.reports.findings import (
    as_html,
    as_json,
    as_sarif,
    head,
    held_as_json,
    requirements_as_json,
)
from sespms_rules.reports.provenance import as_json as provenance_as_json
from sespms_rules.review.answers import answers_in
from sespms_rules.review.asked import asked_of
from sespms_rules.review.bag_opening import BagError
from sespms_rules.review.proof_files import json_bytes, proof_files
from sespms_rules.review.standing import Standing, standing_of
from sespms_rules.review.standing_data import standing_as_data
from sespms_rules.studies.checked import Checked, checked

if TYPE_CHECKING:
    from sespms_rules.studies.proving import Proved

EVIDENCE = "evidence/"
REPORT = "report.html"


class Evidence(Frozen):
    """What is said of a submission: `files` by their paths, how it stands to its answers.

    `read_by` are the editions of the law and the shipped systems that it was read by, by their names.
    """

    files: Mapping[str, bytes]
    standing: Standing
    read_by: Mapping[str, Source]
    compilation: Compilation
    checked: Checked


def evidence_of(policy: str, texts: Mapping[str, bytes], answers: bytes | None, law: LawTexts) -> Evidence:
    """Read the policy of this name, of the texts by their names, as a reviewer does.

    Raises BagError for a text that is not in UTF-8, AnswersError for answers that cannot count.
    """
    from sespms_rules.studies.proving import proved_by  # the solver loads where something is proved

    compilation, read = compiled_texts(policy, texts, heed_accepts=False)
    document = compilation.document
    brought = editions_brought([document], FolderLibrary((), ()), law)
    deciders = Deciders(FOR_A_BAG)
    every = (*law.findings, *compilation.diagnostics, *brought)
    result = checked([compilation], every, law.library, decide=deciders, review=True)
    standing = standing_of(asked_of(result), answers_in(answers, "answers.toml") if answers is not None else ())
    provenance = checked_against((*read, *texts_of(compilation.policy.systems)), result.conformance)
    proofs = proved_by(compilation, deciders, result.conformance, law.library)
    files = _files(compilation, result, standing, provenance, proofs)
    return Evidence(files, standing, _read_by(texts, compilation, result), compilation, result)


def compiled_texts(policy: str, texts: Mapping[str, bytes], *, heed_accepts: bool) -> tuple[Compilation, list[Source]]:
    """The policy of this name, of the texts by their names, and all of them as they were read.

    Raises BagError for a text that is not in UTF-8.
    """
    parsed = {name: parse(_source(name, held)) for name, held in sorted(texts.items())}
    document, found = parsed[policy]
    others = [
        each
        for name, (each, faults) in parsed.items()
        if name != policy and all(one.severity is not Severity.ERROR for one in faults)
    ]
    compilation = compile_document(document, found, FolderLibrary(others), heed_accepts=heed_accepts)
    return compilation, [each.source for each, _ in parsed.values()]


def _read_by(texts: Mapping[str, bytes], compilation: Compilation, result: Checked) -> dict[str, Source]:
    """The editions and the shipped systems that a submission was read by; the reader's own folders by file name."""
    read = [each.span.source for held in result.conformance for each in held.held]
    read += [each for each in texts_of(compilation.policy.systems) if each.name not in texts]
    return {(each.name if each.name.startswith("policies/") else PurePath(each.name).name): each for each in read}


def _source(name: str, held: bytes) -> Source:
    try:
        text = held.decode()
    except UnicodeDecodeError:
        raise BagError(f"`{name}` is no text in UTF-8; save it so, and every reader sees it alike") from None
    if "\0" in text:
        raise BagError(f"`{name}` is no text: it holds bytes that no text has")
    return Source(name, text.removeprefix("\ufeff"), held)


def _files(
    compilation: Compilation, result: Checked, standing: Standing, provenance: Provenance, proofs: Iterable[Proved]
) -> dict[str, bytes]:
    found, held = result.findings, result.conformance
    check = {
        "schema": "sespms-check/1",
        "summary": head(list(found), list(held)),
        **provenance_as_json(provenance),
        "findings": as_json(found),
        "baseline": held_as_json(held),
        "requirements": requirements_as_json(held),
    }
    report = as_html(compilation.source, compilation.policy.systems, found, held, provenance=provenance)
    return {
        "evidence/answers.json": json_bytes({"schema": "sespms-answer/1", **standing_as_data(standing)}),
        "evidence/check.json": json_bytes(check),
        "evidence/check.sarif": json_bytes(as_sarif(list(found), list(held), provenance)),
        **proof_files(proofs),
        "evidence/scenarios.json": json_bytes(
            {"schema": "sespms-scenarios/1", "scenarios": [_scenario(each) for each in compilation.scenarios]}
        ),
        REPORT: (report + "\n").encode(),
    }


def _scenario(each: ScenarioResult) -> dict[str, Any]:
    return {"name": each.name, "passed": each.passed, "expected": each.expected, "got": each.got}
