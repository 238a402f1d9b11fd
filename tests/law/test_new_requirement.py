"""The recipe in CONTRIBUTING.md: a requirement is added to an edition by copying a block of text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from sespms_rules.cli import sespms
from sespms_rules.foundation.resources import policy_path

CONTRIBUTING = Path(__file__).resolve().parents[2] / "CONTRIBUTING.md"
EDITION = "5cfr430c-2025-10-15"
POLICY = """\
system "Invented agency"
  agency "An invented agency."
  follows "Invented edition"
"""
DEVELOPMENT = "\ndevelopment\n  gives each executive a development plan\n"


def check(*arguments: str) -> tuple[str, int]:
    """What `sespms check` prints, and its exit code."""
    result = CliRunner().invoke(sespms, ["check", *arguments], env={"NO_COLOR": "1"}, catch_exceptions=False)
    return result.output, result.exit_code


def the_block() -> str:
    """The block that the recipe shows."""
    recipe = CONTRIBUTING.read_text(encoding="utf-8").split("\n## A requirement of an edition\n")[1].split("\n## ")[0]
    (block,) = re.findall(r"^   ```\n(.*?)^   ```$", recipe, re.MULTILINE | re.DOTALL)
    return str(re.sub(r"^   ", "", block, flags=re.MULTILINE))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a copy of an edition under a name of its own, the new block put before another requirement."""
    text = policy_path(f"federal/{EDITION}.sespms").read_text(encoding="utf-8")
    text = text.replace('baseline "5 CFR part 430, subpart C"', 'baseline "Invented edition"')
    place = '\nrequirement "5 CFR 430.302(a)"'
    assert text.count(place) == 1
    (tmp_path / "law").mkdir()
    (tmp_path / "law" / "edition.sespms").write_text(text.replace(place, f"\n{the_block()}{place}"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_requirement_added_by_text_shows_in_the_report(folder: Path) -> None:
    said, code = check("law/edition.sespms", "--law", "law")
    assert (code, "error" in said) == (0, False), said
    (folder / "policy.sespms").write_text(POLICY, encoding="utf-8")
    missed, code = check("--requirements", "--baseline", "Invented edition", "--law", "law", "policy.sespms")
    assert code == 1
    assert "not met: Example 1, A plan for every executive (Invented edition, edition of 2025-10-15)" in missed
    assert "put `gives each executive a development plan` under `development`" in missed
    assert "needs human review: Is the plan kept up to date?" in missed
    (folder / "policy.sespms").write_text(POLICY + DEVELOPMENT, encoding="utf-8")
    found, _ = check("--requirements", "--baseline", "Invented edition", "--law", "law", "policy.sespms")
    assert (
        "needs human review: Example 1, A plan for every executive (Invented edition, edition of 2025-10-15)" in found
    )


def test_without_it_the_report_does_not_show_it(folder: Path) -> None:
    text = (folder / "law" / "edition.sespms").read_text(encoding="utf-8")
    (folder / "law" / "edition.sespms").write_text(text.replace(the_block(), ""), encoding="utf-8")
    (folder / "policy.sespms").write_text(POLICY, encoding="utf-8")
    found, _ = check("--requirements", "--baseline", "Invented edition", "--law", "law", "policy.sespms")
    assert "Invented edition, edition of 2025-10-15" in found
    assert "Example 1" not in found
