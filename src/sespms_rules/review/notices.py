"""A notice: an agency withdraws a submission. It is a bag of its own, so that it is sealed and received like any other.

It names the submission by the SHA-256 of its tag manifest, which is the same with seals and without.
"""

from __future__ import annotations

import datetime
import hashlib
from typing import Any, Final

from sespms_rules.foundation.json_values import json_values
from sespms_rules.foundation.values import Frozen
from sespms_rules.foundation.version import version
from sespms_rules.records.keeping import bagged
from sespms_rules.records.reading import UnreadCellError, opaque
from sespms_rules.reports.findings import json_text
from sespms_rules.review.bag_opening import TAG_MANIFEST, BagError, OpenedBag
from sespms_rules.review.submitting import submission_in

SCHEMA: Final = "sespms-withdrawal/1"
_FILE: Final = "withdrawal.json"
_FIELDS: Final = {"schema", "version", "system", "submission", "because", "by", "date"}
_LONGEST: Final = 2_000
_README: Final = """An agency withdraws the submission of a performance management system for senior executives.

data/withdrawal.json  which submission, by the SHA-256 of its tag manifest, why, by whom and when
"""


class Notice(Frozen):
    """That a submission is withdrawn: of which system, which bag, why, by whom (an opaque id), and the day."""

    system: str
    submission: str
    because: str
    by: str
    date: str


def tag_digest(bag: OpenedBag) -> str:
    """By what a notice names a bag: the SHA-256 of its tag manifest, in hexadecimal."""
    return hashlib.sha256(bag.files[TAG_MANIFEST]).hexdigest()


def notice_bag(submitted: OpenedBag, because: str, by: str, date: datetime.date) -> bytes:
    """The bag of a notice that withdraws the submission in a bag.

    Raises BagError for a bag that submits no system, for a test, and for a reason that says nothing or is too long.
    """
    if submission_in(submitted).is_test:
        raise BagError("the bag is a test, which nobody submits; there is nothing to withdraw")
    said = json_values(submitted.payload["submission.json"]).get("systems")
    if not isinstance(said, list) or len(said) != 1 or not isinstance(said[0], str):
        raise BagError("a submission is of one system, and the bag does not name one")
    reason = " ".join(because.split())
    if not any(letter.isalpha() for letter in reason):
        raise BagError("the reason says nothing; write it in words")
    if len(reason) > _LONGEST:
        raise BagError(f"the reason has {len(reason):,} letters; at most {_LONGEST:,} are taken")
    told = Notice(said[0], tag_digest(submitted), reason, by, date.isoformat())
    data = {"schema": SCHEMA, "version": version(), **{name: getattr(told, name) for name in told._fields}}
    payload = {_FILE: (json_text(data, indent=1) + "\n").encode(), "README.txt": _README.encode()}
    info = {
        "Bagging-Software": f"sespms_rules {version()}",
        "External-Description": "an agency withdraws the submission of a performance management system",
    }
    return bagged(submitted.name.replace("submission-", "withdrawal-", 1), payload, info)


def is_notice(bag: OpenedBag) -> bool:
    """Whether a bag is a notice and no submission."""
    return _FILE in bag.payload


def notice_in(bag: OpenedBag) -> Notice:
    """What a bag says is withdrawn. Raises BagError for a bag that is no notice this version reads."""
    try:
        told = json_values(bag.payload[_FILE])
        if told["schema"] != SCHEMA or set(told) != _FIELDS:
            raise ValueError
        notice = Notice(*(_text(told[name]) for name in Notice._fields))
        datetime.date.fromisoformat(notice.date)
        if opaque(notice.by) != notice.by or not notice.by or notice.because != " ".join(notice.because.split()):
            raise ValueError
    except (KeyError, ValueError, TypeError, UnreadCellError):
        raise BagError("the bag holds no notice of a withdrawal that this version reads") from None
    return notice


def _text(held: Any) -> str:
    if not isinstance(held, str) or not held or len(held) > _LONGEST:
        raise ValueError
    return held
