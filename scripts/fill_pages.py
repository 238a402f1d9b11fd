"""Runs what the pages show, and writes into them what comes out.

    python scripts/fill_pages.py               everything below
    python scripts/fill_pages.py SES214 …      the pages of these codes
    python scripts/fill_pages.py docs          the commands on the pages under docs/
    python scripts/fill_pages.py faults        the outputs of tests/faults/

Tests run the same functions and compare; they never write. In the page of a code the first `sespms` block is the
faulty policy, `policy.sespms`; a `csv` or `json` block behind it is a roster, those titled `records/…` are tables of a
year; the first `text` block is what is said of the code; the `sespms` block after it is the fix. A code that only a
program can meet is shown in `python` blocks instead, which are run and not filled; `policy` is the text of the policy.

In a page for readers a block with a title makes a file (`name`), adds to it (`add to name`) or changes one part of it
(`name, heading`); a `console` block holds commands after `$` and what they print. A command
that names a file under `policies/` finds the policies that are shipped there.
"""

from __future__ import annotations

import os
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from click.testing import CliRunner

from sespms_rules.cli import sespms

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "sespms_rules"
DOCS = ROOT / "docs"
FAULTS = ROOT / "tests" / "faults"

_FENCE = re.compile(
    r"^```(?P<language>[\w-]+)(?: title=\"(?P<title>[^\"]+)\")?\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL
)
_NAMES_A_SHIPPED_FOLDER = re.compile(r"^\$ sespms .*\b(policies|examples)/", re.MULTILINE)
_ONLY_IN_A_REVIEW = frozenset({"SES308", "SES310", "SES315", "SES404"})
_DAY_OF_RECORDS = "2026-03-01"
_HEADING_OF_A_FINDING = re.compile(r"^(?:\S+: )?(?:error|warning|note) (SES\d{3}) [a-z0-9-]+$")


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block of a page: its language, its title or nothing, its text, and where the text stands."""

    language: str
    title: str
    body: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CodePage:
    """The blocks of a code's page. `roster` and `fixed_roster` are None where the page has none.

    `law` are blocks with a title below `law/`: texts in a folder that the reader of the example trusts. The fixed one
    has the same, unless blocks behind what is said give others. So it is with `records`, blocks below `records/`: they
    are tables of a year, which is judged as of a day in it.
    """

    code: str
    policy: str
    roster: Fence | None
    said: Fence
    fix: str
    fixed_roster: Fence | None
    law: tuple[Fence, ...] = ()
    fixed_law: tuple[Fence, ...] = ()
    records: tuple[Fence, ...] = ()
    fixed_records: tuple[Fence, ...] = ()


def fences(page: str) -> list[Fence]:
    """The fenced blocks of a page, in order."""
    return [
        Fence(found["language"], found["title"] or "", found["body"], found.start("body"), found.end("body"))
        for found in _FENCE.finditer(page)
    ]


def code_page(path: Path) -> CodePage:
    """The page of a code, taken apart. Raises ValueError when a block is missing."""
    blocks = fences(path.read_text(encoding="utf-8"))
    said = next((index for index, block in enumerate(blocks) if block.language == "text"), None)
    if said is None:
        raise ValueError(f"{path.name}: no `text` block shows what is said; an empty one can be filled")
    policy, roster = _inputs(path, blocks[:said], "faulty policy before")
    fix, fixed_roster = _inputs(path, blocks[said + 1 :], "fix after")
    law, fixed_law = _below("law/", blocks[:said]), _below("law/", blocks[said + 1 :])
    records, changed = _below("records/", blocks[:said]), _below("records/", blocks[said + 1 :])
    kept = tuple(block for block in records if block.title not in {one.title for one in changed})
    fixed_records = (*kept, *changed)
    page = CodePage(path.stem[:6].upper(), policy, roster, blocks[said], fix, fixed_roster, law, fixed_law or law)
    return replace(page, records=records, fixed_records=fixed_records)


def _below(folder: str, blocks: list[Fence]) -> tuple[Fence, ...]:
    return tuple(block for block in blocks if block.title.startswith(folder))


def _inputs(path: Path, blocks: list[Fence], which: str) -> tuple[str, Fence | None]:
    policies = [block.body for block in blocks if block.language == "sespms" and not block.title]
    rosters = [block for block in blocks if block.language in ("csv", "json") and not block.title]
    if not policies and _below("records/", blocks) and which.startswith("fix"):
        return "", None
    if not policies:
        raise ValueError(f"{path.name}: there is no `sespms` block with the {which} the `text` block")
    return policies[0], rosters[0] if rosters else None


def code_pages() -> list[Path]:
    """The pages of all codes that files can meet, in the order of the codes."""
    pages = sorted(PACKAGE.rglob("ses[0-9]*.md"), key=lambda path: path.name)
    return [path for path in pages if not is_shown_in_python(path)]


def is_shown_in_python(path: Path) -> bool:
    """Whether the page of a code shows what a program meets, not what a file does."""
    return "\n```python\n" in path.read_text(encoding="utf-8")


@contextmanager
def empty_folder() -> Iterator[Path]:
    """A new folder that is the working folder until the block ends."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            yield Path(folder)
        finally:
            os.chdir(before)


