"""Every command under the limits of its own row in docs/limits.md, which the system keeps: the worst inputs known.

By day a few for each command, by night also those of 20 megabytes. That the limits are kept is asserted by the process
living to give an answer or a sentence; a command without a row, or a row without an input, fails too.
"""

from __future__ import annotations

import re
import resource
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import click
import docx
import duckdb
import pytest

from cli.many_lines import KINDS
from cli.running import HEADINGS, OPM, ROOT, SMALL, process, put
from nights import NIGHTLY
from sespms_rules.cli import sespms

_ROW = re.compile(r"^\| `([a-z]+(?: --[a-z]+)?)` \| ([0-9,]+) \| ([0-9]+) \|", re.MULTILINE)
BOUNDS = {
    name: (int(megabytes.replace(",", "")) * 1_000_000, int(seconds))
    for name, megabytes, seconds in _ROW.findall((ROOT / "docs" / "limits.md").read_text(encoding="utf-8"))
}
MOST = 20_000_000
YEAR = ROOT / "examples" / "year_2026"

# ---- inputs ------------------------------------------------------------------------------------------

TEXTS: dict[str, tuple[Callable[[], str], bool]] = {
    "two hundred elements": (lambda: KINDS["two hundred elements"](0), True),
    "scenarios": (lambda: KINDS["scenarios"](1_000), True),
    "values": (lambda: KINDS["values one on another"](12_000), False),
    "lines": (lambda: KINDS["lines with conditions"](6_000), False),
    "many scenarios": (lambda: KINDS["scenarios"](8_000), False),
    "notes": (lambda: "# note\n" * 2_700_000, False),
    "parentheses": (lambda: SMALL + "(" * 19_000_000, False),
    "many amendments": (lambda: KINDS["amendments"](30_000), False),
}
"""Policies, each with whether it is tried by day."""

ROWS: dict[str, tuple[Callable[[], str], bool]] = {
    "one row": (lambda: "id,A weight,A level,B weight,B level\ne,50,3,50,3\n", True),
    "good rows": (lambda: _filled(lambda n: f"e{n},50,{n % 5 + 1},50,{n % 4 + 2}\n"), False),
    "rows of nothing": (lambda: _filled(lambda n: "x,,,,\n"), False),
    "quotation marks": (lambda: _filled(lambda n: '"\n'), False),
    "empty lines": (lambda: _filled(lambda n: "\n"), False),
    "one id": (lambda: _filled(lambda n: "e,50,3,50,3\n"), False),
}
"""Rosters of 20 megabytes, and one of a row for large policies."""


def _filled(row: Callable[[int], str]) -> str:
    made, size, number = [HEADINGS], len(HEADINGS), 0
    while size < MOST:
        made.append(row(number))
        size += len(made[-1])
        number += 1
    return "".join(made)[:MOST]


def _acts(row: Callable[[int, str], str]) -> str:
    head, *acts = (YEAR / "acts.csv").read_text(encoding="utf-8").splitlines()
    made, size, number = [head], 0, 0
    while size < MOST:
        made.append(row(number, acts[number % len(acts)]))
        size += len(made[-1]) + 1
        number += 1
    return "\n".join(made) + "\n"


_OF_EXECUTIVES = "id,appointment,unit,entered,left,basic pay\n"
RECORDS: dict[str, tuple[str, Callable[[], str], bool]] = {
    "too many executives": (
        "executives.csv",
        lambda: _OF_EXECUTIVES + "".join(f"E-{n},career,Charts,2020-03-01,,200000.00\n" for n in range(21_000)),
        True,
    ),
    "as many executives as may be": (
        "executives.csv",
        lambda: _OF_EXECUTIVES + "".join(f"E-{n},career,Charts,2020-03-01,,200000.00\n" for n in range(20_000)),
        False,
    ),
    "acts anew": ("acts.csv", lambda: _acts(lambda n, act: f"A-{n:07},{act.partition(',')[2]}"), False),
    "acts of one": ("acts.csv", lambda: _acts(lambda n, act: f"A-{n:07},E-101,{act.split(',', 2)[2]}"), False),
    "one act": ("acts.csv", lambda: _acts(lambda n, act: act), False),
    "no acts": ("acts.csv", lambda: _acts(lambda n, act: f"A-{n:07},x,y,z,,,,,,,,,"), False),
}
"""Years on record: the table that is another than that of the example, and its text."""

