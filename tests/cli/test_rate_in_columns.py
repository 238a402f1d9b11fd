"""`sespms rate --engine columnar`: rosters in columns."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from cli.running import HEADINGS, OPM, ROSTER, SMALL, data, process, put, run
from sespms_rules.engines import confirmed as confirmed_engines
from sespms_rules.engines.columnar.engine import ColumnarEngine
from sespms_rules.engines.confirmed import Engine, EnginesDisagreeError
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.values import replace
from sespms_rules.program.ir import NoneAbove
from sespms_rules.program.rating import Appraisal, Rated, Rating
from systems import program_of


def _roster(tmp_path: Path, rows: int) -> Path:
    lines = (f"p-{n},{40 + n % 50 // 49},{n % 5 + 1},60,{n % 3 + 3}\n" for n in range(rows))
    return put(tmp_path, "roster.csv", HEADINGS + "".join(lines))


def test_columns_give_what_the_reference_gives_and_it_confirms_them() -> None:
    found, status = data("rate", OPM, ROSTER, "--engine", "columnar")
    alone, other = data("rate", OPM, ROSTER, "--engine", "reference")
    assert (found["engine"], found["confirmed_by"]) == ("columnar", "reference")
    assert found["ratings"] == alone["ratings"]
    assert status == other


def test_of_a_long_roster_the_refusals_alone_are_confirmed_and_the_result_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy, roster = put(tmp_path, "p.sespms", SMALL), _roster(tmp_path, 700)
    alone, _ = data("rate", policy, roster, "--engine", "reference")
    monkeypatch.setattr(confirmed_engines, "CONFIRMED_LINES", 300)
    monkeypatch.setattr(confirmed_engines, "_CHUNK", 128)
    result = run("rate", policy, roster, "--engine", "columnar", "--format", "json")
    assert "of this one it confirms refusals and questions alone" in result.stderr
    found, _ = data("rate", policy, roster, "--engine", "columnar")
    assert found["confirmed_by"] is None
    assert found["counts"]["refused"] == 14
    assert found["ratings"] == alone["ratings"]


def test_the_table_of_a_long_roster_is_the_same_byte_for_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also with ids that a spreadsheet would change or run, a cell too few, an id twice, and a line that is empty."""
    odd = '=1+1,40,4,60,5\n0012,40,4,60,5\np-3,40,4,60\np-4,40,4,60,5\np-4,40,4,60,5\n\n"Doe, J.",40,4,60,\n'
    roster = _roster(tmp_path, 300)
    roster.write_text(roster.read_text("utf-8") + odd, "utf-8")
    arguments = ("rate", put(tmp_path, "p.sespms", SMALL), roster, "--format", "csv")
    alone = run(*arguments, "--engine", "reference")
    monkeypatch.setattr(confirmed_engines, "CONFIRMED_LINES", 100)
    found = run(*arguments, "--engine", "columnar")
    assert found.stdout == alone.stdout
    assert found.exit_code == alone.exit_code == 1
    assert "a spreadsheet that opens this CSV would change one id (`0012`)" in found.stderr


def test_a_row_that_cannot_be_read_keeps_its_place_among_the_others(tmp_path: Path) -> None:
    text = HEADINGS + "p-1,40,4,60,5\np-1,40,4,60,5\np-3,40,four,60,5\np-4,60,4,40,4\n"
    arguments = ("rate", put(tmp_path, "p.sespms", SMALL), put(tmp_path, "r.csv", text))
    columnar, reference = (data(*arguments, "--engine", engine)[0] for engine in ("columnar", "reference"))
    assert columnar["ratings"] == reference["ratings"]
    assert len(columnar["ratings"]) == 4


@pytest.mark.parametrize("lines", [10, 20_000])
def test_a_wrong_answer_of_the_columns_is_withheld(lines: int, monkeypatch: pytest.MonkeyPatch) -> None:
    program = program_of("agencies/opm_basic.sespms")
    rated = (Rated(member.name, Fraction(3), Fraction(20)) for member in program.summary.members)
    case = Appraisal("p", tuple(rated))
    real = ColumnarEngine.rate

    def wrong(self: ColumnarEngine, appraisals: list[Appraisal]) -> list[Rating]:
        # One rating too high, and one refusal that nobody else sees.
        first, second = real(self, appraisals)
        refused = real(self, [replace(case, elements=())])[0]
        return [replace(first, level=5), replace(second, outcome=refused.outcome, refused=refused.refused)]

    monkeypatch.setattr(ColumnarEngine, "rate", wrong)
    with Engine(program, "columnar", lines) as engine:
        high, refused = engine.rate_each([case, case])
    assert isinstance(refused, EnginesDisagreeError)
    assert isinstance(high, EnginesDisagreeError) is (lines == 10)


def test_numpy_is_imported_only_where_columns_are_asked_for(tmp_path: Path) -> None:
    arguments = ["rate", str(put(tmp_path, "p.sespms", SMALL)), str(_roster(tmp_path, 3))]
    code = (
        "import sys; from sespms_rules.cli import sespms\n"
        f"try: sespms({arguments!r})\n"
        "except SystemExit: pass\n"
        "sys.stderr.write('numpy' if 'numpy' in sys.modules else 'none')"
    )
    assert process(code=code).stderr == "none"
    assert process(code=code.replace(repr(arguments), repr([*arguments, "--engine", "columnar"]))).stderr == "numpy"


def test_numbers_too_large_for_columns_are_rated_by_the_reference_and_counted(tmp_path: Path) -> None:
    text = HEADINGS + f"p-1,40,4,60,5\np-2,{10**30},4,60,5\n"
    result = run("rate", put(tmp_path, "p.sespms", SMALL), put(tmp_path, "r.csv", text), "--engine", "columnar")
    assert "sespms: 1 row holds numbers too large for columnar; the reference alone rated it" in result.stderr
    assert "2 rows: 1 rated, 0 not rated, 1 refused" in result.stdout


def test_a_policy_that_columns_cannot_hold_is_an_error_and_nothing_else_rates_instead() -> None:
    program = program_of("agencies/opm_basic.sespms")
    stage = replace(program.summary, open=True, limits=(NoneAbove("Diving"),))
    with pytest.raises(RequestError) as refused:
        Engine(replace(program, summary=stage), "columnar")
    assert str(refused.value) == (
        "`summary rating` speaks of `Diving`, which it leaves to each plan; columns know only names of its own; "
        "use `--engine reference`, which rates by any policy"
    )
