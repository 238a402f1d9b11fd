"""JSON that a stranger wrote -> values; whatever is wrong with it is one kind of fault."""

from __future__ import annotations

import json
from typing import Any


def json_values(held: str | bytes) -> Any:
    """The values of a JSON text. Raises ValueError for what is none, is no text, or is nested too deeply to follow."""
    try:
        return json.loads(held)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