_ON_A_POLICY = {
    "check": ["check", "POLICY"],
    "analyze": ["analyze", "POLICY"],
    "test": ["test", "POLICY"],
    "changes": ["test", "POLICY", "--mutate"],
    "sql": ["sql", "POLICY"],
    "prove": ["prove", "POLICY"],
    "count": ["count", "POLICY"],
    "compare": ["compare", "POLICY", "OTHER"],
    "format": ["format", "POLICY"],
    "form": ["form", "POLICY", "--output", "made.html"],
    "describe": ["describe", "POLICY", "--output", "made.html"],
    "answer": ["answer", "POLICY"],
    "submit": ["submit", "POLICY", "--test", "--output", "made.zip"],
    "complete": ["complete", "POLICY"],
    "template": ["records", "template", "POLICY", "--output", "made.xlsx"],
    "cohort": ["cohort", "POLICY", "--executives", "20"],
    "explain": ["explain", "POLICY", "ROSTER", "--id", "e"],
    "rate": ["rate", "POLICY", "ROSTER"],
    "impact": ["impact", "POLICY", "ROSTER"],
    "sweep": ["sweep", "POLICY", "ROSTER", "--vary", "cut of level 5 from 440 to 450 by 1"],
    "law": ["baseline", "show", "Many lines", "--law", "FOLDER"],
    "lists": ["baseline", "list", "--law", "FOLDER"],
    "editions": ["baseline", "diff", "POLICY", "OTHER"],
    "states": ["harmonize", "POLICY", "--state", "CA"],
    "export of law": ["baseline", "export", "--law", "FOLDER"],
}
_ON_A_ROSTER = {
    "rate": ["rate", "POLICY", "ROSTER", "--format", "csv"],
    "rate in columns": ["rate", "POLICY", "ROSTER", "--engine", "columnar", "--format", "csv"],
    "rate in SQL": ["rate", "POLICY", "ROSTER", "--engine", "sql", "--format", "csv"],
    "impact": ["impact", "POLICY", "ROSTER"],
    "sweep": ["sweep", "POLICY", "ROSTER", "--vary", "cut of level 5 from 440 to 450 by 1"],
    "explain": ["explain", "POLICY", "ROSTER", "--id", "nobody"],
}
_ON_RECORDS = {
    "cycle": ["cycle", OPM, "RECORDS", "--as-of", "2026-11-20"],
    "consequences": ["consequences", OPM, "RECORDS", "--as-of", "2026-11-20"],
    "states on record": ["harmonize", OPM, "RECORDS", "--state", "CA", "--as-of", "2026-11-20"],
    "events": ["export", "ocel", "RECORDS"],
    "ratings": ["export", "ehri", OPM, "RECORDS"],
    "data call": ["export", "data-call", "RECORDS"],
    "journal": ["export", "quickbooks", "RECORDS", "--expense", "a", "--payable", "b"],
    "worksheet": ["export", "turbotax", "RECORDS", "--id", "E-101", "--payer", "p", "--year", "2026"],
    "duties": ["check", OPM, "--records", "RECORDS", "--as-of", "2026-11-20"],
    "one rating": ["explain", OPM, "--records", "RECORDS", "--id", "E-101", "--as-of", "2026-11-20"],
}
_BY_DAY = ("cycle", "consequences", "events", "one rating")
"""Of what is done with records; the others read the same tables by the same reader."""

