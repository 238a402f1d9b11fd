"""A letter of a review, as it was entered and went out -> a document with the same words."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from sespms_rules.documents.letters import plain
from sespms_rules.documents.model import Bullets, Document, Heading, Paragraph, Part, Table

_COMMENTS = "Comments:"
_NUMBER = re.compile(r"^\d+\. ")


def review_letter(text: str, system: str, day: datetime.date) -> Document:
    """The letter about a system, entered on a day; its first line says what is done, its comments are numbered."""
    first, *rest = text.splitlines()
    return Document("Review of a performance management system", f"{system}, {day}", tuple(_parts(first, rest)), day)


def _parts(first: str, rest: list[str]) -> Iterator[Part]:
    at = rest.index(_COMMENTS) if _COMMENTS in rest else len(rest)
    yield Paragraph(first, marked=True)
    told = tuple(each.partition(": ") for each in rest[:at] if each)
    yield Table("What the letter is about", ("What", "Value"), tuple((plain(what), said) for what, _, said in told))
    comments = tuple(_NUMBER.sub("", plain(each)) for each in rest[at + 1 :] if each)
    if comments:
        yield Heading(1, "Comments")
        yield Bullets(comments, numbered=True)
