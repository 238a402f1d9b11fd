"""A command that ends because its policy has an error says what it did not do; one whose policy has none does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import OPM, ROSTER, put, run

FAULTY = Path("tests/faults/term_of_no_rating.sespms").resolve()
COMMANDS = (
    (("rate", "POLICY", "ROSTER"), "no row was rated"),
    (("rate", "POLICY", "ROSTER", "--format", "csv"), "no row was rated"),
    (("explain", "POLICY", "ROSTER", "--id", "invented-01"), "nothing was explained"),
    (("cohort", "POLICY"), "no cohort was made"),
    (("sweep", "POLICY", "ROSTER"), "nobody was rated"),
    (("impact", "POLICY", "ROSTER", "--with", "Raise the bar for Outstanding"), "nobody was rated"),
    (("compare", "POLICY", "POLICY"), "nothing was compared"),
    (("sql", "POLICY"), "no query was written"),
    (("describe", "POLICY"), "no description was written"),
    (("form", "POLICY", "--output", "OUT"), "no form was written"),
    (("records", "template", "POLICY", "--output", "BOOK"), "no template was written"),
)


@pytest.mark.parametrize(("command", "said"), COMMANDS)
def test_a_command_that_ends_by_an_error_says_what_it_did_not_do(
    tmp_path: Path, command: tuple[str, ...], said: str
) -> None:
    policy = put(tmp_path, "p.sespms", FAULTY.read_text(encoding="utf-8").replace('"N/A"', '"Not in plan"'))
    named: dict[str, str | Path] = {
        "POLICY": policy,
        "ROSTER": ROSTER,
        "OUT": tmp_path / "out.docx",
        "BOOK": tmp_path / "t.xlsx",
    }
    done = run(*(named.get(each, each) for each in command))
    assert done.exit_code == 1, done.output
    assert f"sespms: {said}, because the policy has an error" in done.stderr


def test_a_sound_policy_is_not_said_to_have_an_error() -> None:
    assert "because the policy" not in run("rate", OPM, ROSTER).stderr
