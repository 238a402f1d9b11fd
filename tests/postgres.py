"""A PostgreSQL server of a test's own: in a folder of its own, on a socket in it, as a user without rights."""

from __future__ import annotations

import csv
import io
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

_WHERE = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda each: int(each.parent.name), reverse=True)
_UNABLE = "THE TEXT FOR POSTGRESQL WAS NOT RUN BY POSTGRESQL: "
_MEMORY = "2000000"  # KiB that one process of the server may take; a planner that never ends stops there
_SECONDS = "120s"


class Postgres:
    """A server that runs SQL: rows come back as texts, an absent value as None."""

    def __init__(self, folder: Path, psql: str, user: str | None, start: Sequence[str]) -> None:
        self._folder, self._psql, self._user, self._start = folder, psql, user, start

    def start(self) -> None:
        """Start the server and wait until it answers."""
        with Path(os.devnull).open("rb") as nothing:
            started = _as(self._user, self._start, stdin=nothing)
        assert started.returncode == 0, (self._folder / "log").read_text(encoding="utf-8")[-3_000:]

    def crash(self) -> None:
        """Kill the server as a power cut does to it (`kill -9` of its first process), and start it again.

        What it had handed to the system is there still; it recovers from its log. Its other processes end by
        themselves, and until then it does not start.
        """
        process = int((self._folder / "data" / "postmaster.pid").read_text(encoding="utf-8").split()[0])
        children = [int(each) for each in _children(process)]
        os.kill(process, signal.SIGKILL)
        end = time.monotonic() + 60
        while any(Path(f"/proc/{each}").exists() for each in (process, *children)) and time.monotonic() < end:
            time.sleep(0.02)
        self.start()

    def schema(self, name: str) -> str:
        """A new schema of that name, by the URL of a connection that sees no other."""
        self.run(f"CREATE SCHEMA {name}")
        return f"postgresql://tests@/postgres?host={self._folder}&options=-csearch_path%3D{name}"

    def run(self, *statements: str) -> list[tuple[str | None, ...]]:
        """Run statements; return the rows of the last. Raises AssertionError with what the server says of a fault."""
        arguments = ["-X", "-q", "-h", str(self._folder), "-U", "tests", "-d", "postgres", "--csv", "-P", "null=\\N"]
        script = "\n;\n".join((f"SET statement_timeout = '{_SECONDS}'", *statements)) + "\n;\n"
        done = _as(self._user, [self._psql, *arguments, "-v", "ON_ERROR_STOP=1", "-t", "-f", "-"], typed=script)
        assert done.returncode == 0, done.stderr[-3_000:]
        return [tuple(None if cell == "\\N" else cell for cell in row) for row in csv.reader(io.StringIO(done.stdout))]

    def load(self, table: str, columns: Sequence[str], rows: str) -> None:
        """Make a table of these columns (with their types) out of rows in CSV, an empty cell being absent."""
        self.run(f"DROP TABLE IF EXISTS {table}", f"CREATE TABLE {table} ({', '.join(columns)})")
        command = f"COPY {table} FROM STDIN (FORMAT csv)"
        done = _as(
            self._user,
            [self._psql, "-X", "-q", "-h", str(self._folder), "-U", "tests", "-d", "postgres", "-c", command],
            typed=rows,
        )
        assert done.returncode == 0, done.stderr[-3_000:]


def _children(process: int) -> list[str]:
    return Path(f"/proc/{process}/task/{process}/children").read_text(encoding="utf-8").split()


def _as(
    user: str | None, command: Sequence[str], *, typed: str | None = None, stdin: IO[bytes] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command as a user; as oneself where it is None."""
    return subprocess.run(
        list(command),
        user=user,
        group=None if user is None else pwd.getpwnam(user).pw_gid,
        extra_groups=None if user is None else [],
        input=typed,
        stdin=stdin,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        cwd="/",
    )


@contextmanager
def server() -> Iterator[Postgres]:
    """A running server; whoever asks for one is skipped aloud where there is none."""
    if not _WHERE or not shutil.which("psql"):
        pytest.skip(_UNABLE + "install Debian's `postgresql`")
    programs, user = _WHERE[0], None
    if os.getuid() == 0:  # the server refuses to run as root
        user = next((each.pw_name for each in pwd.getpwall() if each.pw_name in ("postgres", "nobody")), None)
        if user is None:
            pytest.skip(_UNABLE + "it does not run as root, and there is no other user")
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    if user is not None:
        os.chown(folder, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
    data, log = folder / "data", folder / "log"
    try:
        made = _as(user, [str(programs / "initdb"), "-D", str(data), "-A", "trust", "-U", "tests", "-E", "UTF8", "-N"])
        assert made.returncode == 0, made.stderr
        settings = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c shared_buffers=32MB"
        control = [str(programs / "pg_ctl"), "-D", str(data), "-l", str(log), "-w"]
        limited = ["sh", "-c", f'ulimit -v {_MEMORY}; exec "$@"', "sh", *control, "-o", settings, "start"]
        running = Postgres(folder, shutil.which("psql") or "psql", user, limited)
        running.start()
        try:
            yield running
        finally:
            _as(user, [*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)
