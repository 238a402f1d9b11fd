"""The review: what an agency must fix or answer before it submits a system, and what it answered.

A finding is answered by its fingerprint, so that an answer lasts as long as what it answers stays the same.
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
        written_answers,
    )
    from sespms_rules.review.asked import Asked, Must, asked_of
    from sespms_rules.review.standing import Standing, answered, standing_of, without
else:
    __getattr__ = face(
        __name__,
        {
            "Answer": "answers",
            "AnswerKind": "answers",
            "AnswersError": "answers",
            "Asked": "asked",
            "Must": "asked",
            "Standing": "standing",
            "answered": "standing",
            "answers_path": "answers",
            "asked_of": "asked",
            "read_answers": "answers",
            "standing_of": "standing",
            "without": "standing",
            "written_answers": "answers",
        },
    )

__all__ = [
    "Answer",
    "AnswerKind",
    "AnswersError",
    "Asked",
    "Must",
    "Standing",
    "answered",
    "answers_path",
    "asked_of",
    "read_answers",
    "standing_of",
    "without",
    "written_answers",
]
