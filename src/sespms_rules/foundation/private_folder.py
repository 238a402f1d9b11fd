"""A folder for copies of what is confidential: its owner's alone, and gone with the process whatever ended it.

A small shell waits beside the process for its end and then removes the folder; so a kill that lets nobody tidy up
leaves nothing either. Where there is no such shell, the folder is removed at the end of the block alone.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

_SHELL = Path("/bin/sh")
_WAIT_AND_REMOVE = 'trap "" HUP INT TERM; read -r never; rm -rf -- "$1"'
_PATIENCE = 30


class PrivateFolder:
    """A new folder, open until the end of its `with` block or `close`; `path` is where."""

    def __init__(self, folder: str | None = None) -> None:
        parent = Path(folder or tempfile.gettempdir()).absolute()
        self.path = parent / f"sespms-{os.urandom(12).hex()}"
        self._guard: subprocess.Popen[bytes] | None = None
        if _SHELL.exists():
            # The guard is there before the folder is: no moment is left in which nobody would remove it.
            self._guard = subprocess.Popen(
                [str(_SHELL), "-c", _WAIT_AND_REMOVE, "sh", str(self.path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd="/",
                start_new_session=True,
            )
        self.path.mkdir(mode=0o700)

    def put(self, name: str, content: bytes) -> Path:
        """Write a new file into the folder, its owner's alone, and return where it is."""
        path = self.path / name
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
        return path

    def close(self) -> None:
        """Remove the folder and all in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        guard, self._guard = self._guard, None
        if guard is not None and guard.stdin is not None:
            guard.stdin.close()  # it finds nothing left to remove, and ends
            guard.wait(_PATIENCE)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
