"""The notes by which an author, or `sespms complete`, says that something is still to be decided."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.patterns import late
from sespms_rules.language.parsing.findings import LEFT_TO_DECIDE
from sespms_rules.language.syntax.nodes import Document

_MARK = late(r"#\s*to decide\b:?\s*(.*)", re.IGNORECASE)
_HELP = "decide it, change the sentence if need be, and take the note out"


def open_decisions(document: Document) -> Iterator[Diagnostic]:
    """Say of each note that begins with `to decide` what it leaves open: until then the sentence is only an example."""
    for each in document.comments:
        if (not each.text.isascii() or "decide" in each.text.lower()) and (found := _MARK.match(each.text)):
            what = found[1].strip()
            message = f"a note leaves something to decide: `{what}`" if what else "a note leaves something to decide"
            yield LEFT_TO_DECIDE.at(each.span, message, help=_HELP)
