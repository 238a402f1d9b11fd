"""What the workbench keeps of a policy is what stands on disk, wherever the policy lies and whatever it is called."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sespms_rules.web.folder import MOST_FILES, Folder
from sespms_rules.web.workbench import Workbench
from workbench_server import Served, words_of

HERE = Path(__file__).resolve().parents[2] / "policies" / "agencies" / "opm_basic.sespms"
OTHER = 'system "Another"\n'
BASE = 'system "The base"\n\nappraisal period\n  runs October 1 to September 30\n'
RESTS = 'system "Resting" based on "The base"\n'
AMENDS = 'amendment "Longer" amends "The base"\n\nin appraisal period\n  insert lasts at least 120 days\n'
NAMES = ("p.sespms", "a/p.sespms", "a/b/c/d/p.sespms", "a/b/c/d/e/p.sespms", "a/b/c/d/e/f/g/p.sespms", "Q.SESPMS")


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", NAMES)
def test_a_policy_that_changed_is_read_anew_and_one_that_did_not_is_kept(tmp_path: Path, name: str) -> None:
    path = put(tmp_path, name, HERE.read_text(encoding="utf-8"))
    bench = Workbench(Folder(tmp_path))
    first, asked = bench.opened(name), bench.asked(name)
    assert bench.opened(name) is first
    assert bench.asked(name) is asked
    path.write_text(OTHER, encoding="utf-8")
    assert bench.opened(name).policy.systems == ("Another",)
    assert bench.asked(name) is not asked


@pytest.mark.parametrize("folder", ["", "a/b/c/d/e/f/"])
def test_a_base_that_changed_beside_a_policy_is_read_anew(tmp_path: Path, folder: str) -> None:
    put(tmp_path, f"{folder}resting.sespms", RESTS)
    bench = Workbench(Folder(tmp_path))
    assert any(each.severity.value == "error" for each in bench.opened(f"{folder}resting.sespms").policy.findings)
    path = put(tmp_path, f"{folder}base.sespms", BASE)
    kept = bench.opened(f"{folder}resting.sespms")
    assert kept.policy.systems == ("Resting",)
    days = [str(kept.policy.compilation.policy.systems[0].parts)]
    path.write_text(BASE.replace("September 30", "September 29"), encoding="utf-8")
    changed = bench.opened(f"{folder}resting.sespms")
    days.append(str(changed.policy.compilation.policy.systems[0].parts))
    assert ["Fraction(29, 1)" in each for each in days] == [False, True]
    path.unlink()
    assert bench.opened(f"{folder}resting.sespms") not in (kept, changed)


def test_a_base_that_changed_beside_an_amendment_is_read_anew(tmp_path: Path) -> None:
    name = "a/b/c/d/e/f/amendment.sespms"
    put(tmp_path, name, AMENDS)
    path = put(tmp_path, "a/b/c/d/e/f/base.sespms", BASE)
    bench = Workbench(Folder(tmp_path))
    first = bench.opened(name)
    path.write_text(BASE.replace("September 30", "September 29"), encoding="utf-8")
    assert bench.opened(name) is not first


def test_a_text_of_the_same_length_and_day_is_read_anew(tmp_path: Path) -> None:
    path = put(tmp_path, "p.sespms", 'system "One"\n')
    before = path.stat()
    bench = Workbench(Folder(tmp_path))
    assert bench.opened("p.sespms").policy.systems == ("One",)
    path.write_text('system "Two"\n', encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert bench.opened("p.sespms").policy.systems == ("Two",)


def test_a_policy_behind_the_files_that_are_listed_is_read_anew(tmp_path: Path) -> None:
    for number in range(MOST_FILES + 1):
        (tmp_path / f"a{number:04}.txt").touch()
    path = put(tmp_path, "z.sespms", HERE.read_text(encoding="utf-8"))
    bench = Workbench(Folder(tmp_path))
    assert "z.sespms" not in bench.folder.listing().policies
    bench.opened("z.sespms")
    path.write_text(OTHER, encoding="utf-8")
    assert bench.opened("z.sespms").policy.systems == ("Another",)


def test_a_link_to_nothing_beside_a_policy_stops_nothing(tmp_path: Path) -> None:
    put(tmp_path, "p.sespms", OTHER)
    (tmp_path / "gone.sespms").symlink_to(tmp_path / "nowhere.sespms")
    assert Workbench(Folder(tmp_path)).opened("p.sespms").policy.systems == ("Another",)


@pytest.mark.parametrize("name", NAMES[-2:])
def test_a_page_shows_what_was_saved_last(served: Served, name: str) -> None:
    path = put(served.folder, name, HERE.read_text(encoding="utf-8"))
    before = words_of(served.ask(f"/requirements?policy={name}").text)
    assert words_of(served.ask(f"/requirements?policy={name}").text) == before
    path.write_text(OTHER, encoding="utf-8")
    shown = served.ask(f"/requirements?policy={name}")
    assert (shown.status, words_of(shown.text) == before) == (200, False)
