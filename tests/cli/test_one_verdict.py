"""The same system gives one verdict on every surface: formats, exit codes, `check`, `check --prove`, `prove`."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from cli.running import FAILING, OPM, SMALL, data, put, run
from sespms_rules.foundation.resources import policy_path

GOOD = policy_path("agencies/opm_basic.sespms").read_text(encoding="utf-8")
RATING = re.compile(r"^summary rating\n(?:[ \t].*\n)+", re.MULTILINE)
OWN = re.compile(r"^(?:scenario .*|guarantees)\n(?:[ \t].*\n)+\n?", re.MULTILINE)


def with_rating(*lines: str) -> str:
    """OPM's system with another way to derive the rating, without its own guarantees and scenarios."""
    text = OWN.sub("", GOOD).replace('  follows "OPM basic system 2012"\n', "")
    return RATING.sub("summary rating\n" + "".join(f"  {line}\n" for line in lines), text)


PATTERN = (
    '"all" is the sum of points times weight',
    "take the first line that fits",
    "level 1 when any critical element is at level 1",
    'level 5 when "all" is at least 475',
    'level 4 when "all" is at least 400',
    'level 3 when "all" is at least 300',
    "level 2 otherwise",
)
HIDDEN = (
    '"share" is the weight of "Results Driven"',
    "score is the sum of points times weight",
    "take the first line that fits",
    "level 1 when any critical element is at level 1",
    'level 2 when "share" is exactly 43',
    "level 5 when score is at least 475",
    "level 4 when score is at least 400",
    "level 3 when score is at least 300",
    "level 2 otherwise",
)
UPSIDE_DOWN = (*HIDDEN[1:4], "level 4 when score is at least 475", "level 5 when score is at least 400", *HIDDEN[7:])
NEVER_FIVE = (*HIDDEN[1:4], *HIDDEN[6:])
PROMISE = "\nguarantees\n  any critical element at level 2 gives level 2\n"
OUTSIDE = SMALL.replace('agency"\n', 'agency"\n  is outside the Senior Executive Service\n', 1)

CASES = {
    "sound": (GOOD, False),
    "pattern": (with_rating(*PATTERN), False),
    "hidden at a weight": (with_rating(*HIDDEN), True),
    "a better rating lowers": (with_rating(*UPSIDE_DOWN), True),
    "a level out of reach": (with_rating(*NEVER_FIVE), True),
    "own promise broken": (OUTSIDE + PROMISE, True),
    "own promise kept": (OUTSIDE + "\nguarantees\n  any critical element at level 1 gives level 1\n", False),
    "example fails": (FAILING, True),
}


@pytest.fixture(scope="module", params=CASES)
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bool]:
    """A policy, and whether it is to fail."""
    text, fails = CASES[request.param]
    return put(tmp_path_factory.mktemp("case"), "p.sespms", text), fails


@cache
def written(command: str, policy: Path, *options: str) -> tuple[str, int]:
    """What a command writes of a policy, and its exit code; the tests of this file share the runs."""
    result = run(command, policy, *options)
    return result.stdout, result.exit_code


def document(command: str, policy: Path, *options: str) -> tuple[Any, int]:
    """The same, of a JSON document."""
    said, code = written(command, policy, *options, "--format", "json")
    return json.loads(said), code


FORMATS = ("text", "json", "sarif", "junit", "html")
PROVED = ("json", "html")


def heads(policy: Path, formats: tuple[str, ...], *options: str) -> dict[str, tuple[str, int]]:
    """The first sentence of each format, and its exit code."""
    told = {}
    for form in formats:
        said, code = written("check", policy, *options, "--format", form)
        told[form] = (_head(form, said), code)
    return told


def _head(form: str, said: str) -> str:
    if form == "json":
        return str(json.loads(said)["summary"])
    if form == "sarif":
        return str(json.loads(said)["runs"][0]["properties"]["summary"])
    if form == "junit":
        found = ElementTree.fromstring(said).find(".//property[@name='summary']")
        return "" if found is None else str(found.get("value"))
    return str(re.findall(r"(?:This does not pass|No error was found)[^<\n]*\.", said)[0])


@pytest.mark.case("two verdicts on a page")
def test_formats_and_exit_codes_agree(case: tuple[Path, bool]) -> None:
    policy, fails = case
    told = heads(policy, FORMATS) | {f"{form}, proved": each for form, each in heads(policy, PROVED, "--prove").items()}
    assert {code for _, code in told.values()} == {int(fails)}
    said = {words for words, _ in told.values()}
    assert len(said) == 1, said
    assert said.pop().startswith("This does not pass" if fails else "No error was found")


