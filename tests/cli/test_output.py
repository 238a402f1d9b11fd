"""Where results go: never over an input, whole or not at all, through pipes and devices, and said when they cannot."""

from __future__ import annotations

import ast
import json
import os
import resource
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from cli.running import HEADINGS, ROOT, SMALL, process, put, run
from sespms_rules.foundation.files_read import note_read, noting_files_read
from sespms_rules.foundation.files_written import NotWrittenError, written_whole

ROWS = "a,50,5,50,5\nb,60,4,40,3\n"
AMENDMENT = """amendment "Without the override"
  amends "Invented agency"
  in force from 2030-10-01
  because "To see."

summary rating
  strike any critical element at level 1 makes the rating level 1
"""
EARLIER = "what stood there before\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A policy, a roster, and a key for pseudonyms."""
    put(tmp_path, "small.sespms", SMALL)
    put(tmp_path, "roster.csv", HEADINGS + ROWS)
    put(tmp_path, "key.txt", "an invented key that is long enough for anyone\n")
    return tmp_path


def _kept(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}


# ---- inputs stay -------------------------------------------------------------------------------------

COMMANDS = {
    "rate": ["rate", "small.sespms", "roster.csv"],
    "rate in SQL": ["rate", "small.sespms", "roster.csv", "--engine", "sql"],
    "impact": ["impact", "small.sespms", "roster.csv"],
    "impact by pseudonyms": ["impact", "small.sespms", "roster.csv", "--details", "--pseudonyms", "key.txt"],
    "sweep": ["sweep", "small.sespms", "roster.csv", "--vary", "cut of level 5 from 440 to 450 by 5"],
    "cohort": ["cohort", "small.sespms", "--executives", "5"],
}


@pytest.mark.case("results over what was read")
@pytest.mark.attack("inputs as outputs")
@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_writes_over_what_it_has_read(folder: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.chdir(folder)
    given = [each for each in COMMANDS[command] if (folder / each).is_file()]
    before = _kept(folder)
    for each in given:
        result = run(*COMMANDS[command], "--output", each)
        assert (result.exit_code, result.stdout) == (2, ""), result.output
        says = "is the name of a policy" if each.endswith(".sespms") else "was read in this run; the result would take"
        assert f"sespms: `{each}` {says}" in result.stderr
        assert "\n  help: name " in result.stderr
        assert _kept(folder) == before
    assert given


@pytest.mark.case("results over what was read")
@pytest.mark.attack("inputs as outputs")
def test_an_amendment_a_base_and_their_neighbours_stay_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    put(folder, "higher.sespms", AMENDMENT)
    put(folder, "based.sespms", 'system "Bureau" based on "Invented agency"\n')
    put(folder, "unread.sespms", SMALL.replace("Invented agency", "Another"))
    before = _kept(folder)
    for output in ("higher.sespms", "small.sespms"):
        assert run("impact", "small.sespms", "roster.csv", "--with", "higher.sespms", "--output", output).exit_code == 2
        assert _kept(folder) == before
    (folder / "no_policy.txt").symlink_to("small.sespms")
    before = _kept(folder)
    for output in ("small.sespms", "unread.sespms", "no_policy.txt", "NEW.SESPMS"):
        result = run("rate", "based.sespms", "roster.csv", "--output", output)
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"`{output}` is the name of a policy, and a result is none" in result.stderr
        assert _kept(folder) == before
    assert run("rate", "based.sespms", "roster.csv").exit_code == 0


@pytest.mark.case("results over what was read")
@pytest.mark.attack("inputs as outputs")
@pytest.mark.parametrize("by", ["another spelling", "a hard link", "a symbolic link", "a link to a link"])
def test_an_input_is_known_by_any_name(folder: Path, by: str) -> None:
    roster, other = folder / "roster.csv", folder / "other.csv"
    if by == "another spelling":
        other = folder / ".." / folder.name / "." / "roster.csv"
    elif by == "a hard link":
        other.hardlink_to(roster)
    else:
        other.symlink_to(roster)
    if by == "a link to a link":
        other = folder / "third.csv"
        other.symlink_to("other.csv")
    result = run("rate", folder / "small.sespms", roster, "--output", other)
    assert result.exit_code == 2
    assert f"`{other}` was read in this run as `{roster}`" in result.stderr
    assert roster.read_text(encoding="utf-8") == HEADINGS + ROWS


@pytest.mark.attack("inputs as outputs")
def test_an_output_that_becomes_an_input_meanwhile_is_not_replaced(folder: Path) -> None:
    roster, out = folder / "roster.csv", folder / "out.txt"

    def write() -> None:
        with noting_files_read():
            note_read(roster)
            with written_whole(str(out)) as file:
                file.write("x")
                out.hardlink_to(roster)

    with pytest.raises(NotWrittenError, match="was read in this run"):
        write()
    assert roster.read_text(encoding="utf-8") == HEADINGS + ROWS


@pytest.mark.attack("inputs as outputs")
def test_standard_output_directed_into_an_input_is_refused(folder: Path) -> None:
    roster = folder / "roster.csv"
    with roster.open("a", encoding="utf-8") as appended:
        done = _started(["rate", folder / "small.sespms", roster], stdout=appended)
    assert done.returncode == 2
    assert "the output is directed into" in done.stderr
    assert roster.read_text(encoding="utf-8") == HEADINGS + ROWS


def test_format_alone_changes_what_it_reads(folder: Path) -> None:
    assert run("format", folder / "small.sespms").exit_code == 0
    tidy = (folder / "small.sespms").read_text(encoding="utf-8")
    policy = put(folder, "loose.sespms", tidy.replace("  total 100", "     total   100"))
    link = folder / "link.sespms"
    link.symlink_to(policy)
    assert run("format", link).exit_code == 0
    assert policy.read_text(encoding="utf-8") == tidy
    assert link.is_symlink()


WRITERS = {"foundation/files_written.py", "foundation/private_folder.py", "language/parsing/saving.py"}
"""Who writes files: what every command writes, copies of rosters, and what is kept between runs."""

MAKES_A_FILE = {"write_text", "write_bytes", "mkstemp", "mkdtemp", "NamedTemporaryFile", "TemporaryDirectory", "touch"}


def test_every_file_is_written_in_one_place() -> None:
    source = ROOT / "src" / "sespms_rules"
    found = set()
    for path in source.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if "open(" in text or any(name in text for name in MAKES_A_FILE):
            calls = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))
            if any(map(_writes, calls)):
                found.add(path.relative_to(source).as_posix())
    # One opens the null device in the place of a closed stream, the other parts within a file that is open.
    assert found - {"cli/output.py", "reports/workbook.py"} <= WRITERS
    assert "foundation/files_written.py" in found


