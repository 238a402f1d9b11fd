"""What is worth keeping between two runs of the program: plain JSON in the user's own cache folder.

JSON cannot execute anything, and a file is read only while it belongs to this user alone. Nothing that is kept is
needed: where the folder cannot be read or written, the work is done anew.
"""

from __future__ import annotations

import json
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Any


def cache_folder() -> Path | None:
    """Return the folder that is kept; None when no home folder is known."""
    named = os.environ.get("SESPMS_CACHE")
    if named:
        return Path(named)
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "sespms_rules"
    except RuntimeError:
        return None


def read_saved(path: Path) -> Any:
    """Return what a file holds; None when it is absent, another's, or damaged."""
    try:
        if not _is_private(path.parent) or not _is_private(path):
            return None
        return json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None


def save(made: Any, path: Path) -> None:
    """Save it whole or not at all; a folder that cannot be written is no fault, only slower."""
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside.touch(mode=0o600)
        beside.write_text(json.dumps(made, separators=(",", ":")), encoding="utf-8")
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _is_private(path: Path) -> bool:
    """Whether a file belongs to this user and no one else may write it."""
    facts = path.stat()
    if not hasattr(os, "getuid"):
        return True
    return facts.st_uid == os.getuid() and not facts.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
