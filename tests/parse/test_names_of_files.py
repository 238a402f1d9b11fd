"""A file that is no policy by its name is refused in one sentence, not read line by line; so is one as a roster."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import OPM, ROSTER, run
from sespms_rules.language.parsing import UnreadableFileError, read_source


@pytest.mark.parametrize("name", ["roster.csv", "Roster.XLSX", "description.docx", "system.pdf", "report.json"])
def test_what_is_no_policy_by_its_name_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text('system "Example"\n', encoding="utf-8")
    with pytest.raises(UnreadableFileError) as refused:
        read_source(path, name)
    assert "by its name, and no policy" in refused.value.message
    assert refused.value.help.startswith("name the policy, a text that ends in `.sespms`")


@pytest.mark.parametrize("name", ["system.txt", "system", "system.sespms", "system.v2", "a.csv.sespms"])
def test_every_other_name_may_be_that_of_a_policy(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text('system "Example"\n', encoding="utf-8")
    assert read_source(path, name)[0].text == 'system "Example"\n'


@pytest.mark.parametrize("command", [("check", ROSTER), ("rate", ROSTER, OPM), ("format", ROSTER), ("count", ROSTER)])
def test_a_roster_in_the_place_of_a_policy_is_one_fault(command: tuple[str, ...]) -> None:
    result = run(*command)
    assert result.exit_code == 2
    assert "is a table by its name, and no policy" in result.stderr
    assert result.stdout == ""


def test_a_policy_in_the_place_of_a_roster_is_one_fault() -> None:
    result = run("rate", OPM, OPM)
    assert result.exit_code == 2
    assert "is a policy; rosters are read in CSV" in result.stderr
    assert "name the roster; it stands behind the policy" in result.stderr
