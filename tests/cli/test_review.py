"""`check --review`: what a reviewer can stand on. All policies are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import OPM, data, put, run
from law.complying import changed, without
from sespms_rules.foundation.resources import policy_path

WITH_AN_ACCEPTED = policy_path("examples/maritime_commission.sespms").read_text(encoding="utf-8")
"""It accepts SES246, with its reason."""

AGENCY = '  agency "Example Agency"\n'


def found(policy: Path, *options: str) -> tuple[list[tuple[str, str]], int]:
    """Code and severity of each finding, and the exit code."""
    told, code = data("check", policy, *options)
    return [(each["code"], each["severity"]) for each in told["findings"]], code


def test_a_sound_text_is_no_worse_in_a_review(tmp_path: Path) -> None:
    policy = put(tmp_path, "p.sespms", WITH_AN_ACCEPTED)
    plain, code = found(policy)
    reviewed, reviewed_code = found(policy, "--review")
    assert (code, reviewed_code) == (0, 0)
    assert ("SES404", "note") in reviewed
    assert ("SES404", "note") not in plain


@pytest.mark.parametrize("code", ["SES302", "SES231", "SES246"])
def test_accepts_quiets_nothing(tmp_path: Path, code: str) -> None:
    own = (AGENCY, f'{AGENCY}  accepts {code} because "We wish it so."\n')
    text = {
        "SES302": changed(own, text=without("distribution")),
        "SES231": changed(own) + '\nnoncritical element "Mentoring"\n',
        "SES246": WITH_AN_ACCEPTED,
    }[code]
    policy = put(tmp_path, "p.sespms", text)
    plain, _ = found(policy)
    reviewed = data("check", policy, "--review")[0]["findings"]
    assert (code, "warning") not in plain
    assert (code, "note") in plain
    assert (code, "warning") in {(each["code"], each["severity"]) for each in reviewed}
    listed = [each for each in reviewed if each["code"] == "SES404"]
    assert any(each["text"].startswith(f"accepts {code}") for each in listed)


@pytest.mark.parametrize(
    ("old", "new", "code", "plain"),
    [
        ("  effective 2026-10-01\n", "", "SES308", None),
        (
            "  effective 2026-10-01\n",
            '  effective 2026-10-01\n  follows "Rules of the Moon"\n',
            "SES301",
            "note",
        ),
        (AGENCY, '  agency "The Central Intelligence Agency"\n', "SES310", None),
        (AGENCY, '  agency "federal bureau of investigation"\n', "SES310", None),
        (AGENCY, f"{AGENCY}  is outside the Senior Executive Service\n", "SES309", "error"),
    ],
)
def test_what_nobody_can_stand_on_is_an_error(tmp_path: Path, old: str, new: str, code: str, plain: str | None) -> None:
    policy = put(tmp_path, "p.sespms", changed((old, new)))
    reviewed, exit_code = found(policy, "--review")
    assert (code, "error") in reviewed
    assert exit_code == 1
    assert {severity for each, severity in found(policy)[0] if each == code} == ({plain} if plain else set())


def test_a_system_outside_the_service_of_an_agency_outside_the_law_is_right(tmp_path: Path) -> None:
    text = 'system "Inspectors"\n  agency "Drug Enforcement Administration"\n  effective 2026-10-01\n'
    policy = put(tmp_path, "p.sespms", f"{text}  is outside the Senior Executive Service\n")
    assert "SES310" not in {code for code, _ in found(policy, "--review")[0]}


@pytest.mark.parametrize(("effective", "told"), [("2026-06-30", True), ("2026-07-01", False), ("2026-10-01", False)])
def test_in_force_before_its_approval_is_a_finding(tmp_path: Path, effective: str, told: bool) -> None:
    policy = put(tmp_path, "p.sespms", changed(("effective 2026-10-01", f"effective {effective}")))
    for options in ((), ("--review",)):
        assert (("SES296", "warning") in found(policy, *options)[0]) is told


def test_a_review_proves_what_the_law_asks_for() -> None:
    page = run("check", OPM, "--review", "--format", "html").stdout
    assert 'id="proved"' in page
    assert "No error was found. That is not yet a pass" in page


FOLLOWS = ('  follows "5 CFR part 430, subpart C" as of 2025-10-15\n', "")
NO_WORD_OF_OPM = (("  submitted to OPM 2026-05-01\n", ""), ("  approved by OPM 2026-07-01\n", ""))


@pytest.mark.parametrize("effective", ["1980-10-01", "2001-10-01", "2016-10-01"])
def test_a_day_that_no_approval_confirms_does_not_choose_older_law(tmp_path: Path, effective: str) -> None:
    days = ("effective 2026-10-01", f"effective {effective}")
    policy = put(tmp_path, "p.sespms", changed(days, FOLLOWS, *NO_WORD_OF_OPM))
    reviewed, exit_code = found(policy, "--review")
    assert (("SES315", "error") in reviewed, exit_code) == (True, 1)
    assert "SES315" not in {code for code, _ in found(policy, "--review", "--as-of", "2026-10-01")[0]}


@pytest.mark.parametrize(
    "changes",
    [
        NO_WORD_OF_OPM,
        (NO_WORD_OF_OPM[0], ("effective 2026-10-01", "effective 2001-10-01")),
        (NO_WORD_OF_OPM[1], ("effective 2026-10-01", "effective 2001-10-01")),
        (
            *NO_WORD_OF_OPM,
            FOLLOWS,
            ("effective 2026-10-01", "effective 2001-10-01\n  is outside the Senior Executive Service"),
        ),
    ],
)
def test_a_day_that_opm_knows_or_that_the_newest_law_covers_stands(
    tmp_path: Path, changes: tuple[tuple[str, str], ...]
) -> None:
    policy = put(tmp_path, "p.sespms", changed(*changes))
    assert "SES315" not in {code for code, _ in found(policy, "--review")[0]}