def run(command: str) -> tuple[str, int]:
    """What a command prints, and its exit code.

    Raises ValueError for a command other than `sespms`, and when the program itself breaks down.
    """
    name, *arguments = shlex.split(command)
    if name != "sespms":
        raise ValueError(f"`{command}` does not begin with `sespms`; nothing else is run")
    result = CliRunner().invoke(sespms, arguments, prog_name="sespms", env={"NO_COLOR": "1"}, catch_exceptions=False)
    if "a fault of the program itself" in result.output:
        raise ValueError(f"`{command}` broke down: {result.output.strip()}")
    return result.output, result.exit_code


def said_of(
    code: str, policy: str, roster: Fence | None, law: tuple[Fence, ...] = (), records: tuple[Fence, ...] = ()
) -> str:
    """What is said of a code when a policy (and a roster) is run; nothing when the code is not found."""
    with empty_folder() as folder:
        (folder / "policy.sespms").write_text(policy, encoding="utf-8")
        command = "sespms check policy.sespms" if code < "SES5" else "sespms test policy.sespms"
        command += " --review" if code in _ONLY_IN_A_REVIEW else ""
        for block in law:
            put(folder, block)
        for block in records:
            put(folder, block)
        command += " --law law" if law else ""
        command = f"sespms cycle policy.sespms records --as-of {_DAY_OF_RECORDS}" if records else command
        if roster is not None:
            (folder / f"roster.{roster.language}").write_text(roster.body, encoding="utf-8")
            command = f"sespms rate policy.sespms roster.{roster.language}"
        output, _ = run(command)
    return "\n\n".join(_findings(output, code)) + "\n"


def _findings(output: str, code: str) -> Iterator[str]:
    """The findings of one code in an output; a finding ends at an empty line."""
    for paragraph in re.split(r"\n\s*\n", output):
        lines = paragraph.strip("\n").splitlines()
        heading = _HEADING_OF_A_FINDING.match(lines[0]) if lines else None
        if heading and heading[1] == code:
            yield "\n".join(lines)


def filled_code_page(path: Path) -> str:
    """The text of a code's page with its `text` block as it should be. Raises ValueError when nothing is said."""
    page, text = code_page(path), path.read_text(encoding="utf-8")
    said = said_of(page.code, page.policy, page.roster, page.law, page.records)
    if not said.strip():
        raise ValueError(f"{path.name}: nothing is said of {page.code} when its example is run")
    return text[: page.said.start] + said + text[page.said.end :]


