"""What a reviewer enters -> the body of its entry: a comment, a verdict, a return, an approval, a withdrawal, a notice.

The command and the workbench enter steps by these functions alone, so that a step says the same wherever it is taken.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, Final

from sespms_rules.foundation.request import RequestError
from sespms_rules.register import Register
from sespms_rules.review.bag_opening import opened_bag
from sespms_rules.review.docket import NOTICE, Case, case_of, entered, packed, unpacked
from sespms_rules.review.notices import Notice, notice_in, tag_digest
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


def withdrawn(case: Case, because: str) -> dict[str, Any]:
    """The withdrawal of an approval, why, and the letter that says so. Raises RequestError."""
    said = words_of(because, "the reason")
    approval, number = case.approval, case.approved_pass
    more = [] if approval is None else [f"Approved: {approval.day}, until {approval.body['until']}"]
    more.append(f"Reason: {said}")
    if number is not None and case.number != number:
        more.append(f"Not withdrawn: pass {case.number}, received {case.passes[-1].day}")
    return {
        "text": said,
        "letter": letter(case, "The approval is withdrawn.", tuple(more), number=number, with_comments=False),
    }


def notice_received(
    register: Register, bag: bytes, keys: Sequence[str], who: tuple[str, datetime.date]
) -> tuple[Case, Notice]:
    """Enter the notice in a bag, by which an agency withdraws its submission; `keys` signed it.

    Raises BagError for a bag that is no notice, RequestError for a notice of another bag than that of the last pass,
    one received before, or one by none of the keys that signed it, RegisterError where nothing is left to withdraw.
    """
    notice = notice_in(opened_bag(bag))
    case = case_of(register, notice.system)
    body = {**_withdrawn_by_agency(case, notice, keys, who[1]), "bag": packed(bag)}
    return entered(register, case, NOTICE, body, who), notice


def _withdrawn_by_agency(case: Case, notice: Notice, keys: Sequence[str], day: datetime.date) -> dict[str, Any]:
    """What is entered of a notice, and the letter that acknowledges it."""
    theirs = case.passes[-1].body["signed by"]
    if theirs and not set(theirs) & set(keys):
        raise RequestError(
            f"pass {len(case.passes)} of `{case.system}` is signed, and the notice that withdraws it by none of"
            " the same keys"
        )
    if notice.submission != tag_digest(opened_bag(unpacked(case.passes[-1]))):
        raise RequestError(
            f"the notice withdraws another bag of `{case.system}` than that of pass {len(case.passes)}, which is the"
            " last one received"
        )
    told = {name: getattr(notice, name) for name in ("submission", "because", "by", "date")}
    # The same bag may be received again as another pass; what withdrew it then does not end this one.
    before = [each for each in case.made if each.kind == NOTICE and each.number < case.passes[-1].number]
    if earlier := next((each for each in before if each.body["notice"] == told), None):
        raise RequestError(
            f"the notice was received on {earlier.day} already, in entry {earlier.number}, and ended the pass of then;"
            f" pass {len(case.passes)} of `{case.system}` is withdrawn by a new one"
        )
    signed = f"signed with the key {', '.join(keys)}" if keys else "nobody signed it"
    more = (f"Withdrawn: {notice.date}, by {notice.by}; {signed}", f"Reason: {notice.because}")
    title = f"The agency withdrew its submission, and the review ends.{_of_the_approval(case, day)}"
    return {
        "text": notice.because,
        "notice": told,
        "signed by": list(keys),
        "letter": letter(case, title, more, with_comments=False),
    }


def _of_the_approval(case: Case, day: datetime.date) -> str:
    """What a notice leaves as it is: the approval of an earlier pass, which only OPM ends."""
    if case.approval is None:
        return ""
    until = case.approval.body["until"]
    stands = f"ended on {until}" if datetime.date.fromisoformat(until) < day else f"stands, until {until}"
    return f" The approval of {case.approval.day}, of pass {case.approved_pass}, {stands}."
