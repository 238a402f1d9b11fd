"""Several texts in one file: a finding at a line that one text took over from another says in which it is found.

A system that is based on another repeats its lines, and an amendment changes some of them. What is found of the copy
stands at the line of the original, three times where there are three copies; who reads it must know of which.
"""

from __future__ import annotations

from collections.abc import Sequence

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.source import Span
from sespms_rules.foundation.values import replace
from sespms_rules.language.syntax.nodes import Block, Document

Findings = Sequence[Diagnostic]


def saying_which(document: Document, found: Sequence[tuple[str, str, Findings]]) -> list[Diagnostic]:
    """The findings of several texts; each comes with the word before its name (`in`, `under`) and its name.

    What is found alike in the text whose line it is, is told of that one; what is found otherwise, or elsewhere alone,
    says in which text.
    """
    owned: dict[str, set[Diagnostic]] = {}
    for _, name, findings in found:
        owned.setdefault(name, set()).update(findings)
    owners = _Owners(document)
    told = []
    for word, name, findings in found:
        for finding in findings:
            owner = owners.of(finding.span)
            if owner is None or owner == name or finding in owned.get(owner, ()):
                told.append(finding)
            else:
                told.append(replace(finding, message=f"{word} `{name}`: {finding.message}"))
    return told


class _Owners:
    """Which text of a document a place belongs to."""

    def __init__(self, document: Document) -> None:
        blocks = [each for each in document.blocks if isinstance(each, Block) and each.heading.opens_a_text]
        self._source = document.source
        self._heads = [(each.span.start, each.heading.name.text) for each in blocks if each.heading.name]

    def of(self, span: Span) -> str | None:
        """The name of the text that holds a place; None for one outside the document, or above its first head."""
        if span.source is not self._source:
            return None
        return next((name for start, name in reversed(self._heads) if start <= span.start), None)
