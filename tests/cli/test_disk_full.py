"""A disk that is full at any moment: a sentence and the old file, or the whole result; nothing else is left anywhere.

The disk is a real one of a few megabytes, in a space of names of the test's own, filled so far that so many bytes are
left. Where a system lets nobody make one, the limit on the size of files stands in for it: the same calls are refused.
"""

from __future__ import annotations

import os
import random
import re
import resource
import shutil
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from cli.running import ROOT
from cli.writing_commands import COMMANDS, INPUTS, before, held, work_in
from nights import NIGHTLY, at_depth

MOMENTS = at_depth(2, 6, 200)
PAGE = 4096

ON_A_DISK = """
import os, shutil, subprocess, sys
work, left, command = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
disk = work + '-disk'
subprocess.run(['mount', '-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', disk], check=True)
shutil.copytree(work, disk, dirs_exist_ok=True)
with open(disk + '/filler', 'wb') as filler:
    free = os.statvfs(disk)
    filler.truncate(0)
    os.posix_fallocate(filler.fileno(), 0, max(free.f_bavail * free.f_frsize - left, 1))
run = {**os.environ, 'TMPDIR': disk + '/temp', 'XDG_CACHE_HOME': disk + '/cache'}
done = subprocess.run([each.replace(work, disk) for each in command], env=run, stdin=subprocess.DEVNULL)
os.unlink(disk + '/filler')
shutil.rmtree(work)
shutil.copytree(disk, work)
sys.exit(done.returncode)
"""


def _started(work: Path, name: str, left: int, *, on_a_disk: bool) -> subprocess.CompletedProcess[str]:
    """Run a command where so many bytes are left to write."""
    made = [str(work / each) if re.search(r"[./]\w+$", each) else each for each in COMMANDS[name]]
    command = [sys.executable, "-m", "sespms_rules", *made]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    limit = None
    if on_a_disk:
        work.with_name(f"{work.name}-disk").mkdir(exist_ok=True)
        command = [
            "unshare",
            "--map-root-user",
            "--mount",
            sys.executable,
            "-c",
            ON_A_DISK,
            str(work),
            str(left),
            *command,
        ]
    else:
        environment |= {"TMPDIR": str(work / "temp"), "XDG_CACHE_HOME": str(work / "cache")}

        def limit() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (left, left))

    return subprocess.run(
        command, env=environment, preexec_fn=limit, capture_output=True, text=True, check=False, timeout=120
    )


def _may_make_disks(folder: Path) -> bool:
    if shutil.which("unshare") is None:
        return False
    mount = ["mount", "-t", "tmpfs", "tmpfs", str(folder)]
    return not subprocess.run(
        ["unshare", "--map-root-user", "--mount", *mount], capture_output=True, check=False
    ).returncode


def _kept_is_whole(cache: Path) -> bool:
    """Whether each file that is kept between runs is whole, by its checksum."""
    for each in (path for path in cache.rglob("*") if path.is_file()):
        checksum, _, body = each.read_bytes().partition(b"\n")
        if checksum != f"{zlib.crc32(body):08x} {len(body)}".encode() or each.suffix != ".json":
            return False
    return True


@pytest.mark.attack("full disks")
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("how", ["a full disk", "a limit on files"])
def test_nothing_is_left_when_the_disk_is_full_at_any_moment(tmp_path: Path, how: str) -> None:
    on_a_disk = how == "a full disk"
    if on_a_disk and not _may_make_disks(tmp_path):
        pytest.skip("this system lets nobody make a disk; a limit on the size of files stands in for it")
    draw = random.Random(f"disk {how}")
    names = [*COMMANDS] if NIGHTLY else draw.sample([*COMMANDS], MOMENTS // 2)
    whole: dict[str, tuple[int, int]] = {}
    for name in names:
        (tmp_path / name).mkdir()
        work = work_in(tmp_path / name)
        stood = before(work, name, earlier=False)
        done = _started(work, name, 40_000_000, on_a_disk=on_a_disk)
        made = held(work / "out")
        assert made != stood, (name, done.stdout, done.stderr)
        whole[name] = (len(*made.values()), done.returncode)
    refused = 0
    for moment in range(MOMENTS):
        name = names[moment % len(names)]
        (tmp_path / str(moment)).mkdir()
        work = work_in(tmp_path / str(moment))
        stood = before(work, name, earlier=bool(draw.randrange(2)))
        most, ends = whole[name]
        done = _started(work, name, draw.randrange(0, most + PAGE), on_a_disk=on_a_disk)
        told = (name, moment, done.returncode, done.stderr[-600:])
        left = held(work / "out")
        if left == stood:
            refused += 1
            assert done.returncode == 2, told
            assert re.search(r"could not be (written|read|used|rated)|no space left|grows larger", done.stderr), told
        else:
            assert done.returncode == ends, told
            assert abs(len(*left.values()) - most) < 200, told  # a path in it may be longer
        assert "fault of the program" not in done.stderr, told
        assert "Traceback" not in done.stderr, told
        assert [*(work / "temp").iterdir()] == [], told
        assert {each.name for each in work.iterdir()} == {"temp", "out", "cache", *INPUTS}, told
        assert _kept_is_whole(work / "cache"), told
        shutil.rmtree(tmp_path / str(moment))
    assert refused > 0
