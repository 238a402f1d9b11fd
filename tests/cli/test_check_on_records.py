"""`sespms check --records`: one answer in every format, and never a pass of what `cycle` fails."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from jsonschema import Draft202012Validator

from cli.running import BROKEN, OPM, ROOT, SMALL, run
from records.invented_years import InventedYear, written
from sespms_rules.law.verdict import Confidence, OnRecords, Ruling, Verdict, VerdictKind

SCHEMA = json.loads((ROOT / "docs" / "schemas" / "check.schema.json").read_text(encoding="utf-8"))
YEAR = ROOT / "examples" / "year_2026"
DAY = ("--as-of", "2027-01-31")


def _as_data(records: Path, *more: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(run("check", OPM, "--records", records, "--format", "json", *more).stdout)
    return document


def _late() -> InventedYear:
    year = InventedYear("E-101")
    year.the("plan")["day"] = "2025-10-20"
    return year


def test_each_format_tells_the_counts_of_cycle() -> None:
    cycle = json.loads(run("cycle", OPM, YEAR, *DAY, "--format", "json").stdout)
    asked = {(one["law"], one["sentence"], one["text"]): duty for duty in cycle["duties"] for one in duty["grounds"]}
    document = _as_data(YEAR, *DAY)
    assert not list(Draft202012Validator(SCHEMA).iter_errors(document))
    judged = 0
    for requirement in document["requirements"]:
        for sentence in requirement["sentences"]:
            if sentence["on_records"] is not None:
                duty = asked[requirement["citation"], sentence["asked"], requirement["baseline"]]
                assert sentence["on_records"] == {key: duty[key] for key in ("held", "broken", "open", "records")}
                judged += 1
    assert judged > 40
    found = [
        each
        for each in document["findings"]
        if each["code"] in ("SES664", "SES743") or "SES701" <= each["code"] <= "SES712"
    ]
    every = [*cycle["findings"], *(each for one in cycle["executives"] for each in one["findings"])]
    assert Counter(each["code"] for each in found) == Counter(each["code"] for each in every)
    assert [each["help"].split("; to note")[0] for each in found] == [each["help"] for each in every]


def test_what_a_record_breaks_fails_in_every_format() -> None:
    told = "broken on 1 of 25 records"
    for form in ("text", "json", "sarif", "junit", "html"):
        result = run("check", OPM, "--records", YEAR, *DAY, "--requirements", "--format", form)
        assert result.exit_code == 1, form
        assert told in result.stdout.lower() or form == "json"
        assert "executive `E-102`" in result.stdout or form == "html"
        assert "year_2026/" not in result.stdout, "a report that is passed on names no folder"
    suites = ElementTree.fromstring(run("check", OPM, "--records", YEAR, *DAY, "--format", "junit").stdout)
    (records,) = [each for each in suites if each.get("name") == "records"]
    assert int(records.get("failures", "0")) == 27
    sarif = json.loads(run("check", OPM, "--records", YEAR, *DAY, "--format", "sarif").stdout)
    broken = [each for each in sarif["runs"][0]["results"] if told in each["message"]["text"]]
    assert {each["kind"] for each in broken} == {"fail"}
    assert {each["level"] for each in broken} == {"error", "warning"}


def test_a_year_in_which_all_is_kept_passes_and_what_is_not_due_stays_open(tmp_path: Path) -> None:
    folder = written(tmp_path, [InventedYear("E-101")])
    kept = run("check", OPM, "--records", folder, *DAY, "--requirements")
    assert kept.exit_code == 0, kept.stdout
    assert "held on 1 of 1 record: 5 CFR 430.307, Monitoring" in kept.stdout
    assert "broken on" not in kept.stdout
    begun = InventedYear("E-101")
    begun.acts = [begun.the("plan")]
    result = run("check", OPM, "--records", written(tmp_path / "begun", [begun]), "--as-of", "2026-03-01")
    assert result.exit_code == 0
    assert "open on records" in result.stdout
    assert "duties open on records" in result.stdout.replace("\n", " ")


@pytest.mark.parametrize("changed", [_late(), InventedYear("E-101")])
def test_check_fails_wherever_cycle_does(changed: InventedYear, tmp_path: Path) -> None:
    folder = written(tmp_path, [changed])
    assert run("check", OPM, "--records", folder, *DAY).exit_code == run("cycle", OPM, folder, *DAY).exit_code


def test_a_period_of_another_edition_is_not_judged_by_the_one_checked(tmp_path: Path) -> None:
    document = _as_data(written(tmp_path, [InventedYear("E-101")]), "--as-of", "2012-06-01")
    of_2000 = [each for each in document["requirements"] if each["baseline"] == "5 CFR part 430, subpart C"]
    duties = [one for each in of_2000 for one in each["sentences"] if "a duty on records" in one["why"]]
    assert duties
    assert {each["why"] for each in duties} == {
        "a duty on records, and this edition counts for no period of the records named"
    }


def test_a_system_outside_the_service_is_judged_by_what_it_follows_alone(tmp_path: Path) -> None:
    outside = SMALL.replace('agency"\n', 'agency"\n  is outside the Senior Executive Service\n', 1)
    (tmp_path / "outside.sespms").write_text(outside, encoding="utf-8")
    broken = InventedYear("E-101")
    broken.acts = [broken.the("plan")]
    folder = written(tmp_path / "year", [broken])
    for command in (("check", "--records"), ("cycle",)):
        result = run(command[0], tmp_path / "outside.sespms", *command[1:], folder, *DAY)
        assert result.exit_code == 0, result.stdout
        assert "SES7" not in result.stdout


def test_without_records_nothing_is_claimed_of_them() -> None:
    document = json.loads(run("check", OPM, "--format", "json").stdout)
    assert {each["records"] for each in document["baseline"]} == {None}
    assert not any(document["baseline"][0]["verdicts"][f"{each} on records"] for each in ("held", "broken", "open"))


def test_a_policy_with_errors_judges_no_record_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "broken.sespms").write_text(BROKEN, encoding="utf-8")
    result = run("check", tmp_path / "broken.sespms", "--records", YEAR)
    assert result.exit_code == 1
    assert "the policy has errors, so no record was judged by it" in result.stderr


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ((OPM, "--baseline", "5 USC, Senior Executive Service"), "leave out `--baseline` or `--records`"),
        ((OPM, "--with", "any"), "leave out `--with` or `--records`"),
        ((OPM, "small.sespms"), "records are judged by one policy, and 2 were named"),
        (("small.sespms",), "records are judged by one system, and the policy holds 2; use `sespms cycle`"),
    ],
)
def test_what_would_leave_open_who_judges_is_refused(
    more: tuple[str, ...], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    two = SMALL + SMALL.replace('system "Invented agency"', 'system "Another agency"')
    Path("small.sespms").write_text(two if len(more) == 1 else SMALL, encoding="utf-8")
    result = run("check", *more, "--records", YEAR)
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr


def test_records_that_are_not_there_are_told(tmp_path: Path) -> None:
    result = run("check", OPM, "--records", tmp_path / "nothing")
    assert result.exit_code == 2
    assert "there is no file" in result.stderr


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([(24, 1, 0)], "broken on 1 of 25 records"),
        ([(22, 1, 2), (23, 2, 0)], "broken on at least 2 of 25 records"),
        ([(22, 1, 2), (25, 0, 0)], "broken on 1 of 25 records, open on 2"),
        ([(25, 0, 0), (3, 0, 0)], "held on 25 of 25 records"),
        ([(20, 0, 5)], "held on 20 of 25 records, open on 5"),
        ([(0, 0, 1)], "open on 1 of 1 record"),
    ],
)
def test_several_sentences_are_told_by_the_gravest(counts: list[tuple[int, int, int]], said: str) -> None:
    every = [OnRecords(*each) for each in counts]
    kind = max((each.kind for each in every), key=lambda each: each is VerdictKind.BROKEN_ON_RECORDS)
    rulings = tuple(Ruling("asked", each.kind, "why", on_records=each) for each in every)
    verdict = Verdict("Rules", None, "1", "Title", kind, Confidence.CONFIRMED, "", True, rulings)
    assert verdict.said == said
