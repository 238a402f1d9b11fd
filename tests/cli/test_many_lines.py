"""Thousands of lines of one kind: nothing takes time that grows with their square.

The limit of the processor is several times what is needed, and a small part of what any step over all pairs would take.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cli.many_lines import KINDS
from cli.running import OPM, ROOT
from cli.test_limits import answered, judged_within
from nights import at_depth
from sespms_rules.checks.decided.variants import AS_IT_IS, RAISED, marked
from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import compile_source
from sespms_rules.program.ir import ToLevel

SECONDS = 15
LINES = at_depth(2_500, 5_000)


@pytest.mark.attack("many lines")
@pytest.mark.parametrize("kind", KINDS)
def test_thousands_of_lines_of_one_kind_are_checked(tmp_path: Path, kind: str) -> None:
    said = answered(tmp_path, "check", KINDS[kind](LINES), seconds=SECONDS)
    assert "No error was found" in said or "errors" in said


def test_twenty_thousand_acts_of_one_executive_that_do_not_count_are_judged(tmp_path: Path) -> None:
    records = tmp_path / "year"
    shutil.copytree(ROOT / "examples" / "year_2026", records)
    head, *acts = (records / "acts.csv").read_text(encoding="utf-8").splitlines()
    rows = (acts[place % len(acts)].split(",", 2)[2] for place in range(20_000))
    lines = [head, *(f"A-{place:05},E-101,{row}" for place, row in enumerate(rows))]
    (records / "acts.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    said = judged_within(SECONDS, "cycle", OPM, records, "--as-of", "2026-11-20")
    assert "25 executives as of 2026-11-20" in said


def test_what_is_not_settled_of_many_lines_is_said(tmp_path: Path) -> None:
    said = answered(tmp_path, "check", KINDS["bands"](600), seconds=SECONDS)
    assert "SES273" in said
    assert "the solver is asked about at most 200" in said


def test_marks_of_many_lines_never_meet() -> None:
    """Each line of a text has a mark of its own, which tells the level that the line gives."""
    (program,) = compile_source(Source("p.sespms", KINDS["bands in turn"](2_000))).programs.values()
    made = marked(program)
    assert len({mark for mark, _ in made.lines}) == len(made.lines) == 2_000
    assert [ToLevel(made.level(mark)) for mark, _ in made.lines] == [row.outcome for row in program.summary.rows]
    assert not {RAISED, AS_IT_IS} & {mark for mark, _ in made.lines}
