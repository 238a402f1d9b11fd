"""The reports in forms for machines, read by readers that were written elsewhere.

SARIF by the validator of the format's authors (`sarif-multitool`, from npm: skipped where it is not installed), JUnit
by `junitparser`, JSON by `jsonschema` with the schema that docs/schemas/ ships. Each reader is shown, too, that it
refuses what is broken.
"""

from __future__ import annotations

import copy
import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import junitparser
import pytest
from jsonschema import Draft202012Validator, ValidationError

from cli.running import BROKEN, FAILING, OPM, SMALL, put, run
from invented_rules import invented_rules
from sespms_rules.foundation.resources import policy_path
from sespms_rules.law.verdict import VerdictKind

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs" / "schemas" / "check.schema.json").read_text(encoding="utf-8"))
MULTITOOL = shutil.which("sarif-multitool")

REFUTED = """requirement "Example 8" "Refuted"
  must guarantee every critical element at level 3 gives level 4
  confirmed
"""
RULES = invented_rules("Example <rules> & more", REFUTED, period='partly confirmed "read in part"')
FOLLOWS = SMALL.replace('agency"\n', 'agency"\n  follows "Example <rules> & more"\n', 1)
UNFOLLOWED = SMALL.replace('agency"\n', 'agency"\n  effective 2026-10-01\n', 1)
MADE = {
    "sound": SMALL,
    "broken": BROKEN,
    "failing scenario": FAILING,
    "every verdict": RULES + "\n" + FOLLOWS,
    "law not met": UNFOLLOWED,
    "unknown rules": FOLLOWS,
    "empty": "",
}
SHIPPED = ("agencies/usda_ses_2015.sespms", "shapes/shape_24_dated_rule.sespms", "lessons/inverse_numbering.sespms")
CASES = [*MADE, *SHIPPED, OPM]


