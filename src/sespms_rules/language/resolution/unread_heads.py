"""What is found of a document -> the same without what follows from a head that could not be read.

The parts below such a head fall to the text above it, or to none. What is then found of them is no fault of theirs, and
a fix of it would put the lines of one text into another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.line_edits import whole_lines
from sespms_rules.foundation.patterns import late
from sespms_rules.language.syntax.nodes import Block, Document
from sespms_rules.language.syntax.words import HEADS

_HEAD = late(rf"\s*(?:{'|'.join(each.value for each in HEADS)})\b", re.IGNORECASE)


def of_known_texts(document: Document, found: Iterable[Diagnostic], unread: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The findings on parts of which it is known to which text they belong; `unread` is what could not be read."""
    heads = [each.span.start for each in document.blocks if isinstance(each, Block) and each.heading.opens_a_text]
    missed = [each.span.start for each in unread if _is_of_a_head(each) and each.span.source is document.source]
    ends = [min((head for head in heads if head > start), default=len(document.source.text)) for start in missed]
    reaches = list(zip(missed, ends, strict=True))
    return [
        each
        for each in found
        if each.span.source is not document.source or not any(start <= each.span.start < end for start, end in reaches)
    ]


def _is_of_a_head(finding: Diagnostic) -> bool:
    """Whether a line at the margin could not be read that is a head, or would be one once its fix is carried out."""
    line = whole_lines(finding.span)
    if finding.severity is not Severity.ERROR or line.text[:1].isspace():
        return False
    meant = (line.text, *(each.replacement for each in finding.fixes if each.span.start == line.start))
    return any(_HEAD.match(each) for each in meant)
