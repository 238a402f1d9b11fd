"""The review: what an agency must fix or answer, the bag in which it submits a system, and the receipt of that bag.

A finding is answered by its fingerprint, so that an answer lasts as long as what it answers stays the same. Whoever
receives a bag trusts nothing in it: its bytes and signatures are checked, and everything is run again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sespms_rules.foundation.faces import face

if TYPE_CHECKING:
    from sespms_rules.review.answers import (
        Answer,
        AnswerKind,
        AnswersError,
        answers_path,
        read_answers,
        reason_of,
        written_answers,
    )
    from sespms_rules.review.asked import Asked, Must, asked_of
    from sespms_rules.review.bag_files import read_bag, with_file
    from sespms_rules.review.bag_opening import BagError, OpenedBag, opened_bag
    from sespms_rules.review.evidence import Evidence, evidence_of
    from sespms_rules.review.receiving import Receipt, received
    from sespms_rules.review.sealing import (
        ALGORITHMS,
        PublicKey,
        Sign,
        Signed,
        Statement,
        key_id,
        made_key_pair,
        read_private,
        read_public,
        signature_over,
        signatures_of,
        signing_command,
        statement_on,
    )
    from sespms_rules.review.standing import Standing, answered, standing_of, without
    from sespms_rules.review.standing_data import standing_as_data
    from sespms_rules.review.submitting import Submission, submission_bag, submission_in
else:
    __getattr__ = face(
        __name__,
        {
            "ALGORITHMS": "sealing",
            "Answer": "answers",
            "AnswerKind": "answers",
            "AnswersError": "answers",
            "Asked": "asked",
            "BagError": "bag_opening",
            "Evidence": "evidence",
            "Must": "asked",
            "OpenedBag": "bag_opening",
            "PublicKey": "sealing",
            "Receipt": "receiving",
            "Sign": "sealing",
            "Signed": "sealing",
            "Standing": "standing",
            "Statement": "sealing",
            "Submission": "submitting",
            "answered": "standing",
            "answers_path": "answers",
            "asked_of": "asked",
            "evidence_of": "evidence",
            "key_id": "sealing",
            "made_key_pair": "sealing",
            "opened_bag": "bag_opening",
            "read_answers": "answers",
            "read_bag": "bag_files",
            "read_private": "sealing",
            "read_public": "sealing",
            "reason_of": "answers",
            "received": "receiving",
            "signature_over": "sealing",
            "signatures_of": "sealing",
            "signing_command": "sealing",
            "standing_as_data": "standing_data",
            "standing_of": "standing",
            "statement_on": "sealing",
            "submission_bag": "submitting",
            "submission_in": "submitting",
            "with_file": "bag_files",
            "without": "standing",
            "written_answers": "answers",
        },
    )

__all__ = [
    "ALGORITHMS",
    "Answer",
    "AnswerKind",
    "AnswersError",
    "Asked",
    "BagError",
    "Evidence",
    "Must",
    "OpenedBag",
    "PublicKey",
    "Receipt",
    "Sign",
    "Signed",
    "Standing",
    "Statement",
    "Submission",
    "answered",
    "answers_path",
    "asked_of",
    "evidence_of",
    "key_id",
    "made_key_pair",
    "opened_bag",
    "read_answers",
    "read_bag",
    "read_private",
    "read_public",
    "reason_of",
    "received",
    "signature_over",
    "signatures_of",
    "signing_command",
    "standing_as_data",
    "standing_of",
    "statement_on",
    "submission_bag",
    "submission_in",
    "with_file",
    "without",
    "written_answers",
]
