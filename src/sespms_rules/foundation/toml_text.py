"""TOML that a stranger wrote -> values, within bounds.

The library looks at each part of a dotted key together with all parts before it, so that a key of a megabyte takes
hours; such a key is refused before it is given to the library.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any, Final

from sespms_rules.foundation.patterns import late

DEEPEST: Final = 20
"""Parts of a dotted key; nobody writes more than three or four."""

_STRING: Final = r"""(?:"(?:[^"\\\n]|\\.)*+"?|'[^'\n]*+'?)"""
_PART: Final = rf"(?:[A-Za-z0-9_-]++|{_STRING})"
_KEY: Final = rf"{_PART}(?:[ \t]*+\.[ \t]*+{_PART})*+"
_PARTS: Final = re.compile(_PART, re.DOTALL)
_PIECES: Final = late(
    r'''#[^\n]*+|"""(?:[^"\\]|\\.|"(?!""))*+(?:""")?|\'\'\'(?:[^']|'(?!''))*+(?:\'\'\')?'''
    rf"|(?P<key>{_KEY})|[^#\"'A-Za-z0-9_-]++",
    re.DOTALL,
)


class TomlError(ValueError):
    """A text that is not read as TOML: `str()` says why, to stand behind the name of the file and `is`."""


def toml_values(text: str) -> dict[str, Any]:
    """The values of a TOML text; a number with a point is the text it is written in. Raises TomlError."""
    keys = (found["key"] for found in _PIECES.finditer(text))
    if any(key and key.count(".") >= DEEPEST and len(_PARTS.findall(key)) > DEEPEST for key in keys):
        raise TomlError(f"nested too deeply: a key has more than {DEEPEST} parts")
    try:
        return tomllib.loads(text, parse_float=str)
    except RecursionError:
        raise TomlError("nested too deeply") from None
    except tomllib.TOMLDecodeError as fault:
        raise TomlError(f"no TOML: {(str(fault).splitlines() or [''])[0][:200]}") from None
    except ValueError:
        raise TomlError("no TOML that is read: it holds a number of thousands of digits") from None
