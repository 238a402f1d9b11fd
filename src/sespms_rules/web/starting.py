"""The example that a folder can be begun with: every person in it is invented."""

from __future__ import annotations

import io
from functools import cache
from typing import Final

from sespms_rules.foundation.resources import policy_path

EXAMPLE: Final = "example"
"""The folder of the example."""

_SYSTEM = "agencies/opm_basic.sespms"
_EXECUTIVES = 60


@cache
def example_files() -> dict[str, str]:
    """The files of the example by name: OPM's published system, and a roster of invented executives."""
    from sespms_rules.api import load
    from sespms_rules.reports.workbook import Sheet, write_table
    from sespms_rules.rosters.synthetic import Asked, allocated, make_cohort, published_distributions, roster_table

    path = policy_path(_SYSTEM)
    policy = load(path)
    program = policy.program()
    system = policy.compilation.policy.systems[0]
    chosen = next(iter(published_distributions()))
    cohort = make_cohort(system, program, allocated(chosen, _EXECUTIVES), 1, Asked())
    written = io.StringIO(newline="")
    write_table(Sheet("Roster", *roster_table(program, cohort.appraisals)), written)
    return {
        f"{EXAMPLE}/opm_basic.sespms": path.read_text(encoding="utf-8"),
        f"{EXAMPLE}/invented-roster.csv": written.getvalue(),
    }
