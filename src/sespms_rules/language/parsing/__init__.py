"""Text to syntax: the first stage, and the only one that knows Lark."""

from __future__ import annotations

from sespms_rules.language.parsing.parsing import parse
from sespms_rules.language.parsing.reading import UnreadableFileError, read_source
from sespms_rules.language.parsing.token_list import Token, tokens
from sespms_rules.language.parsing.tree_cache import parse_kept

__all__ = ["Token", "UnreadableFileError", "parse", "parse_kept", "read_source", "tokens"]
