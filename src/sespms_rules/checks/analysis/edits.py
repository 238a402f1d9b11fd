"""Edits that mend a contradiction: words in the place of others. They are proposals, never sure."""

from __future__ import annotations

from sespms_rules.foundation.diagnostic import Fix
from sespms_rules.foundation.source import Span


def words_instead(words: str, others: str, span: Span) -> tuple[Fix, ...]:
    """Put words in the place of others that stand in a sentence once; none where they do not."""
    if span.text.count(words) != 1:
        return ()
    start = span.start + span.text.index(words)
    return (Fix(f"write `{others.strip()}`", Span(span.source, start, start + len(words)), others, sure=False),)
