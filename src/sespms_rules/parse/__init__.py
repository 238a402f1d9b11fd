"""Text to syntax: the first stage, and the only one that knows Lark."""

from __future__ import annotations

from sespms_rules.parse.parsing import parse

__all__ = ["parse"]
