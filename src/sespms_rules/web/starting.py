"""What a folder is begun with: a first text from a dozen answers, or the example, every person in which is invented."""

from __future__ import annotations

import csv
import io
from functools import cache
from typing import Final

from sespms_rules.authoring.completing import completed
from sespms_rules.authoring.looking import judged_by
from sespms_rules.authoring.questions import Answers
from sespms_rules.authoring.starting import started
from sespms_rules.foundation.resources import policy_path
from sespms_rules.foundation.source import Source
from sespms_rules.law.law_texts import law_texts

EXAMPLE: Final = "example"
"""The folder of the example."""

_SYSTEM = "agencies/opm_basic.sespms"
_EXECUTIVES = 60


def first_text(name: str, answers: Answers) -> str:
    """A first system by the answers, completed with what the law asks for."""
    return completed(Source(name, started(answers)), judged_by(name, law_texts(()).library)).text


@cache
def example_files() -> dict[str, str]:
    """The files of the example by name: OPM's published system, and a roster of invented executives."""
    from sespms_rules.api import load
    from sespms_rules.rosters.synthetic import Asked, allocated, make_cohort, published_distributions, roster_table

    path = policy_path(_SYSTEM)
    policy = load(path)
    program = policy.program()
    system = policy.compilation.policy.systems[0]
    chosen = next(iter(published_distributions()))
    cohort = make_cohort(system, program, allocated(chosen, _EXECUTIVES), 1, Asked())
    headings, rows = roster_table(program, cohort.appraisals)
    written = io.StringIO(newline="")
    table = csv.writer(written, lineterminator="\n")
    table.writerow(headings)
    table.writerows(rows)
    return {
        f"{EXAMPLE}/opm_basic.sespms": path.read_text(encoding="utf-8"),
        f"{EXAMPLE}/invented-roster.csv": written.getvalue(),
    }
