"""Edits that mend a contradiction: a line taken out, words in the place of others. They are proposals, never sure."""

from __future__ import annotations

from sespms_rules.foundation.diagnostic import Fix
from sespms_rules.foundation.source import Span


def line_out(title: str, span: Span) -> Fix:
    """Take a sentence out with the whole lines that it stands on, a comment behind it included."""
    text = span.source.text
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    return Fix(title, Span(span.source, start, len(text) if end < 0 else end + 1), "", sure=False)


def words_instead(words: str, others: str, span: Span) -> tuple[Fix, ...]:
    """Put words in the place of others that stand in a sentence once; none where they do not."""
    if span.text.count(words) != 1:
        return ()
    start = span.start + span.text.index(words)
    return (Fix(f"write `{others.strip()}`", Span(span.source, start, start + len(words)), others, sure=False),)
