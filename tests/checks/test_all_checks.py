"""The list of checks, what a system accepts, and what the checks say of OPM's own system."""

from __future__ import annotations

import importlib
from pathlib import Path

import sespms_rules.checks as check
from checks.checking import FINDINGS, LEVELS, found, of
from sespms_rules.foundation.diagnostic import Severity
from sespms_rules.foundation.resources import policy_path

FOLDER = Path(check.__file__).parent


def test_every_check_is_in_the_list() -> None:
    files = {path.stem for path in FOLDER.glob("ses[0-9]*.py")}
    listed = {getattr(each, "__name__", "").rpartition(".")[2] for each in (*check.CHECKS, check.LAST)}
    assert files == listed
    for stem in files:
        finding = importlib.import_module(f"sespms_rules.checks.{stem}").FINDING
        assert stem == f"{finding.code.lower()}_{finding.name.replace('-', '_')}"
    assert len(FINDINGS) == len(files)


def test_opms_basic_system_has_no_error_and_no_warning() -> None:
    findings = found(policy_path("agencies/opm_basic.sespms").read_text(encoding="utf-8"))
    assert {finding.severity for finding in findings} == {Severity.NOTE}
    assert {finding.code for finding in findings} == {"SES248"}


def test_findings_stand_in_the_order_of_the_text() -> None:
    text = 'system "Invented"\n  has 5 to 2 critical elements\nperformance review board\n  has at least 2.5 members'
    assert [finding.code for finding in found(text)] == ["SES239", "SES243"]


def test_a_fault_of_one_system_is_not_told_of_another() -> None:
    text = f'system "One"\n{LEVELS}\nsystem "Two"\nlevels\n  level 5 "Outstanding" 5 points'
    (one,) = found(text)
    assert one.code == "SES201"


NONCRITICAL = 'noncritical element "Two"'


def test_an_accepted_warning_becomes_a_note_with_its_reason() -> None:
    (one,) = of("SES231", '  accepts SES231 because "It carries over for one year."', NONCRITICAL)
    assert one.severity is Severity.NOTE
    assert one.help.endswith("accepted by the system, because: It carries over for one year.")
    assert of("SES244", '  accepts SES231 because "It carries over for one year."', NONCRITICAL) == []


def test_an_error_cannot_be_accepted() -> None:
    text = '  accepts SES239 because "It reads well."\n  has 5 to 2 critical elements'
    (one,) = of("SES239", text)
    assert one.severity is Severity.ERROR
    (two,) = of("SES244", text)
    assert two.message == "`SES239` is an error, and an error cannot be accepted"


def test_an_acceptance_of_what_is_not_found() -> None:
    (one,) = of("SES244", '  accepts SES231 because "Nothing to see."')
    assert one.message == "`SES231` is accepted, but it is not found in this system"
    assert of("SES244", '  accepts SES603 because "Another stage finds it."') == []


def test_a_system_older_than_the_law_is_not_measured_by_it() -> None:
    terms = 'levels\n  level 5 "Superb" 5 points\n  level 3 "Sound" 3 points\n  level 1 "Poor" 0 points'
    gap = "summary rating\n  score is the average of points\n  score 3 to 5 is level 3"
    counted = "  has exactly 2 critical elements"
    today = found(f'system "Invented"\n  effective 2015-10-26\n{counted}\n{terms}\n{gap}')
    assert {"SES201", "SES207", "SES214"} <= {finding.code for finding in today}
    before = found(f'system "Invented"\n  effective 2015-10-25\n{counted}\n{terms}\n{gap}')
    assert {finding.code for finding in before} == {finding.code for finding in today} - {"SES201", "SES207"}
    assert {finding.citations for finding in before} == {()}
