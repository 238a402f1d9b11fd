"""Text to syntax: the first stage, and the only one that knows Lark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sespms_rules.foundation.faces import face
from sespms_rules.language.parsing.parsing import parse, parse_with_choices
from sespms_rules.language.parsing.reading import UnreadableFileError, read_source
from sespms_rules.language.parsing.token_list import Token, token_runs, tokens
from sespms_rules.language.parsing.tree_cache import parse_kept

if TYPE_CHECKING:
    from sespms_rules.language.parsing.alternatives import words_instead
    from sespms_rules.language.parsing.findings import LEFT_TO_DECIDE, NOT_UTF_8
    from sespms_rules.language.parsing.following import Following, part_of_line, what_follows
    from sespms_rules.language.parsing.grammar import fixed_words
    from sespms_rules.language.parsing.left_open import open_decisions
    from sespms_rules.language.parsing.spelling import distance
else:
    __getattr__ = face(
        __name__,
        {
            "Following": "following",
            "LEFT_TO_DECIDE": "findings",
            "NOT_UTF_8": "findings",
            "distance": "spelling",
            "words_instead": "alternatives",
            "what_follows": "following",
            "fixed_words": "grammar",
            "open_decisions": "left_open",
            "part_of_line": "following",
        },
    )

__all__ = [
    "LEFT_TO_DECIDE",
    "NOT_UTF_8",
    "Following",
    "Token",
    "UnreadableFileError",
    "distance",
    "fixed_words",
    "open_decisions",
    "parse",
    "parse_kept",
    "parse_with_choices",
    "part_of_line",
    "read_source",
    "token_runs",
    "tokens",
    "what_follows",
    "words_instead",
]