def filled_page(text: str) -> str:
    """A page for readers with the output of its commands as it should be; its files are made in an empty folder."""
    done, at = "", 0
    with empty_folder() as folder:
        if _NAMES_A_SHIPPED_FOLDER.search(text):
            for name in ("policies", "examples"):
                (folder / name).symlink_to(ROOT / name)
        for block in fences(text):
            if block.title:
                put(folder, block)
            elif block.language == "console":
                done += text[at : block.start] + transcript(block.body)
                at = block.end
    return done + text[at:]


def put(folder: Path, block: Fence) -> None:
    """Make or change a file as the title of a block says."""
    if block.title.startswith("add to "):
        file = folder / block.title.removeprefix("add to ")
        file.write_text(file.read_text(encoding="utf-8") + "\n" + block.body, encoding="utf-8")
        return
    name, _, heading = block.title.partition(", ")
    file = folder / name
    file.parent.mkdir(exist_ok=True)
    if not heading:
        file.write_text(block.body, encoding="utf-8")
        return
    text = file.read_text(encoding="utf-8")
    part = re.compile(rf"^{re.escape(heading)}\n(?:[ \t].*\n)*", re.MULTILINE)
    if len(part.findall(text)) != 1:
        raise ValueError(f"`{name}` has no single part `{heading}` that could be changed")
    file.write_text(part.sub(lambda _: block.body, text), encoding="utf-8")


def transcript(body: str) -> str:
    """The commands of a console block with what they print now; a program that prints nothing shows only itself."""
    commands = [line.removeprefix("$ ") for line in body.splitlines() if line.startswith("$ ")]
    outputs = [f"$ {command}\n{run(command)[0].strip(chr(10))}".rstrip() for command in commands]
    return "\n\n".join(outputs) + "\n"


def filled_fault(path: Path) -> str:
    """The record of a planted fault as it should be: its first line, the command, the output, the exit code."""
    first, command = path.read_text(encoding="utf-8").splitlines()[:2]
    with empty_folder() as folder:  # the other faulty policies beside it must not be found
        for beside in path.parent.glob(f"{path.stem}.*"):
            if beside.suffix == ".law":  # rules that the reader of the example trusts, in a folder of their own
                (folder / "law").mkdir()
                (folder / "law" / "rules.sespms").write_bytes(beside.read_bytes())
            else:
                (folder / beside.name).write_bytes(beside.read_bytes())
        output, code = run(command.removeprefix("$ "))
    return "\n".join([first, command, output.strip("\n"), f"exit {code}"]) + "\n"


def _rewrite(path: Path, text: str) -> None:
    if text != path.read_text(encoding="utf-8"):
        path.write_text(text, encoding="utf-8")
        print(f"filled {path.relative_to(ROOT)}")


def _wanted(words: list[str]) -> Iterator[tuple[Path, str]]:
    """Each file to fill, and which kind it is."""
    codes = {word.upper() for word in words if word not in ("docs", "faults")}
    if codes or not words:
        yield from ((path, "code") for path in code_pages() if not codes or path.stem[:6].upper() in codes)
    if "docs" in words or not words:
        made = {DOCS / "checks", DOCS / "language" / "reference"}
        yield from ((path, "docs") for path in sorted(DOCS.rglob("*.md")) if not made & set(path.parents))
    if "faults" in words or not words:
        yield from ((path, "faults") for path in sorted(FAULTS.glob("*.txt")))


def main(words: list[str]) -> int:
    """Fill what the words name, or everything. Returns 1 when a page could not be filled."""
    failed = False
    for path, kind in _wanted(words):
        try:
            if kind == "code":
                _rewrite(path, filled_code_page(path))
            elif kind == "docs":
                _rewrite(path, filled_page(path.read_text(encoding="utf-8")))
            else:
                _rewrite(path, filled_fault(path))
        except Exception as fault:  # noqa: BLE001 - one bad page must not keep the others from being filled
            print(f"{path.relative_to(ROOT)}: {fault}", file=sys.stderr)
            failed = True
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
