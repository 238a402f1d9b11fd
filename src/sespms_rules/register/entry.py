"""An entry of the register and its digest.

An entry's digest is the SHA-256 of the canonical JSON (RFC 8785) of all its other fields, that of the entry before it
among them. So an entry cannot be changed, left out or moved without every later digest being wrong.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from sespms_rules.foundation.values import Frozen, field
from sespms_rules.register.places import RegisterError

Body: TypeAlias = Mapping[str, Any]
"""What an entry says: texts, whole numbers, yes and no, nothing, and lists and objects of these; never a float."""

NOTHING_BEFORE: Final = "0" * 64
"""What stands for the digest of the entry before the first."""

MOST_IN_A_BODY: Final = 1_000_000
_LARGEST: Final = 2**53 - 1  # what every reader of JSON holds exactly
_ONE_LINE = re.compile(r"[^\x00-\x1f\x7f\u2028\u2029\ud800-\udfff]*")
_LONGEST = 200


class Draft(Frozen, often=True):
    """What is to be entered. `series` is the run of records it belongs to, `subject` whom or what it is about.

    `about` is the number of an earlier entry that it speaks of, 0 for none; a `sealed` body is encrypted with a key of
    its own, so that it can be destroyed.
    """

    by: str
    kind: str
    body: Body
    series: str = field(default="")
    subject: str = field(default="")
    about: int = field(default=0)
    sealed: bool = field(default=False)


class Entry(Frozen, often=True):
    """A line of the register. `time` is UTC, `body` canonical JSON or, where sealed, base64 of what encrypts it."""

    number: int
    time: str
    by: str
    kind: str
    series: str
    subject: str
    about: int
    sealed: bool
    body: str
    before: str
    digest: str


def canonical(value: Any) -> str:
    """The one way to write a body as JSON. Raises RegisterError for what has no exact or no single form there."""
    _refuse_inexact(value)
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _refuse_inexact(value: Any) -> None:
    if isinstance(value, Mapping):
        for key, each in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise RegisterError(f"the key `{key}` of an entry's body is no plain word")
            _refuse_inexact(each)
    elif isinstance(value, list | tuple):
        for each in value:
            _refuse_inexact(each)
    elif isinstance(value, str):
        if not value.isascii() and any("\ud800" <= sign <= "\udfff" for sign in value):
            raise RegisterError("a text of an entry holds half of a sign, which cannot be written")
    elif isinstance(value, bool) or value is None:
        return
    elif not isinstance(value, int) or abs(value) > _LARGEST:
        raise RegisterError(f"`{value!r}` in an entry has no exact form; write it as a text")


def envelope(entry: Entry | Draft, number: int) -> bytes:
    """What a sealed body is bound to: it opens as the body of this entry and of no other."""
    of = (number, entry.by, entry.kind, entry.series, entry.subject, entry.about)
    return json.dumps(of, ensure_ascii=False, separators=(",", ":")).encode()


def entry_digest(entry: Entry) -> str:
    """The digest that an entry must bear, in hexadecimal."""
    return digest_of(
        entry.number,
        entry.time,
        (entry.by, entry.kind, entry.series, entry.subject),
        entry.about,
        entry.sealed,
        entry.body,
        entry.before,
    )


def digest_of(
    number: int, time: str, words: tuple[str, str, str, str], about: int, sealed: bool, body: str, before: str
) -> str:
    """The digest of an entry with these fields; `words` are by whom, kind, series and subject."""
    by, kind, series, subject = words
    fields = {
        "about": about,
        "before": before,
        "body": body,
        "by": by,
        "kind": kind,
        "number": number,
        "sealed": sealed,
        "series": series,
        "subject": subject,
        "time": time,
    }
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def refuse_unfit(draft: Draft) -> None:
    """Raise RegisterError for a draft whose words are no single lines, or are missing or too long."""
    for what, text in (("by", draft.by), ("kind", draft.kind), ("series", draft.series), ("subject", draft.subject)):
        if not text and what in ("by", "kind"):
            raise RegisterError(f"an entry needs its `{what}`")
        if len(text) > _LONGEST or not _ONE_LINE.fullmatch(text):
            raise RegisterError(f"the `{what}` of an entry is one line of at most {_LONGEST} letters")
