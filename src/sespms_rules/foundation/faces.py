"""The face of a room: names that are imported from the room's modules when they are first asked for.

Whoever is outside a wing enters a room by its face alone, and what stands behind may be moved. A face imports nothing
by itself, so that who asks a room for something light does not load what is heavy in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def face(room: str, names: Mapping[str, str]) -> Callable[[str], Any]:
    """The `__getattr__` of a room: `names` says in which of its modules each name stands.

    What it gives raises AttributeError for any other name.
    """

    def found(name: str) -> Any:
        if name not in names:
            raise AttributeError(f"module {room!r} has no attribute {name!r}", name=name)
        return getattr(import_module(f"{room}.{names[name]}"), name)

    return found