_PLAIN: dict[str, tuple[list[str], bool]] = {
    "cohort": (["cohort", "SMALL", "--executives", "1000000"], False),
    "phrases": (["phrases", "--find", "x " * 50_000], True),
    "page": (["page", "x" * 100_000], True),
    "new": (["new", "made.sespms", "--answers", "LONG"], True),
    "answers": (["new", "made.sespms", "--answers", "DEEP"], True),
    "read": (["read", "WORD"], True),
    "read marked": (["read", "WORD", "--against", "SMALL"], True),
    "seal": (["seal", "LONG", "--key", "DEEP", "--by", "O-1", "--output", "made.zip"], True),
    "withdraw": (["withdraw", "LONG", "--because", "So it is.", "--by", "O-1", "--output", "made.zip"], True),
    "receive": (["receive", "LONG"], True),
    "verify": (["verify", "LONG"], True),
    "review": (["review", "status", "LONG"], True),
    "register list": (["register", "list", "LONG"], True),
    "register verify": (["register", "verify", "LONG"], True),
}


def _cases() -> list[tuple[str, list[str], str]]:
    """The name of each run, its arguments, and the input it is given."""
    made = [
        (f"{name}, {text}", arguments, f"text {text}")
        for name, arguments in _ON_A_POLICY.items()
        for text, (_, by_day) in TEXTS.items()
        if NIGHTLY or (by_day and (text == "scenarios") == (name not in ("format", "rate", "check", "sweep")))
    ]
    made += [
        (f"{name}, {rows}", arguments, f"rows {rows}")
        for name, arguments in _ON_A_ROSTER.items()
        for rows, (_, by_day) in ROWS.items()
        if NIGHTLY and not by_day
    ]
    made += [
        (f"{name}, {table}", arguments, f"records {table}")
        for name, arguments in _ON_RECORDS.items()
        for table, (_, _, by_day) in RECORDS.items()
        if NIGHTLY or (by_day and name in _BY_DAY)
    ]
    made += [
        (name, arguments, f"packed {name}") for name, (arguments, _, day) in _ON_A_PACKED_FILE.items() if NIGHTLY or day
    ]
    return made + [(name, arguments, "") for name, (arguments, by_day) in _PLAIN.items() if NIGHTLY or by_day]


# ---- runs --------------------------------------------------------------------------------------------


def _given(folder: Path, what: str) -> dict[str, str]:
    """Write an input; return the paths that stand for its words in arguments."""
    kind, _, name = what.partition(" ")
    (folder / "law").mkdir()
    policy, roster, other = SMALL, ROWS["one row"][0](), SMALL
    if kind == "text":
        policy = TEXTS[name][0]()
        other = policy.replace('system "Many lines"', 'system "Other"')
    elif kind == "rows":
        roster = ROWS[name][0]()
    elif kind == "records":
        shutil.copytree(YEAR, folder / "year")
        table, text, _ = RECORDS[name]
        put(folder / "year", table, text())
    if kind == "packed":
        arguments, make, _ = _ON_A_PACKED_FILE[name]
        make(folder / arguments[-1])
    return {
        "POLICY": str(put(folder, "p.sespms", policy)),
        "SMALL": str(folder / "p.sespms"),
        "OTHER": str(put(folder / "law", "p.sespms", other)),
        "FOLDER": str(folder / "law"),
        "ROSTER": str(put(folder, "r.csv", roster)),
        "RECORDS": str(folder / "year"),
        "WORD": str(_word(folder)) if not kind else "",
        "LONG": str(put(folder, "long.toml", "x = 1\n" * 3_300_000)) if not kind else "",
        "DEEP": str(put(folder, "deep.toml", f"name = {'[' * 20_000}{']' * 20_000}\n")) if not kind else "",
    }


def _zipped(path: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)


def _bag(path: Path) -> None:
    _zipped(path, {"bag/bagit.txt": b"", "bag/data/x": bytes(200_000_000)})


