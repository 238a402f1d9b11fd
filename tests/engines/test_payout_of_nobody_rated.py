"""A payout where nothing is rated: empty, and told, or the value that the policy states; all engines alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from rosters.every_engine import by_engine, difference, program_of

FAULT = Path(__file__).resolve().parents[1] / "faults" / "payout_when_not_rated.sespms"
STATED = '  also report "payout"\n  when nothing is rated "payout" is 0\n'
HEADINGS = "id,Element 1 level,Element 2 level"


@pytest.mark.parametrize(("stated", "payout"), [(False, None), (True, "0")])
def test_every_engine_gives_the_payout_that_is_stated_or_none(stated: bool, payout: str | None, tmp_path: Path) -> None:
    text = FAULT.read_text(encoding="utf-8").replace("exactly 2 critical", "2 to 3 critical")
    program = program_of(text.replace('  also report "payout"\n', STATED) if stated else text)
    roster = tmp_path / "r.csv"
    roster.write_text(f"{HEADINGS}\nN-1,3,3\nN-2,not rated,not rated\nN-3,2,\n", encoding="utf-8")
    assert difference(roster, program) == ""
    rows = by_engine(roster, program, "reference")
    assert (rows[1]["level"], (rows[1].get("reported") or {}).get("payout")) == (None, payout)
