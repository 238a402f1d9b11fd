"""What a person waits for: a command from nothing, and the reading of a policy."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Callable

from figures import Figure, median, medians
from inputs import POLICY, ROOT

from sespms_rules.foundation.source import Source
from sespms_rules.language.parsing import parse


def command(*words: str) -> Callable[[], object]:
    """A command in a process of its own."""
    return lambda: subprocess.run([sys.executable, *words], check=True, capture_output=True, cwd=ROOT)


def cold() -> list[Figure]:
    """A process from nothing. The program is compiled first, as every installation of it is."""
    command("-m", "compileall", "-q", "src")()
    jobs = [
        command("-m", "sespms_rules", "check", str(POLICY)),
        command("-c", "import click, lark"),
        command("-c", "pass"),
    ]
    check, libraries, bare = medians(jobs, 15)
    job = "`check` on OPM's system, cold"
    return [
        Figure(job, check, "importing click and lark, cold", libraries),
        Figure(job, check, "Python itself, cold", bare),
    ]


def parsing() -> list[Figure]:
    """A policy of 500 lines, against Python's own parser on 500 lines."""
    lines = POLICY.read_text(encoding="utf-8").splitlines()
    text = "\n".join(itertools.islice(itertools.cycle(lines), 500)) + "\n"
    source = Source("bench", text)
    python = "\n".join(
        f"value_{number} = [{number}, 'text', {number} + 1] if {number} else None" for number in range(500)
    )
    own = median(lambda: parse(source), 30)
    other = median(lambda: compile(python, "bench", "exec"), 30)
    return [Figure("parse a policy of 500 lines", own, "Python compiles 500 lines", other)]
