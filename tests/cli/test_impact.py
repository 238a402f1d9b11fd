"""`sespms impact` from outside: what it prints, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import HEADINGS, OPM, ROOT, ROSTER, SMALL, data, put, run

COMMISSION = str(ROOT / "examples" / "harbor_commission.csv")
BAR = str(ROOT / "policies" / "what-if" / "raise_the_bar.sespms")
CAP = str(ROOT / "policies" / "what-if" / "state_the_cap.sespms")
GOOD_ROWS = "A,50,5,50,4\nB,50,4,50,4\n"
HIGHER = """amendment "Higher"
  amends "Invented agency"

summary rating
  strike score 450 to 500 is level 5
  insert score 460 to 500 is level 5
  strike score 350 to 449 is level 4
  insert score 350 to 459 is level 4
"""


@pytest.fixture
def small(tmp_path: Path) -> tuple[Path, Path, Path]:
    """A policy, a roster in which all can be rated, and an amendment."""
    return (
        put(tmp_path, "p.sespms", SMALL),
        put(tmp_path, "r.csv", HEADINGS + GOOD_ROWS),
        put(tmp_path, "a.sespms", HIGHER),
    )


def test_the_report_says_who_moves_and_by_which_line() -> None:
    result = run("impact", OPM, COMMISSION, "--with", BAR)
    assert result.exit_code == 1  # two rows of the roster cannot be rated
    assert "5 of 21 executives would be rated differently: 0 higher, 5 lower." in result.stdout
    assert "score 475 to 500 is level 5" in result.stdout
    assert "invented-02" not in result.stdout


def test_all_is_well_is_0(small: tuple[Path, Path, Path]) -> None:
    policy, roster, change = small
    result = run("impact", policy, roster, "--with", change)
    assert result.exit_code == 0, result.output
    assert "1 of 2 executives would be rated differently: 0 higher, 1 lower." in result.stdout


def test_without_an_amendment_it_tells_how_things_are(small: tuple[Path, Path, Path]) -> None:
    policy, roster, _ = small
    result = run("impact", policy, roster)
    assert result.exit_code == 0
    assert "The policy as it is" in result.stdout


def test_an_amendment_is_found_by_its_name() -> None:
    assert run("impact", OPM, COMMISSION, "--with", "Raise the bar for Outstanding").stdout.count("5 lower") == 1
    result = run("impact", OPM, COMMISSION, "--with", "Raise the bar for Outstandig")
    assert result.exit_code == 2
    assert "did you mean `Raise the bar for Outstanding`?" in result.stderr


def test_an_amendment_of_another_system_is_wrong_usage(small: tuple[Path, Path, Path]) -> None:
    policy, roster, _ = small
    result = run("impact", policy, roster, "--with", BAR)
    assert result.exit_code == 2
    assert "does not amend `Invented agency`; it amends `Basic SES Appraisal System`" in result.stderr
    named = run("impact", policy, roster, "--with", "Raise the bar for Outstanding")
    assert named.exit_code == 2
    assert "amends `Basic SES Appraisal System`, not `Invented agency`" in named.stderr


def test_a_file_without_amendments_is_wrong_usage(small: tuple[Path, Path, Path]) -> None:
    policy, roster, _ = small
    result = run("impact", policy, roster, "--with", policy)
    assert result.exit_code == 2
    assert "it holds no amendment" in result.stderr


def test_a_file_with_faults_is_told(small: tuple[Path, Path, Path], tmp_path: Path) -> None:
    policy, roster, _ = small
    broken = put(tmp_path, "broken.sespms", HIGHER.replace("strike score 450", "strik score 450"))
    result = run("impact", policy, roster, "--with", broken)
    assert result.exit_code == 1
    assert "SES001" in result.stdout or "SES013" in result.stdout


def test_a_policy_with_errors_is_not_run(small: tuple[Path, Path, Path], tmp_path: Path) -> None:
    _, roster, change = small
    policy = put(tmp_path, "broken.sespms", SMALL.replace("total 100", "totl 100"))
    result = run("impact", policy, roster, "--with", change)
    assert result.exit_code == 1
    assert "would be rated" not in result.stdout


def test_a_roster_that_is_not_there(small: tuple[Path, Path, Path]) -> None:
    policy, _, change = small
    result = run("impact", policy, "nowhere.csv", "--with", change)
    assert result.exit_code == 2
    assert "nowhere.csv" in result.stderr


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--details", "--share"), "choose one"),
        (("--pseudonyms", "key.txt"), "give both"),
        (("--least", "5"), "give both"),
        (("--share", "--with", BAR, "--with", CAP), "share one amendment at a time"),
    ],
)
def test_options_that_contradict_each_other(options: tuple[str, ...], says: str) -> None:
    result = run("impact", OPM, COMMISSION, *options)
    assert result.exit_code == 2
    assert says in result.stderr


def test_a_key_that_can_be_guessed_is_refused_and_never_shown(tmp_path: Path) -> None:
    key = put(tmp_path, "key.txt", "hunter2")
    result = run("impact", OPM, COMMISSION, "--details", "--pseudonyms", key)
    assert result.exit_code == 2
    assert "can be guessed" in result.stderr
    assert "hunter2" not in result.output


def test_pseudonyms_replace_ids(tmp_path: Path) -> None:
    key = put(tmp_path, "key.txt", "a long invented key, for tests only")
    result = run("impact", OPM, COMMISSION, "--with", BAR, "--details", "--pseudonyms", key)
    assert "`p-" in result.stdout
    assert "invented-" not in result.stdout


def test_json_is_one_document_with_a_schema() -> None:
    found, code = data("impact", OPM, COMMISSION, "--with", BAR)
    assert code == 1
    assert found["schema"] == "sespms-impact/1"
    assert [(each["from"], each["to"], each["count"]) for each in found["amendments"][0]["moves"]] == [(5, 4, 5)]
    assert found["findings"]


def test_shared_json_withholds() -> None:
    found, _ = data("impact", OPM, COMMISSION, "--with", BAR, "--share", "--least", "3")
    assert found["detail"] == "shared"
    assert all(each is None or each == 0 or each >= 3 for row in found["matrix"] for each in row)


def test_html_goes_to_a_file(tmp_path: Path) -> None:
    made = tmp_path / "impact.html"
    result = run("impact", OPM, COMMISSION, "--with", BAR, "--format", "html", "--output", made)
    assert result.stdout == ""
    assert made.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_unit_can_be_named_as_the_inspector_general() -> None:
    options = ("--with", CAP, "--inspector-general", "Harbors", "--inspector-general", "Rivers")
    result = run("impact", OPM, COMMISSION, *options)
    assert "counted apart: `Harbors`, `Rivers`" in " ".join(result.stdout.split())


def test_an_inspector_general_that_no_row_has_is_told() -> None:
    result = run("impact", OPM, COMMISSION, "--with", CAP, "--inspector-general", "Inspector")
    assert result.exit_code == 2
    assert "no row of the roster has the unit `Inspector`" in result.stderr


def test_the_roster_of_the_other_pages_works_too() -> None:
    assert "12 executives of roster.csv" in run("impact", OPM, ROSTER, "--with", BAR).stdout


@pytest.mark.parametrize(
    ("ids", "told", "shared"),
    [
        (("synthetic-1", "synthetic-2"), "Synthetic roster: every executive", "Synthetic roster: every executive"),
        (("synthetic-1", "B"), "Partly synthetic roster: 1 of 2", "Partly synthetic roster: some executives"),
    ],
)
def test_invented_executives_are_marked_wherever_they_count(
    small: tuple[Path, Path, Path], tmp_path: Path, ids: tuple[str, str], told: str, shared: str
) -> None:
    policy, _, change = small
    rows = "".join(f"{name},50,{level},50,4\n" for name, level in zip(ids, (5, 4), strict=True))
    roster = put(tmp_path, "s.csv", HEADINGS + rows)
    asked = ("impact", str(policy), str(roster), "--with", str(change))
    assert told in run(*asked).stdout
    assert data(*asked)[0]["synthetic"].startswith(told)
    assert data(*asked, "--share")[0]["synthetic"].startswith(shared)
    pages = [run(*asked, "--format", "html", *more).stdout for more in ((), ("--share",))]
    for page, words in zip(pages, (told, shared), strict=True):
        assert page.count("<svg") > 0
        assert page.count(words) > page.count("<svg"), "a picture is not marked"
    plain = put(tmp_path, "plain.csv", HEADINGS + GOOD_ROWS)
    assert data("impact", str(policy), str(plain))[0]["synthetic"] is None
