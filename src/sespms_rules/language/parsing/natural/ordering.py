"""Sentences that order what a system then is, as manuals write them: `shall be in writing`."""

from __future__ import annotations

import re

_ORDERS = (
    (r"\b(?:shall|must|will|should) be\b|\b(?:is|are) (?:to be|required to be)\b", "is"),
    (r"\b(?:shall|must|will|should) (?:have|contain|include|consist of)\b|\bconsists? of\b", "has"),
    (r"\b(?:shall|must|will|should) ", ""),
    (r"^(?:the|an?) (?=[^\W\d_])", ""),
    (r"(\d) (?:percent|per cent)\b", r"\1%"),
)
"""How manuals order what a system then is: `shall be in writing`."""


def advises(written: str) -> bool:
    """Whether a sentence only advises: what should be is perhaps not what is."""
    return "should" in written.casefold().split()


def ordered(written: str) -> str:
    """A sentence that orders, as one that says so; what stands in quotes is never changed."""
    pieces = re.split(r'("[^"]*")', written)
    for pattern, plain in _ORDERS:
        pieces[::2] = [re.sub(pattern, plain, each, flags=re.IGNORECASE) for each in pieces[::2]]
    return "".join(pieces)