@pytest.fixture(params=CASES, ids=[Path(case).stem for case in CASES])
def policy(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A policy, made here or shipped; most are named by an absolute path."""
    case = str(request.param)
    if case in MADE:
        return made_in(tmp_path, "a policy, with 100% & more.sespms", MADE[case])
    return case if case == OPM else str(policy_path(case))


def made_in(folder: Path, name: str, text: str) -> str:
    """Write a policy; where it holds the invented rules, a reader trusts them from the folder `law` beside it."""
    if RULES in text:
        (folder / "law").mkdir(exist_ok=True)
        put(folder / "law", "rules.sespms", RULES)
    return str(put(folder, name, text))


def written(policy: str, form: str) -> str:
    """The report of a policy in a form, checked once however many readers read it."""
    return checked(policy, form)[0]


@cache
def checked(policy: str, form: str) -> tuple[str, int]:
    """The report, and the exit code."""
    law = Path(policy).parent / "law"
    trusted = ("--law", law) if law.is_dir() else ()
    result = run("check", policy, "--format", form, *trusted)
    assert result.exit_code in (0, 1)
    return result.stdout, result.exit_code


# ---- JSON ----------------------------------------------------------------------------------------


def _closed(schema: Any) -> Any:
    """The schema with no other keys allowed than those it describes."""
    if isinstance(schema, list):
        return [_closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(value) for key, value in schema.items()}
    return closed | {"additionalProperties": False} if "properties" in schema else closed


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert set(SCHEMA["$defs"]["requirement"]["properties"]["verdict"]["enum"]) == {each.value for each in VerdictKind}


def test_json_is_as_its_schema_says_and_has_no_key_that_it_does_not_describe(policy: str) -> None:
    Draft202012Validator(_closed(SCHEMA)).validate(json.loads(written(policy, "json")))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda made: made.pop("findings"),
        lambda made: made.update(schema="sespms-check/2"),
        lambda made: made["requirements"][0].update(verdict="fine"),
        lambda made: made["requirements"][0]["sentences"].clear(),
        lambda made: made["baseline"][0]["verdicts"].pop("undecided"),
        lambda made: made["findings"][0].update(line=0),
    ],
)
def test_the_schema_refuses_what_is_broken(tmp_path: Path, spoil: Any) -> None:
    made = json.loads(written(made_in(tmp_path, "p.sespms", MADE["every verdict"]), "json"))
    Draft202012Validator(SCHEMA).validate(made)
    spoil(made)
    with pytest.raises(ValidationError):
        Draft202012Validator(SCHEMA).validate(made)


# ---- JUnit ---------------------------------------------------------------------------------------


def test_junit_is_read_with_the_counts_of_the_json(policy: str, tmp_path: Path) -> None:
    file = tmp_path / "report.xml"
    file.write_text(written(policy, "junit"), encoding="utf-8")
    report = junitparser.JUnitXml.fromfile(str(file))
    told = json.loads(written(policy, "json"))
    suites = {suite.name: suite for suite in report}
    for each in told["baseline"]:
        mine = [one for one in told["requirements"] if one["system"] == each["system"]]
        if not mine:
            continue
        suite = suites[f"{each['system']}: conformance"]
        cases = list(suite)
        assert suite.tests == len(cases) == len(mine)
        failed = [case for case in cases if any(isinstance(one, junitparser.Failure) for one in case.result)]
        skipped = [case for case in cases if any(isinstance(one, junitparser.Skipped) for one in case.result)]
        assert suite.failures == len(failed) == sum(one["fails"] for one in mine)
        passed = sum(one["verdict"] in ("met", "proved") for one in mine)
        assert suite.skipped == len(skipped) == len(mine) - passed - len(failed)
    errors = [one for one in told["findings"] if one["severity"] == "error"]
    gathered = [one for one in errors if one["code"] in ("SES302", "SES304")]
    alone = sum(suite.failures for name, suite in suites.items() if not name.endswith(": conformance"))
    assert alone == len(errors) - len(gathered)
    assert report.failures in (None, sum(suite.failures for suite in suites.values()))


# ---- SARIF ---------------------------------------------------------------------------------------

needs_multitool = pytest.mark.skipif(
    MULTITOOL is None,
    reason="SARIF WAS NOT VALIDATED: install the validator with `npm install --global @microsoft/sarif-multitool`",
)
WANTED = {"SARIF2005"}
"""Told of every log: the program names no home page on the web, because it has none, and no version."""


def _complaints(logs: list[Any], folder: Path) -> list[list[str]]:
    """What the validator says of each log: its rules and words, those of WANTED left out. It reads all at once."""
    files = [folder / f"{place}.sarif" for place, _ in enumerate(logs)]
    for file, log in zip(files, logs, strict=True):
        file.write_text(json.dumps(log), encoding="utf-8")
    report = folder / "said.json"
    command = [str(MULTITOOL), "validate", *map(str, files), "--output", str(report), "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert report.exists(), done.stdout + done.stderr
    said = json.loads(report.read_text(encoding="utf-8-sig"))["runs"][0]
    assert not said["invocations"][0].get("toolExecutionNotifications")
    found: list[list[str]] = [[] for _ in logs]
    for each in said.get("results", ()):
        if each["ruleId"] not in WANTED:
            uri = each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            found[int(Path(uri).stem)].append(f"{each['ruleId']}: {each['message']}")
    return found


@needs_multitool
def test_the_validator_of_sarif_finds_nothing(tmp_path: Path) -> None:
    made = [made_in(tmp_path, f"a policy, with 100% & more {name}.sespms", text) for name, text in MADE.items()]
    policies = [*made, *(str(policy_path(name)) for name in SHIPPED), OPM]
    logs = [json.loads(written(policy, "sarif")) for policy in policies]
    complaints = dict(zip(policies, _complaints(logs, tmp_path), strict=True))
    assert {policy: said for policy, said in complaints.items() if said} == {}


@needs_multitool
def test_the_validator_of_sarif_refuses_what_is_broken(tmp_path: Path) -> None:
    sound = json.loads(written(made_in(tmp_path, "p.sespms", MADE["every verdict"]), "sarif"))
    unsaid, misplaced, misnamed = (copy.deepcopy(sound) for _ in range(3))
    del unsaid["runs"][0]["results"][0]["message"]
    misplaced["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] = "/a b/c.sespms"
    misnamed["runs"][0]["results"][0]["ruleIndex"] = 99
    of_sound, *of_broken = _complaints([sound, unsaid, misplaced, misnamed], tmp_path)
    assert of_sound == []
    assert all(of_broken), of_broken


def test_a_result_of_sarif_stands_for_each_requirement_or_finding(policy: str) -> None:
    results = json.loads(written(policy, "sarif"))["runs"][0]["results"]
    told = json.loads(written(policy, "json"))
    failing = [each for each in results if each["kind"] == "fail" and each["level"] == "error"]
    errors = [each for each in told["findings"] if each["severity"] == "error" and each["code"] != "SES304"]
    gathered = [each["system"] for each in told["baseline"] if not each["claimed"]]
    broken = [each for each in told["requirements"] if each["fails"] and each["system"] in gathered]
    assert len(failing) == len(errors) + len(broken)
    assert (checked(policy, "sarif")[1] == 1) == bool(failing)
