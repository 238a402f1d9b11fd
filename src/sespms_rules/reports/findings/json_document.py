"""Data -> the text of a JSON document that is safe to show: signs that move a cursor or turn a line are escaped."""

from __future__ import annotations

import json
from typing import Any

from sespms_rules.foundation.patterns import late

# What JSON itself escapes stands below U+0020. These are the rest: DEL and the second set of control signs, marks of
# direction, separators of lines, and halves of letters, which no encoding holds.
_UNSAFE = late("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_UNICODE = ("utf-8", "utf8", "utf_8")


def json_text(data: Any, *, indent: int | None = None, encoding: str | None = None) -> str:
    """Return data as JSON text; `encoding` is that of where it goes: what it may lack is escaped, never replaced."""
    plain = encoding is not None and encoding.lower() not in _UNICODE
    text = json.dumps(data, ensure_ascii=plain, indent=indent)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)
