"""A draft with placeholder standards can be tried; where the law asks for standards it fails all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import SMALL, run

STANDARDS = """standards
  level 5 means "{}"
  level 4 means "Goes past what was agreed."
  level 3 means "Does what was agreed."
  level 2 means "Does less than was agreed."
  level 1 means "Harms the goals."

"""


@pytest.mark.parametrize("words", ["TBD", "Best", "See level 4.", "to be determined"])
def test_a_placeholder_stops_no_study_and_is_told(tmp_path: Path, words: str) -> None:
    file = tmp_path / "draft.sespms"
    text = SMALL.replace("weights\n", STANDARDS.format(words) + "weights\n", 1)
    file.write_text(text.replace("  has exactly", "  is outside the Senior Executive Service\n  has exactly"), "utf-8")
    checked = run("check", file)
    assert checked.exit_code == 0
    assert "warning SES295" in checked.stdout
    assert run("explain", file, "--scenario", "As planned").exit_code == 0
    assert run("prove", file, "--guarantee", "every appraisal gets exactly one level").exit_code == 0


@pytest.mark.parametrize("words", ["TBD", "Best"])
def test_where_the_law_asks_for_standards_it_is_no_pass(tmp_path: Path, words: str) -> None:
    file = tmp_path / "draft.sespms"
    text = SMALL.replace("weights\n", STANDARDS.format(words) + "weights\n", 1)
    follows = '  follows "5 CFR part 430, subpart C" as of 2025-10-15\n  effective 2025-11-01\n  has exactly'
    file.write_text(text.replace("  has exactly", follows), "utf-8")
    checked = run("check", file)
    assert checked.exit_code == 1
    assert "`5 CFR 430.305(a)(3)`, A standard for each summary level, is refuted" in checked.stdout
