"""What an installed copy holds: the grammar, the policies and the check pages travel inside the wheel."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from sespms_rules.foundation import resources

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "sespms_rules"


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel's files, built from a copy of the tree with no network."""
    work = tmp_path_factory.mktemp("wheel")
    tree = work / "tree"
    tree.mkdir()
    for name in ("pyproject.toml", "setup.py", "README.md"):
        shutil.copy(ROOT / name, tree)
    for name in ("src", "grammars", "policies"):
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-index", "--no-deps"]
    built = subprocess.run(
        [*pip, "--no-build-isolation", "--wheel-dir", str(work), str(tree)], capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = work.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(work / "unpacked")
    return work / "unpacked"


def _names(folder: Path, pattern: str) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob(pattern)}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("here", "there", "pattern"),
    [
        ("grammars", f"{PACKAGE}/grammars", "*.lark"),
        ("policies", f"{PACKAGE}/policies", "*.sespms"),
        (f"src/{PACKAGE}", PACKAGE, "*.md"),
        (f"src/{PACKAGE}", PACKAGE, "*.py"),
        (f"src/{PACKAGE}", PACKAGE, "py.typed"),
    ],
)
def test_the_wheel_holds_every_file_the_tree_holds(unpacked: Path, here: str, there: str, pattern: str) -> None:
    wanted = _names(ROOT / here, pattern)
    assert wanted, f"the tree has no {pattern} under {here}"
    assert wanted - _names(unpacked / there, pattern) == set()


@pytest.mark.slow
def test_an_installed_copy_finds_its_own_files(unpacked: Path, tmp_path: Path) -> None:
    program = (
        "from sespms_rules.foundation import resources as d\n"
        "print(d.__file__, d.grammar_path(), *map(d.policy_path, d.policy_names()), sep='\\n')"
    )
    environment = {**os.environ, "PYTHONPATH": str(unpacked)}
    ran = subprocess.run(
        [sys.executable, "-c", program], env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    found = ran.stdout.splitlines()
    assert len(found) == 2 + len(resources.policy_names())
    assert [line for line in found if not line.startswith(str(unpacked))] == []


def test_the_tree_finds_its_files() -> None:
    assert resources.grammar_path().read_text(encoding="utf-8").strip()
    names = resources.policy_names()
    assert list(names) == sorted(_names(ROOT / "policies", "*.sespms"), key=lambda name: name.split("/"))
    for name in names:
        assert resources.policy_path(name).is_file()


def test_a_folder_of_policies_lists_only_its_own() -> None:
    everything = resources.policy_names()
    assert resources.policy_names("federal") == tuple(name for name in everything if name.startswith("federal/"))


def test_a_misspelt_policy_is_answered_with_the_nearest_name() -> None:
    name = resources.policy_names()[0]
    with pytest.raises(FileNotFoundError, match=f"did you mean `{name}`"):
        resources.policy_path(name.replace("e", "a", 1))


@pytest.mark.parametrize("name", ["../pyproject.toml", "/etc/hosts", "federal/../../setup.py"])
def test_a_name_that_leads_out_of_the_policies_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="leads out of the folder `policies`"):
        resources.policy_path(name)
