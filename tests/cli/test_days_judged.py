"""One rule says by which days a text is judged; `check` and `baseline list --period` ask it. All is invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import data, put
from law.complying import changed

FEDERAL = "5 CFR part 430, subpart C"
HEAD = (
    f'  follows "{FEDERAL}" as of 2025-10-15\n'
    "  effective 2026-10-01\n"
    "  submitted to OPM 2026-05-01\n"
    "  approved by OPM 2026-07-01\n"
)


def system(follows: str, effective: str, *, cap: bool = True) -> str:
    """The complying system with other days, and with or without its cap."""
    text = changed((HEAD, f'  follows "{FEDERAL}"{follows}\n' + (f"  effective {effective}\n" if effective else "")))
    if cap:
        return text
    before, _, after = text.partition("\ndistribution\n")
    return before + "\n" + after.partition("\n\n")[2]


def editions(policy: Path, *options: str) -> dict[str, str]:
    """The first day of the edition of each baseline that a system is checked against."""
    return {each["baseline"]: each["in_force_from"] for each in data("check", policy, *options)[0]["law"]}


@pytest.mark.parametrize(
    ("effective", "start", "end"),
    [
        ("2025-10-01", "2025-10-01", "2026-09-30"),
        ("2025-09-30", "2024-10-01", "2025-09-30"),
        ("2025-10-14", "2025-10-01", "2026-09-30"),
        ("2019-03-01", "2018-10-01", "2019-09-30"),
        ("2026-10-01", "2026-10-01", "2027-09-30"),
    ],
)
def test_a_text_and_the_records_of_its_first_period_have_one_law(
    tmp_path: Path, effective: str, start: str, end: str
) -> None:
    policy = put(tmp_path, "p.sespms", system("", effective))
    found, _ = data("check", policy)
    assert found["days"][0]["period"] == {"start": start, "end": end}
    listed, _ = data("baseline", "list", "--period", start, end)
    binding = {each["name"]: each["in_force_from"] for each in listed["editions"] if each["kind"] == "baseline"}
    for name, first in editions(policy).items():
        assert binding[name] == first
    unfollowed = {each["name"] for each in listed["editions"] if each["for_systems_that_follow"] is None}
    assert {name for name in binding if name in unfollowed} == set(editions(policy))


def test_fiscal_year_2026_with_opms_cap_passes(tmp_path: Path) -> None:
    policy = put(tmp_path, "p.sespms", system("", "2025-10-01"))
    found, code = data("check", policy)
    assert code == 0, [each["message"] for each in found["findings"] if each["severity"] == "error"]
    assert editions(policy)[FEDERAL] == "2025-10-15"
    old, code = data("check", put(tmp_path, "q.sespms", system("", "2024-10-01")))
    assert code == 1
    assert {each["citation"] for each in old["requirements"] if each["fails"]} >= {"5 CFR 430.305(a)(5), distribution"}


@pytest.mark.parametrize("as_of", ["2020-01-01", "2015-10-26", "2025-10-14"])
def test_an_older_edition_in_follows_takes_no_system_back(tmp_path: Path, as_of: str) -> None:
    policy = put(tmp_path, "p.sespms", system(f" as of {as_of}", "2026-10-01", cap=False))
    found, _ = data("check", policy)
    assert editions(policy) == editions(put(tmp_path, "q.sespms", system("", "2026-10-01")))
    (told,) = (each for each in found["findings"] if each["code"] == "SES307")
    assert told["text"] == as_of
    assert "430.305(a)(5)" in told["help"]
    advised = {each["citation"] for each in found["requirements"] if each["verdict"] == "not met"}
    assert "OPM cap, share" in advised, "the cap of its own days is asked of it"


def test_a_newer_edition_in_follows_binds_all_the_same(tmp_path: Path) -> None:
    policy = put(tmp_path, "p.sespms", system(" as of 2025-10-15", "2019-10-01"))
    found, _ = data("check", policy)
    assert editions(policy)[FEDERAL] == "2025-10-15"
    assert found["days"][0]["period"] == {"start": "2025-10-01", "end": "2026-09-30"}
    assert "SES307" not in {each["code"] for each in found["findings"]}


def test_without_an_effective_day_the_edition_it_follows_tells_the_days_and_a_newer_one_is_told(tmp_path: Path) -> None:
    policy = put(tmp_path, "p.sespms", system(" as of 2020-01-01", "", cap=False))
    found, _ = data("check", policy)
    assert found["days"][0]["period"] == {"start": "2019-10-01", "end": "2020-09-30"}
    (told,) = (each for each in found["findings"] if each["code"] == "SES307")
    assert "no effective day" in told["message"]


def test_the_reader_may_name_the_day(tmp_path: Path) -> None:
    policy = put(tmp_path, "p.sespms", system("", "2026-10-01"))
    found, code = data("check", policy, "--as-of", "2025-10-14")
    assert (found["days"][0]["named"], found["days"][0]["day"], code) == (True, "2025-10-14", 1)
    assert editions(policy, "--as-of", "2025-10-14")[FEDERAL] == "2015-10-26"


def test_a_state_overlay_is_asked_whatever_edition_of_another_rule_is_followed(tmp_path: Path) -> None:
    name = "State of Example, personnel records"
    for as_of in (" as of 2026-01-01", " as of 2025-10-15", " as of 2019-01-01", ""):
        text = system(as_of, "2026-10-01").replace("  effective", f'  follows "{name}"\n  effective', 1)
        assert editions(put(tmp_path, "p.sespms", text))[name] == "2026-01-01", as_of


@pytest.mark.parametrize(
    "runs", ["runs January 1 to December 31", "runs July 1 to June 30", "runs March 1 to February 29"]
)
def test_any_period_of_the_year_is_reckoned(tmp_path: Path, runs: str) -> None:
    text = system("", "2027-01-15").replace("runs October 1 to September 30", runs)
    found, _ = data("check", put(tmp_path, "p.sespms", text))
    period = found["days"][0]["period"]
    assert period["start"] <= "2027-01-15" <= period["end"] < "2028-01-01"
