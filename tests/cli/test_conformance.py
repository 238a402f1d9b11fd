"""`sespms check` against a baseline in all its formats, and `sespms baseline`. The policies here are invented."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from cli.running import OPM, SMALL, data, put, run
from invented_rules import invented_rules
from sespms_rules.foundation.resources import policy_path

RULES = invented_rules("Example rules")


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    """A policy that follows invented rules which stand in the folder `law` beside it."""
    (tmp_path / "law").mkdir()
    put(tmp_path / "law", "rules.sespms", RULES)
    follows = SMALL.replace('system "Invented agency"\n', 'system "Invented agency"\n  follows "Example rules"\n', 1)
    return Path(put(tmp_path, "p.sespms", follows))


def test_text_has_findings_first_then_the_counts(policy: Path) -> None:
    result = run("check", policy, "--baseline", "Example rules", "--law", policy.parent / "law")
    assert result.exit_code == 1
    assert f"{policy}:1:1: error SES302 requirement-not-met\n" in result.stdout
    assert "`Example 1`, Training, is not met: `must have training`: the system has no part `training`" in result.stdout
    assert "warning SES302" in result.stdout
    assert "note SES303" in result.stdout
    last = result.stdout[result.stdout.index("`Invented agency` was checked against") :]
    assert (
        "  7 requirements: 2 not met (1 of them only advised), 1 proved, 1 needs human review, "
        "1 not checked here, 1 not applicable, 1 unconfirmed\n"
    ) in last


def test_each_requirement_is_shown_where_it_is_wanted(policy: Path) -> None:
    result = run("check", policy, "--baseline", "Example rules", "--law", policy.parent / "law", "--requirements")
    assert "proved: Example 4, Levels (Example rules, edition of 2020-01-01)\n" in result.stdout
    assert "needs human review: Is it so, & why <not>?" in result.stdout
    assert "    to do: add the part `training` with what it is to say\n" in result.stdout
    assert "  this requirement is unconfirmed: not read\n" in result.stdout
    for number in range(1, 8):
        assert f"Example {number}, " in result.stdout


def test_json_has_every_requirement(policy: Path) -> None:
    found, code = data("check", policy, "--baseline", "Example rules", "--law", policy.parent / "law")
    assert code == 1
    by_citation = {each["citation"]: each for each in found["requirements"]}
    assert [by_citation[f"Example {number}"]["verdict"] for number in range(1, 8)] == [
        "not met", "unconfirmed", "not met", "proved", "needs a person", "checked on each rating", "not applicable",
    ]  # fmt: skip
    assert [each["fails"] for each in found["requirements"]] == [True, *[False] * 6]
    assert {"id", "title", "citation", "verdict", "evidence", "system", "baseline", "edition"} <= set(
        by_citation["Example 1"]
    )
    assert by_citation["Example 4"]["evidence"][0]["text"] == "levels"
    assert len({each["id"] for each in found["requirements"]}) == 7
    (held,) = found["baseline"]
    assert held["editions"][0]["in_force_from"] == "2020-01-01"
    assert sum(held["verdicts"].values()) == 7


def test_sarif_is_whole(policy: Path) -> None:
    result = run("check", policy, "--baseline", "Example rules", "--law", policy.parent / "law", "--format", "sarif")
    log = json.loads(result.stdout)
    assert (log["version"], result.exit_code) == ("2.1.0", 1)
    (made,) = log["runs"]
    rules = made["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    lines = policy.read_text(encoding="utf-8").splitlines()
    for each in made["results"]:
        assert rules[each["ruleIndex"]]["id"] == each["ruleId"]
        assert each["message"]["text"]
        assert each["level"] in {"none", "note", "warning", "error"}
        assert each["kind"] in {"pass", "fail", "open", "review", "notApplicable", "informational"}
        assert (each["kind"] == "fail") == (each["level"] != "none"), "what is no failure has no level"
        for location in each["locations"]:
            place = location["physicalLocation"]
            assert place["artifactLocation"]["uri"].endswith("p.sespms")
            region = place["region"]
            assert 1 <= region["startLine"] <= region["endLine"] <= len(lines)
            assert 1 <= region["startColumn"] <= len(lines[region["startLine"] - 1]) + 1
    kinds = [each["kind"] for each in made["results"]]
    assert kinds.count("fail") == 2
    assert {"pass", "review", "notApplicable", "informational"} <= set(kinds)


def test_junit_is_whole(policy: Path) -> None:
    result = run("check", policy, "--baseline", "Example rules", "--law", policy.parent / "law", "--format", "junit")
    root = ElementTree.fromstring(result.stdout)
    assert root.tag == "testsuites"
    assert [suite.get("name") for suite in root] == [str(policy), "Invented agency: conformance"]
    for suite in root:
        cases = suite.findall("testcase")
        assert int(suite.get("tests", "")) == len(cases)
        assert int(suite.get("failures", "")) == len(suite.findall("testcase/failure"))
        assert int(suite.get("skipped", "")) == len(suite.findall("testcase/skipped"))
        assert all(case.get("name") and case.get("classname") for case in cases)
    conformance = root[1]
    assert (conformance.get("tests"), conformance.get("failures"), conformance.get("skipped")) == ("7", "1", "5")
    failure = conformance.find("testcase/failure")
    assert failure is not None
    assert failure.get("message") == "not met: the system has no part `training`"


def test_an_error_of_the_policy_itself_fails_its_own_suite(tmp_path: Path) -> None:
    broken = put(tmp_path, "p.sespms", SMALL.replace("total 100", "totl 100"))
    root = ElementTree.fromstring(run("check", broken, "--format", "junit").stdout)
    assert root[0].get("failures") == "1"
    sound = put(tmp_path, "q.sespms", SMALL)
    root = ElementTree.fromstring(run("check", sound, "--format", "junit").stdout)
    assert (root[0].get("tests"), root[0].get("failures")) == ("1", "0")


def test_an_accepted_warning_is_a_note(policy: Path) -> None:
    text = policy.read_text(encoding="utf-8")
    accepts = '  accepts SES302 because "The board looked at it."\n'
    policy.write_text(text.replace('"Example rules"\n', f'"Example rules"\n{accepts}', 1), encoding="utf-8")
    found, code = data("check", policy, "--baseline", "Example rules", "--law", policy.parent / "law")
    severities = [each["severity"] for each in found["findings"] if each["code"] == "SES302"]
    assert (severities, code) == (["error", "note"], 1), "an error cannot be accepted"


CAP = "\ndistribution\n  at most 30% of career executives at level 4 or better\n"
FEDERAL = "5 CFR part 430, subpart C"
LIMB = "5 CFR 430.305(a)(5), distribution"


@pytest.mark.parametrize(("day", "fails"), [("2025-10-14", True), ("2025-10-15", False)])
def test_a_distribution_fails_before_the_rule_changed_and_not_since(tmp_path: Path, day: str, fails: bool) -> None:
    path = put(tmp_path, "p.sespms", SMALL + CAP)
    found, _ = data("check", path, "--baseline", FEDERAL, "--as-of", day)
    (limb,) = (each for each in found["requirements"] if each["citation"] == LIMB)
    assert limb["fails"] is fails
    again, _ = data("check", path, "--baseline", f"{FEDERAL} as of {day}")
    assert again == found
    (why,) = found["baseline"][0]["contrast"]
    assert f"forbidden by {LIMB}, in the edition of 2015-10-26" in why
    assert "in the edition of 2025-10-15" in why


def test_opms_system_is_met_or_left_to_a_person_under_both_editions() -> None:
    for edition in ("5cfr430c-2015-10-26", "5cfr430c-2025-10-15"):
        found, code = data("check", OPM, "--baseline", edition)
        verdicts = {each["verdict"] for each in found["requirements"] if each["binding"]}
        assert code == 0
        assert verdicts.isdisjoint({"not met", "refuted", "undecided"})


# ---- sespms baseline -----------------------------------------------------------------------------


def test_every_edition_is_listed() -> None:
    found, code = data("baseline", "list")
    ids = [each["id"] for each in found["editions"]]
    assert code == 0
    assert {"5cfr430c-2015-10-26", "5cfr430c-2025-10-15"} <= set(ids)
    text = run("baseline", "list").stdout
    assert all(each in text for each in ids)


def test_an_edition_is_shown_by_its_file_its_name_or_its_day() -> None:
    by_file, _ = data("baseline", "show", "5cfr430c-2015-10-26")
    by_day, _ = data("baseline", "show", f"{FEDERAL} as of 2016-01-01")
    newest, _ = data("baseline", "show", FEDERAL)
    assert by_file == by_day
    assert newest["in_force_from"] == "2025-10-15"
    result = run("baseline", "show", "5cfr430c-2015-10-26")
    assert "\n  must not have distribution\n" in result.stdout
    wrong = run("baseline", "show", "5cfr430c-2015-10-27")
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert "did you mean `5cfr430c-2015-10-26`?" in " ".join(wrong.stderr.split())


def test_what_changed_and_whom_it_affects(tmp_path: Path) -> None:
    capped = put(tmp_path, "capped.sespms", SMALL + CAP)
    text = run("baseline", "diff", "5cfr430c-2015-10-26", "5cfr430c-2025-10-15", capped).stdout
    assert f"changed: {LIMB}" in text
    assert "  - must not have distribution\n" in text
    assert "  + may have distribution\n" in text
    assert f"  no longer broken: {LIMB}: not met before, needs human review after\n" in text
    found, code = data("baseline", "diff", "5cfr430c-2015-10-26", "5cfr430c-2025-10-15", capped)
    (policy,) = found["policies"]
    assert (policy["affected"], code) == (True, 0)
    assert LIMB in {each["citation"] for each in policy["requirements"]}
    same, _ = data("baseline", "diff", "5cfr430c-2015-10-26", "5cfr430c-2015-10-26", capped)
    assert (same["requirements"], same["policies"][0]["affected"]) == ([], False)


def test_a_policy_that_no_edition_binds_is_not_affected_and_it_is_said_why(tmp_path: Path) -> None:
    head = 'system "Invented agency"\n'
    outside = put(
        tmp_path, "p.sespms", SMALL.replace(head, f"{head}  is outside the Senior Executive Service\n", 1) + CAP
    )
    editions = ("5cfr430c-2015-10-26", "5cfr430c-2025-10-15")
    said = "it is outside the Senior Executive Service and does not follow `5 CFR part 430, subpart C`"
    assert run("baseline", "diff", *editions, outside).stdout.endswith(f"`Invented agency`: not affected: {said}\n")
    found, _ = data("baseline", "diff", *editions, outside)
    assert [(each["affected"], each["why_not"]) for each in found["policies"]] == [(False, said)]
    stranger, _ = data("baseline", "diff", "opm-basic-2012", "opm-system-2025", put(tmp_path, "q.sespms", SMALL))
    (strange,) = stranger["policies"]
    assert strange["why_not"] == "it does not follow `OPM basic system 2012`; it does not follow `OPM system 2025`"
    bound, _ = data("baseline", "diff", *editions, put(tmp_path, "r.sespms", SMALL))
    assert [each["why_not"] for each in bound["policies"]] == [""]


def test_a_policy_with_errors_is_not_compared(tmp_path: Path) -> None:
    broken = put(tmp_path, "p.sespms", SMALL.replace("total 100", "totl 100"))
    result = run("baseline", "diff", "5cfr430c-2015-10-26", "5cfr430c-2025-10-15", broken)
    assert result.exit_code == 1
    assert "SES001" in result.stdout


def test_the_shipped_editions_are_where_they_are_looked_for() -> None:
    assert policy_path("federal/5cfr430c-2025-10-15.sespms").is_file()
