"""A writer killed at any moment loses nothing that was acknowledged, and leaves a register that verifies.

By day a few kills, by night hundreds, on both databases; of PostgreSQL the server itself is killed too.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from nights import NIGHTLY, at_depth
from postgres import Postgres
from register.registers import drafts, made
from sespms_rules.register import Place, RegisterError, Which, opened_register, place_of, read_keys, verified

_RUNS = at_depth(4, 12, 500)
_CRASHES = at_depth(1, 3, 100)
_ONE_REGISTER = 25
_LONGEST = 0.05


def _write_for_ever(url: str, key: Path, told: Connection) -> None:
    """Enter small batches without end, telling each number once it is acknowledged; a process of its own."""
    with opened_register(place_of(url), read_keys(key)) as register:
        told.send(register.head().number)
        draw = random.Random(os.getpid())
        while True:
            head = register.add(drafts(draw.randrange(1, 9)))
            told.send(head.number)
            if head.number % 5 == 0:
                last = head.number
                told.send(register.destroy([last], "O-1", "tried").number)


def _write_until_it_falls(url: str, key: Path, told: Connection) -> None:
    """The same, until the database is gone."""
    with suppress(RegisterError):
        _write_for_ever(url, key, told)


def _acknowledged(told: Connection) -> Iterator[int]:
    with suppress(EOFError):
        while True:
            yield told.recv()


def _killed_once(url: str, key: Path, draw: random.Random) -> int:
    """Let a writer write, kill it after a random while, and return the last number it was told is kept."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    writer = context.Process(target=_write_for_ever, args=(url, key, there))
    writer.start()
    there.close()
    first = here.recv()
    time.sleep(draw.random() * _LONGEST)
    assert writer.pid is not None
    os.kill(writer.pid, signal.SIGKILL)
    writer.join(30)
    assert writer.exitcode == -signal.SIGKILL
    kept: int = max([first, *_acknowledged(here)])
    return kept


@pytest.mark.timeout(7200 if NIGHTLY else 300)
def test_nothing_acknowledged_is_lost_when_the_writer_is_killed(
    request: pytest.FixtureRequest, place: Place, tmp_path: Path
) -> None:
    draw = random.Random(20261128)
    key = tmp_path / "key"
    reached = 0
    for run in range(_RUNS):
        if run % _ONE_REGISTER == 0 and run:
            key.unlink()
            place = (
                place_of(str(tmp_path / f"r{run}.sqlite3"))
                if place.is_file
                else place_of(request.getfixturevalue("server").schema(f"killed_{run}"))
            )
        if run % _ONE_REGISTER == 0:
            made(place, tmp_path).close()
        kept = _killed_once(place.name, key, draw)
        with opened_register(place, read_keys(key)) as register:
            result = verified(register)
            assert result.faults == (), f"run {run}"
            assert result.reached >= kept, f"run {run}"
            assert sum(1 for _ in register.entries(Which(after=kept - 1))) >= 1
        reached += result.reached
    assert reached > _RUNS


@pytest.mark.timeout(7200 if NIGHTLY else 300)
def test_nothing_acknowledged_is_lost_when_the_server_is_killed(server: Postgres, tmp_path: Path) -> None:
    """PostgreSQL's first process is killed under a writer, and the server recovers by itself."""
    draw = random.Random(20261129)
    context = multiprocessing.get_context("fork")
    key = tmp_path / "key"
    place = place_of(server.schema("crashed"))
    made(place, tmp_path).close()
    for run in range(_CRASHES):
        if run and run % _ONE_REGISTER == 0:
            key.unlink()
            place = place_of(server.schema(f"crashed_{run}"))
            made(place, tmp_path).close()
        here, there = context.Pipe(duplex=False)
        writer = context.Process(target=_write_until_it_falls, args=(place.name, key, there))
        writer.start()
        there.close()
        first = max(here.recv() for _ in range(draw.randrange(2, 6)))  # something was entered, however busy it is
        time.sleep(draw.random() * _LONGEST)
        server.crash()
        writer.join(60)
        assert writer.exitcode == 0
        kept = max([first, *_acknowledged(here)])
        with opened_register(place, read_keys(key)) as register:
            result = verified(register)
        assert result.faults == (), f"run {run}"
        assert result.reached >= kept, f"run {run}"
    assert result.reached > 1
