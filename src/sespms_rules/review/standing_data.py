"""Standing -> plain data for a JSON document; the keys are stable, more may be added."""

from __future__ import annotations

from typing import Any

from sespms_rules.review.answers import Answer
from sespms_rules.review.standing import Standing


def standing_as_data(standing: Standing) -> dict[str, Any]:
    """The keys `asked`, `stale` and `ready` of a JSON document."""
    return {
        "asked": [
            {
                "fingerprint": asked.fingerprint,
                "must": asked.must.value,
                "code": asked.code,
                "message": asked.says,
                "text": asked.words,
                "place": asked.place,
                "answer": None if answer is None else _answer(answer),
            }
            for asked, answer in standing.asked
        ],
        "stale": [_answer(each) for each in standing.stale],
        "ready": standing.is_ready,
    }


def _answer(answer: Answer) -> dict[str, Any]:
    return {name: str(getattr(answer, name)) for name in Answer._fields}
