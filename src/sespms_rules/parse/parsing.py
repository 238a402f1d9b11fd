"""Source -> syntax.Document.

Out differs from in: layout is gone, every sentence is a value of its own class, comments stand beside the
tree. Faults become findings; what could be read is in the document all the same.
"""

from __future__ import annotations

from sespms_rules.diagnostic import Diagnostic
from sespms_rules.parse.build import Builder
from sespms_rules.parse.grammar import parser
from sespms_rules.source import Source
from sespms_rules.syntax.nodes import Document


def parse(source: Source) -> tuple[Document, tuple[Diagnostic, ...]]:
    """Parse a source; return what could be read and the findings."""
    tree = parser().parse(source.text)
    builder = Builder(source)
    blocks = tuple(builder.build(child) for child in tree.children)
    return Document(blocks, source=source), tuple(builder.diagnostics)
