"""Who acts on a page: an opaque id, never what looks like a person's name."""

from __future__ import annotations

from sespms_rules.foundation.request import RequestError
from sespms_rules.records.reading import UnreadCellError, opaque


def who(given: str) -> str:
    """The id that was given. Raises RequestError for what looks like a person's name or number, and for none."""
    try:
        found = opaque(given)
    except UnreadCellError as fault:
        raise RequestError(f"{fault.says}; write an opaque id with a digit, such as `R-1`") from None
    if not found:
        raise RequestError("nobody is named; write an opaque id with a digit, such as `R-1`")
    return found