def _lists(path: Path) -> None:
    with duckdb.connect() as database:
        lists = "SELECT 'e' || n AS id, range(200000) AS note FROM range(12) AS t(n)"
        database.execute(f"COPY ({lists}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")


_ON_A_PACKED_FILE: dict[str, tuple[list[str], Callable[[Path], object], bool]] = {
    "a bag that becomes large": (["receive", "PACKED.zip"], _bag, True),
    "a column of lists": (["rate", "SMALL", "PACKED.parquet"], _lists, True),
}
"""Files of some kilobytes that stand for as much as is read, or for more: arguments, how it is made, whether by day."""


def _word(folder: Path) -> Path:
    """A Word document with sentences none of which is understood; by night as many as are read."""
    made = docx.Document()
    made.add_heading("Rating Process", 1)
    for number in range(1_990 if NIGHTLY else 400):
        words = "the rating official and the board of the agency prepare " * 8
        made.add_paragraph(f"{number} The initial rating that {words} is given within {number} days.")
    made.save(str(folder / "d.docx"))
    return folder / "d.docx"


def _row_of(arguments: list[str]) -> str:
    """The row that holds for a run: where an option has one of its own, that."""
    own = (f"{arguments[0]} {each}" for each in arguments if f"{arguments[0]} {each}" in BOUNDS)
    return next(own, arguments[0])


def _limit(row: str) -> Callable[[], None]:
    memory, seconds = BOUNDS[row]

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))

    return limit


@pytest.mark.timeout(7_200)
@pytest.mark.parametrize(("arguments", "given"), [pytest.param(*case[1:], id=case[0]) for case in _cases()])
def test_a_command_keeps_its_bound(tmp_path: Path, arguments: list[str], given: str) -> None:
    paths = _given(tmp_path, given)
    done = process(
        *(paths.get(each, each) for each in arguments),
        preexec_fn=_limit(_row_of(arguments)),
        cwd=tmp_path,
        seconds=7_000 if NIGHTLY else 120,
    )
    assert done.returncode in (0, 1, 2), (done.returncode, done.stderr[-500:])
    assert "a fault of the program itself" not in done.stderr, done.stderr[-500:]
    assert "Traceback" not in done.stderr
    assert done.stdout or done.stderr or "--output" in arguments


# ---- completeness ------------------------------------------------------------------------------------


_SERVERS = {"lsp", "serve"}
"""These go on until they are ended; what they take at once has bounds of its own, and tests of these."""


def test_every_command_has_a_row_and_an_input_for_it() -> None:
    commands = set(sespms.list_commands(click.Context(sespms))) - _SERVERS
    assert {row.partition(" ")[0] for row in BOUNDS} == commands
    assert {arguments[0] for _, arguments, _ in _cases()} == commands
    assert {_row_of(arguments) for _, arguments, _ in _cases()} == set(BOUNDS)


def test_every_command_of_a_group_that_reads_what_others_wrote_is_tried() -> None:
    """A register is read behind the same door by each of its commands; two of them are enough."""
    for name in ("baseline", "export", "records"):
        group = sespms.get_command(click.Context(sespms), name)
        assert isinstance(group, click.Group)
        everything = [*_ON_A_POLICY.values(), *_ON_RECORDS.values()]
        assert {each[1] for each in everything if each[0] == name} == set(group.commands)


@pytest.mark.parametrize("bound", [100_000_000, 150_000_000])
def test_memory_that_the_system_does_not_give_is_a_sentence(tmp_path: Path, bound: int) -> None:
    """However little there is, once Python and the program are there, nobody is shown a fault of the program."""
    policy = put(tmp_path, "p.sespms", KINDS["scenarios"](8_000))
    done = process("check", policy, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (bound, bound)))
    assert done.returncode in (0, 1, 2), done.stderr
    assert "a fault of the program itself" not in done.stderr
