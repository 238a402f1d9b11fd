"""Every kind of document that can be written of a shipped system, by the commands that write them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from cli.running import run
from sespms_rules.foundation.resources import policy_path
from sespms_rules.language.model import System
from systems import systems_of

_VARIED = re.compile(r"^  ((?:cut of|points of|least weight of) .*), now (\S+)$", re.MULTILINE)


def document_kinds(folder: Path, name: str, form: str = "pdf") -> Iterator[Path]:
    """The documents of each system of a shipped policy beside its description, in a form, one at a time."""
    policy = policy_path(name)
    yield _written(folder / f"check.{form}", "check", policy)
    for number, (system, program) in enumerate(systems_of(name)):
        made = folder / str(number)
        made.mkdir()
        asked = dict(_of_policy(policy, system))
        if program.summary.derives_levels:  # a cohort follows a distribution of levels
            asked |= dict(_of_roster(policy, system, made / "roster.csv"))
        for kind, words in asked.items():
            yield _written(made / f"{kind}.{form}", *words, "--system", system.name)


def _of_policy(policy: Path, system: System) -> Iterator[tuple[str, tuple[str | Path, ...]]]:
    yield "agreement", ("form", policy)
    yield "comparison", ("compare", policy, policy, "--system", system.name)
    yield from ((f"letter {each.name}", ("explain", policy, "--scenario", each.name)) for each in system.scenarios[:1])


def _of_roster(policy: Path, system: System, roster: Path) -> Iterator[tuple[str, tuple[str | Path, ...]]]:
    done = run("cohort", policy, "--executives", "12", "--system", system.name, "--output", roster)
    assert done.exit_code == 0, done.output
    with roster.open(encoding="utf-8") as rows:
        identity = next(csv.DictReader(rows))["id"]
    yield "filled agreement", ("form", policy, roster, "--id", identity)
    yield "board book", ("form", policy, roster, "--kind", "board")
    yield "letter", ("explain", policy, roster, "--id", identity)
    yield "impact", ("impact", policy, roster)
    told = run("sweep", policy, roster, "--system", system.name).output
    for what, now in _VARIED.findall(told)[:1]:
        yield "sweep", ("sweep", policy, roster, "--full", "--vary", f"{what} over {now}")


def _written(file: Path, *asked: str | Path) -> Path:
    done = run(*asked, "--output", file)
    assert file.exists(), (asked, done.output)
    return file
