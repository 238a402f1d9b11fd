"""What a reviewer enters -> the body of its entry: a comment, a verdict, a return, an approval, a withdrawal.

The command and the workbench enter steps by these functions alone, so that a step says the same wherever it is taken.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, Final

from sespms_rules.foundation.request import RequestError
from sespms_rules.review.docket import Case
from sespms_rules.review.reviewing import anchored, letter

ACCEPTED: Final = ("accepted", "not accepted")
_RETURNED: Final = "The system is returned. Please answer or change what the comments name, and submit it again."


def words_of(text: str, what: str) -> str:
    """A text as it is kept, on one line. Raises RequestError for one that says nothing."""
    said = " ".join(text.split())
    if not any(letter.isalpha() for letter in said):
        raise RequestError(f"{what} says nothing; write it in words")
    return said


def comment_on(case: Case, requirement: str, words: str, text: str) -> dict[str, Any]:
    """A comment on a requirement or on words of the text. Raises RequestError for one that is on neither."""
    if bool(requirement) == bool(words):
        raise RequestError("a comment is on a requirement or on words of the text; name one of them")
    said = words_of(text, "the comment")
    anchored(case, requirement, words)
    return {"requirement": requirement, "words": " ".join(words.split()), "text": said}


def verdict_on(case: Case, requirement: str, verdict: str, text: str) -> dict[str, Any]:
    """The reviewer's own verdict on a requirement, and why. Raises RequestError."""
    said = words_of(text, "the reason")
    if verdict not in ACCEPTED:
        raise RequestError(f"`{verdict}` is no verdict; a reviewer says `{'` or `'.join(ACCEPTED)}`")
    anchored(case, requirement, "")
    return {"requirement": requirement, "verdict": verdict, "text": said}


def returned(case: Case) -> dict[str, Any]:
    """The return of a system to its agency, with the letter that is written from the comments."""
    return {"letter": letter(case, _RETURNED)}


def approved(case: Case, until: datetime.date, day: datetime.date, conditions: Sequence[str]) -> dict[str, Any]:
    """The approval of the text of the last pass, by its digest. Raises RequestError for one that would be over."""
    if until < day:
        raise RequestError(f"an approval until {until} would be over on the day it is given")
    told = tuple(words_of(each, "a condition") for each in conditions)
    more = (f"Approved until: {until}", *(f"Condition: {each}" for each in told))
    last = case.passes[-1].body
    return {
        **{name: last[name] for name in ("sha256", "texts", "law")},
        "until": until.isoformat(),
        "conditions": list(told),
        "letter": letter(case, "The system is approved.", more),
    }


def withdrawn(because: str) -> dict[str, Any]:
    """The withdrawal of an approval, and why. Raises RequestError."""
    return {"text": words_of(because, "the reason")}
