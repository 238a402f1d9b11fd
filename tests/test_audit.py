"""Pinned versions are compared with those that are known to be vulnerable, without a network."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts_as_modules import script

ROOT = Path(__file__).resolve().parents[1]
audit = script("audit")


def test_nothing_that_is_pinned_or_allowed_is_known_to_be_vulnerable() -> None:
    day, faults = audit.known(ROOT / "requirements")
    assert list(audit.pinned(ROOT / "requirements", faults)) == []
    assert list(audit.allowed(ROOT / "pyproject.toml", faults)) == []
    assert all(each["read"] <= day for each in faults)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("click==8.3.2 \\\n    --hash=sha256:0", True),
        ("click==8.3.3 \\", False),
        ("click==8.10.0 ; python_version < '3'", False),
        ("Click==8.3.2", True),
        ("wheel==0.39.0", False),
        ("wheel==0.46.1", True),
        ("PyMdown_Extensions==9.0", True),
        ("clickety==1.0", False),
        ("    # via click==1.0", False),
    ],
)
def test_a_pin_is_compared_by_its_version(tmp_path: Path, line: str, found: bool) -> None:
    (tmp_path / "some.txt").write_text(f"lark==1.3.1\n{line}\n", encoding="utf-8")
    _, faults = audit.known(ROOT / "requirements")
    told = list(audit.pinned(tmp_path, faults))
    assert bool(told) is found
    assert all(each.startswith("some.txt pins ") and "or later" in each for each in told)


@pytest.mark.parametrize(("text", "found"), [("click>=8.2", True), ("click", True), ("click>=8.3.3,<9", False)])
def test_what_the_project_allows_is_told_too(tmp_path: Path, text: str, found: bool) -> None:
    project = tmp_path / "pyproject.toml"
    project.write_text(f'[project]\ndependencies = ["{text}"]\n', encoding="utf-8")
    _, faults = audit.known(ROOT / "requirements")
    assert bool(list(audit.allowed(project, faults))) is found


def test_every_pinned_package_is_known_to_the_list(tmp_path: Path) -> None:
    _, faults = audit.known(ROOT / "requirements")
    assert list(audit.forgotten(ROOT / "requirements", faults)) == []
    (tmp_path / audit.LIST).write_text('[not_gone_through]\npackages = ["six", "gone"]\n', encoding="utf-8")
    (tmp_path / "some.txt").write_text("six==1\nNew_Package[extra]==2.0 \\\nclick==8.5\n", encoding="utf-8")
    told = list(audit.forgotten(tmp_path, [{"package": "click"}]))
    assert [each.split()[0] for each in told] == ["new-package", "gone"]