def _writes(call: ast.Call) -> bool:
    """Whether a call makes a file: by its name, by a mode of `open` that writes, or by the system's sign for it."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name != "open":
        return name in MAKES_A_FILE
    given = (*call.args, *(each.value for each in call.keywords))
    if any("O_CREAT" in ast.unparse(each) for each in given):
        return True
    modes = [each.value for each in given if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    return any(set(mode) <= set("rwxabt+") and set(mode) & set("wxa+") for mode in modes)


# ---- what may stand there ----------------------------------------------------------------------------


@pytest.mark.attack("outputs that are no files")
def test_a_link_stays_a_link_and_its_file_is_replaced(folder: Path) -> None:
    (folder / "elsewhere").mkdir()
    target = put(folder / "elsewhere", "result.txt", EARLIER)
    link, dangling = folder / "link.txt", folder / "dangling.txt"
    link.symlink_to(target)
    dangling.symlink_to("elsewhere/new.txt")
    for each in (link, dangling):
        assert run("rate", folder / "small.sespms", folder / "roster.csv", "--output", each).exit_code == 0
        assert each.is_symlink()
        assert "2 rows: 2 rated" in each.read_text(encoding="utf-8")
    assert {each.name for each in (folder / "elsewhere").iterdir()} == {"result.txt", "new.txt"}


@pytest.mark.attack("outputs that are no files")
def test_a_pipe_is_written_through(folder: Path) -> None:
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    assert run("rate", folder / "small.sespms", folder / "roster.csv", "--output", pipe).exit_code == 0
    reader.join(30)
    assert "2 rows: 2 rated" in read[0]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.attack("outputs that are no files")
def test_standard_output_by_its_other_names_is_added_to(folder: Path) -> None:
    """`>> file` with `--output /dev/stdout`: what stands in the file stays, and it stays the same file."""
    kept = put(folder, "kept.txt", EARLIER)
    number = kept.stat().st_ino
    for name in ("/dev/stdout", "/proc/self/fd/1", "-"):
        with kept.open("a", encoding="utf-8") as appended:
            done = _started(["rate", folder / "small.sespms", folder / "roster.csv", "--output", name], stdout=appended)
        assert done.returncode == 0, done.stderr
    text = kept.read_text(encoding="utf-8")
    assert text.startswith(EARLIER)
    assert text.count("2 rows: 2 rated") == 3
    assert kept.stat().st_ino == number


@pytest.mark.attack("outputs that are no files")
def test_what_is_no_place_for_a_result_is_named(folder: Path) -> None:
    policy, roster = folder / "small.sespms", folder / "roster.csv"
    for name, says in (
        (folder, f"`{folder}` is a folder"),
        (folder / "none" / "x", f"there is no folder `{folder / 'none'}` to write `x` into"),
        (folder / ("x" * 300), "could not be written: its name is too long"),
    ):
        result = run("rate", policy, roster, "--output", name)
        assert result.exit_code == 2
        assert says in result.stderr
        assert "help: " in result.stderr


def test_the_result_has_the_permissions_of_the_file_it_replaces_or_of_a_new_one(folder: Path) -> None:
    old = put(folder, "old.txt", EARLIER)
    old.chmod(0o640)
    mask = os.umask(0o027)
    try:
        for name in ("old.txt", "new.txt"):
            assert run("rate", folder / "small.sespms", folder / "roster.csv", "--output", folder / name).exit_code == 0
    finally:
        os.umask(mask)
    modes = [stat.S_IMODE((folder / name).stat().st_mode) for name in ("old.txt", "new.txt")]
    assert modes == [0o640, 0o640]


@pytest.mark.parametrize("nameless", [True, False], ids=["without a name", "with a hidden name"])
def test_an_unfinished_file_is_private_and_a_fault_leaves_the_old_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch, nameless: bool
) -> None:
    if not nameless:
        monkeypatch.setattr("sespms_rules.foundation.files_written.NAMELESS", 0)
    out = put(folder, "out.txt", EARLIER)
    before = {each.name for each in folder.iterdir()}

    def half() -> None:
        with written_whole(str(out)) as file:
            file.write("half")
            file.flush()
            for each in folder.iterdir():
                assert each.name in before or stat.S_IMODE(each.stat().st_mode) == 0o600
            assert out.read_text(encoding="utf-8") == EARLIER
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    assert {each.name for each in folder.iterdir()} == before
    assert out.read_text(encoding="utf-8") == EARLIER
    with written_whole(str(out)) as file:
        file.write("whole")
    assert out.read_text(encoding="utf-8") == "whole"
    assert {each.name for each in folder.iterdir()} == before


# ---- what cannot be written --------------------------------------------------------------------------


def _started(
    arguments: list[Any], start: Sequence[str] = (sys.executable, "-m", "sespms_rules"), **streams: Any
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*start, *map(str, arguments)],
        stderr=subprocess.PIPE,
        text=True,
        timeout=120,
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        **streams,
    )


_FULL = "there is no space left on the disk\n  help: make room, or write to another disk\n"


@pytest.mark.attack("full disks")
@pytest.mark.parametrize(
    "arguments",
    [["--version"], ["rate", "POLICY", "ROSTER"], ["check", "POLICY", "--format", "json"], ["sql", "POLICY"]],
    ids=lambda each: each[0],
)
def test_a_full_disk_behind_standard_output_is_a_sentence(folder: Path, arguments: list[str]) -> None:
    names = {"POLICY": folder / "small.sespms", "ROSTER": folder / "roster.csv"}
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = _started([names.get(each, each) for each in arguments], stdout=full)
    assert (done.returncode, done.stderr) == (2, f"sespms: the result could not be written: {_FULL}")


@pytest.mark.attack("full disks")
@pytest.mark.attack("outputs that are no files")
def test_a_full_device_is_a_sentence(folder: Path) -> None:
    result = run("rate", folder / "small.sespms", folder / "roster.csv", "--output", "/dev/full")
    assert (result.exit_code, result.stderr) == (2, f"sespms: `/dev/full` could not be written: {_FULL}")


@pytest.mark.attack("outputs that are no files")
@pytest.mark.parametrize("form", ["xlsx", "csv", "json"])
@pytest.mark.parametrize("command", ["rate", "sweep"])
def test_a_device_that_says_one_can_go_back_in_it_is_written_through(folder: Path, command: str, form: str) -> None:
    """`/dev/null` lets one seek and always stands at 0, so that the places in a workbook came out below zero."""
    asked = ["--vary", "cut of level 4 over 340"] if command == "sweep" else []
    names = (folder / "small.sespms", folder / "roster.csv")
    result = run(command, *names, *asked, "--format", form, "--output", os.devnull)
    assert result.exit_code == 0, result.stderr
    assert "fault of the program" not in result.stderr
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


@pytest.mark.attack("full disks")
@pytest.mark.attack("outputs that are no files")
def test_a_full_device_is_a_sentence_for_a_workbook_too(folder: Path) -> None:
    names = (folder / "small.sespms", folder / "roster.csv")
    result = run("rate", *names, "--format", "xlsx", "--output", "/dev/full")
    assert (result.exit_code, result.stderr) == (2, f"sespms: `/dev/full` could not be written: {_FULL}")


def test_a_workbook_through_a_pipe_is_whole(folder: Path) -> None:
    names = (folder / "small.sespms", folder / "roster.csv")
    kept = folder / "kept.xlsx"
    assert run("rate", *names, "--format", "xlsx", "--output", str(kept)).exit_code == 0
    with subprocess.Popen(
        [sys.executable, "-m", "sespms_rules", "rate", *map(str, names), "--format", "xlsx", "--output", "/dev/stdout"],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
    ) as done:
        assert done.stdout is not None
        piped = done.stdout.read()
    with ZipFile(kept) as one, ZipFile(BytesIO(piped)) as other:
        assert other.testzip() is None
        assert other.namelist() == one.namelist()


@pytest.mark.attack("full disks")
def test_a_full_disk_leaves_the_old_file_and_nothing_else(folder: Path) -> None:
    """The limit on the size of files stands in for a disk: the system refuses the same calls."""
    rows = "".join(f"e{number},50,5,50,5\n" for number in range(2_000))
    long = put(folder, "long.csv", HEADINGS + rows)
    out = put(folder, "out.txt", EARLIER)
    before = {each.name for each in folder.iterdir()}
    done = _started(
        ["rate", folder / "small.sespms", long, "--engine", "reference", "--output", out],
        stdout=subprocess.PIPE,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(
        f"sespms: `{out}` could not be written: the file grows larger than this system allows"
    )
    assert out.read_text(encoding="utf-8") == EARLIER
    assert {each.name for each in folder.iterdir()} == before


@pytest.mark.attack("closed outputs")
def test_a_closed_standard_output_is_a_sentence_and_no_file_takes_its_place(folder: Path) -> None:
    roster, out = folder / "roster.csv", folder / "out.txt"
    command = [sys.executable, "-m", "sespms_rules", "rate", folder / "small.sespms", roster]
    closed = ["sh", "-c", 'exec "$@" >&-', "sh", *map(str, command)]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(closed, stderr=subprocess.PIPE, text=True, env=environment, check=False, timeout=120)
    assert done.returncode == 2
    assert done.stderr.startswith("sespms: standard output is closed, so there is nowhere to show the result\n")
    done = subprocess.run(
        [*closed, "--output", str(out)], stderr=subprocess.PIPE, text=True, env=environment, check=False, timeout=120
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 rows: 2 rated" in out.read_text(encoding="utf-8")


@pytest.mark.attack("closed outputs")
@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["rate", "--help"],
        ["rate", "POLICY", "ROSTER", "--format", "json"],
        ["cohort", "POLICY", "--executives", "3000"],
        ["sql", "POLICY"],
        ["check", "POLICY", "--format", "html"],
    ],
    ids=" ".join,
)
def test_a_reader_that_had_enough_is_no_error(folder: Path, arguments: list[str]) -> None:
    """`| head`: the process ends as any other does whose reader has gone away, and says nothing."""
    names = {"POLICY": folder / "small.sespms", "ROSTER": folder / "roster.csv"}
    receiving, sending = os.pipe()
    os.close(receiving)
    with os.fdopen(sending, "w") as gone:
        done = _started([names.get(each, each) for each in arguments], stdout=gone)
    assert done.returncode == -signal.SIGPIPE
    assert "fault of the program" not in done.stderr
    assert "Error" not in done.stderr


@pytest.mark.attack("closed outputs")
@pytest.mark.parametrize(
    "arguments", [["check", "POLICY"], ["sql", "POLICY"], ["--version"], ["phrases"]], ids=" ".join
)
@pytest.mark.parametrize("closed", [">&-", "<&- >&-", "<&- >&- 2>&-"])
def test_nowhere_to_show_a_result_is_an_error(folder: Path, arguments: list[str], closed: str) -> None:
    names = {"POLICY": str(folder / "small.sespms")}
    before = _kept(folder)
    done = _started(
        [
            "-c",
            f'exec "$0" -m sespms_rules "$@" {closed}',
            sys.executable,
            *(names.get(each, each) for each in arguments),
        ],
        start=["sh"],
    )
    assert done.returncode == 2
    assert "2>&-" in closed or "standard output is closed" in done.stderr
    assert _kept(folder) == before


def test_a_standard_error_that_takes_nothing_does_not_change_the_result(folder: Path) -> None:
    done = process(
        "-c",
        'exec "$0" -m sespms_rules cohort "$1" --executives 5 2>/dev/full',
        sys.executable,
        folder / "small.sespms",
        code="import os, sys; os.execvp('sh', ['sh', *sys.argv[1:]])",
    )
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 6


def test_a_library_leaves_no_complaints(folder: Path) -> None:
    """DuckDB's bindings counted what they thought was left over: some fifty lines at the end of each run."""
    done = process("rate", folder / "small.sespms", folder / "roster.csv", "--engine", "sql", "--format", "json")
    assert [each["level"] for each in json.loads(done.stdout)["ratings"]] == [5, 4]
    assert done.stderr == ""