@pytest.mark.case("two verdicts on a page")
def test_check_and_prove_say_the_same_of_every_guarantee(case: tuple[Path, bool]) -> None:
    policy, _ = case
    proofs, code = document("prove", policy)
    refuted = {each["guarantee"] for each in proofs["verdicts"] if each["fails"]}
    for options in ((), ("--prove",)):
        found, check_code = document("check", policy, *options)
        told = {
            each["asked"].removeprefix("must guarantee ").removeprefix("should guarantee "): each["verdict"]
            for one in found["requirements"]
            for each in one["sentences"]
            if each["asked"].startswith(("must guarantee", "should guarantee"))
        }
        told |= {each["guarantee"]: each["verdict"] for one in found["baseline"] for each in one["guarantees"]}
        for each in proofs["verdicts"]:
            here = told.get(each["guarantee"])
            if each["verdict"] != "undecided" and here not in (None, "needs a person"):
                assert here == each["verdict"], (options, each["guarantee"])
        if refuted:
            assert (code, check_code) == (1, 1)


@pytest.mark.case("two verdicts on a page")
def test_a_refuted_guarantee_fails_its_own_case_and_result(tmp_path: Path) -> None:
    policy = put(tmp_path, "p.sespms", CASES["hidden at a weight"][0])
    log = json.loads(run("check", policy, "--format", "sarif").stdout)["runs"][0]
    assert any(each["level"] == "error" and "refuted" in each["message"]["text"] for each in log["results"])
    root = ElementTree.fromstring(run("check", policy, "--format", "junit").stdout)
    assert any("refuted" in str(each.get("message")) for each in root.iter("failure"))
    page = run("check", policy, "--format", "html", "--prove").stdout
    assert "breaks none" not in page
    assert "gives level 2" in page, "the appraisal that breaks it is shown"


@pytest.mark.case("two verdicts on a page")
def test_nothing_is_called_unestablished_beside_its_proof(tmp_path: Path) -> None:
    for policy in (OPM, put(tmp_path, "p.sespms", CASES["own promise kept"][0])):
        found, _ = data("check", policy)
        assert {each["verdict"] for one in found["baseline"] for each in one["guarantees"]} == {"proved"}
        assert "SES401" not in {each["code"] for each in found["findings"]}


def test_what_is_left_open_is_said_and_is_no_pass(tmp_path: Path) -> None:
    text = re.sub(r"  has exactly \d+ critical elements\n", "", OUTSIDE) + PROMISE.replace("level 2", "level 1")
    policy = put(tmp_path, "p.sespms", text.replace("any critical element at level 1 makes the rating level 1", ""))
    found, _ = data("check", policy)
    states = {each["verdict"] for one in found["baseline"] for each in one["guarantees"]}
    assert states <= {"refuted", "undecided"}


# ---- what is refuted without failing a system ----------------------------------------------------------

WITHOUT_OVERRIDE = SMALL.replace("  any critical element at level 1 makes the rating level 1\n", "")
FOLLOWING = WITHOUT_OVERRIDE.replace(
    'agency"\n',
    'agency"\n  is outside the Senior Executive Service\n  follows "Rules of Example"\n  effective 2026-10-01\n',
    1,
)
RULE = """baseline "Rules of Example"
  in force from 2020-01-01
  applies to systems that follow "Rules of Example"
requirement "Rule 1" "A failed element"
  must guarantee any critical element at level 1 gives level 1
  {mark}
"""
WEIGHTS = {
    "confirmed": (RULE.format(mark="confirmed"), True),
    "partly confirmed": (RULE.format(mark='partly confirmed "read in part"'), True),
    "unconfirmed": (RULE.format(mark='unconfirmed "it was recalled"'), False),
    "advised": (RULE.format(mark="confirmed").replace("must guarantee", "should guarantee"), False),
    "not in force yet": (RULE.format(mark="in force from 2030-01-01\n  confirmed"), False),
}


@pytest.mark.parametrize(
    ("weight", "options"),
    [
        *((each, ()) for each in WEIGHTS),
        ("unconfirmed", ("--as-of", "2026-12-01")),
        ("confirmed", ("--as-of", "2026-12-01")),
    ],
)
def test_what_a_check_does_not_fail_by_a_proof_does_not_either(
    tmp_path: Path, weight: str, options: tuple[str, ...]
) -> None:
    rule, fails = WEIGHTS[weight]
    (tmp_path / "law").mkdir()
    put(tmp_path / "law", "rules.sespms", rule)
    policy = put(tmp_path, "p.sespms", FOLLOWING)
    law = ("--law", str(tmp_path / "law"), *options)
    told = heads(policy, FORMATS, *law)
    assert len({words for words, _ in told.values()}) == 1
    reviewed = document("check", policy, "--review", *law)
    proofs, code = document("prove", policy, *law)
    codes = {code, reviewed[1], written("prove", policy, *law)[1], *(each for _, each in told.values())}
    assert codes == {int(fails)}
    refuted = [each for each in proofs["verdicts"] if each["verdict"] == "refuted"]
    assert all(each["fails"] is fails for each in refuted)
    assert bool(refuted) is (weight != "advised"), "a proof is asked of what must hold"
    assert ("does not fail by it" in written("prove", policy, *law)[0]) is (bool(refuted) and not fails)


def test_what_a_person_asks_is_refuted_with_code_1(tmp_path: Path) -> None:
    policy = put(tmp_path, "p.sespms", FOLLOWING)
    found, code = document("prove", policy, "--guarantee", "any critical element at level 1 gives level 1")
    assert ([each["fails"] for each in found["verdicts"]], code) == ([True], 1)
