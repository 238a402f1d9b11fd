"""What must be fixed and answered, as text and as data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sespms_rules.reports.findings import printable
from sespms_rules.review import Answer, AnswerKind, Asked, Must, Standing, standing_as_data


def as_text(standing: Standing) -> Iterator[str]:
    """Paragraphs: what must be fixed, what must be answered, answers that are out of date, and the count."""
    for must, title in ((Must.FIX, "must be fixed"), (Must.ANSWER, "must be answered")):
        for asked, answer in standing.asked:
            if asked.must is must:
                yield printable("\n".join(_asked(title, asked, answer)))
    for each in standing.stale:
        yield printable("\n".join(_stale(each)))
    yield standing.said


def _asked(title: str, asked: Asked, answer: Answer | None) -> Iterator[str]:
    state = title if answer is None else "disputed" if answer.kind is AnswerKind.DISPUTE else "answered"
    yield f"{asked.fingerprint}  {state}: {asked.code} {asked.says}"
    if asked.place:
        yield f"  {asked.place}: `{asked.words}`"
    if answer is not None:
        yield f"  {answer.by}, {answer.date}: {answer.reason}"


def _stale(answer: Answer) -> Iterator[str]:
    yield f"{answer.finding}  out of date: what it answered is found no more, or other words are meant now"
    yield f"  it answered {answer.code} {answer.says}" + (f", of `{answer.words}`" if answer.words else "")
    yield f"  {answer.by}, {answer.date}: {answer.reason}"


def answers_as_data(policy: str, standing: Standing) -> dict[str, Any]:
    """How one policy of several stands, as JSON data."""
    return {"path": policy, **standing_as_data(standing)}
