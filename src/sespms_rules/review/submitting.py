"""A policy with the texts it rests on -> a bag for the reviewer, as the bytes of one zip.

The bag holds every text of the submission, the answers, the law and the shipped systems that it was read by, and all
that the program says of it. The same texts and answers give the same bytes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any, Final

from sespms_rules.foundation.json_values import json_values
from sespms_rules.foundation.values import Frozen
from sespms_rules.foundation.version import version
from sespms_rules.law.law_texts import law_texts
from sespms_rules.records.keeping import bagged
from sespms_rules.reports.findings import json_text
from sespms_rules.review.bag_opening import BagError, OpenedBag
from sespms_rules.review.evidence import Evidence, evidence_of

SCHEMA: Final = "sespms-submission/1"
_TEXT_NAME = re.compile(r"[A-Za-z0-9._()+,=@&'-][A-Za-z0-9 ._()+,=@&'-]{0,98}\.sespms", re.ASCII)
_README: Final = """A performance management system for senior executives, as an agency submits it.

data/submission/      the texts of the system; `sespms check --review` reads them
data/answers.toml     what the agency answered to findings and questions, where it did
data/evidence/        what the program says of them: findings, requirements, scenarios, proofs, answers
data/report.html      the same for people
data/read-by/         the law and the shipped systems that they were read by
data/submission.json  which text is the policy, by which version it was read, and the digest of each text

Nothing here is trusted by whoever receives it: `sespms receive` makes the evidence again and compares.
"""


class Submission(Frozen):
    """What a bag submits: the name of the policy, its texts by name, the answers; `is_test` of one for trial alone."""

    policy: str
    texts: Mapping[str, bytes]
    answers: bytes | None
    is_test: bool


def submission_bag(submission: Submission) -> tuple[bytes, Evidence]:
    """The bag of a submission, read by the law that comes with the program, and what it holds as evidence.

    Raises BagError for a text that cannot be bagged, AnswersError for answers that cannot count.
    """
    for name in submission.texts:
        if not _TEXT_NAME.fullmatch(name):
            raise BagError(
                f"`{name}` is no plain name for a text in a bag; use letters A to Z, digits, `.`, `_` and `-`"
            )
    evidence = evidence_of(submission.policy, submission.texts, submission.answers, law_texts())
    payload = {f"submission/{name}": held for name, held in submission.texts.items()}
    if submission.answers is not None:
        payload["answers.toml"] = submission.answers
    payload |= evidence.files
    payload |= {f"read-by/{name}": each.text.encode() for name, each in evidence.read_by.items()}
    payload |= covering(submission, evidence, version())
    name = f"submission-{submission.policy.removesuffix('.sespms').replace(' ', '_')}"
    return bagged(name, payload, covering_info(submission, version())), evidence


def covering(submission: Submission, evidence: Evidence, made_by: str) -> dict[str, bytes]:
    """What a version of the program writes into the payload about a submission, by its paths."""
    described = json_text(_described(submission, evidence, made_by), indent=1) + "\n"
    return {"submission.json": described.encode(), "README.txt": _README.encode()}


def covering_info(submission: Submission, made_by: str) -> dict[str, str]:
    """What a version of the program writes into `bag-info.txt`, but for the size."""
    kind = "a test, not to be signed" if submission.is_test else "for approval"
    return {
        "Bagging-Software": f"sespms_rules {made_by}",
        "External-Description": f"a performance management system for senior executives, {kind}",
        "External-Identifier": submission.policy,
    }


def _described(submission: Submission, evidence: Evidence, made_by: str) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "version": made_by,
        "test": submission.is_test,
        "policy": submission.policy,
        "systems": [each.name for each in evidence.compilation.policy.systems],
        "texts": {name: hashlib.sha256(held).hexdigest() for name, held in sorted(submission.texts.items())},
        "read_by": {name: each.sha256 for name, each in evidence.read_by.items()},
        "standing": evidence.standing.said,
    }


def submission_in(bag: OpenedBag) -> Submission:
    """What a bag submits. Raises BagError for a bag that is whole and holds no submission."""
    payload = bag.payload
    try:
        described = json_values(payload["submission.json"])
        schema, policy, is_test = (described[name] for name in ("schema", "policy", "test"))
    except (KeyError, ValueError, TypeError):
        raise BagError("the bag holds no submission: `data/submission.json` is missing or is not read") from None
    lead = "submission/"
    texts = {path.removeprefix(lead): held for path, held in payload.items() if path.startswith(lead)}
    known = isinstance(policy, str) and policy in texts and all(map(_TEXT_NAME.fullmatch, texts))
    if schema != SCHEMA or not isinstance(is_test, bool) or not known:
        raise BagError("the bag holds no submission of a kind that this version reads, or lacks its policy")
    return Submission(policy, texts, payload.get("answers.toml"), is_test)
